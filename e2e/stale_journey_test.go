//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The sentence of the sheet that its group changes after readers asked for it, and what it
// says in Italian then.
const (
	changing = "Charge it fully. Take a cable and, if you can, a small battery."
	changed  = "Charge it fully before 6 in the evening. Take a cable and, if you can, a small battery."
	inItaly  = "Caricalo del tutto prima delle 6 di sera. Porta un cavo e, se puoi, una piccola batteria."
)

// TestASourceChangesAfterItWasPublished lets a group change one sentence of a sheet that is
// read in three other languages. Only that sentence becomes stale, readers keep what two
// people have read, and the new words come the moment that another person has reviewed them.
func TestASourceChangesAfterItWasPublished(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := start(t, furnished(t))
		in := func(name string) *journey {
			j := p.journey(t, how)
			j.signsInAs(p.person(t, name))
			return j
		}
		m := &making{p: p, leader: in("Celeste"), second: in("Folake"), peer: in("Ornella"), mediator: in("Liridona"), ana: in("Amara"), bea: in("June")}
		m.mediator.goesTo("/translate")
		form := m.mediator.inTheRow(`main form[action$="/open"]`, "Your phone, your safety")
		sheet := strings.TrimSuffix(form, "/open") + "/it"
		m.path = strings.Replace(strings.TrimSuffix(form, "/open"), "/translate/", "/read/", 1)

		reader := m.italianReader(t, how)
		before := reader.text("article")
		m.changesOneSentence()
		reader.reload()
		if got := reader.text("article"); got != before {
			reader.stop("readers see %q before anybody has reviewed it", got)
		}
		n := m.oneIsStale(sheet)
		m.mediator.saves(sheet, n, inItaly)
		reader.reload()
		if got := reader.text("article"); got != before {
			reader.stop("readers see what only its author has read")
		}
		m.peer.open(sheet + "/" + strconv.Itoa(n))
		m.peer.look("the other person reviews it")
		m.peer.press(reviewButton)
		m.peer.sees(m.peer.words().T("translate.reviewed"))
		reader.reload()
		if got := reader.text("article"); !strings.Contains(got, inItaly) || strings.Count(got, "\n") != strings.Count(before, "\n") {
			reader.stop("readers see %q", got)
		}
		reader.look("the new words in Italian")
	})
}

// italianReader opens the sheet in Italian, without an account.
func (m *making) italianReader(t *testing.T, how opts) *journey {
	how.Lang = "it"
	j := m.p.journey(t, how)
	j.open(m.path)
	if got := j.attr("article", "lang"); got != "it" {
		j.stop("the text is in %q", got)
	}
	return j
}

// changesOneSentence is the group's work: written, asked, decided.
func (m *making) changesOneSentence() {
	j := m.leader
	j.open(m.path + "/group")
	j.follow(m.path + "/reopen")
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	j.follow(m.path + "/write")
	body := j.value("#body")
	if !strings.Contains(body, changing) {
		j.stop("the text does not hold the sentence: %q", body)
	}
	j.paste("#body", strings.Replace(body, changing, changed, 1))
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	j.follow(m.path + "/consult")
	j.fill("#least", j.how.typedIn("2"))
	j.fill("#not_asked", "Whoever has no phone at all.")
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	for _, one := range []*journey{m.ana, m.bea} {
		one.open(m.path + "/consultation")
		one.answers(m, "")
	}
	j.reload()
	j.press(fmt.Sprintf("main form[action=%q] button", m.path+"/consult/close"))
	j.follow(m.path + "/decide")
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	for _, one := range []*journey{m.leader, m.second, m.mediator, m.peer} {
		one.votes(m, "yes", "")
	}
	m.peer.look("the change is decided")
}

// oneIsStale wants one segment and no other to be out of date; it returns its number.
func (m *making) oneIsStale(sheet string) (n int) {
	j := m.mediator
	j.goesTo("/translate")
	j.follow(sheet)
	j.sees(j.words().N("translate.stale.count", 1))
	j.look("a published language with one stale segment")
	stale := j.words().T("translate.state.stale")
	at := slices.IndexFunc(j.segments(), func(s string) bool { return strings.HasSuffix(s, stale) })
	if at < 0 {
		j.stop("no segment is stale: %q", j.segments())
	}
	j.follow(sheet + "/" + strconv.Itoa(at+1))
	if got := j.text("main del"); got != changing {
		j.stop("the source said %q", got)
	}
	j.sees(changed)
	j.look("what the source said, and what it says now")
	return at + 1
}
