package server_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"portico/app/config"
	"portico/app/member"
)

// visits sends a form of somebody who is not signed in, as a browser does that was given a token.
func (h *house) visits(t *testing.T, path, forwarded string, form url.Values) answer {
	t.Helper()
	form.Set("token", "abcdefghijklmnopqrstuvwx")
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Cookie", "__Host-pre=abcdefghijklmnopqrstuvwx")
	if forwarded != "" {
		req.Header.Set("X-Forwarded-For", forwarded)
	}
	return h.send(t, req)
}

// TestAVisitorIsOneVisitorWhateverSheSaysAboutHerAddress tries keys under a new made-up address
// each time: behind a trusted proxy the last of the line counts, without one nothing does.
func TestAVisitorIsOneVisitorWhateverSheSaysAboutHerAddress(t *testing.T) {
	for _, row := range []struct {
		name, proxy string
		line        func(i int) string
		limited     bool
	}{
		{"no proxy", "", func(i int) string { return fmt.Sprintf("10.0.%d.1", i) }, true},
		{"a stranger's line before the proxy's word", "0.0.0.0", func(i int) string { return fmt.Sprintf("10.0.%d.1, 203.0.113.9", i) }, true},
		{"one IPv6 line with many addresses", "0.0.0.0", func(i int) string { return fmt.Sprintf("2001:db8::%x", i+1) }, true},
		{"many visitors of a proxy", "0.0.0.0", func(i int) string { return fmt.Sprintf("203.0.113.%d", i+1) }, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			h := build(t, func(c *config.Config) { c.TrustedProxy = row.proxy })
			refused := false
			for i := range 40 {
				a := h.visits(t, "/sign-in", row.line(i), url.Values{"key": {"1"}})
				refused = refused || a.status == http.StatusTooManyRequests
			}
			if refused != row.limited {
				t.Errorf("40 tries in a minute: refused %t; want %t", refused, row.limited)
			}
			if kept := dumpAll(t, h) + h.logs.String(); strings.Contains(kept, "203.0.113.9") || strings.Contains(kept, "10.0.7.1") {
				t.Error("an address is readable in the dump or the log")
			}
		})
	}
}

// TestAFormIsWhatItsFieldsSay: a value in the address of a form takes nobody's place.
func TestAFormIsWhatItsFieldsSay(t *testing.T) {
	h := build(t)
	w := h.hand(t, h.person(t, "member"))
	path, _, _ := w.talks(t, "A talk with a form")
	a := w.posts(t, path+"/posts?body=Words+from+the+address", "body", "Words from the form.")
	if a.status != http.StatusSeeOther {
		t.Fatalf("status %d", a.status)
	}
	if kept := dumpAll(t, h); strings.Contains(kept, "Words from the address") || !strings.Contains(kept, "Words from the form.") {
		t.Error("the address spoke in place of the form")
	}
	if a := w.ask(t, http.MethodPost, path+"/posts?token="+url.QueryEscape(w.Actor.Token.FormToken()), w.Cookie, url.Values{"body": {"Nothing."}, "token": {"wrong"}}); a.status == http.StatusSeeOther {
		t.Error("a token in the address was believed")
	}
}

// TestASessionEndsWhenItSaid stays active past the promised end of each kind of session, and
// is idle past the promised pause.
func TestASessionEndsWhenItSaid(t *testing.T) {
	for _, row := range []struct {
		name       string
		role       string
		step, past time.Duration
		alive      bool
	}{
		{"a member on a shared phone, active for 11 hours", "member", 20 * time.Minute, 11 * time.Hour, true},
		{"a member on a shared phone, active for 13 hours", "member", 20 * time.Minute, 13 * time.Hour, false},
		{"a member who put the phone away for 31 minutes", "member", 31 * time.Minute, 31 * time.Minute, false},
		{"a role, active for 7 hours", "moderator", 10 * time.Minute, 7 * time.Hour, true},
		{"a role, active for 9 hours", "moderator", 10 * time.Minute, 9 * time.Hour, false},
		{"a role that was quiet for 16 minutes", "moderator", 16 * time.Minute, 16 * time.Minute, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			h := build(t)
			opened := h.enter(t, h.person(t, row.role))
			cookie, ctx := opened.Cookie, t.Context()
			var last member.Recognised
			for gone := time.Duration(0); gone < row.past; gone += row.step {
				h.time.advance(row.step)
				var err error
				if last, err = h.Members.Recognise(ctx, cookie); err != nil {
					t.Fatal(err)
				}
				if last.Fresh != "" {
					cookie = last.Fresh
				}
			}
			if got := last.Actor.SignedIn(); got != row.alive {
				t.Errorf("she is signed in: %t; want %t", got, row.alive)
			}
		})
	}
}

