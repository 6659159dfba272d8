package material

import (
	"slices"
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
	Day       string // on which the group decided it; "" for a word of the field
}

// CheckTerms looks for refused words of a language: those that the group decided on first,
// then those of the field, except what the group itself prefers or has spoken about. It is
// advice: nothing is stopped by it.
func CheckTerms(lang, text string, own ...Term) []Advice {
	var all []Advice
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '\'' && r != '’'
	})
	var decided []string
	for _, t := range own {
		if t.Lang != lang {
			continue
		}
		if one, found := advise(words, t.Not()); found {
			one.Preferred, one.Why, one.Lang, one.Day = t.Preferred, t.Why, lang, t.Day
			all = append(all, one)
		}
		decided = append(append(decided, t.Preferred), t.Not()...)
	}
	for _, t := range content.Wordings(lang) {
		refused := slices.DeleteFunc(slices.Clone(t.Refused), func(form string) bool {
			return slices.ContainsFunc(decided, func(word string) bool {
				return fits(word, form) || fold(word) == fold(form)
			})
		})
		if one, found := advise(words, refused); found {
			one.Preferred, one.Why, one.Lang = t.Preferred, t.Why, lang
			all = append(all, one)
		}
	}
	return all
}

// advise counts the refused forms of one word, and keeps how the first stands in the text.
func advise(words, refused []string) (one Advice, found bool) {
	for _, form := range refused {
		first, times := occurs(words, strings.Fields(form))
		if times > 0 && one.Word == "" {
			one.Word = first
		}
		one.Times += times
	}
	return one, one.Times > 0
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
