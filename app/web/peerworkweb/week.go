package peerworkweb

import (
	"time"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// weekPage is one of her weeks.
type weekPage struct {
	*ui.Page
	ui.Again
	Sheet       peerwork.Sheet
	Weeks       []peerwork.Week // all that have something in them
	Today       string
	Coordinates bool
	Line        lineForm
	Dispute     string
}

// lineForm is the form of one piece of work.
type lineForm struct{ Day, Kind, Minutes, Note, Nonce string }

// Week shows the week of today.
func (a *Area) Week(c *fiber.Ctx) error {
	return a.sendWeek(c, fiber.StatusOK, peerwork.MondayOf(a.kit.Clock.Today()), nil)
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
	view.Path = weekPath(monday)
	view.Line = lineForm{Day: min(max(view.Today, monday), view.Sheet.Sunday), Nonce: request.NewNonce()}
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, weekView(view))
}

func weekPath(monday string) string { return "/work/weeks/" + monday }

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
		minutes, _ := peerwork.ParseWhole(f.Minutes)
		err = a.work.AddLine(c.UserContext(), request.Actor(c), monday, peerwork.LineForm{Day: f.Day, Kind: f.Kind, Note: f.Note, Minutes: minutes, Nonce: f.Nonce})
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
		return missing()
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

// AcceptCut leaves a cut as it is.
func (a *Area) AcceptCut(c *fiber.Ctx) error {
	return a.act(c, "peerwork.cut.accepted", func(who member.Actor, monday string) error {
		return a.work.AcceptCut(c.UserContext(), who, monday)
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

// Dispute says why a cut is wrong.
func (a *Area) Dispute(c *fiber.Ctx) error {
	monday, page, words := c.Params("id"), a.page(c), request.Typed(c, "dispute")
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		view := weekPage{Page: page, Again: back, Dispute: words}
		view.Sheet.Monday = monday
		return a.kit.Send(c, status, keptDisputeView(view))
	}
	if status == 0 {
		if err = a.work.Dispute(c.UserContext(), request.Actor(c), monday, words); err == nil {
			return a.kit.Go(c, weekPath(monday), ui.Done, "peerwork.dispute.sent")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendWeek(c, status, monday, func(v *weekPage) { v.Again, v.Dispute = back, words })
}

// statementPage is a week to print.
type statementPage struct {
	*ui.Page
	Sheet  peerwork.Sheet
	Amount string // "" where minutes make no money
}

// Statement is a week to print, with its money where her contract is by the hour.
func (a *Area) Statement(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), request.Actor(c)
	view := statementPage{Page: a.page(c)}
	var err error
	if view.Sheet, err = a.work.MyWeek(ctx, who, c.Params("id")); err != nil {
		return err
	}
	contracts, err := a.work.ContractsOf(ctx, who, who.Role.ID)
	if err != nil {
		return err
	}
	for _, one := range contracts {
		if money, ok := peerwork.Money(view.Sheet.ApprovedMinutes, one.Contract); ok && one.Present && decided(view.Sheet.Week) {
			view.Amount = money.StringFixed(2) + " " + one.Currency
		}
	}
	return a.kit.Send(c, fiber.StatusOK, statementView(view))
}

func decided(w peerwork.Week) bool {
	return w.State == peerwork.WeekApproved || w.State == peerwork.WeekCut || w.State == peerwork.WeekPaid
}

// lineTable lists the lines of a week. With remove, each has a button to take it away.
func lineTable(p *ui.Page, sheet peerwork.Sheet, remove bool) ui.Table {
	table := ui.Table{Head: []string{p.T("peerwork.day"), p.T("peerwork.kind"), p.T("peerwork.time"), p.T("peerwork.note")}}
	if remove {
		table.Head = append(table.Head, p.T("peerwork.change"))
	}
	for _, l := range sheet.Lines {
		row := []templ.Component{
			ui.Words(p.P.Day(l.Day)), ui.Words(word(p, kindWords, l.Kind)), ui.Words(duration(p, l.Minutes)), ui.Isolated(l.Note),
		}
		if remove {
			row = append(row, removeButton(p, sheet.Monday, l.ID.String()))
		}
		table.Rows = append(table.Rows, row)
	}
	return table
}
