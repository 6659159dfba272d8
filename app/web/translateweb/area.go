// Package translateweb is the pages of translation: the list of texts, a language of a text
// with its segments, one segment with all that helps to translate it, and the glossary.
//
// Invariants: before each button stands who will read; words that somebody typed come back
// whatever became of the form, also when somebody else was faster; why a button is missing
// is said in words; where the host has no machine, no page speaks of one.
package translateweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/translate"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit *request.Kit
	tr  *translate.Service
}

// New makes the area.
func New(kit *request.Kit, tr *translate.Service) *Area { return &Area{kit, tr} }

func missing() error { return fault.New(fault.NotFound, "error.missing") }

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("translate.title"), "translate")
}

func docOf(c *fiber.Ctx) (store.ID, error) {
	id, ok := store.ParseID(c.Params("doc"))
	if !ok {
		return id, missing()
	}
	return id, nil
}

// whole reads a number of an address or a form; anything else is 0.
func whole(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// typed reads a field of text without what no database or page can hold.
func typed(c *fiber.Ctx, name string) string {
	text := strings.ReplaceAll(strings.ToValidUTF8(c.FormValue(name), "\ufffd"), "\x00", "")
	return strings.ReplaceAll(text, "\r\n", "\n")
}

func sheetPath(doc store.ID, lang string) string { return "/translate/" + doc.String() + "/" + lang }

func segmentPath(doc store.ID, lang string, n int) string {
	return sheetPath(doc, lang) + "/" + strconv.Itoa(n)
}

func isolated(text string) string { return "\u2068" + text + "\u2069" }

// cameBack is what a form says when it is shown again.
type cameBack struct {
	Notice *ui.Notice
	SignIn bool // her session is over
	Errs   []ui.FieldError
}

// stop says why a form with words is shown again before anything is tried. Somebody who is
// signed in without any role meets the page of an unknown address.
func stop(c *fiber.Ctx, p *ui.Page) (status int, back cameBack, err error) {
	switch who := request.Actor(c); {
	case !who.SignedIn():
		back.SignIn, back.Notice = true, &ui.Notice{Tone: ui.Due, Text: p.T("translate.again.signin")}
		return fiber.StatusUnauthorized, back, nil
	case who.Role == nil:
		return 0, back, missing()
	case !request.Trusted(c):
		back.Notice = &ui.Notice{Tone: ui.Due, Text: p.T("translate.again.stale")}
		return fiber.StatusConflict, back, nil
	}
	return 0, back, nil
}

// mend turns a refusal into words on the same page. What is broken on our side, or does not
// exist, stays an error.
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
