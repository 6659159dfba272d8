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
	"portico/app/web/webtest"
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
	p.Who = who
	path := p.path(fmt.Sprintf("/it/%d", n))
	if a := p.Post(t, path, append(form(p.Get(t, path).Body), "words", words)...); a.To != path {
		t.Fatalf("save %d: %d %s", n, a.Status, a.Body)
	}
}

func (p *portal) review(t *testing.T, who member.Actor, n int) webtest.Answer {
	t.Helper()
	p.Who = who
	path := p.path(fmt.Sprintf("/it/%d", n))
	return p.Post(t, path+"/review", form(p.Get(t, path).Body)...)
}

func TestATextIsTranslatedReviewedAndPublished(t *testing.T) {
	p := open(t, false)
	p.Who = p.leader
	webtest.Wants(t, p.Get(t, "/translate").Body, "Nothing to translate yet")
	p.source(t, small)
	webtest.Wants(t, p.Get(t, "/translate").Body, "Your rights", "Written in", p.path("/open"), "Italiano")
	if a := p.Post(t, p.path("/open"), "lang", "en"); a.Status != 422 || !strings.Contains(a.Body, "not the one of the text") {
		t.Errorf("its own language: %d", a.Status)
	}
	if a := p.Post(t, p.path("/open"), "lang", "it"); a.To != p.path("/it") {
		t.Fatalf("open: %d to %q", a.Status, a.To)
	}
	body := p.Get(t, p.path("/it")).Body
	webtest.Wants(t, body, "0 of 3 segments reviewed", "in work", "You can say no.", p.path("/it/2"), "empty", "You have not ticked this language")
	p.save(t, p.mediator, 1, "I tuoi diritti")
	p.save(t, p.mediator, 2, "Puoi dire di no.")
	p.save(t, p.mediator, 3, "Chiama il 1523.")
	body = p.Get(t, p.path("/it/3")).Body
	webtest.Wants(t, body, "The number \u20681522\u2069 is missing", "This has to be mended", "another person reviews them", "What stands before and after")
	webtest.WantsNot(t, body, "This is right")
	p.Who = p.second
	webtest.Wants(t, p.Get(t, p.path("/it/3")).Body, "A check has found something")
	if a := p.review(t, p.second, 3); a.Status != 403 {
		t.Errorf("review with a fault: %d", a.Status)
	}
	p.save(t, p.mediator, 3, "Chiama il 1522.")
	if a := p.review(t, p.mediator, 3); a.Status != 403 || !strings.Contains(a.Body, "another person reviews them") {
		t.Errorf("review her own: %d", a.Status)
	}
	if a := p.review(t, p.peer, 3); a.Status != 403 || !strings.Contains(a.Body, "ticked") {
		t.Errorf("review without the language: %d", a.Status)
	}
	if a := p.Post(t, "/translate/languages", "lang", "it", "lang", "fr"); a.To != "/translate" {
		t.Errorf("say languages: %d", a.Status)
	}
	for n := 1; n <= 3; n++ {
		if a := p.review(t, p.peer, n); a.To != p.path(fmt.Sprintf("/it/%d", n)) {
			t.Errorf("review %d: %d %s", n, a.Status, a.Body)
		}
	}
	p.Who = p.mediator
	body = p.Get(t, p.path("/it")).Body
	webtest.Wants(t, body, "waits for approval", "somebody else publishes it")
	webtest.WantsNot(t, body, "/approve")
	if a := p.Post(t, p.path("/it/approve")); a.Status != 403 {
		t.Errorf("approve her own: %d", a.Status)
	}
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "Publish this language", "Who can see this:")
	if a := p.Post(t, p.path("/it/approve")); a.To != p.path("/it") {
		t.Errorf("approve: %d", a.Status)
	}
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "Published on 7 March 2026, checked by \u2068lampione\u2069.")
	webtest.Wants(t, p.Get(t, "/translate").Body, "3 of 3 segments reviewed", "published", `value="it" checked`)
	p.source(t, strings.Replace(small, "You can say no.", "You can always say no.", 1))
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "1 out of date", "Readers keep seeing", "source has changed")
	body = p.Get(t, p.path("/it/2")).Body
	webtest.Wants(t, body, "<del>You can say no.</del>", "You can always say no.", "Puoi dire di no.", "everybody who reads the material", "Earlier versions", "written by \u2068ponte\u2069")
}

