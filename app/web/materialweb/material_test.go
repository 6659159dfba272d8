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
	"portico/app/web/webtest"
)

var base32ID = `[a-z2-7]{26}`

var idea = []string{"title", "What to <b>take</b> along", "kind", "leaflet", "purpose", "To be calm at the door.", "audience", "People new in the city", "language", "en", "nonce", "n1"}

const text = "You may come without papers.\n\n## At the door\n\nNobody asks for your **name**."

// drafted proposes an idea as a member, takes it up and writes a text; it returns the path.
func (p *portal) drafted(t *testing.T) string {
	t.Helper()
	p.Who = p.anna
	p.goes(t, "/read/ideas", idea...)
	p.Who = p.leader
	found := regexp.MustCompile(`/read/(` + base32ID + `)/take`).FindStringSubmatch(p.Get(t, "/read/ideas").Body)
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
	p.Who = p.anna
	p.goes(t, path+"/consultation", "reply1", "5")
	p.Who = p.leader
	p.goes(t, path+"/consult/close")
	p.goes(t, path+"/decide", "closes", p.DayAfter(3))
	for _, who := range []member.Actor{p.leader, p.peer} {
		p.Who = who
		p.goes(t, path+"/vote", "choice", "yes")
	}
	p.Who = p.leader
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
	p.Who = member.Actor{}
	body := p.Get(t, "/read").Body
	webtest.Wants(t, body, "What to take along", path)
	body = p.Get(t, path).Body
	webtest.Wants(t, body, `lang="en" dir="ltr"`, "<h2>At the door</h2>", "<strong>name</strong>", `hreflang="ar"`, "العربية", `name="missing"`, path+"/print?text=en&amp;sheet=a4",
		p.Say("material.checked.machine", "Handle", "\u2068passerella\u2069"))
	webtest.WantsNot(t, body, "lanterna", "lampione", path+"/suggest", path+"/group", "<b>take</b>")
	body = p.Get(t, path+"?text=ar").Body
	webtest.Wants(t, body, `<html lang="en"`, `<article lang="ar" dir="rtl">`, "يمكنك أن تأتي بلا أوراق", p.Say("material.stale"))
	p.Lang = "ar"
	body = p.Get(t, path).Body
	webtest.Wants(t, body, `<html lang="ar" dir="rtl"`, `<article lang="ar" dir="rtl">`)
	webtest.Wants(t, p.Get(t, path+"?text=en").Body, `<article lang="en" dir="ltr">`)
	p.Lang = "fr"
	webtest.Wants(t, p.Get(t, path).Body, `<article lang="en" dir="ltr">`)
}

func TestASheetAPocketAndTheWordsAlone(t *testing.T) {
	p := open(t)
	path := p.published(t)
	p.Who = member.Actor{}
	p.Kit.Config.Origin = "https://walk.example"
	body := p.Get(t, path+"/print?sheet=a4").Body
	webtest.Wants(t, body, "sheet-a4", "walk.example"+path+"?text=en", `shape-rendering="crispEdges"`, "You may come without papers.")
	body = p.Get(t, path+"/print?sheet=pocket&text=ar").Body
	webtest.Wants(t, body, "sheet-pocket", `lang="ar" dir="rtl"`, "يمكنك", "walk.example"+path+"?text=ar")
	a := p.Get(t, path+"/text?text=en")
	if a.Header.Get("Content-Type") != "text/plain; charset=utf-8" || a.Header.Get("Content-Language") != "en" {
		t.Errorf("got %v", a.Header)
	}
	webtest.Wants(t, a.Body, "What to take along\n\nYou may come without papers.\n\nAt the door\n\nNobody asks for your name.", "https://walk.example"+path)
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
		p.Who = who
		for _, rest := range gets {
			if a := p.Get(t, path+rest); a.Status != 404 && !(a.Status == 401 && name == "a visitor") {
				t.Errorf("%s, GET %s: %d", name, rest, a.Status)
			}
		}
		if name == "a visitor" {
			continue // forms come back with what was typed, and tell nothing
		}
		for _, rest := range posts {
			if a := p.Post(t, path+rest, "title", "xxx", "body", "xxx", "wanted", "x", "why", "y", "version", "1", "part", "1", "credit", "none", "choice", "yes", "closes", p.DayAfter(1)); a.Status != 404 {
				t.Errorf("%s, POST %s: %d", name, rest, a.Status)
			}
		}
	}
	p.Who = p.mediator
	body := p.Get(t, "/read/work").Body
	webtest.Wants(t, body, "What to take along")
	webtest.WantsNot(t, body, path)
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, "/read/work").Body, path+"/group")
	webtest.Wants(t, p.Get(t, path+"/group").Body, path+"/write", path+"/consult", "lanterna", "You may come without papers.")
	if a := p.Get(t, path); a.To != path+"/group" {
		t.Errorf("the group is led to %q", a.To)
	}
	for _, bad := range []string{"/read/x", "/read/" + store.NewID().String()} {
		if a := p.Get(t, bad); a.Status != 404 {
			t.Errorf("%s: %d", bad, a.Status)
		}
	}
}

