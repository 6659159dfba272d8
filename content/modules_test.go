package content

import (
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

func TestTheShippedModulesAreWhole(t *testing.T) {
	all, err := Modules()
	if err != nil {
		t.Fatal(err)
	}
	var slugs []string
	for _, m := range all {
		slugs = append(slugs, m.Slug)
		for _, lang := range slices.Sorted(maps.Keys(m.Texts)) {
			text := m.Texts[lang]
			if n := len(text.Units); n < 3 || n > 6 {
				t.Errorf("%s in %s has %d units", m.Slug, lang, n)
			}
			if len(text.Questions) < 5 || len(text.Objectives) < 3 || len(text.Scenario.Scenes) < 5 {
				t.Errorf("%s in %s: %d questions, %d objectives, %d scenes", m.Slug, lang, len(text.Questions), len(text.Objectives), len(text.Scenario.Scenes))
			}
			minutes := 0
			for _, u := range text.Units {
				minutes += u.Minutes
				if n := utf8.RuneCountInString(u.Body); n < least(lang) {
					t.Errorf("%s/%s in %s has only %d characters", m.Slug, u.ID, lang, n)
				}
				if strings.Contains(u.Title+u.Body, "!") {
					t.Errorf("%s/%s in %s: our pages do not shout", m.Slug, u.ID, lang)
				}
			}
			if minutes > m.Minutes || m.Minutes < 20 || m.Minutes > 60 {
				t.Errorf("%s in %s: the units take %d minutes, the module %d", m.Slug, lang, minutes, m.Minutes)
			}
		}
	}
	for _, slug := range firstSteps {
		if !slices.Contains(slugs, slug) {
			t.Errorf("%s is missing, with which every peer educator begins", slug)
		}
	}
	if len(slugs) < 18 {
		t.Errorf("there are %d modules", len(slugs))
	}
}

// least is how many characters a unit has at least. A Chinese sign says as much as three letters.
func least(lang string) int {
	if lang == "zh-Hans" {
		return 400
	}
	return 1000
}

// firstSteps are the modules with which a peer educator begins.
var firstSteps = []string{"peer-role", "listening", "safety", "first-contact"}

func TestEveryTranslationOfAModuleHasTheShapeOfItsEnglishText(t *testing.T) {
	all, err := Modules()
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		for lang, text := range m.Texts {
			if lang != fallback && text.Review == ReviewSource {
				t.Errorf("%s in %s says that it was written in this language", m.Slug, lang)
			}
			for i, u := range text.Units {
				source := m.Texts[fallback].Units[i]
				for _, mark := range []string{"\n## ", "\n- ", "\n1. ", "**"} {
					if got, want := strings.Count("\n"+u.Body, mark), strings.Count("\n"+source.Body, mark); got != want {
						t.Errorf("%s/%s in %s: %q stands %d times, %d in English", m.Slug, u.ID, lang, mark, got, want)
					}
				}
			}
		}
	}
}

func TestAMissingLanguageOfAModuleReadsEnglish(t *testing.T) {
	all, faults := ReadModules(folder(nil))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	if got := all[0].In("sq"); got.Lang != "en" || got.Title != "A module" {
		t.Errorf("got %q in %q", got.Title, got.Lang)
	}
	if got := all[0].In("it"); got.Lang != "it" || got.Review != ReviewAwaiting {
		t.Errorf("got %q, %q", got.Lang, got.Review)
	}
}

// whole is a module folder without a fault, in two languages.
var whole = map[string]string{
	"module.toml": `version = 1
minutes = 30
order = 1
required_for = ["peer"]
languages = ["en", "it"]

[language.en]
review = "source"
title = "A module"
objectives = ["Know"]
reflection = "What?"
sources = "Us"

[language.it]
review = "awaiting"
title = "Un modulo"
objectives = ["Sapere"]
reflection = "Che cosa?"
sources = "Noi"
`,
	"units/01-first.en.md": "title: First\nminutes: 10\n---\nWords\n",
	"units/01-first.it.md": "title: Primo\nminutes: 10\n---\nParole\n",
	"quiz.en.toml":         quizText,
	"quiz.it.toml":         strings.ReplaceAll(quizText, "Why", "Perché"),
}

const quizText = `[[question]]
id = "one"
kind = "single"
ask = "Why?"

[[question.answer]]
id = "a"
text = "So"
right = true
feedback = "Yes"

[[question.answer]]
id = "b"
text = "Not so"
feedback = "No"
`

