//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// This file holds what a peer and a coordinator do about one week of hours.

// The forms of a week.
const (
	takeButton       = `main form[action$="/take"] button`
	lineButton       = `main form[action$="/lines"] button`
	closeButton      = `main form[action$="/close"] button`
	disputeButton    = `main form[action$="/dispute"] button`
	allLinesButton   = `main form[action$="/approve"] button`
	decideLineButton = `main form[action$="/decide"] button`
	settleLineButton = `main form[action$="/settle"] button`
	payButton        = `main form[action$="/pay"] button`
	hourLink         = `main table a[href*="/lines/"]`
)

// fillsHerWeek takes the minutes of the module, adds a round outside, cannot make a day
// longer than it is, and hands the week in.
func (j *journey) fillsHerWeek(say learner) {
	j.t.Helper()
	j.goesTo("/work")
	for _, tab := range []string{"/work/profile", "/work/risk", "/work/contract", "/work"} {
		j.follow(tab)
		j.look("tab " + strings.ReplaceAll(tab[1:], "/", " "))
	}
	page := j.words()
	if text := j.text(`main form[action$="/take"]`); !strings.Contains(text, page.T("peerwork.kind.training")) {
		j.stop("the week proposes %q, and no training", text)
	}
	j.takesOnly(page.T("peerwork.kind.training"))
	if !strings.Contains(j.text("main table"), page.T("peerwork.duration", "Hours", 1, "Minutes", 0)) {
		j.stop("the module is not in the week")
	}
	j.choose("#kind", "outreach")
	j.fill("#minutes", j.how.typedIn("180"))
	j.fill("#note", say.note)
	j.press(lineButton)
	j.sees(say.note)
	j.look("week with two lines")
	j.choose("#kind", "travel")
	j.fill("#minutes", "1400")
	j.fill("#note", say.long)
	j.press(lineButton)
	j.refused("minutes")
	j.sees(page.T("peerwork.minutes.day"))
	j.look("a day too long")
	if j.value("#kind") != "travel" || j.value("#minutes") != "1400" || j.value("#note") != say.long {
		j.stop("her line came back as %q, %q, %q", j.value("#kind"), j.value("#minutes"), j.value("#note"))
	}
	j.press(closeButton)
	j.sees(page.T("peerwork.week.handed.done"))
	j.seesNot(say.long)
	j.look("week handed in")
}

// takesOnly takes what the week proposes of one kind, and leaves the rest of it: what the
// demonstration proposes beside it depends on the day.
func (j *journey) takesOnly(kind string) {
	j.t.Helper()
	others := fmt.Sprintf(`[...document.querySelectorAll("main input[name=source]")].filter(e => !e.closest("label").innerText.includes(%q)).map(e => e.value)`, kind)
	for _, source := range ask(j, "proposals", chromedp.Evaluate[[]string](others)) {
		j.click(fmt.Sprintf("label:has(input[name=source][value=%q])", source))
	}
	j.press(takeButton)
	j.sees(j.words().T("peerwork.line.added"))
	if j.exists(takeButton) && strings.Contains(j.text(`main form[action$="/take"]`), kind) {
		j.stop("what she took is proposed once more")
	}
}

// opensTheWeek finds a week among those that wait.
func (j *journey) opensTheWeek(who *person) {
	j.t.Helper()
	j.goesTo("/work/team")
	j.follow("/work/team/weeks")
	j.sees(j.words().T("peerwork.days.waits.today"))
	j.look("weeks that wait")
	j.follow(j.inTheRow(`main .row-title a[href^="/work/team/weeks/"]`, who.Handle, j.words().T("peerwork.days.waits.today")))
	j.sees(who.Handle)
}

// cuts approves fewer minutes for one line, after forgetting the reason, and the rest of
// the week as it stands.
func (j *journey) cuts(say learner, who *person) {
	j.t.Helper()
	j.opensTheWeek(who)
	j.sees(say.note)
	j.look("a week to decide")
	j.opensTheLine("outreach")
	j.look("a line to decide")
	j.fill("#minutes", "30")
	j.press(decideLineButton)
	j.refused("reason")
	j.look("a cut without a reason")
	if got := j.value("#minutes"); got != "30" {
		j.stop("the minutes came back as %q", got)
	}
	j.fill("#reason", say.reason)
	j.press(decideLineButton)
	j.sees(j.words().T("peerwork.decided"))
	j.press(allLinesButton)
	j.sees(j.words().T("peerwork.decided"))
	j.look("a week decided")
}

// settles decides the line that is disputed for all of it: she is not the one who cut.
func (j *journey) settles(dispute string, who *person) {
	j.t.Helper()
	j.opensTheWeek(who)
	j.opensTheLine("outreach")
	j.sees(dispute)
	j.look("a disputed line")
	j.fill("#minutes", "")
	j.press(settleLineButton)
	j.refused("minutes")
	j.fill("#minutes", "180")
	j.press(settleLineButton)
	j.sees(j.words().T("timesheet.settled.done"))
}

// opensTheLine opens the one piece of work of a kind from the table of a week.
func (j *journey) opensTheLine(kind string) {
	j.t.Helper()
	j.follow(j.inTheRow(hourLink, j.kindWord(kind)))
}

// kindWord names a kind of work, in the language of the page.
func (j *journey) kindWord(kind string) string {
	j.t.Helper()
	return j.words().T(map[string]string{"outreach": "peerwork.kind.outreach", "training": "peerwork.kind.training"}[kind])
}

// disputes reads why a line was cut and says why that is not right.
func (j *journey) disputes(say learner) {
	j.t.Helper()
	j.goesTo("/work")
	j.sees(j.words().T("timesheet.cut.some"))
	j.look("week with a cut")
	j.opensTheLine("outreach")
	j.sees(say.reason)
	j.look("line cut")
	j.press(disputeButton)
	j.refused("dispute")
	j.fill("#dispute", say.dispute)
	j.press(disputeButton)
	j.sees(j.words().T("peerwork.dispute.sent"))
	j.look("week disputed")
}

// readsApproved looks at her week and at the statement of hours, which names no work.
func (j *journey) readsApproved(who *person) {
	j.t.Helper()
	j.goesTo("/work")
	j.sees(j.words().T("peerwork.week.approved"))
	j.look("week approved")
	j.press(`main a[href$="/statement"]`)
	j.sees(who.Handle)
	j.seesNot(j.words().T("peerwork.kind.outreach"))
	j.look("statement of hours")
	j.onPaper("statement of hours on paper", "main .facts")
}

// otherWithRole is somebody of the cast with a role who is not a person.
func (p *portal) otherWithRole(t *testing.T, role string, not *person) *person {
	t.Helper()
	for _, who := range p.cast.People {
		if slices.Contains(who.Roles, role) && who != not {
			return who
		}
	}
	t.Fatalf("demo-cast.json has nobody else with the role %q", role)
	return nil
}