// TestNobodySetsASessionForSomebodyElse: a cookie that was there before she signed in is not
// the one that she has afterwards, and a made-up one opens nothing.
func TestNobodySetsASessionForSomebodyElse(t *testing.T) {
	h := build(t)
	if a := h.ask(t, http.MethodGet, "/me", "made-up-by-somebody", nil); a.status == http.StatusOK {
		t.Error("a made-up cookie opens her page")
	}
	p := h.person(t, "member")
	first, second := h.enter(t, p), h.enter(t, p)
	if first.Cookie == second.Cookie {
		t.Error("two sessions have one cookie")
	}
	other := h.person(t, "peer")
	if a := h.ask(t, http.MethodGet, "/me", h.enter(t, other).Cookie, nil); strings.Contains(a.body, first.Cookie) {
		t.Error("her cookie stands on another person's page")
	}
}

// TestNoAnswerLeadsElsewhere tries every way back that a form may name, with another site and
// with line ends that would begin a header.
func TestNoAnswerLeadsElsewhere(t *testing.T) {
	h := build(t)
	p := h.person(t, "member")
	for _, next := range []string{"https://evil.example/", "//evil.example/", `/\evil.example/`, "/\t/evil.example", "/x\r\nSet-Cookie: a=b", "javascript:alert(1)", "/%0d%0aSet-Cookie:a=b"} {
		a := h.visits(t, "/sign-in", "", url.Values{"key": {p.Key}, "next": {next}})
		to := a.header.Get("Location")
		if a.status != http.StatusSeeOther || !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") {
			t.Errorf("%q leads to %q with status %d", next, to, a.status)
		}
		for _, cookie := range a.header.Values("Set-Cookie") {
			if strings.HasPrefix(cookie, "a=") {
				t.Errorf("%q wrote a header", next)
			}
		}
		h.time.advance(time.Minute)
	}
}

// TestOtherMethodsDoNotExist: what is neither read nor sent by a form answers like an unknown address.
func TestOtherMethodsDoNotExist(t *testing.T) {
	h := build(t)
	for _, method := range []string{http.MethodTrace, http.MethodPut, http.MethodDelete, http.MethodOptions, http.MethodPatch, http.MethodConnect} {
		for _, path := range []string{"/", "/forum", "/me", "/exit"} {
			a := h.ask(t, method, path, "", nil)
			if a.status != http.StatusNotFound && a.status != http.StatusMethodNotAllowed && a.status != http.StatusNotImplemented {
				t.Errorf("%s %s answers %d", method, path, a.status)
			}
			if strings.Contains(a.body, canaryAgent) {
				t.Errorf("%s %s sends the request back", method, path)
			}
		}
	}
}

// TestOneRequestIsOneRequest sends bytes over a socket that a careless proxy would split in
// another place than the server: none of them may be answered as a second request.
func TestOneRequestIsOneRequest(t *testing.T) {
	h := build(t)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- h.Web.App.Listener(listener) }()
	defer func() {
		if err := h.Web.App.Shutdown(); err != nil {
			t.Error(err)
		}
		<-served
	}()
	hidden := "GET /rules HTTP/1.1\r\nHost: x\r\n\r\n"
	for _, row := range []struct{ name, bytes string }{
		{"two lengths", "POST /exit HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: " + fmt.Sprint(len(hidden)) + "\r\nConnection: close\r\n\r\n" + hidden},
		{"a length and chunks", "POST /exit HTTP/1.1\r\nHost: x\r\nContent-Length: " + fmt.Sprint(len(hidden)+5) + "\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n" + hidden},
		{"a coding with a space", "POST /exit HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\nContent-Length: 5\r\nConnection: close\r\n\r\n0\r\n\r\n" + hidden},
		{"a length with a sign", "POST /exit HTTP/1.1\r\nHost: x\r\nContent-Length: +0\r\nConnection: close\r\n\r\n" + hidden},
	} {
		conn, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if err := conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(conn, row.bytes); err != nil {
			t.Fatal(err)
		}
		all, _ := io.ReadAll(bufio.NewReader(conn)) // the server may close before everything was read
		if err := conn.Close(); err != nil {
			t.Error(err)
		}
		if n := strings.Count(string(all), "HTTP/1.1 "); n > 1 {
			t.Errorf("%s: %d answers to one request:\n%.600s", row.name, n, all)
		}
	}
}

// TestProductionLacksWhatIsForDevelopers: no page of pieces, and HSTS where the origin is https.
func TestProductionLacksWhatIsForDevelopers(t *testing.T) {
	cfg := unfurnished(t)
	cfg.Env, cfg.Origin = "production", "https://portico.example"
	production := empty(t, cfg)
	if a := production.ask(t, http.MethodGet, "/style", "", nil); a.status != http.StatusNotFound {
		t.Errorf("/style answers %d in production", a.status)
	}
	for _, path := range []string{"/", "/rules", "/nothing/here", "/static/nothing.css"} {
		if a := production.ask(t, http.MethodGet, path, "", nil); !strings.HasPrefix(a.header.Get("Strict-Transport-Security"), "max-age=63072000") {
			t.Errorf("%s has no Strict-Transport-Security", path)
		}
	}
	if a := build(t).ask(t, http.MethodGet, "/", "", nil); a.header.Get("Strict-Transport-Security") != "" {
		t.Error("a demonstration on plain http promises https")
	}
}
