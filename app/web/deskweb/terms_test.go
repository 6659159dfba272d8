package deskweb_test

import (
	"regexp"
	"strings"
	"testing"

	"portico/app/forum"
	"portico/app/member"
)

func TestATermIsTriedBeforeItIsWatched(t *testing.T) {
	p := open(t)
	p.waits(t, p.member(t), forum.Draft{Title: "Night", Body: "The grey wolf.", Lang: "en"})
	a := p.post(t, "/desk/terms/new", "act", "watch", "term", "wolf", "lang", "en", "outcome", "hold", "note", "a bad advertisement")
	if a.status != 200 {
		t.Fatalf("the first press: %d to %q", a.status, a.to)
	}
	wants(t, a.body, "Nothing, in 0 posts.", `value="wolf"`, `value="a bad advertisement"`, `name="tried" value="en wolf"`, `value="watch"`)
	a = p.post(t, "/desk/terms/new", "act", "watch", "tried", "en wolf", "term", "fox", "lang", "en", "outcome", "hold")
	if a.status != 200 {
		t.Errorf("another word than the one that was tried: %d to %q", a.status, a.to)
	}
	a = p.post(t, "/desk/terms/new", "act", "watch", "tried", "en wolf", "term", "wolf", "lang", "en", "outcome", "hold")
	if a.status != 303 || a.to != "/desk/terms" {
		t.Fatalf("watch: %d to %q", a.status, a.to)
	}
	body := p.get(t, "/desk/terms").body
	wants(t, body, "<bdi>wolf</bdi>", "English · It waits", "lampione")
	wants(t, p.get(t, p.waits(t, p.member(t), forum.Draft{Title: "The wolf", Body: "A wolf.", Lang: "en"})).body,
		`<mark class="warned">wolf</mark>`, "<h1")
	remove := regexp.MustCompile(`action="(/desk/terms/[a-z2-7]{26}/remove)"`).FindStringSubmatch(body)
	if remove == nil {
		t.Fatal("no way to stop watching")
	}
	if a = p.post(t, remove[1]); a.status != 303 || a.to != "/desk/terms" {
		t.Errorf("stop watching: %d to %q", a.status, a.to)
	}
	wantsNot(t, p.get(t, "/desk/terms").body, "<bdi>wolf</bdi>")
}

func TestATermThatComesBackKeepsItsWords(t *testing.T) {
	p := open(t)
	fields := []string{"act", "watch", "tried", " (wolf)+", "term", "(wolf)+", "outcome", "warn", "note", "why not"}
	a := p.post(t, "/desk/terms/new", fields...)
	if a.status != 422 {
		t.Errorf("a pattern: %d", a.status)
	}
	wants(t, a.body, `href="#term"`, `value="(wolf)+"`, `value="why not"`, `value="warn" checked`)
	p.old = true
	if a = p.post(t, "/desk/terms/new", fields...); a.status != 409 {
		t.Errorf("an old form: %d", a.status)
	}
	wants(t, a.body, `value="(wolf)+"`)
	p.who = member.Actor{}
	if a = p.post(t, "/desk/terms/new", fields...); a.status != 401 {
		t.Errorf("after the session: %d", a.status)
	}
	wants(t, a.body, `value="(wolf)+"`, `href="/sign-in/team"`)
	wantsNot(t, a.body, "Watched now")
	for _, who := range []member.Actor{p.member(t), p.admin} {
		p.who = who
		if who.Has(member.RoleModerator) {
			continue
		}
		if a = p.post(t, "/desk/terms/new", fields...); a.status != 404 {
			t.Errorf("somebody else: %d", a.status)
		}
	}
}

