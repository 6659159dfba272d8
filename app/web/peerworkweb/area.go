// Package peerworkweb is the pages of peer work: her profile and its risk, and for
// coordinators the people and their contracts.
//
// Invariants: before each button stands who will read; words that somebody typed come back
// whatever became of the form; nobody meets a button with which she would decide about
// herself; the word "paid" stands only where the label says so; nothing counts or ranks
// people; titles are neutral, and so is what is printed.
package peerworkweb

import (
	"context"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit  *request.Kit
	work *peerwork.Service
	pays func(ctx context.Context, who member.Actor) (bool, error)
}

// New makes the area.
func New(kit *request.Kit, w *peerwork.Service) *Area { return &Area{kit: kit, work: w} }

// PayrollFor names who is led to the pages of payroll; without it nobody is.
func (a *Area) PayrollFor(shown func(ctx context.Context, who member.Actor) (bool, error)) *Area {
	a.pays = shown
	return a
}

func (a *Area) payroll(ctx context.Context, who member.Actor) (bool, error) {
	if a.pays == nil {
		return false, nil
	}
	return a.pays(ctx, who)
}

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("nav.work"), "work")
}

// tabs are the pages of her work.
func tabs(p *ui.Page, here string, coordinates bool) templ.Component {
	return ui.WorkTabs(p, here, coordinates)
}

// isolated keeps a name from turning the sentence around it.
func isolated(text string) string { return "\u2068" + text + "\u2069" }