func TestTwoEditorsSeeBothTexts(t *testing.T) {
	p := open(t, false)
	p.source(t, small)
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.Who = p.second
	seen := form(p.Get(t, p.path("/it/2")).Body)
	p.save(t, p.mediator, 2, "Puoi dire di no.")
	p.Who = p.second
	a := p.Post(t, p.path("/it/2"), append(seen, "words", "Si può <dire> no.")...)
	if a.Status != 409 {
		t.Errorf("the second: %d, want 409", a.Status)
	}
	webtest.Wants(t, a.Body, "What stands here now", "<p>Puoi dire di no.</p>", "Si può &lt;dire&gt; no.</textarea>")
	if b := p.Post(t, p.path("/it/2"), append(form(a.Body), "words", "Si può dire no.")...); b.To != p.path("/it/2") {
		t.Errorf("after she has seen it: %d", b.Status)
	}
	// The segment goes while she writes.
	seen = form(p.Get(t, p.path("/it/3")).Body)
	p.source(t, "# Your rights\n")
	a = p.Post(t, p.path("/it/3"), append(seen, "words", "Chiama il 1522.")...)
	if a.Status != 409 {
		t.Errorf("a segment that is gone: %d", a.Status)
	}
	webtest.Wants(t, a.Body, "not in the text any more", "Chiama il 1522.</textarea>")
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t, false)
	p.source(t, small)
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.Who = p.mediator
	fields := form(p.Get(t, p.path("/it/2")).Body)
	p.Who = member.Actor{}
	a := p.Post(t, p.path("/it/2"), append(fields, "words", "Careful words")...)
	if a.Status != 401 {
		t.Errorf("signed out: %d", a.Status)
	}
	webtest.Wants(t, a.Body, "Careful words</textarea>", `action="`+p.path("/it/2")+`"`, `href="/sign-in/team"`)
	webtest.WantsNot(t, a.Body, "You can say no.")
	if a := p.Post(t, "/translate/glossary/new", "term", "Careful words"); a.Status != 401 || !strings.Contains(a.Body, `value="Careful words"`) {
		t.Errorf("a term, signed out: %d", a.Status)
	}
	p.Who, p.Old = p.mediator, true
	a = p.Post(t, p.path("/it/2"), append(fields, "words", "Careful words")...)
	if a.Status != 409 || !strings.Contains(a.Body, "Careful words</textarea>") || strings.Contains(a.Body, "What stands here now") {
		t.Errorf("an old form: %d", a.Status)
	}
	p.Old = false
	long := strings.Repeat("x", 8001)
	a = p.Post(t, p.path("/it/2"), append(fields, "words", long)...)
	if a.Status != 422 || !strings.Contains(a.Body, long) || !strings.Contains(a.Body, `href="#words"`) {
		t.Errorf("too long: %d", a.Status)
	}
}

func TestTheMemoryIsOneTapAway(t *testing.T) {
	p := open(t, false)
	p.source(t, small)
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.save(t, p.mediator, 2, "Puoi dire di no.")
	p.review(t, p.second, 2)
	p.save(t, p.mediator, 2, "")
	body := p.Get(t, p.path("/it/2")).Body
	webtest.Wants(t, body, "Translated before", "the same sentence", "Use these words")
	if a := p.Post(t, p.path("/it/2/use"), form(body)...); a.To != p.path("/it/2") {
		t.Errorf("use: %d", a.Status)
	}
	webtest.Wants(t, p.Get(t, p.path("/it/2")).Body, "Puoi dire di no.</textarea>", "not yet reviewed")
	if a := p.Post(t, p.path("/it/2/use"), form(body)...); a.Status != 409 {
		t.Errorf("use an old page: %d", a.Status)
	}
}

