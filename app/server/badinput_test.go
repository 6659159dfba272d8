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

	"gorm.io/gorm"

	"portico/app/forum"
	"portico/app/material"
	"portico/app/member"
	"portico/app/notice"
	"portico/app/store"
	"portico/app/survey"
	"portico/app/translate"
)

// everyField is every name that a form of Portico uses, so that each form meets each value.
var everyField = []string{
	"code", "adult", "rules", "lang", "device", "key", "handle", "passphrase", "otp", "ticket", "next", "label", "digits", "group",
	"posts", "roles", "most", "days", "title", "body", "warning", "name_mode", "both", "insist", "nonce", "version", "reason", "note",
	"q", "in", "on", "follow", "action", "words", "mask", "other", "proposal", "forget",
	"r", "keep", "stand", "second", "day", "hour", "hours",
	"purpose", "audience", "language", "kind", "sign", "useful", "plain", "missing", "text", "wanted", "why", "part", "base", "act",
	"credit", "alias", "state", "choice", "closes", "least", "not_asked", "months", "question1", "kind1", "reply1", "reply2",
	"slug", "name-en", "purpose-en", "decided", "outcome", "sure", "to",
	"segment", "match", "file", "from", "term", "preferred", "refused", "domain", "denies", "understood", "hard",
	"name", "as", "wait", "sent", "holder", "unit",
	"skill", "skill-id", "evidence", "reader", "asked", "with", "account", "agenda", "there", "steps", "step", "promise", "kept", "held", "contact", "organisation",
	"language1", "level1", "checks1", "regions", "scope", "limits", "skills", "availability", "pair", "mentor", "supervisor", "for-name", "low",
	"told", "role",
	"way", "quorum", "open", "how", "expects", "pay", "childcare", "criteria-en", "amount", "currency", "until", "languages", "owner", "due", "share",
	"country", "city", "started", "status", "status_note", "summary", "form", "standing", "peers", "after", "answer-A1", "answer-B1", "sheet-description",
	"sheet-contacts", "criterion-a", "ground-a",
	"panel", "terms", "number", "answer", "criterion", "for", "posting",
	"use", "langs", "recognise", "removed", "said", "fair", "erase", "own", "subjects", "sheet", "copies", "place", "story", "consent",
	"month", "greeting", "imprint", "signed", "mark", "material", "agreed", "recording",
	"region", "wish", "read",
	"k1", "q1", "o1", "a1", "a2", "intro", "did",
	"measure", "split", "recipient", "say",
}

var badValues = map[string]string{
	"empty":               "",
	"spaces":              "   \t\r\n ",
	"hostile markup":      `"><script>alert(1)</script><img src=x onerror=alert(2)>`,
	"ninety thousand":     strings.Repeat("x", 90_000),
	"nested quotes":       strings.Repeat("> ", 3_900) + "deep",
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
	case strings.HasPrefix(path, "/learn/team"), strings.HasPrefix(path, "/team"), strings.HasPrefix(path, "/work/team"), strings.HasPrefix(path, "/directory"),
		strings.HasPrefix(path, "/practices"), strings.HasPrefix(path, "/figures"),
		strings.HasPrefix(path, "/supervision/hours"):
		role = "coordinator"
	case strings.HasPrefix(path, "/work"), strings.HasPrefix(path, "/supervision"):
		role = "peer"
	case strings.HasPrefix(path, "/my-path"):
		role = "candidate"
	case strings.HasPrefix(path, "/read"), strings.HasPrefix(path, "/magazine"), strings.HasPrefix(path, "/surveys"):
		role = "leader"
	case strings.HasPrefix(path, "/translate"):
		role = "mediator"
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
		id = h.claimable(t, who).String()
	case strings.HasPrefix(path, "/desk/notices"):
		id = h.noticed(t, who).String()
	case strings.HasPrefix(path, "/surveys/:id"):
		id = h.survey(t, who, path).String()
	case strings.HasPrefix(path, "/desk/tips/:id"):
		id = h.tip(t, who).String()
	case strings.HasPrefix(path, "/team/rules/:lang"):
		path = "/team/rules/it"
	case strings.HasPrefix(path, "/desk/terms/:form"):
		path = "/desk/terms/new"
	case strings.HasPrefix(path, "/practices/interviews/:id"):
		id = h.interview(t, who).String()
		steps := h.Practice.Steps() // another one each time, so that every step meets bad values
		path = strings.ReplaceAll(path, ":step", steps[int(h.time.Now().Unix()/61)%len(steps)])
	case strings.HasPrefix(path, "/practices/:id"):
		id = "vo-adpare"
	case strings.HasPrefix(path, "/read/:id"):
		id = h.leaflet(t, who).String()
	case strings.HasPrefix(path, "/figures/:id"):
		id = h.table(t, who, path).String()
	case strings.HasPrefix(path, "/magazine/:id"):
		path = h.issue(t, who, path)
	case strings.HasPrefix(path, "/translate/:doc"):
		path = strings.NewReplacer(":doc", h.document(t, who), ":lang", "it", ":n", "2").Replace(path)
	case strings.HasPrefix(path, "/posts/:id/edit"), strings.HasPrefix(path, "/posts/:id/delete"):
		r, err := h.Forum.StartTalk(ctx, who, "start", forum.Draft{Title: "Mine", Body: "My own words.", Lang: "en"})
		if err != nil {
			t.Fatal(err)
		}
		id = r.Post.String()
	case strings.HasPrefix(path, "/me/sessions"):
		id = hex.EncodeToString(who.Token.ID())
	}
	path = strings.NewReplacer(":board", "start", ":topic", topics[0].ID.String(), ":token", "no-such-token", ":country", "IT", ":form", store.NewID().String()).Replace(path)
	return strings.ReplaceAll(path, ":id", id)
}

