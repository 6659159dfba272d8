//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// circle are the words of a group of four. Each holds a word that stands nowhere else in
// the portal, so that it can be looked for.
type circle struct {
	agreement, arrived, question, ideas, choice, decided, earlier, comment, late string
}

var circles = map[string]circle{
	"en": {
		agreement: "One evening a month, a marigold lamp on the table.", arrived: "We came in like driftwood, two of us late.",
		question: "How do I say no without turning into a hedgehog?", ideas: "A short word, said to the foxglove first.",
		choice: "I take the short word and a teasel.", decided: "We begin when the nightjar is heard.", earlier: "We begin with the samovar.",
		comment: "Nobody agreed about the nightjar, we said periwinkle.", late: "We begin with the barnacle.",
	},
	"ar": {
		agreement: "أمسية كل شهر وعلى الطاولة قنديل الأقحوان.", arrived: "وصلنا مثل الخيزران وتأخرت اثنتان.",
		question: "كيف أقول لا من غير أن أصير مثل القنفذ؟", ideas: "كلمة قصيرة تقال للياسمين أولا.",
		choice: "آخذ الكلمة القصيرة مع الزعفران.", decided: "نبدأ عند صوت الهدهد.", earlier: "نبدأ مع السماور.",
		comment: "لم نتفق على الهدهد بل قلنا الزنبق.", late: "نبدأ مع المحار.",
	},
}

func (c circle) all() []string {
	return []string{c.agreement, c.arrived, c.question, c.ideas, c.choice, c.decided, c.earlier, c.comment, c.late}
}

// TestFourPeersAgreeOnTheirMinutes: four peers gather with nobody above them, one writes,
// each of the four speaks before the minutes close, and nobody else ever reads them.
func TestFourPeersAgreeOnTheirMinutes(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), circles[how.lang()]
		enters := func(name string, how opts) (*journey, *person) {
			j, who := p.journey(t, how), p.person(t, name)
			j.signsInAs(who)
			return j, who
		}
		first, one := enters("Folake", how)
		writer, two := enters("Nadège", how)
		asker, three := enters("Capucine", how.other())
		last, four := enters("Ornella", how)

		group := first.gathers(say, two, three, four)
		writer.joinsTheGroup(group, say, false)
		asker.joinsTheGroup(group, say, false)
		last.joinsTheGroup(group, say, true)

		minutes := writer.writesMinutes(group, three, say)
		asker.choosesForHerself(group, minutes, say)
		first.signsNewWords(writer, minutes, say)
		for _, j := range []*journey{writer, asker} {
			j.signsMinutes(minutes)
			j.sees(j.words().T("supervision.quiet", "Handle", four.Handle))
		}
		last.closesThem(group, minutes, say, one)
		writer.cannotChangeThem(group, minutes, say)

		fifth, _ := enters("Yasmine", how)
		first.invites(group, p.person(t, "Yasmine"))
		fifth.joinsTheGroup(group, say, true)
		fifth.openAs(minutes, http.StatusNotFound)
		fifth.open(group)
		if fifth.exists(fmt.Sprintf("main a[href=%q]", minutes)) {
			fifth.stop("whoever came later finds the minutes of before")
		}
		fifth.look("a group for somebody new")

		coordinator, _ := enters("Petra", how)
		coordinator.countsASession(one, two, three, four)
		coordinator.openAs(group, http.StatusNotFound)
		coordinator.comesToNothing(group, minutes)
		coordinator.walksPast(p, say.all(), "/supervision/overview", "/work/team")
		p.keepsItSealed(t, coordinator, say.all())
	})
}

