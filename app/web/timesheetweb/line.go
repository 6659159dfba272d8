package timesheetweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/timesheet"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// linePage is one of her lines, with what was decided about it.
type linePage struct {
	*ui.Page
	ui.Again
	Sheet   timesheet.Sheet
	Line    timesheet.OpenLine
	Today   string
	Dispute string
}

// lineOf are the Monday and the line that the address names.
func lineOf(c *fiber.Ctx) (monday string, line store.ID, err error) {
	line, ok := store.ParseID(c.Params("line"))
	if !ok {
		return "", line, fault.Missing()
	}
	return c.Params("id"), line, nil
}

// Line shows one of her lines.
func (a *Area) Line(c *fiber.Ctx) error { return a.sendLine(c, fiber.StatusOK, nil) }

func (a *Area) sendLine(c *fiber.Ctx, status int, change func(*linePage)) error {
	monday, line, err := lineOf(c)
	if err != nil {
		return err
	}
	view := linePage{Page: a.page(c), Today: a.kit.Clock.Today()}
	if view.Sheet, err = a.work.MyWeek(c.UserContext(), request.Actor(c), monday); err != nil {
		return err
	}
	one, ok := view.Sheet.Line(line)
	if !ok {
		return fault.Missing()
	}
	view.Line, view.Path = one, linePath(monday, line)
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, lineView(view))
}

// Accept leaves a cut as it is.
func (a *Area) Accept(c *fiber.Ctx) error {
	monday, line, err := lineOf(c)
	if err != nil {
		return err
	}
	if err = a.work.Accept(c.UserContext(), request.Actor(c), line); err == nil {
		return a.kit.Go(c, weekPath(monday), ui.Done, "peerwork.cut.accepted")
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendLine(c, status, func(v *linePage) { v.Again = back })
}

// Dispute says why a cut is wrong.
func (a *Area) Dispute(c *fiber.Ctx) error {
	monday, line, err := lineOf(c)
	if err != nil {
		return err
	}
	page, words := a.page(c), request.Typed(c, "dispute")
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		view := linePage{Page: page, Again: back, Dispute: words}
		view.Sheet.Monday, view.Line.ID = monday, line
		return a.kit.Send(c, status, keptDisputeView(view))
	}
	if status == 0 {
		if err = a.work.Dispute(c.UserContext(), request.Actor(c), line, words); err == nil {
			return a.kit.Go(c, weekPath(monday), ui.Done, "peerwork.dispute.sent")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendLine(c, status, func(v *linePage) { v.Again, v.Dispute = back, words })
}
