// Package surveyweb is the pages of surveys: the list, the questions on a phone, what was counted
// with what was done about it, and the rooms of the people who ask.
//
// What must hold: before the button stands who will read the answers; answers are never lost,
// whatever became of the form; nobody sees a number before the end; a text in another language
// than the page's runs in its own direction; the title of every page is the same.
package surveyweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/store"
	"portico/app/survey"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit     *request.Kit
	surveys *survey.Service
}

// New makes the area.
func New(kit *request.Kit, s *survey.Service) *Area { return &Area{kit, s} }

const home = "/surveys"

// langs are the languages in which people may write: more than the interface speaks.
var langs = []string{"en", "it", "fr", "es", "pt-BR", "ro", "sq", "ru", "uk", "bg", "zh-Hans", "ar", "pcm"}

// page starts a page of the area. A form on it may be sent without a session as well.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("survey.title"), "read")
}

func pathOf(id store.ID, rest string) string { return home + "/" + id.String() + rest }

func (a *Area) dir(lang string) string { return a.kit.Bundle.Printer(lang).Dir }

// listPage is every survey that exists for the reader.
type listPage struct {
	*ui.Page
	List []survey.View
	Asks bool
}

// List shows the surveys, those to answer first.
func (a *Area) List(c *fiber.Ctx) error {
	who := request.Actor(c)
	view := listPage{Page: a.page(c), Asks: asks(c)}
	var err error
	if view.List, err = a.surveys.List(c.UserContext(), who, view.P.Tag); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, listView(view))
}

func kindWord(p *ui.Page, kind string) string {
	switch kind {
	case "needs":
		return p.T("survey.kind.needs")
	case "feedback":
		return p.T("survey.kind.feedback")
	}
	return p.T("survey.kind.plan")
}

func audienceWord(p *ui.Page, audience string) string {
	if audience == survey.Members {
		return p.T("survey.audience.members")
	}
	return p.T("survey.audience.everybody")
}

func stateWord(p *ui.Page, s survey.State) string {
	switch s {
	case survey.Draft:
		return p.T("survey.state.draft")
	case survey.Open:
		return p.T("survey.state.open")
	case survey.Ended:
		return p.T("survey.state.ended")
	}
	return p.T("survey.state.closed")
}

func typeWord(p *ui.Page, kind string) string {
	switch kind {
	case survey.One:
		return p.T("survey.type.one")
	case survey.Many:
		return p.T("survey.type.many")
	case survey.Scale:
		return p.T("survey.type.scale")
	}
	return p.T("survey.type.words")
}

func options(p *ui.Page, codes []string, word func(*ui.Page, string) string) []ui.Option {
	list := make([]ui.Option, len(codes))
	for i, code := range codes {
		list[i] = ui.Option{Value: code, Label: word(p, code)}
	}
	return list
}

func languageOptions(tags []string) []ui.Option {
	list := make([]ui.Option, len(tags))
	for i, tag := range tags {
		list[i] = ui.Option{Value: tag, Label: request.LanguageName(tag), Lang: tag}
	}
	return list
}
