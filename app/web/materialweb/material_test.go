package materialweb_test

import (
	"context"
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/materialweb"
)

var base32ID = `[a-z2-7]{26}`

var idea = []string{"title", "What to <b>take</b> along", "kind", "leaflet", "purpose", "To be calm at the door.", "audience", "People new in the city", "language", "en", "nonce", "n1"}

const text = "You may come without papers.\n\n## At the door\n\nNobody asks for your **name**."

// drafted proposes an idea as a member, takes it up and writes a text; it returns the path.
func (p *portal) drafted(t *testing.T) string {
	t.Helper()
	p.who = p.anna
	p.goes(t, "/read/ideas", idea...)
	p.who = p.leader
	found := regexp.MustCompile(`/read/(` + base32ID + `)/take`).FindStringSubmatch(p.get(t, "/read/ideas").body)
	if found == nil {
		t.Fatal("the leader finds no idea to take up")
	}
	path := "/read/" + found[1]
	if to := p.goes(t, path+"/take"); to != path+"/group" {
		t.Fatalf("taking up leads to %s", to)
	}
	p.goes(t, path+"/people", "handle", "Lampione")
	p.goes(t, path+"/write", "title", "What to take along", "body", text, "base", "0", "note", "first")
	return path
}

// published brings it all the way.
func (p *portal) published(t *testing.T) string {
	t.Helper()
	path := p.drafted(t)
	p.goes(t, path+"/consult", p.survey("least", "1")...)
	p.who = p.anna
	p.goes(t, path+"/consultation", "reply1", "5")
	p.who = p.leader
	p.goes(t, path+"/consult/close")
	p.goes(t, path+"/decide", "closes", p.DayAfter(3))
	for _, who := range []member.Actor{p.leader, p.peer} {
		p.who = who
		p.goes(t, path+"/vote", "choice", "yes")
	}
	p.who = p.leader
	if to := p.goes(t, path+"/publish", "months", "12"); to != path {
		t.Fatalf("publishing leads to %s", to)
	}
	return path
}

func (p *portal) survey(more ...string) []string {
	return append([]string{"question1", "Is it clear?", "kind1", "scale", "question2", "Would you give it on?", "kind2", "scale",
		"question3", "What is missing?", "kind3", "words", "least", "2", "closes", p.DayAfter(7), "not_asked", "People without a phone."}, more...)
}

func TestFromAnIdeaToAPublishedText(t *testing.T) {
	p := open(t)
	path := p.published(t)
	p.who = member.Actor{}
	body := p.get(t, "/read").body
	wants(t, body, "What to take along", path)
	body = p.get(t, path).body
	wants(t, body, `lang="en" dir="ltr"`, "<h2>At the door</h2>", "<strong>name</strong>", `hreflang="ar"`, "العربية", `name="missing"`, path+"/print?text=en&amp;sheet=a4",
		p.say("material.checked.machine", "Handle", "\u2068passerella\u2069"))
	wantsNot(t, body, "lanterna", "lampione", path+"/suggest", path+"/group", "<b>take</b>")
	body = p.get(t, path+"?text=ar").body
	wants(t, body, `<html lang="en"`, `<article lang="ar" dir="rtl">`, "يمكنك أن تأتي بلا أوراق", p.say("material.stale"))
	p.lang = "ar"
	body = p.get(t, path).body
	wants(t, body, `<html lang="ar" dir="rtl"`, `<article lang="ar" dir="rtl">`)
	wants(t, p.get(t, path+"?text=en").body, `<article lang="en" dir="ltr">`)
	p.lang = "fr"
	wants(t, p.get(t, path).body, `<article lang="en" dir="ltr">`)
}

func TestASheetAPocketAndTheWordsAlone(t *testing.T) {
	p := open(t)
	path := p.published(t)
	p.who = member.Actor{}
	p.kit.Config.Origin = "https://walk.example"
	body := p.get(t, path+"/print?sheet=a4").body
	wants(t, body, "sheet-a4", "walk.example"+path+"?text=en", `shape-rendering="crispEdges"`, "You may come without papers.")
	body = p.get(t, path+"/print?sheet=pocket&text=ar").body
	wants(t, body, "sheet-pocket", `lang="ar" dir="rtl"`, "يمكنك", "walk.example"+path+"?text=ar")
	a := p.get(t, path+"/text?text=en")
	if a.header.Get("Content-Type") != "text/plain; charset=utf-8" || a.header.Get("Content-Language") != "en" {
		t.Errorf("got %v", a.header)
	}
	wants(t, a.body, "What to take along\n\nYou may come without papers.\n\nAt the door\n\nNobody asks for your name.", "https://walk.example"+path)
	for _, body := range []string{strings.Repeat("One short passage.\n\n", 60), strings.Repeat("word ", 900), strings.Repeat("x", 3000)} {
		var whole strings.Builder
		for _, panel := range materialweb.Panels("", body) {
			size := 0
			for _, part := range panel {
				whole.WriteString(part)
				size += len(part)
			}
			if size > 500 {
				t.Errorf("a small page holds %d characters", size)
			}
		}
		if squeeze(whole.String()) != squeeze(body) {
			t.Error("words are lost on the way to the pocket sheet")
		}
	}
}

