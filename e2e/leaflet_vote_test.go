//go:build e2e

package e2e

import (
	"fmt"
	"strconv"
	"strings"
)

// askTheCommunity opens a consultation, which says who was not asked; a vote has to wait.
func (m *making) askTheCommunity() {
	j := m.leader
	j.open(m.path + "/group")
	j.follow(m.path + "/consult")
	j.look("consult")
	j.fill("#least", j.how.typedIn("2"))
	j.press(sendButton)
	j.refused("not_asked")
	j.look("consult without saying who was not asked")
	j.fill("#not_asked", m.say.notAsked)
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	j.sees(j.words().T("material.consult.done"))

	m.bea.press(`.areas a[href="/read"]`)
	m.bea.follow("/read/ideas")
	m.bea.look("a question waits")
	m.bea.follow(m.path + "/consultation")
	m.bea.sees(m.say.notAsked)
	m.bea.look("what is asked")
	m.bea.suggests(m, 5, m.say.call, m.say.called, m.say.why)
	m.bea.answers(m, m.say.reply)
	m.bea.look("she has answered")

	j.follow(m.path + "/decide")
	j.press(sendButton)
	j.saysNo(j.words().T("material.suggestions.wait", "Number", 1))
	j.look("no vote before an answer")
}

// saysNo wants a refusal in words, with the form still there.
func (j *journey) saysNo(words string) {
	j.t.Helper()
	if j.status != 403 && j.status != 409 {
		j.stop("answered %d, want a refusal", j.status)
	}
	j.sees(words)
}

// suggests asks for a change of a passage: first only why, then the change too.
func (j *journey) suggests(m *making, part int, old, wanted, why string) {
	j.t.Helper()
	j.follow(m.path + "/suggest")
	j.look("suggest: choose a passage")
	j.follow(m.path + "/suggest?part=" + strconv.Itoa(part))
	j.paste("#wanted", passage(j.value("#wanted"), old, wanted))
	j.press(sendButton)
	j.refused("why")
	j.look("suggest without a reason")
	if got := j.value("#wanted"); got == "" {
		j.stop("what she wanted is lost")
	}
	j.fill("#why", why)
	j.press(sendButton)
	j.arrivedAt(m.path + "/consultation")
	j.sees(j.words().T("material.suggest.done"))
	j.sees(why)
}

// passage is a passage as she would like it: a part of it changed, or all.
func passage(now, old, wanted string) string {
	if old == "" {
		return wanted
	}
	return strings.Replace(now, old, wanted, 1)
}

// answers fills in the survey.
func (j *journey) answers(m *making, words string) {
	j.t.Helper()
	j.choose("#reply1", "4")
	if words != "" {
		j.fill("#reply3", words)
	}
	j.press(sendButton)
	j.arrivedAt(m.path + "/consultation")
	j.sees(j.words().T("material.say.mine"))
	if j.exists("#reply1") {
		j.stop("she can answer twice")
	}
}

// answerForTheCommunity answers both suggestions, one with a change and one with a reason.
func (m *making) answerForTheCommunity() {
	j, say := m.leader, m.say
	j.open(m.path + "/group")
	j.look("suggestions and answers")
	j.seesNot(j.words().T("material.heard.how-many")) // one voice could be read from the totals
	j.follow(m.path + "/write")
	j.paste("#body", say.final())
	j.press(sendButton)
	j.sees(say.called)
	j.answersTheFirst(m, "changed", "")

	j.follow(m.path + "/decide")
	j.press(sendButton)
	j.saysNo(j.words().T("material.consultation.few", "Voices", 1, "Least", 2))
	j.look("no vote before enough voices")
	j.press(`main a[href=` + strconv.Quote(m.path+"/group") + `]`)

	m.ana.open(m.path + "/consultation")
	m.ana.suggests(m, 1, "", say.easy, say.whyNot)
	m.ana.answers(m, "")
	j.reload()
	j.answersTheFirst(m, "kept", say.because)
	j.sees(j.words().T("material.answer.kept"))
	j.look("every suggestion has its answer")

	m.bea.open(m.path + "/consultation")
	m.bea.sees(m.bea.words().T("material.answer.changed"))
	m.bea.sees(say.because)
	m.bea.look("what became of it")
	j.press(fmt.Sprintf("main form[action=%q] button", m.path+"/consult/close"))
	j.sees(j.words().T("material.consultation.closed"))
}

// answersTheFirst says what became of the first suggestion that waits. Where nothing was
// changed it says so first without a reason, which is not enough.
func (j *journey) answersTheFirst(m *making, state, words string) {
	j.t.Helper()
	j.press(fmt.Sprintf(`main a[href^=%q]`, m.path+"/suggestions/"))
	j.look("answer a suggestion")
	choice := fmt.Sprintf("input[name=state][value=%s]", state)
	j.tick(choice)
	if words != "" {
		j.press(sendButton)
		j.refused("words")
		j.look("not changed without a reason")
		if !j.exists(choice + ":checked") {
			j.stop("her choice is lost")
		}
		j.fill("#words", words)
	}
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	j.sees(j.words().T("material.answer.done"))
}

// decide is the vote of the group, with one who does not agree and one who comes too late.
func (m *making) decide() {
	j, say := m.leader, m.say
	m.staffAreOneOfFour()
	j.follow(m.path + "/decide")
	j.look("open the vote")
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	j.sees(j.words().T("material.decide.done"))
	late := m.p.journey(j.t, j.how)
	late.signsInAs(m.thirdPerson)
	late.open(m.path + "/vote")

	j.votes(m, "yes", "")
	m.second.votes(m, "no", say.dissent)
	j.reload()
	j.seesNot(say.dissent)
	j.look("half of the group has voted")
	m.mediator.votes(m, "yes", "")
	m.third.votes(m, "yes", "")
	m.third.sees(say.dissent)
	m.third.look("decided")

	late.tick("input[name=choice][value=no]")
	late.fill("#words", say.missing)
	late.press(sendButton)
	late.saysNo(late.words().T("material.vote.over", "Day", late.words().Day(late.today())))
	late.seesNot(say.dissent)
	if late.value("#words") != say.missing || !late.exists("input[name=choice][value=no]:checked") {
		late.stop("what she typed is lost")
	}
	late.look("a vote that comes too late")
}

// staffAreOneOfFour tries a vote while half of the group are staff, which no vote survives:
// one of them steps out for a third leader.
func (m *making) staffAreOneOfFour() {
	j := m.leader
	j.follow(m.path + "/decide")
	j.press(sendButton)
	j.saysNo(j.words().T("material.vote.staff", "Staff", 2, "People", 4))
	j.look("no vote while half are staff")
	j.open(m.path + "/group")
	out := j.inTheRow(`main form[action$="/leave"]`, m.colleagueHandle)
	j.press(fmt.Sprintf("main form[action=%q] button", out))
	j.arrivedAt(m.path + "/group")
	m.invites(m.thirdPerson.Handle)
	j.sees(j.words().T("material.staff"))
	j.look("a group of four, and one of them staff")
	m.colleague.openAs(m.path+"/group", 404)
}

// votes votes once.
func (j *journey) votes(m *making, choice, words string) {
	j.t.Helper()
	j.open(m.path + "/group")
	j.follow(m.path + "/vote")
	if choice == "no" {
		j.press(sendButton)
		j.refused("choice")
		j.look("vote")
	}
	j.tick(fmt.Sprintf("input[name=choice][value=%s]", choice))
	if words != "" {
		j.fill("#words", words)
	}
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	j.sees(j.words().T("material.vote.done"))
}
