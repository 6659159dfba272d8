package onboardingweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// askedPage is what is asked of a colleague about people who come in.
type askedPage struct {
	*ui.Page
	Tasks onboarding.Tasks
	Enter bool
	Peer  bool
}

const askedPath = "/work/joining"

// Asked lists steps, votes and panels.
func (a *Area) Asked(c *fiber.Ctx) error {
	who := request.Actor(c)
	v := askedPage{Page: a.page(c), Peer: who.Has(member.RolePeer), Enter: who.Has(member.RolePeer, member.RoleCoordinator)}
	var err error
	if v.Tasks, err = a.in.Asked(c.UserContext(), who, v.P.Tag); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, askedView(v))
}

// enterForm takes in somebody whom a colleague invites.
func (a *Area) enterForm(c *fiber.Ctx, orgs []onboarding.Organisation) form {
	p := a.page(c)
	var list []ui.Option
	for _, o := range orgs {
		list = append(list, ui.Option{Value: o.ID.String(), Label: o.Name})
	}
	return form{
		Page: p, Title: p.T("joining.enter"), Lead: p.T("joining.enter.lead"), Back: askedPath, BackWord: p.T("joining.asked.title"),
		Action: askedPath + "/enter/" + firstOf(c.Params("form"), request.NewNonce()), Button: p.T("joining.enter.send"), Sees: p.T("joining.sees.interest"),
		Fields: []field{
			choose(ui.Choice{ID: "organisation", Label: p.T("joining.organisation"), Options: list, Value: c.FormValue("organisation")}),
			cards(ui.Choice{ID: "way", Label: p.T("joining.way"), Options: options(p, []string{"staff", "other"}, wayWords), Value: c.FormValue("way")}),
			area("words", p.T("joining.enter.words"), p.T("joining.enter.words.hint"), request.Typed(c, "words"), false),
		},
	}
}

// EnterForm shows an empty form.
func (a *Area) EnterForm(c *fiber.Ctx) error {
	orgs, err := a.in.EnterWhere(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, formPage(a.enterForm(c, orgs)))
}

// Enter takes somebody in and shows the link to hand over, this once.
func (a *Area) Enter(c *fiber.Ctx) error {
	who := request.Actor(c)
	var orgs []onboarding.Organisation
	if who.Colleague() {
		var err error
		if orgs, err = a.in.EnterWhere(c.UserContext(), who); err != nil {
			return err
		}
	}
	f := a.enterForm(c, orgs)
	status, back, err := request.StoppedTeam(c, f.Page)
	if err != nil {
		return err
	}
	if f.Again = back; status != 0 {
		return a.kit.Send(c, status, formPage(f))
	}
	org, _ := store.ParseID(c.FormValue("organisation"))
	receipt, err := a.in.Enter(c.UserContext(), who, onboarding.InterestForm{
		Organisation: org, Words: request.Typed(c, "words"), Lang: f.P.Tag, Nonce: c.Params("form"), Way: c.FormValue("way"), Insist: f.Insist,
	})
	if err != nil {
		if status, err = request.Refused(f.Page, &f.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, formPage(f))
	}
	if !receipt.Stored {
		request.Warn(f.Page, &f.Again, receipt.Verdict)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, formPage(f))
	}
	return a.kit.Send(c, fiber.StatusOK, linkView(linkPage{Page: f.Page, Link: a.origin(c) + "/role/" + receipt.Token, Back: askedPath}))
}

func stepPath(id store.ID) string { return askedPath + "/steps/" + id.String() }

