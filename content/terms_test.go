package content

import (
	"io/fs"
	"strings"
	"testing"
)

func TestEveryListOfTermsReads(t *testing.T) {
	names, err := fs.Glob(termFiles, "terms.*.toml")
	if err != nil || len(names) != len(termLanguages) {
		t.Fatalf("%d lists for %d languages: %v", len(names), len(termLanguages), err)
	}
	for _, lang := range termLanguages {
		terms, err := ReadWordings(lang)
		if err != nil {
			t.Error(err)
			continue
		}
		if len(terms) < 8 {
			t.Errorf("%s has only %d words", lang, len(terms))
		}
		refused := map[string]bool{}
		for i, term := range terms {
			if term.Preferred == "" || term.Why == "" || len(term.Refused) == 0 {
				t.Errorf("%s: word %d is not whole: %+v", lang, i+1, term)
			}
			for _, form := range term.Refused {
				if refused[form] {
					t.Errorf("%s: %q is refused twice", lang, form)
				}
				refused[form] = true
				if strings.HasPrefix(strings.ToLower(term.Preferred), strings.TrimSuffix(form, "*")) {
					t.Errorf("%s: %q would also refuse the preferred %q", lang, form, term.Preferred)
				}
			}
		}
	}
}
