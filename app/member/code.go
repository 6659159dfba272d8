package member

import (
	"math/big"
	"slices"
	"strings"

	"portico/app/fault"
)

// Code is eight signs that people tell each other out of band. Only the fingerprint is
// stored, and it is keyed with the server's secrets, so that a copy of the database alone
// does not give the few signs away.
type Code struct {
	Shown string
	Hash  []byte
}

// NewCode draws a code for one purpose.
func (s *Service) NewCode(purpose string) Code {
	code := newCode()
	return Code{Shown: showCode(code), Hash: s.server.Fingerprint(purpose, code)}
}

// TypedCode is what somebody typed into the field of a code.
type TypedCode struct {
	Text   string
	Client string
	Ticket string
}

// ReadCode returns the fingerprint to look for. Miss is called when nothing has it: like
// wrong keys, wrong codes make the next tries slower, and the fault then asks to wait.
func (s *Service) ReadCode(purpose string, t TypedCode) (hash []byte, miss func(), err error) {
	folded := foldCode(t.Text)
	if folded == "" {
		return nil, nil, fault.Mend(fault.Field{Name: "code", Key: "forum.group.code.empty"})
	}
	if len(folded) > 40 {
		folded = folded[:40]
	}
	if err := s.slow.admit(folded+folded, t.Client, t.Ticket); err != nil {
		return nil, nil, err
	}
	return s.server.Fingerprint(purpose, folded), func() { s.slow.wrong(folded+folded, t.Client) }, nil
}

// longSigns is how many signs a long code has: 88 random bits, so that nobody finds one by
// trying, and six groups of three to read aloud.
const longSigns = 18

// LongCode makes the code of something that somebody comes back to without an account. Seed is
// random or holds what is: the same seed makes the same code, so that a form sent twice shows
// one code and not two.
func (s *Service) LongCode(purpose, seed string) Code {
	number := new(big.Int).SetBytes(s.server.Fingerprint("code of "+purpose, seed))
	var b strings.Builder
	rest, base := new(big.Int), big.NewInt(int64(len(codeLetters)))
	for range longSigns {
		number.DivMod(number, base, rest)
		b.WriteByte(codeLetters[rest.Int64()])
	}
	groups := make([]string, 0, longSigns/3)
	for group := range slices.Chunk([]byte(b.String()), 3) {
		groups = append(groups, string(group))
	}
	return Code{Shown: strings.Join(groups, "-"), Hash: s.server.Fingerprint(purpose, b.String())}
}

// CodeKey is a key that takes both the code, as somebody typed it, and the server's secrets: a
// copy of the database opens nothing with the one or the other alone. It has 32 bytes.
func (s *Service) CodeKey(purpose, typed string) []byte {
	code := foldCode(typed)
	return slices.Concat(s.server.Fingerprint("key of "+purpose, code), s.server.Fingerprint("key of "+purpose+", second half", code))
}
