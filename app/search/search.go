// Package search cuts text in any script into the words that both databases index, and
// turns what a person asks into the query of each engine. One tokenizer serves indexing
// and asking, so that both engines find the same.
//
// Inflected Ukrainian, Arabic with prefixes, one or two signs of Chinese and Romanian
// without its marks must find what people mean: words are folded to bare letters, and a
// longer word is asked by its beginning. The package imports nothing of ours.
package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Limits that keep an index row and a query small.
const (
	longestWord = 40   // runes; longer runs of letters are cut
	mostTokens  = 4000 // per document
	mostWords   = 8    // per query
)

// Tokens returns the words of a document for the index, separated by spaces.
func Tokens(text string) string {
	words := split(text)
	tokens := make([]string, 0, len(words))
	for _, w := range words {
		if len(tokens) >= mostTokens {
			break
		}
		tokens = append(tokens, indexed(w)...)
	}
	return strings.Join(tokens, " ")
}

// Query is what a person asks, ready for both engines.
type Query struct{ terms []term }

type term struct {
	text   string
	prefix bool
	word   string // as it was asked, folded; "" where it is the text
}

// Ask reads a query. ok is false when it holds no letter or digit.
func Ask(text string) (q Query, ok bool) {
	for _, w := range split(text) {
		if len(q.terms) == mostWords {
			break
		}
		q.terms = append(q.terms, asked(w)...)
	}
	return q, len(q.terms) > 0
}

// FTS5 is the query for SQLite's MATCH.
func (q Query) FTS5() string {
	parts := make([]string, len(q.terms))
	for i, t := range q.terms {
		parts[i] = `"` + t.text + `"`
		if t.prefix {
			parts[i] += "*"
		}
	}
	return strings.Join(parts, " AND ")
}

// TSQuery is the query for PostgreSQL's to_tsquery('simple', …).
func (q Query) TSQuery() string {
	parts := make([]string, len(q.terms))
	for i, t := range q.terms {
		parts[i] = "'" + t.text + "'"
		if t.prefix {
			parts[i] += ":*"
		}
	}
	return strings.Join(parts, " & ")
}

// indexed returns the tokens of one word: itself, or for scripts without spaces its signs
// and pairs of signs; Arabic also without its prefix.
func indexed(w []rune) []string {
	if unspaced(w[0]) {
		tokens := make([]string, 0, 2*len(w))
		for i := range w {
			tokens = append(tokens, string(w[i]))
			if i+1 < len(w) {
				tokens = append(tokens, string(w[i:i+2]))
			}
		}
		return tokens
	}
	return []string{string(stripArabic(w))}
}

func asked(w []rune) []term {
	if unspaced(w[0]) {
		if len(w) == 1 {
			return []term{{text: string(w)}}
		}
		terms := make([]term, 0, len(w)-1)
		for i := 0; i+1 < len(w); i++ {
			terms = append(terms, term{text: string(w[i : i+2])})
		}
		return terms
	}
	w = stripArabic(w)
	least := 4
	if unicode.Is(unicode.Arabic, w[0]) {
		least = 3
	}
	if len(w) < least || unicode.IsDigit(w[0]) {
		return []term{{text: string(w)}}
	}
	return []term{{text: string(w[:len(w)-max(1, len(w)/4)]), prefix: true, word: string(w)}}
}

// split folds text to bare letters and digits and cuts it into words.
func split(text string) [][]rune {
	var words [][]rune
	var word []rune
	flush := func() {
		if len(word) > 0 {
			words = append(words, word)
			word = nil
		}
	}
	for _, r := range norm.NFKD.String(text) {
		if apostrophe(r) && len(word) > 0 && unicode.Is(unicode.Latin, word[0]) {
			flush() // l'été and İstanbul'da are two words; сім'я is one
			continue
		}
		if dropped(r) || apostrophe(r) {
			continue
		}
		r = fold(r)
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			flush()
			continue
		case len(word) > 0 && (unspaced(word[0]) != unspaced(r) || len(word) == longestWord):
			flush()
		}
		word = append(word, r)
	}
	flush()
	return words
}

// dropped are marks that writers leave out or put in as they like.
func dropped(r rune) bool {
	return r == 'ـ' || unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r)
}

func apostrophe(r rune) bool { return strings.ContainsRune("'’‘ʼ`´", r) }

func fold(r rune) rune {
	r = unicode.ToLower(r)
	switch r {
	case 'ى', 'ی':
		return 'ي'
	case 'ة':
		return 'ه'
	case 'ک':
		return 'ك'
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ё':
		return 'е'
	case 'ґ':
		return 'г'
	case 'ı':
		return 'i'
	case 'ß':
		return 's'
	case 'ø':
		return 'o'
	case 'ł':
		return 'l'
	case 'đ':
		return 'd'
	}
	if r > 127 && unicode.IsDigit(r) {
		for n := rune(0); n < 10; n++ {
			if !unicode.IsDigit(r - n - 1) {
				return '0' + n
			}
		}
	}
	return r
}

// unspaced are scripts that write words without spaces between them.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Khmer, unicode.Lao, unicode.Myanmar)
}

var arabicPrefixes = []string{"وال", "بال", "لل", "ال", "ل", "و", "ب"}

// stripArabic takes one prefix off an Arabic word when at least four letters remain.
func stripArabic(w []rune) []rune {
	if !unicode.Is(unicode.Arabic, w[0]) {
		return w
	}
	text := string(w)
	for _, prefix := range arabicPrefixes {
		if rest, ok := strings.CutPrefix(text, prefix); ok && len([]rune(rest)) >= 4 {
			return []rune(rest)
		}
	}
	return w
}
