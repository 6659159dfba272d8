//go:build e2e

package e2e

import (
	"encoding/csv"
	"net/http"
	"strings"
	"testing"
)

// carried are what she writes last: with a sign at its head that a table would calculate, and
// two words of the demonstration, one that she wrote and one that another of her group did.
var carried = struct{ words, mine, theirs string }{
	"=1+1 and a calendula in the window", "We begin half an hour earlier, because of the last bus.", "Going in twos. Saying when the round is over.",
}

// TestHerLogIsHersToCarryAway: her own words on paper and as a table, and a statement of
// hours that holds none of them and may lie on any desk.
func TestHerLogIsHersToCarryAway(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		who, supervisor := p.person(t, "Folake"), p.person(t, "Anouk")
		j := p.journey(t, how)
		j.signsInAs(who)
		j.writesHere(j.findsRelation(supervisor), carried.words)
		j.printsHerLog()
		j.takesTheTable(p)
		for _, name := range []string{"Ornella", "Anouk", "Petra"} {
			other := p.journey(t, how)
			other.signsInAs(p.person(t, name))
			other.takesNothingOfIt(p)
		}
		j.statesHerHours(who, supervisor)
	})
}

// printsHerLog reads her log and looks at it as it comes on paper.
func (j *journey) printsHerLog() {
	j.t.Helper()
	j.goesTo("/supervision")
	j.follow("/supervision/owed")
	j.look("what is owed to her")
	j.follow("/supervision/log")
	for _, want := range []string{carried.words, carried.mine, j.words().T("supervision.log.others")} {
		j.sees(want)
	}
	j.seesNot(carried.theirs)
	j.look("her log")
	j.onPaper("her log on paper", "main section h2")
}

// takesTheTable reads the file as a program would: a row for each conversation, and no word
// that begins a formula.
func (j *journey) takesTheTable(p *portal) {
	j.t.Helper()
	conversations := j.count("main section")
	status, table := p.get(j.t, j, "/supervision/log.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\ufeff"))).ReadAll()
	if err != nil {
		j.t.Fatal(err)
	}
	if status != http.StatusOK || len(rows) != conversations+1 {
		j.stop("the table answers %d with %d rows, want %d and a head", status, len(rows), conversations)
	}
	found := false
	for _, row := range rows {
		for _, cell := range row {
			found = found || cell == "'"+carried.words
			if strings.HasPrefix(cell, "=") || strings.Contains(cell, carried.theirs) {
				j.stop("the table holds %q", cell)
			}
		}
	}
	if !found || !strings.Contains(table, carried.mine) {
		j.stop("the table does not hold her words: %s", table)
	}
}

// takesNothingOfIt is anybody else: the same addresses give her own log and no other.
func (j *journey) takesNothingOfIt(p *portal) {
	j.t.Helper()
	for _, path := range []string{"/supervision/log", "/supervision/log.csv", "/supervision/statement"} {
		status, page := p.get(j.t, j, path)
		if status != http.StatusOK || strings.Contains(page, "calendula") {
			j.stop("%s answers %d, with her words: %v", path, status, strings.Contains(page, "calendula"))
		}
	}
}

// statesHerHours prints a period, after choosing one that ends before it begins.
func (j *journey) statesHerHours(who, supervisor *person) {
	j.t.Helper()
	const chosen = `main form[action="/supervision/statement"] button`
	j.goesTo("/supervision")
	j.follow("/supervision/owed")
	j.follow("/supervision/statement")
	j.look("hours of supervision")
	j.paste("#first", j.dayAfter(-30))
	j.paste("#last", j.dayAfter(-40))
	j.press(chosen)
	j.refused("last")
	if got := j.value("#first"); got != j.dayAfter(-30) {
		j.stop("the first day came back as %q", got)
	}
	j.look("a period that ends before it begins")
	j.paste("#last", j.today())
	j.press(chosen)
	for _, want := range []string{who.Handle, supervisor.Handle, j.words().T("supervision.kind.intervision"), j.words().Day(j.dayAfter(-30))} {
		j.sees(want)
	}
	j.seesNot("calendula")
	j.seesNot(carried.mine)
	j.look("a statement of hours")
	j.onPaper("hours of supervision on paper", "main .facts")
}
