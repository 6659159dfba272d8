// Package figuresweb is the pages of figures: the team's log of releases, the table that the
// group sees before anybody else, its voices, and the page that a funder opens with a code.
//
// It decides nothing that the area decides. What must hold: the group and the funder see one
// and the same table, drawn by the same code; each drawing has its numbers in a table below;
// what is hidden says so in words; nobody is asked for an account.
package figuresweb

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/figures"
	"portico/app/smallcells"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit *request.Kit
	fig *figures.Service
}

// New makes the area.
func New(kit *request.Kit, f *figures.Service) *Area { return &Area{kit, f} }

const home = "/figures"

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("nav.work"), "own")
}

func pathOf(r figures.Release, rest string) string { return home + "/" + r.ID.String() + rest }

// Keys stand here whole, so that a message without a use shows up.
var (
	measureWords = map[string]string{
		"contacts": "figures.of.contacts", "members": "figures.of.members", "materials": "figures.of.materials", "peers": "figures.of.peers", "trainings": "figures.of.trainings",
		"supervision": "figures.of.supervision", "hours": "figures.of.hours", "joined": "figures.of.joined", "left": "figures.of.left",
		"pay-days": "figures.of.pay-days", "moderation": "figures.of.moderation",
	}
	splitWords = map[string]string{
		"": "figures.split.none", figures.ByLanguage: "figures.split.language", figures.ByKind: "figures.split.kind",
		figures.ByLanguage + "," + figures.ByKind: "figures.split.both", figures.ByOrganisation: "figures.split.organisation",
	}
	dimWords   = map[string]string{figures.ByLanguage: "figures.dim.language", figures.ByKind: "figures.dim.kind", figures.ByOrganisation: "figures.dim.organisation"}
	kindWords  = map[string]string{"talk": "figures.kind.talk", "answer": "figures.kind.answer", "question": "figures.kind.question"}
	stateWords = map[figures.State]string{
		figures.Asked: "figures.state.asked", figures.Agreed: "figures.state.agreed", figures.Refused: "figures.state.refused", figures.Closed: "figures.state.closed",
	}
	waitWords = []string{"open.waited.minutes", "open.waited.hour", "open.waited.day", "open.waited.longer"}
)

func word[K comparable](p *ui.Page, words map[K]string, code K) string {
	if key, ok := words[code]; ok {
		return p.T(key)
	}
	return ""
}

func heading(p *ui.Page, r figures.Release) string {
	return p.T("figures.heading", "Measure", word(p, measureWords, r.Measure), "Month", p.P.Month(r.Month))
}

// label is what stands for a row or column on a page.
func label(p *ui.Page, dim, code string) string {
	switch {
	case dim == figures.ByKind:
		return word(p, kindWords, code)
	case dim == figures.ByLanguage && code == figures.Other:
		return p.T("figures.other")
	case dim == figures.ByLanguage:
		return request.LanguageName(code)
	}
	return code
}

// number is a count as people read it.
func number(p *ui.Page, n int) string {
	if n == smallcells.Hidden {
		return p.T("figures.hidden")
	}
	return strconv.Itoa(n)
}

// total is the one number of a table in words.
func total(p *ui.Page, v figures.Shown) string {
	n := v.Table.Total
	switch {
	case n == smallcells.Hidden && v.Of.Class != figures.Community:
		return p.T("figures.too-few")
	case n == smallcells.Hidden:
		return p.T("figures.hidden")
	case v.Of.Code == "moderation" && n < len(waitWords):
		return p.T(waitWords[n])
	case v.Of.Code == "pay-days":
		return p.N("figures.days", n)
	}
	return strconv.Itoa(n)
}

// rule says in words how the numbers of a class were made.
func rule(p *ui.Page, of figures.Class) string {
	switch of {
	case figures.Work:
		return p.T("figures.rule.work")
	case figures.Middle:
		return p.T("figures.rule.middle")
	}
	return p.T("figures.rule.community")
}

// chart draws the counts of one dimension; of two it draws the rows' sums.
func chart(p *ui.Page, v figures.Shown) ui.Chart {
	t := v.Table
	c := ui.Chart{ID: "figures-chart", Title: heading(p, v.Release), LabelAs: word(p, dimWords, t.RowsOf), ValueAs: p.T("figures.count")}
	for i, row := range t.Rows {
		n := rowSum(t, i)
		if n == smallcells.Hidden {
			continue // named below, all in one sentence
		}
		c.Bars = append(c.Bars, ui.Bar{Label: label(p, t.RowsOf, row), Value: max(n, 0), Shown: number(p, n)})
	}
	return c
}

func rowSum(t smallcells.Released, i int) int {
	if len(t.Cols) > 1 {
		return t.RowTotals[i]
	}
	return t.Cells[i][0]
}

// unseen names the rows of which nothing is shown.
func unseen(p *ui.Page, t smallcells.Released) string {
	var names []string
	for i, row := range t.Rows {
		if !seen(t, i) {
			names = append(names, "\u2068"+label(p, t.RowsOf, row)+"\u2069")
		}
	}
	return p.P.List(names)
}

func seen(t smallcells.Released, i int) bool {
	some := func(n int) bool { return n != smallcells.Hidden }
	return some(rowSum(t, i)) || slices.ContainsFunc(t.Cells[i], some)
}

// lines are a table as programs read it: codes, and nothing where a count is hidden.
func lines(v figures.Shown) (rows [][]string) {
	t := v.Table
	add := func(row, col string, n int) {
		count := ""
		if n != smallcells.Hidden {
			count = strconv.Itoa(n)
		}
		rows = append(rows, []string{v.Measure, v.Month, t.RowsOf, row, t.ColsOf, col, count})
	}
	for i, row := range t.Rows {
		for j, col := range t.Cols {
			add(row, col, t.Cells[i][j])
		}
		if len(t.Cols) > 1 {
			add(row, "total", t.RowTotals[i])
		}
	}
	if len(t.Cols) > 1 {
		for j, col := range t.Cols {
			add("total", col, t.ColTotals[j])
		}
	}
	add("total", strings.Repeat("total", min(1, max(0, len(t.Cols)-1))), t.Total)
	return rows
}

func sendLines(c *fiber.Ctx, v figures.Shown) error {
	return request.SendCSV(c, "table.csv", []string{"measure", "month", "rows", "row", "columns", "column", "count"}, lines(v))
}
