package server_test

import (
	"context"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
	"portico/seed"
)

// hand is somebody before the forms of the real server, with her session.
type hand struct {
	*house
	member.Opened
}

func (h *house) hand(t *testing.T, p seed.Person) hand { return hand{h, h.enter(t, p)} }

// posts sends a form as her browser does; fields are names and values in turn.
func (w hand) posts(t *testing.T, path string, fields ...string) answer {
	t.Helper()
	form := url.Values{"token": {w.Actor.Token.FormToken()}}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return w.ask(t, http.MethodPost, path, w.Cookie, form)
}

func (w hand) gets(t *testing.T, path string) answer {
	t.Helper()
	return w.ask(t, http.MethodGet, path, w.Cookie, nil)
}

// talks begins a talk of hers that others read at once.
func (w hand) talks(t *testing.T, title string) (path string, post store.ID, topic store.ID) {
	t.Helper()
	ctx := context.Background()
	r, err := w.Forum.StartTalk(ctx, w.Actor, "start", forum.Draft{Title: title, Body: "It stands by my bed.", Lang: "en"})
	if err == nil && r.Held { // one of those that a moderator sees by chance
		err = w.Store.Tx(ctx, func(tx *gorm.DB) error { return w.Forum.Keep(ctx, tx, r.Post) })
	}
	if err != nil || !r.Stored {
		t.Fatalf("a talk of hers: %+v, %v", r, err)
	}
	return "/forum/start/" + r.Topic.String(), r.Post, r.Topic
}

// says wants a message on the page, and nothing of the inside.
func (a answer) says(t *testing.T, key string, args ...any) {
	t.Helper()
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	if want := bundle.Printer("en").T(key, args...); !strings.Contains(html.UnescapeString(a.body), want) {
		t.Errorf("status %d, and the page does not say %q", a.status, want)
	}
}

var area = regexp.MustCompile(`(?s)<textarea[^>]*? name="([a-z]+)"[^>]*>(.*?)</textarea>`)

// field is what stands in a field of the form that came back. A browser takes the first
// line break away.
func (a answer) field(t *testing.T, name string) string {
	t.Helper()
	for _, found := range area.FindAllStringSubmatch(a.body, -1) {
		if found[1] == name {
			return strings.TrimPrefix(html.UnescapeString(found[2]), "\n")
		}
	}
	t.Fatalf("status %d, and no form with %s came back", a.status, name)
	return ""
}

// oddTexts are what people, keyboards and old phones send. Kept is what the portal holds of
// it, where that differs.
var oddTexts = map[string]struct {
	text, kept string
	refused    string // the message, for what cannot be posted
}{
	"100,000 times one letter":             {text: strings.Repeat("a", 100_000), refused: "forum.body.long"},
	"100,000 times one Arabic letter":      {text: strings.Repeat("ا", 100_000), refused: "forum.body.long"},
	"100,000 times a letter of four bytes": {text: strings.Repeat("𝔘", 100_000), refused: "forum.body.long"},
	"spaces and line ends alone":           {text: " \r\n\t ", refused: "forum.body.empty"},
	"deeply nested quotes":                 {text: strings.Repeat("> ", 3_000) + "deep"},
	"mixed directions":                     {text: "The word \u202eآمن\u202c means safe, \u2066و\u2069 that is (all) 12-34."},
	"an override that nobody closes":       {text: "Turned \u202e\u2067around"},
	"control characters":                   {text: "before\x07\x1b[31m\x00after", kept: "before\x07\x1b[31mafter"},
	"invalid UTF-8":                        {text: "caf\xe9 noir", kept: "caf\ufffd noir"},
}

// TestOddTextsAreTakenOrComeBackWhole sends each to the three forms that make words of the
// forum: what is refused says why and stands in the form, and what is taken is all there.
func TestOddTextsAreTakenOrComeBackWhole(t *testing.T) {
	h := build(t)
	her := h.hand(t, h.person(t, "member"))
	for name, odd := range oddTexts {
		for _, form := range []string{"a new talk", "an answer", "a change"} {
			t.Run(name+" in "+form, func(t *testing.T) {
				h.time.advance(61 * time.Second)
				path, post, _ := her.talks(t, "A lamp")
				to := map[string]string{"a new talk": "/forum/start/topics", "an answer": path + "/posts", "a change": "/posts/" + post.String() + "/edit"}[form]
				a := her.posts(t, to, "title", "Odd words", "lang", "en", "body", odd.text, "version", "1", "insist", "1")
				if odd.refused != "" {
					if a.status != http.StatusUnprocessableEntity {
						t.Fatalf("status %d; want 422", a.status)
					}
					a.says(t, odd.refused, "Most", forum.LongestBody)
					if got := a.field(t, "body"); strings.TrimSpace(got) != strings.TrimSpace(odd.text) {
						t.Errorf("%d bytes of %d came back", len(got), len(odd.text))
					}
					return
				}
				if a.status != http.StatusSeeOther {
					t.Fatalf("status %d; want the talk", a.status)
				}
				her.holdsAll(t, a.header.Get("Location"), odd.text, odd.kept)
			})
		}
	}
}

