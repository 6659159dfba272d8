//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"strings"
)

// leadsToTheVote is the risk check, the report to the group and a vote of five days. It
// returns the address of the vote.
func (g *group) leadsToTheVote() (vote string) {
	g.lead.open(g.path)
	g.lead.finishesStep(joiner.risk)
	g.lead.plans(g.path, g.capucine)
	peer := g.peer
	peer.asked("steps", g.fresh)
	peer.seesNot(joiner.risk)
	peer.paste("#words", joiner.number)
	peer.press(button("/finish"))
	peer.sees(peer.words().T("joining.found.mend"))
	if peer.status != http.StatusUnprocessableEntity || peer.value("#words") != joiner.number {
		peer.stop("a number in a report: status %d, words %q", peer.status, peer.value("#words"))
	}
	peer.look("a number in the report")
	peer.finishesStep(joiner.report)

	g.lead.open(g.path)
	g.lead.paste("#closes", g.lead.today())
	g.lead.press(button("/vote"))
	g.lead.refused("closes")
	g.lead.look("a vote that ends today")
	g.lead.paste("#closes", g.lead.dayAfter(5))
	g.lead.press(button("/vote"))
	g.lead.sees(g.lead.words().T("joining.vote.opened"))
	g.lead.look("the vote is open")
	vote = peer.asked("votes", g.fresh)
	peer.look("a vote")
	return vote
}

// vote lets the four vote. One has the page open twice, one says no, one is no peer of this
// group at all.
func (g *group) vote(vote string) {
	twice := g.signedIn(g.capucine)
	twice.open(vote)
	twice.tick("input[name=choice][value=no]")
	g.casts(vote, g.peer).doesNotSeeACount(vote)
	twice.choose("#criterion", "1")
	twice.paste("#reason", joiner.late)
	twice.press(button(vote))
	twice.sees(twice.words().T("joining.vote.once"))
	if twice.status != http.StatusConflict || twice.value("#reason") != joiner.late {
		twice.stop("a second vote: status %d, words %q", twice.status, twice.value("#reason"))
	}
	twice.look("a second vote")

	g.saysNo(vote)
	peer := g.casts(vote, g.signedIn(g.person(g.t, "Hayat")))
	peer.doesNotSeeACount(vote)
	g.lead.doesNotSeeACount(g.path)
	g.lead.look("nobody sees a count")
	g.her.doesNotSeeACount("/my-path")
	g.her.look("her vote is open")
	g.her.openAs(vote, http.StatusNotFound)
	g.signedIn(g.person(g.t, "Folake")).openAs(vote, http.StatusNotFound)

	last := g.casts(vote, g.signedIn(g.person(g.t, "Tamsin")))
	last.sees(last.words().T("joining.vote.state.yes"))
	last.sees(last.words().T("joining.vote.turnout", "Voted", 4, "Voters", 4, "Quorum", 50))
	last.look("the vote is over")
	peer.open(vote)
	peer.sees(peer.words().T("joining.vote.state.yes"))
	peer.seesNot(joiner.reason) // it is for her and for those who coordinate
	g.her.open("/my-path")
	g.her.sees(g.her.words().T("joining.vote.state.yes"))
	g.her.sees(joiner.reason)
	g.her.sees("Vient quand elle l'a promis, ou prévient.")
	g.her.seesNot(g.nadege.Handle)
	g.her.look("why one said no")
}

// casts is one yes.
func (g *group) casts(vote string, j *journey) *journey {
	if path := j.asked("votes", g.fresh); path != vote {
		j.stop("the vote is at %s, want %s", path, vote)
	}
	j.sees(joiner.report)
	j.tick("input[name=choice][value=yes]")
	j.press(button(vote))
	j.sees(j.words().T("joining.vote.cast"))
	return j
}

// saysNo names the criterion only when she is asked for it.
func (g *group) saysNo(vote string) {
	j := g.signedIn(g.nadege)
	j.asked("votes", g.fresh)
	j.tick("input[name=choice][value=no]")
	j.paste("#reason", joiner.reason)
	j.press(button(vote))
	j.refused("criterion")
	if got := j.value("#reason"); got != joiner.reason {
		j.stop("her reason came back as %q", got)
	}
	j.look("a no without a criterion")
	j.choose("#criterion", "3")
	j.press(button(vote))
	j.sees(j.words().T("joining.vote.cast"))
	j.seesNot(joiner.reason)
	j.doesNotSeeACount(vote)
}

// doesNotSeeACount opens a page about an open vote.
func (j *journey) doesNotSeeACount(path string) {
	j.t.Helper()
	j.open(path)
	j.sees(j.words().T("joining.vote.state.open"))
	turnout, _, _ := strings.Cut(j.words().T("joining.vote.turnout", "Voted", 2, "Voters", 4, "Quorum", 50), " ;")
	for n := range 5 {
		j.seesNot(strings.Replace(turnout, "2", fmt.Sprint(n), 1))
	}
	if j.exists("main .vote") || strings.Contains(j.html(), joiner.reason) {
		j.stop("the page of an open vote shows a count or a reason")
	}
}

// becomesAPeer is what comes after a yes, until she comes in as a colleague.
func (g *group) becomesAPeer() {
	g.lead.plans(g.path, g.capucine)
	g.lead.look("her mentor")
	g.her.open("/my-path")
	g.her.sees(g.capucine.Handle)
	for range 3 { // the mentor, the introduction, the base training
		g.lead.finishesStep("")
	}
	g.lead.plans(g.path, g.capucine)
	g.lead.sees(g.lead.words().T("joining.pair.gives"))
	g.lead.look("work in a pair")
	g.lead.finishesStep("")
	g.lead.sees(g.lead.words().T("joining.state.here"))
	g.lead.look("she has arrived")

	j := g.her
	j.open("/my-path")
	j.leaves()
	j.press(sendButton)
	j.signsInAs(g.fresh)
	j.goesTo("/work")
	j.look("her first week")
	j.goesTo("/work/joining")
	j.look("what is asked of her")
	j.follow("/my-path")
	j.look("her way is behind her")
}
