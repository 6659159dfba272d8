// Package deskweb shows the moderators' desk: the queue, one post in its place with the
// decision about it, and the circle's key.
//
// Invariants: words stay blurred in the queue until somebody opens them. Sealed notes are
// opened only for the person who has the item in hand, because each reading is logged. What
// a moderator has typed is never lost: an old form, an ended session and an item that
// somebody else settled meanwhile show it again. Nothing here counts what a person did.
package deskweb

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers of the desk.
type Area struct {
	kit    *request.Kit
	forum  *forum.Service
	desk   *desk.Service
	duties []Duties
	told   Told
}

// Told counts what people told without an account and what waits for an answer. It is another
// area's; whoever wires them hands it over.
type Told func(context.Context) (waiting int, since string, err error)

// WithTold lets the queue say how much was told elsewhere.
func (a *Area) WithTold(told Told) *Area {
	a.told = told
	return a
}

// New makes the area. Duties are what other areas know that the organisation owes.
func New(kit *request.Kit, f *forum.Service, d *desk.Service, duties ...Duties) *Area {
	return &Area{kit: kit, forum: f, desk: d, duties: duties}
}

// page starts a page of the desk. Its title is the same everywhere, so that the tab does
// not tell what she is reading.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	p := a.kit.Page(c, "", "desk")
	p.Title = p.T("nav.desk")
	return p
}
