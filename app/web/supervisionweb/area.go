// Package supervisionweb is the pages of supervision: her relations, an entry with its
// signatures, her own notes, and the coordinator's view.
//
// Invariants: the three layers have forms of their own, so that no button sends private
// words where another reads them; before each button stands who will read; words that
// somebody typed come back whatever became of the form; the coordinator's page is made of
// clear columns and has no way to words; titles and the calendar file are neutral.
package supervisionweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit *request.Kit
	sup *supervision.Service
}

// New makes the area.
func New(kit *request.Kit, s *supervision.Service) *Area { return &Area{kit, s} }

func missing() error { return fault.New(fault.NotFound, "error.missing") }

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("nav.work"), "work")
}

func idOf(c *fiber.Ctx) (store.ID, error) {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return id, missing()
	}
	return id, nil
}

func relationPath(id store.ID) string { return "/supervision/" + id.String() }

func entryPath(id store.ID) string { return "/supervision/entries/" + id.String() }
