//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"

	"portico/content"
)

// TestFromAnInvitationToAStatement is a newcomer with a card: she joins, walks through the
// first module of the peer educators' path and carries a statement away that somebody else
// can check. Nobody learns that it was she.
func TestFromAnInvitationToAStatement(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		j := p.journey(t, how)
		j.joins(p)
		first := content.Paths()[0].Modules[0]
		module := moduleCalled(t, first)
		j.open("/learn")
		j.look("the path")
		j.walksThrough(module)
		j.follow("/learn/" + first)
		j.press(fmt.Sprintf("main form[action=%q] button", "/learn/"+first+"/finish"))
		j.sees(j.words().T("learn.finished"))
		j.look("finished")
		code := j.makesAStatement(module)
		anybody := p.journey(t, how.other())
		anybody.checks(code, 200, "learn.verify.found")
		p.holdsNot(t, code)
	})
}

// moduleCalled finds a shipped module.
func moduleCalled(t *testing.T, slug string) content.Module {
	t.Helper()
	all, err := content.Modules()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Slug == slug {
			return m
		}
	}
	t.Fatalf("there is no module %q", slug)
	return content.Module{}
}

// walksThrough reads every unit, answers as it fits and goes through the story to an end.
func (j *journey) walksThrough(m content.Module) {
	j.t.Helper()
	at, text := "/learn/"+m.Slug, m.In(j.words().Tag)
	j.follow(at)
	j.press(nextStep)
	for _, unit := range text.Units {
		j.arrivedAt(at + "/units/" + unit.ID)
		j.press(unitButton)
	}
	j.press(nextStep)
	j.arrivedAt(at + "/quiz")
	for _, q := range text.Questions {
		j.answersAsItFits(q)
	}
	j.press(sendButton)
	j.sees(j.words().T("learn.quiz.all"))
	j.look("quiz")
	j.follow(at)
	j.press(nextStep)
	j.arrivedAt(at + "/story")
	for _, step := range text.Scenario.Through() {
		_, choice, _ := strings.Cut(step, "/")
		j.tick(fmt.Sprintf("input[name=choice][value=%q]", choice))
		j.press(sendButton)
	}
	j.sees(j.words().T("learn.story.end"))
}
