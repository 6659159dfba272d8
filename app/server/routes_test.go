package server_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web"
)

// everyRole is the columns of the route table's test.
var everyRole = []string{"", "member", "peer", "leader", "mediator", "supervisor", "moderator", "coordinator", "admin", "candidate"}

// TestEveryRouteAnswersEveryRoleAsTheTableSays walks the whole table with every role. It
// also holds what must be true of every single answer, and that no GET changes anything.
func TestEveryRouteAnswersEveryRoleAsTheTableSays(t *testing.T) {
	h := build(t)
	sessions := map[string]member.Opened{}
	for _, role := range everyRole[1:] {
		sessions[role] = h.enter(t, h.person(t, role))
	}
	unknown := map[string]string{}
	for _, role := range everyRole {
		a := h.ask(t, http.MethodGet, "/nothing/here", sessions[role].Cookie, nil)
		if a.status != http.StatusNotFound {
			t.Fatalf("an unknown address answers %d to %q", a.status, role)
		}
		unknown[role] = bare(a.body)
	}
	before := dumpAll(t, h)
	for _, r := range h.Web.Routes {
		for _, role := range everyRole {
			path := fill(r.Path)
			var form url.Values
			if r.Method == http.MethodPost {
				if r.Path == "/exit" || r.Path == "/sign-out" {
					continue // these end the session that the next lines need; they have tests of their own
				}
				form = url.Values{"token": {"not the right one"}}
			}
			a := h.ask(t, r.Method, path, sessions[role].Cookie, form)
			name := r.Method + " " + r.Path + " as " + role
			headersHold(t, name, r, a)
			if a.status >= 500 {
				t.Errorf("%s: status %d", name, a.status)
			}
			if admitted := r.For.Admits(sessions[role].Actor); !admitted {
				if a.status != http.StatusNotFound {
					t.Errorf("%s: status %d; want the page of an unknown address", name, a.status)
				}
				if got := bare(a.body); got != unknown[role] {
					t.Errorf("%s: a forbidden page does not look like an unknown one", name)
				}
			} else if a.status == http.StatusNotFound && !strings.Contains(r.Path, ":") && r.Path != "/link" {
				t.Errorf("%s: not found, although the table admits her", name)
			}
		}
	}
	if after := dumpAll(t, h); after != before {
		t.Error("walking every page (and every form without its token) changed the database")
	}
}

// fill puts something into the variables of a path.
func fill(path string) string {
	path = strings.ReplaceAll(path, ":board", "start")
	return regexp.MustCompile(`:\w+`).ReplaceAllString(path, "aaaaaaaaaaaaaaaaaaaaaaaaaa")
}

// bare takes out of an error page what names the address or the form.
func bare(body string) string {
	body = regexp.MustCompile(`href="/languages[^"]*"`).ReplaceAllString(body, "")
	return regexp.MustCompile(`name="token" value="[^"]*"`).ReplaceAllString(body, "")
}

func headersHold(t *testing.T, name string, r web.Route, a answer) {
	t.Helper()
	policy := a.header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "style-src 'self'", "script-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("%s: the content policy lacks %s", name, part)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Errorf("%s: the content policy allows something unsafe", name)
	}
	wantReferrer := "same-origin"
	if r.Path == "/left" {
		wantReferrer = "no-referrer"
	}
	for header, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": wantReferrer,
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := a.header.Get(header); got != want {
			t.Errorf("%s: %s is %q; want %q", name, header, got, want)
		}
	}
	if cache := a.header.Get("Cache-Control"); !strings.Contains(cache, "no-store") && (r.Cache != "forever" || a.status != http.StatusOK) {
		t.Errorf("%s: Cache-Control is %q; want no-store", name, cache)
	}
	for _, cookie := range a.header.Values("Set-Cookie") {
		low := strings.ToLower(cookie)
		if !strings.HasPrefix(cookie, "__Host-") || !strings.Contains(low, "secure") || !strings.Contains(low, "httponly") || !strings.Contains(low, "samesite=lax") {
			t.Errorf("%s: a cookie without its guards: %s", name, cookie)
		}
	}
}

func TestAPostOfAnotherSiteIsRefused(t *testing.T) {
	h := build(t)
	who := h.enter(t, h.person(t, "member"))
	form := url.Values{"token": {who.Actor.Token.FormToken()}, "label": {"stolen"}}.Encode()
	for name, headers := range map[string]map[string]string{
		"cross-site by Sec-Fetch-Site": {"Sec-Fetch-Site": "cross-site", "Origin": "http://example.com"},
		"same-site but another origin": {"Sec-Fetch-Site": "same-site", "Origin": "http://evil.example.com"},
		"another Origin":               {"Origin": "https://evil.example"},
		"Origin null":                  {"Origin": "null"},
		"neither header":               {},
	} {
		req := httptest.NewRequest(http.MethodPost, "/me/label", strings.NewReader(form))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("Cookie", "__Host-portico="+who.Cookie)
		for k, v := range headers {
			req.Header.Set(k, v)
		}
		if a := h.send(t, req); a.status != http.StatusForbidden {
			t.Errorf("%s: status %d; want 403", name, a.status)
		}
	}
	req := httptest.NewRequest(http.MethodPost, "/me/label", strings.NewReader(form))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Cookie", "__Host-portico="+who.Cookie)
	req.Header.Set("Origin", "http://example.com") // the test's own host
	if a := h.send(t, req); a.status != http.StatusSeeOther {
		t.Errorf("the same origin: status %d; want 303, or the refusals above prove nothing", a.status)
	}
}
