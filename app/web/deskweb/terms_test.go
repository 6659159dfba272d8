package deskweb_test

import (
	"regexp"
	"strings"
	"testing"

	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/webtest"
)

func TestATermIsTriedBeforeItIsWatched(t *testing.T) {
	p := open(t)
	p.waits(t, p.Joined(t), forum.Draft{Title: "Night", Body: "The grey wolf.", Lang: "en"})
	a := p.Post(t, "/desk/terms/new", "act", "watch", "term", "wolf", "lang", "en", "outcome", "hold", "note", "a bad advertisement")
	if a.Status != 200 {
		t.Fatalf("the first press: %d to %q", a.Status, a.To)
	}
	webtest.Wants(t, a.Body, "Nothing, in 0 posts.", `value="wolf"`, `value="a bad advertisement"`, `name="tried" value="en wolf"`, `value="watch"`)
	a = p.Post(t, "/desk/terms/new", "act", "watch", "tried", "en wolf", "term", "fox", "lang", "en", "outcome", "hold")
	if a.Status != 200 {
		t.Errorf("another word than the one that was tried: %d to %q", a.Status, a.To)
	}
	a = p.Post(t, "/desk/terms/new", "act", "watch", "tried", "en wolf", "term", "wolf", "lang", "en", "outcome", "hold")
	if a.Status != 303 || a.To != "/desk/terms" {
		t.Fatalf("watch: %d to %q", a.Status, a.To)
	}
	body := p.Get(t, "/desk/terms").Body
	webtest.Wants(t, body, "<bdi>wolf</bdi>", "English · It waits", "lampione")
	webtest.Wants(t, p.Get(t, p.waits(t, p.Joined(t), forum.Draft{Title: "The wolf", Body: "A wolf.", Lang: "en"})).Body,
		`<mark class="warned">wolf</mark>`, "<h1")
	remove := regexp.MustCompile(`action="(/desk/terms/[a-z2-7]{26}/remove)"`).FindStringSubmatch(body)
	if remove == nil {
		t.Fatal("no way to stop watching")
	}
	if a = p.Post(t, remove[1]); a.Status != 303 || a.To != "/desk/terms" {
		t.Errorf("stop watching: %d to %q", a.Status, a.To)
	}
	webtest.WantsNot(t, p.Get(t, "/desk/terms").Body, "<bdi>wolf</bdi>")
}

func TestATermThatComesBackKeepsItsWords(t *testing.T) {
	p := open(t)
	fields := []string{"act", "watch", "tried", " (wolf)+", "term", "(wolf)+", "outcome", "warn", "note", "why not"}
	a := p.Post(t, "/desk/terms/new", fields...)
	if a.Status != 422 {
		t.Errorf("a pattern: %d", a.Status)
	}
	webtest.Wants(t, a.Body, `href="#term"`, `value="(wolf)+"`, `value="why not"`, `value="warn" checked`)
	p.Old = true
	if a = p.Post(t, "/desk/terms/new", fields...); a.Status != 409 {
		t.Errorf("an old form: %d", a.Status)
	}
	webtest.Wants(t, a.Body, `value="(wolf)+"`)
	p.Who = member.Actor{}
	if a = p.Post(t, "/desk/terms/new", fields...); a.Status != 401 {
		t.Errorf("after the session: %d", a.Status)
	}
	webtest.Wants(t, a.Body, `value="(wolf)+"`, `href="/sign-in/team"`)
	webtest.WantsNot(t, a.Body, "Watched now")
	for _, who := range []member.Actor{p.Joined(t), p.admin} {
		p.Who = who
		if who.Has(member.RoleModerator) {
			continue
		}
		if a = p.Post(t, "/desk/terms/new", fields...); a.Status != 404 {
			t.Errorf("somebody else: %d", a.Status)
		}
	}
}

