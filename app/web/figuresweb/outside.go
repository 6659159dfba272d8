package figuresweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/figures"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// codePage asks somebody outside for the code of a release.
type codePage struct {
	*ui.Page
	ui.Again
	Path  string
	Typed string
}

// readPage is the table as somebody outside reads it. The code goes into the form for the
// file, so that it never stands in an address.
type readPage struct {
	*ui.Page
	figures.Shown
	Code string
}

// Read shows the table to whoever has the code.
func (a *Area) Read(c *fiber.Ctx) error {
	return a.withCode(c, func(v figures.Shown, code string) error {
		return a.kit.Send(c, fiber.StatusOK, readView(readPage{a.page(c), v, code}))
	})
}

// ReadCSV is the same table for other programs.
func (a *Area) ReadCSV(c *fiber.Ctx) error {
	return a.withCode(c, func(v figures.Shown, _ string) error { return sendLines(c, v) })
}

// withCode opens a release with what was typed, or asks again. A release that is not open
// does not exist.
func (a *Area) withCode(c *fiber.Ctx, then func(v figures.Shown, code string) error) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	code := request.Typed(c, "code")
	view := codePage{Page: a.page(c), Path: home + "/" + id.String(), Typed: code}
	if !request.Trusted(c) {
		if err := a.fig.Waits(c.UserContext(), id); err != nil {
			return err
		}
		view.Notice = &ui.Notice{Tone: ui.Due, Text: view.T("common.again.stale")}
		return a.kit.Send(c, fiber.StatusConflict, codeView(view))
	}
	v, err := a.fig.Read(c.UserContext(), id, code)
	if fault.Is(err, fault.Invalid) {
		status, rest := request.Refused(view.Page, &view.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, codeView(view))
	}
	if err != nil {
		return err
	}
	return then(v, code)
}