// claimable takes the first item in hand that she has not left to others.
func (h *house) claimable(t *testing.T, who member.Actor) store.ID {
	t.Helper()
	ctx := context.Background()
	items, err := h.Desk.Waiting(ctx, who, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if err := h.Desk.Claim(ctx, who, item.ID); err == nil {
			return item.ID
		}
	}
	// Everything was decided or left to others: somebody new writes.
	author := h.enter(t, h.person(t, "member")).Actor
	if _, err := h.Forum.StartTalk(ctx, author, "start", forum.Draft{Title: "Another one", Body: "Call me at 333 123 4567.", Lang: "en", Insist: true}); err != nil {
		t.Fatal(err)
	}
	return h.claimable(t, who)
}

// interview is one of hers about a practice.
func (h *house) interview(t *testing.T, who member.Actor) store.ID {
	t.Helper()
	id, err := h.Practice.Again(context.Background(), who, "vo-adpare")
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// leaflet is a draft whose group she leads.
func (h *house) leaflet(t *testing.T, who member.Actor) store.ID {
	t.Helper()
	ctx := context.Background()
	idea, err := h.Material.Propose(ctx, who, material.IdeaForm{Kind: "leaflet", Title: "Night bus", Purpose: "Where it stops", Audience: "Everybody", Lang: "en"})
	if err != nil || !idea.Stored {
		t.Fatalf("an idea: %+v, %v", idea, err)
	}
	if err := h.Material.TakeUp(ctx, who, idea.ID); err != nil {
		t.Fatal(err)
	}
	return idea.ID
}

// document is a text that waits for its Italian.
func (h *house) document(t *testing.T, who member.Actor) string {
	t.Helper()
	ctx, id := context.Background(), store.NewID()
	err := h.Store.Tx(ctx, func(tx *gorm.DB) error {
		return h.Translate.SourceChanged(ctx, tx, id, translate.Document{Kind: "leaflet", Lang: "en", Text: "# Night bus\n\nIt stops at the bridge.\n"})
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Translate.Open(ctx, who, id, "it"); err != nil {
		t.Fatal(err)
	}
	return id.String()
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

// noticed is a notice that this moderator has in hand.
func (h *house) noticed(t *testing.T, who member.Actor) store.ID {
	t.Helper()
	ctx, nonce := context.Background(), store.NewID().String()
	code := notice.Code{Hash: []byte(nonce)[:16], Key: []byte(nonce + nonce)[:32]}
	if _, err := h.Notice.Tell(ctx, notice.Telling{Country: "IT", Kind: "other", Wish: "talk", Lang: "en", Words: "It happened.", Nonce: nonce}, code); err != nil {
		t.Fatal(err)
	}
	id := store.FormID("notice", nonce)
	if err := h.Notice.Claim(ctx, who, id); err != nil {
		t.Fatal(err)
	}
	return id
}

// tip is a warning that waits for a second moderator.
func (h *house) tip(t *testing.T, who member.Actor) store.ID {
	t.Helper()
	nonce := store.NewID().String()
	form := notice.TipForm{Nonce: nonce, Country: "IT", Kind: "robbery", Lang: "en", Title: "Notes", Words: "Look at each note."}
	if _, err := h.Notice.Write(context.Background(), who, form, []string{"en"}); err != nil {
		t.Fatal(err)
	}
	return store.FormID("tip", nonce)
}

// survey is one in the state that a step begins from.
func (h *house) survey(t *testing.T, who member.Actor, path string) store.ID {
	t.Helper()
	ctx := context.Background()
	form := survey.Form{
		Nonce: store.NewID().String(), Kind: "needs", Audience: survey.Everybody, Lang: "en", ClosesDay: h.Store.DayAfter(5), Title: "What is missing",
		Types: []string{survey.One, survey.Words}, Questions: []survey.Asked{{Words: "Do you sleep?", Answers: []string{"yes", "no"}}, {Words: "What else?"}},
	}
	id, err := h.Survey.Write(ctx, who, form)
	if err == nil && !strings.HasSuffix(path, "/begin") && !strings.HasSuffix(path, "/drop") && !strings.HasSuffix(path, "/words") {
		err = h.Survey.Begin(ctx, who, id)
	}
	if err == nil && strings.HasSuffix(path, "/close") {
		err = h.Survey.Stop(ctx, who, id)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}