// gathers proposes an intervision, first with nobody in it but herself and no words.
func (j *journey) gathers(say circle, others ...*person) (group string) {
	j.t.Helper()
	j.goesTo("/supervision")
	j.follow("/supervision/new")
	j.follow("/supervision/new?kind=intervision")
	j.look("propose an intervision")
	j.paste("#agreement", say.agreement)
	j.press(sendButton)
	j.refused("peer")
	j.look("alone in a group")
	if got := j.value("#agreement"); got != say.agreement {
		j.stop("the agreement came back as %q", got)
	}
	for _, who := range others {
		j.tick(fmt.Sprintf("input[value=%q]", j.numberOf(who)))
	}
	j.press(sendButton)
	j.arrivedAt("/supervision")
	j.look("a group proposed")
	group = j.inTheRow(`main .row-title a[href^="/supervision/"]`, j.words().T("supervision.relation.proposed"))
	j.follow(group)
	j.sees(j.words().T("supervision.waits.other"))
	j.look("a group that is not complete")
	return group
}

// numberOf is the value of somebody's tick on a list of people.
func (j *journey) numberOf(who *person) string {
	j.t.Helper()
	find := fmt.Sprintf(`([...document.querySelectorAll("main label.tick")].find(e => e.innerText.trim() === %q)?.querySelector("input") || {value: ""}).value`, who.Handle)
	number := ask(j, "the tick of "+who.Handle, chromedp.Evaluate[string](find))
	if number == "" {
		j.stop("%s cannot be chosen", who.Handle)
	}
	return number
}

// joinsTheGroup reads the agreement and says yes. The group is open after the last of them.
func (j *journey) joinsTheGroup(group string, say circle, opens bool) {
	j.t.Helper()
	j.goesTo("/supervision")
	j.sees(j.words().T("supervision.waits.you"))
	j.follow(group)
	j.sees(say.agreement)
	j.look("asked into a group")
	j.press(`main form[action$="/accept"] button`)
	j.sees(j.words().T("supervision.accepted"))
	if got := j.exists(fmt.Sprintf("main a[href=%q]", group+"/write")); got != opens {
		j.stop("minutes can be written: %v, want %v", got, opens)
	}
}

// writesMinutes leads the session and writes, after sending the form with no word in it.
func (j *journey) writesMinutes(group string, asker *person, say circle) (minutes string) {
	j.t.Helper()
	j.open(group)
	j.follow(group + "/write")
	j.sees(j.words().T("supervision.turn.yours"))
	j.look("minutes")
	j.fill("#minutes", j.how.typedIn("85"))
	j.chooseNamed("#owner", asker.Handle)
	whose := j.value("#owner")
	j.press(sendButton)
	j.refused("check-in")
	j.look("minutes with no word")
	if n := j.count("input[name=present]:checked"); n != 4 || j.value("#owner") != whose {
		j.stop("%d people were there and the question is of %q", n, j.value("#owner"))
	}
	for field, words := range map[string]string{"check-in": say.arrived, "question": say.question, "ideas": say.ideas, "decisions": say.earlier} {
		j.paste("#"+field, words)
	}
	j.press(sendButton)
	j.arrivedAt("/supervision/entries/")
	j.sees(j.words().T("supervision.minutes.written"))
	j.sees(say.question)
	if j.exists("#choice") {
		j.stop("whoever leads could choose for whoever asked")
	}
	j.look("minutes written")
	return j.path()
}

// choosesForHerself is whoever brought the question.
func (j *journey) choosesForHerself(group, minutes string, say circle) {
	j.t.Helper()
	j.open(group)
	j.follow(minutes)
	j.sees(say.ideas)
	j.look("minutes with her question")
	j.paste("#choice", say.choice)
	j.press(`main form[action$="/choice"] button`)
	j.sees(j.words().T("supervision.choice.kept"))
}

