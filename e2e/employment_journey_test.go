//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// employed is what is said and written on the way into paid work, in Italian. All but the
// posting is for few people.
var employed = struct {
	posting, interest, note, second, reason, terms            string
	funding, other, pay, leave, mediator, question, reassured string
}{
	posting:   "Operatrice o operatore pari, mattine al porto",
	interest:  "Conosco il porto da anni. Parlo italiano e albanese, e la mattina sono libera.",
	note:      "Primo criterio sì, terzo sì. Le lingue sono quelle che cerchiamo.",
	second:    "Secondo criterio sì. Sa fermarsi e sa chiedere.",
	reason:    "Ci ha convinto come parli del lavoro in coppia.",
	terms:     "Venti ore alla settimana, 16,20 euro lordi all’ora, un anno. Anche la formazione è pagata.",
	funding:   "Fondo dei comuni per il porto",
	other:     "Bando di primavera per gli incontri",
	pay:       "Ogni ora vale 16,20 euro lordi. La paga arriva entro il dieci del mese.",
	leave:     "Se stai male, telefoni o fai telefonare. I giorni di malattia sono pagati.",
	mediator:  "una mediatrice che conosco",
	question:  "Se sta male mia figlia, posso restare a casa con lei?",
	reassured: "Sì. Per tua figlia hai tre giorni pagati ogni anno, e poi ne parliamo.",
}

// TestSomebodyIsEmployed is a job that is published with its pay, somebody who answers it
// without an account, a panel with a peer in it, an offer, and a contract that is explained
// to her part by part.
func TestSomebodyIsEmployed(t *testing.T) {
	for _, how := range []opts{{Script: true, Lang: "it", Width: 320}, {Script: false, Lang: "it", Width: 1280}} {
		t.Run(how.String(), func(t *testing.T) {
			g := &group{portal: serve(t), t: t, how: how}
			g.lead = g.signedIn(g.person(t, "Petra"))
			g.peer = g.signedIn(g.person(t, "Folake"))
			g.lead.publishes(employed.posting)
			g.answersThePosting()
			g.isReadByAPanel()
			g.isOffered()
			g.signedIn(g.person(t, "Lucetta")).leavesTheCommittee()
			g.becomesAColleague()
			g.hasAContract()
			if !g.holds(t, employed.posting) { // it is public: so words in clear would be found
				t.Error("no file holds the posting")
			}
			g.holdsNot(t, employed.interest, employed.note, employed.second, employed.reason, employed.terms, employed.funding,
				employed.other, employed.pay, employed.leave, employed.mediator, employed.question, employed.reassured)
		})
	}
}

const employer = "Associazione Valmerla con la rete dei suoi comuni"

// publishes puts a job on the page of the organisation, first with more hours than a week has
// for anybody.
func (j *journey) publishes(title string) {
	j.t.Helper()
	const publish = `main form[action*="/pages/"][action*="/postings/"] button`
	j.goesTo("/team")
	j.follow("/team/joining")
	j.follow(j.inTheRow(`main .row-title a[href^="/team/joining/pages/"]`, employer))
	j.look("the page of an organisation")
	j.paste("#title", title)
	j.paste("#hours", "70")
	j.paste("#amount", "16,20")
	j.paste("#from", j.dayAfter(20))
	j.paste("#until", j.dayAfter(10))
	j.tick("input[name=languages][value=it]")
	j.press(publish)
	j.refused("hours")
	if j.value("#title") != title || j.value("#amount") != "16,20" || !j.exists("input[name=languages][value=it]:checked") {
		j.stop("what was typed is gone: %q, %q", j.value("#title"), j.value("#amount"))
	}
	j.look("a job of seventy hours")
	j.paste("#hours", "20")
	j.press(publish)
	j.sees(j.words().T("joining.saved"))
	j.press(`main a[href^="/join-us/"]`)
	if now, pay := j.cardOf(title), "16,20 EUR "+j.words().T("peerwork.unit.hour"); !strings.Contains(now, pay) {
		j.stop("the job says %q, want %q", now, pay)
	}
	if now := j.cardOf("Posto in una giuria"); !strings.Contains(now, j.words().T("joining.posting.unpaid")) {
		j.stop("a job without pay says %q", now)
	}
	j.look("the job in public")
}

// answersThePosting is how she begins.
func (g *group) answersThePosting() {
	g.her = g.journey(g.t, g.how)
	g.her.open("/")
	g.fresh = g.her.takesUpTheRole(g.her.saysSheIsInterested(employer, employed.posting, employed.interest))
	g.her.press(`.areas a[href="/my-path"]`)
	g.her.sees(g.her.words().T("joining.next.panel"))
	g.her.sees(employed.interest)
	g.her.look("a panel reads it")

	g.lead.open("/team/joining")
	g.path = g.lead.inTheRow(`main .row-title a[href^="/team/joining/"]`, g.fresh.Handle)
	g.lead.follow(g.path)
	g.lead.sees(employed.posting)
	g.lead.look("an application")
}

