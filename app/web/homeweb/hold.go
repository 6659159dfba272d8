package homeweb

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// heldTable is one table on the page of what is held.
type heldTable struct {
	name    string
	words   string // "" when nobody has explained it, which the page then says
	keep    string // the rule of the nightly work, "" where none counts by time
	columns []heldColumn
}

// heldColumn is one column with the word for its class, "" when nobody has explained it.
type heldColumn struct {
	name, class string
}

// heldClass explains one class of columns.
type heldClass struct {
	name, words string
}

// holdPath is the address of the page.
const holdPath = "/what-we-hold"

// WhatWeHold lists every table that the database has, as the database itself tells it.
func (a *Area) WhatWeHold(c *fiber.Ctx) error {
	columns, err := a.store.Columns(c.UserContext())
	if err != nil {
		return err
	}
	page := a.kit.Page(c, "", "")
	page.Title = page.T("hold.title")
	explained := make([]heldClass, len(classes))
	for i, cl := range classes {
		explained[i].name, explained[i].words = classWords(page, cl)
	}
	ran, err := a.store.RetainedOn(c.UserContext())
	if err != nil {
		return err
	}
	parts, tables := part(heldTables(page, columns), request.Whole(c.Query("part")))
	return a.kit.Send(c, fiber.StatusOK, holdPage(page, explained, parts, tables, ran))
}

// perPart is how many tables stand on one page: with all of them a phone would load too much.
const perPart = 32

// part is one page of the tables, counted from one, and the links to all pages, each under the
// first letters of its first and last table.
func part(all []heldTable, wish int) (links []ui.Link, shown []heldTable) {
	wish = max(1, min(wish, (len(all)+perPart-1)/perPart))
	for i := range slices.Chunk(all, perPart) {
		n := len(links) + 1
		links = append(links, ui.Link{
			Word: i[0].name[:2] + " – " + i[len(i)-1].name[:2], Href: holdPath + "?part=" + strconv.Itoa(n), Current: n == wish,
		})
		if n == wish {
			shown = i
		}
	}
	return links, shown
}

// Held is one table with each of its fields: on one page with all the others they would weigh
// more than a phone should have to load.
func (a *Area) Held(c *fiber.Ctx) error {
	columns, err := a.store.Columns(c.UserContext())
	if err != nil {
		return err
	}
	page := a.kit.Page(c, "", "")
	for _, t := range heldTables(page, columns) {
		if t.name == c.Params("table") {
			page.Title = page.T("hold.title")
			return a.kit.Send(c, fiber.StatusOK, heldPage(page, t))
		}
	}
	return fault.Missing()
}

// keepWords is what the nightly work does in a table, told from the rule that it follows.
func keepWords(page *ui.Page, table string) string {
	for _, term := range store.Terms() {
		if term.Table != table {
			continue
		}
		if term.Months == 0 {
			return page.T("hold.keep")
		}
		return page.N("hold.keep.months", term.Months)
	}
	return ""
}

// Explained is what is said about a table, "" where nobody has explained it.
func Explained(page *ui.Page, table string) string {
	if words := holdings[table].words; words != nil {
		return words(page)
	}
	return ""
}

// heldTables joins the real schema with what is known about it. Columns come by table.
func heldTables(page *ui.Page, columns []store.Column) []heldTable {
	var tables []heldTable
	for _, col := range columns {
		known := holdings[col.Table]
		if len(tables) == 0 || tables[len(tables)-1].name != col.Table {
			t := heldTable{name: col.Table, keep: keepWords(page, col.Table)}
			if known.words != nil {
				t.words = known.words(page)
			}
			tables = append(tables, t)
		}
		name, _ := classWords(page, known.columns[col.Name])
		last := &tables[len(tables)-1]
		last.columns = append(last.columns, heldColumn{col.Name, name})
	}
	return tables
}

// Unexplained lists the columns of a schema about which the page has nothing to say, and
// what it explains although it is not there; a test wants both to be none.
func Unexplained(columns []store.Column) (missing, surplus []string) {
	there := map[string]bool{}
	for _, col := range columns {
		there[col.Table+" "+col.Name] = true
		if holdings[col.Table].columns[col.Name] == "" {
			missing = append(missing, col.Table+" "+col.Name)
		}
	}
	for table, known := range holdings {
		for column := range known.columns {
			if !there[table+" "+column] {
				surplus = append(surplus, table+" "+column)
			}
		}
	}
	return missing, surplus
}