// signsNewWords has read words that the writer changes meanwhile: her signature is not
// taken for them. She reads again, and signs beside a comment. Then the writer is too late.
func (j *journey) signsNewWords(writer *journey, minutes string, say circle) {
	j.t.Helper()
	j.open(minutes)
	j.sees(say.choice)
	writer.open(minutes)
	writer.follow(minutes + "/edit")
	writer.paste("#decisions", say.decided)
	writer.press(sendButton)
	writer.sees(say.decided)
	writer.follow(minutes + "/edit")
	writer.look("minutes to change")

	j.tick("input[name=verdict][value=disagree]")
	j.paste("#words", say.comment)
	j.press(signButton)
	if j.status != http.StatusConflict || j.value("#words") != say.comment {
		j.stop("signing old words answered %d and gave %q back", j.status, j.value("#words"))
	}
	j.sees(j.words().T("supervision.changed"))
	j.sees(say.decided)
	j.look("words changed meanwhile")
	j.press(signButton)
	j.sees(j.words().T("supervision.signed.done"))

	writer.paste("#decisions", say.late)
	writer.press(sendButton)
	if writer.status != http.StatusConflict || writer.value("#decisions") != say.late {
		writer.stop("changing what is signed answered %d and gave %q back", writer.status, writer.value("#decisions"))
	}
	writer.sees(writer.words().T("supervision.frozen"))
	writer.look("too late to change")
	j.reload()
	j.seesNot(say.late)
}

func (j *journey) signsMinutes(minutes string) {
	j.t.Helper()
	j.open(minutes)
	j.tick("input[name=verdict][value=sign]")
	j.press(signButton)
	j.sees(j.words().T("supervision.signed.done"))
	j.seesNot(j.words().T("supervision.state.agreed"))
}

// closesThem is the fourth: with her word the minutes are closed for all.
func (j *journey) closesThem(group, minutes string, say circle, disagrees *person) {
	j.t.Helper()
	j.open(minutes)
	j.sees(say.comment)
	if row := j.text(".row:has(.prose)"); !strings.Contains(row, disagrees.Handle) || !strings.Contains(row, j.words().T("supervision.said.disagree")) {
		j.stop("the comment stands under %q", row)
	}
	j.tick("input[name=verdict][value=sign]")
	j.press(signButton)
	j.sees(j.words().T("supervision.state.agreed"))
	j.look("minutes closed")
	j.open(group)
	j.sees(j.words().N("supervision.chain.holds", 4))
	j.look("a group with minutes")
}

// cannotChangeThem is whoever wrote them; she sees who has opened them.
func (j *journey) cannotChangeThem(group, minutes string, say circle) {
	j.t.Helper()
	j.open(minutes)
	if j.exists(fmt.Sprintf("main a[href=%q]", minutes+"/edit")) || j.exists("#choice") {
		j.stop("what four have agreed on can be changed")
	}
	j.openAs(minutes+"/edit", http.StatusNotFound)
	j.open(group)
	j.follow(group + "/readers")
	if n := j.count(fmt.Sprintf("main .row a[href=%q]", minutes)); n != 3 {
		j.stop("%d people opened what she wrote, want three", n)
	}
	j.seesNot(say.question)
	j.look("who opened the minutes")
}

// invites asks somebody into the group, after forgetting to say whom.
func (j *journey) invites(group string, who *person) {
	j.t.Helper()
	j.open(group)
	j.follow(group + "/invite")
	j.look("invite")
	j.press(sendButton)
	j.refused("account")
	j.chooseNamed("#account", who.Handle)
	j.press(sendButton)
	j.sees(j.words().T("supervision.invited"))
}

// countsASession is what a coordinator learns of it: who, how long and when.
func (j *journey) countsASession(people ...*person) {
	j.t.Helper()
	j.goesTo("/supervision")
	j.follow("/supervision/overview")
	find := fmt.Sprintf(`([...document.querySelectorAll("main tbody tr")].find(e => [%s].every(w => e.innerText.includes(w))) || {innerText: ""}).innerText`, quotedHandles(people))
	row, own := ask(j, "the row of the group", chromedp.Evaluate[string](find)), j.words()
	for _, want := range []string{own.N("supervision.minutes.n", 85), own.Day(j.today()), own.T("supervision.kind.intervision")} {
		if !strings.Contains(row, want) {
			j.stop("the row of the group does not say %q: %q", want, row)
		}
	}
	j.look("overview with the group")
}

func quotedHandles(people []*person) string {
	list := make([]string, len(people))
	for i, who := range people {
		list[i] = fmt.Sprintf("%q", who.Handle)
	}
	return strings.Join(list, ", ")
}
