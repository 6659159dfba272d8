//go:build e2e

package e2e

import "strings"

// This file holds what a peer and a coordinator do about one week of hours.

// The forms of a week.
const (
	takeButton    = `main form[action$="/take"] button`
	lineButton    = `main form[action$="/lines"] button`
	closeButton   = `main form[action$="/close"] button`
	disputeButton = `main form[action$="/dispute"] button`
	payButton     = `main form[action$="/pay"] button`
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
	j.press(takeButton)
	j.sees(page.T("peerwork.line.added"))
	if j.exists(takeButton) || !strings.Contains(j.text("main table"), page.T("peerwork.duration", "Hours", 1, "Minutes", 0)) {
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

// decides reads a closed week as a coordinator. The first time she cuts it, after
// forgetting the reason; once it is disputed she approves all of it.
func (j *journey) decides(dispute string, say learner, who *person) {
	j.t.Helper()
	j.goesTo("/work/team")
	j.sees(j.words().T("peerwork.days.waits.today"))
	j.look("peer workers")
	j.follow(j.inTheRow(`main .row-title a[href^="/work/team/weeks/"]`, who.Handle, j.words().T("peerwork.days.waits.today")))
	j.sees(who.Handle)
	j.sees(say.note)
	j.look("a week to decide")
	if dispute == "" {
		j.fill("#minutes", "200")
		j.press(sendButton)
		j.refused("reason")
		j.look("a cut without a reason")
		if got := j.value("#minutes"); got != "200" {
			j.stop("the minutes came back as %q", got)
		}
		j.fill("#reason", say.reason)
	} else {
		j.sees(dispute)
		j.fill("#minutes", "240")
	}
	j.press(sendButton)
	j.arrivedAt("/work/team")
	j.sees(j.words().T("peerwork.decided"))
}

// disputes reads why her week was cut and says why that is not right.
func (j *journey) disputes(say learner) {
	j.t.Helper()
	j.goesTo("/work")
	j.sees(j.words().T("peerwork.week.cut"))
	j.sees(say.reason)
	j.look("week cut")
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

// pays records the pay, after a reference that would say too much.
func (j *journey) pays(who *person) {
	j.t.Helper()
	j.goesTo("/work/team")
	j.follow(j.inTheRow(`main .row-title a[href^="/work/team/weeks/"]`, who.Handle, j.words().T("peerwork.days.waits.today")))
	j.look("a week to pay")
	j.fill("#reference", "outreach at night")
	j.press(payButton)
	j.refused("reference")
	j.look("a reference that says too much")
	j.fill("#reference", "2026-114")
	j.press(payButton)
	j.arrivedAt("/work/team")
	j.sees(j.words().T("peerwork.pay.done"))
	j.press(`main table a[href^="/work/team/people/"]`)
	j.look("a peer worker")
}
