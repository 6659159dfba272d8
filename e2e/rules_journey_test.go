//go:build e2e

package e2e

import (
	"strings"
	"testing"

	"portico/locales"
)

// TestTheHouseChangesWhatItDecidesBy is a moderator who watches a word, and a coordinator
// who makes a board and writes down new house rules, which a member reads once.
func TestTheHouseChangesWhatItDecidesBy(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		moderator := p.journey(t, how)
		moderator.signsInAs(p.withRole(t, "moderator"))
		moderator.watches("zanzibar express")

		coordinator := p.journey(t, how)
		coordinator.signsInAs(p.withRole(t, "coordinator"))
		coordinator.makesABoard("b77")
		coordinator.writesRules(strings.Repeat("We listen before we speak. ", 6))

		member := p.journey(t, how)
		member.joins(p)
		member.open("/")
		member.follow("/rules/changes")
		member.look("what changed")
		member.press(`main form[action="/rules/read"] button`)
		member.arrivedAt("/rules")
		member.sees(member.words().T("rules.read.now"))
		member.open("/")
		if member.exists(`main a[href="/rules/changes"]`) {
			member.stop("she is told again")
		}
	})
}

func (j *journey) watches(term string) {
	j.t.Helper()
	j.goesTo("/desk")
	j.follow("/desk/terms")
	j.look("watched words")
	j.fill("#term", "a")
	j.press(sendButton)
	j.refused("term")
	j.look("a word that is too short")
	j.fill("#term", term)
	j.press(sendButton)
	j.wait("#trial")
	j.look("a dry run")
	j.press(sendButton)
	j.arrivedAt("/desk/terms")
	j.sees(j.words().T("desk.term.added"))
	j.sees(term)
	j.look("a word is watched")
}

func (j *journey) makesABoard(slug string) {
	j.t.Helper()
	j.goesTo("/team")
	j.follow("/team/boards")
	j.look("boards")
	j.follow("/team/boards/new")
	j.fill("#slug", "sexwork")
	j.fill("#name-en", "A bench in the shade")
	j.fill("#purpose-en", "To sit for a while")
	j.press(sendButton)
	j.refused("slug")
	j.look("a telling address")
	j.paste("#slug", slug)
	j.press(sendButton)
	j.arrivedAt("/team/boards")
	j.sees("A bench in the shade")
	j.press(`main form[action="/team/boards/` + slug + `/move"] button[value="up"]`)
	j.arrivedAt("/team/boards")
	j.sees(j.words().T("board.moved"))
	j.look("a board moved")
	j.follow("/team/boards/start")
	j.look("a board that is in use")
}

func (j *journey) writesRules(text string) {
	j.t.Helper()
	j.goesTo("/team")
	j.follow("/team/rules")
	j.look("rules in the making")
	for _, lang := range locales.Complete {
		j.follow("/team/rules/" + lang)
		if lang == "ar" {
			j.look("rules in one language")
		}
		j.paste("#body", text+lang)
		j.paste("#decided", "Vote of nine leaders, eight in favour.")
		j.press(sendButton)
		j.arrivedAt("/team/rules")
	}
	j.look("rules that are ready")
	j.press(sendButton)
	j.arrivedAt("/rules")
	j.sees(text[:20])
	j.look("new rules")
}
