package onboardingweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// teamPage is the coordinators' list of paths, what waits first.
type teamPage struct {
	*ui.Page
	Running, Ended []onboarding.Line
	Figures        []onboarding.Figure
	Orgs           []onboarding.Organisation
}

const teamPath = "/team/joining"

// Team lists the paths.
func (a *Area) Team(c *fiber.Ctx) error {
	v, ctx, who := teamPage{Page: a.page(c)}, c.UserContext(), request.Actor(c)
	var err error
	if v.Running, v.Ended, err = a.in.List(ctx, who); err != nil {
		return err
	}
	if v.Figures, err = a.in.Figures(ctx, who); err != nil {
		return err
	}
	if v.Orgs, err = a.in.Drafts(ctx, who); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, teamView(v))
}

// pathPage is one path for a coordinator.
type pathPage struct {
	*ui.Page
	View  onboarding.View
	Team  bool // a coordinator's
	Forms []form
	Panel []string // criteria, for one of a panel
}

func pathOf(id store.ID) string { return teamPath + "/" + id.String() }

// Path shows one path with what can be done next.
func (a *Area) Path(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	v := pathPage{Page: a.page(c), Team: true}
	who := request.Actor(c)
	if v.View, err = a.in.Path(c.UserContext(), who, id, v.P.Tag); err != nil {
		return err
	}
	peers, team, err := a.in.Choices(c.UserContext(), who, v.View.OrganisationID)
	if err != nil {
		return err
	}
	v.Forms = a.nextForms(c, v.View, peers, team)
	return a.kit.Send(c, fiber.StatusOK, pathView(v))
}

// nextForms are the forms that fit where a path stands.
func (a *Area) nextForms(c *fiber.Ctx, v onboarding.View, peers, team []member.RoleAccount) []form {
	if !v.Running() {
		return nil
	}
	var forms []form
	if v.AccountID.IsZero() {
		forms = append(forms, a.linkForm(c))
	}
	if v.Appeal != nil && v.Appeal.State == onboarding.AppealWaits {
		forms = append(forms, a.appealForm(c))
	}
	next, ok := v.Next()
	if !ok {
		return forms
	}
	switch next.Step.Step {
	case onboarding.StepExpectations, onboarding.StepRules:
	case onboarding.StepVote:
		if v.AppealUntil == "" && (len(v.Votes) == 0 || v.Votes[len(v.Votes)-1].State != onboarding.VoteOpen) {
			forms = append(forms, a.voteForm(c))
		}
	case onboarding.StepPanel:
		forms = append(forms, a.panelForm(c, team), a.settleForm(c))
	case onboarding.StepOffer:
		forms = append(forms, a.offerForm(c))
	default:
		able := team
		if next.By() == onboarding.ByPeer || next.Step.Step == onboarding.StepMentor {
			able = peers
		}
		forms = append(forms, a.planForm(c, next.Step.Step, able, next), a.finishForm(c, next.Step.Step, pathOf(v.ID)))
	}
	return append(forms, a.answerForm(c))
}

// at starts a form about one path.
func (a *Area) at(c *fiber.Ctx, title, to string) form {
	p := a.page(c)
	id := c.Params("id")
	return form{Page: p, Title: title, Back: teamPath + "/" + id, BackWord: p.T("joining.back.path"), Action: teamPath + "/" + id + to, Kind: ui.Secondary}
}

func t(c *fiber.Ctx, key string) string { return request.Printer(c).T(key) }

func (a *Area) linkForm(c *fiber.Ctx) form {
	f := a.at(c, t(c, "joining.link.new"), "/link")
	f.Lead, f.Button = t(c, "joining.link.new.what"), t(c, "joining.link.new")
	return f
}

// NewLink makes another link and shows it this once.
func (a *Area) NewLink(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	token, err := a.in.NewLink(c.UserContext(), request.Actor(c), id)
	if err != nil {
		f := a.linkForm(c)
		status, rest := request.Refused(f.Page, &f.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, formPage(f))
	}
	return a.kit.Send(c, fiber.StatusOK, linkView(linkPage{Page: a.page(c), Link: a.origin(c) + "/role/" + token, Back: pathOf(id)}))
}

func people(p *ui.Page, list []member.RoleAccount, none string) []ui.Option {
	var out []ui.Option
	if none != "" {
		out = append(out, ui.Option{Label: none})
	}
	for _, r := range list {
		out = append(out, ui.Option{Value: r.ID.String(), Label: r.Handle})
	}
	return out
}

