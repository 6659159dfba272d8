package vault_test

import (
	"bytes"
	"crypto/sha256"
	"testing"

	"portico/app/vault"
)

func about(kind string, id byte) vault.About {
	return vault.About{Kind: kind, ID: bytes.Repeat([]byte{id}, 16), Schema: 1}
}

func sealFor(t *testing.T, a vault.About, words string, readers ...[32]byte) (vault.Sealed, [][]byte) {
	t.Helper()
	sealed, wraps, err := vault.Seal(a, []byte(words), readers...)
	if err != nil || len(wraps) != len(readers) {
		t.Fatalf("seal: %d wraps, %v", len(wraps), err)
	}
	return sealed, wraps
}

func TestARecordOpensForItsReadersOnly(t *testing.T) {
	first, second, stranger := vault.NewIdentity(), vault.NewIdentity(), vault.NewIdentity()
	a := about("report note", 1)
	sealed, wraps := sealFor(t, a, "what she saw", first.EncPublic, second.EncPublic)
	for i, reader := range []vault.Identity{first, second} {
		if plain, err := reader.Open(a, sealed, wraps[i]); err != nil || string(plain) != "what she saw" {
			t.Errorf("reader %d: %q, %v", i, plain, err)
		}
		if _, err := reader.Open(a, sealed, wraps[1-i]); err != vault.ErrSealed {
			t.Errorf("reader %d opens with the other's wrap: %v", i, err)
		}
		if _, err := stranger.Open(a, sealed, wraps[i]); err != vault.ErrSealed {
			t.Errorf("a stranger opens wrap %d: %v", i, err)
		}
	}
	if sum := sha256.Sum256(sealed.Box); !bytes.Equal(sum[:], sealed.Hash) {
		t.Error("the hash is not that of the box")
	}
	if sealed.Box[0] != 1 || bytes.Contains(sealed.Box, []byte("what she saw")) {
		t.Error("the box lacks its mark or shows its words")
	}
}

func TestNothingOfTwoRecordsCanBeSwapped(t *testing.T) {
	reader := vault.NewIdentity()
	a, b := about("contract", 1), about("contract", 2)
	boxA, wrapsA := sealFor(t, a, "nine euro an hour", reader.EncPublic)
	boxB, wrapsB := sealFor(t, b, "twelve euro an hour", reader.EncPublic)
	schema2, kind2 := a, a
	schema2.Schema, kind2.Kind = 2, "expense"
	flipped := vault.Sealed{Box: bytes.Clone(boxA.Box)}
	flipped.Box[len(flipped.Box)-1] ^= 1
	unmarked := vault.Sealed{Box: bytes.Clone(boxA.Box)}
	unmarked.Box[0] = 2
	for _, c := range []struct {
		name  string
		about vault.About
		box   vault.Sealed
		wrap  []byte
	}{
		{"the other's box", a, boxB, wrapsA[0]},
		{"the other's wrap", a, boxA, wrapsB[0]},
		{"the other's box and wrap", a, boxB, wrapsB[0]},
		{"another kind", kind2, boxA, wrapsA[0]},
		{"another id", b, boxA, wrapsA[0]},
		{"another schema", schema2, boxA, wrapsA[0]},
		{"a flipped bit", a, flipped, wrapsA[0]},
		{"another mark", a, unmarked, wrapsA[0]},
		{"an empty box", a, vault.Sealed{}, wrapsA[0]},
		{"an empty wrap", a, boxA, nil},
	} {
		if plain, err := reader.Open(c.about, c.box, c.wrap); err != vault.ErrSealed {
			t.Errorf("%s: got %q, %v; want that it does not open", c.name, plain, err)
		}
	}
	if plain, err := reader.Open(a, boxA, wrapsA[0]); err != nil || string(plain) != "nine euro an hour" {
		t.Errorf("the record itself: %q, %v", plain, err)
	}
}

func TestACirclesKeyIsTakenUpByItsHolderUnderItsName(t *testing.T) {
	circle, holder, stranger := vault.NewIdentity(), vault.NewIdentity(), vault.NewIdentity()
	wrap, err := vault.HandOn(circle, "moderators", holder.EncPublic)
	if err != nil {
		t.Fatal(err)
	}
	a := about("report note", 1)
	sealed, wraps := sealFor(t, a, "words", circle.EncPublic)
	got, err := holder.TakeUp("moderators", wrap)
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := got.Open(a, sealed, wraps[0]); err != nil || string(plain) != "words" {
		t.Errorf("with the circle's key: %q, %v", plain, err)
	}
	if _, err := holder.Open(a, sealed, wraps[0]); err != vault.ErrSealed {
		t.Errorf("with her own key alone: %v", err)
	}
	for name, try := range map[string]func() error{
		"a stranger":                  func() error { _, err := stranger.TakeUp("moderators", wrap); return err },
		"another circle's name":       func() error { _, err := holder.TakeUp("peers", wrap); return err },
		"a part of the name":          func() error { _, err := holder.TakeUp("moderator", wrap); return err },
		"a wrap of a record":          func() error { _, err := circle.TakeUp("moderators", wraps[0]); return err },
		"a circle's wrap as a record": func() error { _, err := holder.Open(a, sealed, wrap); return err },
	} {
		if err := try(); err != vault.ErrSealed {
			t.Errorf("%s: got %v; want that it does not open", name, err)
		}
	}
}

func TestAnIdentityKeepsItsKeysAndSigns(t *testing.T) {
	who, other := vault.NewIdentity(), vault.NewIdentity()
	back, err := vault.IdentityFrom(who.Bytes())
	if err != nil || back.EncPublic != who.EncPublic || !bytes.Equal(back.SignPublic(), who.SignPublic()) {
		t.Fatalf("read back as another identity, %v", err)
	}
	signature := back.Sign([]byte("I agree"))
	if !vault.Verify(who.SignPublic(), []byte("I agree"), signature) {
		t.Error("her own signature does not verify")
	}
	if vault.Verify(other.SignPublic(), []byte("I agree"), signature) || vault.Verify(who.SignPublic(), []byte("I disagree"), signature) ||
		vault.Verify(nil, []byte("I agree"), signature) || vault.Verify(who.SignPublic(), []byte("I agree"), nil) {
		t.Error("a signature verifies for another key or message")
	}
	for _, n := range []int{0, 95, 97} {
		if _, err := vault.IdentityFrom(make([]byte, n)); err != vault.ErrSealed {
			t.Errorf("%d bytes are read as an identity", n)
		}
	}
	if (vault.Identity{}).SignPublic() != nil {
		t.Error("no identity has a public key")
	}
}