func TestTheMachineOnThePage(t *testing.T) {
	p := open(t, true)
	p.source(t, small)
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.Who = p.peer
	webtest.WantsNot(t, p.Get(t, p.path("/it")).Body, "Ask the machine")
	p.Who = p.mediator
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "Ask the machine for a draft of the empty segments", "and nothing else", "This month: 0.00 of 5.00")
	p.model.Set(modeltest.TooMany)
	if a := p.Post(t, p.path("/it/draft")); a.To != p.path("/it") {
		t.Fatalf("ask: %d", a.Status)
	}
	body := p.Get(t, p.path("/it")).Body
	webtest.Wants(t, body, "0 of 3 segments drafted.", "The rest is on its way.", "Look again")
	webtest.WantsNot(t, body, "Ask the machine for")
	if a := p.Post(t, p.path("/it/draft")); a.Status != 409 {
		t.Errorf("ask twice: %d", a.Status)
	}
	_, err := p.jobs.RunDue(ctx)
	webtest.Must(t, err)
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "too much to do", "tried again by itself")
	p.model.Set(modeltest.Refusing)
	p.Time.Advance(time.Hour)
	_, err = p.jobs.RunDue(ctx)
	webtest.Must(t, err)
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "would not translate this text", "the segments are as they were", "Ask the machine for")
	p.model.Set(modeltest.Good)
	p.Post(t, p.path("/it/draft"))
	_, err = p.jobs.RunDue(ctx)
	webtest.Must(t, err)
	webtest.Wants(t, p.Get(t, p.path("/it")).Body, "3 of 3 segments drafted.", "machine draft", "Puoi dire di no.", "Cost of this draft: 0.12")
	webtest.Wants(t, p.Get(t, p.path("/it/2")).Body, "machine draft", "drafted by the machine", "This is right")
	p.save(t, p.mediator, 2, "Puoi sempre dire di no.")
	webtest.Wants(t, p.Get(t, p.path("/it/2")).Body, "began as a machine draft")
}

func TestWithoutAMachineNoPageSpeaksOfOne(t *testing.T) {
	p := open(t, false)
	p.source(t, small)
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.save(t, p.mediator, 2, "Puoi dire di no.")
	for _, path := range []string{"/translate", "/translate/glossary", p.path("/it"), p.path("/it/1"), p.path("/it/2")} {
		body := p.Get(t, path).Body
		webtest.WantsNot(t, strings.ToLower(body[strings.Index(body, "<main"):]), "machine", "draft")
	}
	if a := p.Post(t, p.path("/it/draft")); a.Status != 404 {
		t.Errorf("ask: %d", a.Status)
	}
}

func TestTheGlossaryOnThePage(t *testing.T) {
	p := open(t, false)
	p.Who = p.peer
	body := p.Get(t, "/translate/glossary?lang-of=fr").Body
	webtest.Wants(t, body, "réduction des risques", "for review", "Do not use")
	webtest.WantsNot(t, body, "Add a word", "/translate/glossary/new")
	webtest.Wants(t, p.Get(t, "/translate/glossary").Body, "riduzione del danno")
	p.Who = p.mediator
	if a := p.Post(t, "/translate/glossary/new", "from", "en", "lang", "it", "term", " ", "preferred", "", "note", "Kept note"); a.Status != 422 || !strings.Contains(a.Body, `value="Kept note"`) || !strings.Contains(a.Body, `href="#preferred"`) {
		t.Errorf("a bad term: %d", a.Status)
	}
	if a := p.Post(t, "/translate/glossary/new", "from", "en", "lang", "it", "term", "drop-in", "preferred", "spazio <aperto>"); a.To != "/translate/glossary?lang-of=it" {
		t.Errorf("add: %d", a.Status)
	}
	body = p.Get(t, "/translate/glossary?lang-of=it").Body
	webtest.Wants(t, body, "spazio &lt;aperto&gt;")
	path := regexp.MustCompile(`href="(/translate/glossary/[a-z2-7]{26})"[^>]*>(?:<bdi>)?drop-in`).FindStringSubmatch(body)
	if path == nil {
		t.Fatal("no way to the term")
	}
	webtest.Wants(t, p.Get(t, path[1]).Body, `value="drop-in"`, "Remove this word")
	change := []string{"from", "en", "lang", "it", "term", "drop-in", "preferred", "spazio aperto", "version", "0"}
	if a := p.Post(t, path[1], change...); a.To == "" {
		t.Errorf("change: %d %s", a.Status, a.Body)
	}
	a := p.Post(t, path[1], append(change, "note", "Mine")...)
	if a.Status != 409 || !strings.Contains(a.Body, `value="Mine"`) || !strings.Contains(a.Body, `name="version" value="1"`) {
		t.Errorf("over another change: %d", a.Status)
	}
	if a := p.Post(t, path[1]+"/remove"); a.To != "/translate/glossary" {
		t.Errorf("remove: %d", a.Status)
	}
	p.Who = p.peer
	for _, c := range []string{path[1], path[1] + "/remove", "/translate/glossary/new"} {
		if a := p.Post(t, c, change...); a.Status != 404 {
			t.Errorf("a peer, %s: %d", c, a.Status)
		}
	}
	p.besideASegment(t)
}

