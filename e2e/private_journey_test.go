//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// letters are what people of these journeys ask and answer, by language.
var letters = map[string]struct{ title, question, answer, more, group, purpose string }{
	"en": {
		"A letter that I cannot read", "A letter came about my papers. I do not understand it. What can I do?", "Bring it on Tuesday, we read it together.",
		"Thank you. I will come.", "The long table", "For those who cook together.",
	},
	"ar": {
		"رسالة لا أفهمها", "وصلتني رسالة عن أوراقي ولا أفهمها. ماذا أفعل؟", "أحضريها يوم الثلاثاء ونقرؤها معًا.",
		"شكرًا. سآتي.", "المائدة الطويلة", "لمن يطبخن معًا.",
	},
}

// TestAPrivateQuestionStaysBetweenHerAndThePeers: she asks, a peer with the key answers, she
// reads it in a new session; a coordinator and the files of the server know nothing of it.
func TestAPrivateQuestionStaysBetweenHerAndThePeers(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say := letters[how.lang()]
		author := p.journey(t, how)
		key := author.joins(p)
		author.open("/ask")
		author.look("ask privately")
		author.press(sendButton)
		author.refused("title")
		author.fill("#title", say.title)
		author.fill("#body", say.question)
		author.press(sendButton)
		author.arrivedAt("/ask/")
		author.sees(say.question)
		author.look("asked")
		question := author.path()

		peer := p.journey(t, how)
		peer.signsInAs(p.withRole(t, "peer"))
		peer.goesTo("/asked")
		peer.look("questions that wait")
		peer.follow(peer.inTheRow(`main .row-title a[href^="/asked/"]`, say.title))
		peer.sees(say.question)
		peer.look("a question")
		peer.fill("#body", say.answer)
		peer.press(sendButton)
		peer.sees(say.answer)

		other := p.journey(t, how)
		other.signsInAs(p.withRole(t, "coordinator"))
		for _, path := range []string{question, strings.Replace(question, "/ask/", "/asked/", 1)} {
			other.openAs(path, 404)
			other.seesNot(say.question)
		}

		again := p.journey(t, how)
		again.signsIn(key)
		again.open("/ask")
		again.follow(question)
		again.sees(say.answer)
		again.look("answered")
		again.fill("#body", say.more)
		again.press(sendButton)
		again.sees(say.more)
		p.holdsNot(t, say.title, say.question, say.answer, say.more)
		again.press(fmt.Sprintf(`main a[href=%q]`, question+"/delete"))
		again.look("delete a question")
		again.press(graveButton)
		again.seesNot(say.title)
	})
}

// TestTwoMembersLetAThirdIn: a group begins with two codes of the host; everybody else comes
// in when two members vouch, and nobody's name is asked.
func TestTwoMembersLetAThirdIn(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say := letters[how.lang()]
		host := p.journey(t, how)
		host.signsInAs(p.withRole(t, "coordinator"))
		host.open("/groups/new")
		host.look("a new group")
		host.fill("#name", say.group)
		host.fill("#purpose", say.purpose)
		host.press(sendButton)
		host.look("first codes")
		starters := host.codesShown(2)
		group := host.attr(`main p.actions a[href^="/groups/"]`, "href")
		board := strings.Replace(group, "/groups/", "/forum/", 1)

		var members []*journey
		for _, code := range starters {
			j := p.journey(t, how)
			j.joins(p)
			j.openAs(board, 404)
			j.usesCode(group, code)
			j.sees(j.words().T("forum.group.vouch"))
			members = append(members, j)
		}
		members[0].look("inside")
		candidate := p.journey(t, how)
		candidate.joins(p)
		candidate.usesCode(group, starters[0]) // it was used
		candidate.refused("code")
		candidate.look("a code that was used")
		candidate.press(`main form[action$="/ask"] button`)
		candidate.look("her own code")
		code := candidate.codesShown(1)[0]
		candidate.usesCode(group, code) // nobody vouches for herself
		candidate.seesNot(candidate.words().T("forum.group.vouch"))

		members[0].usesCode(group, code)
		members[0].look("one has vouched")
		candidate.openAs(board, 404) // one voice alone lets nobody in
		members[1].usesCode(group, code)
		candidate.open(group)
		candidate.sees(candidate.words().T("forum.group.vouch"))
		candidate.open(board)
		candidate.sees(say.group)
		candidate.look("the group's room")
	})
}

// usesCode types a code on the page of a group.
func (j *journey) usesCode(group, code string) {
	j.t.Helper()
	j.open(group)
	j.fill("#code", code)
	j.press(`main form[action$="/code"] button`)
}

// codesShown reads the codes of a page that shows them once.
func (j *journey) codesShown(want int) []string {
	j.t.Helper()
	codes := ask(j, "codes", chromedp.Evaluate[[]string](`[...document.querySelectorAll(".key-show")].map(e => e.innerText.trim())`))
	if len(codes) != want {
		j.stop("the page shows the codes %q, want %d", codes, want)
	}
	return codes
}
