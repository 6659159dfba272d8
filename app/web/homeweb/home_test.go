package homeweb_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"portico/app/forum"

	"portico/app/web/webtest"
)

func TestTheFrontPageTellsAStrangerWhatThisIsAndStaysSmall(t *testing.T) {
	p := open(t)
	a := p.get(t, "/")
	if a.Status != 200 {
		t.Fatalf("status %d", a.Status)
	}
	webtest.Wants(t, a.Body, `href="/forum"`, `href="/join"`, `href="/sign-in"`, `href="/exit"`, `href="/help"`, "<title>Portico</title>")
	if strings.Contains(a.Body, `href="/my/talks"`) {
		t.Error("a stranger is shown a list of her own")
	}
	if len(a.Body) > 16*1024 {
		t.Errorf("the page has %d bytes; a first visit has room for 16384", len(a.Body))
	}
}

func TestTheFrontPageShowsOpenTalksAndFillsUpWithEnglish(t *testing.T) {
	p, ctx := open(t), context.Background()
	err := p.forum.SetUpBoards(ctx, []forum.NewBoard{
		{Board: forum.Board{Slug: "home", Audience: forum.Public}, Texts: []forum.BoardText{{Lang: "en", Name: "The doorway"}}},
		{Board: forum.Board{Slug: "care", Audience: forum.Members}, Texts: []forum.BoardText{{Lang: "en", Name: "Inside"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	who, cookie := p.coordinator(t)
	start := func(board, title, lang string) forum.Receipt {
		r, err := p.forum.StartTalk(ctx, who, board, forum.Draft{Title: title, Warning: "night", Body: "A calm beginning.", Lang: lang, Mode: forum.ByHandle})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	english, italian := start("home", "Where to sleep", "en"), start("home", "Dove dormire", "it")
	start("care", "Behind the door", "en")
	a := p.get(t, "/", "X-Lang", "it")
	webtest.Wants(t, a.Body, "/forum/home/"+english.Topic.String(), "/forum/home/"+italian.Topic.String(), "The doorway", "7 ", "night")
	if strings.Contains(a.Body, "Behind the door") {
		t.Error("a talk for members stands on the front page")
	}
	if strings.Index(a.Body, "Dove dormire") > strings.Index(a.Body, "Where to sleep") {
		t.Error("the talk in her own language does not come first")
	}
	if a = p.get(t, "/"); strings.Contains(a.Body, "Dove dormire") {
		t.Error("an English page shows an Italian talk")
	}
	webtest.Wants(t, p.get(t, "/", "Cookie", cookie).Body, `href="/my/talks"`, `href="/team"`)
}

func TestALanguageLeadsBackToWhereSheWas(t *testing.T) {
	p := open(t)
	for _, c := range []struct{ name, next, href string }{
		{"a plain path", "/forum/home", "/forum/home?lang=ar"},
		{"a path with a question", "/forum/search?q=a+b", "/forum/search?lang=ar&amp;q=a+b"},
		{"an older wish is replaced", "/?lang=fr", "/?lang=ar"},
		{"another site", "https://evil.example/", "/?lang=ar"},
		{"another site without its scheme", "//evil.example/", "/?lang=ar"},
		{"another site behind a tab", "/\t/evil.example/", "/?lang=ar"},
		{"another site behind a backslash", `/\evil.example/`, "/?lang=ar"},
		{"nothing", "", "/?lang=ar"},
	} {
		body := p.get(t, "/languages?next="+url.QueryEscape(c.next)).Body
		if !strings.Contains(body, `href="`+c.href+`" lang="ar" dir="rtl"`) {
			t.Errorf("%s: no link to %s", c.name, c.href)
		}
		if strings.Contains(body, `href="//`) || strings.Contains(body, `href="https://evil`) {
			t.Errorf("%s: a link leads out", c.name)
		}
	}
}

func TestWrittenPagesSayInWhichLanguageTheyAre(t *testing.T) {
	p := open(t)
	for _, path := range []string{"/about", "/rules", "/safety", "/exit"} {
		for _, lang := range []struct{ tag, served, dir string }{{"en", "en", "ltr"}, {"ar", "ar", "rtl"}, {"uk", "uk", "ltr"}, {"zh-Hans", "zh-Hans", "ltr"}, {"xx", "en", "ltr"}} {
			a := p.get(t, path, "X-Lang", lang.tag)
			if a.Status != 200 || !strings.Contains(a.Body, `<div class="prose" lang="`+lang.served+`" dir="`+lang.dir+`">`) {
				t.Errorf("%s in %s: status %d, or the text is not marked as %s", path, lang.tag, a.Status, lang.served)
			}
		}
	}
}

func TestHelpPutsTheNeedThatWasAskedForFirst(t *testing.T) {
	p := open(t)
	for _, c := range []struct{ ask, first string }{{"", "emergency"}, {"minor", "minor"}, {"self-harm", "self-harm"}, {`"><script>`, "emergency"}} {
		body := p.get(t, "/help?for="+url.QueryEscape(c.ask)).Body
		_, after, _ := strings.Cut(body, `<h2 id="for-`)
		if !strings.HasPrefix(after, c.first+`"`) {
			t.Errorf("for=%s: %.20q comes first; want %s", c.ask, after, c.first)
		}
		if strings.Contains(body, "<script>") {
			t.Errorf("for=%s: the page repeats what was asked", c.ask)
		}
	}
	body := p.get(t, "/help").Body
	webtest.Wants(t, body, `href="tel:112"`, "not checked yet")
	if strings.Contains(body, `href="tel:016"`) {
		t.Error("a line of another country is listed")
	}
}

func TestOnlyWebAddressesLeadOut(t *testing.T) {
	p := open(t)
	for _, c := range []struct {
		name, to string
		status   int
	}{
		{"a web address", "https://example.org/a?b=c", 200},
		{"a plain web address", "http://example.org", 200},
		{"a script", "javascript:alert(1)", 404},
		{"data", "data:text/html,x", 404},
		{"a path", "/forum", 404},
		{"no host", "https:///x", 404},
		{"nothing", "", 404},
		{"an endless address", "https://example.org/" + strings.Repeat("a", 3000), 404},
	} {
		if a := p.get(t, "/link?to="+url.QueryEscape(c.to)); a.Status != c.status {
			t.Errorf("%s: status %d, want %d", c.name, a.Status, c.status)
		}
	}
	a := p.get(t, "/link?to="+url.QueryEscape(`https://example.org/"><b>`), "Referer", "http://example.com/forum/home/x?from=2#p", "Host", "example.com")
	webtest.Wants(t, a.Body, `<bdi dir="ltr" translate="no">example.org</bdi>`, `rel="noreferrer noopener"`, `href="/forum/home/x?from=2"`)
	if strings.Contains(a.Body, "><b>") {
		t.Error("an address breaks out of the page")
	}
	if a := p.get(t, "/link?to="+url.QueryEscape("https://example.org"), "Referer", "https://other.example/forum/x"); strings.Contains(a.Body, "/forum/x") {
		t.Error("the way back follows another site's address")
	}
}
