package translateweb_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/store"
	"portico/app/translate/modeltest"
	"portico/app/vault"
	"portico/app/web/translateweb"
)

const small = "# Your rights\n\nYou can say no.\n\n- Call 1522.\n"

var hidden = regexp.MustCompile(`name="(segment|version|match)" value="([^"]*)"`)

// form reads the hidden fields of the first form on a page that has them.
func form(body string) []string {
	var fields []string
	seen := map[string]bool{}
	for _, m := range hidden.FindAllStringSubmatch(body, -1) {
		if !seen[m[1]] {
			fields, seen[m[1]] = append(fields, m[1], m[2]), true
		}
	}
	return fields
}

// save writes a segment as somebody.
func (p *portal) save(t *testing.T, who member.Actor, n int, words string) {
	t.Helper()
	p.who = who
	path := p.path(fmt.Sprintf("/it/%d", n))
	if a := p.post(t, path, append(form(p.get(t, path).body), "words", words)...); a.to != path {
		t.Fatalf("save %d: %d %s", n, a.status, a.body)
	}
}

func (p *portal) review(t *testing.T, who member.Actor, n int) answer {
	t.Helper()
	p.who = who
	path := p.path(fmt.Sprintf("/it/%d", n))
	return p.post(t, path+"/review", form(p.get(t, path).body)...)
}

func TestATextIsTranslatedReviewedAndPublished(t *testing.T) {
	p := open(t, false)
	p.who = p.leader
	wants(t, p.get(t, "/translate").body, "Nothing to translate yet")
	p.source(t, small)
	wants(t, p.get(t, "/translate").body, "Your rights", "Written in", p.path("/open"), "Italiano")
	if a := p.post(t, p.path("/open"), "lang", "en"); a.status != 422 || !strings.Contains(a.body, "not the one of the text") {
		t.Errorf("its own language: %d", a.status)
	}
	if a := p.post(t, p.path("/open"), "lang", "it"); a.to != p.path("/it") {
		t.Fatalf("open: %d to %q", a.status, a.to)
	}
	body := p.get(t, p.path("/it")).body
	wants(t, body, "0 of 3 segments reviewed", "in work", "You can say no.", p.path("/it/2"), "empty", "You have not ticked this language")
	p.save(t, p.mediator, 1, "I tuoi diritti")
	p.save(t, p.mediator, 2, "Puoi dire di no.")
	p.save(t, p.mediator, 3, "Chiama il 1523.")
	body = p.get(t, p.path("/it/3")).body
	wants(t, body, "The number \u20681522\u2069 is missing", "This has to be mended", "another person reviews them", "What stands before and after")
	wantsNot(t, body, "This is right")
	p.who = p.second
	wants(t, p.get(t, p.path("/it/3")).body, "A check has found something")
	if a := p.review(t, p.second, 3); a.status != 403 {
		t.Errorf("review with a fault: %d", a.status)
	}
	p.save(t, p.mediator, 3, "Chiama il 1522.")
	if a := p.review(t, p.mediator, 3); a.status != 403 || !strings.Contains(a.body, "another person reviews them") {
		t.Errorf("review her own: %d", a.status)
	}
	if a := p.review(t, p.peer, 3); a.status != 403 || !strings.Contains(a.body, "ticked") {
		t.Errorf("review without the language: %d", a.status)
	}
	if a := p.post(t, "/translate/languages", "lang", "it", "lang", "fr"); a.to != "/translate" {
		t.Errorf("say languages: %d", a.status)
	}
	for n := 1; n <= 3; n++ {
		if a := p.review(t, p.peer, n); a.to != p.path(fmt.Sprintf("/it/%d", n)) {
			t.Errorf("review %d: %d %s", n, a.status, a.body)
		}
	}
	p.who = p.mediator
	body = p.get(t, p.path("/it")).body
	wants(t, body, "waits for approval", "somebody else publishes it")
	wantsNot(t, body, "/approve")
	if a := p.post(t, p.path("/it/approve")); a.status != 403 {
		t.Errorf("approve her own: %d", a.status)
	}
	p.who = p.peer
	wants(t, p.get(t, p.path("/it")).body, "Publish this language", "Who can see this:")
	if a := p.post(t, p.path("/it/approve")); a.to != p.path("/it") {
		t.Errorf("approve: %d", a.status)
	}
	wants(t, p.get(t, p.path("/it")).body, "Published on 7 March 2026, checked by \u2068lampione\u2069.")
	wants(t, p.get(t, "/translate").body, "3 of 3 segments reviewed", "published", `value="it" checked`)
	p.source(t, strings.Replace(small, "You can say no.", "You can always say no.", 1))
	wants(t, p.get(t, p.path("/it")).body, "1 out of date", "Readers keep seeing", "source has changed")
	body = p.get(t, p.path("/it/2")).body
	wants(t, body, "<del>You can say no.</del>", "You can always say no.", "Puoi dire di no.", "everybody who reads the material", "Earlier versions", "written by \u2068ponte\u2069")
}