func (a *Area) planForm(c *fiber.Ctx, step string, able []member.RoleAccount, now onboarding.StepView) form {
	f := a.at(c, t(c, "joining.plan"), "/plan")
	owner, due := c.FormValue("owner"), c.FormValue("due")
	if owner == "" && !now.OwnerID.IsZero() {
		owner = now.OwnerID.String()
	}
	if due == "" && now.DueDay != nil {
		due = *now.DueDay
	}
	f.Button = t(c, "joining.plan.send")
	f.Fields = []field{
		hidden("step", step),
		choose(ui.Choice{ID: "owner", Label: t(c, "joining.owner"), Options: people(f.Page, able, t(c, "joining.owner.none")), Value: owner}),
		line(ui.Input{ID: "due", Kind: ui.Day, Label: t(c, "joining.due"), Value: due, Optional: true}),
	}
	return f
}

// Plan names who sees to the next step and by when.
func (a *Area) Plan(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	who := request.Actor(c)
	v, err := a.in.Path(c.UserContext(), who, id, request.Printer(c).Tag)
	if err != nil {
		return err
	}
	peers, team, err := a.in.Choices(c.UserContext(), who, v.OrganisationID)
	if err != nil {
		return err
	}
	step := c.FormValue("step")
	able := team
	if next, ok := v.Next(); ok && (next.By() == onboarding.ByPeer || next.Step.Step == onboarding.StepMentor) {
		able = peers
	}
	f := a.planForm(c, step, able, onboarding.StepView{})
	owner, _ := store.ParseID(c.FormValue("owner"))
	return a.send(c, f, act{func() (onboarding.Receipt, error) {
		return plain(a.in.Plan(c.UserContext(), who, id, step, onboarding.PlanForm{Owner: owner, Due: c.FormValue("due")}))
	}, pathOf(id), "joining.planned"})
}

// finishForm ends a step; back is the page that it came from.
func (a *Area) finishForm(c *fiber.Ctx, step, back string) form {
	p := a.page(c)
	f := form{Page: p, Title: p.T("joining.finish"), Back: back, BackWord: p.T("joining.back.path"), Action: back + "/finish", Button: p.T("joining.finish.send"), Sees: p.T("joining.sees.note")}
	hint := p.T("joining.note.hint")
	if step == onboarding.StepReport {
		hint, f.Sees = p.T("joining.report.hint"), p.T("joining.sees.report")
	}
	f.Fields = []field{
		hidden("step", step),
		area("words", p.T("joining.note"), hint, request.Typed(c, "words"), step != onboarding.StepReport),
		tick(ui.Tick{ID: "share", Label: p.T("joining.note.share"), Checked: c.FormValue("share") == "1"}),
	}
	if step == onboarding.StepPair {
		f.Lead = p.T("joining.pair.gives")
	}
	return f
}

func (a *Area) finish(c *fiber.Ctx, back string, id store.ID) error {
	f := a.finishForm(c, c.FormValue("step"), back)
	return a.send(c, f, act{func() (onboarding.Receipt, error) {
		return a.in.Finish(c.UserContext(), request.Actor(c), id, c.FormValue("step"), onboarding.FinishForm{
			Words: request.Typed(c, "words"), Share: c.FormValue("share") == "1", Insist: c.FormValue("insist") == "1",
		})
	}, back, "joining.finished"})
}

// Finish ends a step for a coordinator.
func (a *Area) Finish(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.finish(c, pathOf(id), id)
}

func (a *Area) answerForm(c *fiber.Ctx) form {
	f := a.at(c, t(c, "joining.message.her"), "/write/"+firstOf(c.Params("form"), request.NewNonce()))
	f.Button, f.Sees = t(c, "joining.message.send"), t(c, "joining.sees.message")
	f.Fields = []field{area("message", t(c, "joining.message.words"), "", request.Typed(c, "message"), false)}
	return f
}

// Answer writes to a candidate.
func (a *Area) Answer(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	f := a.answerForm(c)
	return a.send(c, f, act{func() (onboarding.Receipt, error) {
		return plain(a.in.Answer(c.UserContext(), request.Actor(c), id, request.Typed(c, "message"), c.Params("form")))
	}, pathOf(id), "joining.message.sent"})
}
