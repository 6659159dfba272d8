package directoryweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// entryPage is everything that is known about one entry.
type entryPage struct {
	*ui.Page
	Shown      shown
	Conditions string
	CondLang   string
	Answers    []directory.Correction
	Week       []weekday
	Related    []directory.Related
	Relate     relateForm
	Tends      bool
}

// Entry shows one entry, with a card to print.
func (a *Area) Entry(c *fiber.Ctx) error {
	e, err := a.directory.Entry(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	view, err := a.entryPage(c, e)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, entryView(view))
}

func (a *Area) entryPage(c *fiber.Ctx, e directory.Entry) (view entryPage, err error) {
	page := a.page(c)
	view = entryPage{Page: page, Shown: a.show(page, e), Tends: tends(c), Week: a.week(page, e)}
	view.Conditions, view.CondLang = e.Conditions.In(page.P.Tag)
	if view.Answers, err = a.directory.Answers(c.UserContext(), e.ID); err != nil {
		return view, err
	}
	view.Related, err = a.directory.Related(c.UserContext(), e.ID)
	return view, err
}

// Verify says that a coordinator checked an entry today.
func (a *Area) Verify(c *fiber.Ctx) error {
	id := c.Params("id")
	if err := a.directory.Verify(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, entryPath(id), ui.Done, "directory.verified")
}

// answerLine tells what became of a correction that somebody sent.
func answerLine(p *ui.Page, c directory.Correction) string {
	if c.State == directory.Used {
		return p.T("directory.answer.used", "Day", p.P.Day(c.Day))
	}
	return p.T("directory.answer.not", "Day", p.P.Day(c.Day))
}
