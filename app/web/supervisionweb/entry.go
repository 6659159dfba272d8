package supervisionweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/numeral"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// writePage is the form of an entry.
type writePage struct {
	*ui.Page
	ui.Again
	Action                   string // where it is sent
	Back                     string // where she came from
	Nonce                    string
	Version                  int
	Kind                     string // of the relation, for what the form asks
	Day, Minutes, Mode, Next string
	Code                     string
	Codes                    []string // codes of cases that are still kept
	Words                    supervision.Words
	Topics                   []topicTick
	Actions                  [supervision.MostActions]actionFields
}

type topicTick struct {
	Code    string
	Checked bool
}

// actionFields is one agreed action in the form.
type actionFields struct{ N, What, Owner, Due string }

// WriteForm is an empty form of an entry.
func (a *Area) WriteForm(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	line, err := a.sup.Relation(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	if line.Several() {
		return a.minutesForm(c, line)
	}
	if line.Part(request.Actor(c)) != supervision.Peer || line.State != supervision.Open {
		return fault.Missing()
	}
	view := writePage{Kind: string(line.Kind), Page: a.page(c), Action: relationPath(id) + "/entries", Back: relationPath(id), Nonce: request.NewNonce(), Day: a.kit.Clock.Today(), Minutes: "60", Mode: "person"}
	if view.Codes, err = a.sup.Codes(c.UserContext(), id); err != nil {
		return err
	}
	if from := c.Query("from"); from != "" {
		if view.Words.Learning, err = a.thoughts.Reflection(c.UserContext(), request.Actor(c), from); err != nil {
			return err
		}
	}
	return a.kit.Send(c, fiber.StatusOK, writeView(view.ready()))
}

// ready fills in what the page offers.
func (v writePage) ready() writePage {
	for _, code := range supervision.Topics {
		v.Topics = append(v.Topics, topicTick{code, contains(v.Words.Topics, code)})
	}
	for i := range v.Actions {
		v.Actions[i].N = strconv.Itoa(i + 1)
	}
	return v
}

func contains(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}

// typed fills the form with what was sent.
func (v writePage) typed(c *fiber.Ctx) writePage {
	v.Day, v.Minutes, v.Mode, v.Next = c.FormValue("day"), c.FormValue("minutes"), c.FormValue("mode"), c.FormValue("next")
	v.Nonce, v.Kind, v.Code = c.FormValue("nonce"), c.FormValue("kind"), c.FormValue("code")
	if v.Code != "" && v.Code != supervision.NewCode && len(v.Code) < 10 {
		v.Codes = []string{v.Code}
	}
	v.Version, _ = strconv.Atoi(c.FormValue("version"))
	w := supervision.Words{
		Worked: request.Typed(c, "worked"), Hard: request.Typed(c, "hard"), Support: request.Typed(c, "support"), Learning: request.Typed(c, "learning"),
		Wellbeing: c.FormValue("wellbeing"), Workload: c.FormValue("workload"),
		Interpreter: c.FormValue("interpreter") == "1", Exposure: c.FormValue("exposure") == "1",
		Mirror: c.FormValue("mirror"), ChangePair: c.FormValue("change-pair"), Goal: request.Typed(c, "goal"), TrustUntil: c.FormValue("trust"),
	}
	for _, raw := range c.Request().PostArgs().PeekMulti("topics") {
		if len(w.Topics) < len(supervision.Topics) {
			w.Topics = append(w.Topics, string(raw))
		}
	}
	v.Words = w
	for i := range v.Actions {
		n := strconv.Itoa(i + 1)
		v.Actions[i] = actionFields{What: request.Typed(c, "what"+n), Owner: c.FormValue("owner" + n), Due: c.FormValue("due" + n)}
	}
	return v
}

// form is the page as supervision takes it. Empty actions in the middle move up.
func (v writePage) form() supervision.EntryForm {
	f := supervision.EntryForm{Day: v.Day, Mode: v.Mode, Next: v.Next, Words: v.Words, Code: v.Code, Nonce: v.Nonce, Version: v.Version, Insist: v.Insist}
	f.Minutes, _ = numeral.Whole(v.Minutes)
	for _, a := range v.Actions {
		if strings.TrimSpace(a.What) != "" || a.Due != "" {
			f.Words.Actions = append(f.Words.Actions, supervision.Agreed{What: a.What, Owner: a.Owner, Due: a.Due})
		}
	}
	return f
}

// Write stores an entry.
func (a *Area) Write(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := writePage{Page: a.page(c), Action: relationPath(id) + "/entries", Back: relationPath(id)}.typed(c)
	return a.written(c, view, func() (supervision.Receipt, error) {
		return a.sup.Write(c.UserContext(), request.Actor(c), id, view.insisting(c).form())
	})
}

func (v writePage) insisting(c *fiber.Ctx) writePage {
	v.Insist = c.FormValue("insist") == "1"
	return v
}

// written tries to store an entry; whatever stands in the way, every word comes back.
func (a *Area) written(c *fiber.Ctx, view writePage, store func() (supervision.Receipt, error)) error {
	status, back, err := request.StoppedTeam(c, view.Page)
	if err != nil {
		return err
	}
	view.Again = back
	if status != 0 {
		return a.kit.Send(c, status, writeView(view.ready()))
	}
	made, err := store()
	if err != nil {
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, writeView(view.ready()))
	}
	if !made.Stored {
		request.Warn(view.Page, &view.Again, made.Verdict)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, writeView(view.ready()))
	}
	return a.kit.Go(c, entryPath(made.ID), ui.Done, "supervision.written")
}

// EditForm shows the words of an entry that nobody has signed yet.
func (a *Area) EditForm(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	o, err := a.sup.Read(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	if !o.Writer || o.Frozen || o.Gone {
		return fault.Missing()
	}
	if o.Form == supervision.FormMinutes {
		return a.editMinutes(c, o)
	}
	view := a.editPage(c, id)
	view.Kind, view.Code = string(o.Relation.Kind), o.Code
	if view.Codes, err = a.sup.Codes(c.UserContext(), o.RelationID); err != nil {
		return err
	}
	view.Day, view.Minutes, view.Mode, view.Version, view.Words = o.HeldDay, strconv.Itoa(o.Minutes), o.Mode, o.Version, o.Words
	for i, agreed := range o.Words.Actions {
		view.Actions[i] = actionFields{What: agreed.What, Owner: agreed.Owner, Due: agreed.Due}
	}
	return a.kit.Send(c, fiber.StatusOK, writeView(view.ready()))
}

func (a *Area) editPage(c *fiber.Ctx, id store.ID) writePage {
	return writePage{Page: a.page(c), Action: entryPath(id) + "/edit", Back: entryPath(id)}
}

// Edit changes an entry.
func (a *Area) Edit(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := a.editPage(c, id).typed(c)
	return a.written(c, view, func() (supervision.Receipt, error) {
		return a.sup.Revise(c.UserContext(), request.Actor(c), id, view.insisting(c).form())
	})
}

// blocks cuts text into paragraphs of lines.
func blocks(text string) [][]string {
	var all [][]string
	for _, block := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if block = strings.TrimSpace(block); block != "" {
			all = append(all, strings.Split(block, "\n"))
		}
	}
	return all
}
