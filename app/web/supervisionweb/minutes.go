package supervisionweb

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/numeral"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// minutesPage is the form of the minutes of several people.
type minutesPage struct {
	*ui.Page
	ui.Again
	Action, Back, Nonce      string
	Version                  int
	Turn                     string // whose turn it is to lead, by handle; "" where nobody is proposed
	Mine                     bool   // it is her turn
	People                   []ui.Option
	Present                  []string
	Day, Minutes, Mode, Next string
	Owner, Code              string
	Codes                    []string
	Sitting                  supervision.Sitting
}

// minutesForm is an empty form for the minutes of a group.
func (a *Area) minutesForm(c *fiber.Ctx, line supervision.Line) error {
	who := request.Actor(c)
	if me, _ := line.Of(who); line.State != supervision.Open || !me.Here() {
		return fault.Missing()
	}
	view := minutesPage{
		Page: a.page(c), Action: relationPath(line.ID) + "/minutes", Back: relationPath(line.ID), Nonce: request.NewNonce(),
		Day: a.kit.Clock.Today(), Minutes: "90", Mode: "person",
	}
	turn, err := a.sup.Turn(c.UserContext(), who, line.ID)
	if err != nil {
		return err
	}
	view.Turn, view.Mine = turn.Handle, turn.AccountID == who.Role.ID
	if err := a.fillMinutes(c, &view, line); err != nil {
		return err
	}
	for _, o := range view.People {
		view.Present = append(view.Present, o.Value)
	}
	if from := c.Query("from"); from != "" { // what she wrote while she learned becomes her own question
		if view.Sitting.Question, err = a.thoughts.Reflection(c.UserContext(), who, from); err != nil {
			return err
		}
		view.Owner = who.Role.ID.String()
	}
	return a.kit.Send(c, fiber.StatusOK, minutesView(view))
}

// fillMinutes lists who may have been there, and the codes that are kept.
func (a *Area) fillMinutes(c *fiber.Ctx, v *minutesPage, line supervision.Line) (err error) {
	for _, p := range line.People {
		if p.Here() {
			v.People = append(v.People, ui.Option{Value: p.AccountID.String(), Label: p.Handle})
		}
	}
	v.Codes, err = a.sup.Codes(c.UserContext(), line.ID)
	return err
}

func (v minutesPage) typed(c *fiber.Ctx) minutesPage {
	v.Day, v.Minutes, v.Mode, v.Next = c.FormValue("day"), c.FormValue("minutes"), c.FormValue("mode"), c.FormValue("next")
	v.Nonce, v.Present, v.Owner, v.Code = c.FormValue("nonce"), many(c, "present"), c.FormValue("owner"), c.FormValue("code")
	v.Version, _ = strconv.Atoi(c.FormValue("version"))
	v.Insist = c.FormValue("insist") == "1"
	v.Sitting = supervision.Sitting{
		Norms: c.FormValue("norms") == "1", Childcare: c.FormValue("childcare") == "1", CheckIn: request.Typed(c, "check-in"),
		Question: request.Typed(c, "question"), Heard: request.Typed(c, "heard"), Ideas: request.Typed(c, "ideas"), Decisions: request.Typed(c, "decisions"),
	}
	v.Sitting.Owner, _ = store.ParseID(v.Owner)
	return v
}

func (v minutesPage) form() supervision.MinutesForm {
	f := supervision.MinutesForm{
		Day: v.Day, Mode: v.Mode, Next: v.Next, Present: ids(v.Present), Sitting: v.Sitting, Code: v.Code, Nonce: v.Nonce, Version: v.Version, Insist: v.Insist,
	}
	f.Minutes, _ = numeral.Whole(v.Minutes)
	return f
}

// WriteMinutes stores the minutes of a session.
func (a *Area) WriteMinutes(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := minutesPage{Page: a.page(c), Action: relationPath(id) + "/minutes", Back: relationPath(id)}.typed(c)
	return a.keptMinutes(c, view, id, func() (supervision.Receipt, error) {
		return a.sup.WriteMinutes(c.UserContext(), request.Actor(c), id, view.form())
	})
}

