// Package supervisionweb is the pages of supervision: her relations, an entry with its
// signatures, her own notes, and the coordinator's view.
//
// Invariants: the three layers have forms of their own, so that no button sends private
// words where another reads them; before each button stands who will read; words that
// somebody typed come back whatever became of the form; the coordinator's page is made of
// clear columns and has no way to words; titles and the calendar file are neutral.
package supervisionweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/moderation"
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
	Found  []spoken
	Insist bool
}

// spoken are the words that one screening rule speaks about.
type spoken struct {
	Rule  string
	Words []string
}

// stop says why a form with words is shown again before anything is tried: the session is
// over, or the form is from an older one. Status 0 is no reason. Somebody who is signed in
// without any role meets the page of an unknown address.
func stop(c *fiber.Ctx, p *ui.Page) (status int, back cameBack, err error) {
	back.Insist = c.FormValue("insist") == "1"
	switch who := request.Actor(c); {
	case !who.SignedIn():
		back.SignIn, back.Notice = true, &ui.Notice{Tone: ui.Due, Text: p.T("supervision.again.signin")}
		return fiber.StatusUnauthorized, back, nil
	case who.Role == nil:
		return 0, back, missing()
	case !request.Trusted(c):
		back.Notice = &ui.Notice{Tone: ui.Due, Text: p.T("supervision.again.stale")}
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

// warn holds what screening found, rule by rule in the order of the text.
func (b *cameBack) warn(v moderation.Verdict) {
	at := map[string]int{}
	for _, f := range v.Findings {
		if f.Outcome == moderation.Publish {
			continue
		}
		i, seen := at[f.Rule]
		if !seen {
			i = len(b.Found)
			at[f.Rule] = i
			b.Found = append(b.Found, spoken{Rule: f.Rule})
		}
		b.Found[i].Words = append(b.Found[i].Words, f.Text)
	}
}

func relationPath(id store.ID) string { return "/supervision/" + id.String() }

func entryPath(id store.ID) string { return "/supervision/entries/" + id.String() }
