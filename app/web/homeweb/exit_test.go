package homeweb_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"portico/app/member"
)

func TestExitEndsTheSessionAndLeadsToTheEmptyPage(t *testing.T) {
	p := open(t)
	cookie := p.joined(t, member.NoTrace)
	for _, c := range []struct{ name, cookie string }{
		{"with a live session", cookie}, {"with the dead one", cookie}, {"without any", ""}, {"with nonsense", "portico=x.y"},
	} {
		a := p.ask(t, http.MethodPost, "/exit", "Cookie", c.cookie)
		if a.Status != 303 || a.Header.Get("Location") != "/left" {
			t.Fatalf("%s: %d to %q, want 303 to /left", c.name, a.Status, a.Header.Get("Location"))
		}
		if got := a.Header.Get("Clear-Site-Data"); got != `"cookies", "storage"` {
			t.Errorf("%s: Clear-Site-Data is %q", c.name, got)
		}
		if !strings.Contains(strings.Join(a.Header.Values("Set-Cookie"), "\n"), "portico=;") {
			t.Errorf("%s: the session cookie stays", c.name)
		}
	}
	found, err := p.Kit.Members.Recognise(context.Background(), strings.TrimPrefix(cookie, "portico="))
	if err != nil || found.Actor.SignedIn() {
		t.Errorf("the session still lives (%v)", err)
	}
}

func TestExitLeavesSavedPagesOnAPhoneThatIsHers(t *testing.T) {
	p := open(t)
	a := p.ask(t, http.MethodPost, "/exit", "Cookie", p.joined(t, member.Mine))
	if got := a.Header.Get("Clear-Site-Data"); got != "" {
		t.Errorf("Clear-Site-Data is %q; want none", got)
	}
	if !strings.Contains(strings.Join(a.Header.Values("Set-Cookie"), "\n"), "portico=;") {
		t.Error("the session cookie stays")
	}
}

func TestTheLastPageIsEmptyAndLeadsOn(t *testing.T) {
	a := open(t).get(t, "/left")
	if a.Header.Get("Refresh") != "0; url=https://neutral.example/" || a.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("Refresh %q, Referrer-Policy %q", a.Header.Get("Refresh"), a.Header.Get("Referrer-Policy"))
	}
	for _, bad := range []string{"Portico", "/static/", "<h1", "<script"} {
		if strings.Contains(a.Body, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

func TestStaticFilesAreKeptForGoodAndComeSmall(t *testing.T) {
	p := open(t)
	href := p.Kit.Static.Href("portico.css")
	for _, c := range []struct {
		accept string
		small  bool
	}{{"gzip, deflate, br", true}, {"br;q=1, gzip;q=0.5", true}, {"gzip;q=0", false}, {"gzip;q=0.000", false}, {"br", false}, {"", false}} {
		a := p.get(t, href, "Accept-Encoding", c.accept)
		if a.Status != 200 || a.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" || a.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %d, %q, %q", c.accept, a.Status, a.Header.Get("Cache-Control"), a.Header.Get("Vary"))
		}
		if got := a.Header.Get("Content-Encoding") == "gzip"; got != c.small {
			t.Errorf("%q: compressed is %v, want %v", c.accept, got, c.small)
		}
	}
	if a := p.get(t, "/static/portico.css"); a.Status != 404 {
		t.Errorf("a name without its hash: status %d, want 404", a.Status)
	}
}

func TestHealthSaysWhetherTheDatabaseAnswers(t *testing.T) {
	p := open(t)
	if a := p.get(t, "/healthz"); a.Status != 200 || a.Body != "ok" {
		t.Errorf("got %d %q", a.Status, a.Body)
	}
	raw, err := p.SQL()
	if err != nil {
		t.Fatal(err)
	}
	if err := raw.Close(); err != nil {
		t.Fatal(err)
	}
	if a := p.get(t, "/healthz"); a.Status != 503 {
		t.Errorf("with the database gone: status %d, want 503", a.Status)
	}
}
