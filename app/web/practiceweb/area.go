// Package practiceweb is the pages of the good-practice library: the list with its search,
// a fact sheet with its criteria, what somebody says is wrong with it, the open data file,
// and for the team the interviews by which sheets come in.
//
// What must hold: a sheet that nobody checked with the organisation says so; what the
// source does not say is said to be unknown, and never reads as a no; words in another
// language than the page's are marked; what signed-in people look for never enters an
// address; before every button that keeps words stands who will read them.
package practiceweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/practice"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers of the library.
type Area struct {
	kit     *request.Kit
	library *practice.Service
}

// New makes the area.
func New(kit *request.Kit, s *practice.Service) *Area { return &Area{kit, s} }

// page starts a page of the library; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	page := a.kit.Page(c, "", "find")
	page.Title = page.T("practice.title")
	return page
}

// form starts a page with a form that visitors send too.
func (a *Area) form(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.page(c)
}

// tends reports whether the page shows what coordinators do.
func tends(c *fiber.Ctx) bool { return request.Actor(c).Has(member.RoleCoordinator) }

// talks reports whether the page shows what interviewers do.
func talks(c *fiber.Ctx) bool { return request.Actor(c).Has(practice.Interviews...) }

const (
	library    = "/practices"
	interviews = "/practices/interviews"
)

func sheetPath(id string) string { return library + "/" + id }

func roomPath(id store.ID) string { return interviews + "/" + id.String() }

func stepPath(id store.ID, step string) string { return roomPath(id) + "/steps/" + step }

// isolated keeps a name from turning the sentence around it.
func isolated(text string) string { return "\u2068" + text + "\u2069" }