func TestTwoEditorsSeeBothTexts(t *testing.T) {
	p := open(t, false)
	p.source(t, small)
	must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.who = p.second
	seen := form(p.get(t, p.path("/it/2")).body)
	p.save(t, p.mediator, 2, "Puoi dire di no.")
	p.who = p.second
	a := p.post(t, p.path("/it/2"), append(seen, "words", "Si può <dire> no.")...)
	if a.status != 409 {
		t.Errorf("the second: %d, want 409", a.status)
	}
	wants(t, a.body, "What stands here now", "<p>Puoi dire di no.</p>", "Si può &lt;dire&gt; no.</textarea>")
	if b := p.post(t, p.path("/it/2"), append(form(a.body), "words", "Si può dire no.")...); b.to != p.path("/it/2") {
		t.Errorf("after she has seen it: %d", b.status)
	}
	// The segment goes while she writes.
	seen = form(p.get(t, p.path("/it/3")).body)
	p.source(t, "# Your rights\n")
	a = p.post(t, p.path("/it/3"), append(seen, "words", "Chiama il 1522.")...)
	if a.status != 409 {
		t.Errorf("a segment that is gone: %d", a.status)
	}
	wants(t, a.body, "not in the text any more", "Chiama il 1522.</textarea>")
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t, false)
	p.source(t, small)
	must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.who = p.mediator
	fields := form(p.get(t, p.path("/it/2")).body)
	p.who = member.Actor{}
	a := p.post(t, p.path("/it/2"), append(fields, "words", "Careful words")...)
	if a.status != 401 {
		t.Errorf("signed out: %d", a.status)
	}
	wants(t, a.body, "Careful words</textarea>", `action="`+p.path("/it/2")+`"`, `href="/sign-in/team"`)
	wantsNot(t, a.body, "You can say no.")
	if a := p.post(t, "/translate/glossary/new", "term", "Careful words"); a.status != 401 || !strings.Contains(a.body, `value="Careful words"`) {
		t.Errorf("a term, signed out: %d", a.status)
	}
	p.who, p.old = p.mediator, true
	a = p.post(t, p.path("/it/2"), append(fields, "words", "Careful words")...)
	if a.status != 409 || !strings.Contains(a.body, "Careful words</textarea>") || strings.Contains(a.body, "What stands here now") {
		t.Errorf("an old form: %d", a.status)
	}
	p.old = false
	long := strings.Repeat("x", 8001)
	a = p.post(t, p.path("/it/2"), append(fields, "words", long)...)
	if a.status != 422 || !strings.Contains(a.body, long) || !strings.Contains(a.body, `href="#words"`) {
		t.Errorf("too long: %d", a.status)
	}
}

func TestTheMemoryIsOneTapAway(t *testing.T) {
	p := open(t, false)
	p.source(t, small)
	must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.save(t, p.mediator, 2, "Puoi dire di no.")
	p.review(t, p.second, 2)
	p.save(t, p.mediator, 2, "")
	body := p.get(t, p.path("/it/2")).body
	wants(t, body, "Translated before", "the same sentence", "Use these words")
	if a := p.post(t, p.path("/it/2/use"), form(body)...); a.to != p.path("/it/2") {
		t.Errorf("use: %d", a.status)
	}
	wants(t, p.get(t, p.path("/it/2")).body, "Puoi dire di no.</textarea>", "not yet reviewed")
	if a := p.post(t, p.path("/it/2/use"), form(body)...); a.status != 409 {
		t.Errorf("use an old page: %d", a.status)
	}
}

