//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"portico/app/translate/modeltest"
)

// openItalian begins the language; it returns the address of its page.
func (m *making) openItalian() (sheet string) {
	sheet = m.begins(m.mediator, "it")
	m.mediator.look("a language with nothing")
	return sheet
}

// begins is a mediator who opens a language; it returns the address of its page.
func (m *making) begins(j *journey, lang string) (sheet string) {
	j.goesTo("/translate")
	j.look("texts to translate")
	j.sees(m.say.title)
	form := fmt.Sprintf("main form[action=%q]", strings.Replace(m.path, "/read/", "/translate/", 1)+"/open")
	j.choose(form+" select", lang)
	j.press(form + " button")
	j.sees(j.words().T("translate.opened"))
	return j.path()
}

// trouble is one way in which a machine fails, and what the page says then.
type trouble struct {
	mode  modeltest.Mode
	key   string
	later bool // it is tried again by itself
}

var troubles = []trouble{
	{modeltest.Slow, "translate.trouble.slow", true},
	{modeltest.TooMany, "translate.trouble.busy", true},
	{modeltest.Broken, "translate.trouble.down", true},
	{modeltest.WrongCount, "translate.trouble.shape", true},
	{modeltest.Nothing, "translate.trouble.empty", true},
	{modeltest.Refusing, "translate.trouble.refused", false},
}

const askButton = `main form[action$="/draft"] button`

// The title, the first sentence and a line of the list as the mediator writes them, in other
// words than the machine's.
const (
	ownTitle    = "Che cosa portare in ambulatorio"
	ownSentence = "Andare è più facile così."
	ownItem     = "La tua tessera sanitaria, se ce l'hai."
)

// machineFails asks a machine that fails in six ways. Each time the page says what happened,
// no segment is touched, and she can ask again at once.
func (m *making) machineFails(sheet string) {
	j, own := m.mediator, ownTitle
	for i, one := range troubles {
		m.machine.Set(one.mode)
		before := j.segments()
		j.press(askButton)
		j.sees(j.words().T("translate.draft.asked"))
		if i == 0 {
			j.look("the machine has been asked")
		}
		words := j.words().T(one.key)
		j.reloadsUntil(words)
		for _, other := range troubles {
			if said := j.words().T(other.key); other != one && strings.Contains(j.text("main"), said) {
				j.stop("beside %q the page says %q", words, said)
			}
		}
		then, button := "translate.draft.given", "translate.draft.go"
		if one.later {
			then, button = "translate.draft.again", "translate.draft.now"
		}
		j.sees(j.words().T(then))
		if got, want := j.text(askButton), j.words().T(button); got != want {
			j.stop("the button says %q, want %q", got, want)
		}
		if after := j.segments(); !slices.Equal(after, before) {
			j.stop("after %q the segments are %q, before they were %q", words, after, before)
		}
		j.look(string(one.mode))
		if i == 1 { // what she writes herself meanwhile stays through everything that follows
			j.saves(sheet, 1, own)
			j.open(sheet)
		}
	}
	if j.segments()[0] != own+" "+j.words().T("translate.state.edited") {
		j.stop("her own words are %q", j.segments()[0])
	}
}

// segments are the translations on the page with their states, in order.
func (j *journey) segments() []string {
	j.t.Helper()
	return ask(j, "segments", chromedp.Evaluate[[]string](`[...document.querySelectorAll("main .segment > div")].map(e => e.innerText.replace(/\s+/g, " ").trim())`))
}

// reloadsUntil looks again until the page says something: the machine is asked by a job.
func (j *journey) reloadsUntil(words string) {
	j.t.Helper()
	for end := time.Now().Add(ceiling); !strings.Contains(j.text("main"), words); {
		if time.Now().After(end) {
			j.stop("the page never said %q", words)
		}
		j.reload()
	}
}

// saves writes a segment.
func (j *journey) saves(sheet string, n int, words string) {
	j.t.Helper()
	j.open(sheet + "/" + strconv.Itoa(n))
	j.fill("#words", words)
	j.press(sendButton)
	j.sees(j.words().T("translate.saved"))
}

