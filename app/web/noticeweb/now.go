package noticeweb

import (
	"cmp"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// nowPage is for the worst moment: who answers now, what to do, what to carry. It is small, works
// without script and can be printed.
type nowPage struct {
	*ui.Page
	Country   string
	Emergency []request.Line
	Open      []request.Line
	Later     []request.Line // known, but not known to be open now
	Cards     []ui.Link
}

// Now is the page of the host's country.
func (a *Area) Now(c *fiber.Ctx) error { return a.now(c, a.kit.Config.Country) }

// NowIn is the page of another country.
func (a *Area) NowIn(c *fiber.Ctx) error {
	code, known := country(c)
	if !known {
		return fault.Missing()
	}
	return a.now(c, code)
}

func (a *Area) now(c *fiber.Ctx, code string) error {
	view := nowPage{Page: a.page(c), Country: code}
	for _, l := range a.kit.LinesOf(code, "") {
		switch {
		case len(l.Kinds) > 0 && l.Kinds[0] == "emergency":
			view.Emergency = append(view.Emergency, l)
		case l.Open:
			view.Open = append(view.Open, l)
		default:
			view.Later = append(view.Later, l)
		}
	}
	view.Open = open(view.Open, view.P.Tag)
	var err error
	if view.Cards, err = a.cards(c.UserContext(), view.P.Tag); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, nowView(view))
}

// open are the lines that are open now, those that speak her language first.
func open(lines []request.Line, lang string) []request.Line {
	var list []request.Line
	for _, l := range lines {
		if l.Open {
			list = append(list, l)
		}
	}
	slices.SortStableFunc(list, func(x, y request.Line) int {
		return cmp.Compare(foreign(x, lang), foreign(y, lang))
	})
	return list
}

func foreign(l request.Line, lang string) int {
	if slices.Contains(l.Languages, lang) {
		return 0
	}
	return 1
}

// tel makes a telephone address of the digits alone, so that nothing else can enter it.
func tel(phone string) templ.SafeURL {
	return templ.SafeURL("tel:" + strings.Map(func(r rune) rune {
		if r == '+' || (r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, phone))
}

// spoken names the languages of a line, each in its own script.
func spoken(p *ui.Page, l request.Line) string {
	names := make([]string, len(l.Languages))
	for i, tag := range l.Languages {
		names[i] = request.LanguageName(tag)
	}
	return p.P.List(names)
}