func squeeze(text string) string { return strings.Join(strings.Fields(text), "") }

func TestADraftIsItsGroupsAlone(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	gets := []string{"", "/text", "/print", "/consultation", "/suggest", "/group", "/write", "/compare?from=1&to=1", "/people", "/credit", "/consult", "/consult/longer", "/decide", "/vote", "/publish", "/reopen", "/archive"}
	posts := []string{"/feedback", "/want", "/take", "/consultation", "/suggest", "/write", "/people", "/credit", "/consult", "/consult/close", "/consult/longer", "/decide", "/vote", "/vote/count", "/publish", "/reopen", "/archive"}
	for name, who := range map[string]member.Actor{"a member": p.anna, "somebody of the staff": p.mediator, "a visitor": {}} {
		p.who = who
		for _, rest := range gets {
			if a := p.get(t, path+rest); a.status != 404 && !(a.status == 401 && name == "a visitor") {
				t.Errorf("%s, GET %s: %d", name, rest, a.status)
			}
		}
		if name == "a visitor" {
			continue // forms come back with what was typed, and tell nothing
		}
		for _, rest := range posts {
			if a := p.post(t, path+rest, "title", "xxx", "body", "xxx", "wanted", "x", "why", "y", "version", "1", "part", "1", "credit", "none", "choice", "yes", "closes", p.DayAfter(1)); a.status != 404 {
				t.Errorf("%s, POST %s: %d", name, rest, a.status)
			}
		}
	}
	p.who = p.mediator
	body := p.get(t, "/read/work").body
	wants(t, body, "What to take along")
	wantsNot(t, body, path)
	p.who = p.peer
	wants(t, p.get(t, "/read/work").body, path+"/group")
	wants(t, p.get(t, path+"/group").body, path+"/write", path+"/consult", "lanterna", "You may come without papers.")
	if a := p.get(t, path); a.to != path+"/group" {
		t.Errorf("the group is led to %q", a.to)
	}
	for _, bad := range []string{"/read/x", "/read/" + store.NewID().String()} {
		if a := p.get(t, bad); a.status != 404 {
			t.Errorf("%s: %d", bad, a.status)
		}
	}
}

func TestTwoEditorsSeeBothTexts(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	wants(t, p.get(t, path+"/write").body, `name="base" value="1"`, "Nobody asks for your **name**.")
	p.goes(t, path+"/write", "title", "By the leader", "body", "By the leader.", "base", "1")
	p.who = p.peer
	a := p.post(t, path+"/write", "title", "By the peer", "body", "By the peer.", "base", "1")
	if a.status != 409 {
		t.Fatalf("a stale save: %d", a.status)
	}
	wants(t, a.body, "By the peer.</textarea>", "By the leader.", `name="base" value="2"`, p.say("material.text.stale"), "<del>", "<ins>")
	p.goes(t, path+"/write", "title", "By both", "body", "By both.", "base", "2")
	wants(t, p.get(t, path+"/compare?from=2&to=3").body, "<del>", "<ins>", "both.")
	a = p.post(t, path+"/write", "title", "Words", "body", "A prostitute may come here.", "base", "3", "act", "check")
	if a.status != 200 {
		t.Fatalf("only checking: %d", a.status)
	}
	wants(t, a.body, "A prostitute may come here.</textarea>", `<mark class="warned" lang="en">`, "sex worker", p.say("material.plain.short", "Average", 5))
	if shop, err := p.mat.Workshop(context.Background(), p.peer, idOf(t, path)); err != nil || shop.Version != 3 {
		t.Errorf("checking kept a version: %d, %v", shop.Version, err)
	}
}

func idOf(t *testing.T, path string) store.ID {
	t.Helper()
	id, ok := store.ParseID(strings.TrimPrefix(path, "/read/"))
	if !ok {
		t.Fatalf("%s is no path of a material", path)
	}
	return id
}