func TestTwoEditorsSeeBothTexts(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	webtest.Wants(t, p.Get(t, path+"/write").Body, `name="base" value="1"`, "Nobody asks for your **name**.")
	p.goes(t, path+"/write", "title", "By the leader", "body", "By the leader.", "base", "1")
	p.Who = p.peer
	a := p.Post(t, path+"/write", "title", "By the peer", "body", "By the peer.", "base", "1")
	if a.Status != 409 {
		t.Fatalf("a stale save: %d", a.Status)
	}
	webtest.Wants(t, a.Body, "By the peer.</textarea>", "By the leader.", `name="base" value="2"`, p.Say("material.text.stale"), "<del>", "<ins>")
	p.goes(t, path+"/write", "title", "By both", "body", "By both.", "base", "2")
	webtest.Wants(t, p.Get(t, path+"/compare?from=2&to=3").Body, "<del>", "<ins>", "both.")
	a = p.Post(t, path+"/write", "title", "Words", "body", "A prostitute may come here.", "base", "3", "act", "check")
	if a.Status != 200 {
		t.Fatalf("only checking: %d", a.Status)
	}
	webtest.Wants(t, a.Body, "A prostitute may come here.</textarea>", `<mark class="warned" lang="en">`, "sex worker", p.Say("material.plain.short", "Average", 5))
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
	webtest.Wants(t, p.Get(t, path+"/consult").Body, p.Say("material.question.draft.clear"), `name="not_asked"`)
	a := p.Post(t, path+"/consult", p.survey("question3", "", "least", "0", "not_asked", "")...)
	if a.Status != 422 {
		t.Errorf("a bad survey: %d", a.Status)
	}
	webtest.Wants(t, a.Body, `href="#least"`, `href="#not_asked"`, `href="#question1"`, "Would you give it on?")
	p.goes(t, path+"/consult", p.survey()...)
	p.Who = p.anna
	webtest.Wants(t, p.Get(t, "/read/ideas").Body, path+"/consultation")
	webtest.Wants(t, p.Get(t, path+"/consultation").Body, "People without a phone.", `name="reply1"`, `name="reply3"`, "You may come without papers.")
	if a := p.Get(t, path); a.To != path+"/consultation" {
		t.Errorf("a member is led to %q", a.To)
	}
	a = p.Post(t, path+"/consultation", "reply3", "Her number is +39 333 12 34 567.", "reply1", "4")
	if a.Status != 422 {
		t.Errorf("a phone number: %d", a.Status)
	}
	webtest.Wants(t, a.Body, `<mark class="warned">`, `name="insist"`, "+39 333 12 34 567.</textarea>")
	p.goes(t, path+"/consultation", "reply3", "The bus.", "reply1", "٤")
	a = p.Post(t, path+"/consultation", "reply3", "Again.")
	if a.Status != 409 {
		t.Errorf("answering twice: %d", a.Status)
	}
	webtest.Wants(t, a.Body, "Again.</textarea>")
	webtest.Wants(t, p.Get(t, path+"/suggest").Body, path+"/suggest?part=2")
	webtest.Wants(t, p.Get(t, path+"/suggest?part=1").Body, "You may come without papers.</textarea>", `name="part" value="1"`)
	p.goes(t, path+"/suggest", "wanted", "Come without papers.", "why", "Shorter.", "version", "1", "part", "1")
	p.Who = p.peer
	body := p.Get(t, path+"/group").Body
	webtest.Wants(t, body, "The bus.", "Come without papers.", p.Say("material.heard.later"), p.Say("material.heard.voices", "Voices", "1", "Least", "2"))
	answerPath := regexp.MustCompile(path + `/suggestions/` + base32ID).FindString(body)
	webtest.Wants(t, p.Get(t, answerPath).Body, "Come without papers.", "Shorter.")
	if a := p.Post(t, answerPath, "state", "kept"); a.Status != 422 || !strings.Contains(a.Body, `href="#words"`) {
		t.Errorf("no without why: %d", a.Status)
	}
	a = p.Post(t, path+"/decide", "closes", p.DayAfter(3))
	if a.Status != 403 {
		t.Errorf("a vote with an open suggestion: %d", a.Status)
	}
	webtest.Wants(t, a.Body, p.Say("material.suggestions.wait", "Number", 1))
	p.goes(t, answerPath, "state", "kept", "words", "The law says so.")
	p.Who = p.bianca
	webtest.Wants(t, p.Get(t, path+"/consultation").Body, "The law says so.")
}

