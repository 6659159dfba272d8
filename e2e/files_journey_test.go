//go:build e2e

package e2e

import (
	"strings"
	"testing"
)

// listHead and the rows below it are a list that another organisation keeps; wrongRow has a
// kind that does not exist.
const (
	listHead = "id,kind,name,country,city,languages,what.en\n"
	wrongRow = "x-night,shop,Night bus Padova,IT,Padova,ro it,Tea and talks at night.\n"
	goodRow  = "x-night,service,Night bus Padova,IT,Padova,ro it,Tea and talks at night.\n"
)

// TestAListOfOthersComesIntoTheDirectory brings a table with a fault, then the mended one, and
// takes it out again.
func TestAListOfOthersComesIntoTheDirectory(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		lead := p.journey(t, how)
		lead.signsInAs(p.withRole(t, "coordinator"))
		lead.open("/directory")
		lead.press(`main a[href="/directory/files"]`)
		lead.look("files of the directory")
		lead.bringsBack("list.csv", listHead+wrongRow)
		lead.sees("shop")
		lead.look("a fault in the list")
		lead.bringsBack("list.csv", listHead+goodRow)
		lead.sees(lead.words().N("directory.files.new", 1))
		lead.look("what the list would do")
		lead.press(`main form[action="/directory/files/write"] button`)
		lead.open("/directory/x-night")
		lead.sees("Night bus Padova")
		lead.look("an entry from a list")
		if _, table := p.get(t, lead, "/directory/everything.csv"); !strings.Contains(table, "x-night,service,Night bus Padova,") {
			t.Error("the entry is not in the table that goes out")
		}
	})
}
