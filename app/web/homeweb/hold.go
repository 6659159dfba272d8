package homeweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/store"
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

// WhatWeHold lists every column that the database has, as the database itself tells it.
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
	return a.kit.Send(c, fiber.StatusOK, holdPage(page, explained, heldTables(page, columns), ran))
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
