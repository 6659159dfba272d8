package moderation

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a host's term, in characters.
const (
	ShortestTerm = 2
	LongestTerm  = 60
)

// The faults of a term.
const (
	TermEmpty   = "empty"
	TermShort   = "short"
	TermLong    = "long"
	TermPattern = "pattern"
)

// CheckTerm says what is wrong with the text of a term, or "". A term is words, of which the
// last may end in *; other signs of search patterns would promise what a list of words cannot
// do. A term that does not find itself would be a guard who sleeps, and counts as a pattern.
func CheckTerm(text string) string {
	stem, open := strings.CutSuffix(text, "*")
	letters := 0
	for _, r := range stem {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			letters++
		case !unicode.IsMark(r) && !strings.ContainsRune(" '’-.\u200c\u200d", r):
			return TermPattern
		}
	}
	shortest := ShortestTerm
	if open && !strings.ContainsFunc(stem, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		shortest++ // two letters with any ending are half of a dictionary
	}
	switch {
	case strings.TrimSpace(text) == "":
		return TermEmpty
	case utf8.RuneCountInString(text) > LongestTerm:
		return TermLong
	case letters < shortest:
		return TermShort
	case !Watches(Screen(stem, nil, []Term{{Text: text}})):
		return TermPattern
	}
	return ""
}

// Watches says whether a watched term is among what was found.
func Watches(v Verdict) bool {
	return slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Rule == rules[ruleWatched].id })
}

// Trial is what a new term would have found among the posts of some days.
type Trial struct {
	Looked   int // posts in the term's language
	Found    int
	Cut      bool // there were more posts than were looked at
	Examples []Example
}

// Example is a post that the term finds, as the words around it.
type Example struct {
	Post   [16]byte
	Lang   string
	Before string
	Words  string // what was found
	After  string
}

// Wide reports whether a term finds more than one post in ten: then it rather names a
// subject than a danger, and people would wait for nothing.
func (t Trial) Wide() bool { return t.Found*10 > t.Looked }

// around is how many characters an example shows on each side.
const around = 60

// ExampleOf cuts the first watched words of a text out with what stands around them.
func ExampleOf(text string, v Verdict) Example {
	var e Example
	for _, f := range v.Findings {
		if f.Rule != rules[ruleWatched].id {
			continue
		}
		before, after := []rune(text[:f.Start]), []rune(text[f.End:])
		if len(before) > around {
			before = append([]rune{'…'}, before[len(before)-around:]...)
		}
		if len(after) > around {
			after = append(after[:around:around], '…')
		}
		e.Before, e.Words, e.After = string(before), f.Text, string(after)
		break
	}
	return e
}
