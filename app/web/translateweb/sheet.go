package translateweb

import (
	"context"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/numeral"
	"portico/app/store"
	"portico/app/translate"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// sheetPage is a language of a text.
type sheetPage struct {
	*ui.Page
	ui.Again
	translate.Sheet
	Peer     bool // her time for the text goes to her week
	Spent    spent
	Reading  reading
	Oversees bool // she may read the log of what left for the machine
}

// spent is the form of the time that she worked on the text.
type spent struct{ Day, Minutes string }

// Sheet shows a language of a text, twenty segments at a time.
func (a *Area) Sheet(c *fiber.Ctx) error {
	return a.sendSheet(c, fiber.StatusOK, ui.Again{}, nil)
}

func (a *Area) sendSheet(c *fiber.Ctx, status int, back ui.Again, change func(*sheetPage)) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	view := sheetPage{Page: a.page(c), Again: back, Peer: request.Actor(c).Has(member.RolePeer)}
	view.Spent.Day, view.Oversees = a.kit.Clock.Today(), request.Actor(c).Has(member.RoleCoordinator)
	if change != nil {
		change(&view)
	}
	if view.Sheet, err = a.tr.Sheet(c.UserContext(), request.Actor(c), doc, c.Params("lang"), request.Whole(c.Query("page"))); err != nil {
		return err
	}
	view.Path = view.at(view.Sheet.Page)
	return a.kit.Send(c, status, sheetView(view))
}

func (v sheetPage) at(page int) string {
	path := sheetPath(v.Doc.ID, v.Language.Lang)
	if page > 1 {
		path += "?page=" + strconv.Itoa(page)
	}
	return path
}

// Draft asks the machine about what is empty.
func (a *Area) Draft(c *fiber.Ctx) error { return a.act(c, "translate.draft.asked", a.tr.AskDraft) }

// Approve publishes a language.
func (a *Area) Approve(c *fiber.Ctx) error { return a.act(c, "translate.approved", a.tr.Approve) }

// act does something with a language and shows it again, with the reason where it was refused.
func (a *Area) act(c *fiber.Ctx, done string, do func(context.Context, member.Actor, store.ID, string) error) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	lang := c.Params("lang")
	if err = do(c.UserContext(), request.Actor(c), doc, lang); err == nil {
		return a.kit.Go(c, sheetPath(doc, lang), ui.Done, done)
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendSheet(c, status, back, nil)
}

// Spend notes how long a peer worked on the text on a day.
func (a *Area) Spend(c *fiber.Ctx) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	f := spent{c.FormValue("day"), c.FormValue("minutes")}
	minutes, _ := numeral.Whole(f.Minutes)
	if err = a.tr.Spend(c.UserContext(), request.Actor(c), doc, f.Day, minutes); err == nil {
		return a.kit.Go(c, sheetPath(doc, c.Params("lang")), ui.Done, "timesheet.spent.done")
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendSheet(c, status, back, func(v *sheetPage) { v.Spent = f })
}

// segmentOf is a segment as the pair of both texts shows it.
func (v sheetPage) segmentOf(l translate.Line) ui.Segment {
	return ui.Segment{
		SourceLang: v.Doc.Lang, SourceDir: "auto", Source: l.Source, TargetLang: v.Language.Lang, TargetDir: "auto", Target: l.Target.Words,
		State: stateBadges[l.Target.State], StateWord: word(v.Page, stateWords, l.Target.State), Draw: drawn,
	}
}

// askWord is the word on the button that asks the machine. Where a try waits, nobody else
// should have to wait with it.
func (v sheetPage) askWord() string {
	if v.Progress != nil && v.Progress.Later {
		return v.T("translate.draft.now")
	}
	return v.T("translate.draft.go")
}

// checkedWords say since when, and through whom, people read a language.
func (v sheetPage) checkedWords() string {
	by := isolated(v.ApprovedBy)
	if v.ApprovedBy == "" {
		by = v.T("translate.somebody")
	}
	day := ""
	if v.Language.ApprovedDay != nil {
		day = v.P.Day(*v.Language.ApprovedDay)
	}
	return v.T("translate.published", "Day", day, "Who", by)
}