// ticksNamed ticks the box of somebody by her handle.
func (j *journey) ticksNamed(field, words string) {
	j.t.Helper()
	find := fmt.Sprintf(`([...document.querySelectorAll("#%s label")].find(l => l.innerText.trim() === %q) || {control: {id: "nobody"}}).control.id`, field, words)
	j.tick("#" + ask(j, "box of "+words, chromedp.Evaluate[string](find)))
}

// isReadByAPanel is two who read, of whom one is a peer, and what comes of it. The first
// panel has no peer, and nothing is settled before both have noted.
func (g *group) isReadByAPanel() {
	lead, peer := g.lead, g.peer
	lead.ticksNamed("panel", g.person(g.t, "Anouk").Handle)
	lead.ticksNamed("panel", g.person(g.t, "Petra").Handle)
	lead.press(button("/panel"))
	lead.refused("panel")
	lead.sees(lead.words().T("joining.panel.peer"))
	lead.look("a panel without a peer")
	lead.ticksNamed("panel", g.person(g.t, "Anouk").Handle) // takes her out again
	lead.ticksNamed("panel", g.person(g.t, "Folake").Handle)
	lead.press(button("/panel"))
	lead.sees(lead.words().T("joining.panel.named"))
	lead.look("a panel is named")

	panel := peer.asked("panel", g.fresh)
	peer.sees(employed.interest)
	peer.look("an application to read")
	peer.paste("#words", employed.note)
	peer.press(button(panel))
	peer.sees(employed.note)
	peer.look("a note of the panel")
	g.her.openAs(panel, http.StatusNotFound)
	g.signedIn(g.person(g.t, "Ornella")).openAs(panel, http.StatusNotFound)

	lead.settlesForAnOffer()
	if lead.status != http.StatusForbidden || lead.value("#reason") != employed.reason {
		lead.stop("settled before all have noted: status %d, reason %q", lead.status, lead.value("#reason"))
	}
	lead.sees(lead.words().T("joining.panel.waits"))
	lead.look("not all have noted")
	lead.asked("panel", g.fresh)
	lead.paste("#words", employed.second)
	lead.press(button(panel))
	lead.sees(employed.note)
	lead.open(g.path)
	lead.settlesForAnOffer()
	lead.sees(lead.words().T("joining.finished"))
	lead.look("the panel has settled")
}

// settlesForAnOffer says that an offer comes next.
func (j *journey) settlesForAnOffer() {
	j.t.Helper()
	if !j.exists("#outcome") {
		j.stop("there is nothing to settle")
	}
	j.tick("input[name=outcome][value=offer]")
	j.paste("#reason", employed.reason)
	j.press(button("/panel/settle"))
}

// isOffered is an offer in words that she alone reads besides who made it, and her yes.
func (g *group) isOffered() {
	lead, her := g.lead, g.her
	lead.paste("#terms", employed.terms)
	lead.paste("#until", lead.today())
	lead.press(button("/offer"))
	lead.refused("until")
	if got := lead.value("#terms"); got != employed.terms {
		lead.stop("the offer came back as %q", got)
	}
	lead.look("an offer that ends today")
	lead.paste("#until", lead.dayAfter(9))
	lead.press(button("/offer"))
	lead.sees(lead.words().T("joining.offer.made"))
	lead.look("an offer is made")
	other := g.signedIn(g.person(g.t, "Rowan"))
	other.open(g.path)
	other.seesNot(employed.terms)
	other.seesNot(employed.note)

	her.open("/my-path")
	her.sees(employed.terms)
	her.sees(employed.reason)
	her.seesNot(employed.note)
	her.sees(her.words().T("joining.offer.free"))
	her.look("her offer")
	her.press(`main form[action="/my-path/offer"]:has(input[name=answer][value=yes]) button`)
	her.sees(her.words().T("joining.offer.answered"))
	her.sees(her.words().T("joining.offer.state.accepted"))
	her.look("her yes")
	her.openAs("/work/contract", http.StatusNotFound)
}

// leavesTheCommittee is somebody whose opinion is asked: nothing has a day for her, there is
// nothing to vote about, and she goes when she wants.
func (j *journey) leavesTheCommittee() {
	j.t.Helper()
	j.press(`.areas a[href="/my-path"]`)
	j.sees(j.words().T("joining.committee"))
	if j.exists("main dl.facts") || j.exists("main .vote") {
		j.stop("the page of a committee has days or votes")
	}
	j.look("of the committee")
	j.openAs("/work/joining", http.StatusNotFound)
	j.open("/my-path")
	j.follow("/my-path/stop")
	j.look("whether to go")
	j.press(graveButton)
	j.sees(j.words().T("joining.stopped"))
	j.sees(j.words().T("joining.state.stopped"))
	j.seesNot(j.words().T("joining.committee"))
	j.look("gone from the committee")
}
