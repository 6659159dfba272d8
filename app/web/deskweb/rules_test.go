package deskweb_test

import (
	"regexp"
	"strings"
	"testing"
)

func TestADraftOfTheRulesIsThrownAwayAfterAQuestion(t *testing.T) {
	p := open(t)
	p.who = p.admin
	base := regexp.MustCompile(`name="base" value="([0-9a-f]+)"`)
	text := strings.Repeat("A rule that everybody understands. ", 5)
	write := func(lang string) {
		t.Helper()
		form := p.get(t, "/team/rules/"+lang).body
		if a := p.post(t, "/team/rules/"+lang, "body", text, "base", base.FindStringSubmatch(form)[1]); a.status != 303 {
			t.Fatalf("%s: %d", lang, a.status)
		}
	}
	wantsNot(t, p.get(t, "/team/rules").body, `href="/team/rules/drop"`)
	nothing := p.get(t, "/team/rules/drop").body
	wants(t, nothing, "There is no draft any more")
	wantsNot(t, nothing, `action="/team/rules/drop"`)
	if a := p.post(t, "/team/rules/drop"); a.status != 303 || a.to != "/team/rules" {
		t.Errorf("nothing to throw away: %d to %q", a.status, a.to)
	}

	write("it")
	wants(t, p.get(t, "/team/rules").body, `href="/team/rules/drop"`)
	asked := p.get(t, "/team/rules/drop").body
	wants(t, asked, "Throw this draft away?", `href="/team/rules/it"`, "how it was decided is missing", "Who can see this")
	wantsNot(t, asked, `href="/team/rules/en"`, text)
	write("fr") // a colleague's, after she had opened the page
	if a := p.post(t, "/team/rules/drop", "base", base.FindStringSubmatch(asked)[1]); a.status != 303 || a.to != "/team/rules/drop" {
		t.Errorf("an older look: %d to %q", a.status, a.to)
	}
	asked = p.get(t, "/team/rules/drop").body
	wants(t, asked, `href="/team/rules/fr"`)
	p.who = p.mod
	if a, b := p.get(t, "/team/rules/drop"), p.post(t, "/team/rules/drop", "base", base.FindStringSubmatch(asked)[1]); a.status != 404 || b.status != 404 {
		t.Errorf("as a moderator: %d and %d", a.status, b.status)
	}
	p.who = p.admin
	if a := p.post(t, "/team/rules/drop", "base", base.FindStringSubmatch(asked)[1]); a.status != 303 || a.to != "/team/rules" {
		t.Errorf("thrown away: %d to %q", a.status, a.to)
	}
	wants(t, p.get(t, "/team/rules").body, "Version 2", "not begun")
	wantsNot(t, p.get(t, "/team/rules/it").body, text)
}