func TestTheMachineOnThePage(t *testing.T) {
	p := open(t, true)
	p.source(t, small)
	must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.who = p.peer
	wantsNot(t, p.get(t, p.path("/it")).body, "Ask the machine")
	p.who = p.mediator
	wants(t, p.get(t, p.path("/it")).body, "Ask the machine for a draft of the empty segments", "and nothing else", "This month: 0.00 of 5.00")
	p.model.Set(modeltest.TooMany)
	if a := p.post(t, p.path("/it/draft")); a.to != p.path("/it") {
		t.Fatalf("ask: %d", a.status)
	}
	body := p.get(t, p.path("/it")).body
	wants(t, body, "0 of 3 segments drafted.", "The rest is on its way.", "Look again")
	wantsNot(t, body, "Ask the machine for")
	if a := p.post(t, p.path("/it/draft")); a.status != 409 {
		t.Errorf("ask twice: %d", a.status)
	}
	_, err := p.jobs.RunDue(ctx)
	must(t, err)
	wants(t, p.get(t, p.path("/it")).body, "too much to do", "tried again by itself")
	p.model.Set(modeltest.Refusing)
	p.Time.Advance(time.Hour)
	_, err = p.jobs.RunDue(ctx)
	must(t, err)
	wants(t, p.get(t, p.path("/it")).body, "would not translate this text", "the segments are as they were", "Ask the machine for")
	p.model.Set(modeltest.Good)
	p.post(t, p.path("/it/draft"))
	_, err = p.jobs.RunDue(ctx)
	must(t, err)
	wants(t, p.get(t, p.path("/it")).body, "3 of 3 segments drafted.", "machine draft", "Puoi dire di no.", "Cost of this draft: 0.12")
	wants(t, p.get(t, p.path("/it/2")).body, "machine draft", "drafted by the machine", "This is right")
	p.save(t, p.mediator, 2, "Puoi sempre dire di no.")
	wants(t, p.get(t, p.path("/it/2")).body, "began as a machine draft")
}

func TestWithoutAMachineNoPageSpeaksOfOne(t *testing.T) {
	p := open(t, false)
	p.source(t, small)
	must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.save(t, p.mediator, 2, "Puoi dire di no.")
	for _, path := range []string{"/translate", "/translate/glossary", p.path("/it"), p.path("/it/1"), p.path("/it/2")} {
		body := p.get(t, path).body
		wantsNot(t, strings.ToLower(body[strings.Index(body, "<main"):]), "machine", "draft")
	}
	if a := p.post(t, p.path("/it/draft")); a.status != 404 {
		t.Errorf("ask: %d", a.status)
	}
}

func TestTheGlossaryOnThePage(t *testing.T) {
	p := open(t, false)
	p.who = p.peer
	body := p.get(t, "/translate/glossary?lang-of=fr").body
	wants(t, body, "réduction des risques", "for review", "Do not use")
	wantsNot(t, body, "Add a word", "/translate/glossary/new")
	wants(t, p.get(t, "/translate/glossary").body, "riduzione del danno")
	p.who = p.mediator
	if a := p.post(t, "/translate/glossary/new", "from", "en", "lang", "it", "term", " ", "preferred", "", "note", "Kept note"); a.status != 422 || !strings.Contains(a.body, `value="Kept note"`) || !strings.Contains(a.body, `href="#preferred"`) {
		t.Errorf("a bad term: %d", a.status)
	}
	if a := p.post(t, "/translate/glossary/new", "from", "en", "lang", "it", "term", "drop-in", "preferred", "spazio <aperto>"); a.to != "/translate/glossary?lang-of=it" {
		t.Errorf("add: %d", a.status)
	}
	body = p.get(t, "/translate/glossary?lang-of=it").body
	wants(t, body, "spazio &lt;aperto&gt;")
	path := regexp.MustCompile(`href="(/translate/glossary/[a-z2-7]{26})"[^>]*>(?:<bdi>)?drop-in`).FindStringSubmatch(body)
	if path == nil {
		t.Fatal("no way to the term")
	}
	wants(t, p.get(t, path[1]).body, `value="drop-in"`, "Remove this word")
	change := []string{"from", "en", "lang", "it", "term", "drop-in", "preferred", "spazio aperto", "version", "0"}
	if a := p.post(t, path[1], change...); a.to == "" {
		t.Errorf("change: %d %s", a.status, a.body)
	}
	a := p.post(t, path[1], append(change, "note", "Mine")...)
	if a.status != 409 || !strings.Contains(a.body, `value="Mine"`) || !strings.Contains(a.body, `name="version" value="1"`) {
		t.Errorf("over another change: %d", a.status)
	}
	if a := p.post(t, path[1]+"/remove"); a.to != "/translate/glossary" {
		t.Errorf("remove: %d", a.status)
	}
	p.who = p.peer
	for _, c := range []string{path[1], path[1] + "/remove", "/translate/glossary/new"} {
		if a := p.post(t, c, change...); a.status != 404 {
			t.Errorf("a peer, %s: %d", c, a.status)
		}
	}
	p.besideASegment(t)
}