// holdsAll follows her to the talk and opens the form that changes her newest post.
func (w hand) holdsAll(t *testing.T, path, text, kept string) {
	t.Helper()
	page := w.gets(t, path)
	if page.status != http.StatusOK || !strings.Contains(page.body, "</html>") || strings.Count(page.body, "<blockquote>") > 10 {
		t.Fatalf("the talk: status %d, %d quotes in each other", page.status, strings.Count(page.body, "<blockquote>"))
	}
	edits := regexp.MustCompile(`href="(/posts/[a-z0-9]+/edit)"`).FindAllStringSubmatch(page.body, -1)
	if len(edits) == 0 {
		t.Fatal("the talk does not let her change her post")
	}
	if kept == "" {
		kept = text
	}
	if got := w.gets(t, edits[len(edits)-1][1]).field(t, "body"); got != kept {
		t.Errorf("kept %.60q, want %.60q", got, kept)
	}
}

// TestWhatChangedWhileSheTypedIsSaidAndLosesNothing: the answer says what happened, and her
// words stand in the form that comes back.
func TestWhatChangedWhileSheTypedIsSaidAndLosesNothing(t *testing.T) {
	h := build(t)
	const words = "Long and careful words of hers."
	for name, c := range map[string]struct {
		send   func(t *testing.T, h *house, words string) answer
		status int
		field  string // of the form that comes back; "" where her words stand on the page alone
		key    string // of the message
		args   []any
	}{
		"a talk was closed":                    {repliesToClosed, http.StatusForbidden, "body", "forum.topic.closed", nil},
		"the time to appeal is over":           {appealsLate, http.StatusForbidden, "words", "desk.appeal.late", []any{"Days", desk.AppealDays}},
		"she has appealed in another tab":      {appealsTwice, http.StatusConflict, "words", "desk.appeal.once", nil},
		"the claim has run out":                {decidesLate, http.StatusConflict, "words", "desk.claim.over", nil},
		"the claim and the session ran out":    {decidesSignedOut, http.StatusUnauthorized, "words", "desk.signin", nil},
		"the session of a second look is over": {settlesSignedOut, http.StatusUnauthorized, "", "desk.signin", nil},
		"a colleague settled it":               {decidesSettled, http.StatusConflict, "", "desk.item.gone", nil},
		"she changed the post in another tab":  {changesTwice, http.StatusConflict, "body", "forum.edit.stale", nil},
	} {
		t.Run(name, func(t *testing.T) {
			a := c.send(t, h, words)
			if a.status != c.status {
				t.Errorf("status %d; want %d", a.status, c.status)
			}
			a.says(t, c.key, c.args...)
			if c.field == "" {
				if !strings.Contains(a.body, words) {
					t.Error("her words are gone")
				}
				return
			}
			if got := a.field(t, c.field); got != words {
				t.Errorf("%q came back", got)
			}
		})
	}
}

// TestTheSameFormInTwoTabsPostsOnce: the second answer leads to the post of the first.
func TestTheSameFormInTwoTabsPostsOnce(t *testing.T) {
	h := build(t)
	her := h.hand(t, h.person(t, "member"))
	path, _, _ := her.talks(t, "Two tabs")
	for to, fields := range map[string][]string{
		"/forum/start/topics": {"title", "From two tabs", "lang", "en", "body", "A canary of two tabs.", "nonce", "one form"},
		path + "/posts":       {"body", "A canary of two tabs.", "nonce", "another form"},
	} {
		first, second := her.posts(t, to, fields...), her.posts(t, to, fields...)
		at := first.header.Get("Location")
		if first.status != http.StatusSeeOther || second.status != http.StatusSeeOther || second.header.Get("Location") != at {
			t.Errorf("%s: %d to %q, then %d to %q", to, first.status, at, second.status, second.header.Get("Location"))
		}
		if n := strings.Count(her.gets(t, at).body, "A canary of two tabs."); n != 1 {
			t.Errorf("%s: the words stand %d times in the talk", to, n)
		}
	}
}

