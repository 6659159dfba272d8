package supervisionweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// entryPage is one entry with its signatures and her own notes.
type entryPage struct {
	*ui.Page
	Opened     supervision.Opened
	Sign       signForm
	Mine       mineForm
	Choice     choiceForm
	MyQuestion bool // she brought the question of this session
}

// signForm is a verdict, or an addition to a frozen entry.
type signForm struct {
	ui.Again
	Action, Verdict, Words, Nonce string
	Version                       int
	Adding                        bool
	Group                         bool // several people read it
}

// mineForm is the form of her own notes.
type mineForm struct {
	ui.Again
	Action string
	supervision.Reflection
}

// Entry shows one entry.
func (a *Area) Entry(c *fiber.Ctx) error {
	view, err := a.entryPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, entryView(view))
}

func (a *Area) entryPage(c *fiber.Ctx) (entryPage, error) {
	view := entryPage{Page: a.page(c)}
	id, err := request.ID(c)
	if err != nil {
		return view, err
	}
	if view.Opened, err = a.sup.Read(c.UserContext(), request.Actor(c), id); err != nil {
		return view, err
	}
	view.Path = entryPath(id)
	view.Sign = signForm{Action: entryPath(id) + "/sign", Version: view.Opened.Version, Nonce: request.NewNonce()}
	view.Sign.Adding = view.Opened.Said || !view.Opened.Asked || view.Opened.State == supervision.Declined
	view.Sign.Group = view.Opened.Form == supervision.FormMinutes
	view.Choice = choiceForm{Action: entryPath(id) + "/choice", Words: view.Opened.Choice, Version: view.Opened.Version}
	view.MyQuestion = view.Opened.Sitting.Owner == request.Actor(c).Role.ID
	view.Mine.Action = entryPath(id) + "/mine"
	view.Mine.Reflection, err = a.sup.MyReflection(c.UserContext(), request.Actor(c), id)
	return view, err
}

// Sign stores a verdict or an addition.
func (a *Area) Sign(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	page := a.page(c)
	f := signForm{Action: entryPath(id) + "/sign", Verdict: c.FormValue("verdict"), Words: request.Typed(c, "words"), Nonce: c.FormValue("nonce")}
	f.Version, _ = strconv.Atoi(c.FormValue("version"))
	f.Adding = f.Verdict == string(supervision.Add)
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	f.Again = back
	if f.SignIn {
		return a.kit.Send(c, status, keptSignView(page, f))
	}
	if status != 0 {
		return a.sendSign(c, status, f)
	}
	made, err := a.sup.Sign(c.UserContext(), request.Actor(c), id, supervision.SignForm{
		Verdict: supervision.Verdict(f.Verdict), Words: f.Words, Version: f.Version, Nonce: f.Nonce, Insist: f.Insist,
	})
	if err != nil {
		if status, err = request.Refused(page, &f.Again, err); err != nil {
			return err
		}
		return a.sendSign(c, status, f)
	}
	if !made.Stored {
		request.Warn(page, &f.Again, made.Verdict)
		return a.sendSign(c, fiber.StatusUnprocessableEntity, f)
	}
	return a.kit.Go(c, entryPath(id), ui.Done, "supervision.signed.done")
}

// sendSign shows the entry with the form as it was sent. After a change in between she
// reads the new words and signs those: the version is that of the page.
func (a *Area) sendSign(c *fiber.Ctx, status int, f signForm) error {
	view, err := a.entryPage(c)
	if err != nil {
		return err
	}
	f.Version, f.Adding, f.Group = view.Sign.Version, view.Sign.Adding, view.Sign.Group
	view.Sign = f
	return a.kit.Send(c, status, entryView(view))
}

// Reflect keeps her own notes.
func (a *Area) Reflect(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	page := a.page(c)
	f := mineForm{Action: entryPath(id) + "/mine", Reflection: supervision.Reflection{
		Words: request.Typed(c, "mine"), Wellbeing: c.FormValue("my-wellbeing"), Workload: c.FormValue("my-workload"),
	}}
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	f.Again = back
	if f.SignIn {
		return a.kit.Send(c, status, keptMineView(page, f))
	}
	if status == 0 {
		if err = a.sup.Reflect(c.UserContext(), request.Actor(c), id, f.Reflection); err == nil {
			return a.kit.Go(c, entryPath(id), ui.Done, "supervision.mine.kept")
		}
		if status, err = request.Refused(page, &f.Again, err); err != nil {
			return err
		}
	}
	view, err := a.entryPage(c)
	if err != nil {
		return err
	}
	view.Mine = f
	return a.kit.Send(c, status, entryView(view))
}

// Done marks an agreed action.
func (a *Area) Done(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	entry, err := a.sup.Done(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	return a.kit.Go(c, entryPath(entry), ui.Done, "supervision.action.marked")
}

// done reports whether an agreed action is done.
func (v entryPage) done(id store.ID) bool { return v.Opened.Done[id] }

func verdictOptions(p *ui.Page) []ui.Option {
	return []ui.Option{
		{Value: string(supervision.Agree), Label: p.T("supervision.verdict.sign"), Hint: p.T("supervision.verdict.sign.hint")},
		{Value: string(supervision.Disagree), Label: p.T("supervision.verdict.disagree"), Hint: p.T("supervision.verdict.disagree.hint")},
		{Value: string(supervision.Decline), Label: p.T("supervision.verdict.decline"), Hint: p.T("supervision.verdict.decline.hint")},
	}
}

// mayAdd reports whether the form of a signature or an addition stands here: not for
// somebody with whom the entry was shared, and not where she cannot read what she signs.
func (v entryPage) mayAdd() bool {
	o := v.Opened
	return o.Mine != "" && !o.Unread && !o.Gone && (o.Asked || o.Frozen)
}

func handleOf(l supervision.Line, account store.ID) string {
	for _, p := range l.People {
		if p.AccountID == account {
			return p.Handle
		}
	}
	return ""
}
