package server_test

import (
	"context"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"portico/app/forum"
	"portico/app/member"
)

// everyField is every name that a form of Portico uses, so that each form meets each value.
var everyField = []string{
	"code", "adult", "rules", "lang", "device", "key", "handle", "passphrase", "otp", "ticket", "next", "label", "digits", "group",
	"posts", "roles", "most", "days", "title", "body", "warning", "name_mode", "both", "insist", "nonce", "version", "reason", "note",
	"q", "in", "on", "follow", "action", "words", "mask", "other", "proposal", "forget",
}

var badValues = map[string]string{
	"empty":               "",
	"spaces":              "   \t\r\n ",
	"hostile markup":      `"><script>alert(1)</script><img src=x onerror=alert(2)>`,
	"ninety thousand":     strings.Repeat("x", 90_000),
	"long in four bytes":  strings.Repeat("𝔘", 8_500),
	"no text at all":      "\xff\xfe\x00\x01",
	"a zero byte":         "before\x00after",
	"a statement":         `'; DROP TABLE posts; --`,
	"a number":            "-1",
	"a very large number": "99999999999999999999999999",
	"direction marks":     "\u202e\u2066abc\u200f",
}

// TestEveryFormSurvivesBadInput sends each bad value to every form of the route table, as
// somebody who may use it and with the right token. Nothing may break, and what was typed
// may come back only as text.
func TestEveryFormSurvivesBadInput(t *testing.T) {
	h := build(t)
	forms := 0
	for _, r := range h.Web.Routes {
		if r.Method != http.MethodPost || r.Path == "/exit" || r.Path == "/sign-out" {
			continue
		}
		forms++
		for name, value := range badValues {
			h.time.advance(61 * time.Second) // or the limit of a minute would answer instead of the form
			who := h.fresh(t, r.Path)
			form := url.Values{"token": {who.Actor.Token.FormToken()}}
			for _, field := range everyField {
				form.Set(field, fitting(field, value))
			}
			a := h.ask(t, http.MethodPost, h.real(t, r.Path, who.Actor), who.Cookie, form)
			if a.status == http.StatusTooManyRequests && r.Rate != "keys" {
				t.Fatalf("%s with %s: the limit answered, so the form was not tried", r.Path, name)
			}
			if a.status >= 500 && a.status != http.StatusServiceUnavailable {
				t.Errorf("%s with %s: status %d", r.Path, name, a.status)
			}
			if strings.Contains(a.body, "<script>alert(1)") || strings.Contains(a.body, "<img src=x") {
				t.Errorf("%s with %s: the markup came back alive", r.Path, name)
			}
			if strings.Contains(a.body, "goroutine ") || strings.Contains(a.body, "SQLSTATE") {
				t.Errorf("%s with %s: the page shows the inside", r.Path, name)
			}
		}
	}
	if forms < 20 {
		t.Fatalf("only %d forms were tried", forms)
	}
	if logs := h.logs.String(); strings.Contains(logs, "panicked") {
		t.Errorf("a handler panicked: %s", logs)
	}
}

// fitting cuts long values for all but two fields: what is larger than a whole form may be
// is refused before any handler, and would prove nothing here.
func fitting(field, value string) string {
	if field == "body" || field == "title" || len(value) < 200 {
		return value
	}
	return string([]rune(value)[:20])
}

// fresh opens a session that may use a form; forms that end it get one of their own.
func (h *house) fresh(t *testing.T, path string) member.Opened {
	t.Helper()
	role := "member"
	switch {
	case strings.HasPrefix(path, "/desk"):
		role = "moderator"
	case strings.HasPrefix(path, "/team"):
		role = "coordinator"
	}
	if h.sessions == nil {
		h.sessions = map[string]member.Opened{}
	}
	if known, ok := h.sessions[role]; ok {
		found, err := h.Members.Recognise(context.Background(), known.Cookie)
		if err == nil && found.Actor.SignedIn() {
			return known
		}
	}
	h.sessions[role] = h.enter(t, h.person(t, role))
	return h.sessions[role]
}

// real puts things that exist into the variables of a path.
func (h *house) real(t *testing.T, path string, who member.Actor) string {
	t.Helper()
	ctx := context.Background()
	topics, _, err := h.Forum.Topics(ctx, who, "start", "", nil)
	if err != nil || len(topics) == 0 {
		t.Fatalf("no topics: %v", err)
	}
	talk, err := h.Forum.Conversation(ctx, who, topics[0].ID, 1)
	if err != nil || len(talk.Posts) == 0 {
		t.Fatalf("no posts: %v", err)
	}
	id := talk.Posts[0].ID.String()
	switch {
	case strings.HasPrefix(path, "/desk/items"):
		items, err := h.Desk.Waiting(ctx, who, "")
		if err != nil || len(items) == 0 {
			t.Fatalf("nothing waits at the desk: %v", err)
		}
		id = items[0].ID.String()
		if err := h.Desk.Claim(ctx, who, items[0].ID); err != nil {
			t.Fatal(err)
		}
	case strings.HasPrefix(path, "/posts/:id/edit"), strings.HasPrefix(path, "/posts/:id/delete"):
		r, err := h.Forum.StartTalk(ctx, who, "start", forum.Draft{Title: "Mine", Body: "My own words.", Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		id = r.Post.String()
	case strings.HasPrefix(path, "/me/sessions"):
		id = hex.EncodeToString(who.Token.ID())
	}
	path = strings.NewReplacer(":board", "start", ":topic", topics[0].ID.String(), ":token", "no-such-token").Replace(path)
	return strings.ReplaceAll(path, ":id", id)
}

func TestAFormInAnotherEncodingIsRefused(t *testing.T) {
	h := build(t)
	for kind, body := range map[string]string{
		"application/json":                  `{"key":"12345678901234567890"}`,
		"text/plain":                        "key=12345678901234567890",
		"multipart/form-data; boundary=xxx": "--xxx\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\n1\r\n--xxx--\r\n",
	} {
		req := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader(body))
		req.Header.Set("Content-Type", kind)
		req.Header.Set("Sec-Fetch-Site", "same-origin")
		if a := h.send(t, req); a.status != http.StatusForbidden {
			t.Errorf("%s: status %d; want 403", kind, a.status)
		}
	}
}
