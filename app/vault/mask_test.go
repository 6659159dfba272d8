package vault

import (
	"encoding/base64"
	"testing"
)

func TestAMaskedTokenIsTheTokenAndNeverTheSameText(t *testing.T) {
	token, other := NewToken().FormToken(), NewToken().FormToken()
	first, second := Masked(token), Masked(token)
	if first == second || first == token || second == token {
		t.Errorf("two pages carry %q and %q for %q", first, second, token)
	}
	for _, c := range []struct {
		name, token, carried string
		want                 bool
	}{
		{"masked", token, first, true},
		{"masked again", token, second, true},
		{"bare", token, token, true},
		{"another session's", token, other, false},
		{"another session's, masked", token, Masked(other), false},
		{"nothing", token, "", false},
		{"no token and nothing", "", "", false},
		{"no token and a mask of nothing", "", Masked(""), false},
		{"cut", token, first[:len(first)-4], false},
		{"not base64", token, first[:len(first)-1] + "!", false},
		{"two pads", token, base64.RawURLEncoding.EncodeToString(make([]byte, 48)), false},
	} {
		if got := SameToken(c.token, c.carried); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}