func TestAVoteTooLateLosesNoWord(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	p.goes(t, path+"/consult", p.survey("least", "1")...)
	p.Who = p.anna
	p.goes(t, path+"/consultation", "reply1", "5")
	p.Who = p.leader
	p.goes(t, path+"/consult/close")
	p.goes(t, path+"/people", "handle", "passerella")
	p.goes(t, path+"/decide", "closes", p.DayAfter(3))
	webtest.Wants(t, p.Get(t, "/read/work").Body, p.Say("material.work.vote", "Day", p.Kit.Bundle.Printer("en").Day(p.DayAfter(3))))
	webtest.Wants(t, p.Get(t, path+"/vote").Body, `value="aside"`)
	p.goes(t, path+"/vote", "choice", "no", "words", "It promises too much.")
	webtest.WantsNot(t, p.Get(t, path+"/group").Body, "It promises too much.", path+`/vote"`)
	p.Time.Advance(5 * 24 * time.Hour)
	webtest.Wants(t, p.Get(t, path+"/group").Body, path+"/vote/count")
	p.Who = p.peer
	a := p.Post(t, path+"/vote", "choice", "yes", "words", "I was ill.")
	if a.Status != 403 {
		t.Errorf("too late: %d", a.Status)
	}
	webtest.Wants(t, a.Body, "I was ill.</textarea>")
	webtest.Wants(t, p.Get(t, path+"/group").Body, "It promises too much.", p.Say("material.outcome.few"))
}