// besideASegment shows the words of the glossary beside a segment.
func (p *portal) besideASegment(t *testing.T) {
	t.Helper()
	p.source(t, "# Help\n\nAsk a peer educator.\n")
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, p.path("/it/2")).Body, "educatrice pari")
}

func TestNobodyElseFindsAnything(t *testing.T) {
	p := open(t, true)
	p.source(t, small)
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.Who = p.mediator
	fields := form(p.Get(t, p.path("/it/2")).Body)
	plain := member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": plain, "a moderator": p.Colleague(t, "faro", member.RoleModerator)} {
		p.Who = who
		for _, path := range []string{"/translate", "/translate/glossary", "/translate/glossary/" + p.doc.String(), p.path("/it"), p.path("/it/2"), p.path("/xx"), "/translate/x/it"} {
			if a := p.Get(t, path); a.Status != 404 {
				t.Errorf("%s, %s: %d", name, path, a.Status)
			}
		}
		for _, path := range []string{"/translate/languages", p.path("/open"), p.path("/it/draft"), p.path("/it/approve"), p.path("/it/2/review"), p.path("/it/2/use")} {
			if a := p.Post(t, path, append(fields, "match", p.doc.String(), "lang", "fr")...); a.Status != 404 {
				t.Errorf("%s, POST %s: %d", name, path, a.Status)
			}
		}
		if who.SignedIn() {
			for _, path := range []string{p.path("/it/2"), "/translate/glossary/new", "/translate/glossary/" + p.doc.String()} {
				if a := p.Post(t, path, append(fields, "words", "x", "term", "x", "preferred", "y", "from", "en", "lang", "it")...); a.Status != 404 {
					t.Errorf("%s, POST %s: %d", name, path, a.Status)
				}
			}
		}
	}
	p.Who = p.mediator
	for _, path := range []string{p.path("/fr"), p.path("/it/0"), p.path("/it/4"), p.path("/it/x"), "/translate/x/it"} {
		if a := p.Get(t, path); a.Status != 404 {
			t.Errorf("%s: %d", path, a.Status)
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
	webtest.Must(t, p.tr.Open(ctx, p.mediator, p.doc, "it"))
	p.Who = p.mediator
	body := p.Get(t, p.path("/it")).Body
	webtest.Wants(t, body, "Sentence number 20 here.", "?page=2")
	webtest.WantsNot(t, body, "Sentence number 21 here.")
	webtest.Wants(t, p.Get(t, p.path("/it?page=2")).Body, "Sentence number 21 here.", "Segments before these")
	webtest.Wants(t, p.Get(t, p.path("/it/21")).Body, p.path("/it?page=2"), "Segment 21 of 25")
}

func TestEveryCodeHasItsWords(t *testing.T) {
	p := open(t, false)
	for _, family := range translateweb.Families() {
		if len(family.Words) != len(family.Codes) {
			t.Errorf("%d words for the codes %v", len(family.Words), family.Codes)
		}
		for _, code := range family.Codes {
			if text := p.Kit.Bundle.Printer("en").T(family.Words[code]); strings.HasPrefix(text, "[") {
				t.Errorf("%s has no words", code)
			}
		}
	}
}