func repliesToClosed(t *testing.T, h *house, words string) answer {
	her, ctx := h.hand(t, h.person(t, "member")), context.Background()
	path, _, topic := her.talks(t, "Closed meanwhile")
	if err := h.Store.Tx(ctx, func(tx *gorm.DB) error { return h.Forum.CloseTopic(ctx, tx, topic) }); err != nil {
		t.Fatal(err)
	}
	return her.posts(t, path+"/posts", "body", words)
}

func changesTwice(t *testing.T, h *house, words string) answer {
	her := h.hand(t, h.person(t, "member"))
	_, post, _ := her.talks(t, "Changed meanwhile")
	edit := "/posts/" + post.String() + "/edit"
	if a := her.posts(t, edit, "body", "From the other tab.", "version", "1"); a.status != http.StatusSeeOther {
		t.Fatalf("the other tab: status %d", a.status)
	}
	a := her.posts(t, edit, "body", words, "version", "1")
	if !strings.Contains(a.body, "From the other tab.</blockquote>") {
		t.Error("what stands now is not shown beside it")
	}
	return a
}

// inHand lets somebody report a new talk of a member, and a moderator take it.
func inHand(t *testing.T, h *house) (moderator hand, item string, talk string) {
	t.Helper()
	ctx := context.Background()
	author := h.hand(t, h.person(t, "member"))
	talk, post, _ := author.talks(t, "In question")
	reporter := h.enter(t, h.person(t, "peer"))
	if _, err := h.Forum.Report(ctx, reporter.Actor, post, "spam", ""); err != nil {
		t.Fatal(err)
	}
	moderator = h.hand(t, h.person(t, "moderator"))
	waiting, err := h.Desk.Waiting(ctx, moderator.Actor, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range waiting {
		if i.PostID == post && i.Kind == moderation.Report {
			item = "/desk/items/" + i.ID.String()
		}
	}
	if a := moderator.posts(t, item+"/claim"); a.status != http.StatusSeeOther {
		t.Fatalf("take %q: status %d", item, a.status)
	}
	return moderator, item, talk
}

func decidesLate(t *testing.T, h *house, words string) answer {
	_, item, _ := inHand(t, h)
	h.time.advance(16 * time.Minute)
	moderator := h.hand(t, h.person(t, "moderator")) // in again, in another tab: the session ends as soon as the claim
	return moderator.posts(t, item+"/decide", "action", "hide", "reason", "spam", "words", words)
}

func decidesSignedOut(t *testing.T, h *house, words string) answer {
	moderator, item, _ := inHand(t, h)
	h.time.advance(16 * time.Minute) // as long as the claim
	return moderator.posts(t, item+"/decide", "action", "hide", "reason", "spam", "words", words)
}

func settlesSignedOut(t *testing.T, h *house, words string) answer {
	moderator, item, _ := inHand(t, h)
	h.time.advance(16 * time.Minute)
	return moderator.posts(t, item+"/settle", "stand", "1", "words", words)
}

func decidesSettled(t *testing.T, h *house, words string) answer {
	moderator, item, _ := inHand(t, h)
	if a := moderator.posts(t, item+"/decide", "action", "keep"); a.status != http.StatusSeeOther {
		t.Fatalf("the other tab: status %d", a.status)
	}
	return moderator.posts(t, item+"/decide", "action", "hide", "reason", "spam", "words", words)
}

// hidden decides about a member's talk and returns the address at which she can appeal.
func hidden(t *testing.T, h *house) (appeal string) {
	t.Helper()
	moderator, item, talk := inHand(t, h)
	if a := moderator.posts(t, item+"/decide", "action", "hide", "reason", "spam", "words", "It is an offer."); a.status != http.StatusSeeOther {
		t.Fatalf("decide: status %d", a.status)
	}
	page := h.hand(t, h.person(t, "member")).gets(t, talk)
	found := regexp.MustCompile(`href="(/decisions/[a-z0-9]+/appeal)"`).FindStringSubmatch(page.body)
	if found == nil {
		t.Fatalf("the talk, status %d, offers no appeal", page.status)
	}
	return found[1]
}

func appealsLate(t *testing.T, h *house, words string) answer {
	appeal := hidden(t, h)
	h.time.advance((desk.AppealDays + 1) * 24 * time.Hour)
	return h.hand(t, h.person(t, "member")).posts(t, appeal, "words", words)
}

func appealsTwice(t *testing.T, h *house, words string) answer {
	appeal := hidden(t, h)
	her := h.hand(t, h.person(t, "member"))
	if a := her.posts(t, appeal, "words", "From the other tab."); a.status != http.StatusSeeOther {
		t.Fatalf("the other tab: status %d", a.status)
	}
	return her.posts(t, appeal, "words", words)
}
