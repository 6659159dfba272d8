package supervisionweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// proposePage is the form that proposes a relation.
type proposePage struct {
	*ui.Page
	ui.Again
	Peers, Supervisors                            []ui.Option
	Peer, Supervisor, Kind, Cadence, Words, Nonce string
	Outside, Paid                                 bool
}

// ProposeForm shows an empty form.
func (a *Area) ProposeForm(c *fiber.Ctx) error {
	view := proposePage{Page: a.page(c), Kind: "individual", Cadence: "14", Paid: true, Nonce: request.NewNonce()}
	if err := a.fillPeople(c, &view); err != nil {
		return err
	}
	view.Words = view.T("supervision.agreement.draft")
	return a.kit.Send(c, fiber.StatusOK, proposeView(view))
}

// fillPeople lists whom she can choose: a coordinator anybody, others themselves on one side.
func (a *Area) fillPeople(c *fiber.Ctx, v *proposePage) error {
	who := request.Actor(c)
	peers, supervisors, err := a.sup.Choices(c.UserContext(), who)
	if err != nil {
		return err
	}
	if !who.Has(member.RoleCoordinator) {
		me := func(r member.RoleAccount) bool { return r.ID != who.Role.ID }
		switch {
		case !who.Has(member.RoleSupervisor):
			peers = slices.DeleteFunc(peers, me)
		case !who.Has(member.RolePeer):
			supervisors = slices.DeleteFunc(supervisors, me)
		}
	}
	v.Peers, v.Supervisors = personOptions(v.Page, peers), personOptions(v.Page, supervisors)
	return nil
}

func personOptions(p *ui.Page, people []member.RoleAccount) []ui.Option {
	var list []ui.Option
	if len(people) != 1 {
		list = append(list, ui.Option{Label: p.T("supervision.choose")})
	}
	for _, r := range people {
		list = append(list, ui.Option{Value: r.ID.String(), Label: r.Handle})
	}
	return list
}

// Propose stores a proposal.
func (a *Area) Propose(c *fiber.Ctx) error {
	view := proposePage{
		Page: a.page(c), Peer: c.FormValue("peer"), Supervisor: c.FormValue("supervisor"), Kind: c.FormValue("kind"), Cadence: c.FormValue("cadence"),
		Words: request.Typed(c, "agreement"), Nonce: c.Params("form"), Outside: c.FormValue("outside") == "1", Paid: c.FormValue("paid") == "1",
	}
	status, back, err := request.StoppedTeam(c, view.Page)
	if err != nil {
		return err
	}
	view.Again = back
	if !back.SignIn {
		if err := a.fillPeople(c, &view); err != nil {
			return err
		}
	}
	if status != 0 {
		return a.kit.Send(c, status, proposeView(view))
	}
	made, err := a.sup.Propose(c.UserContext(), request.Actor(c), view.form())
	if err != nil {
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, proposeView(view))
	}
	if !made.Stored {
		request.Warn(view.Page, &view.Again, made.Verdict)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, proposeView(view))
	}
	return a.kit.Go(c, "/supervision", ui.Done, "supervision.proposed")
}

func (v proposePage) form() supervision.ProposalForm {
	f := supervision.ProposalForm{
		Kind: supervision.Kind(v.Kind), Outside: v.Outside, Paid: v.Paid, Agreement: v.Words, Nonce: v.Nonce, Insist: v.Insist,
	}
	f.Peer, _ = store.ParseID(v.Peer)
	f.Supervisor, _ = store.ParseID(v.Supervisor)
	f.CadenceDays, _ = supervision.ParseWhole(v.Cadence)
	return f
}
