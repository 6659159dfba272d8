//go:build e2e

package e2e

import "testing"

func TestTheFirstPageOpens(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		j := serve(t).journey(t, how)
		j.firstVisit("/")
		if got := j.attr("html", "lang"); got != how.Lang {
			t.Errorf("the page is in %q, want %q", got, how.Lang)
		}
		j.look("first page")
	})
}

func TestTheFirstPageOpensOnPostgres(t *testing.T) {
	j := servePostgres(t).journey(t, ways[0])
	j.firstVisit("/")
	j.look("first page")
}

func TestTheDemonstrationSurvivesARestart(t *testing.T) {
	p := serve(t)
	member, moderator := p.withRole(t, ""), p.withRole(t, "moderator")
	if member.Key == "" || moderator.Handle == "" || moderator.Passphrase == "" || moderator.TOTP == "" {
		t.Errorf("the cast cannot sign in: %+v, %+v", member, moderator)
	}
	again := p.again(t)
	if got := again.person(t, member.Name); got.Key != member.Key {
		t.Errorf("after a restart %s has another key", member.Name)
	}
	j := again.journey(t, ways[0])
	j.open("/")
}