func TestABoardIsMadeAndChangedInTheBrowser(t *testing.T) {
	p := open(t)
	p.Who = p.admin
	webtest.Wants(t, p.Get(t, "/team/boards").Body, "The doorway", "/forum/home", `href="/team/boards/new"`)
	webtest.Wants(t, p.Get(t, "/team/boards/new").Body, `name="slug"`, `name="name-ar"`, `name="purpose-it"`, "Who can see this")
	fields := []string{"slug", "sexwork", "audience", "members", "name-en", "Quiet corner", "purpose-en", "To rest", "name-it", "Angolo", "purpose-it", "Per stare"}
	a := p.Post(t, "/team/boards/new", fields...)
	if a.Status != 422 {
		t.Errorf("a telling address: %d", a.Status)
	}
	webtest.Wants(t, a.Body, `href="#slug"`, `value="sexwork"`, `value="Quiet corner"`, "To rest", `value="Angolo"`)
	fields[1] = "b4"
	if a = p.Post(t, "/team/boards/new", fields...); a.Status != 303 || a.To != "/team/boards" {
		t.Fatalf("a new board: %d to %q", a.Status, a.To)
	}
	form := p.Get(t, "/team/boards/b4").Body
	base := regexp.MustCompile(`name="base" value="([0-9a-f]+)"`).FindStringSubmatch(form)
	if base == nil {
		t.Fatal("the form does not say what it began from")
	}
	webtest.Wants(t, form, `value="members" checked`, `value="Angolo"`)
	change := []string{"audience", "public", "name-en", "Corner", "purpose-en", "To rest", "base", base[1]}
	if a = p.Post(t, "/team/boards/b4", change...); a.Status != 303 {
		t.Errorf("a change: %d", a.Status)
	}
	a = p.Post(t, "/team/boards/b4", change...)
	if a.Status != 409 || strings.Count(a.Body, "Corner") < 2 {
		t.Errorf("from an older look: %d", a.Status)
	}
	p.waits(t, p.Joined(t), forum.Draft{Title: "Night", Body: "Words.", Lang: "en"})
	form = p.Get(t, "/team/boards/home").Body
	webtest.Wants(t, form, "for those readers and for nobody else", `type="hidden" name="audience" value="public"`)
	for path, want := range map[string]string{"/team/boards/b4/archive": "state", "/team/boards/b4/move": "to"} {
		if a = p.Post(t, path, want, "archived"); a.Status != 303 || a.To != "/team/boards" {
			t.Errorf("%s: %d to %q", path, a.Status, a.To)
		}
	}
	webtest.Wants(t, p.Get(t, "/team/boards").Body, "archived", "Bring back")
	p.Post(t, "/team/boards/b4/archive", "state", "nonsense")
	webtest.Wants(t, p.Get(t, "/team/boards").Body, "Bring back")
	p.Who = member.Actor{}
	if a = p.Post(t, "/team/boards/b4", change...); a.Status != 401 || !strings.Contains(a.Body, `value="Corner"`) {
		t.Errorf("after the session: %d, or her words are lost", a.Status)
	}
	p.Who = p.mod
	for _, path := range []string{"/team/boards", "/team/boards/home"} {
		if a = p.Get(t, path); a.Status != 404 {
			t.Errorf("%s as a moderator: %d", path, a.Status)
		}
	}
	if a = p.Post(t, "/team/boards/b4", change...); a.Status != 404 {
		t.Errorf("a change by a moderator: %d", a.Status)
	}
}

func TestRulesAreWrittenAndBegin(t *testing.T) {
	p := open(t)
	p.Who = p.admin
	webtest.Wants(t, p.Get(t, "/team/rules").Body, "Version 2", "not begun", `href="/team/rules/ar"`)
	form := p.Get(t, "/team/rules/it").Body
	webtest.Wants(t, form, "## Nessuno si deve poter riconoscere", `lang="it"`)
	base := regexp.MustCompile(`name="base" value="([0-9a-f]+)"`)
	text := strings.Repeat("A rule that everybody understands. ", 5)
	a := p.Post(t, "/team/rules/it", "body", text, "decided", "short", "base", base.FindStringSubmatch(form)[1])
	if a.Status != 422 || !strings.Contains(a.Body, text) {
		t.Errorf("how it was decided, too short: %d, or her text is lost", a.Status)
	}
	for _, l := range p.Kit.Bundle.Languages() {
		lang := l.Tag
		webtest.WantsNot(t, p.Get(t, "/team/rules").Body, `action="/team/rules/decide"`)
		form = p.Get(t, "/team/rules/"+lang).Body
		a = p.Post(t, "/team/rules/"+lang, "body", text, "decided", "Vote of nine leaders", "base", base.FindStringSubmatch(form)[1])
		if a.Status != 303 || a.To != "/team/rules" {
			t.Fatalf("%s: %d to %q", lang, a.Status, a.To)
		}
	}
	a = p.Post(t, "/team/rules/it", "body", text+"Mine.", "base", base.FindStringSubmatch(form)[1]+"00")
	if a.Status != 409 || !strings.Contains(a.Body, "Mine.</textarea>") || !strings.Contains(a.Body, "<ins>") {
		t.Errorf("somebody was faster: %d, or not both are shown", a.Status)
	}
	page := p.Get(t, "/team/rules").Body
	if a = p.Post(t, "/team/rules/decide", "base", "0"); a.To != "/team/rules" {
		t.Errorf("an older look: to %q", a.To)
	}
	if a = p.Post(t, "/team/rules/decide", "base", base.FindStringSubmatch(page)[1]); a.To != "/rules" {
		t.Errorf("the rules begin: to %q", a.To)
	}
	webtest.Wants(t, p.Get(t, "/team/rules").Body, "Version 3", "not begun")
	p.Who = p.mod
	for _, path := range []string{"/team/rules", "/team/rules/it"} {
		if a = p.Get(t, path); a.Status != 404 {
			t.Errorf("%s as a moderator: %d", path, a.Status)
		}
	}
	if a = p.Post(t, "/team/rules/it", "body", text); a.Status != 404 {
		t.Errorf("a draft of a moderator: %d", a.Status)
	}
	p.Who = member.Actor{}
	if a = p.Post(t, "/team/rules/it", "body", text); a.Status != 401 || !strings.Contains(a.Body, text) {
		t.Errorf("after the session: %d, or her text is lost", a.Status)
	}
}
