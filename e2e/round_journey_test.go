//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// tonight is what somebody types into the one field, in her language; bus is what it has to
// find in the demonstration.
var tonight = map[string]string{"en": "no papers needed, Romanian, tonight, Padova", "ar": "بدون أوراق، الرومانية، الليلة، بادوفا"}

const bus = "Night bus of the bridges (invented)"

// quietly is what she writes on the paper that she carries there.
var quietly = map[string]string{"en": "A doctor, please, and quietly.", "ar": "أحتاج طبيبة، بهدوء من فضلكم."}

func TestSomebodyFindsWhoIsOpenTonightAndCarriesAPaperThere(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		j := p.journey(t, how)
		j.open("/directory")
		j.fill("#q", tonight[how.lang()])
		j.press(sendButton)
		j.look("tonight")
		if n := j.count("main .rows > .row"); n != 1 {
			j.stop("%d places are found for one question", n)
		}
		j.sees(bus)
		j.press("main .rows > .row .row-title a")
		j.sees(j.words().T("directory.fact.opening"))
		j.sees(j.words().T("directory.acts.informs"))
		j.look("open tonight")
		j.press(`main a[href$="/take"]`)
		j.look("a paper to take")
		j.fill("#need", quietly[how.lang()])
		j.press(sendButton)
		j.refused("yes")
		j.tick("#yes")
		j.press(sendButton)
		j.sees(quietly[how.lang()])
		j.sees("La persona che porta questo foglio")
		j.look("her paper")
		if at := j.path(); strings.Contains(at, "?") {
			j.stop("the address says more than the entry: %s", at)
		}
	})
}

func TestAVerificationRoundOnAPhone(t *testing.T) {
	for _, how := range []opts{{Script: true, Lang: "en", Width: 320}, {Script: false, Lang: "ar", Width: 320}} {
		t.Run(how.String(), func(t *testing.T) {
			p := serve(t)
			j := p.journey(t, how)
			j.signsInAs(p.withRole(t, "coordinator"))
			j.press(`.areas a[href="/directory"]`)
			j.follow("/directory/round")
			j.look("a round")
			first, second := j.dueAt(1), j.dueAt(2)
			j.click("main .card details.more summary")
			j.look("what to say")
			j.press(fmt.Sprintf(`main form[action=%q] button`, first+"/still"))
			j.sees(j.words().T("directory.round.checked"))
			if j.dueAt(1) != second {
				j.stop("the first that waits is %s, want %s", j.dueAt(1), second)
			}
			j.press(fmt.Sprintf(`main form[action=%q] button`, second+"/no-answer"))
			j.sees(j.words().T("directory.round.later"))
			if j.exists(fmt.Sprintf(`main form[action=%q]`, second+"/still")) {
				j.stop("%s did not answer and stands in front again", second)
			}
			j.look("the round goes on")
			j.open(first)
			j.sees(j.words().T("directory.checked"))
			j.open(second)
			j.sees(j.words().T("directory.unchecked.long"))
		})
	}
}

// dueAt is the address of the n-th entry that waits in a round.
func (j *journey) dueAt(n int) string {
	j.t.Helper()
	actions := ask(j, "entries that wait", chromedp.Evaluate[[]string](`[...document.querySelectorAll('main form[action$="/still"]')].map(e => e.getAttribute("action"))`))
	if len(actions) < n {
		j.stop("%d entries wait, want %d at least", len(actions), n)
	}
	return strings.TrimSuffix(actions[n-1], "/still")
}
