// Package supervisionweb is the pages of supervision: her relations, an entry with its
// signatures, her own notes, and the coordinator's view.
//
// Invariants: the three layers have forms of their own, so that no button sends private
// words where another reads them; before each button stands who will read; words that
// somebody typed come back whatever became of the form; the coordinator's page is made of
// clear columns and has no way to words; titles and the calendar file are neutral.
package supervisionweb

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit      *request.Kit
	sup      *supervision.Service
	thoughts Thoughts
	dates    Dates
}

// Date is one that the calendar holds for an agreement.
type Date struct {
	Path, Day, Begins string
	Off               bool // it does not take place
}

// Dates is what these pages ask of the calendar: what is planned for one agreement, as
// somebody of it may see it.
type Dates interface {
	Planned(ctx context.Context, who member.Actor, r supervision.Relation) ([]Date, error)
}

// DatesFrom connects the pages with the calendar; without it they plan the next day alone.
func (a *Area) DatesFrom(d Dates) *Area {
	a.dates = d
	return a
}

// Thoughts are what somebody wrote for herself while she learned, for her own eyes: she may
// bring them into a conversation by an act of her own.
type Thoughts interface {
	Reflection(ctx context.Context, who member.Actor, module string) (string, error)
}

// New makes the area.
func New(kit *request.Kit, s *supervision.Service, t Thoughts) *Area {
	return &Area{kit: kit, sup: s, thoughts: t}
}

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("nav.work"), "work")
}

func relationPath(id store.ID) string { return "/supervision/" + id.String() }

func entryPath(id store.ID) string { return "/supervision/entries/" + id.String() }
