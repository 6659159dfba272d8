package directory

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// spoken are the languages in which people name countries and languages when they search.
var spoken = []string{"en", "it", "fr", "es", "pt-BR", "ro", "sq", "ru", "uk", "bg", "zh-Hans", "ar"}

// The two codes that stand for many countries.
const (
	Europe    = "EU"
	Worldwide = "INT"
)

// CountryName is the name of a country in a language, in English where that is not known.
// The code for many countries has no name here: pages have words for it.
func CountryName(lang, code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	for _, l := range []string{lang, "en"} {
		if namer := display.Regions(language.Make(l)); namer != nil {
			if name := namer.Name(region); name != "" {
				return name
			}
		}
	}
	return code
}

// LanguageName is the name of a language in its own script.
func LanguageName(tag string) string {
	if name := display.Self.Name(language.Make(tag)); name != "" {
		return name
	}
	return tag
}

// known keeps the words of countries and languages: there are few, and they never change.
var known sync.Map

func remembered(key string, make func() string) string {
	if words, ok := known.Load(key); ok {
		return words.(string)
	}
	words := make()
	known.Store(key, words)
	return words
}

// countryWords is the name of a country in every language of search.
func countryWords(code string) string {
	if code == Worldwide {
		return ""
	}
	return remembered("country "+code, func() string {
		var names []string
		for _, lang := range spoken {
			names = append(names, CountryName(lang, code))
		}
		return strings.Join(names, " ")
	})
}

// languageWords is the name of a language in every language of search, and in its own.
func languageWords(tag string) string {
	return remembered("language "+tag, func() string {
		base, _ := language.Make(tag).Base()
		names := []string{LanguageName(tag)}
		for _, lang := range spoken {
			names = append(names, display.Languages(language.Make(lang)).Name(language.Make(base.String())))
		}
		return strings.Join(names, " ")
	})
}

// base is a language without script and country: somebody who speaks Chinese looks for "zh".
func base(tag string) string {
	b, _, _ := strings.Cut(tag, "-")
	return b
}
