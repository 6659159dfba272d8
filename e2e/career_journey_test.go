//go:build e2e

package e2e

import (
	"net/http"
	"strings"
	"testing"
)

// wayWords are what somebody writes about her own way, by language: each holds a word that
// stands nowhere else in the portal.
type wayWords struct{ skill, evidence, agenda, there, steps, conflict, answer string }

var wayWritten = map[string]wayWords{
	"en": {
		skill: "Reading a room", evidence: "Two winters of brambling mornings.", agenda: "Whether the dunlin nights can end", there: "The two of us",
		steps: "One night less from the first on, says the avocet.", conflict: "They plan without asking me; it goes on like a capercaillie.",
		answer: "I read it twice. Shall we speak on a redstart evening?",
	},
	"ar": {
		skill: "قراءة المكان", evidence: "شتاءان من صباحات الهدهد.", agenda: "هل تنتهي ليالي اللقلق", there: "نحن الاثنان",
		steps: "ليلة أقل من أول الشهر، كما يقول الكروان.", conflict: "يخططون من غير سؤالي، ويستمر ذلك مثل الحجل.",
		answer: "قرأتها مرتين. هل نتحدث في مساء من مساءات الشحرور؟",
	},
}

// TestHerWayAndAConflictOutsideTheTeam: what she can do, the talk that she is owed, and a
// conflict that she takes to a contact outside. Whoever coordinates or runs the server learns
// neither the words nor that there are any.
func TestHerWayAndAConflictOutsideTheTeam(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say, who := wayWritten[how.lang()], p.withRole(t, "peer")
		her, colleague := p.journey(t, how), p.journey(t, how.other())
		coordinator, admin := p.journey(t, how), p.journey(t, how.other())
		contact := p.journey(t, how.other())
		her.signsInAs(who)
		colleague.signsInAs(p.person(t, "Yasmine"))
		coordinator.signsInAs(p.person(t, "Petra"))
		admin.signsInAs(p.person(t, "Rowan"))
		contact.signsInAs(p.person(t, "Anouk"))

		her.saysWhatSheCan(say, p.person(t, "Yasmine"))
		colleague.hasSeenIt(say)
		her.open("/work/career")
		her.look("a skill with a yes")
		talk := her.plansTheTalk(say, p.person(t, "Petra"))
		coordinator.writesTheTalkDown(talk, say)
		her.saysItWasSo(talk, say)
		admin.openAs(talk, http.StatusNotFound)
		colleague.openAs(talk, http.StatusNotFound)

		note := her.writesOutside(say, p.person(t, "Anouk"))
		letter := contact.answersOutside(who, say)
		her.open(note)
		her.sees(say.answer)
		her.look("answered from outside")
		for _, j := range []*journey{coordinator, admin} {
			for _, path := range []string{note, letter, "/work/career/notes"} {
				j.openAs(path, http.StatusNotFound)
			}
			j.knowsNothingOf(p, say.conflict, say.answer, say.evidence)
		}
		colleague.openAs(note, http.StatusNotFound)
		p.holdsNot(t, say.evidence, say.agenda, say.steps, say.conflict, say.answer)
		her.stepsBack(note)
		contact.openAs(letter, http.StatusNotFound)
	})
}

// saysWhatSheCan writes a skill, first without its name, and asks a colleague to say yes.
func (j *journey) saysWhatSheCan(say wayWords, colleague *person) {
	j.t.Helper()
	const form = `main form[action^="/work/career/skills/"]:has(#skill)`
	j.goesTo("/work/career")
	j.look("her way")
	j.click("details:has(#skill) summary")
	j.fill("#evidence", say.evidence)
	j.choose("#kind", "soft")
	j.chooseNamed("#asked", colleague.Handle)
	j.press(form + " button.primary")
	j.refused("skill")
	j.look("a skill without a name")
	if j.value("#evidence") != say.evidence || j.value("#kind") != "soft" {
		j.stop("her words came back as %q, %q", j.value("#kind"), j.value("#evidence"))
	}
	j.fill("#skill", say.skill)
	j.press(form + " button.primary")
	j.sees(j.words().T("career.skill.kept"))
	j.sees(say.evidence)
}

// hasSeenIt is the colleague: she reads the skill and says yes to it.
func (j *journey) hasSeenIt(say wayWords) {
	j.t.Helper()
	j.goesTo("/work/career")
	j.sees(say.evidence)
	j.look("asked for a yes")
	j.press(j.formOf(say.evidence, "/confirm") + " button")
	j.sees(j.words().T("career.confirmed"))
}

