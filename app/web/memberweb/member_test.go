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
	first, again := b.get("/key"), b.get("/key?again=1")
	if strings.Contains(first.body, "<details") || !strings.Contains(first.body, key[8:12]) {
		t.Error("on first arrival the key is not in plain sight")
	}
	if !strings.Contains(again.body, "<details") || strings.Contains(again.body, "<details class=\"more\" open") {
		t.Error("later the key is not behind a tap")
	}
}

func TestTheCardForPrintNamesNothing(t *testing.T) {
	b, key := newPortal(t).joined(t)
	body := b.get("/key/card").body
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
		a := b.post("/key/practice", "group", row.group, "digits", row.typed)
		if a.status != row.status {
			t.Errorf("%s: got %d, want %d", row.what, a.status, row.status)
		}
		if row.typed != "" && strings.Contains(a.body, `value="`+row.typed+`"`) {
			t.Errorf("%s: what was typed came back", row.what)
		}
	}
}

func TestALaterSessionCannotShowTheKey(t *testing.T) {
	p := newPortal(t)
	_, key := p.joined(t)
	b := p.visitor(t)
	if a := b.post("/sign-in", "key", key, "next", "//elsewhere.example"); a.status != 303 || a.to() != "/" {
		t.Fatalf("sign in: %d to %q, want 303 to /", a.status, a.to())
	}
	if body := b.get("/key").body; strings.Contains(body, key[:4]+" ") || strings.Contains(body, "key-show") {
		t.Error("the key is shown in a later session")
	}
	for _, path := range []string{"/key/card", "/key/practice"} {
		if a := b.get(path); a.to() != "/key" {
			t.Errorf("%s: %d to %q, want a way back to /key", path, a.status, a.to())
		}
	}
}

func TestAWrongKeyIsNeverOnAPageAndTheWaitComesBackByItself(t *testing.T) {
	p := newPortal(t)
	_, key := p.joined(t)
	b := p.visitor(t)
	wrong := key[:19] + string('0'+(key[19]-'0'+1)%10)
	for range 5 {
		if a := b.post("/sign-in", "key", wrong, "next", "/forum"); a.status != 422 || strings.Contains(a.body, wrong) {
			t.Fatalf("a wrong key: %d, on the page: %v; want 422 and nowhere", a.status, strings.Contains(a.body, wrong))
		}
	}
	a := b.post("/sign-in", "key", key, "next", "/forum")
	to, err := url.Parse(a.to())
	if err != nil || a.status != 303 || to.Path != "/sign-in" || to.Query().Get("wait") == "" || strings.Contains(a.to(), key) {
		t.Fatalf("after five wrong keys: %d to %q, want 303 to a page that waits", a.status, a.to())
	}
	page := b.get(a.to())
	refresh := page.header.Get("Refresh")
	seconds, back, ok := strings.Cut(refresh, "; url=")
	if !ok || seconds != to.Query().Get("wait") {
		t.Fatalf("the page that waits has Refresh %q", refresh)
	}
	form := b.get(back)
	ticket := to.Query().Get("t")
	if !strings.Contains(form.body, `name="ticket" value="`+html.EscapeString(ticket)+`"`) || !strings.Contains(form.body, `name="next" value="/forum"`) {
		t.Fatal("the form after the wait carries no ticket, or lost the way back")
	}
	p.db.Time.Advance(5 * time.Second)
	if a := b.post("/sign-in", "key", key, "ticket", ticket, "next", "/forum"); a.status != 303 || a.to() != "/forum" {
		t.Errorf("the right key after the wait: %d to %q, want 303 to /forum", a.status, a.to())
	}
}

func TestGraveActsAskForTheKeyAgain(t *testing.T) {
	p := newPortal(t)
	b, key := p.joined(t)
	for _, path := range []string{"/me/end-all", "/me/key", "/me/delete"} {
		if a := b.get(path); a.status != 200 || !strings.Contains(a.body, `inputmode="numeric"`) {
			t.Errorf("%s: %d, or no field for the key", path, a.status)
		}
		for _, typed := range []string{"", "1234", strings.Repeat("7", 20)} {
			if a := b.post(path, "key", typed, "posts", "go"); a.status != 403 || typed != "" && strings.Contains(a.body, typed) {
				t.Errorf("%s with the key %q: %d, or the key on the page; want 403 and not", path, typed, a.status)
			}
		}
		if !b.actor().SignedIn() {
			t.Fatalf("%s without the key ended the session", path)
		}
	}
	if a := b.post("/me/key", "key", key); a.to() != "/key" || b.actor().NewKey == key || b.actor().NewKey == "" {
		t.Fatalf("change the key: %d to %q, want a new key at /key", a.status, a.to())
	}
	if a := b.post("/me/delete", "key", b.actor().NewKey, "posts", "stay"); a.to() != "/" || b.cookies["portico"] != "" {
		t.Errorf("delete: %d to %q, want 303 to / without a session", a.status, a.to())
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
		b.post("/sign-in", "key", key, "device", row.device)
		cookie := b.cookies["portico"]
		a := b.post("/sign-out")
		if a.to() != "/sign-out" || a.header.Get("Clear-Site-Data") != row.clear || b.cookies["portico"] != "" {
			t.Errorf("%s: to %q, clears %q, cookie %q; want /sign-out, %q, none", row.what, a.to(), a.header.Get("Clear-Site-Data"), b.cookies["portico"], row.clear)
		}
		b.cookies["portico"] = cookie
		if b.actor().SignedIn() {
			t.Errorf("%s: the session lives on", row.what)
		}
	}
	if a := p.visitor(t).get("/sign-out"); a.status != 200 {
		t.Errorf("the page for somebody who is out: %d, want 200", a.status)
	}
}

func TestMyAccountNamesAndEndsSessions(t *testing.T) {
	p := newPortal(t)
	first, key := p.joined(t)
	second := p.visitor(t)
	second.post("/sign-in", "key", key)
	if a := second.post("/me/label", "label", "blue <b>"); a.to() != "/me" {
		t.Fatalf("name a session: %d", a.status)
	}
	if a := second.post("/me/label", "label", strings.Repeat("long ", 20)); a.status != 422 {
		t.Errorf("a long name: got %d, want 422", a.status)
	}
	body := first.get("/me").body
	end := regexp.MustCompile(`/me/sessions/[0-9a-f]+/end`).FindAllString(body, -1)
	if !strings.Contains(body, "blue &lt;b&gt;") || len(end) != 1 {
		t.Fatalf("the list has %d sessions to end, want the other one with its name", len(end))
	}
	if a := first.post(end[0]); a.to() != "/me" || second.actor().SignedIn() {
		t.Errorf("end the other session: to %q, still signed in: %v", a.to(), second.actor().SignedIn())
	}
}

func TestAJoinFormThatComesBackKeepsWhatWasFilledIn(t *testing.T) {
	b := newPortal(t).visitor(t)
	a := b.post("/join", "adult", "1", "device", "mine", "lang", "fr")
	for _, want := range []string{`id="adult" name="adult" value="1" checked`, `value="mine" checked`, `<option value="fr" selected`, "#rules"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the form came back without %q", want)
		}
	}
	if a.status != 422 {
		t.Errorf("got %d, want 422", a.status)
	}
}
