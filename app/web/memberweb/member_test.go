package memberweb_test

import (
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/vault"
)

func TestTheKeyShowsAtOnceAndLaterBehindATap(t *testing.T) {
	b, key := newPortal(t).joined(t)
	first, again := b.Get("/key"), b.Get("/key?again=1")
	if strings.Contains(first.Body, "<details") || !strings.Contains(first.Body, key[8:12]) {
		t.Error("on first arrival the key is not in plain sight")
	}
	if !strings.Contains(again.Body, "<details") || strings.Contains(again.Body, "<details class=\"more\" open") {
		t.Error("later the key is not behind a tap")
	}
}

func TestTheCardForPrintNamesNothing(t *testing.T) {
	b, key := newPortal(t).joined(t)
	body := b.Get("/key/card").Body
	_, sheet, found := strings.Cut(body, `<section class="sheet`)
	sheet, _, _ = strings.Cut(sheet, "</section>")
	if !found {
		t.Fatal("there is no sheet")
	}
	text := strings.Join(strings.Fields(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(`<section class="sheet`+sheet, " ")), " ")
	if text != vault.FormatKey(key) {
		t.Errorf("on the paper stands %q, want the digits alone", text)
	}
}

func TestPracticeTellsRightFromWrongAndKeepsNothing(t *testing.T) {
	b, key := newPortal(t).joined(t)
	arabic := strings.Map(func(r rune) rune { return '٠' + r - '0' }, key[4:8])
	wrong := "0000"
	if key[8:12] == wrong {
		wrong = "1111"
	}
	for _, row := range []struct {
		what, group, typed string
		status             int
	}{
		{"the right group", "2", key[8:12], 200},
		{"the right group in other digits", "1", arabic, 200},
		{"the right group with spaces", "4", " " + key[16:18] + " " + key[18:], 200},
		{"a wrong group", "2", wrong, 422},
		{"nothing", "2", "", 422},
		{"a group that does not exist", "9", "x", 422},
	} {
		a := b.Post("/key/practice", "group", row.group, "digits", row.typed)
		if a.Status != row.status {
			t.Errorf("%s: got %d, want %d", row.what, a.Status, row.status)
		}
		if row.typed != "" && strings.Contains(a.Body, `value="`+row.typed+`"`) {
			t.Errorf("%s: what was typed came back", row.what)
		}
	}
}

func TestALaterSessionCannotShowTheKey(t *testing.T) {
	p := newPortal(t)
	_, key := p.joined(t)
	b := p.visitor(t)
	if a := b.Post("/sign-in", "key", key, "next", "//elsewhere.example"); a.Status != 303 || a.To != "/" {
		t.Fatalf("sign in: %d to %q, want 303 to /", a.Status, a.To)
	}
	if body := b.Get("/key").Body; strings.Contains(body, key[:4]+" ") || strings.Contains(body, "key-show") {
		t.Error("the key is shown in a later session")
	}
	for _, path := range []string{"/key/card", "/key/practice"} {
		if a := b.Get(path); a.To != "/key" {
			t.Errorf("%s: %d to %q, want a way back to /key", path, a.Status, a.To)
		}
	}
}

func TestAWrongKeyIsNeverOnAPageAndTheWaitComesBackByItself(t *testing.T) {
	p := newPortal(t)
	_, key := p.joined(t)
	b := p.visitor(t)
	wrong := key[:19] + string('0'+(key[19]-'0'+1)%10)
	for range 5 {
		if a := b.Post("/sign-in", "key", wrong, "next", "/forum"); a.Status != 422 || strings.Contains(a.Body, wrong) {
			t.Fatalf("a wrong key: %d, on the page: %v; want 422 and nowhere", a.Status, strings.Contains(a.Body, wrong))
		}
	}
	a := b.Post("/sign-in", "key", key, "next", "/forum")
	to, err := url.Parse(a.To)
	if err != nil || a.Status != 303 || to.Path != "/sign-in" || to.Query().Get("wait") == "" || strings.Contains(a.To, key) {
		t.Fatalf("after five wrong keys: %d to %q, want 303 to a page that waits", a.Status, a.To)
	}
	page := b.Get(a.To)
	refresh := page.Header.Get("Refresh")
	seconds, back, ok := strings.Cut(refresh, "; url=")
	if !ok || seconds != to.Query().Get("wait") {
		t.Fatalf("the page that waits has Refresh %q", refresh)
	}
	form := b.Get(back)
	ticket := to.Query().Get("t")
	if !strings.Contains(form.Body, `name="ticket" value="`+html.EscapeString(ticket)+`"`) || !strings.Contains(form.Body, `name="next" value="/forum"`) {
		t.Fatal("the form after the wait carries no ticket, or lost the way back")
	}
	p.Time.Advance(5 * time.Second)
	if a := b.Post("/sign-in", "key", key, "ticket", ticket, "next", "/forum"); a.Status != 303 || a.To != "/forum" {
		t.Errorf("the right key after the wait: %d to %q, want 303 to /forum", a.Status, a.To)
	}
}

