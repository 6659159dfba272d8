package moderation

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Mask replaces the words of the findings by their labels in brackets and leaves everything else
// as it is. Findings that overlap become one label, that of the one that starts first. A finding
// that does not fit the text, because the text changed since, is passed over.
func Mask(text string, findings []Finding, label func(rule string) string) string {
	var fits []Finding
	for _, f := range findings {
		if f.Start >= 0 && f.Start < f.End && f.End <= len(text) && atRune(text, f.Start) && atRune(text, f.End) {
			fits = append(fits, f)
		}
	}
	slices.SortStableFunc(fits, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	var out strings.Builder
	done := 0
	for i := 0; i < len(fits); {
		first, end := fits[i], fits[i].End
		for i++; i < len(fits) && fits[i].Start < end; i++ {
			end = max(end, fits[i].End)
		}
		out.WriteString(text[done:first.Start])
		out.WriteString("[" + label(first.Rule) + "]")
		done = end
	}
	out.WriteString(text[done:])
	return out.String()
}

// atRune says whether no rune of text is cut by an edge at i. A stray continuation byte is a
// rune of its own to Go, so it may stand at an edge.
func atRune(text string, i int) bool {
	if i == 0 || i == len(text) || utf8.RuneStart(text[i]) {
		return true
	}
	for back := 1; back < utf8.UTFMax && i-back >= 0; back++ {
		if !utf8.RuneStart(text[i-back]) {
			continue
		}
		_, size := utf8.DecodeRuneInString(text[i-back:])
		return size <= back
	}
	return true
}
