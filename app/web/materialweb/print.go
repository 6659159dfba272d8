package materialweb

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"portico/app/markup"
	"portico/app/material"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// printPage is a text as it goes on paper.
type printPage struct {
	*ui.Page
	material.Reading
	Dir     string
	HTML    string
	Address string // without the scheme, to type
	QR      ui.QR
	Pocket  bool
	Sheets  []ui.Link
	Folds   [][]panel
}

// panel is one of the eight small pages of a pocket sheet.
type panel struct {
	Cover, Foot bool
	Audience    string
	HTML        string
}

// Print shows a text as a sheet for a printer.
func (a *Area) Print(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := printPage{Page: a.page(c), Pocket: c.Query("sheet") == "pocket"}
	if view.Reading, err = a.readingFor(c, id, material.OnPaper, c.Query("text")); err != nil {
		return a.gone(c, err)
	}
	address := a.origin(c) + pathOf(id, "") + "?text=" + view.Shown.Lang
	_, view.Address, _ = strings.Cut(address, "://")
	if view.QR, err = ui.DrawQR(address); err != nil {
		return err
	}
	view.Dir, view.HTML = a.dir(view.Shown.Lang), markup.Page(view.Body)
	here := pathOf(id, "/print") + "?text=" + view.Shown.Lang + "&sheet="
	view.Sheets = []ui.Link{
		{Word: view.T("material.print.a4"), Href: here + "a4", Current: !view.Pocket},
		{Word: view.T("material.print.pocket"), Href: here + "pocket", Current: view.Pocket},
	}
	if view.Pocket {
		view.Folds = folds(view.Reading)
	}
	return a.kit.Send(c, fiber.StatusOK, printView(view))
}

// What fits on one small page, in characters, with a passage costing some of it. One sheet
// has six pages for words.
const (
	panelRoom   = 420
	panelGap    = 40
	panelsSheet = 8
	wordPanels  = panelsSheet - 2
)

// folds lays a text out on pocket sheets: a cover, the words, and the address on the back.
// A text that one sheet does not hold goes on, because words that are cut off are worse
// than a second sheet.
func folds(r material.Reading) [][]panel {
	audience := ""
	if r.Shown.Lang == r.Lang {
		audience = r.Audience
	}
	all := []panel{{Cover: true, Audience: audience}}
	for _, parts := range panels(r.Body) {
		all = append(all, panel{HTML: markup.Page(strings.Join(parts, "\n\n"))})
	}
	for len(all)%panelsSheet != panelsSheet-1 {
		all = append(all, panel{})
	}
	all = append(all, panel{Foot: true})
	var sheets [][]panel
	for len(all) > 0 {
		sheets, all = append(sheets, all[:panelsSheet]), all[panelsSheet:]
	}
	return sheets
}

// panels cuts a text into what fits on small pages, at passages where it can. A short text
// is spread over its sheet.
func panels(body string) [][]string {
	parts := togetherWithHeadings(material.Parts(body))
	room := max(utf8.RuneCountInString(body)/wordPanels, panelRoom/3)
	for ; room < panelRoom; room += panelGap {
		if pages := filled(parts, room); len(pages) <= wordPanels {
			return pages
		}
	}
	return filled(parts, panelRoom)
}

// filled puts passages on pages of one size.
func filled(parts []string, size int) (pages [][]string) {
	var page []string
	room := size
	for _, part := range parts {
		for _, piece := range pieces(part) {
			cost := utf8.RuneCountInString(piece) + panelGap
			if cost > room && len(page) > 0 {
				pages, page, room = append(pages, page), nil, size
			}
			page, room = append(page, piece), room-cost
		}
	}
	if len(page) > 0 {
		pages = append(pages, page)
	}
	return pages
}

// togetherWithHeadings keeps a heading with what it stands over.
func togetherWithHeadings(parts []string) (all []string) {
	for i, part := range parts {
		if i > 0 && strings.HasPrefix(parts[i-1], "#") && !strings.Contains(parts[i-1], "\n") {
			all[len(all)-1] += "\n\n" + part
			continue
		}
		all = append(all, part)
	}
	return all
}

// pieces cuts a passage that is longer than a page between lines, or else between words.
func pieces(part string) []string {
	var all []string
	for utf8.RuneCountInString(part) > panelRoom-panelGap {
		head := string([]rune(part)[:panelRoom-panelGap])
		at := strings.LastIndexByte(head, '\n')
		if at < 1 {
			at = strings.LastIndexByte(head, ' ')
		}
		if at < 1 {
			at = len(head)
		}
		all, part = append(all, part[:at]), strings.TrimSpace(part[at:])
	}
	if part != "" {
		all = append(all, part)
	}
	return all
}

// Text sends the words alone, for a slow line, another program or a screen that reads aloud.
func (a *Area) Text(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	r, err := a.reading(c, id, c.Query("text"))
	if err != nil {
		return a.gone(c, err)
	}
	p := request.Printer(c)
	foot := p.T("material.version.line", "Number", r.PublishedVersion, "Day", p.Day(deref(r.PublishedDay)))
	if r.FromProgram() {
		foot += "\n" + p.T("material.shipped.print")
	}
	c.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	c.Set(fiber.HeaderContentLanguage, r.Shown.Lang)
	return c.SendString(r.Title + "\n\n" + bare(r.Body) + "\n\n--\n" + foot + "\n" + a.origin(c) + pathOf(id, "") + "?text=" + r.Shown.Lang + "\n")
}

var (
	headMarks = regexp.MustCompile(`(?m)^#{1,6}[ \t]+`)
	bold      = regexp.MustCompile(`\*\*([^*\n]+)\*\*|__([^_\n]+)__`)
	links     = regexp.MustCompile(`\[([^\]\n]+)\]\(([^)\s]+)\)`)
)

// bare takes off the marks of Markdown that read badly as words.
func bare(body string) string {
	body = headMarks.ReplaceAllString(body, "")
	body = bold.ReplaceAllString(body, "$1$2")
	return links.ReplaceAllString(body, "$1 ($2)")
}
