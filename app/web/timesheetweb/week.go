package timesheetweb

import (
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/numeral"
	"portico/app/store"
	"portico/app/timesheet"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// weekPage is one of her weeks.
type weekPage struct {
	*ui.Page
	ui.Again
	Sheet       timesheet.Sheet
	Weeks       []timesheet.Summary // all that have something in them
	Pace        timesheet.Pace
	Today       string
	Coordinates bool
	Line        lineForm
}

// lineForm is the form of one piece of work.
type lineForm struct{ Day, Kind, Minutes, Note, Nonce string }

// Week shows the week of today.
func (a *Area) Week(c *fiber.Ctx) error {
	return a.sendWeek(c, fiber.StatusOK, timesheet.MondayOf(a.kit.Clock.Today()), nil)
}

// WeekAt shows another week.
func (a *Area) WeekAt(c *fiber.Ctx) error {
	return a.sendWeek(c, fiber.StatusOK, c.Params("id"), nil)
}

// sendWeek shows a week; change puts in what a form said.
func (a *Area) sendWeek(c *fiber.Ctx, status int, monday string, change func(*weekPage)) error {
	ctx, who := c.UserContext(), request.Actor(c)
	view := weekPage{Page: a.page(c), Today: a.kit.Clock.Today(), Coordinates: who.Has(member.RoleCoordinator)}
	var err error
	if view.Sheet, err = a.work.MyWeek(ctx, who, monday); err != nil {
		return err
	}
	if view.Weeks, err = a.work.MyWeeks(ctx, who); err != nil {
		return err
	}
	if view.Pace, err = a.work.PaceOf(ctx, who); err != nil {
		return err
	}
	view.Path = weekPath(monday)
	view.Line = lineForm{Day: min(max(view.Today, monday), view.Sheet.Sunday), Nonce: request.NewNonce()}
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, weekView(view))
}

func weekPath(monday string) string { return "/work/weeks/" + monday }

func linePath(monday string, line store.ID) string {
	return weekPath(monday) + "/lines/" + line.String()
}

// beside is the Monday some weeks away.
func beside(monday string, weeks int) string {
	t, err := time.Parse(time.DateOnly, monday)
	if err != nil {
		return monday
	}
	return t.AddDate(0, 0, 7*weeks).Format(time.DateOnly)
}

// AddLine adds a piece of work.
func (a *Area) AddLine(c *fiber.Ctx) error {
	monday, page := c.Params("id"), a.page(c)
	f := lineForm{Day: c.FormValue("day"), Kind: c.FormValue("kind"), Minutes: c.FormValue("minutes"), Note: request.Typed(c, "note"), Nonce: c.FormValue("nonce")}
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		view := weekPage{Page: page, Again: back, Line: f}
		view.Sheet.Monday = monday
		return a.kit.Send(c, status, keptLineView(view))
	}
	if status == 0 {
		minutes, _ := numeral.Whole(f.Minutes)
		err = a.work.AddLine(c.UserContext(), request.Actor(c), monday, timesheet.LineForm{Day: f.Day, Kind: f.Kind, Note: f.Note, Minutes: minutes, Nonce: f.Nonce})
		if err == nil {
			return a.kit.Go(c, weekPath(monday), ui.Done, "peerwork.line.added")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendWeek(c, status, monday, func(v *weekPage) { v.Again, v.Line = back, f })
}

// Take makes lines of the proposals that she ticked.
func (a *Area) Take(c *fiber.Ctx) error {
	var sources []string
	for _, raw := range c.Request().PostArgs().PeekMulti("source") {
		sources = append(sources, string(raw))
	}
	return a.act(c, "peerwork.line.added", func(who member.Actor, monday string) error {
		return a.work.Take(c.UserContext(), who, monday, sources)
	})
}

// RemoveLine takes a line away.
func (a *Area) RemoveLine(c *fiber.Ctx) error {
	line, ok := store.ParseID(c.Params("line"))
	if !ok {
		return fault.Missing()
	}
	return a.act(c, "peerwork.line.removed", func(who member.Actor, monday string) error {
		return a.work.RemoveLine(c.UserContext(), who, monday, line)
	})
}

// Close hands her week in.
func (a *Area) Close(c *fiber.Ctx) error {
	return a.act(c, "peerwork.week.handed.done", func(who member.Actor, monday string) error {
		return a.work.Close(c.UserContext(), who, monday)
	})
}

// Reopen takes a week back.
func (a *Area) Reopen(c *fiber.Ctx) error {
	return a.act(c, "peerwork.week.reopened", func(who member.Actor, monday string) error {
		return a.work.Reopen(c.UserContext(), who, monday)
	})
}

// act does something with a week and shows it again, with the reason where it was refused.
func (a *Area) act(c *fiber.Ctx, done string, do func(member.Actor, string) error) error {
	monday := c.Params("id")
	err := do(request.Actor(c), monday)
	if err == nil {
		return a.kit.Go(c, weekPath(monday), ui.Done, done)
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendWeek(c, status, monday, func(v *weekPage) { v.Again = back })
}

// lineTable lists the lines of a week. Last is what stands at the end of each row, under a
// heading; without one there is none.
func lineTable(p *ui.Page, sheet timesheet.Sheet, today string, last func(timesheet.OpenLine) templ.Component) ui.Table {
	table := ui.Table{Head: []string{p.T("peerwork.day"), p.T("peerwork.kind"), p.T("peerwork.time"), p.T("peerwork.note")}}
	if sheet.State != timesheet.Open {
		table.Head = append(table.Head, p.T("peerwork.statement.state"))
	}
	if last != nil && sheet.State == timesheet.Open {
		table.Head = append(table.Head, p.T("peerwork.change"))
	} else if last != nil {
		table.Head = append(table.Head, p.T("timesheet.line.look"))
	}
	for _, l := range sheet.Lines {
		row := []templ.Component{
			ui.Words(p.P.Day(l.Day)), ui.Words(word(p, kindWords, l.Kind)), ui.Words(duration(p, l.Minutes)), ui.Isolated(l.Note),
		}
		if sheet.State != timesheet.Open {
			row = append(row, lineState(p, l.Line, today))
		}
		if last != nil {
			row = append(row, last(l))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}

// myTable is the table for herself: while the week is open a line can be taken away, and
// later one about which something was decided can be looked at.
func myTable(v weekPage) ui.Table {
	last := func(l timesheet.OpenLine) templ.Component {
		if v.Sheet.State == timesheet.Open {
			return removeButton(v.Page, v.Sheet.Monday, l.ID.String())
		}
		return ui.Anchor(linePath(v.Sheet.Monday, l.ID), v.T("timesheet.line.look"))
	}
	return lineTable(v.Page, v.Sheet, v.Today, last)
}

// disputable reports whether she can still answer a cut of this week.
func disputable(v weekPage) bool {
	for _, l := range v.Sheet.Lines {
		if l.CanDispute(v.Today) {
			return true
		}
	}
	return false
}
