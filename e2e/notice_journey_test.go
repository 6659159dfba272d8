//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// toldWords are what somebody tells, what a moderator answers, and what she adds.
var toldWords = map[string][3]string{
	"en": {"A man waits below my window every night.", "We are here. Do not open the door alone.", "He was there again."},
	"ar": {"رجل ينتظر تحت نافذتي كل ليلة.", "نحن هنا. لا تفتحي الباب وحدك.", "كان هناك مرة أخرى."},
}

func TestSomebodyTellsWithoutAnAccountAndReadsTheAnswerByCode(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say := toldWords[how.lang()]
		her := p.journey(t, how)
		code := her.tellsWhatHappened(say[0])
		moderator := p.journey(t, how.other())
		moderator.signsInAs(p.everybodyWith(t, "moderator")[1])
		item := moderator.takesWhatWasTold(say[0])
		moderator.answersIt(item, say[1])

		her.opensByCode(code)
		her.sees(say[1])
		her.look("the answer and the risks")
		her.press(`main form:has(input[name="act"][value="no"]) button`)
		her.sees(her.words().T("notice.step.no.done"))
		her.fill("#words", say[2])
		her.press(`main form:has(input[name="act"][value="more"]) button`)
		her.sees(say[2])
		moderator.open(item)
		moderator.sees(say[2])
		moderator.sees(moderator.words().T("notice.goes.no"))
		if logs := p.logs(); strings.Contains(logs, say[0]) || strings.Contains(logs, code) {
			t.Error("the log holds what she told or her code")
		}
		her.click("main details.more:last-of-type summary")
		her.press(`main form:has(input[name="act"][value="back"]) button`)
		her.sees(her.words().T("notice.withdrawn"))
		moderator.openAs(item, 404)
	})
}

// tellsWhatHappened goes from the strip on the first page to the form, leaves it empty once,
// and returns the code that she writes down.
func (j *journey) tellsWhatHappened(words string) (code string) {
	j.t.Helper()
	j.open("/")
	j.press(`.lines a[href="/help/now"]`)
	j.look("help right now")
	j.press(`main a[href="/notices/tell/IT"]`)
	j.look("tell")
	j.press(sendButton)
	j.refused("kind")
	j.look("tell and nothing said")
	j.click(`label:has(input[name="kind"][value="threat"])`)
	j.choose("#region", "Veneto")
	j.fill("#words", words)
	j.click(`label:has(input[name="wish"][value="talk"])`)
	j.press(sendButton)
	j.look("the code")
	code = strings.TrimSpace(j.text("#notice-code"))
	j.out()
	return code
}

// takesWhatWasTold finds it on the desk by its region and takes it in hand; only then she reads
// the words.
func (j *journey) takesWhatWasTold(words string) (item string) {
	j.t.Helper()
	j.goesTo("/desk")
	j.press(`main p a[href="/desk/notices"]`)
	j.look("what people told")
	find := `([...document.querySelectorAll('main a[href^="/desk/notices/"]')].find(a => a.innerText.includes("Veneto")) || {getAttribute: () => ""}).getAttribute("href")`
	item = ask(j, "what was told in Veneto", chromedp.Evaluate[string](find))
	j.press(j.linkOf(item))
	j.seesNot(words)
	j.look("told and not taken")
	j.press(`main form[action$="/claim"] button`)
	j.sees(words)
	j.look("what she told")
	return item
}

// answersIt answers and offers a step.
func (j *journey) answersIt(item, words string) {
	j.t.Helper()
	j.fill("#words", words)
	j.choose("#step", "police")
	j.press(fmt.Sprintf("main form[action=%q] button", item+"/answer"))
	j.sees(j.words().T("notice.answered"))
	j.look("answered")
}

// opensByCode comes back on a phone that knows nothing, first with a wrong code.
func (j *journey) opensByCode(code string) {
	j.t.Helper()
	j.open("/notices")
	j.look("something bad happened")
	j.press(`main a[href="/notices/answer"]`)
	j.fill("#code", "222-222-222-222-222-222")
	j.press(sendButton)
	j.refused("code")
	j.look("a wrong code")
	j.fill("#code", strings.ToLower(code))
	j.press(sendButton)
}

// TestFromAPostToAHelpLineInTwoTaps counts the taps of somebody who reads a post of danger.
func TestFromAPostToAHelpLineInTwoTaps(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		j := p.journey(t, how)
		j.open("/forum/health")
		talks := slices.DeleteFunc(j.addresses("/forum/health/"), func(path string) bool { return strings.HasSuffix(path, "/start") })
		j.press(j.linkOf(talks[0]))
		j.look("a talk")
		j.press(`main a[href="/help/now"]`) // the first tap
		j.look("help right now from a talk")
		// The second tap calls.
		if !j.exists(`main a[href="tel:112"]`) || !j.exists(`main a[href="tel:1522"]`) {
			j.stop("the numbers that are open now cannot be tapped")
		}
		j.out()
	})
}
