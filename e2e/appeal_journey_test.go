//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// heavier are what people of these journeys write when it is serious, by language.
type heavier struct {
	title, threat, plea, reply, danger, draft string
}

var serious = map[string]heavier{
	"en": {
		title: "He asks again", threat: "I know where you live, I will come and find you.", plea: "It is what he wrote to me. I only told it.",
		reply: "I read it again. You told what was done to you.", danger: "I do not want to live any more.", draft: "I wanted to say that it",
	},
	"ar": {
		title: "يسأل من جديد", threat: "أعرف أين تسكنين وسآتي إليك وأجدك.", plea: "هذا ما كتبه لي. أنا حكيت فقط.",
		reply: "قرأتها من جديد. حكيتِ ما حدث معك.", danger: "لا أريد أن أعيش بعد الآن.", draft: "أردت أن أقول إن ذلك",
	},
}

// TestAnotherModeratorAnswersAnAppeal: a pause needs a second person, and its author asks
// for another look; nobody answers about her own decision.
func TestAnotherModeratorAnswersAnAppeal(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say := serious[how.lang()]
		author := p.journey(t, how)
		author.joins(p)
		talk := author.starts("health", say.title, how.sentences().mended)

		moderators := p.everybodyWith(t, "moderator")
		first, second := p.journey(t, how), p.journey(t, how)
		first.signsInAs(moderators[0])
		second.signsInAs(moderators[1])
		first.takes(how.sentences().mended)
		first.pauses("threat")
		author.open(talk)
		author.sees(author.words().T("forum.second.waits"))
		author.look("a pause that waits for a second person")

		first.mayNotTake(how.sentences().mended, "desk.second.own")
		second.takes(how.sentences().mended)
		second.look("a pause to agree to")
		second.press(settle("0"))
		second.arrivedAt("/desk")

		author.asksForAnotherLook(say.plea)
		first.mayNotTake(how.sentences().mended, "desk.second.own")
		second.takes(how.sentences().mended)
		second.sees(say.plea)
		second.look("an appeal in hand")
		second.fill("#words", say.reply)
		second.press(settle("0"))
		second.arrivedAt("/desk")
		author.open(talk)
		author.seesNot(author.words().T("forum.decided.pause"))
		author.open("/my/talks")
		author.click("main details summary")
		author.sees(author.words().T("forum.appeal.changed"))
		author.sees(say.reply)
		author.look("her list says what became of it")
		visitor := p.journey(t, how)
		visitor.open(talk)
		visitor.sees(how.sentences().mended)
	})
}

// settle is the button of a second look: 1 lets the decision stand, 0 undoes it.
func settle(stand string) string {
	return fmt.Sprintf(`main form[action$="/settle"] button[name=stand][value=%q]`, stand)
}

// pauses decides that the author may not write for some days.
func (j *journey) pauses(reason string) {
	j.t.Helper()
	j.tick("input[name=action][value=pause]")
	j.choose("#reason", reason)
	j.press(decideButton)
	j.arrivedAt("/desk")
}

// mayNotTake wants the desk to leave an entry to somebody else.
func (j *journey) mayNotTake(words, why string) {
	j.t.Helper()
	j.open("/desk")
	one := j.item(words)
	j.click(one + " summary")
	j.press(one + " .queue-body form button")
	j.arrivedAt("/desk")
	j.sees(j.words().T(why))
}

// asksForAnotherLook appeals from the talk itself, once.
func (j *journey) asksForAnotherLook(words string) {
	j.t.Helper()
	j.press(`main a[href^="/decisions/"]`)
	j.look("ask for another look")
	j.fill("#words", words)
	form := j.path()
	j.press(sendButton)
	j.arrivedAt("/my/talks")
	j.sees(j.words().T("forum.appeal.sent"))
	j.open(form)
	j.fill("#words", words)
	j.press(sendButton)
	j.sees(j.words().T("desk.appeal.once"))
	if got := j.value("#words"); got != words {
		j.stop("her words came back as %q", got)
	}
	j.look("asked twice")
}

// TestWordsOfDangerBringHelpAtOnce: the lines stand beside the post, with whether somebody
// of the team is there; the desk has it first.
func TestWordsOfDangerBringHelpAtOnce(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say := serious[how.lang()]
		j := p.journey(t, how)
		j.joins(p)
		talk := j.starts("health", say.title, say.danger)
		j.sees(j.words().T("forum.care.self-harm"))
		j.sees(j.words().T("forum.care.promise"))
		if !j.exists(`section.notice.danger a[href^="tel:"]`) {
			j.stop("no help line can be called")
		}
		j.look("help at once")
		if strings.Contains(j.path(), "harm") {
			j.stop("the address says what she wrote")
		}
		moderator := p.journey(t, how)
		moderator.signsInAs(p.withRole(t, "moderator"))
		moderator.goesTo("/desk")
		if one := moderator.item(say.danger); one != "details.queue:nth-of-type(1)" && !moderator.exists("details.queue.danger") {
			moderator.stop("words of danger are not at the head of the queue but at %s", one)
		}
		moderator.look("danger first")
		_ = talk
	})
}

// TestADraftAndWhatIsNewWaitForHer: an unsent answer and the place where she stopped
// reading are hers, in whatever window she comes back.
func TestADraftAndWhatIsNewWaitForHer(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say := serious[how.lang()]
		reader := p.journey(t, how)
		key := reader.joins(p)
		talk := reader.firstTalk("health")
		reader.press(`main form[action$="/follow"] button`)
		reader.fill("#body", say.draft)
		reader.press(`main form.form button[name=keep]`)
		reader.sees(reader.words().T("forum.draft.kept"))
		reader.look("draft kept")
		reader.react()

		peer := p.journey(t, how)
		peer.signsInAs(p.withRole(t, "peer"))
		peer.open(talk)
		peer.tick("input[name=name_mode][value=handle]")
		peer.fill("#body", how.sentences().answer)
		peer.press(sendButton)
		peer.sees(how.sentences().answer)

		again := p.journey(t, how)
		again.signsIn(key)
		again.press(`.areas a[href="/my/talks"]`)
		again.sees(again.words().T("forum.mine.new"))
		again.look("something new in her list")
		again.press(fmt.Sprintf(`main a[href=%q]`, talk+"#new"))
		again.sees(again.words().T("forum.new.here"))
		if got := again.value("#body"); got != say.draft {
			again.stop("the draft came back as %q", got)
		}
		again.look("what is new, and the draft")
		again.open("/my/talks")
		again.seesNot(again.words().T("forum.mine.new"))
	})
}

// react leaves a kind word at a post and takes it back.
func (j *journey) react() {
	j.t.Helper()
	word := `main article.post .more button[value$=".with"]`
	j.click(`main article.post:has(button[value$=".with"]) details.more summary`)
	j.press(word)
	if got := j.attr(word, "aria-pressed"); got != "true" {
		j.stop("her kind word is not marked as hers: %q", got)
	}
	j.click(`main article.post:has(button[value$=".with"]) details.more summary`)
	j.look("a kind word")
	j.press(word)
	if got := j.attr(word, "aria-pressed"); got != "false" {
		j.stop("her kind word is still there: %q", got)
	}
}
