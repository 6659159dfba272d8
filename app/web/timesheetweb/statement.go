package timesheetweb

import (
	"time"

	"github.com/gofiber/fiber/v2"

	"portico/app/timesheet"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// statementPage is a period to print.
type statementPage struct {
	*ui.Page
	ui.Again
	Back      string
	Form      bool // she chooses the days here
	From, To  string
	Plain     bool // no kinds of work on the sheet
	Statement timesheet.Statement
	Today     string
}

// WeekStatement is one week to print. It says hours and money and nothing of what kind of
// work it was.
func (a *Area) WeekStatement(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), request.Actor(c)
	sheet, err := a.work.MyWeek(ctx, who, c.Params("id"))
	if err != nil {
		return err
	}
	view := statementPage{Page: a.page(c), Back: weekPath(sheet.Monday), Plain: true, Today: a.kit.Clock.Today()}
	if view.Statement, err = a.work.StatementOf(ctx, who, sheet.Monday, sheet.Sunday); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, statementView(view))
}

// Statement is a period that she chooses, to print: this month where she chose nothing.
func (a *Area) Statement(c *fiber.Ctx) error {
	today := a.kit.Clock.Today()
	from, to := monthDays(today, 0)
	view := statementPage{Page: a.page(c), Back: "/work", Form: true, From: c.Query("from", from), To: c.Query("to", to), Plain: c.Query("plain") == "1", Today: today}
	view.Path = "/work/statement"
	statement, err := a.work.StatementOf(c.UserContext(), request.Actor(c), view.From, view.To)
	status := fiber.StatusOK
	if err != nil {
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
	}
	view.Statement = statement
	return a.kit.Send(c, status, statementView(view))
}

// monthDays are the first and the last day of the month some months from that of a day.
func monthDays(day string, months int) (from, to string) {
	t, err := time.Parse(time.DateOnly, timesheet.MonthOf(day)+"-01")
	if err != nil {
		return day, day
	}
	first := t.AddDate(0, months, 0)
	return first.Format(time.DateOnly), first.AddDate(0, 1, -1).Format(time.DateOnly)
}

func monthLink(day string, months int) string {
	from, to := monthDays(day, months)
	return "/work/statement?from=" + from + "&to=" + to
}
