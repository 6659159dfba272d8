package vault_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"portico/app/vault"
)

var night = time.Date(2026, 3, 7, 3, 30, 42, 0, time.UTC)

func TestACookieGivesBackItsTokenAndMinute(t *testing.T) {
	s, token := newServer(t), vault.NewToken()
	got, active, ok := s.ReadCookie(s.Cookie(token, night))
	if !ok || got != token {
		t.Fatalf("got token %x, %v", got, ok)
	}
	if want := night.Truncate(time.Minute); !active.Equal(want) {
		t.Errorf("active at %v; want the minute %v", active, want)
	}
}

func TestACookieThatThisServerDidNotMakeIsNotRead(t *testing.T) {
	s, other := newServer(t), newServer(t)
	a, b := vault.NewToken(), vault.NewToken()
	mine, hers := s.Cookie(a, night), s.Cookie(b, night.Add(time.Hour))
	myToken, myStamp, _ := strings.Cut(mine, ".")
	_, herStamp, _ := strings.Cut(hers, ".")
	flipped := []byte(mine)
	flipped[len(flipped)-5] ^= 1
	for name, cookie := range map[string]string{
		"another server's cookie":        other.Cookie(a, night),
		"the stamp of another session":   myToken + "." + herStamp,
		"no stamp":                       myToken,
		"an empty stamp":                 myToken + ".",
		"a stamp without its token":      "." + myStamp,
		"a ticket of another purpose":    myToken + "." + s.Ticket("factor", append(a.ID()[:8:8], make([]byte, 8)...)),
		"a stamp of the wrong length":    myToken + "." + s.Ticket("idle", a.ID()[:8]),
		"a short token":                  myToken[:20] + "." + myStamp,
		"one changed sign":               string(flipped),
		"nothing":                        "",
		"a token where the id should be": base64.RawURLEncoding.EncodeToString(a.ID()) + "." + myStamp,
	} {
		if _, _, ok := s.ReadCookie(cookie); ok {
			t.Errorf("%s is accepted", name)
		}
	}
}

func TestASessionBoxNeedsTheCookieAndTheServer(t *testing.T) {
	s, other := newServer(t), newServer(t)
	token := vault.NewToken()
	box := s.SealSession(token, []byte("her secrets"))
	if plain, err := s.OpenSession(token, box); err != nil || string(plain) != "her secrets" {
		t.Fatalf("got %q, %v", plain, err)
	}
	if _, err := other.OpenSession(token, box); err != vault.ErrSealed {
		t.Errorf("the cookie with another server's secrets: got %v", err)
	}
	// What a copy of the database holds beside the box is the row's id, and a thief of the
	// secrets file has that too: neither stands in for the token.
	for name, guess := range map[string]vault.Token{
		"the row's id": vault.Token(token.ID()),
		"zeros":        {},
		"a new token":  vault.NewToken(),
	} {
		if _, err := s.OpenSession(guess, box); err != vault.ErrSealed {
			t.Errorf("%s in place of the cookie: got %v", name, err)
		}
	}
	if bytes.Contains(token.ID(), token[:8]) || bytes.Contains(box, token[:8]) {
		t.Error("the row holds a part of the token")
	}
}

func TestABoxOfOneSessionDoesNotOpenInAnotherRow(t *testing.T) {
	s := newServer(t)
	for range 50 {
		a, b := vault.NewToken(), vault.NewToken()
		if _, err := s.OpenSession(b, s.SealSession(a, vault.Random(40))); err != vault.ErrSealed {
			t.Fatalf("got %v", err)
		}
	}
}

func TestAFormTokenBelongsToOneSession(t *testing.T) {
	a, b := vault.NewToken(), vault.NewToken()
	again := a
	if a.FormToken() != again.FormToken() || a.FormToken() == b.FormToken() {
		t.Error("a form token is the same for one session and another for the next")
	}
	if raw, _ := base64.RawURLEncoding.DecodeString(a.FormToken()); bytes.Contains(a.ID(), raw[:8]) || bytes.Contains(a[:], raw[:8]) {
		t.Error("the form token shows a part of the id or of the token")
	}
}

func TestATicketServesOnePurposeOnOneServer(t *testing.T) {
	s, other := newServer(t), newServer(t)
	ticket := s.Ticket("factor", []byte("payload"))
	if got, ok := s.ReadTicket("factor", ticket); !ok || string(got) != "payload" {
		t.Fatalf("got %q, %v", got, ok)
	}
	if _, ok := s.ReadTicket("wait", ticket); ok {
		t.Error("a ticket is read for another purpose")
	}
	if _, ok := other.ReadTicket("factor", ticket); ok {
		t.Error("a ticket is read by another server")
	}
	for _, odd := range []string{"", "x", "!!!", ticket[:len(ticket)-2], ticket + "AA", strings.Repeat("A", 200)} {
		if _, ok := s.ReadTicket("factor", odd); ok {
			t.Errorf("%.20q is read as a ticket", odd)
		}
	}
}

func TestAFingerprintIsKeyedByServerAndPurpose(t *testing.T) {
	s, other := newServer(t), newServer(t)
	print := s.Fingerprint("invitation", "ABCD-EFGH")
	if len(print) != 16 || !bytes.Equal(print, s.Fingerprint("invitation", "ABCD-EFGH")) {
		t.Fatalf("got %x", print)
	}
	for name, twin := range map[string][]byte{
		"another purpose": s.Fingerprint("role link", "ABCD-EFGH"),
		"another value":   s.Fingerprint("invitation", "ABCD-EFGI"),
		"another server":  other.Fingerprint("invitation", "ABCD-EFGH"),
	} {
		if bytes.Equal(print, twin) {
			t.Errorf("%s gives the same fingerprint", name)
		}
	}
}