func TestGraveActsAskForTheKeyAgain(t *testing.T) {
	p := newPortal(t)
	b, key := p.joined(t)
	for _, path := range []string{"/me/end-all", "/me/key", "/me/delete"} {
		if a := b.Get(path); a.Status != 200 || !strings.Contains(a.Body, `inputmode="numeric"`) {
			t.Errorf("%s: %d, or no field for the key", path, a.Status)
		}
		for _, typed := range []string{"", "1234", strings.Repeat("7", 20)} {
			if a := b.Post(path, "key", typed, "posts", "go"); a.Status != 403 || typed != "" && strings.Contains(a.Body, typed) {
				t.Errorf("%s with the key %q: %d, or the key on the page; want 403 and not", path, typed, a.Status)
			}
		}
		if !b.actor().SignedIn() {
			t.Fatalf("%s without the key ended the session", path)
		}
	}
	if a := b.Post("/me/key", "key", key); a.To != "/key" || b.actor().NewKey == key || b.actor().NewKey == "" {
		t.Fatalf("change the key: %d to %q, want a new key at /key", a.Status, a.To)
	}
	if a := b.Post("/me/delete", "key", b.actor().NewKey, "posts", "stay"); a.To != "/" || b.Cookies["portico"] != "" {
		t.Errorf("delete: %d to %q, want 303 to / without a session", a.Status, a.To)
	}
}

func TestSigningOutClearsTheBrowserAndNeverTheCache(t *testing.T) {
	p := newPortal(t)
	_, key := p.joined(t)
	for _, row := range []struct{ what, device, clear string }{
		{"a device that keeps nothing", "no-trace", `"cookies", "storage"`},
		{"her own phone, with what it keeps", "mine", `"cookies", "storage"`},
	} {
		b := p.visitor(t)
		b.Post("/sign-in", "key", key, "device", row.device)
		cookie := b.Cookies["portico"]
		a := b.Post("/sign-out")
		if a.To != "/sign-out" || a.Header.Get("Clear-Site-Data") != row.clear || b.Cookies["portico"] != "" {
			t.Errorf("%s: to %q, clears %q, cookie %q; want /sign-out, %q, none", row.what, a.To, a.Header.Get("Clear-Site-Data"), b.Cookies["portico"], row.clear)
		}
		b.Cookies["portico"] = cookie
		if b.actor().SignedIn() {
			t.Errorf("%s: the session lives on", row.what)
		}
	}
	if a := p.visitor(t).Get("/sign-out"); a.Status != 200 {
		t.Errorf("the page for somebody who is out: %d, want 200", a.Status)
	}
}

func TestMyAccountNamesAndEndsSessions(t *testing.T) {
	p := newPortal(t)
	first, key := p.joined(t)
	second := p.visitor(t)
	second.Post("/sign-in", "key", key)
	if a := second.Post("/me/label", "label", "blue <b>"); a.To != "/me" {
		t.Fatalf("name a session: %d", a.Status)
	}
	if a := second.Post("/me/label", "label", strings.Repeat("long ", 20)); a.Status != 422 {
		t.Errorf("a long name: got %d, want 422", a.Status)
	}
	body := first.Get("/me").Body
	end := regexp.MustCompile(`/me/sessions/[0-9a-f]+/end`).FindAllString(body, -1)
	if !strings.Contains(body, "blue &lt;b&gt;") || len(end) != 1 {
		t.Fatalf("the list has %d sessions to end, want the other one with its name", len(end))
	}
	if a := first.Post(end[0]); a.To != "/me" || second.actor().SignedIn() {
		t.Errorf("end the other session: to %q, still signed in: %v", a.To, second.actor().SignedIn())
	}
}

func TestAJoinFormThatComesBackKeepsWhatWasFilledIn(t *testing.T) {
	b := newPortal(t).visitor(t)
	a := b.Post("/join", "adult", "1", "device", "mine", "lang", "fr")
	for _, want := range []string{`id="adult" name="adult" value="1" checked`, `value="mine" checked`, `<option value="fr" selected`, "#rules"} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("the form came back without %q", want)
		}
	}
	if a.Status != 422 {
		t.Errorf("got %d, want 422", a.Status)
	}
}
