//go:build e2e

package e2e

import (
	"encoding/csv"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// This file holds what is about money: what is paid while one line is disputed, months that
// are locked, and the file for payroll.

// waitsForOneLine looks at a week of which the rest was paid while one line is disputed:
// that line alone is frozen, and the others are none of its business.
func (j *journey) waitsForOneLine(say learner, reference string) {
	j.t.Helper()
	j.goesTo("/work")
	j.sees(reference)
	page := j.words()
	for kind, state := range map[string]string{"training": "peerwork.week.paid", "outreach": "peerwork.week.disputed"} {
		j.inTheRow(hourLink, page.T("peerwork.kind."+kind), page.T(state))
	}
	j.look("week paid but for one line")
	j.opensTheLine("outreach")
	j.sees(page.T("timesheet.frozen"))
	j.sees(say.dispute)
	j.look("the line that is frozen")
}

// mayNotSettle is the coordinator who cut: somebody else decides now.
func (j *journey) mayNotSettle(dispute string, who *person) {
	j.t.Helper()
	j.opensTheWeek(who)
	j.opensTheLine("outreach")
	j.sees(dispute)
	j.press(settleLineButton)
	j.sees(j.words().T("timesheet.settle.other"))
	j.seesNot(j.words().T("timesheet.settled.done"))
	j.look("she who cut does not settle")
}

// pays records the pay of what can be paid: a sum that the contract makes of the minutes,
// under a reference that must not say what it is for.
func (j *journey) pays(who *person, sum, reference string) {
	j.t.Helper()
	j.opensTheWeek(who)
	j.sees(sum)
	j.look("a week to pay")
	j.fill("#reference", "outreach at night")
	j.press(payButton)
	j.refused("reference")
	j.look("a reference that says too much")
	j.fill("#reference", reference)
	j.press(payButton)
	j.sees(j.words().T("peerwork.pay.done"))
	if j.exists(payButton) {
		j.stop("the same hours can be paid once more")
	}
}

// looksAtThePeople opens the list of peer workers and one of them.
func (j *journey) looksAtThePeople() {
	j.t.Helper()
	j.goesTo("/work/team")
	j.look("peer workers")
	j.press(`main table a[href^="/work/team/people/"]`)
	j.look("a peer worker")
}

// readsPaid is the peer at the end: all of it paid, how many days that took, and both
// references, as her bank shows them.
func (j *journey) readsPaid(references ...string) {
	j.t.Helper()
	j.goesTo("/work")
	j.sees(j.words().T("peerwork.week.paid"))
	j.sees(j.words().T("peerwork.days.paid.today"))
	for _, one := range references {
		j.sees(one)
	}
	j.look("week paid")
}

// holder is what the demonstration keeps for payroll about one person, readable for whoever
// holds that key: her legal name stands nowhere else.
const holder = "Adunni Esperanza Quillfeather"

func TestALockedMonthMovesNothingAndPayrollIsForItsKey(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say, paid := learners[how.lang()], p.withRole(t, "peer")
		coordinator, other := p.journey(t, how), p.journey(t, how.other())
		coordinator.signsInAs(p.person(t, "Petra"))
		other.signsInAs(p.person(t, "Rowan"))
		month := coordinator.locksAMonth()
		peer := p.journey(t, how)
		peer.signsInAs(p.person(t, "Hayat"))
		peer.comesTooLate(month, say.note)
		other.opensTheMonth(month, say.reason)
		peer.press(lineButton)
		peer.sees(peer.words().T("peerwork.line.added"))
		peer.look("late work is in")

		coordinator.looksAtPayroll(paid)
		other.openAs("/work/team/circles/payroll", http.StatusNotFound)
		peer.openAs("/work/team/circles/payroll", http.StatusNotFound)
		peer.openAs("/work/team/pay.csv?month="+month, http.StatusNotFound)
		named := coordinator.payFile(p, month, paid)
		if !slices.Contains(named, holder) {
			t.Errorf("the file for who holds the payroll key says %q, want the name to pay to", named)
		}
		if plain := other.payFile(p, month, paid); slices.Contains(plain, holder) || len(plain) >= len(named) {
			t.Errorf("the file without the payroll key says %q", plain)
		}
		own := p.journey(t, how)
		own.signsInAs(paid)
		own.printsAPeriod(month)
		own.open("/work/payroll")
		own.sees(own.words().Day(own.today()))
		own.look("who opened what payroll keeps")
		p.holdsNot(t, holder)
	})
}

