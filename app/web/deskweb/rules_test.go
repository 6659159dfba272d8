package deskweb_test

import (
	"portico/app/web/webtest"
	"regexp"
	"strings"
	"testing"
)

func TestADraftOfTheRulesIsThrownAwayAfterAQuestion(t *testing.T) {
	p := open(t)
	p.Who = p.admin
	base := regexp.MustCompile(`name="base" value="([0-9a-f]+)"`)
	text := strings.Repeat("A rule that everybody understands. ", 5)
	write := func(lang string) {
		t.Helper()
		form := p.Get(t, "/team/rules/"+lang).Body
		if a := p.Post(t, "/team/rules/"+lang, "body", text, "base", base.FindStringSubmatch(form)[1]); a.Status != 303 {
			t.Fatalf("%s: %d", lang, a.Status)
		}
	}
	webtest.WantsNot(t, p.Get(t, "/team/rules").Body, `href="/team/rules/drop"`)
	nothing := p.Get(t, "/team/rules/drop").Body
	webtest.Wants(t, nothing, "There is no draft any more")
	webtest.WantsNot(t, nothing, `action="/team/rules/drop"`)
	if a := p.Post(t, "/team/rules/drop"); a.Status != 303 || a.To != "/team/rules" {
		t.Errorf("nothing to throw away: %d to %q", a.Status, a.To)
	}

	write("it")
	webtest.Wants(t, p.Get(t, "/team/rules").Body, `href="/team/rules/drop"`)
	asked := p.Get(t, "/team/rules/drop").Body
	webtest.Wants(t, asked, "Throw this draft away?", `href="/team/rules/it"`, "how it was decided is missing", "Who can see this")
	webtest.WantsNot(t, asked, `href="/team/rules/en"`, text)
	write("fr") // a colleague's, after she had opened the page
	if a := p.Post(t, "/team/rules/drop", "base", base.FindStringSubmatch(asked)[1]); a.Status != 303 || a.To != "/team/rules/drop" {
		t.Errorf("an older look: %d to %q", a.Status, a.To)
	}
	asked = p.Get(t, "/team/rules/drop").Body
	webtest.Wants(t, asked, `href="/team/rules/fr"`)
	p.Who = p.mod
	if a, b := p.Get(t, "/team/rules/drop"), p.Post(t, "/team/rules/drop", "base", base.FindStringSubmatch(asked)[1]); a.Status != 404 || b.Status != 404 {
		t.Errorf("as a moderator: %d and %d", a.Status, b.Status)
	}
	p.Who = p.admin
	if a := p.Post(t, "/team/rules/drop", "base", base.FindStringSubmatch(asked)[1]); a.Status != 303 || a.To != "/team/rules" {
		t.Errorf("thrown away: %d to %q", a.Status, a.To)
	}
	webtest.Wants(t, p.Get(t, "/team/rules").Body, "Version 2", "not begun")
	webtest.WantsNot(t, p.Get(t, "/team/rules/it").Body, text)
}
