package timesheet

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

// ParseWhole reads a whole number in the digits of any script; ok is false for anything
// else, also for a number below zero.
func ParseWhole(typed string) (n int, ok bool) {
	for _, r := range Fold(typed) {
		if r < '0' || r > '9' {
			return 0, false
		}
		if n = n*10 + int(r-'0'); n > 1_000_000 {
			return 0, false
		}
		ok = true
	}
	return n, ok
}

var amountPattern = regexp.MustCompile(`^[0-9]{1,7}([.,][0-9]{1,2})?$`)

// ParseAmount reads an amount of money above nought with at most two places, in the digits
// of any script. Signs, exponents and thousands are refused rather than guessed.
func ParseAmount(typed string) (decimal.Decimal, bool) {
	text := Fold(typed)
	if !amountPattern.MatchString(text) {
		return decimal.Zero, false
	}
	d, err := decimal.NewFromString(strings.Replace(text, ",", ".", 1))
	return d, err == nil && d.IsPositive()
}