// formOf is the form in a card that says some words.
func (j *journey) formOf(words, act string) string {
	j.t.Helper()
	return `main form[action="` + j.inTheRow(`main form[action$="`+act+`"]`, words) + `"]`
}

// plansTheTalk plans the talk of every six months with a coordinator, after a day that is none.
func (j *journey) plansTheTalk(say wayWords, with *person) (talk string) {
	j.t.Helper()
	const form = `main form[action^="/work/career/plan/"]`
	j.click("details:has(#with) summary")
	j.fill("#agenda", say.agenda)
	j.paste("#day", j.today())
	j.press(form + " button")
	j.refused("with")
	j.look("a talk with nobody")
	j.chooseNamed("#with", with.Handle)
	j.press(form + " button")
	j.sees(j.words().T("career.planned"))
	j.look("a talk is planned")
	talk = j.inTheRow(`main .row-title a[href^="/work/career/talks/"]`, j.words().Day(j.today()))
	j.follow(talk)
	j.remembers(say.agenda)
	return talk
}

// remembers wants the agenda in the form in which the talk is written down.
func (j *journey) remembers(agenda string) {
	j.t.Helper()
	if got := j.value("#agenda"); got != agenda {
		j.stop("the agenda is %q", got)
	}
}

// writesTheTalkDown is the other one of the two.
func (j *journey) writesTheTalkDown(talk string, say wayWords) {
	j.t.Helper()
	j.goesTo("/work/career")
	j.seesNot(say.evidence)
	j.follow(talk)
	j.remembers(say.agenda)
	j.look("a talk to write down")
	j.fill("#there", say.there)
	j.press(sendButton)
	j.refused("steps")
	j.look("a talk without steps")
	j.fill("#steps", say.steps)
	j.press(sendButton)
	j.sees(j.words().T("career.noted.done"))
}

// saysItWasSo makes it count: without her yes it is not held.
func (j *journey) saysItWasSo(talk string, say wayWords) {
	j.t.Helper()
	j.open(talk)
	j.sees(say.steps)
	j.look("her yes is missing")
	j.press(`button[name=held][value=yes]`)
	j.sees(j.words().T("career.answered"))
	j.open(talk)
	j.sees(j.words().T("career.state.held"))
	if j.exists("#steps") {
		j.stop("what both agreed on can be written over")
	}
	j.look("a talk that was held")
}

// writesOutside takes a conflict to a contact, after sending no words.
func (j *journey) writesOutside(say wayWords, to *person) (note string) {
	j.t.Helper()
	j.goesTo("/work/career")
	j.follow("/work/career/outside")
	j.look("outside the team")
	j.choose("#contact", j.optionWith("#contact", to.Handle))
	j.press(sendButton)
	j.refused("words")
	j.look("a note without words")
	j.fill("#words", say.conflict)
	j.press(sendButton)
	j.sees(j.words().T("career.note.sent"))
	j.sees(say.conflict)
	j.look("a note")
	return j.path()
}

// answersOutside is the contact, who reads and answers.
func (j *journey) answersOutside(from *person, say wayWords) (letter string) {
	j.t.Helper()
	j.goesTo("/work/career")
	j.follow("/work/career/notes")
	j.look("notes that came")
	j.follow(j.inTheRow(`main .row-title a[href^="/work/career/notes/"]`, from.Handle))
	j.sees(say.conflict)
	j.look("a note that came")
	j.fill("#words", say.answer)
	j.press(sendButton)
	j.sees(j.words().T("career.note.sent"))
	return j.path()
}

// knowsNothingOf walks through all that somebody can come to; none of it holds the words.
func (j *journey) knowsNothingOf(p *portal, words ...string) {
	j.t.Helper()
	pages := j.everything(p, "/my")
	if _, came := pages["/work/team/career"]; !came {
		j.t.Errorf("the walk did not come to the page of everybody's way, so it proves nothing")
	}
	for path, page := range pages {
		for _, one := range words {
			if strings.Contains(page, one) {
				j.t.Errorf("%s holds %q", path, one)
			}
		}
	}
}

// stepsBack shreds the note for both.
func (j *journey) stepsBack(note string) {
	j.t.Helper()
	j.open(note)
	j.press(`main form[action$="/step-back"] button`)
	j.sees(j.words().T("career.note.dropped"))
	j.look("nothing is left of the note")
	j.openAs(note, http.StatusNotFound)
}
