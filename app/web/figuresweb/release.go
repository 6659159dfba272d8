package figuresweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/figures"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// listPage is the log of releases.
type listPage struct {
	*ui.Page
	Releases []figures.Release
	Proposes bool
	Holds    bool                 // she has the key for counting people
	Waiting  []member.RoleAccount // who waits for it, where she could hand it on
}

// List shows the log to the team.
func (a *Area) List(c *fiber.Ctx) error {
	who := request.Actor(c)
	releases, err := a.fig.List(c.UserContext(), who)
	if err != nil {
		return err
	}
	view := listPage{Page: a.page(c), Releases: releases, Proposes: who.Has(member.RoleCoordinator)}
	if view.Proposes {
		if view.Holds, err = a.kit.Members.HoldsKey(c.UserContext(), who, member.CircleFigures); err != nil {
			return err
		}
		if view.Waiting, err = a.kit.Members.WaitingForKey(c.UserContext(), who, member.CircleFigures); err != nil {
			return err
		}
	}
	return a.kit.Send(c, fiber.StatusOK, listView(view))
}

// GrantKey hands the key for counting people on to one coordinator.
func (a *Area) GrantKey(c *fiber.Ctx) error {
	to, err := request.ID(c)
	if err == nil {
		err = a.kit.Members.GrantKey(c.UserContext(), request.Actor(c), member.CircleFigures, to)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, home, ui.Done, "desk.keys.given")
}

// formPage is a table to propose. The same page meets her again when something stands in the
// way.
type formPage struct {
	*ui.Page
	ui.Again
	figures.Form
	Months []string
}

func (a *Area) proposal(c *fiber.Ctx) formPage {
	v := formPage{Page: a.page(c), Months: a.fig.Months(), Form: figures.Form{
		Measure: request.Typed(c, "measure"), Split: request.Typed(c, "split"), Month: request.Typed(c, "month"),
		Recipient: request.Typed(c, "recipient"), Nonce: request.Typed(c, "nonce"),
	}}
	if v.Nonce == "" {
		v.Nonce = request.NewNonce()
	}
	return v
}

// ProposeForm asks which table to give to whom.
func (a *Area) ProposeForm(c *fiber.Ctx) error {
	if !request.Actor(c).Has(member.RoleCoordinator) {
		return fault.Missing()
	}
	return a.kit.Send(c, fiber.StatusOK, formView(a.proposal(c)))
}

// Propose puts it before the group.
func (a *Area) Propose(c *fiber.Ctx) error {
	v := a.proposal(c)
	status, back := request.Stopped(c, v.Page)
	if who := request.Actor(c); who.SignedIn() && !who.Has(member.RoleCoordinator) {
		return fault.Missing()
	}
	if v.Again = back; status != 0 {
		return a.kit.Send(c, status, formView(v))
	}
	id, err := a.fig.Propose(c.UserContext(), request.Actor(c), v.Form)
	if err != nil {
		status, rest := request.Refused(v.Page, &v.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, formView(v))
	}
	return a.kit.Go(c, home+"/"+id.String(), ui.Done, "figures.proposed")
}

// releasePage is a release as the team sees it. Code is the one that was just drawn.
type releasePage struct {
	*ui.Page
	figures.Shown
	Code, Link        string
	Coordinates, Ends bool
}

// Release shows a table to the team, and asks everybody else for its code.
func (a *Area) Release(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	if request.Actor(c).Colleague() {
		return a.look(c, "")
	}
	if err := a.fig.Waits(c.UserContext(), id); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, codeView(codePage{Page: a.page(c), Path: home + "/" + id.String()}))
}

func (a *Area) look(c *fiber.Ctx, code string) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	who := request.Actor(c)
	shown, err := a.fig.Look(c.UserContext(), who, id)
	if err != nil {
		return err
	}
	v := releasePage{Page: a.page(c), Shown: shown, Code: code, Coordinates: who.Has(member.RoleCoordinator)}
	v.Ends = who.Has(member.RoleCoordinator, member.RoleLeader) && shown.State != figures.Closed && shown.State != figures.Refused
	if v.Link = a.kit.Config.Origin; v.Link == "" {
		v.Link = c.BaseURL()
	}
	v.Link += pathOf(shown.Release, "")
	return a.kit.Send(c, fiber.StatusOK, releaseView(v))
}

// Say takes what somebody of the team thinks.
func (a *Area) Say(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	say := c.FormValue("say")
	if say != "yes" && say != "no" {
		return a.kit.Go(c, home+"/"+id.String(), ui.Due, "figures.say.missing")
	}
	if err := a.fig.Say(c.UserContext(), request.Actor(c), id, say == "yes"); err != nil {
		return err
	}
	return a.kit.Go(c, home+"/"+id.String(), ui.Done, "figures.said")
}

// Code draws a code and shows it once.
func (a *Area) Code(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	code, err := a.fig.NewCode(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	return a.look(c, code)
}

// Close ends a release.
func (a *Area) Close(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err == nil {
		err = a.fig.Close(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, home+"/"+id.String(), ui.Done, "figures.ended")
}

// CSV is the table for other programs, for the team.
func (a *Area) CSV(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	v, err := a.fig.Look(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	return sendLines(c, v)
}