// Step shows a colleague the steps of a path that are hers.
func (a *Area) Step(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	v := pathPage{Page: a.page(c)}
	if v.View, err = a.in.Owned(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	for _, s := range v.View.Steps {
		if s.Now && s.Step.Step != onboarding.StepPair {
			v.Forms = []form{a.finishForm(c, s.Step.Step, stepPath(id))}
		}
	}
	return a.kit.Send(c, fiber.StatusOK, stepView(v))
}

// FinishStep ends a step of hers.
func (a *Area) FinishStep(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.finish(c, stepPath(id), id)
}

// votePage is one vote for one who may vote in it.
type votePage struct {
	*ui.Page
	Vote onboarding.VoteView
	View onboarding.View
	Form *form
	Step *form // to step aside
}

func votePath(id string) string { return askedPath + "/votes/" + id }

func (a *Area) castForm(c *fiber.Ctx, list []string) form {
	p := a.page(c)
	var which []ui.Option
	which = append(which, ui.Option{Label: p.T("joining.vote.criterion.none")})
	for i, sentence := range list {
		which = append(which, ui.Option{Value: strconv.Itoa(i + 1), Label: sentence})
	}
	at := votePath(c.Params("id"))
	return form{
		Page: p, Title: p.T("joining.step.vote"), Back: at, BackWord: p.T("joining.step.vote"), Action: at, Button: p.T("joining.vote.send"), Sees: p.T("joining.sees.vote"),
		Fields: []field{
			cards(ui.Choice{ID: "choice", Label: p.T("joining.vote.ask"), Options: options(p, onboarding.Choices, choiceWords), Value: c.FormValue("choice")}),
			choose(ui.Choice{ID: "criterion", Label: p.T("joining.vote.which"), Options: which, Value: c.FormValue("criterion"), Optional: true}),
			area("reason", p.T("joining.vote.reason"), p.T("joining.vote.reason.hint"), request.Typed(c, "reason"), true),
		},
	}
}

func (a *Area) asideForm(c *fiber.Ctx) form {
	p := a.page(c)
	at := votePath(c.Params("id"))
	return form{Page: p, Title: p.T("joining.aside"), Back: at, BackWord: p.T("joining.step.vote"), Action: at + "/aside", Button: p.T("joining.aside.send"), Kind: ui.Quiet}
}

// Vote shows a vote.
func (a *Area) Vote(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	v := votePage{Page: a.page(c)}
	if v.Vote, v.View, err = a.in.VoteOf(c.UserContext(), request.Actor(c), id, v.P.Tag); err != nil {
		return err
	}
	if v.Vote.State == onboarding.VoteOpen && !v.Vote.Mine && !v.Vote.Aside {
		cast, aside := a.castForm(c, v.Vote.Criteria), a.asideForm(c)
		v.Form, v.Step = &cast, &aside
	}
	return a.kit.Send(c, fiber.StatusOK, voteView(v))
}

// Cast votes.
func (a *Area) Cast(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	who := request.Actor(c)
	var list []string
	if who.Colleague() {
		v, _, err := a.in.VoteOf(c.UserContext(), who, id, request.Printer(c).Tag)
		if err != nil {
			return err
		}
		list = v.Criteria
	}
	return a.send(c, a.castForm(c, list), act{func() (onboarding.Receipt, error) {
		return plain(a.in.Cast(c.UserContext(), who, id, onboarding.VoteForm{
			Choice: c.FormValue("choice"), Criterion: request.Whole(c.FormValue("criterion")), Reason: request.Typed(c, "reason"),
		}))
	}, votePath(id.String()), "joining.vote.cast"})
}

// StepAside takes her out of a vote.
func (a *Area) StepAside(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.send(c, a.asideForm(c), act{func() (onboarding.Receipt, error) {
		return plain(a.in.StepAside(c.UserContext(), request.Actor(c), id))
	}, askedPath, "joining.aside.done"})
}

func (a *Area) noteForm(c *fiber.Ctx) form {
	p := a.page(c)
	at := askedPath + "/panel/" + c.Params("id")
	return form{
		Page: p, Title: p.T("joining.panel.note"), Back: at, BackWord: p.T("joining.step.panel"), Action: at, Button: p.T("joining.panel.note.send"), Sees: p.T("joining.sees.panel"),
		Fields: []field{area("words", p.T("joining.panel.note"), p.T("joining.panel.note.hint"), request.Typed(c, "words"), false)},
	}
}

// Panel shows an application to one of its panel.
func (a *Area) Panel(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	v, who := pathPage{Page: a.page(c)}, request.Actor(c)
	if v.View, v.Panel, err = a.in.PanelFor(c.UserContext(), who, id, v.P.Tag); err != nil {
		return err
	}
	for _, p := range v.View.Panel {
		if p.AccountID == who.Role.ID && p.Day == nil && v.View.Running() {
			v.Forms = []form{a.noteForm(c)}
		}
	}
	return a.kit.Send(c, fiber.StatusOK, panelView(v))
}

// NotePanel keeps what she notes.
func (a *Area) NotePanel(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.send(c, a.noteForm(c), act{func() (onboarding.Receipt, error) {
		return plain(a.in.NotePanel(c.UserContext(), request.Actor(c), id, request.Typed(c, "words")))
	}, askedPath + "/panel/" + id.String(), "joining.finished"})
}
