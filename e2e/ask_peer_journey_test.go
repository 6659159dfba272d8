//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestFromThePeersToAPrivateQuestion: a visitor looks who is there, learns what she needs to
// ask, joins with a card and asks a peer in her own language. The page of the peers gives no
// way to anybody but this one.
func TestFromThePeersToAPrivateQuestion(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say, peer := letters[how.lang()], p.withRole(t, "peer")
		j := p.journey(t, how)
		j.looksWhoIsThere(peer)
		j.press(askCard)
		j.look("asking needs an account")
		if j.exists("#body") {
			j.stop("a visitor is given a form that she cannot send")
		}
		key := j.joins(p)
		question := j.asksAPeer(say.title, say.question)

		answers := p.journey(t, how.other())
		answers.signsInAs(peer)
		answers.goesTo("/asked")
		answers.follow(answers.inTheRow(`main .row-title a[href^="/asked/"]`, say.title))
		answers.sees(say.question)
		answers.fill("#body", say.answer)
		answers.press(sendButton)
		answers.look("a peer has answered")

		again := p.journey(t, how)
		again.signsIn(key)
		again.open("/ask")
		again.follow(question)
		again.sees(say.answer)
		again.sees(peer.Handle)
		again.look("her answer")
		anybody := p.journey(t, how)
		anybody.joins(p)
		anybody.openAs(question, 404)
		p.holdsNot(t, say.title, say.question, say.answer)
	})
}

// askCard is the link of one peer to a private question.
const askCard = `main .card a[href^="/ask?in="]`

// looksWhoIsThere reads the public page: a chosen name, and no handle, number or address.
func (j *journey) looksWhoIsThere(peer *person) {
	j.t.Helper()
	j.open("/peers")
	j.sees("Juni")
	j.seesNot(peer.Handle)
	if n := j.count(`main :is(a[href^="tel:"], a[href^="mailto:"], a[href^="http"])`); n > 0 {
		j.stop("the page leads to somebody in %d other ways", n)
	}
	j.look("the peers")
}

// asksAPeer asks from the card of one, first without words: the language is chosen for her,
// and she can choose her own.
func (j *journey) asksAPeer(title, body string) (question string) {
	j.t.Helper()
	j.open("/peers")
	_, in, _ := strings.Cut(j.attr(askCard, "href"), "in=")
	j.press(askCard)
	if got := j.value("#lang"); got != in {
		j.stop("the form speaks %q, want the language of the card, %q", got, in)
	}
	j.look("ask a peer")
	j.choose("#lang", j.how.lang())
	j.fill("#title", title)
	j.press(sendButton)
	j.refused("body")
	j.look("a question without words")
	if j.value("#title") != title || j.value("#lang") != j.how.lang() {
		j.stop("her words came back as %q in %q", j.value("#title"), j.value("#lang"))
	}
	j.fill("#body", body)
	j.press(sendButton)
	j.arrivedAt("/ask/")
	j.sees(body)
	j.look("asked a peer")
	return j.path()
}

// optionWith is the value of the option of a select that says some words among others.
func (j *journey) optionWith(selector, words string) string {
	j.t.Helper()
	find := `([...document.querySelector("` + selector + `").options].find(o => o.text.includes("` + words + `")) || {value: ""}).value`
	return ask(j, "option with "+words, chromedp.Evaluate[string](find))
}
