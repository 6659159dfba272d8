package vault_test

import (
	"bytes"
	"testing"
	"unicode"

	"portico/app/vault"
)

func FuzzParseKey(f *testing.F) {
	for _, seed := range []string{"", "0123 4567 8909 8765 4321", "٠١٢٣ ٤٥٦٧", "\u200f۰۱۲۳", "１２３４", "𝟎𝟏𝟐𝟗𝟘𝟡", "\xff\xfe", "1-2–3.4"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		digits, ok := vault.ParseKey(typed)
		if !ok {
			return
		}
		if len(digits) != vault.KeyDigits {
			t.Fatalf("%q gives %d digits", typed, len(digits))
		}
		for _, r := range digits {
			if r < '0' || r > '9' || r > unicode.MaxASCII {
				t.Fatalf("%q gives %q", typed, digits)
			}
		}
		if again, ok := vault.ParseKey(vault.FormatKey(digits)); !ok || again != digits {
			t.Fatalf("%q gives %q, and that gives %q", typed, digits, again)
		}
	})
}

func FuzzReadCookie(f *testing.F) {
	s, token := fixedServer(f), vault.Token{1}
	cookie := s.Cookie(token, night)
	for _, seed := range []string{"", ".", "a.b", cookie, cookie[:len(cookie)/2], cookie + "=", "." + cookie, cookie + "." + cookie} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		got, _, ok := s.ReadCookie(value)
		if ok && got != token {
			t.Fatalf("%q is read as a cookie that nobody made", value)
		}
		if _, ok := s.ReadTicket("idle", value); ok {
			t.Fatalf("%q is read as a ticket that nobody made", value)
		}
	})
}

func FuzzOpenBox(f *testing.F) {
	s, who := vault.Secret{1}, vault.NewIdentity()
	sealed, wraps, err := vault.Seal(about("note", 1), []byte("words"), who.EncPublic)
	if err != nil {
		f.Fatal(err)
	}
	real := s.SealBox("prefs", []byte("words"))
	for _, seed := range [][]byte{nil, {1}, make([]byte, 23), make([]byte, 24), make([]byte, 40), make([]byte, 600), real, sealed.Box, wraps[0]} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if plain, err := s.OpenBox("prefs", raw); err == nil && string(plain) != "words" {
			t.Fatalf("a box that nobody sealed opens as %q", plain)
		}
		if _, err := s.OpenBox("other", raw); err == nil {
			t.Fatal("a box opens under another name")
		}
		if _, err := who.Open(about("note", 1), vault.Sealed{Box: raw}, wraps[0]); err == nil && !bytes.Equal(raw, sealed.Box) {
			t.Fatal("a record that nobody sealed opens")
		}
		if _, err := who.Open(about("note", 1), sealed, raw); err == nil && !bytes.Equal(raw, wraps[0]) {
			t.Fatal("a wrap that nobody made opens")
		}
		if _, err := who.TakeUp("moderators", raw); err == nil {
			t.Fatal("a circle's key that nobody handed on is taken up")
		}
		_, _ = vault.IdentityFrom(raw)
		_ = new(vault.Secret).UnmarshalText(raw)
		_ = vault.Verify(raw, raw, raw)
	})
}
