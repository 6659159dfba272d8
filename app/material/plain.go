package material

import (
	"math"
	"strings"
	"unicode"
)

// Measure says how plain a text is. It is no grade: it says what makes reading hard.
type Measure struct {
	Sentences int
	Average   int // words in a sentence
	Easy      int // words in a sentence that are easy to read in this language
	Length    Level
	LongWords int   // in a hundred; 0 where long words say nothing
	Words     Level // how many long words there are; Unknown where they say nothing
	Unsure    bool  // nobody has said what is easy in this language: the levels are a rough guess
}

// Level is one of three, or unknown.
type Level int

// The levels.
const (
	Unknown Level = iota
	Low
	Middle
	High
)

// plainness is what is easy in a language. Averages and letters differ: a Romance
// sentence takes more words and its words more letters than an English one.
type plainness struct {
	easy, hard int // words in a sentence
	letters    int // a word of so many is long; 0: not counted
	many       int // long words in a hundred that are many
}

var plainnesses = map[string]plainness{
	"en": {easy: 15, hard: 20, letters: 9, many: 15},
	"it": {easy: 18, hard: 25, letters: 10, many: 18},
	"fr": {easy: 18, hard: 25, letters: 10, many: 15},
	// Arabic writes articles and prepositions in one piece with the word, so its letters say
	// little about how hard it is.
	"ar": {easy: 15, hard: 22},
	// Chinese sets no blanks between words; two signs are about one word.
	"zh": {easy: 18, hard: 26},
}

// otherwise is a rough guess for a language of which nobody has said what is easy.
var otherwise = plainness{easy: 15, hard: 22, letters: 10, many: 18}

func plainnessOf(lang string) (p plainness, known bool) {
	base, _, _ := strings.Cut(lang, "-")
	if p, known = plainnesses[base]; known {
		return p, true
	}
	return otherwise, false
}

// MeasurePlain measures a text in its language. Lines of a list count as sentences.
func MeasurePlain(lang, text string) Measure {
	limits, known := plainnessOf(lang)
	m := Measure{Easy: limits.easy, Unsure: !known}
	words, long := 0, 0
	for _, sentence := range sentences(text) {
		n := 0
		for _, word := range strings.FieldsFunc(sentence, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r)
		}) {
			n++
			letters := 0
			for _, r := range word {
				if unicode.IsLetter(r) {
					letters++
				}
			}
			if first := []rune(word)[0]; unicode.Is(unicode.Han, first) {
				n += letters / 2
				continue
			}
			if limits.letters > 0 && letters >= limits.letters {
				long++
			}
		}
		if n > 0 {
			m.Sentences, words = m.Sentences+1, words+n
		}
	}
	if m.Sentences == 0 {
		return m
	}
	m.Average = int(math.Round(float64(words) / float64(m.Sentences)))
	m.Length = level(m.Average, limits.easy, limits.hard)
	if limits.letters > 0 {
		m.LongWords = int(math.Round(float64(long) * 100 / float64(words)))
		m.Words = level(m.LongWords, limits.many/2, limits.many)
	}
	return m
}

func level(n, low, high int) Level {
	switch {
	case n <= low:
		return Low
	case n <= high:
		return Middle
	}
	return High
}

// sentences cuts at what ends a sentence in the scripts of the portal, and at line ends
// that begin a list, a heading or a new passage.
func sentences(text string) []string {
	var all []string
	for _, block := range Parts(text) {
		var lines []string
		for _, line := range strings.Split(block, "\n") {
			if bare := strings.TrimLeft(line, " \t"); len(lines) == 0 || strings.HasPrefix(bare, "- ") || strings.HasPrefix(bare, "* ") || strings.HasPrefix(bare, "#") ||
				bare != "" && unicode.IsDigit([]rune(bare)[0]) {
				lines = append(lines, line)
			} else {
				lines[len(lines)-1] += " " + line
			}
		}
		for _, line := range lines {
			all = append(all, strings.FieldsFunc(ends.Replace(line), func(r rune) bool { return r == '\x00' })...)
		}
	}
	return all
}

// ends marks where a sentence ends. A full stop ends one only before a space: "3.5" does not.
var ends = strings.NewReplacer(". ", "\x00", "! ", "\x00", "? ", "\x00", "… ", "\x00", "؟", "\x00", "۔", "\x00", "。", "\x00", "！", "\x00", "？", "\x00", "; ", "\x00")
