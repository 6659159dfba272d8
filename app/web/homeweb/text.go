package homeweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/markup"
	"portico/content"
)

// writtenText is a written page as HTML, in the language that it is really in.
type writtenText struct {
	title, lang, dir, html string
}

// About says what this place is.
func (a *Area) About(c *fiber.Ctx) error { return a.text(c, "about") }

// Safety says what is promised and what cannot be.
func (a *Area) Safety(c *fiber.Ctx) error { return a.text(c, "safety") }

// ExitWords says what Exit does and what it cannot erase.
func (a *Area) ExitWords(c *fiber.Ctx) error { return a.text(c, "exit") }

func (a *Area) text(c *fiber.Ctx, name string) error {
	page := a.kit.Page(c, "", "")
	text, ok := a.written(name, page.P.Tag)
	if !ok {
		return fault.Missing()
	}
	page.Title = text.title
	return a.kit.Send(c, fiber.StatusOK, textPage(page, text))
}

// written renders a page once for each language.
func (a *Area) written(name, lang string) (writtenText, bool) {
	key := name + "/" + lang
	if kept, ok := a.texts.Load(key); ok {
		return kept.(writtenText), true
	}
	source, ok := content.Page(name, lang)
	if !ok {
		return writtenText{}, false
	}
	text := writtenText{
		title: source.Title, lang: source.Lang, dir: a.kit.Bundle.Printer(source.Lang).Dir, html: markup.Page(source.Body),
	}
	a.texts.Store(key, text)
	return text, true
}
