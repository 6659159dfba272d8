package payroll

import (
	"strings"

	"portico/app/numeral"
)

// lengths are the lengths of account numbers by country, of the countries from which pay
// comes or goes here; of others only the general limits are known.
var lengths = map[string]int{
	"AD": 24, "AL": 28, "AT": 20, "BA": 20, "BE": 16, "BG": 22, "BR": 29, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
	"FI": 18, "FR": 27, "GB": 22, "GE": 22, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IT": 27, "LT": 20, "LU": 20, "LV": 21, "MD": 24, "ME": 22,
	"MK": 19, "MT": 31, "NL": 18, "NO": 15, "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TN": 24, "TR": 26,
	"UA": 29, "XK": 20,
}

// ParseIBAN reads an account number however it was typed: with spaces or dashes, in small
// letters, with the digits of any script. ok is false when its length or its check digits
// are wrong; a number with one digit wrong, or two beside one another swapped, never passes.
func ParseIBAN(typed string) (iban string, ok bool) {
	iban = numeral.Compact(typed)
	if len(iban) < 15 || len(iban) > 34 || !letters(iban[:2]) || !digits(iban[2:4]) {
		return iban, false
	}
	if want, known := lengths[iban[:2]]; known && len(iban) != want {
		return iban, false
	}
	rest := 0
	for _, r := range iban[4:] + iban[:4] {
		switch {
		case r >= '0' && r <= '9':
			rest = (rest*10 + int(r-'0')) % 97
		case r >= 'A' && r <= 'Z':
			rest = (rest*100 + int(r-'A') + 10) % 97
		default:
			return iban, false
		}
	}
	return iban, rest == 1
}

// ShowIBAN groups an account number for the eye.
func ShowIBAN(iban string) string {
	var groups []string
	for len(iban) > 4 {
		groups, iban = append(groups, iban[:4]), iban[4:]
	}
	return strings.Join(append(groups, iban), " ")
}

func letters(text string) bool { return strings.Trim(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" }

func digits(text string) bool { return strings.Trim(text, "0123456789") == "" }