func TestPeopleAreAskedAndAnswered(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	wants(t, p.get(t, path+"/consult").body, p.say("material.question.draft.clear"), `name="not_asked"`)
	a := p.post(t, path+"/consult", p.survey("question3", "", "least", "0", "not_asked", "")...)
	if a.status != 422 {
		t.Errorf("a bad survey: %d", a.status)
	}
	wants(t, a.body, `href="#least"`, `href="#not_asked"`, `href="#question1"`, "Would you give it on?")
	p.goes(t, path+"/consult", p.survey()...)
	p.who = p.anna
	wants(t, p.get(t, "/read/ideas").body, path+"/consultation")
	wants(t, p.get(t, path+"/consultation").body, "People without a phone.", `name="reply1"`, `name="reply3"`, "You may come without papers.")
	if a := p.get(t, path); a.to != path+"/consultation" {
		t.Errorf("a member is led to %q", a.to)
	}
	a = p.post(t, path+"/consultation", "reply3", "Her number is +39 333 12 34 567.", "reply1", "4")
	if a.status != 422 {
		t.Errorf("a phone number: %d", a.status)
	}
	wants(t, a.body, `<mark class="warned">`, `name="insist"`, "+39 333 12 34 567.</textarea>")
	p.goes(t, path+"/consultation", "reply3", "The bus.", "reply1", "٤")
	a = p.post(t, path+"/consultation", "reply3", "Again.")
	if a.status != 409 {
		t.Errorf("answering twice: %d", a.status)
	}
	wants(t, a.body, "Again.</textarea>")
	wants(t, p.get(t, path+"/suggest").body, path+"/suggest?part=2")
	wants(t, p.get(t, path+"/suggest?part=1").body, "You may come without papers.</textarea>", `name="part" value="1"`)
	p.goes(t, path+"/suggest", "wanted", "Come without papers.", "why", "Shorter.", "version", "1", "part", "1")
	p.who = p.peer
	body := p.get(t, path+"/group").body
	wants(t, body, "The bus.", "Come without papers.", p.say("material.heard.later"), p.say("material.heard.voices", "Voices", "1", "Least", "2"))
	answerPath := regexp.MustCompile(path + `/suggestions/` + base32ID).FindString(body)
	wants(t, p.get(t, answerPath).body, "Come without papers.", "Shorter.")
	if a := p.post(t, answerPath, "state", "kept"); a.status != 422 || !strings.Contains(a.body, `href="#words"`) {
		t.Errorf("no without why: %d", a.status)
	}
	a = p.post(t, path+"/decide", "closes", p.DayAfter(3))
	if a.status != 403 {
		t.Errorf("a vote with an open suggestion: %d", a.status)
	}
	wants(t, a.body, p.say("material.suggestions.wait", "Number", 1))
	p.goes(t, answerPath, "state", "kept", "words", "The law says so.")
	p.who = p.bianca
	wants(t, p.get(t, path+"/consultation").body, "The law says so.")
}

func TestAVoteTooLateLosesNoWord(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	p.goes(t, path+"/consult", p.survey("least", "1")...)
	p.who = p.anna
	p.goes(t, path+"/consultation", "reply1", "5")
	p.who = p.leader
	p.goes(t, path+"/consult/close")
	p.goes(t, path+"/people", "handle", "passerella")
	p.goes(t, path+"/decide", "closes", p.DayAfter(3))
	wants(t, p.get(t, "/read/work").body, p.say("material.work.vote", "Day", p.kit.Bundle.Printer("en").Day(p.DayAfter(3))))
	wants(t, p.get(t, path+"/vote").body, `value="aside"`)
	p.goes(t, path+"/vote", "choice", "no", "words", "It promises too much.")
	wantsNot(t, p.get(t, path+"/group").body, "It promises too much.", path+`/vote"`)
	p.Time.Advance(5 * 24 * time.Hour)
	wants(t, p.get(t, path+"/group").body, path+"/vote/count")
	p.who = p.peer
	a := p.post(t, path+"/vote", "choice", "yes", "words", "I was ill.")
	if a.status != 403 {
		t.Errorf("too late: %d", a.status)
	}
	wants(t, a.body, "I was ill.</textarea>")
	wants(t, p.get(t, path+"/group").body, "It promises too much.", p.say("material.outcome.few"))
}

