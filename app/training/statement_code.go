package training

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"portico/app/vault"
)

// CodePurpose is what the fingerprints of codes on statements are made for.
const CodePurpose = "statement"

// codeSigns are the 32 signs of a code. Of letters and digits that look alike, one of each
// pair is left out: there is no O, I, L or U.
const codeSigns = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeLength is how many signs a code has: twenty of five bits each are 100 random bits.
const codeLength = 20

func newCode() string {
	code := make([]byte, codeLength)
	for i, b := range vault.Random(codeLength) {
		code[i] = codeSigns[b%32] // 256 is a multiple of 32, so that every sign is as likely
	}
	return string(code)
}

// ShowCode groups a code for the eye: "ABCD-EFGH-JKMN-PQRS-TVWX".
func ShowCode(code string) string {
	var groups []string
	for ; len(code) > 4; code = code[4:] {
		groups = append(groups, code[:4])
	}
	return strings.Join(append(groups, code), "-")
}

// FoldCode brings what somebody typed to the signs of a code: any case, full-width letters
// and the digits of any script, spaces, dashes and invisible marks, and for the letters that
// no code has the signs that they are misread for. What is no sign at all stays, so that it
// fits no code.
func FoldCode(typed string) string {
	return strings.Map(func(r rune) rune {
		switch r = unicode.ToUpper(r); {
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		case r == 'U':
			return 'V'
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		case unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Pd, r), r == '.', r == '_':
			return -1
		}
		return r
	}, norm.NFKC.String(typed))
}

// codeHash is the fingerprint under which a code is kept.
func (s *Service) codeHash(code string) []byte { return s.server.Fingerprint(CodePurpose, code) }
