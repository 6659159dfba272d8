package translate

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// ruleRow is the line of a Markdown table between its heads and its rows.
var ruleRow = regexp.MustCompile(`(?m)^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*\r?$`)

// checkTable sees that a table keeps its rows and cells. The portal shows tables as the
// lines that they are, so one stays one segment; whatever stands inside its cells, in
// whichever direction it runs, is the translator's.
func checkTable(p Pair) []Finding {
	if !ruleRow.MatchString(p.Source) {
		return nil
	}
	if !slices.Equal(cells(p.Source), cells(p.Target)) {
		return []Finding{{Key: "translate.check.table", Fails: true}}
	}
	return nil
}

// cells are the numbers of marks between cells, line by line.
func cells(text string) []int {
	var list []int
	for line := range strings.Lines(escaped.ReplaceAllString(strings.ReplaceAll(text, `\|`, ""), "")) {
		list = append(list, strings.Count(line, "|"))
	}
	return list
}

// rightToLeft reports whether a language is written from right to left.
func rightToLeft(lang string) bool {
	base, _, _ := strings.Cut(lang, "-")
	return base == "ar"
}

// checkIsolation advises marks around a phone number in groups: between words that run from
// right to left its groups change places wherever the portal does not draw them, such as in
// a message on a phone.
func checkIsolation(p Pair) []Finding {
	if !rightToLeft(p.To) {
		return nil
	}
	bare := isolates.ReplaceAllString(foldDigits(placeholders.ReplaceAllString(p.Target, " ")), " ")
	for _, phone := range phoneShape.FindAllString(bare, -1) {
		if strings.ContainsFunc(phone, unicode.IsSpace) {
			return []Finding{{Key: "translate.check.isolate", What: phone}}
		}
	}
	return nil
}

// isolates are stretches that keep their own direction.
var isolates = regexp.MustCompile(`[\x{2066}\x{2068}\x{200e}][^\x{2069}\x{200e}]*[\x{2069}\x{200e}]`)
