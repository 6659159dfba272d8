package translate

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"portico/app/search"
)

var (
	placeholders = regexp.MustCompile(`\{\{[^{}]*\}\}|\{[\p{L}_][\p{L}\p{N}_.]*\}|%(?:\[[0-9]+\]|\([\p{L}\p{N}_]+\))?[sdvqfx]\b`)
	addresses    = regexp.MustCompile(`(?i)(?:https?://|www\.|mailto:|tel:)[^\s<>()\[\]"'،]+|\]\([^()\s]*\)|[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}`)
	phoneShape   = regexp.MustCompile(`\+?[0-9](?:[ \t\x{a0}\x{202f}().-]{0,2}[0-9]){6,}`)
	numberShape  = regexp.MustCompile(`[0-9]{1,3}(?:[.,'’ \x{a0}\x{202f}\x{66b}\x{66c}][0-9]{3})+(?:[^0-9]|$)|[0-9]+`)
	escaped      = regexp.MustCompile(`\\[\\*_` + "`" + `\[\]()#+.!-]`)
	markShape    = regexp.MustCompile("\\*\\*|__|`+|\\]\\(|\\*|~~")
)

// shapes are what no number and no letter is read from.
var shapes = []*regexp.Regexp{placeholders, addresses}

func isLetter(r rune) bool { return unicode.IsLetter(r) }

// foldDigits writes the digits of every script as 0 to 9.
func foldDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf || !unicode.Is(unicode.Nd, r) {
			return r
		}
		for n := rune(0); n < 10; n++ {
			if !unicode.Is(unicode.Nd, r-n-1) {
				return '0' + n
			}
		}
		return r
	}, text)
}

// digitsOf keeps the digits and a leading plus.
func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || (r >= '0' && r <= '9') {
			return r
		}
		return -1
	}, text)
}

// numbers are the numbers of a text without the marks between thousands and without zeros
// in front: 1.000 and 1 000 are the same, and so are 07 and 7.
func numbers(text string) []string {
	var list []string
	for len(text) > 0 {
		at := numberShape.FindStringIndex(text)
		if at == nil {
			break
		}
		end := at[1]
		if r, size := utf8.DecodeLastRuneInString(text[at[0]:end]); r < '0' || r > '9' {
			end -= size // the sign that ended a group of thousands
		}
		digits := strings.TrimLeft(digitsOf(text[at[0]:end]), "0")
		if digits == "" {
			digits = "0"
		}
		list = append(list, digits)
		text = text[end:]
	}
	return list
}

func phones(text string) []string {
	text = placeholders.ReplaceAllString(foldDigits(text), " ")
	var list []string
	for _, phone := range phoneShape.FindAllString(text, -1) {
		list = append(list, digitsOf(phone))
	}
	return list
}

// links are the addresses of a text, and the destinations of its Markdown links.
func links(text string) []string {
	var list []string
	for _, link := range addresses.FindAllString(text, -1) {
		if inner, ok := strings.CutPrefix(link, "]("); ok {
			link = strings.TrimSuffix(inner, ")")
		}
		if link = strings.TrimRight(link, ".,;:!?»”’*_،؛؟"); link != "" {
			list = append(list, link)
		}
	}
	return list
}

// markdown are the marks of emphasis, code and links.
func markdown(text string) []string {
	text = escaped.ReplaceAllString(text, "")
	return markShape.FindAllString(addressesBare(text), -1)
}

// addressesBare takes out addresses, whose signs are no marks, and leaves the marks of the
// links around them.
func addressesBare(text string) string {
	return addresses.ReplaceAllStringFunc(text, func(link string) string {
		if strings.HasPrefix(link, "](") {
			return "]()"
		}
		return " "
	})
}

// difference says what of a is not in b, and what of b is not in a, each as often as it is.
func difference(a, b []string) (missing, extra []string) {
	rest := slices.Clone(b)
	for _, thing := range a {
		if i := slices.Index(rest, thing); i >= 0 {
			rest = slices.Delete(rest, i, i+1)
		} else {
			missing = append(missing, thing)
		}
	}
	return missing, rest
}

// around is the place of a thing in a text, with some words before and after it.
func around(text, thing string) string {
	const beside = 24
	at := strings.Index(text, thing)
	if at < 0 {
		at = strings.Index(foldDigits(text), thing)
		thing = ""
	}
	if at < 0 || at > len(text) {
		at = 0
	}
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	before, after := []rune(text[:at]), []rune(text[at:])
	from, to := max(0, len(before)-beside), min(len(after), utf8.RuneCountInString(thing)+beside)
	words := strings.Join(strings.Fields(string(before[from:])+string(after[:to])), " ")
	if from > 0 {
		words = "… " + words
	}
	if to < len(after) {
		words += " …"
	}
	return words
}

// holds reports whether words of the glossary stand in a text. The last letter of a long
// word may differ or be followed by one more, so that a plural is found as well.
func holds(lang, text, words string) bool {
	if strings.HasPrefix(lang, "zh") {
		return strings.Contains(strings.ToLower(text), strings.ToLower(words))
	}
	wanted, have := tokens(words), strings.Fields(search.Tokens(text))
	if len(wanted) == 0 {
		return false
	}
	for at := 0; at+len(wanted) <= len(have); at++ {
		all := true
		for i, w := range wanted {
			all = all && inflected(w, have[at+i])
		}
		if all {
			return true
		}
	}
	return false
}

func inflected(word, have string) bool {
	if word == have {
		return true
	}
	w, h := []rune(word), []rune(have)
	return len(w) >= 5 && len(h) >= len(w)-1 && len(h) <= len(w)+1 && string(w[:len(w)-1]) == string(h[:len(w)-1])
}

// scriptOf says which letters belong to a language.
func scriptOf(lang string) func(rune) bool {
	table := unicode.Latin
	switch base, _, _ := strings.Cut(lang, "-"); base {
	case "ar":
		table = unicode.Arabic
	case "ru", "uk", "bg":
		table = unicode.Cyrillic
	case "zh":
		table = unicode.Han
	}
	return func(r rune) bool { return unicode.Is(table, r) }
}