func TestReadersAreHeardWithoutAKey(t *testing.T) {
	p := open(t)
	path := p.published(t)
	p.Who = member.Actor{}
	a := p.Post(t, path+"/feedback", "useful", "yes", "missing", "Call me: +39 333 12 34 567", "text", "ar")
	if a.Status != 422 {
		t.Errorf("a phone number: %d", a.Status)
	}
	webtest.Wants(t, a.Body, `<mark class="warned">`, "+39 333 12 34 567</textarea>", `name="text" value="ar"`)
	if a := p.Post(t, path+"/feedback"); a.Status != 422 || !strings.Contains(a.Body, `href="#useful"`) {
		t.Errorf("nothing: %d", a.Status)
	}
	p.Old = true
	if a := p.Post(t, path+"/feedback", "missing", "The night bus."); a.Status != 409 || !strings.Contains(a.Body, "The night bus.</textarea>") {
		t.Errorf("an old form: %d", a.Status)
	}
	p.Old = false
	p.goes(t, path+"/feedback", "plain", "no", "missing", "The night bus.", "nonce", "f")
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, path+"/group").Body, "The night bus.", p.Say("material.yes-no", "Yes", "0", "No", "1"))
	p.goes(t, path+"/credit", "credit", "alias", "alias", "Ginestra")
	p.Who = member.Actor{}
	webtest.Wants(t, p.Get(t, path).Body, "Ginestra")
	p.Who = p.peer
	p.goes(t, path+"/credit", "credit", "none")
	webtest.WantsNot(t, p.Get(t, path).Body, "Ginestra")
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	p.Who = member.Actor{}
	for rest, fields := range map[string][]string{
		"/ideas": idea, path + "/consultation": {"reply3", "Careful words"}, path + "/suggest": {"wanted", "Careful words", "why", "y"},
		path + "/write": {"body", "Careful words"}, path + "/consult": {"not_asked", "Careful words"}, path + "/vote": {"words", "Careful words"},
		path + "/suggestions/" + store.NewID().String(): {"words", "Careful words"},
	} {
		if rest == "/ideas" {
			rest, fields = "/read/ideas", append(idea[:len(idea):len(idea)], "purpose", "Careful words")
		}
		a := p.Post(t, rest, fields...)
		if a.Status != 401 {
			t.Errorf("%s signed out: %d; want 401", rest, a.Status)
		}
		webtest.Wants(t, a.Body, "Careful words</textarea>", `href="/sign-in"`)
		webtest.WantsNot(t, a.Body, "without papers")
	}
	p.Who, p.Old = p.anna, true
	a := p.Post(t, "/read/ideas", append(idea[:len(idea):len(idea)], "purpose", "Careful words")...)
	if a.Status != 409 {
		t.Errorf("an old form: %d", a.Status)
	}
	webtest.Wants(t, a.Body, "Careful words</textarea>", "What to &lt;b&gt;take&lt;/b&gt; along")
	p.Old = false
	a = p.Post(t, "/read/ideas", append(idea[:len(idea):len(idea)], "purpose", "Call +39 333 12 34 567", "kind", "x")...)
	if a.Status != 422 {
		t.Errorf("a wrong kind: %d", a.Status)
	}
	webtest.Wants(t, a.Body, `href="#kind"`, "Call +39 333 12 34 567</textarea>")
	a = p.Post(t, "/read/ideas", append(idea[:len(idea):len(idea)], "purpose", "Call +39 333 12 34 567")...)
	webtest.Wants(t, a.Body, `<mark class="warned">`, p.Say("material.found.mend"))
	webtest.WantsNot(t, a.Body, `name="insist"`)
	if a := p.Post(t, "/read/ideas", "title", "\xff\x00abc", "purpose", "x", "audience", "y", "kind", "leaflet", "language", "en"); a.Status != 303 {
		t.Errorf("odd bytes: %d", a.Status)
	}
}

func TestPagesReadInArabic(t *testing.T) {
	p := open(t)
	path := p.published(t)
	p.Lang = "ar"
	for _, who := range []member.Actor{p.leader, p.anna} {
		p.Who = who
		for _, at := range []string{"/read", "/read/ideas", path} {
			webtest.Wants(t, p.Get(t, at).Body, `<html lang="ar" dir="rtl"`)
		}
	}
	p.Who = p.leader
	webtest.Wants(t, p.Get(t, path+"/group").Body, `<h1 lang="en" dir="ltr">`)
	p.goes(t, path+"/reopen")
	webtest.Wants(t, p.Get(t, path+"/write").Body, `<html lang="ar" dir="rtl"`)
	p.goes(t, path+"/archive")
	p.Who = member.Actor{}
	if a := p.Get(t, path); a.Status != 404 {
		t.Errorf("put away: %d", a.Status)
	}
}

func TestEveryCodeHasItsWords(t *testing.T) {
	p := open(t)
	for _, key := range materialweb.Keys() {
		if text := p.Say(key); strings.HasPrefix(text, "[") {
			t.Errorf("the message %s is missing", key)
		}
	}
	if want := len(material.Kinds) + len(material.States) + 3 + len(material.Outcomes) + len(material.Choices) + material.TopOfScale +
		len(material.Uses) + len(material.Exposures) + len(material.Traces) + len(material.Sayings) + 1 + len(material.Reasons) + len(material.Subjects) + len(material.Sheets) + len(material.Places); len(materialweb.Keys()) != want {
		t.Errorf("%d words for %d codes", len(materialweb.Keys()), want)
	}
}
