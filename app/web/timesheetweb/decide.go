package timesheetweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/numeral"
	"portico/app/store"
	"portico/app/timesheet"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// decidePage is a week that was handed in, as a coordinator decides and pays it.
type decidePage struct {
	*ui.Page
	ui.Again
	ID      store.ID
	Sheet   timesheet.Sheet
	Bundles []timesheet.Bundle
	Own     bool
	Today   string
	Pay     timesheet.PayForm
}

// TeamWeek shows a week that was handed in.
func (a *Area) TeamWeek(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.sendTeamWeek(c, fiber.StatusOK, id, nil)
}

func (a *Area) sendTeamWeek(c *fiber.Ctx, status int, id store.ID, change func(*decidePage)) error {
	ctx, who := c.UserContext(), request.Actor(c)
	view := decidePage{Page: a.page(c), ID: id, Today: a.kit.Clock.Today()}
	var err error
	if view.Sheet, err = a.work.WeekOf(ctx, who, id); err != nil {
		return err
	}
	if view.Bundles, err = a.work.Bundles(ctx, who, view.Sheet); err != nil {
		return err
	}
	view.Own, view.Path = view.Sheet.AccountID == who.Role.ID, teamWeekPath(id)
	view.Pay.Nonce = request.NewNonce()
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, decideView(view))
}

// Approve approves all lines of a week that nobody has decided.
func (a *Area) Approve(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	closings, _ := strconv.Atoi(c.FormValue("closings"))
	if err = a.work.Approve(c.UserContext(), request.Actor(c), id, closings); err == nil {
		return a.kit.Go(c, teamWeekPath(id), ui.Done, "peerwork.decided")
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendTeamWeek(c, status, id, func(v *decidePage) { v.Again = back })
}

// Pay records one payment.
func (a *Area) Pay(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	minutes, _ := strconv.Atoi(c.FormValue("minutes"))
	f := timesheet.PayForm{
		Bundle: c.FormValue("bundle"), Reference: request.Typed(c, "reference"), Amount: request.Typed(c, "amount"), Currency: c.FormValue("currency"),
		Minutes: minutes, Sum: c.FormValue("sum"), Nonce: c.FormValue("nonce"),
	}
	if err = a.work.Pay(c.UserContext(), request.Actor(c), id, f); err == nil {
		return a.kit.Go(c, teamWeekPath(id), ui.Done, "peerwork.pay.done")
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendTeamWeek(c, status, id, func(v *decidePage) {
		v.Again = back
		v.Pay.Reference, v.Pay.Amount, v.Pay.Currency = f.Reference, f.Amount, f.Currency
	})
}

// waits reports whether a line waits for a decision that the button for all makes.
func (v decidePage) waits() bool {
	for _, l := range v.Sheet.Lines {
		if l.State == timesheet.Closed {
			return true
		}
	}
	return false
}

// teamLinePage is one line as a coordinator decides it.
type teamLinePage struct {
	*ui.Page
	ui.Again
	Week            store.ID
	Sheet           timesheet.Sheet
	Line            timesheet.OpenLine
	Own             bool
	Today           string
	Minutes, Reason string
	Closings        int
	Settles         bool
}

func teamLinePath(week, line store.ID) string {
	return teamWeekPath(week) + "/lines/" + line.String()
}

// TeamLine shows one line of a week that was handed in.
func (a *Area) TeamLine(c *fiber.Ctx) error { return a.sendTeamLine(c, fiber.StatusOK, nil) }

func (a *Area) sendTeamLine(c *fiber.Ctx, status int, change func(*teamLinePage)) error {
	line, ok := store.ParseID(c.Params("line"))
	if !ok {
		return fault.Missing()
	}
	who := request.Actor(c)
	view := teamLinePage{Page: a.page(c), Today: a.kit.Clock.Today()}
	var err error
	if view.Sheet, view.Line, err = a.work.LineOf(c.UserContext(), who, line); err != nil {
		return err
	}
	view.Week, view.Own, view.Closings = view.Sheet.ID, view.Sheet.AccountID == who.Role.ID, view.Sheet.Closings
	view.Settles, view.Path = view.Line.State == timesheet.Disputed, teamLinePath(view.Week, line)
	view.Minutes = strconv.Itoa(view.Line.Minutes)
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, teamLineView(view))
}

// Decide approves or cuts one line.
func (a *Area) Decide(c *fiber.Ctx) error { return a.decide(c, false) }

// Settle decides a disputed line once more.
func (a *Area) Settle(c *fiber.Ctx) error { return a.decide(c, true) }

func (a *Area) decide(c *fiber.Ctx, settles bool) error {
	week, err := request.ID(c)
	if err != nil {
		return err
	}
	line, ok := store.ParseID(c.Params("line"))
	if !ok {
		return fault.Missing()
	}
	page, minutes, reason := a.page(c), c.FormValue("minutes"), request.Typed(c, "reason")
	closings, _ := strconv.Atoi(c.FormValue("closings"))
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		view := teamLinePage{Page: page, Again: back, Week: week, Minutes: minutes, Reason: reason, Closings: closings, Settles: settles}
		view.Line.ID = line
		return a.kit.Send(c, status, keptDecideView(view))
	}
	if status == 0 {
		n, ok := numeral.Whole(minutes)
		if !ok {
			n = -1
		}
		verb, done := a.work.Decide, "peerwork.decided"
		if settles {
			verb, done = a.work.Settle, "timesheet.settled.done"
		}
		if err = verb(c.UserContext(), request.Actor(c), line, timesheet.LineDecision{Minutes: n, Closings: closings, Reason: reason}); err == nil {
			return a.kit.Go(c, teamWeekPath(week), ui.Done, done)
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendTeamLine(c, status, func(v *teamLinePage) { v.Again, v.Minutes, v.Reason = back, minutes, reason })
}
