package vault_test

import (
	"crypto/ed25519"
	"encoding/hex"
	"testing"
)

func TestASigningKeyIsTheSameAgainAndNoOther(t *testing.T) {
	s := fixedServer(t)
	key := s.SigningKey("credential", 1)
	const before = "dc5df95884882a79e36eb5739b84068b"
	if public := hex.EncodeToString(key.Public().(ed25519.PublicKey))[:32]; public != before {
		t.Errorf("the key begins with %s, was %s: every file signed before would no longer check", public, before)
	}
	if !key.Equal(s.SigningKey("credential", 1)) {
		t.Error("the same purpose and generation give another key the second time")
	}
	for name, other := range map[string]ed25519.PrivateKey{
		"the next generation": s.SigningKey("credential", 2),
		"another purpose":     s.SigningKey("credentials", 1),
		"another server":      newServer(t).SigningKey("credential", 1),
	} {
		if key.Equal(other) {
			t.Errorf("%s has the same key", name)
		}
	}
	words := []byte("words")
	if !ed25519.Verify(key.Public().(ed25519.PublicKey), words, ed25519.Sign(key, words)) {
		t.Error("the key does not check what it signed")
	}
}
