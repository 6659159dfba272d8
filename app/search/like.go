package search

import "strings"

// Patterns are what each word of the query is as a LIKE pattern over a column of tokens
// that begins and ends with a space. They are for small tables without a word index: both
// engines read them alike, and no token holds a letter that LIKE takes for a sign.
func (q Query) Patterns() []string {
	patterns := make([]string, len(q.terms))
	for i, t := range q.terms {
		patterns[i] = "% " + t.text
		if !t.prefix {
			patterns[i] += " "
		}
		patterns[i] += "%"
	}
	return patterns
}

// Without drops words from a query, such as those of every question ("for", "in"). What
// is left may be nothing; ok says whether it is not. Words are compared after folding.
func (q Query) Without(words string) (rest Query, ok bool) {
	drop := map[string]bool{}
	for _, w := range split(words) {
		for _, t := range asked(w) {
			drop[t.text] = true
		}
	}
	for _, t := range q.terms {
		if !drop[t.text] {
			rest.terms = append(rest.terms, t)
		}
	}
	return rest, len(rest.terms) > 0
}

// Padded returns a document's tokens for a column that Patterns look through.
func Padded(text string) string { return " " + Tokens(strings.ToValidUTF8(text, " ")) + " " }

// Term is one word of a query: a whole token, or its beginning and then the whole word.
type Term struct {
	Text   string
	Prefix bool
	Word   string
}

// Terms are the words of a query, for an index that is kept in memory.
func (q Query) Terms() []Term {
	terms := make([]Term, len(q.terms))
	for i, t := range q.terms {
		terms[i] = Term{t.text, t.prefix, t.word}
	}
	return terms
}
