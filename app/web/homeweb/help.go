package homeweb

import (
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/web/request"
	"portico/app/web/ui"
)

// line is a help line as pages show it.
type line struct {
	name, phone, words, spoken string
	verified, partial          bool
}

// tel makes a telephone address of the digits alone, so that nothing else can enter it.
func (l line) tel() templ.SafeURL {
	return templ.SafeURL("tel:" + strings.Map(func(r rune) rune {
		if r == '+' || (r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, l.phone))
}

// need is one reason to call somebody, with the lines that answer it.
type need struct {
	kind, title, text string
	lines             []line
}

// Help lists every line that is known for the host's country and for all of Europe. The
// need that the address names comes first.
func (a *Area) Help(c *fiber.Ctx) error {
	page := a.kit.Page(c, "", "")
	page.Title = page.T("home.help")
	return a.kit.Send(c, fiber.StatusOK, helpPage(page, a.needs(page, c.Query("for"))))
}

func (a *Area) needs(page *ui.Page, first string) []need {
	all := []need{
		{"emergency", page.T("home.help.emergency"), page.T("home.help.emergency.text"), nil},
		{"violence", page.T("home.help.violence"), "", nil},
		{"trafficking", page.T("home.help.trafficking"), "", nil},
		{"self-harm", page.T("home.help.selfharm"), "", nil},
		{"minor", page.T("home.help.minor"), "", nil},
		{"health", page.T("home.help.health"), "", nil},
	}
	if i := slices.IndexFunc(all, func(n need) bool { return n.kind == first }); i > 0 {
		chosen := all[i]
		all = slices.Insert(slices.Delete(all, i, i+1), 0, chosen)
	}
	var some []need
	for _, n := range all {
		if n.lines = a.lines(page, n.kind); len(n.lines) > 0 {
			some = append(some, n)
		}
	}
	return some
}

func (a *Area) lines(page *ui.Page, kind string) []line {
	here := a.kit.Here(kind)
	lines := make([]line, len(here))
	for i, l := range here {
		lines[i] = line{name: l.Name, phone: l.Phone, words: l.Words(page.P), verified: l.Verified, partial: l.Partial}
		if len(l.Languages) > 0 {
			lines[i].spoken = page.T("home.help.spoken", "Languages", page.P.List(languageNames(l.Languages)))
		}
	}
	return lines
}

// languageNames names languages, each in its own script.
func languageNames(tags []string) []string {
	names := make([]string, len(tags))
	for i, tag := range tags {
		names[i] = request.LanguageName(tag)
	}
	return names
}