func TestReadersAreHeardWithoutAKey(t *testing.T) {
	p := open(t)
	path := p.published(t)
	p.who = member.Actor{}
	a := p.post(t, path+"/feedback", "useful", "yes", "missing", "Call me: +39 333 12 34 567", "text", "ar")
	if a.status != 422 {
		t.Errorf("a phone number: %d", a.status)
	}
	wants(t, a.body, `<mark class="warned">`, "+39 333 12 34 567</textarea>", `name="text" value="ar"`)
	if a := p.post(t, path+"/feedback"); a.status != 422 || !strings.Contains(a.body, `href="#useful"`) {
		t.Errorf("nothing: %d", a.status)
	}
	p.old = true
	if a := p.post(t, path+"/feedback", "missing", "The night bus."); a.status != 409 || !strings.Contains(a.body, "The night bus.</textarea>") {
		t.Errorf("an old form: %d", a.status)
	}
	p.old = false
	p.goes(t, path+"/feedback", "plain", "no", "missing", "The night bus.", "nonce", "f")
	p.who = p.peer
	wants(t, p.get(t, path+"/group").body, "The night bus.", p.say("material.yes-no", "Yes", "0", "No", "1"))
	p.goes(t, path+"/credit", "credit", "alias", "alias", "Ginestra")
	p.who = member.Actor{}
	wants(t, p.get(t, path).body, "Ginestra")
	p.who = p.peer
	p.goes(t, path+"/credit", "credit", "none")
	wantsNot(t, p.get(t, path).body, "Ginestra")
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	p.who = member.Actor{}
	for rest, fields := range map[string][]string{
		"/ideas": idea, path + "/consultation": {"reply3", "Careful words"}, path + "/suggest": {"wanted", "Careful words", "why", "y"},
		path + "/write": {"body", "Careful words"}, path + "/consult": {"not_asked", "Careful words"}, path + "/vote": {"words", "Careful words"},
		path + "/suggestions/" + store.NewID().String(): {"words", "Careful words"},
	} {
		if rest == "/ideas" {
			rest, fields = "/read/ideas", append(idea[:len(idea):len(idea)], "purpose", "Careful words")
		}
		a := p.post(t, rest, fields...)
		if a.status != 401 {
			t.Errorf("%s signed out: %d; want 401", rest, a.status)
		}
		wants(t, a.body, "Careful words</textarea>", `href="/sign-in"`)
		wantsNot(t, a.body, "without papers")
	}
	p.who, p.old = p.anna, true
	a := p.post(t, "/read/ideas", append(idea[:len(idea):len(idea)], "purpose", "Careful words")...)
	if a.status != 409 {
		t.Errorf("an old form: %d", a.status)
	}
	wants(t, a.body, "Careful words</textarea>", "What to &lt;b&gt;take&lt;/b&gt; along")
	p.old = false
	a = p.post(t, "/read/ideas", append(idea[:len(idea):len(idea)], "purpose", "Call +39 333 12 34 567", "kind", "x")...)
	if a.status != 422 {
		t.Errorf("a wrong kind: %d", a.status)
	}
	wants(t, a.body, `href="#kind"`, "Call +39 333 12 34 567</textarea>")
	a = p.post(t, "/read/ideas", append(idea[:len(idea):len(idea)], "purpose", "Call +39 333 12 34 567")...)
	wants(t, a.body, `<mark class="warned">`, p.say("material.found.mend"))
	wantsNot(t, a.body, `name="insist"`)
	if a := p.post(t, "/read/ideas", "title", "\xff\x00abc", "purpose", "x", "audience", "y", "kind", "leaflet", "language", "en"); a.status != 303 {
		t.Errorf("odd bytes: %d", a.status)
	}
}

func TestPagesReadInArabic(t *testing.T) {
	p := open(t)
	path := p.published(t)
	p.lang = "ar"
	for _, who := range []member.Actor{p.leader, p.anna} {
		p.who = who
		for _, at := range []string{"/read", "/read/ideas", path} {
			wants(t, p.get(t, at).body, `<html lang="ar" dir="rtl"`)
		}
	}
	p.who = p.leader
	wants(t, p.get(t, path+"/group").body, `<h1 lang="en" dir="ltr">`)
	p.goes(t, path+"/reopen")
	wants(t, p.get(t, path+"/write").body, `<html lang="ar" dir="rtl"`)
	p.goes(t, path+"/archive")
	p.who = member.Actor{}
	if a := p.get(t, path); a.status != 404 {
		t.Errorf("put away: %d", a.status)
	}
}

func TestEveryCodeHasItsWords(t *testing.T) {
	p := open(t)
	for _, key := range materialweb.Keys() {
		if text := p.say(key); strings.HasPrefix(text, "[") {
			t.Errorf("the message %s is missing", key)
		}
	}
	if want := len(material.Kinds) + len(material.States) + 3 + len(material.Outcomes) + len(material.Choices) + material.TopOfScale; len(materialweb.Keys()) != want {
		t.Errorf("%d words for %d codes", len(materialweb.Keys()), want)
	}
}
