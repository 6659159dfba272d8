//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// joiner is what is said on the way into an organisation, in French.
var joiner = struct{ interest, talk, number, report, late, reason, risk string }{
	interest: "J’aimerais aider le soir. Je parle français, et il me faut quelqu’un pour ma fille.",
	talk:     "On s’est parlé deux fois, au calme.",
	number:   "Elle écoute bien. Son numéro est le 06 12 34 56 78.",
	report:   "Un entretien calme. Selon les critères, elle écoute et elle sait dire non.",
	late:     "Elle est venue en retard deux fois, et le groupe attendait.",
	reason:   "Elle est venue en retard deux fois, et le groupe attendait dehors.",
	risk:     "Elle garde son nom de travail. On en reparle au printemps.",
}

// group is the portal in which an organisation decides by a vote, with who takes part.
type group struct {
	*portal
	t                       *testing.T
	how                     opts
	her, lead, peer         *journey // who comes in, who coordinates, and who talks with her
	fresh, capucine, nadege *person
	path                    string // of her way, for the coordinators
}

// TestTheGroupDecidesWhoComesIn is somebody without an account who reads a public page in
// French and is a peer of that group at the end, by a vote whose count nobody sees before it
// is over.
func TestTheGroupDecidesWhoComesIn(t *testing.T) {
	for _, how := range []opts{{Script: true, Lang: "fr", Width: 320}, {Script: false, Lang: "fr", Width: 1280}} {
		t.Run(how.String(), func(t *testing.T) {
			g := &group{portal: serve(t), t: t, how: how}
			g.capucine, g.nadege = g.person(t, "Capucine"), g.person(t, "Nadège")
			g.her = g.journey(t, how)
			g.comesIn()
			g.readsAndSigns()
			g.vote(g.leadsToTheVote())
			g.becomesAPeer()
			g.holdsNot(t, joiner.interest, joiner.talk, joiner.report, joiner.reason, joiner.risk)
		})
	}
}

// signedIn is a window of somebody else.
func (g *group) signedIn(who *person) *journey {
	j := g.journey(g.t, g.how)
	j.signsInAs(who)
	return j
}

// comesIn sends interest, takes up her role and finds her own page.
func (g *group) comesIn() {
	g.her.open("/")
	link := g.her.saysSheIsInterested("Collettivo Passo Lieve (Ardesia)", "", joiner.interest)
	g.fresh = g.her.takesUpTheRole(link)
	g.her.press(`.areas a[href="/my-path"]`)
	g.her.sees(g.her.words().T("joining.next.conversation"))
	g.her.sees(joiner.interest)
	g.her.look("her way in")
	g.her.openAs("/work", http.StatusNotFound)
	g.her.openAs("/work/joining", http.StatusNotFound)

	g.lead = g.signedIn(g.withRole(g.t, "coordinator"))
	g.lead.goesTo("/team")
	g.lead.follow("/team/joining")
	g.lead.look("people coming in")
	g.path = g.lead.inTheRow(`main .row-title a[href^="/team/joining/"]`, g.fresh.Handle)
	g.lead.follow(g.path)
	g.lead.sees(joiner.interest)
	g.lead.look("her path")
}

// saysSheIsInterested goes from the foot of a page to an organisation and sends words, first
// without saying that she is of age. It returns the path of the link that is hers.
func (j *journey) saysSheIsInterested(organisation, posting, words string) (link string) {
	j.t.Helper()
	j.press(`.foot a[href="/join-us"]`)
	j.look("organisations")
	j.follow(j.inTheRow(`main .row-title a[href^="/join-us/"]`, organisation))
	j.look("what it says")
	form := j.path() + "/interest"
	if posting == "" {
		j.follow(form)
	} else {
		j.follow(j.inTheRow(`main .card a[href^="`+form+`?posting="]`, posting))
	}
	j.look("interest")
	j.paste("#words", words)
	j.press(sendButton)
	j.refused("adult")
	if got := j.value("#words"); got != words {
		j.stop("her words came back as %q", got)
	}
	j.look("interest without her age")
	j.tick("#adult")
	j.press(sendButton)
	j.sees(j.words().T("joining.link.once"))
	j.look("her link")
	address, err := url.Parse(j.text("#path-link"))
	if err != nil || !strings.HasPrefix(address.Path, "/role/") {
		j.stop("the link is %q: %v", j.text("#path-link"), err)
	}
	return address.Path
}

// button is the button of the one form that leads to an address ending in this.
func button(to string) string { return fmt.Sprintf("main form[action$=%q] button", to) }

// plans names who sees to the next step.
func (j *journey) plans(path string, who *person) {
	j.t.Helper()
	j.open(path)
	j.chooseNamed("#owner", who.Handle)
	j.press(button("/plan"))
	j.sees(j.words().T("joining.planned"))
}

// finishesStep ends the step that is open on this page.
func (j *journey) finishesStep(words string) {
	j.t.Helper()
	if words != "" {
		j.paste("#words", words)
	}
	j.press(button("/finish"))
	j.sees(j.words().T("joining.finished"))
}

// asked opens what is asked of a colleague about somebody: a step, a vote or a panel.
func (j *journey) asked(kind string, who *person) (path string) {
	j.t.Helper()
	j.goesTo("/work/joining")
	path = j.inTheRow(fmt.Sprintf(`main .row-title a[href^="/work/joining/%s/"]`, kind), who.Handle)
	j.follow(path)
	return path
}

// readsAndSigns is the talk with a peer, what is expected, and the rules in French.
func (g *group) readsAndSigns() {
	g.lead.plans(g.path, g.capucine)
	g.lead.look("who talks with her")
	peer := g.signedIn(g.capucine)
	g.peer = peer
	peer.asked("steps", g.fresh)
	peer.look("a step of hers")
	peer.finishesStep(joiner.talk)
	peer.look("they talked")
	if peer.exists(button("/finish")) {
		peer.stop("she could end a step that is not hers")
	}

	j := g.her
	j.open("/my-path")
	j.seesNot(joiner.talk)
	j.look("what is expected")
	j.press(button("/my-path/read"))
	j.sees(j.words().T("joining.read.done"))
	j.follow("/my-path/rules")
	if lang := j.attr("article.prose", "lang"); lang != "fr" {
		j.stop("the rules are in %q", lang)
	}
	j.look("the rules")
	j.press(button("/my-path/rules"))
	j.sees(j.words().T("joining.rules.signed"))
	j.sees("(Français)")
	j.look("the rules signed")
	j.follow("/my-path")
	j.sees(j.words().T("joining.next.risk"))
}
