//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// heavy are the words of somebody after a heavy night: first with a number in them that
// could point at somebody, then without; and what she writes down afterwards.
var heavy = map[string]struct{ number, words, spoken string }{
	"en": {"A man rang +39 347 555 0142 all night.", "The whole night felt like a pumice stone.", "We spoke about the round, slowly."},
	"ar": {"رجل اتصل من +39 347 555 0142 طوال الليل.", "كانت الليلة كلها مثل حجر الخفاف.", "تكلمنا عن الجولة على مهل."},
}

// TestADebriefIsADutyOfTheOrganisation: one person asks after a heavy night, another was
// forgotten. What is missed stands in red with the organisation and says nothing of her.
func TestADebriefIsADutyOfTheOrganisation(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), heavy[how.lang()]
		peer, asks := p.journey(t, how), p.person(t, "Folake")
		forgotten, waits := p.journey(t, how), p.person(t, "Hayat")
		told, listens := p.journey(t, how.other()), p.person(t, "Anouk")
		coordinator := p.journey(t, how.other())
		peer.signsInAs(asks)
		forgotten.signsInAs(waits)
		told.signsInAs(listens)
		coordinator.signsInAs(p.person(t, "Petra"))

		peer.saysItWasHeavy(listens, say.number, say.words)
		debrief := told.hearsOfIt(asks, say.words)
		forgotten.isOwedAConversation()
		coordinator.seesWhatIsOwed(asks, waits)
		coordinator.seesNot(say.words)
		for _, other := range []*journey{coordinator, forgotten} {
			other.openAs(debrief, http.StatusNotFound)
		}

		forgotten.writesTheConversation(p.person(t, "Samira"), say.spoken)
		peer.press(`main form[action$="/held"] button`)
		peer.sees(peer.words().T("desk.debrief.noted"))
		if peer.exists(`main form[action$="/held"]`) {
			peer.stop("a debrief that took place is still owed")
		}
		coordinator.open("/team/duties")
		for _, who := range []*person{asks, waits} {
			if strings.Contains(coordinator.debriefsOwed(), who.Handle) {
				coordinator.stop("the debrief of %s took place and stands there", who.Handle)
			}
		}
		coordinator.look("duties after the conversations")
		p.holdsNot(t, say.number, say.words, say.spoken)
	})
}

// saysItWasHeavy asks for a conversation; a number in her words comes back to her first.
func (j *journey) saysItWasHeavy(supervisor *person, number, words string) {
	j.t.Helper()
	j.goesTo("/supervision")
	j.follow("/supervision/heavy")
	j.look("something heavy")
	j.paste("#words", number)
	j.chooseNamed("#told", supervisor.Handle)
	whom := j.value("#told")
	j.press(sendButton)
	j.sees(j.words().T("supervision.found"))
	if j.status != http.StatusUnprocessableEntity || j.value("#words") != number || j.value("#told") != whom {
		j.stop("a number in her words answered %d and gave %q back", j.status, j.value("#words"))
	}
	j.look("heavy words with a number")
	j.paste("#words", words)
	j.press(sendButton)
	j.arrivedAt("/supervision/owed")
	j.sees(j.words().T("supervision.heavy.asked"))
	j.sees(j.words().T("desk.debrief.due", "Day", j.words().Day(j.dayAfter(3))))
	j.look("a debrief is owed")
}

// dayAfter is a day from today on in the program's zone.
func (j *journey) dayAfter(days int) string {
	j.t.Helper()
	day, err := time.Parse(time.DateOnly, j.today())
	if err != nil {
		j.t.Fatal(err)
	}
	return day.AddDate(0, 0, days).Format(time.DateOnly)
}

// hearsOfIt is the supervisor whom she told.
func (j *journey) hearsOfIt(who *person, words string) (debrief string) {
	j.t.Helper()
	j.goesTo("/supervision")
	j.follow("/supervision/owed")
	j.look("told of something heavy")
	debrief = j.inTheRow(`main .row-title a[href^="/supervision/debriefs/"]`, who.Handle)
	j.follow(debrief)
	j.sees(words)
	j.look("her words about it")
	return debrief
}

// isOwedAConversation is whoever was forgotten: the miss is the organisation's.
func (j *journey) isOwedAConversation() {
	j.t.Helper()
	j.goesTo("/supervision")
	j.follow("/supervision/owed")
	if got, want := j.text("main .notice.danger"), j.words().T("desk.debrief.missed", "Day", j.words().Day(j.dayAfter(-3))); !strings.Contains(got, want) {
		j.stop("the red notice is %q, want %q", got, want)
	}
	j.look("a debrief was missed")
}

// seesWhatIsOwed is the list of duties: what is open, in red what was missed, and on the
// page of the person nothing.
func (j *journey) seesWhatIsOwed(asks, waits *person) {
	j.t.Helper()
	j.goesTo("/team")
	j.follow("/team/duties")
	owed, own := j.debriefsOwed(), j.words()
	for _, want := range []string{asks.Handle, own.Day(j.dayAfter(3)), own.T("supervision.owed.open"), waits.Handle, own.Day(j.dayAfter(-3)), own.T("supervision.owed.missed")} {
		if !strings.Contains(owed, want) {
			j.stop("the duties do not say %q: %q", want, owed)
		}
	}
	j.look("duties")
	j.open("/work/team")
	j.press(j.linkOf(j.inTheRow(`main a[href^="/work/team/people/"]`, waits.Handle)))
	j.seesNot(own.T("desk.debrief"))
	j.seesNot(own.T("supervision.owed.missed"))
	j.look("nothing of it on her page")
}

// linkOf is the link of the page's own part that leads to an address.
func (j *journey) linkOf(path string) string { return fmt.Sprintf("main a[href=%q]", path) }

// debriefsOwed is the part of the duties that holds debriefs, "" where none is owed.
func (j *journey) debriefsOwed() string {
	j.t.Helper()
	find := fmt.Sprintf(`([...document.querySelectorAll("main h2")].find(e => e.innerText.trim() === %q)?.nextElementSibling || {innerText: ""}).innerText`,
		j.words().T("desk.owed.debriefs"))
	return ask(j, "the debriefs", chromedp.Evaluate[string](find))
}

// writesTheConversation writes down the one that she waited for; nothing red is left of it.
func (j *journey) writesTheConversation(supervisor *person, words string) {
	j.t.Helper()
	j.goesTo("/supervision")
	relation := j.inTheRow(`main .row-title a[href^="/supervision/"]`, supervisor.Handle)
	j.follow(relation)
	j.follow(relation + "/write")
	j.fill("#minutes", "40")
	j.paste("#worked", words)
	j.press(sendButton)
	j.arrivedAt("/supervision/entries/")
	j.goesTo("/supervision")
	j.follow("/supervision/owed")
	j.seesNot(j.words().T("desk.debrief.missed", "Day", j.words().Day(j.dayAfter(-3))))
	j.look("the conversation took place")
}
