// Package peerworkweb is the pages of peer work: her week, her profile and its risk, and
// for coordinators the people, their contracts, the weeks that wait, and pay.
//
// Invariants: before each button stands who will read; words that somebody typed come back
// whatever became of the form; nobody meets a button with which she would decide about
// herself; the word "paid" stands only where the label says so; nothing counts or ranks
// people; titles are neutral, and so is what is printed.
package peerworkweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/moderation"
)

// Area holds the handlers.
type Area struct {
	kit  *request.Kit
	work *peerwork.Service
}

// New makes the area.
func New(kit *request.Kit, w *peerwork.Service) *Area { return &Area{kit, w} }

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

// typed reads a field of text without what no database or page can hold.
func typed(c *fiber.Ctx, name string) string {
	text := strings.ReplaceAll(strings.ToValidUTF8(c.FormValue(name), "\ufffd"), "\x00", "")
	return strings.ReplaceAll(text, "\r\n", "\n")
}

// cameBack is what a form says when it is shown again.
type cameBack struct {
	Notice *ui.Notice
	SignIn bool // her session is over
	Errs   []ui.FieldError
	Found  []string // words that screening stopped at
	Refuse bool     // they are not kept, whatever she ticks
	Insist bool
}

// stop says why a form with words is shown again before anything is tried. Somebody who is
// signed in without any role meets the page of an unknown address.
func stop(c *fiber.Ctx, p *ui.Page) (status int, back cameBack, err error) {
	back.Insist = c.FormValue("insist") == "1"
	switch who := request.Actor(c); {
	case !who.SignedIn():
		back.SignIn, back.Notice = true, &ui.Notice{Tone: ui.Due, Text: p.T("peerwork.again.signin")}
		return fiber.StatusUnauthorized, back, nil
	case who.Role == nil:
		return 0, back, missing()
	case !request.Trusted(c):
		back.Notice = &ui.Notice{Tone: ui.Due, Text: p.T("peerwork.again.stale")}
		return fiber.StatusConflict, back, nil
	}
	return 0, back, nil
}

// mend turns a refusal into words on the same form. What is broken on our side, or does
// not exist, stays an error.
func (b *cameBack) mend(p *ui.Page, err error) (status int, rest error) {
	if errs, ok := request.Mend(p.P, err); ok {
		b.Errs = errs
		return fiber.StatusUnprocessableEntity, nil
	}
	switch fault.KindOf(err) {
	case fault.Refused:
		status = fiber.StatusForbidden
	case fault.Conflict:
		status = fiber.StatusConflict
	case fault.Busy:
		status = fiber.StatusServiceUnavailable
	default:
		return 0, err
	}
	b.Notice = &ui.Notice{Tone: ui.Due, Text: request.Words(p.P, err)}
	return status, nil
}

func (b *cameBack) warn(v moderation.Verdict) {
	b.Refuse = v.Outcome == moderation.Refuse
	for _, f := range v.Findings {
		if f.Outcome != moderation.Publish {
			b.Found = append(b.Found, f.Text)
		}
	}
}