// machineIsFasterThanShe lets the draft come while she writes: her words are not lost, and
// not written over.
func (m *making) machineIsFasterThanShe(sheet string) {
	j, say := m.mediator, m.say
	j.follow(sheet + "/2")
	j.look("a segment with nothing")
	j.fill("#words", ownSentence)
	m.machine.Set(modeltest.Good)
	other := m.colleague
	other.goesTo("/translate")
	other.follow(sheet)
	other.press(askButton)
	other.reloadsUntil(other.words().N("translate.drafted", 7, "Drafted", 7))
	other.look("drafted")
	for i, got := range other.segments() {
		want := say.pairs[i][1] + " " + other.words().T("translate.state.machine")
		if i == 0 {
			continue
		}
		if bare := strings.ReplaceAll(want, "**", ""); got != want && got != bare {
			other.stop("segment %d is %q, want %q", i+1, got, want)
		}
	}
	if other.exists(askButton) {
		other.stop("the machine can be asked about nothing")
	}

	j.press(sendButton)
	if j.status != 409 {
		j.stop("words over a draft that she has not seen: %d, want 409", j.status)
	}
	j.sees(j.words().T("translate.segment.changed"))
	j.sees(say.pairs[1][1])
	if got := j.value("#words"); got != ownSentence {
		j.stop("her words came back as %q", got)
	}
	if j.exists(reviewButton) {
		j.stop("a button beside her words would leave them behind")
	}
	j.look("the machine was faster")
	j.press(sendButton)
	j.sees(j.words().T("translate.saved"))
	j.sees(j.words().T("translate.began"))
}

// twoOnOneSegment lets two people write the same segment; the second sees both texts.
func (m *making) twoOnOneSegment(sheet string) {
	j, other := m.mediator, m.colleague
	j.open(sheet + "/4")
	other.saves(sheet, 4, "La tessera sanitaria, se l'hai.")
	j.fill("#words", ownItem)
	j.press(sendButton)
	if j.status != 409 {
		j.stop("words over those of another: %d, want 409", j.status)
	}
	j.sees("La tessera sanitaria, se l'hai.")
	if got := j.value("#words"); got != ownItem {
		j.stop("her words came back as %q", got)
	}
	j.look("two on one segment")
	j.press(sendButton)
	j.sees(j.words().T("translate.saved"))
	j.look("a segment that she wrote")
	j.sees(j.words().T("translate.review.own"))
	if j.exists(reviewButton) {
		j.stop("she can review her own words")
	}
}

const reviewButton = `main form[action$="/review"] button`

// numberIsWrong shows that a wrong number stands in the way of a review.
func (m *making) numberIsWrong(sheet string) {
	j, last := m.mediator, len(m.say.pairs)
	right := m.say.pairs[last-1][1]
	j.saves(sheet, last, strings.Replace(right, "086", "068", 1))
	j.sees(j.words().T("translate.checks.fail"))
	j.look("a wrong number")

	m.peer.goesTo("/translate")
	m.peer.look("texts to translate for a peer")
	m.peer.canCheck("it")
	m.peer.follow(sheet)
	m.peer.sees(m.peer.words().T("translate.approve.open"))
	m.peer.open(sheet + "/" + strconv.Itoa(last))
	m.peer.sees(m.peer.words().T("translate.checks.fail"))
	m.peer.sees(m.peer.words().T("translate.review.checks"))
	if m.peer.exists(reviewButton) {
		m.peer.stop("a wrong number can be reviewed")
	}
	m.peer.look("a wrong number for the reviewer")
	j.saves(sheet, last, right)
}

// reviewed is the second person, who reads every segment and approves the whole.
func (m *making) reviewed(sheet string) {
	m.peer.reviews(sheet, len(m.say.pairs))
	m.peer.look("the last segment reviewed")

	j := m.mediator
	j.open(sheet)
	j.sees(j.words().T("translate.language.waiting"))
	j.sees(j.words().T("translate.approve.own"))
	if j.exists(approveButton) {
		j.stop("she can approve what she wrote")
	}
	// Four answers were paid for: three of no use, and the draft.
	j.sees("0.16")
	j.look("she cannot approve her own")

	m.peer.open(sheet)
	m.peer.look("ready to approve")
	m.peer.press(approveButton)
	m.peer.sees(m.peer.words().T("translate.approved"))
	m.peer.look("approved")
}

// canCheck says on the page of all texts that she can check a language.
func (j *journey) canCheck(lang string) {
	j.t.Helper()
	box := fmt.Sprintf("input[name=lang][value=%s]", lang)
	if j.exists(box + ":checked") {
		return
	}
	j.tick(box)
	j.press("main form[action='/translate/languages'] button")
	j.sees(j.words().T("translate.languages.kept"))
}

// reviews says of every segment that it is right.
func (j *journey) reviews(sheet string, segments int) {
	j.t.Helper()
	for n := range segments {
		j.open(sheet + "/" + strconv.Itoa(n+1))
		j.press(reviewButton)
		j.sees(j.words().T("translate.reviewed"))
	}
}

const approveButton = `main form[action$="/approve"] button`
