// Package translateweb is the pages of translation: the list of texts, a language of a text
// with its segments, one segment with all that helps to translate it, and the glossary.
//
// Invariants: before each button stands who will read; words that somebody typed come back
// whatever became of the form, also when somebody else was faster; why a button is missing
// is said in words; where the host has no machine, no page speaks of one.
package translateweb

import (
	"strconv"

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

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("translate.title"), "translate")
}

func docOf(c *fiber.Ctx) (store.ID, error) {
	id, ok := store.ParseID(c.Params("doc"))
	if !ok {
		return id, fault.Missing()
	}
	return id, nil
}

func sheetPath(doc store.ID, lang string) string { return "/translate/" + doc.String() + "/" + lang }

func segmentPath(doc store.ID, lang string, n int) string {
	return sheetPath(doc, lang) + "/" + strconv.Itoa(n)
}

func isolated(text string) string { return "\u2068" + text + "\u2069" }
