// Package noticeweb is the pages for danger: telling what happened, the way back to it by a code,
// warnings for everybody, the page with numbers that are open now, and the moderators' rooms for
// all of it.
//
// Whoever opens these pages may be hurt, watched or hunted, on a phone that is not hers alone.
// What must hold: no page asks who she is; her code and her words stand in no address; what
// telling an office may cost stands before her before anything goes on; words that somebody
// typed are never lost; the title of every page is the same and neutral.
package noticeweb

import (
	"context"
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/notice"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// Cards are the texts on rights that people print: where each can be read, with its name in a
// language.
type Cards func(ctx context.Context, lang string) ([]ui.Link, error)

// Area holds the handlers.
type Area struct {
	kit     *request.Kit
	notices *notice.Service
	cards   Cards
}

// New makes the area.
func New(kit *request.Kit, n *notice.Service, cards Cards) *Area { return &Area{kit, n, cards} }

const (
	home      = "/notices"
	deskPath  = "/desk/notices"
	tipsPath  = "/desk/tips"
	codeOf    = "notice" // the purpose of the codes
	elsewhere = "INT"    // a country that is not in the list
)

// langs are the languages in which people may write: more than the interface speaks.
var langs = []string{"en", "it", "fr", "es", "pt-BR", "ro", "sq", "ru", "uk", "bg", "zh-Hans", "ar", "pcm"}

// countries are those that people can choose; who is somewhere else says so.
var countries = []string{"AL", "AT", "BE", "BG", "BR", "CH", "CZ", "DE", "DK", "ES", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "MD", "NL", "NO", "PL", "PT", "RO", "RS", "RU", "SE", "SI", "SK", "TR", "UA", elsewhere}

// page starts a page of the area. A form on it may be sent without a session as well.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("notice.title"), "find")
}

// country is the one that an address names; an unknown one does not exist.
func country(c *fiber.Ctx) (string, bool) {
	code := c.Params("country")
	return code, slices.Contains(countries, code)
}

func countryName(p *ui.Page, code string) string {
	if code == elsewhere {
		return p.T("notice.elsewhere")
	}
	return content.CountryName(p.P.Tag, code)
}

// place is a region with its country, or the country alone.
func place(p *ui.Page, country, region string) string {
	if region == "" {
		return countryName(p, country)
	}
	return p.T("directory.place", "City", region, "Country", countryName(p, country))
}

// again says why a form that everybody sends is shown once more: it is from an older session.
func again(c *fiber.Ctx, p *ui.Page) *ui.Notice {
	if request.Trusted(c) {
		return nil
	}
	return &ui.Notice{Tone: ui.Due, Text: p.T("directory.again")}
}

// options are the answers of a question, in the words of this page.
func options(p *ui.Page, codes []string, word func(*ui.Page, string) string) []ui.Option {
	list := make([]ui.Option, len(codes))
	for i, code := range codes {
		list[i] = ui.Option{Value: code, Label: word(p, code)}
	}
	return list
}

func countryOptions(p *ui.Page) []ui.Option { return options(p, countries, countryName) }

func regionOptions(p *ui.Page, country string) []ui.Option {
	list := []ui.Option{{Value: "", Label: p.T("notice.region.none")}}
	for _, name := range content.Regions(country) {
		list = append(list, ui.Option{Value: name, Label: name})
	}
	return list
}

func kindWord(p *ui.Page, kind string) string {
	switch kind {
	case "violence":
		return p.T("notice.kind.violence")
	case "sexual":
		return p.T("notice.kind.sexual")
	case "threat":
		return p.T("notice.kind.threat")
	case "robbery":
		return p.T("notice.kind.robbery")
	case "forced":
		return p.T("notice.kind.forced")
	case "police":
		return p.T("notice.kind.police")
	case "office":
		return p.T("notice.kind.office")
	case "online":
		return p.T("notice.kind.online")
	}
	return p.T("notice.kind.other")
}

func wishWord(p *ui.Page, wish string) string {
	switch wish {
	case "warn":
		return p.T("notice.wish.warn")
	case "talk":
		return p.T("notice.wish.talk")
	case "report":
		return p.T("notice.wish.report")
	}
	return p.T("notice.wish.nothing")
}

func stepWord(p *ui.Page, step string) string {
	switch step {
	case "lawyer":
		return p.T("notice.step.lawyer")
	case "police":
		return p.T("notice.step.police")
	}
	return p.T("notice.step.service")
}
