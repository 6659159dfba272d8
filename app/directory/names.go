package directory

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"portico/content"
)

// The two codes that stand for many countries.
const (
	Europe    = "EU"
	Worldwide = content.Worldwide
)

// LanguageName is the name of a language in its own script.
func LanguageName(tag string) string {
	if name := display.Self.Name(language.Make(tag)); name != "" {
		return name
	}
	return tag
}

// known keeps the words of languages: there are few, and they never change.
var known sync.Map

func remembered(key string, make func() string) string {
	if words, ok := known.Load(key); ok {
		return words.(string)
	}
	words := make()
	known.Store(key, words)
	return words
}

// languageWords is the name of a language in every language of search, and in its own.
func languageWords(tag string) string {
	return remembered("language "+tag, func() string {
		base, _ := language.Make(tag).Base()
		names := []string{LanguageName(tag)}
		for _, lang := range content.Spoken {
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
