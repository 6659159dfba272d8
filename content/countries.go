package content

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Spoken are the languages in which people name countries and languages when they search.
var Spoken = []string{"en", "it", "fr", "es", "pt-BR", "ro", "sq", "ru", "uk", "bg", "zh-Hans", "ar"}

// Worldwide is the code that stands for many countries.
const Worldwide = "INT"

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

// countryWords keeps the words of countries: there are few, and they never change.
var countryWords sync.Map

// CountryWords is the name of a country in every language of search.
func CountryWords(code string) string {
	if code == Worldwide {
		return ""
	}
	if words, ok := countryWords.Load(code); ok {
		return words.(string)
	}
	var names []string
	for _, lang := range Spoken {
		names = append(names, CountryName(lang, code))
	}
	words := strings.Join(names, " ")
	countryWords.Store(code, words)
	return words
}

// farFromEurope are the countries in which 112 and the shared numbers of Europe are no help.
var farFromEurope = []string{"BR", "CN", "NG", Worldwide}

// InEurope reports whether the shared numbers of Europe answer in a country.
func InEurope(country string) bool { return !slices.Contains(farFromEurope, country) }
