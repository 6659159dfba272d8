package timesheetweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/timesheet"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// teamPage is what waits for the organisation.
type teamPage struct {
	*ui.Page
	Weeks  []timesheet.Summary
	Months []timesheet.OpenMonth
	Pace   timesheet.Pace
	Today  string
	Peer   bool // she is one as well
}

// Team shows the weeks that wait.
func (a *Area) Team(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), request.Actor(c)
	view := teamPage{Page: a.page(c), Today: a.kit.Clock.Today(), Peer: who.Has(member.RolePeer)}
	var err error
	if view.Weeks, err = a.work.WaitingWeeks(ctx, who); err != nil {
		return err
	}
	if view.Months, err = a.work.Months(ctx, who); err != nil {
		return err
	}
	if view.Pace, err = a.work.PaceOf(ctx, who); err != nil {
		return err
	}
	view.Path = "/work/team/weeks"
	return a.kit.Send(c, fiber.StatusOK, teamView(view))
}

func teamWeekPath(id store.ID) string { return "/work/team/weeks/" + id.String() }

// PayCSV sends the file for payroll of a month.
func (a *Area) PayCSV(c *fiber.Ctx) error {
	file, err := a.work.PayOf(c.UserContext(), request.Actor(c), c.Query("month"))
	if err != nil {
		return err
	}
	header, rows := file.Table()
	return request.SendCSV(c, "statement-"+file.Month+".csv", header, rows)
}

// monthPage is one month that can be locked or opened.
type monthPage struct {
	*ui.Page
	ui.Again
	Month    timesheet.OpenMonth
	Although bool
	Reason   string
}

func monthPath(month string) string { return "/work/team/months/" + month }

// Month shows one month.
func (a *Area) Month(c *fiber.Ctx) error { return a.sendMonth(c, fiber.StatusOK, nil) }

func (a *Area) sendMonth(c *fiber.Ctx, status int, change func(*monthPage)) error {
	months, err := a.work.Months(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	for _, one := range months {
		if one.Month.Month == c.Params("id") {
			view := monthPage{Page: a.page(c), Month: one}
			view.Path = monthPath(one.Month.Month)
			if change != nil {
				change(&view)
			}
			return a.kit.Send(c, status, monthView(view))
		}
	}
	return fault.Missing()
}

// Lock locks a month.
func (a *Area) Lock(c *fiber.Ctx) error {
	month, although := c.Params("id"), c.FormValue("although") == "1"
	err := a.work.Lock(c.UserContext(), request.Actor(c), month, although)
	if err == nil {
		return a.kit.Go(c, monthPath(month), ui.Done, "timesheet.month.lock.done")
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendMonth(c, status, func(v *monthPage) { v.Again, v.Although = back, although })
}

// Unlock opens a month again.
func (a *Area) Unlock(c *fiber.Ctx) error {
	month, page, reason := c.Params("id"), a.page(c), request.Typed(c, "reason")
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		view := monthPage{Page: page, Again: back, Reason: reason}
		view.Month.Month.Month = month
		return a.kit.Send(c, status, keptUnlockView(view))
	}
	if status == 0 {
		if err = a.work.Unlock(c.UserContext(), request.Actor(c), month, reason); err == nil {
			return a.kit.Go(c, monthPath(month), ui.Done, "timesheet.month.unlock.done")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendMonth(c, status, func(v *monthPage) { v.Again, v.Reason = back, reason })
}

// monthWord names a month by numbers, which read the same in every language here.
func monthWord(month string) string { return "\u2066" + month + "\u2069" }

// monthOptions are the months of the file: those that are over, and the present one.
func monthOptions(v teamPage) []ui.Option {
	list := []ui.Option{{Value: timesheet.MonthOf(v.Today), Label: timesheet.MonthOf(v.Today)}}
	for _, one := range v.Months {
		list = append(list, ui.Option{Value: one.Month.Month, Label: one.Month.Month})
	}
	return list
}