const unlockButton = `main form[action$="/unlock"] button`

// locksAMonth locks the last month, first without the tick that it asks for while work waits.
func (j *journey) locksAMonth() (month string) {
	j.t.Helper()
	j.goesTo("/work/team")
	j.follow("/work/team/weeks")
	path := j.inTheRow(`main .row-title a[href^="/work/team/months/"]`, j.words().T("timesheet.month.is.open"))
	j.follow(path)
	j.look("a month")
	if j.exists("#although") {
		j.press(`main form[action$="/lock"] button`)
		j.refused("although")
		j.look("a month in which work waits")
		j.tick("#although")
	}
	j.press(`main form[action$="/lock"] button`)
	j.sees(j.words().T("timesheet.month.lock.done"))
	if j.exists(`main form[action$="/unlock"]`) {
		j.stop("she who locked it can open it again alone")
	}
	j.look("a month locked")
	return strings.TrimPrefix(path, "/work/team/months/")
}

// comesTooLate adds work to a week inside the month and reads where it goes now.
func (j *journey) comesTooLate(month, note string) {
	j.t.Helper()
	monday, err := time.Parse(time.DateOnly, month+"-08")
	for err == nil && monday.Weekday() != time.Monday {
		monday = monday.AddDate(0, 0, 1)
	}
	j.open("/work/weeks/" + monday.Format(time.DateOnly))
	j.choose("#kind", "outreach")
	j.fill("#minutes", j.how.typedIn("90"))
	j.fill("#note", note)
	j.press(lineButton)
	j.refused("day")
	j.sees(j.words().T("timesheet.month.locked.line"))
	if j.value("#kind") != "outreach" || j.value("#note") != note {
		j.stop("her line came back as %q, %q", j.value("#kind"), j.value("#note"))
	}
	j.look("a line for a locked month")
}

// opensTheMonth is the second coordinator: she says why, and the month is open again.
func (j *journey) opensTheMonth(month, reason string) {
	j.t.Helper()
	j.goesTo("/work/team")
	j.follow("/work/team/weeks")
	j.look("months")
	j.follow("/work/team/months/" + month)
	j.press(unlockButton)
	j.refused("reason")
	j.look("opening without a reason")
	j.fill("#reason", reason)
	j.press(unlockButton)
	j.sees(j.words().T("timesheet.month.unlock.done"))
}

// looksAtPayroll opens the pages of payroll with its key, and what one person has given.
func (j *journey) looksAtPayroll(who *person) {
	j.t.Helper()
	j.goesTo("/work/team")
	j.follow("/work/team/circles/payroll")
	j.seesNot(holder)
	j.look("payroll")
	j.press(sendButton)
	j.refused("person")
	j.look("payroll without a person")
	j.chooseNamed("#person", who.Handle)
	j.choose("#purpose", "pay")
	j.press(sendButton)
	j.sees(holder)
	j.look("payroll opened once")
	j.open("/work/team/circles/payroll")
	j.seesNot(holder)
}

// payFile fetches the file of a month and returns the row of one person.
func (j *journey) payFile(p *portal, month string, who *person) []string {
	j.t.Helper()
	status, text := p.get(j.t, j, "/work/team/pay.csv?month="+month)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if status != http.StatusOK || err != nil {
		j.stop("the file answers %d and %v: %q", status, err, text)
	}
	at := slices.IndexFunc(rows, func(row []string) bool { return row[0] == who.Handle })
	if at < 0 {
		j.stop("the file of %s does not name %s: %q", month, who.Handle, rows)
	}
	return rows[at]
}

// printsAPeriod makes a statement of some days, after two days in the wrong order; on paper
// it names no kind of work where she leaves that out.
func (j *journey) printsAPeriod(month string) {
	j.t.Helper()
	j.goesTo("/work")
	j.follow("/work/statement")
	j.look("statement of a period")
	j.paste("#from", month+"-28")
	j.paste("#to", month+"-01")
	j.press("main form.form button[type=submit]")
	j.refused("to")
	j.paste("#from", month+"-01")
	j.paste("#to", month+"-28")
	j.tick("#plain")
	j.press("main form.form button[type=submit]")
	j.seesNot(j.words().T("peerwork.kind.outreach"))
	j.look("statement of a month")
	j.onPaper("statement of a month on paper", "main .facts")
}
