package vault

import (
	"crypto/subtle"
	"encoding/base64"
)

// Masked is a form token as it stands on one page: the token under a pad that was drawn for
// this page alone, with the pad before it. A page that is compressed gives away by its length
// whether a guess at what stands twice on it was right (the attack is called BREACH); what
// stands here is another text on each page, so that no guess helps with the next. A token that is
// not base64 is returned as it is.
func Masked(token string) string {
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(raw) == 0 {
		return token
	}
	pad := Random(len(raw))
	subtle.XORBytes(raw, raw, pad)
	return base64.RawURLEncoding.EncodeToString(append(pad, raw...))
}

// SameToken reports in constant time whether a form carried a token, masked or bare.
func SameToken(token, carried string) bool {
	if token == "" {
		return false
	}
	if raw, err := base64.RawURLEncoding.DecodeString(carried); err == nil && len(raw)%2 == 0 && len(carried) > len(token) {
		pad, rest := raw[:len(raw)/2], raw[len(raw)/2:]
		subtle.XORBytes(rest, rest, pad)
		carried = base64.RawURLEncoding.EncodeToString(rest)
	}
	return subtle.ConstantTimeCompare([]byte(token), []byte(carried)) == 1
}
