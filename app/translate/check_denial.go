package translate

import (
	"regexp"
	"strings"
)

// DenialLost is the finding of a translation that has lost its "not". A reviewer who sees
// that the denial is there, in other words, may say so.
const DenialLost = "translate.check.denial"

// denying are the words with which a language denies. A sentence without its denial says the
// contrary of what was meant: nothing else that a translation can lose harms as much.
var denying = map[string][]string{
	"en":  {"no", "not", "never", "nobody", "none", "nothing", "nowhere", "neither", "nor", "cannot", "without"},
	"it":  {"no", "non", "mai", "nessuno", "nessuna", "nessun", "niente", "nulla", "né", "neanche", "nemmeno", "neppure", "senza"},
	"fr":  {"ne", "n", "non", "pas", "jamais", "rien", "aucun", "aucune", "ni", "sans"},
	"ar":  {"لا", "ليس", "ليست", "ليسوا", "لست", "لسنا", "لستم", "لم", "لن", "ألا", "غير", "بدون", "دون", "بلا", "عدم", "أبدا"},
	"es":  {"no", "nunca", "nadie", "nada", "ningún", "ninguno", "ninguna", "ni", "jamás", "tampoco", "sin"},
	"pt":  {"não", "nunca", "ninguém", "nada", "nenhum", "nenhuma", "nem", "jamais", "sem"},
	"ro":  {"nu", "n", "niciodată", "nimeni", "nimic", "nici", "niciun", "nicio", "fără"},
	"sq":  {"nuk", "s", "mos", "jo", "asnjë", "askush", "asgjë", "kurrë", "asnjëherë", "pa"},
	"ru":  {"не", "нет", "ни", "никогда", "никто", "никого", "никому", "ничего", "ничто", "нельзя", "без"},
	"uk":  {"не", "ні", "немає", "нема", "ніколи", "ніхто", "нікого", "нікому", "нічого", "ніщо", "без"},
	"bg":  {"не", "няма", "нямате", "нямаш", "никога", "никой", "никого", "нищо", "нито", "без"},
	"zh":  {"不", "没", "無", "无", "未", "勿", "非", "别"},
	"pcm": {"no", "not", "never", "neva", "nobody", "nothing", "notin", "nor", "without"},
}

// alsoDenying are words that may carry a denial of the source, and say other things as well.
var alsoDenying = map[string][]string{
	"en": {"refuse", "avoid", "stop", "free", "except", "unless", "only"}, "it": {"rifiuta", "vieta", "vietato", "evita", "gratis", "anonimo", "anonima"},
	"fr": {"personne", "nul", "nulle", "interdit", "évite", "gratuit", "anonyme", "plus"}, "ar": {"ما", "ممنوع", "خال", "مجهول", "إلا"},
	"es": {"salvo", "prohibido", "evita"}, "ru": {"кроме", "запрещено", "анонимно"}, "uk": {"крім", "заборонено"}, "zh": {"否", "禁"},
}

var contracted = regexp.MustCompile(`(?i)n['’]t\b`)

// wordShape is a word, with the vowel signs and accents of its letters.
var wordShape = regexp.MustCompile(`[\p{L}\p{M}]+`)

// lostDenial finds a translation without any denial of a source that denies.
func lostDenial(p Pair) []Finding {
	word := denial(p.From, p.Source, false)
	if word == "" || denial(p.To, p.Target, true) != "" {
		return nil
	}
	return []Finding{{Key: DenialLost, What: word, Where: around(p.Source, word), Fails: true}}
}

// denial is the first word of a text that denies, as it stands there, or "". Wide takes
// words into account that may mean something else, and the prefixes of Slavic languages.
func denial(lang, text string, wide bool) string {
	base, _, _ := strings.Cut(lang, "-")
	words := map[string]bool{}
	for _, w := range denying[base] {
		words[w] = true
	}
	if wide {
		for _, w := range alsoDenying[base] {
			words[w] = true
		}
	}
	if base == "zh" {
		for _, r := range text {
			if words[string(r)] {
				return string(r)
			}
		}
		return ""
	}
	if base == "en" {
		if found := contracted.FindString(text); found != "" {
			return found
		}
	}
	for _, found := range wordShape.FindAllString(text, -1) {
		w := strings.ToLower(found)
		bare := w
		if base == "ar" { // "and not" is one word, and vowel signs are often left out
			bare = strings.TrimPrefix(strings.TrimPrefix(withoutSigns(w), "و"), "ف")
		}
		if words[w] || words[bare] || wide && slavicPrefix(base, w) {
			return found
		}
	}
	return ""
}

// slavicPrefix finds "impossible" and "unknown", which deny inside the word.
func slavicPrefix(base, word string) bool {
	switch base {
	case "ru", "uk", "bg":
		return strings.HasPrefix(word, "не") && len(word) > len("не")+2
	}
	return false
}

// withoutSigns leaves the vowel signs of Arabic out.
func withoutSigns(word string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\u064b' && r <= '\u0652' {
			return -1
		}
		return r
	}, word)
}
