//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// TestOddWordsAreAnsweredAndNothingIsLost is a member who pastes far too much, quotes in
// quotes and words of two directions, and who answers a talk that is closed meanwhile.
func TestOddWordsAreAnsweredAndNothingIsLost(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), how.sentences()
		her := p.journey(t, how)
		her.signsInAs(p.withRole(t, ""))
		her.pastesTooMuch(say.title)

		odd := strings.Repeat("> ", 900) + say.answer + "\n\n" + say.mended + " \u202eآمن safe\u2066 12-34 (all)\n\n```\n" + strings.Repeat("long", 60)
		her.paste("#body", odd)
		her.press(sendButton)
		her.arrivedAt("/forum/care/")
		her.sees(say.answer)
		her.sees(say.mended)
		if n := her.count("article.post blockquote"); n > 6 {
			t.Errorf("%d quotes stand in each other", n)
		}
		her.look("quotes in quotes and two directions")

		her.answersTooLate(t, p, how)
	})
}

// pastesTooMuch sends 100,000 times one letter of her script; it comes back whole.
func (j *journey) pastesTooMuch(title string) {
	j.t.Helper()
	letter := "a"
	if j.how.lang() == "ar" {
		letter = "ا"
	}
	long := strings.Repeat(letter, 100_000)
	j.open("/forum/care/start")
	j.fill("#title", title)
	j.paste("#body", long)
	j.press(sendButton)
	j.refused("body")
	j.sees(j.words().T("forum.body.long", "Most", 8000))
	if j.value("#body") != long || j.value("#title") != title {
		j.stop("%d of %d letters came back, and the title %q", len([]rune(j.value("#body"))), len([]rune(long)), j.value("#title"))
	}
	j.look("far too much")
}

// answersTooLate types an answer while a moderator closes the talk.
func (j *journey) answersTooLate(t *testing.T, p *portal, how opts) {
	j.t.Helper()
	say := how.sentences()
	talk := j.firstTalk("health")
	j.fill("#body", say.answer)

	reporter, moderator := p.journey(t, how), p.journey(t, how)
	reporter.signsIn(p.person(t, "Teo").Key)
	post := reporter.reports(say.note)
	moderator.signsInAs(p.everybodyWith(t, "moderator")[0])
	moderator.takes(post)
	moderator.tick("input[name=action][value=close]")
	moderator.choose("#reason", "off-topic")
	moderator.press(decideButton)
	moderator.arrivedAt("/desk")

	j.press(sendButton)
	if j.status != http.StatusForbidden || j.value("#body") != say.answer {
		j.stop("the closed talk answers %d, and %q came back", j.status, j.value("#body"))
	}
	j.sees(j.words().T("forum.topic.closed"))
	j.look("a talk that was closed while she typed")
	j.open(talk)
	j.seesNot(say.answer)
}

// TestADraftOfTheRulesIsThrownAway: two coordinators look at one draft; what one of them
// wrote meanwhile is not thrown away unread.
func TestADraftOfTheRulesIsThrownAway(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		people := p.allWith(t, "coordinator", 2)
		first, second := p.journey(t, how), p.journey(t, how)
		first.signsInAs(people[0])
		second.signsInAs(people[1])
		first.drafts("it", "Si ascolta prima di parlare. ")
		first.follow("/team/rules/drop")
		first.look("throw a draft away")

		second.drafts("fr", "On écoute avant de parler. ")
		first.press(graveButton)
		first.arrivedAt("/team/rules/drop")
		first.sees(first.words().T("rules.drop.faster"))
		if n := first.count("main .rows .row"); n != 2 {
			first.stop("%d texts are listed, want both", n)
		}
		first.look("a draft that changed meanwhile")
		first.press(graveButton)
		first.arrivedAt("/team/rules")
		first.sees(first.words().T("rules.dropped"))
		first.look("a draft is gone")
		first.follow("/team/rules/it")
		first.seesNot("Si ascolta prima di parlare.")
		second.open("/team/rules/drop")
		second.sees(second.words().T("rules.drop.none"))
		second.look("nothing to throw away")
	})
}

// drafts keeps a text of the rules in one language.
func (j *journey) drafts(lang, words string) {
	j.t.Helper()
	j.goesTo("/team")
	j.follow("/team/rules")
	j.follow(fmt.Sprintf("/team/rules/%s", lang))
	j.paste("#body", strings.Repeat(words, 6))
	j.press(sendButton)
	j.arrivedAt("/team/rules")
	j.sees(j.words().T("rules.saved"))
}
