package peerworkweb

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// teamPage is the coordinator's page of people.
type teamPage struct {
	*ui.Page
	ui.Again
	People        []peerwork.Colleague
	Organisations []peerwork.Organisation
	Today         string
	Name, Mode    string
	Peer          bool // she is one as well
	Payroll       bool // there is a payroll page for her
}

// Team shows the people.
func (a *Area) Team(c *fiber.Ctx) error { return a.sendTeam(c, fiber.StatusOK, nil) }

func (a *Area) sendTeam(c *fiber.Ctx, status int, change func(*teamPage)) error {
	ctx, who := c.UserContext(), request.Actor(c)
	view := teamPage{Page: a.page(c), Today: a.kit.Clock.Today(), Peer: who.Has(member.RolePeer)}
	var err error
	if view.People, err = a.work.Team(ctx, who); err != nil {
		return err
	}
	if view.Organisations, err = a.work.Organisations(ctx, who); err != nil {
		return err
	}
	if view.Payroll, err = a.payroll(ctx, who); err != nil {
		return err
	}
	view.Path = "/work/team"
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, teamView(view))
}

// AddOrganisation adds one.
func (a *Area) AddOrganisation(c *fiber.Ctx) error {
	name, mode := request.Typed(c, "name"), c.FormValue("mode")
	err := a.work.AddOrganisation(c.UserContext(), request.Actor(c), name, mode)
	if err == nil {
		return a.kit.Go(c, "/work/team", ui.Done, "peerwork.organisation.added")
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendTeam(c, status, func(v *teamPage) { v.Again, v.Name, v.Mode = back, name, mode })
}

func personPath(id store.ID) string { return "/work/team/people/" + id.String() }

// peopleTable shows of each peer what is clear by decision.
func peopleTable(v teamPage) ui.Table {
	p := v.Page
	table := ui.Table{Head: []string{p.T("peerwork.person"), p.T("peerwork.organisation"), p.T("peerwork.contract"), p.T("peerwork.tab.profile"), p.T("peerwork.tab.risk")}}
	for _, one := range v.People {
		risk := p.T("peerwork.risk.none")
		if one.RiskUntil != "" {
			risk = p.P.Day(one.RiskUntil)
		}
		table.Rows = append(table.Rows, []templ.Component{
			ui.Anchor(personPath(one.ID), one.Handle), ui.Isolated(one.Organisation), contractBadges(p, one), ui.Words(word(p, profileWords, one.Profile.State)), ui.Words(risk),
		})
	}
	return table
}

// personPage is one peer as a coordinator works with her.
type personPage struct {
	*ui.Page
	ui.Again
	Person        peerwork.Colleague
	Own           bool // it is herself
	Organisations []peerwork.Organisation
	Contracts     []peerwork.OpenContract
	Wish          peerwork.Card
	HasWish       bool
	Form          peerwork.ContractForm
}

// Person shows one peer.
func (a *Area) Person(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.sendPerson(c, fiber.StatusOK, id, nil)
}

func (a *Area) sendPerson(c *fiber.Ctx, status int, id store.ID, change func(*personPage)) error {
	ctx, who := c.UserContext(), request.Actor(c)
	view := personPage{Page: a.page(c), Form: peerwork.ContractForm{Currency: "EUR", Unit: "hour", LeaveKind: "none", Nonce: request.NewNonce()}}
	var err error
	if view.Person, err = a.work.Person(ctx, who, id); err != nil {
		return err
	}
	view.Own, view.Path = who.Role.ID == id, personPath(id)
	instead, _ := store.ParseID(c.Query("instead"))
	if view.Organisations, err = a.work.Organisations(ctx, who); err != nil {
		return err
	}
	if view.Contracts, err = a.work.ContractsOf(ctx, who, id); err != nil {
		return err
	}
	view.startForm(instead)
	if view.Wish, view.HasWish, err = a.work.Wish(ctx, who, id); err != nil {
		return err
	}
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, personView(view))
}

// Show is the second of the two people.
func (a *Area) Show(c *fiber.Ctx) error {
	return a.about(c, "peerwork.shown", func(who member.Actor, id store.ID) error { return a.work.Show(c.UserContext(), who, id) })
}

// ComeBack is the second person's yes to the names of somebody who left low profile.
func (a *Area) ComeBack(c *fiber.Ctx) error {
	return a.about(c, "peerwork.veil.done", func(who member.Actor, id store.ID) error { return a.work.ComeBack(c.UserContext(), who, id) })
}

// NotNow leaves a profile as it is.
func (a *Area) NotNow(c *fiber.Ctx) error {
	return a.about(c, "peerwork.not-now.done", func(who member.Actor, id store.ID) error { return a.work.NotNow(c.UserContext(), who, id) })
}

// Place says with which organisation a peer works.
func (a *Area) Place(c *fiber.Ctx) error {
	organisation, _ := store.ParseID(c.FormValue("organisation"))
	return a.about(c, "peerwork.placed", func(who member.Actor, id store.ID) error {
		return a.work.Place(c.UserContext(), who, id, organisation)
	})
}

func (a *Area) about(c *fiber.Ctx, done string, do func(member.Actor, store.ID) error) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	if err = do(request.Actor(c), id); err == nil {
		return a.kit.Go(c, personPath(id), ui.Done, done)
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendPerson(c, status, id, func(v *personPage) { v.Again = back })
}
