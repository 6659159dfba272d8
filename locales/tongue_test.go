package locales_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"portico/locales"
)

// tongue is what can be seen of a language without reading it.
type tongue struct {
	script  *unicode.RangeTable
	foreign string  // letters of the same script that this language does not have
	longer  float64 // how much longer than English a text may become
}

// tongues are all the languages of the interface but English.
var tongues = map[string]tongue{
	"it": {unicode.Latin, "", 2.2}, "fr": {unicode.Latin, "", 2.2}, "es": {unicode.Latin, "", 2.2},
	"pt-BR": {unicode.Latin, "", 2.2}, "sq": {unicode.Latin, "", 2.2}, "pcm": {unicode.Latin, "", 2.2},
	"ro": {unicode.Latin, "şţŞŢ", 2.2}, // with a cedilla; Romanian has a comma below
	"uk": {unicode.Cyrillic, "ыэъёЫЭЪЁ", 2.2}, "ru": {unicode.Cyrillic, "іїєґІЇЄҐ", 2.2},
	"bg": {unicode.Cyrillic, "ыэёіїєґЫЭЁІЇЄҐ", 2.2},
	"ar": {unicode.Arabic, "", 2}, "zh-Hans": {unicode.Han, "", 1.2},
}

// latin is a word in Latin letters, with the signs that codes have inside.
var latin = regexp.MustCompile(`[\p{Latin}]+`)

// alike are messages that are rightly written as in English, by language. Each is a line of
// placeholders, or words that both languages have.
var alike = map[string][]string{
	"it": {"material.audio.length"}, "es": {"material.audio.length"}, "pt-BR": {"material.audio.length"},
	"ro": {"material.audio.length"}, "sq": {"material.audio.length"},
	"fr": {"peerwork.text.version"},
}

// quoted are words in Latin letters that Italian and French translate, and that a language of
// other letters may quote: a word on somebody's screen, an example.
var quoted = []string{"KB", "MB", "authenticator", "entities", "wolf", "wolfman"}

// kept says whether a word in Latin letters is one that stays: a name, a format, an example.
// It stands in English, and Italian or French, whose letters it has, kept it too.
func kept(word string, english string, kin []string) bool {
	holds := func(text string) bool { return slices.Contains(latin.FindAllString(text, -1), word) }
	return slices.Contains(quoted, word) || holds(english) && slices.ContainsFunc(kin, holds)
}

// checkTongue holds a translation to what it must look like: its own letters, no English left,
// and a length that its place can hold. Kin are the translations whose letters are Latin.
func checkTongue(tag string, english, messages catalogue, kin ...catalogue) (faults []string) {
	is := tongues[tag]
	for key, m := range messages {
		source := english[key].forms["other"]
		same := slices.Contains(alike[tag], key)
		var near []string
		for _, c := range kin {
			near = append(near, c[key].forms["other"])
		}
		for form, text := range m.forms {
			bare := placeholder.ReplaceAllString(text, " ")
			if is.script != unicode.Latin {
				bare = latin.ReplaceAllStringFunc(bare, func(word string) string {
					if kept(word, source, near) {
						return " "
					}
					return word
				})
			}
			if r, odd := is.odd(bare); odd {
				faults = append(faults, fmt.Sprintf("%s: %s has the letter %q, which is not of this language: %s", key, form, r, text))
			}
			if tag != "pcm" && (englishOnly.MatchString(bare) || tag != "sq" && englishThe.MatchString(bare)) {
				faults = append(faults, fmt.Sprintf("%s: %s has English words: %s", key, form, text))
			}
			if tag != "pcm" && text == source && letters(bare) > 14 && strings.Contains(strings.TrimSpace(bare), " ") && !same {
				faults = append(faults, fmt.Sprintf("%s: %s is the English text: %s", key, form, text))
			}
			if most := int(float64(letters(source))*is.longer) + 14; letters(text) > most {
				faults = append(faults, fmt.Sprintf("%s: %s has %d letters, its place holds %d: %s", key, form, letters(text), most, text))
			}
		}
	}
	return faults
}

// odd finds a letter that the language does not have.
func (is tongue) odd(text string) (rune, bool) {
	for _, r := range text {
		if strings.ContainsRune(is.foreign, r) || unicode.IsLetter(r) && !unicode.In(r, is.script, unicode.Inherited, unicode.Common) {
			return r, true
		}
	}
	return 0, false
}

// englishOnly finds words that are English and nothing else; "the" is Albanian as well.
var (
	englishOnly = regexp.MustCompile(`(?i)\b(and|you|your|with|this|that|from|what|which|their|they|have|been|will|would|should)\b`)
	englishThe  = regexp.MustCompile(`(?i)\bthe\b`)
)

// letters counts what is seen of a text.
func letters(text string) int { return utf8.RuneCountInString(text) }

func TestEveryLanguageIsWrittenAsItself(t *testing.T) {
	english, italian, french := load(t, locales.Source), load(t, "it"), load(t, "fr")
	for _, tag := range slices.Concat(locales.Complete, locales.Planned) {
		if tag == locales.Source {
			continue
		}
		if _, ok := tongues[tag]; !ok {
			t.Errorf("%s: say in tongues how it is written", tag)
			continue
		}
		report(t, tag, checkTongue(tag, english, load(t, tag), italian, french))
	}
}

func TestTheLookOfALanguageSeesEachFault(t *testing.T) {
	kin := catalogue{"talk.open": {forms: map[string]string{"other": "Apri in Portico la discussione"}}}
	english := catalogue{"talk.open": {forms: map[string]string{"other": "Open the talk in Portico for everybody"}}}
	for _, row := range []struct{ name, tag, text, want string }{
		{"Ukrainian", "uk", "Відкрити розмову для всіх", ""},
		{"Russian in the place of Ukrainian", "uk", "Открыть беседу для всех, кому нужен объезд", "not of this language"},
		{"Ukrainian in the place of Russian", "ru", "Відкрити розмову", "not of this language"},
		{"Romanian with cedillas", "ro", "Deschideţi discuţia pentru toţi", "not of this language"},
		{"Latin among Arabic", "ar", "افتحي talk للجميع", "not of this language"},
		{"a name among Arabic", "ar", "افتحي Portico للجميع", ""},
		{"English left", "it", "Open the talk in Portico for everybody", "is the English text"},
		{"English within", "fr", "Ouvrir the discussion", "has English words"},
		{"too long for its place", "zh-Hans", strings.Repeat("打开这个讨论", 12), "its place holds"},
	} {
		got := strings.Join(checkTongue(row.tag, english, catalogue{"talk.open": {forms: map[string]string{"other": row.text}}}, kin), "\n")
		if row.want == "" && got != "" || !strings.Contains(got, row.want) {
			t.Errorf("%s: got %q, want a fault with %q", row.name, got, row.want)
		}
	}
}
