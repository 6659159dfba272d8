// Package directoryweb is the pages of the directory: the list with its search, an entry
// with a card to print, what somebody says is wrong with it, the open data file, and for
// coordinators the checking, changing and the list of corrections.
//
// What must hold: an entry that nobody checked within the year says so, on the list, on its
// page and on paper; what is not known is said to be not known; the search words of
// signed-in people never enter an address; the title of every page is the same.
package directoryweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers of the directory.
type Area struct {
	kit       *request.Kit
	directory *directory.Service
}

// New makes the area.
func New(kit *request.Kit, d *directory.Service) *Area { return &Area{kit: kit, directory: d} }

// page starts a page of the directory.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	page := a.kit.Page(c, "", "find")
	page.Title = page.T("directory.title")
	return page
}

// form starts a page with a form that visitors send too.
func (a *Area) form(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.page(c)
}

// tends reports whether the page shows what coordinators do.
func tends(c *fiber.Ctx) bool { return request.Actor(c).Has(member.RoleCoordinator) }

// words reads a field of text without what no database or page can hold.
func words(c *fiber.Ctx, name string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(c.FormValue(name), "\ufffd"), "\x00", "")
}

func entryPath(id string) string { return "/directory/" + id }

// again says why a form with words is shown once more: it is from an older session.
func again(c *fiber.Ctx, p *ui.Page) *ui.Notice {
	if request.Trusted(c) {
		return nil
	}
	return &ui.Notice{Tone: ui.Due, Text: p.T("directory.again")}
}
