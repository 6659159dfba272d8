package material

import (
	"strings"
	"unicode"

	"portico/content"
)

// Advice is a word of the text that the field does not use, with the one that it does.
type Advice struct {
	Word      string // as it stands in the text
	Preferred string
	Why       string
	Times     int
	Lang      string // of Preferred and Why
}

// CheckTerms looks for refused words of a language. It is advice: nothing is stopped by it.
func CheckTerms(lang, text string) []Advice {
	terms := content.Wordings(lang)
	var all []Advice
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’'
	})
	for _, t := range terms {
		one := Advice{Preferred: t.Preferred, Why: t.Why, Lang: lang}
		for _, refused := range t.Refused {
			found, times := occurs(words, strings.Fields(refused))
			if times > 0 && one.Word == "" {
				one.Word = found
			}
			one.Times += times
		}
		if one.Times > 0 {
			all = append(all, one)
		}
	}
	return all
}

// occurs counts a phrase among words and returns its first form.
func occurs(words, phrase []string) (first string, times int) {
	for i := 0; len(phrase) > 0 && i+len(phrase) <= len(words); i++ {
		whole := true
		for j, p := range phrase {
			whole = whole && fits(words[i+j], p)
		}
		if whole {
			if times == 0 {
				first = strings.Join(words[i:i+len(phrase)], " ")
			}
			times++
		}
	}
	return first, times
}

// fits compares a word with a form that may end in * for any ending. In front of it may
// stand what a language writes in one piece with a word: the article and the particles of
// Arabic, and an article with an apostrophe.
func fits(word, form string) bool {
	for _, w := range beginnings(fold(word)) {
		if stem, open := strings.CutSuffix(fold(form), "*"); w == stem || open && strings.HasPrefix(w, stem) {
			return true
		}
	}
	return false
}

func beginnings(word string) []string {
	all := []string{word}
	if _, after, found := strings.Cut(word, "'"); found {
		all = append(all, after)
	}
	for _, front := range []string{"وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف", "ك"} {
		if rest, found := strings.CutPrefix(word, front); found {
			all = append(all, rest)
		}
	}
	return all
}

// fold makes writings of the same word equal: case, the apostrophe, and in Arabic the
// vowel marks and the forms of alif.
func fold(word string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '’':
			return '\''
		case 'أ', 'إ', 'آ':
			return 'ا'
		case 'ى':
			return 'ي'
		case 'ـ':
			return -1
		}
		if unicode.Is(unicode.Mn, r) && r >= 0x064b && r <= 0x0652 {
			return -1
		}
		return unicode.ToLower(r)
	}, word)
}
