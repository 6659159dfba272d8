package vault

import (
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"math/big"
	"strings"
	"unicode"

	"golang.org/x/crypto/argon2"
)

// KeyDigits is the length of a member key. 10^20 keys are 66 random bits: with the light
// setting below, trying 10^15 of them against a stolen copy costs a million core-years.
const KeyDigits = 20

// NewMemberKey draws a key. It is always drawn here and never chosen by a person.
func NewMemberKey() string {
	limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(KeyDigits), nil)
	n, err := rand.Int(rand.Reader, limit)
	if err != nil {
		panic("vault: the operating system's generator failed: " + err.Error())
	}
	digits := n.String()
	return strings.Repeat("0", KeyDigits-len(digits)) + digits
}

// FormatKey groups a key for the eye: "1234 5678 9012 3456 7890".
func FormatKey(digits string) string {
	var b strings.Builder
	for i, r := range digits {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// ParseKey folds what a person typed to 20 digits: any script's digits, spaces, dashes and
// invisible direction marks are accepted. ok is false when the length is not right.
func ParseKey(typed string) (digits string, ok bool) {
	var b strings.Builder
	for _, r := range typed {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Nd, r):
			b.WriteRune('0' + digitOf(r))
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Pd, r), r == '.':
		default:
			return "", false
		}
	}
	return b.String(), b.Len() == KeyDigits
}

// digitOf returns the value of a decimal digit in any script: Unicode lays each set of
// ten digits out in a row that starts at a multiple found by walking down to its zero.
func digitOf(r rune) rune {
	n := rune(0)
	for n < 9 && unicode.Is(unicode.Nd, r-n-1) && sameSet(r, n+1) {
		n++
	}
	return n
}

// sameSet reports whether r-n is still in the ten digits of r. The sets that touch one
// another (mathematical digits, 1D7CE..1D7FF) are ten long each and start at 1D7CE.
func sameSet(r, n rune) bool {
	if r >= 0x1D7CE && r <= 0x1D7FF {
		return (r-0x1D7CE)%10 >= n
	}
	return true
}

// KDF names the cost of a derivation. It is stored beside the lookup value.
type KDF int

const (
	// Light is for keys that the server drew: 19 MiB, two passes.
	Light KDF = 1
	// Heavy is for passphrases that people choose: 64 MiB, three passes.
	Heavy KDF = 2
)

// Root is what one Argon2id run gives; everything else of an account is derived from it.
type Root struct{ prk []byte }

// Stretch is the one costly calculation of a sign-in. Callers hold a place in the budget
// while it runs. Salt is the site's salt for keys, the account's own for passphrases.
func (s *Server) Stretch(kdf KDF, text string, salt []byte) Root {
	var out []byte
	if kdf == Heavy {
		out = argon2.IDKey([]byte(text), salt, 3, 64*1024, 1, 32)
	} else {
		out = argon2.IDKey([]byte(text), salt, 2, 19*1024, 1, 32)
	}
	prk, err := hkdf.Extract(sha256.New, out, s.pepper)
	if err != nil {
		panic("vault: hkdf extract: " + err.Error())
	}
	return Root{prk}
}

func (r Root) expand(purpose string, n int) []byte {
	out, err := hkdf.Expand(sha256.New, r.prk, purpose, n)
	if err != nil {
		panic("vault: hkdf expand: " + err.Error())
	}
	return out
}

// Lookup is the value under which an account row is found.
func (r Root) Lookup() []byte { return r.expand("portico lookup v1", 32) }

// MemberKey wraps the member compartment; salt is the account's own.
func (r Root) MemberKey(salt []byte) []byte {
	return r.expand("portico vault v1"+string(salt), 32)
}

// RoleKey wraps the role compartment. It is a different output, so that opening one
// compartment never opens the other.
func (r Root) RoleKey(salt []byte) []byte {
	return r.expand("portico role v1"+string(salt), 32)
}
