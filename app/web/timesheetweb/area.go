// Package timesheetweb is the pages of hours and pay: her week, and for coordinators the
// weeks that wait.
//
// Invariants: before each button stands who will read; words that somebody typed come back
// whatever became of the form; nobody meets a button with which she would decide about
// herself; nothing counts or ranks people; titles are neutral, and so is what is printed.
package timesheetweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/timesheet"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit  *request.Kit
	work *timesheet.Service
}

// New makes the area.
func New(kit *request.Kit, w *timesheet.Service) *Area { return &Area{kit, w} }

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("nav.work"), "work")
}