func TestABoardIsMadeAndChangedInTheBrowser(t *testing.T) {
	p := open(t)
	p.who = p.admin
	wants(t, p.get(t, "/team/boards").body, "The doorway", "/forum/home", `href="/team/boards/new"`)
	wants(t, p.get(t, "/team/boards/new").body, `name="slug"`, `name="name-ar"`, `name="purpose-it"`, "Who can see this")
	fields := []string{"slug", "sexwork", "audience", "members", "name-en", "Quiet corner", "purpose-en", "To rest", "name-it", "Angolo", "purpose-it", "Per stare"}
	a := p.post(t, "/team/boards/new", fields...)
	if a.status != 422 {
		t.Errorf("a telling address: %d", a.status)
	}
	wants(t, a.body, `href="#slug"`, `value="sexwork"`, `value="Quiet corner"`, "To rest", `value="Angolo"`)
	fields[1] = "b4"
	if a = p.post(t, "/team/boards/new", fields...); a.status != 303 || a.to != "/team/boards" {
		t.Fatalf("a new board: %d to %q", a.status, a.to)
	}
	form := p.get(t, "/team/boards/b4").body
	base := regexp.MustCompile(`name="base" value="([0-9a-f]+)"`).FindStringSubmatch(form)
	if base == nil {
		t.Fatal("the form does not say what it began from")
	}
	wants(t, form, `value="members" checked`, `value="Angolo"`)
	change := []string{"audience", "public", "name-en", "Corner", "purpose-en", "To rest", "base", base[1]}
	if a = p.post(t, "/team/boards/b4", change...); a.status != 303 {
		t.Errorf("a change: %d", a.status)
	}
	a = p.post(t, "/team/boards/b4", change...)
	if a.status != 409 || strings.Count(a.body, "Corner") < 2 {
		t.Errorf("from an older look: %d", a.status)
	}
	p.waits(t, p.member(t), forum.Draft{Title: "Night", Body: "Words.", Lang: "en"})
	form = p.get(t, "/team/boards/home").body
	wants(t, form, "for those readers and for nobody else", `type="hidden" name="audience" value="public"`)
	for path, want := range map[string]string{"/team/boards/b4/archive": "state", "/team/boards/b4/move": "to"} {
		if a = p.post(t, path, want, "archived"); a.status != 303 || a.to != "/team/boards" {
			t.Errorf("%s: %d to %q", path, a.status, a.to)
		}
	}
	wants(t, p.get(t, "/team/boards").body, "archived", "Bring back")
	p.post(t, "/team/boards/b4/archive", "state", "nonsense")
	wants(t, p.get(t, "/team/boards").body, "Bring back")
	p.who = member.Actor{}
	if a = p.post(t, "/team/boards/b4", change...); a.status != 401 || !strings.Contains(a.body, `value="Corner"`) {
		t.Errorf("after the session: %d, or her words are lost", a.status)
	}
	p.who = p.mod
	for _, path := range []string{"/team/boards", "/team/boards/home"} {
		if a = p.get(t, path); a.status != 404 {
			t.Errorf("%s as a moderator: %d", path, a.status)
		}
	}
	if a = p.post(t, "/team/boards/b4", change...); a.status != 404 {
		t.Errorf("a change by a moderator: %d", a.status)
	}
}

func TestRulesAreWrittenAndBegin(t *testing.T) {
	p := open(t)
	p.who = p.admin
	wants(t, p.get(t, "/team/rules").body, "Version 2", "not begun", `href="/team/rules/ar"`)
	form := p.get(t, "/team/rules/it").body
	wants(t, form, "## Nessuno si deve poter riconoscere", `lang="it"`)
	base := regexp.MustCompile(`name="base" value="([0-9a-f]+)"`)
	text := strings.Repeat("A rule that everybody understands. ", 5)
	a := p.post(t, "/team/rules/it", "body", text, "decided", "short", "base", base.FindStringSubmatch(form)[1])
	if a.status != 422 || !strings.Contains(a.body, text) {
		t.Errorf("how it was decided, too short: %d, or her text is lost", a.status)
	}
	for _, lang := range []string{"en", "it", "fr", "ar"} {
		wantsNot(t, p.get(t, "/team/rules").body, `action="/team/rules/decide"`)
		form = p.get(t, "/team/rules/"+lang).body
		a = p.post(t, "/team/rules/"+lang, "body", text, "decided", "Vote of nine leaders", "base", base.FindStringSubmatch(form)[1])
		if a.status != 303 || a.to != "/team/rules" {
			t.Fatalf("%s: %d to %q", lang, a.status, a.to)
		}
	}
	a = p.post(t, "/team/rules/it", "body", text+"Mine.", "base", base.FindStringSubmatch(form)[1]+"00")
	if a.status != 409 || !strings.Contains(a.body, "Mine.</textarea>") || !strings.Contains(a.body, "<ins>") {
		t.Errorf("somebody was faster: %d, or not both are shown", a.status)
	}
	page := p.get(t, "/team/rules").body
	if a = p.post(t, "/team/rules/decide", "base", "0"); a.to != "/team/rules" {
		t.Errorf("an older look: to %q", a.to)
	}
	if a = p.post(t, "/team/rules/decide", "base", base.FindStringSubmatch(page)[1]); a.to != "/rules" {
		t.Errorf("the rules begin: to %q", a.to)
	}
	wants(t, p.get(t, "/team/rules").body, "Version 3", "not begun")
	p.who = p.mod
	for _, path := range []string{"/team/rules", "/team/rules/it"} {
		if a = p.get(t, path); a.status != 404 {
			t.Errorf("%s as a moderator: %d", path, a.status)
		}
	}
	if a = p.post(t, "/team/rules/it", "body", text); a.status != 404 {
		t.Errorf("a draft of a moderator: %d", a.status)
	}
	p.who = member.Actor{}
	if a = p.post(t, "/team/rules/it", "body", text); a.status != 401 || !strings.Contains(a.body, text) {
		t.Errorf("after the session: %d, or her text is lost", a.status)
	}
}
