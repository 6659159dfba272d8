package translate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// namesIn are the words of the glossary that stand in a source and stay as they are, the
// longest first, so that a name inside another is not taken for itself.
func namesIn(terms []TermRow, source string) []string {
	var names []string
	for _, t := range terms {
		if t.Kind == Keep && nameAt(source, t.Term) >= 0 && !slices.Contains(names, t.Term) {
			names = append(names, t.Term)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	return names
}

// checkNames finds names, brands and acronyms that are not in the translation byte for byte:
// whoever looks for help finds a line under its own name alone.
func checkNames(p Pair, names []string) []Finding {
	var list []Finding
	for _, name := range names {
		if nameAt(p.Target, name) < 0 {
			list = append(list, Finding{Key: NameLost, What: name, Where: around(p.Source, name), Fails: true})
		}
	}
	return list
}

// NameLost is the finding of a translation in which a word that stays as it is does not.
const NameLost = "translate.check.kept.missing"

// without is a pair with its names taken out: what a name says in passing, such as "no" or a
// word that nobody else may use, is neither right nor wrong.
func (p Pair) without(names []string) Pair {
	for _, name := range names {
		p.Source, p.Target = cutName(p.Source, name), cutName(p.Target, name)
	}
	return p
}

func cutName(text, name string) string {
	for at := nameAt(text, name); at >= 0; at = nameAt(text, name) {
		text = text[:at] + " " + text[at+len(name):]
	}
	return text
}

// nameAt is where a name stands in a text, byte for byte and not inside a longer word, or -1.
// What a language writes in one piece with it in other letters, such as an Arabic article in
// front of a Latin name, makes no longer word of it.
func nameAt(text, name string) int {
	for from := 0; name != ""; {
		at := strings.Index(text[from:], name)
		if at < 0 {
			return -1
		}
		at += from
		first, size := utf8.DecodeRuneInString(name)
		last, _ := utf8.DecodeLastRuneInString(name)
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+len(name):])
		if !oneWord(before, first) && !oneWord(last, after) {
			return at
		}
		from = at + size
	}
	return -1
}

// oneWord reports whether two signs beside each other belong to the same word.
func oneWord(a, b rune) bool {
	switch {
	case unicode.IsMark(b) && unicode.IsLetter(a):
		return true
	case unicode.IsDigit(a) && unicode.IsDigit(b):
		return true
	case unicode.Is(unicode.Han, a) || unicode.Is(unicode.Han, b): // written without spaces
		return false
	case unicode.IsLetter(a) && unicode.IsLetter(b):
		return slices.ContainsFunc(letters, func(s *unicode.RangeTable) bool { return unicode.Is(s, a) && unicode.Is(s, b) })
	}
	return unicode.IsLetter(a) && unicode.IsDigit(b) || unicode.IsDigit(a) && unicode.IsLetter(b)
}

// letters are the scripts of the languages into which the portal is translated.
var letters = []*unicode.RangeTable{unicode.Latin, unicode.Arabic, unicode.Cyrillic}