// besideASegment shows the words of the glossary beside a segment.
func (p *portal) besideASegment(t *testing.T) {
	t.Helper()
	p.source(t, "# Help\n\nAsk a peer educator.\n")
	must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.who = p.peer
	wants(t, p.get(t, p.path("/it/2")).body, "educatrice pari")
}

func TestNobodyElseFindsAnything(t *testing.T) {
	p := open(t, true)
	p.source(t, small)
	must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.who = p.mediator
	fields := form(p.get(t, p.path("/it/2")).body)
	plain := member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": plain, "a moderator": p.hire(t, "faro", member.RoleModerator)} {
		p.who = who
		for _, path := range []string{"/translate", "/translate/glossary", "/translate/glossary/" + p.doc.String(), p.path("/it"), p.path("/it/2"), p.path("/xx"), "/translate/x/it"} {
			if a := p.get(t, path); a.status != 404 {
				t.Errorf("%s, %s: %d", name, path, a.status)
			}
		}
		for _, path := range []string{"/translate/languages", p.path("/open"), p.path("/it/draft"), p.path("/it/approve"), p.path("/it/2/review"), p.path("/it/2/use")} {
			if a := p.post(t, path, append(fields, "match", p.doc.String(), "lang", "fr")...); a.status != 404 {
				t.Errorf("%s, POST %s: %d", name, path, a.status)
			}
		}
		if who.SignedIn() {
			for _, path := range []string{p.path("/it/2"), "/translate/glossary/new", "/translate/glossary/" + p.doc.String()} {
				if a := p.post(t, path, append(fields, "words", "x", "term", "x", "preferred", "y", "from", "en", "lang", "it")...); a.status != 404 {
					t.Errorf("%s, POST %s: %d", name, path, a.status)
				}
			}
		}
	}
	p.who = p.mediator
	for _, path := range []string{p.path("/fr"), p.path("/it/0"), p.path("/it/4"), p.path("/it/x"), "/translate/x/it"} {
		if a := p.get(t, path); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

func TestALongTextHasPages(t *testing.T) {
	p := open(t, false)
	var text strings.Builder
	for i := range 25 {
		fmt.Fprintf(&text, "Sentence number %d here.\n\n", i+1)
	}
	p.source(t, text.String())
	must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.who = p.mediator
	body := p.get(t, p.path("/it")).body
	wants(t, body, "Sentence number 20 here.", "?page=2")
	wantsNot(t, body, "Sentence number 21 here.")
	wants(t, p.get(t, p.path("/it?page=2")).body, "Sentence number 21 here.", "Segments before these")
	wants(t, p.get(t, p.path("/it/21")).body, p.path("/it?page=2"), "Segment 21 of 25")
}

func TestEveryCodeHasItsWords(t *testing.T) {
	p := open(t, false)
	for _, family := range translateweb.Families() {
		if len(family.Words) != len(family.Codes) {
			t.Errorf("%d words for the codes %v", len(family.Words), family.Codes)
		}
		for _, code := range family.Codes {
			if text := p.kit.Bundle.Printer("en").T(family.Words[code]); strings.HasPrefix(text, "[") {
				t.Errorf("%s has no words", code)
			}
		}
	}
}
