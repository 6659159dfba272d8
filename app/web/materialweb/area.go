// Package materialweb is the pages of co-design: the library with its texts, print sheets
// and what readers say; ideas and consultations for everybody who is signed in; and the
// rooms of a group, where a text is written, answered for, decided and published.
//
// It decides nothing that the area decides. What must hold: words that somebody typed are
// never lost, whatever became of the form; before each button stands who will read; a text
// is shown with its own language and direction, whatever the page's are; the title of every
// page is the same and neutral.
package materialweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/material"
	"portico/app/numeral"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit *request.Kit
	mat *material.Service
}

// New makes the area.
func New(kit *request.Kit, m *material.Service) *Area { return &Area{kit, m} }

// place is the main area that these pages belong to.
const place = "read"

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	return a.kit.Page(c, request.Printer(c).T("material.title"), place)
}

// formPage starts a page with a form, which somebody without a session may send as well.
func (a *Area) formPage(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.page(c)
}

// whole reads a small whole number, in the digits of any script; anything else is 0.
func whole(text string) int {
	n, ok := numeral.Whole(text)
	if !ok {
		return 0
	}
	return n
}

// langs are the languages in which people may write: more than the interface speaks.
var langs = []string{"en", "it", "fr", "es", "pt-BR", "ro", "sq", "ru", "uk", "bg", "zh-Hans", "ar", "pcm"}

func known(lang string) bool { return slices.Contains(langs, lang) }

func langOptions() []ui.Option {
	options := make([]ui.Option, len(langs))
	for i, tag := range langs {
		options[i] = ui.Option{Value: tag, Label: request.LanguageName(tag), Lang: tag}
	}
	return options
}

// dir is the direction of a text in a language.
func (a *Area) dir(lang string) string { return a.kit.Bundle.Printer(lang).Dir }

// origin is the public address of this portal, or the one that this browser used.
func (a *Area) origin(c *fiber.Ctx) string {
	if a.kit.Config.Origin != "" {
		return a.kit.Config.Origin
	}
	return c.BaseURL()
}

func pathOf(id store.ID, rest string) string { return "/read/" + id.String() + rest }

// do is the handler of a button: one verb, and where it leads.
func (a *Area) do(c *fiber.Ctx, verb func(id store.ID) error, rest, message string) error {
	id, err := request.ID(c)
	if err == nil {
		err = verb(id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, pathOf(id, rest), ui.Done, message)
}

// groupRoom is where a group works on one material.
const groupRoom = "/group"
