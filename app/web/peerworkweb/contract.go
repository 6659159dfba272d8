package peerworkweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// contractPage is her contracts.
type contractPage struct {
	*ui.Page
	Contracts   []peerwork.OpenContract
	Alert       peerwork.Alert
	Ends        bool
	Openings    []member.Opening
	Coordinates bool
}

// Contract shows her own contracts, what ends soon, and who was let in to read.
func (a *Area) Contract(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), request.Actor(c)
	if !who.Has(member.RolePeer) {
		return fault.Missing()
	}
	view := contractPage{Page: a.page(c), Coordinates: who.Has(member.RoleCoordinator)}
	var err error
	if view.Contracts, err = a.work.ContractsOf(ctx, who, who.Role.ID); err != nil {
		return err
	}
	if view.Alert, view.Ends, err = a.work.AlertFor(ctx, who, who.Role.ID); err != nil {
		return err
	}
	if view.Openings, err = a.work.Openings(ctx, who); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, contractView(view))
}

// startForm fills the form with the contract in whose place another is to stand.
func (v *personPage) startForm(instead store.ID) {
	for _, one := range v.Contracts {
		if one.ID != instead || !one.Present {
			continue
		}
		v.Form.Replaces = one.ID
		if one.Locked {
			return
		}
		c := one.Contract
		v.Form = peerwork.ContractForm{
			Kind: c.Kind, From: c.From, To: c.To, Hours: c.Hours.String(), Unit: c.Unit, Currency: c.Currency, Funding: c.Funding, FundingEnds: c.FundingEnds,
			LeaveKind: c.LeaveKind, LeaveFrom: c.LeaveFrom, LeaveTo: c.LeaveTo, Leave: c.Leave, Needed: c.Needed, Childcare: c.Childcare,
			Additional: one.Additional, Replaces: one.ID, Nonce: v.Form.Nonce,
		}
		if c.Amount.IsPositive() {
			v.Form.Amount = c.Amount.StringFixed(2)
		}
	}
}

// SaveContract keeps a contract.
func (a *Area) SaveContract(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	page := a.page(c)
	f := peerwork.ContractForm{
		Kind: c.FormValue("kind"), From: c.FormValue("from"), To: c.FormValue("to"), Hours: c.FormValue("hours"), Amount: c.FormValue("amount"),
		Unit: c.FormValue("unit"), Currency: c.FormValue("currency"), Funding: request.Typed(c, "funding"), FundingEnds: c.FormValue("funding-ends"),
		LeaveKind: c.FormValue("leave-kind"), LeaveFrom: c.FormValue("leave-from"), LeaveTo: c.FormValue("leave-to"), Leave: request.Typed(c, "leave"),
		Needed: c.FormValue("needed") == "1", Childcare: c.FormValue("childcare") == "1", Additional: c.FormValue("additional") == "1",
		Known: c.FormValue("known") == "1", Nonce: c.FormValue("nonce"),
	}
	f.Replaces, _ = store.ParseID(c.FormValue("replaces"))
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		view := personPage{Page: page, Again: back, Form: f}
		view.Person.ID = id
		return a.kit.Send(c, status, keptContractView(view))
	}
	if status == 0 {
		paid, err := a.work.SaveContract(c.UserContext(), request.Actor(c), id, f)
		switch {
		case err == nil && paid:
			return a.kit.Go(c, personPath(id), ui.Done, "peerwork.contract.kept")
		case err == nil:
			return a.kit.Go(c, personPath(id), ui.Due, "peerwork.contract.unpaid")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendPerson(c, status, id, func(v *personPage) { v.Again, v.Form = back, f })
}

// stepBadge, stepTone and stepWord show which of the three steps an end has reached.
func stepBadge(step int) ui.BadgeKind {
	if step == 30 {
		return ui.BadgeDanger
	}
	return ui.BadgeDue
}

func stepTone(step int) ui.Tone {
	if step == 30 {
		return ui.Danger
	}
	return ui.Due
}

func stepWord(p *ui.Page, alert peerwork.Alert) string { return p.N("peerwork.alert.step", alert.Step) }

// alertWords are for who coordinates: what ends is the organisation's task.
func alertWords(p *ui.Page, alert peerwork.Alert) string {
	return p.N("peerwork.alert.team", alert.Days, "Day", p.P.Day(alert.Ends), "Step", alert.Step)
}

// alertMine are for her: nothing of it is hers to do.
func alertMine(p *ui.Page, alert peerwork.Alert) string {
	return p.N("peerwork.alert.mine", alert.Days, "Day", p.P.Day(alert.Ends), "Step", alert.Step)
}