// keptMinutes tries to store minutes; whatever stands in the way, every word comes back.
func (a *Area) keptMinutes(c *fiber.Ctx, view minutesPage, relation store.ID, store func() (supervision.Receipt, error)) error {
	status, back, err := request.StoppedTeam(c, view.Page)
	if err != nil {
		return err
	}
	view.Again = back
	if !view.SignIn {
		line, err := a.sup.Relation(c.UserContext(), request.Actor(c), relation)
		if err != nil {
			return err
		}
		if err := a.fillMinutes(c, &view, line); err != nil {
			return err
		}
	}
	if status != 0 {
		return a.kit.Send(c, status, minutesView(view))
	}
	made, err := store()
	if err != nil {
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, minutesView(view))
	}
	if !made.Stored {
		request.Warn(view.Page, &view.Again, made.Verdict)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, minutesView(view))
	}
	return a.kit.Go(c, entryPath(made.ID), ui.Done, "supervision.minutes.written")
}

// editMinutes shows minutes that nobody has signed yet, for whoever led the session.
func (a *Area) editMinutes(c *fiber.Ctx, o supervision.Opened) error {
	view := minutesPage{
		Page: a.page(c), Action: entryPath(o.ID) + "/minutes", Back: entryPath(o.ID), Version: o.Version,
		Day: o.HeldDay, Minutes: strconv.Itoa(o.Minutes), Mode: o.Mode, Sitting: o.Sitting, Code: o.Code,
	}
	if !o.Sitting.Owner.IsZero() {
		view.Owner = o.Sitting.Owner.String()
	}
	for _, p := range o.Present {
		view.Present = append(view.Present, p.AccountID.String())
	}
	if err := a.fillMinutes(c, &view, o.Relation); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, minutesView(view))
}

// EditMinutes changes the minutes of a session.
func (a *Area) EditMinutes(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := minutesPage{Page: a.page(c), Action: entryPath(id) + "/minutes", Back: entryPath(id)}.typed(c)
	var relation store.ID
	if who := request.Actor(c); who.Colleague() {
		o, err := a.sup.Read(c.UserContext(), who, id)
		if err != nil {
			return err
		}
		relation = o.RelationID
	}
	return a.keptMinutes(c, view, relation, func() (supervision.Receipt, error) {
		return a.sup.ReviseMinutes(c.UserContext(), request.Actor(c), id, view.form())
	})
}

// choiceForm is where the owner of a question says what she takes with her.
type choiceForm struct {
	ui.Again
	Action, Words string
	Version       int
}

// Choose keeps the choice of the owner of a question.
func (a *Area) Choose(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	page := a.page(c)
	f := choiceForm{Action: entryPath(id) + "/choice", Words: request.Typed(c, "choice")}
	f.Version, _ = strconv.Atoi(c.FormValue("version"))
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	f.Again = back
	if f.SignIn {
		return a.kit.Send(c, status, keptChoiceView(page, f))
	}
	if status == 0 {
		made, err := a.sup.Choose(c.UserContext(), request.Actor(c), id, supervision.ChoiceForm{Words: f.Words, Version: f.Version, Insist: f.Insist})
		if err == nil && made.Stored {
			return a.kit.Go(c, entryPath(id), ui.Done, "supervision.choice.kept")
		}
		status = fiber.StatusUnprocessableEntity
		if err == nil {
			request.Warn(page, &f.Again, made.Verdict)
		} else if status, err = request.Refused(page, &f.Again, err); err != nil {
			return err
		}
	}
	view, err := a.entryPage(c)
	if err != nil {
		return err
	}
	f.Version = view.Opened.Version
	view.Choice = f
	return a.kit.Send(c, status, entryView(view))
}

// namesOf are the handles of people, for one line.
func namesOf(people []supervision.Person) []string {
	list := make([]string, len(people))
	for i, p := range people {
		list[i] = p.Handle
	}
	slices.Sort(list)
	return list
}
