package content

import (
	"strings"
	"testing"
	"testing/fstest"
)

const goodTerm = `[[term]]
term = "outreach"
lang = "it"
preferred = "unità di strada"
refused = ["pattuglia"]
domain = "work"
note = "Also online."
`

func TestFaultsOfTheGlossaryNameFileAndLine(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"a key that is none":           {goodTerm + "prefered = \"x\"\n", `:8: unknown key "prefered"`},
		"a language that is none":      {strings.Replace(goodTerm, `"it"`, `"xx"`, 1), `:3: unknown language "xx"`},
		"English itself":               {strings.Replace(goodTerm, `"it"`, `"en"`, 1), `:3: unknown language "en"`},
		"no term":                      {strings.Replace(goodTerm, `"outreach"`, `""`, 1), `:2: the term is empty`},
		"no preferred words":           {strings.Replace(goodTerm, `"unità di strada"`, `" "`, 1), `:4: the preferred words are empty`},
		"a kind that is none":          {goodTerm + "kind = \"own\"\n", `:8: unknown kind "own"`},
		"another word for a name":      {goodTerm + "kind = \"keep\"\n", `:4: a word that stays as it is`},
		"a refusal of nothing":         {strings.Replace(goodTerm, `["pattuglia"]`, `[]`, 1) + "kind = \"refused\"\n", `:5: nothing is refused`},
		"a comma in a refused word":    {strings.Replace(goodTerm, `"pattuglia"`, `"a, b"`, 1), `:5: a refused word`},
		"a note of two lines":          {strings.Replace(goodTerm, `"Also online."`, `"a\nb"`, 1), `:7: the note is not one line`},
		"a value of the wrong type":    {goodTerm + "\n" + strings.Replace(goodTerm, `"outreach"`, `3`, 1), `:9: `},
		"a line that is no TOML":       {strings.Replace(goodTerm, `"outreach"`, `a b`, 1), `:2: `},
		"the same term twice":          {goodTerm + "\n" + goodTerm, `:9: "outreach" stands here twice for it`},
		"nothing":                      {"# nothing\n", `:1: it holds no [[term]]`},
		"a key before the first entry": {"x = 1\n" + goodTerm, `:1: nothing but comments`},
	} {
		_, faults := readGlossary(fstest.MapFS{"glossary.toml": {Data: []byte(row.text)}})
		if len(faults) != 1 || !strings.HasPrefix(faults[0], "content/glossary.toml"+row.want) {
			t.Errorf("%s: got %q; want …%s", name, faults, row.want)
		}
	}
	if _, faults := readGlossary(fstest.MapFS{}); len(faults) != 1 {
		t.Errorf("no file at all: %q", faults)
	}
}

func TestTheShippedGlossarySpeaksEveryCompleteLanguage(t *testing.T) {
	terms, err := Glossary()
	if err != nil {
		t.Fatal(err)
	}
	langs := map[string]map[string]bool{}
	for _, g := range terms {
		if langs[g.Term] == nil {
			langs[g.Term] = map[string]bool{}
		}
		langs[g.Term][g.Lang] = true
	}
	for _, term := range []string{"peer educator", "harm reduction", "outreach", "supervision", "low profile", "residence permit", "sex work"} {
		for _, lang := range []string{"it", "fr", "ar"} {
			if !langs[term][lang] {
				t.Errorf("%q has no words in %s", term, lang)
			}
		}
	}
}

func TestTheShippedGlossaryKeepsRealNames(t *testing.T) {
	terms, err := Glossary()
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]int{}
	for _, g := range terms {
		if g.Kind == "keep" {
			kept[g.Lang]++
		}
	}
	for _, lang := range []string{"it", "fr", "ar"} {
		if kept[lang] < 3 {
			t.Errorf("%s keeps %d names", lang, kept[lang])
		}
	}
}
