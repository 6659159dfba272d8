// Package homeweb shows what stands around the rooms: the front page, languages, the
// written pages, help lines, what is held, the way to other sites and the way out.
//
// Invariants: every page here opens without an account and without script. Exit works
// with a dead session too, never fails, and says nothing on the way. The page of what is
// held is made of the schema itself, so that a new column cannot stay unsaid.
package homeweb

import (
	"sync"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers of the pages around the rooms.
type Area struct {
	kit   *request.Kit
	store *store.Store
	forum *forum.Service
	desk  *desk.Service
	// texts keeps the rendered written pages: they change only with the program.
	texts sync.Map // "name/lang" to writtenText
}

// New makes the area.
func New(kit *request.Kit, s *store.Store, f *forum.Service, d *desk.Service) *Area {
	return &Area{kit: kit, store: s, forum: f, desk: d}
}

// Style shows every piece of the interface; only development has a route to it.
func (a *Area) Style(c *fiber.Ctx) error {
	page := a.kit.Page(c, "", "")
	page.Title = page.T("style.title")
	return a.kit.Send(c, fiber.StatusOK, ui.StylePage(page))
}
