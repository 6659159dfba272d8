// Package numeral reads numbers as people type them: in the digits of any script, with the
// invisible marks of direction that phones put between them.
//
// Whatever could be meant in two ways is refused rather than guessed: signs, exponents and
// thousands are no numbers here. The package imports nothing of ours.
package numeral

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/shopspring/decimal"
)

// Fold writes the digits of any script as 0 to 9 and drops the invisible marks of direction
// that phones put between them; everything else stays.
func Fold(typed string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Cf, r):
			return -1
		case unicode.Is(unicode.Nd, r):
			return '0' + digit(r)
		case r == '٫':
			return '.'
		}
		return r
	}, strings.TrimSpace(typed))
}

// Compact is for long numbers such as those of accounts: digits of any script as 0 to 9,
// capitals, and no spaces, dashes or invisible marks.
func Compact(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) {
			return -1
		}
		return unicode.ToUpper(r)
	}, Fold(typed))
}

// digit is the value of a decimal digit: Unicode lays the digits of a script out in a row
// of ten, and the ranges of its table begin with a zero.
func digit(r rune) rune {
	for _, row := range unicode.Nd.R16 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return (r - rune(row.Lo)) % 10
		}
	}
	for _, row := range unicode.Nd.R32 {
		if rune(row.Lo) <= r && r <= rune(row.Hi) {
			return (r - rune(row.Lo)) % 10
		}
	}
	return 0
}

// mostWhole is the largest whole number that a form of ours asks for.
const mostWhole = 1_000_000

// Whole reads a whole number from nought to a million; ok is false for anything else.
func Whole(typed string) (n int, ok bool) {
	for _, r := range Fold(typed) {
		if r < '0' || r > '9' {
			return 0, false
		}
		if n = n*10 + int(r-'0'); n > mostWhole {
			return 0, false
		}
		ok = true
	}
	return n, ok
}

var decimalPattern = regexp.MustCompile(`^[0-9]{1,9}([.,][0-9]{1,2})?$`)

// Decimal reads a number from nought up with at most two places; an empty text is nought.
func Decimal(typed string) (decimal.Decimal, bool) {
	text := Fold(typed)
	if text == "" {
		return decimal.Zero, true
	}
	if !decimalPattern.MatchString(text) {
		return decimal.Zero, false
	}
	d, err := decimal.NewFromString(strings.Replace(text, ",", ".", 1))
	return d, err == nil
}

// mostAmount is above every payment; a slip of the finger beyond it is no amount.
var mostAmount = decimal.New(1, 7)

// Amount reads an amount of money above nought with at most two places.
func Amount(typed string) (decimal.Decimal, bool) {
	d, ok := Decimal(typed)
	return d, ok && d.IsPositive() && d.LessThan(mostAmount)
}
