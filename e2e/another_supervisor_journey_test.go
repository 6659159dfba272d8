//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// afterwards is what she writes once she has chosen somebody else.
var afterwards = map[string]string{
	"en": "I said out loud what I kept back, like a kingfisher.",
	"ar": "قلت بصوت مسموع ما كنت أخفيه، مثل القمري.",
}

// TestSheChoosesAnotherSupervisor: she asks somebody else and gives no reason. With the yes
// of the new one the old supervision ends; what was before is read by whom she gives it to,
// and she sees who opened it.
func TestSheChoosesAnotherSupervisor(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, words := serve(t), afterwards[how.lang()]
		peer, before, next := p.person(t, "Folake"), p.person(t, "Anouk"), p.person(t, "Samira")
		j, old, fresh := p.journey(t, how), p.journey(t, how.other()), p.journey(t, how)
		j.signsInAs(peer)
		old.signsInAs(before)
		fresh.signsInAs(next)

		former := j.findsRelation(before)
		entries := j.addresses("/supervision/entries/")
		if len(entries) < 2 {
			t.Fatalf("the demonstration has the entries %q, want two or more", entries)
		}
		relation := j.asksAnother(former, next)
		fresh.goesTo("/supervision")
		fresh.follow(relation)
		fresh.look("asked to supervise")
		fresh.press(`main form[action$="/accept"] button`)
		fresh.sees(fresh.words().T("supervision.accepted"))
		for _, entry := range entries {
			fresh.openAs(entry, http.StatusNotFound)
		}

		said := j.sharesOne(former, relation, entries[0])
		fresh.open(relation)
		fresh.follow(entries[0])
		fresh.sees(said)
		fresh.look("an entry from before")
		fresh.openAs(entries[1], http.StatusNotFound)

		written := j.writesHere(relation, words)
		for _, path := range []string{relation, written} {
			old.openAs(path, http.StatusNotFound)
		}
		old.open(entries[0]) // what was hers to read stays
		old.sees(said)
		old.goesTo("/supervision")
		if old.exists(old.linkOf(relation)) {
			old.stop("the former supervisor finds the new supervision")
		}
		old.follow(former)
		old.seesNot(words)
		old.look("a supervision that ended")
		j.seesWhoOpened(relation, entries[0], next)
		p.holdsNot(t, words)
	})
}

// findsRelation opens her supervision with somebody.
func (j *journey) findsRelation(with *person) (relation string) {
	j.t.Helper()
	j.goesTo("/supervision")
	relation = j.inTheRow(`main .row-title a[href^="/supervision/"]`, with.Handle)
	j.follow(relation)
	return relation
}

// addresses are the links of the page's own part below an address, in their order.
func (j *journey) addresses(below string) []string {
	j.t.Helper()
	return ask(j, "links", chromedp.Evaluate[[]string](fmt.Sprintf(`[...document.querySelectorAll('main a[href^=%q]')].map(e => e.getAttribute("href"))`, below)))
}

// asksAnother chooses a new supervisor, after pressing without a choice. Until there is an
// answer nothing changes.
func (j *journey) asksAnother(former string, next *person) (relation string) {
	j.t.Helper()
	j.follow(former + "/change")
	j.look("choose another supervisor")
	j.press(sendButton)
	j.refused("supervisor")
	j.look("nobody chosen")
	j.chooseNamed("#supervisor", next.Handle)
	j.press(sendButton)
	j.sees(j.words().T("supervision.change.done"))
	j.look("another supervisor asked")
	relation = j.path()
	j.open(former)
	if !j.exists(j.linkOf(former + "/write")) {
		j.stop("the former supervision ended before there is an answer")
	}
	return relation
}

// sharesOne gives the new supervisor one conversation of before, after ticking none.
func (j *journey) sharesOne(former, relation, entry string) (said string) {
	j.t.Helper()
	j.open(former)
	j.sees(j.words().T("supervision.relation.ended"))
	if j.exists(j.linkOf(former + "/write")) {
		j.stop("the former supervision is still open")
	}
	j.open(entry)
	said = strings.TrimSpace(j.text("main .prose p"))
	j.open(relation)
	j.look("a new supervision")
	j.follow(relation + "/share")
	j.look("share from before")
	j.press(sendButton)
	j.refused("entries")
	j.tick(fmt.Sprintf("input[value=%q]", strings.TrimPrefix(entry, "/supervision/entries/")))
	j.press(sendButton)
	j.sees(j.words().T("supervision.share.done"))
	if n := strings.Count(j.text("main"), j.words().T("supervision.shared")); n == 0 {
		j.stop("nothing says that it is shared")
	}
	j.look("shared")
	return said
}

// writesHere writes down a first conversation with the new supervisor.
func (j *journey) writesHere(relation, words string) (entry string) {
	j.t.Helper()
	j.open(relation)
	j.follow(relation + "/write")
	j.fill("#minutes", j.how.typedIn("50"))
	j.paste("#worked", words)
	j.press(sendButton)
	j.arrivedAt("/supervision/entries/")
	return j.path()
}

// seesWhoOpened is the list that is hers alone, also of what she shared from before.
func (j *journey) seesWhoOpened(relation, entry string, who *person) {
	j.t.Helper()
	j.open(relation)
	j.follow(relation + "/readers")
	row := j.text(fmt.Sprintf(".row:has(a[href=%q]):has(.row-meta)", entry))
	if all := j.text("main"); !strings.Contains(all, who.Handle) || !strings.Contains(all, j.words().Day(j.today())) {
		j.stop("the list does not say that %s opened it today: %q", who.Handle, row)
	}
	j.look("who opened it")
}
