package peerworkweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// decidePage is a closed week as a coordinator decides it.
type decidePage struct {
	*ui.Page
	ui.Again
	ID                         store.ID
	Sheet                      peerwork.Sheet
	Own                        bool
	Today                      string
	Minutes, Reason, Reference string
	Closed                     int
}

// TeamWeek shows a closed week.
func (a *Area) TeamWeek(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	return a.sendTeamWeek(c, fiber.StatusOK, id, nil)
}

func (a *Area) sendTeamWeek(c *fiber.Ctx, status int, id store.ID, change func(*decidePage)) error {
	who := request.Actor(c)
	view := decidePage{Page: a.page(c), ID: id, Today: a.kit.Clock.Today()}
	var err error
	if view.Sheet, err = a.work.WeekOf(c.UserContext(), who, id); err != nil {
		return err
	}
	view.Own, view.Path = view.Sheet.AccountID == who.Role.ID, teamWeekPath(id)
	view.Minutes, view.Closed = strconv.Itoa(view.Sheet.ClosedMinutes), view.Sheet.ClosedMinutes
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, decideView(view))
}

// Decide approves or cuts a week.
func (a *Area) Decide(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	page := a.page(c)
	minutes, reason := c.FormValue("minutes"), request.Typed(c, "reason")
	closed, _ := strconv.Atoi(c.FormValue("closed"))
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptDecideView(decidePage{Page: page, Again: back, ID: id, Minutes: minutes, Reason: reason, Closed: closed}))
	}
	if status == 0 {
		n, ok := peerwork.ParseWhole(minutes)
		if !ok {
			n = -1
		}
		if err = a.work.Decide(c.UserContext(), request.Actor(c), id, peerwork.DecideForm{Minutes: n, Closed: closed, Reason: reason}); err == nil {
			return a.kit.Go(c, "/work/team", ui.Done, "peerwork.decided")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendTeamWeek(c, status, id, func(v *decidePage) { v.Again, v.Minutes, v.Reason = back, minutes, reason })
}

// Pay records that a week was paid.
func (a *Area) Pay(c *fiber.Ctx) error {
	id, err := idOf(c)
	if err != nil {
		return err
	}
	reference := request.Typed(c, "reference")
	if err = a.work.Pay(c.UserContext(), request.Actor(c), id, reference); err == nil {
		return a.kit.Go(c, "/work/team", ui.Done, "peerwork.pay.done")
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendTeamWeek(c, status, id, func(v *decidePage) { v.Again, v.Reference = back, reference })
}

// open reports whether the week waits for a decision.
func (v decidePage) open() bool {
	return v.Sheet.State == peerwork.WeekClosed || v.Sheet.State == peerwork.WeekDisputed
}