// folder is the whole module with some files replaced; "" takes a file out.
func folder(change map[string]string) fs.FS {
	all := fstest.MapFS{}
	for name, text := range whole {
		all["modules/some/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, text := range change {
		if text == "" {
			delete(all, "modules/some/"+name)
			continue
		}
		all["modules/some/"+name] = &fstest.MapFile{Data: []byte(text)}
	}
	return all
}

func TestAMalformedModuleFolderIsNamedWithFileAndLine(t *testing.T) {
	module, unit := whole["module.toml"], whole["units/01-first.en.md"]
	swap := strings.ReplaceAll
	for _, row := range []struct{ name, file, text, want string }{
		{"no module.toml", "module.toml", "", "module.toml:1: the file is missing"},
		{"broken TOML", "module.toml", "version = 1\nminutes = \n", "module.toml:2: "},
		{"a misspelt key", "module.toml", swap(module, "order =", "ordre ="), "module.toml:3: unknown key ordre"},
		{"no version", "module.toml", swap(module, "version = 1", "version = 0"), "module.toml:1: version"},
		{"no minutes", "module.toml", swap(module, "minutes = 30", "minutes = -1"), "module.toml:2: minutes"},
		{"an unknown role", "module.toml", swap(module, `"peer"`, `"queen"`), `module.toml:4: "queen" is no role`},
		{"no English", "module.toml", swap(module, `["en", "it"]`, `["it"]`), "module.toml:5: English is missing"},
		{"a language without its table", "module.toml", swap(module, `"it"]`, `"it", "fr"]`), "module.toml:5: there is no table [language.fr]"},
		{"a title forgotten", "module.toml", swap(module, `title = "Un modulo"`, ""), "module.toml:14: [language.it] needs title"},
		{"a review that is none", "module.toml", swap(module, "awaiting", "done"), `module.toml:14: review of it is "done"`},
		{"a unit without its header", "units/01-first.en.md", "Words\n", "units/01-first.en.md:1: a unit begins"},
		{"minutes that are no number", "units/01-first.en.md", swap(unit, "10", "ten"), "units/01-first.en.md:2: minutes"},
		{"an unknown header line", "units/01-first.en.md", swap(unit, "minutes", "minuets"), "units/01-first.en.md:2: unknown line"},
		{"nothing to read", "units/01-first.en.md", swap(unit, "Words", ""), "units/01-first.en.md:1: a unit needs"},
		{"a unit missing in Italian", "units/01-first.it.md", "", "units/01-first.it.md:1: the unit is missing in it"},
		{"two units of one number", "units/01-second.en.md", unit, "units/01-second.en.md:1: another unit"},
		{"a unit with a wrong name", "units/first.en.md", unit, "units/first.en.md:1: a unit is called"},
		{"a unit in no language of the module", "units/01-first.fr.md", unit, `units/01-first.fr.md:1: "fr" is not among`},
		{"a stray file", "notes.txt", "x", "notes.txt:1: no module needs this file"},
		{"no quiz", "quiz.it.toml", "", "quiz.it.toml:1: the file is missing"},
		{"an empty quiz", "quiz.en.toml", "# nothing\n", "quiz.en.toml:1: the quiz has no question"},
		{"a question of no kind", "quiz.en.toml", swap(quizText, "single", "guess"), `quiz.en.toml:1: kind of one is "guess"`},
		{"a question without an id", "quiz.en.toml", swap(quizText, `"one"`, `"One two"`), "quiz.en.toml:1: question"},
		{"the same question twice", "quiz.en.toml", quizText + "\n" + quizText, `quiz.en.toml:17: question "one" needs an id of its own`},
		{"the same answer twice", "quiz.en.toml", swap(quizText, `"b"`, `"a"`), `quiz.en.toml:1: answer "a" of one needs an id`},
		{"no feedback", "quiz.en.toml", swap(quizText, `feedback = "No"`, ""), "quiz.en.toml:1: answer b of one needs text and feedback"},
		{"nothing is right", "quiz.en.toml", swap(quizText, "right = true", ""), "quiz.en.toml:1: question one has 0 right answers"},
		{"another answer is right in Italian", "quiz.it.toml", swap(swap(quizText, "right = true\n", ""), `"Not so"`, "\"Not so\"\nright = true"), "quiz.it.toml:1: right answers of one are [b], in English [a]"},
		{"an unknown module that comes before", "module.toml", swap(module, "order =", "needs = [\"other\"]\norder ="), `module.toml:1: it needs "other"`},
		{"an order with one marked as right", "quiz.en.toml", swap(quizText, "single", "order"), "quiz.en.toml:1: question one needs three answers or more"},
		{"a match without pairs", "quiz.en.toml", swap(quizText, "single", "match"), "quiz.en.toml:1: answer a of one: each answer to match has a pair"},
		{"typed words without spellings", "quiz.en.toml", swap(quizText, "single", "short"), "quiz.en.toml:1: answer a of one: accept lists"},
		{"typed words without another answer", "quiz.en.toml", swap(quizText, "single", "short"), "quiz.en.toml:1: question one: otherwise"},
		{"a link that leads nowhere", "units/01-first.en.md", unit + "\n[x](/learn/nothing)\n", `units:1: unit first in en links to "/learn/nothing"`},
		{"a story in one language alone", "scenario.en.toml", storyText, "scenario.it.toml:1: the file is missing"},
		{"another story in Italian", "scenario.it.toml", swap(storyText, `to = "end"`, `to = "last"`), "scenario.it.toml:3: choice go"},
		{"an id in Italian that English does not have", "quiz.it.toml", swap(quizText, `id = "b"`, `id = "c"`), "quiz.it.toml:1: answers of one are [a c], in English [a b]"},
		{"another id in Italian", "quiz.it.toml", swap(quizText, `"one"`, `"uno"`), `quiz.it.toml:1: question 1 is "uno"`},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, faults := ReadModules(folder(map[string]string{row.file: row.text}))
			all := strings.Join(faults, "\n")
			if !strings.Contains(all, "content/modules/some/"+row.want) {
				t.Errorf("got %q; want a fault with %q", all, row.want)
			}
		})
	}
	if _, faults := ReadModules(fstest.MapFS{"modules/team/module.toml": {Data: []byte(module)}}); len(faults) == 0 {
		t.Error("a module may take the address of the coordinators' table")
	}
	if _, faults := ReadModules(fstest.MapFS{"modules/note.md": {Data: []byte("x")}}); len(faults) != 1 {
		t.Errorf("a stray file beside the folders: %v", faults)
	}
}
