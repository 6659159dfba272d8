package content

import (
	"embed"
	"fmt"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed terms.*.toml
var termFiles embed.FS

// Wording is a word of the field: the one that it uses, and those that it does not. A refused
// form may end in * for any ending.
type Wording struct {
	Refused   []string `toml:"refused"`
	Preferred string   `toml:"preferred"`
	Why       string   `toml:"why"`
}

// termLanguages are the languages that have a list.
var termLanguages = []string{"en", "it", "fr", "ar"}

// Wordings lists the words of one language, none for a language without a list. A file that
// does not read is an empty list here; ReadWordings, which a test asks, says why.
func Wordings(lang string) []Wording { return allWordings()[lang] }

var allWordings = sync.OnceValue(func() map[string][]Wording {
	all := map[string][]Wording{}
	for _, lang := range termLanguages {
		if terms, err := ReadWordings(lang); err == nil {
			all[lang] = terms
		}
	}
	return all
})

// ReadWordings reads the list of one language. A key that Wording does not know is an error.
func ReadWordings(lang string) ([]Wording, error) {
	raw, err := termFiles.ReadFile("terms." + lang + ".toml")
	if err != nil {
		return nil, fmt.Errorf("terms: %w", err)
	}
	var file struct {
		Term []Wording `toml:"term"`
	}
	meta, err := toml.Decode(string(raw), &file)
	if err != nil {
		return nil, fmt.Errorf("terms in %s: %w", lang, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return nil, fmt.Errorf("terms in %s: unknown key %s", lang, unknown[0])
	}
	return file.Term, nil
}
