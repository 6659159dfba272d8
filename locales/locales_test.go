package locales_test

import (
	"io/fs"
	"sort"
	"strings"
	"testing"

	"portico/locales"
)

// families are the beginnings of keys that the program completes from a stored word. The
// list is short on purpose: a key that stands whole in the program can be checked, one
// that is built cannot. Each says why.
var families = map[string]string{}

// notKeys are literals that look like keys under the name of an area and are none. Each
// says what it is.
var notKeys = map[string]string{}

func TestEveryCompleteLanguageIsComplete(t *testing.T) {
	english := load(t, locales.Source)
	if len(english) == 0 {
		t.Fatal("there is no English message")
	}
	report(t, locales.Source, append(checkTexts(english), checkSource(english)...))
	for _, tag := range locales.Complete {
		forms := pluralsOf(tag)
		messages := load(t, tag)
		report(t, tag, checkForms(english, messages, forms))
		if tag != locales.Source {
			report(t, tag, append(checkTexts(messages), checkAgainst(english, messages, forms)...))
		}
	}
}

func TestPlannedLanguagesParse(t *testing.T) {
	for _, tag := range locales.Planned {
		load(t, tag)
		if contains(locales.Complete, tag) {
			t.Errorf("%s is planned and complete at once", tag)
		}
	}
}

func TestEveryMessageFileHasItsPlaceInTheLists(t *testing.T) {
	files, err := fs.Glob(locales.FS, "active.*.toml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no message file: %v", err)
	}
	for _, file := range files {
		tag := strings.TrimSuffix(strings.TrimPrefix(file, "active."), ".toml")
		if !contains(locales.Complete, tag) && !contains(locales.Planned, tag) {
			t.Errorf("%s is neither complete nor planned", file)
		}
	}
}

func TestTheProgramAndTheMessagesAgree(t *testing.T) {
	uses, err := usesIn("..")
	if err != nil {
		t.Fatal(err)
	}
	if len(uses) == 0 {
		t.Fatal("no literal was read")
	}
	report(t, "program", checkUses(load(t, locales.Source), uses, families, notKeys))
}

func TestGoI18nHasThePluralFormsThatTranslatorsExpect(t *testing.T) {
	for tag, want := range map[string]string{
		"en": "one other", "it": "many one other", "fr": "many one other", "ar": "few many one other two zero",
		"uk": "few many one other", "zh-Hans": "other", "pcm": "one other",
	} {
		var got []string
		for form := range pluralsOf(tag) {
			got = append(got, form)
		}
		sort.Strings(got)
		if strings.Join(got, " ") != want {
			t.Errorf("%s has the forms %v, want %s", tag, got, want)
		}
	}
	if pluralsOf("en")["one"] || !pluralsOf("fr")["one"] || !pluralsOf("uk")["one"] || pluralsOf("ar")["two"] {
		t.Error("the forms that stand for one number alone are wrong")
	}
}

// TestEachCheckSeesItsFault plants one fault at a time and wants the gate to name it.
func TestEachCheckSeesItsFault(t *testing.T) {
	english := catalogue{
		"talk.open": {forms: map[string]string{"other": "Open"}},
		"talk.by":   {description: "a name", forms: map[string]string{"other": "By {{.Name}}"}},
		"talk.many": {description: "answers", forms: map[string]string{"one": "One answer", "other": "{{.Count}} answers"}},
	}
	french := func(key string, forms map[string]string) []string {
		c := catalogue{
			"talk.open": {forms: map[string]string{"other": "Ouvrir"}},
			"talk.by":   {forms: map[string]string{"other": "Par {{.Name}}"}},
			"talk.many": {forms: map[string]string{"one": "{{.Count}} réponse", "many": "{{.Count}} réponses", "other": "{{.Count}} réponses"}},
		}
		if forms != nil {
			c[key] = message{forms: forms}
		} else {
			delete(c, key)
		}
		rules := pluralsOf("fr")
		return append(append(checkTexts(c), checkForms(english, c, rules)...), checkAgainst(english, c, rules)...)
	}
	source := func(key string, m message) []string {
		return append(checkTexts(catalogue{key: m}), checkSource(catalogue{key: m})...)
	}
	program := func(code string) []string {
		uses, err := usesOf("page.go", "package page\nfunc f() {\n"+code+"\n}\nvar all = []string{\"talk.open\", \"talk.by\", \"talk.many\", \"talk.\"}")
		if err != nil {
			t.Fatal(err)
		}
		return checkUses(english, uses, map[string]string{"talk.": "a family"}, nil)
	}
	unread := func(text string) []string {
		_, faults := read(text)
		return faults
	}
	unused := checkUses(english, []use{{key: "talk.open", how: "T"}, {key: "talk.by"}}, map[string]string{"role.": "dead"}, map[string]string{"talk.gone": "dead"})

	for _, row := range []struct {
		name   string
		faults []string
		want   string // "" when nothing is wrong
	}{
		{"a whole translation", french("talk.open", map[string]string{"other": "Ouvrir"}), ""},
		{"a missing key", french("talk.open", nil), "is missing"},
		{"a key too many", french("talk.shut", map[string]string{"other": "Fermer"}), "is not in English"},
		{"an empty text", french("talk.open", map[string]string{"other": " "}), "is empty"},
		{"markup", french("talk.open", map[string]string{"other": "<b>Ouvrir</b>"}), "holds markup"},
		{"a space at the end", french("talk.open", map[string]string{"other": "Ouvrir "}), "with a space"},
		{"a renamed placeholder", french("talk.by", map[string]string{"other": "Par {{.Nom}}"}), "has the placeholders"},
		{"a lost placeholder", french("talk.by", map[string]string{"other": "Par elle"}), "has the placeholders"},
		{"a broken placeholder", french("talk.by", map[string]string{"other": "Par {{Name}}"}), "not {{.Name}}"},
		{"a missing plural form", french("talk.many", map[string]string{"one": "{{.Count}} r", "other": "{{.Count}} r"}), "lacks the plural form many"},
		{"a plural form of another language", french("talk.many", map[string]string{"one": "{{.Count}} r", "two": "r", "many": "{{.Count}} r", "other": "{{.Count}} r"}), "no plural form two"},
		{"a number as a word where it stands for two numbers", french("talk.many", map[string]string{"one": "Une réponse", "many": "{{.Count}} r", "other": "{{.Count}} r"}), "has the placeholders"},
		{"a plural where there is none", french("talk.open", map[string]string{"one": "Ouvrir", "other": "Ouvrir"}), "is no plural message"},
		{"a described source", source("talk.by", message{description: "a name", forms: map[string]string{"other": "By {{.Name}}"}}), ""},
		{"a placeholder without description", source("talk.by", message{forms: map[string]string{"other": "By {{.Name}}"}}), "no description"},
		{"a message without text", source("talk.by", message{}), "has no text"},
		{"a key in capitals", source("Talk.By", message{forms: map[string]string{"other": "By"}}), "lower case"},
		{"a nested key", unread("[talk.open]\nother = \"Open\""), "neither a plural form"},
		{"a bare value", unread("\"talk.open\" = \"Open\""), "write it as a table"},
		{"a broken file", unread("[\"talk.open\"\nother"), "toml"},
		{"calls that fit", program(`p.T("talk.open"); p.T("talk.by", "Name", x); p.N("talk.many", 3); fault.New(k, "talk.open")`), ""},
		{"T with an unknown key", program(`p.T("talk.shut")`), "no such message"},
		{"N with an unknown key", program(`p.N("talk.few", 3)`), "no such message"},
		{"a fault with an unknown key", program(`fault.New(k, "shut")`), "no such message"},
		{"a field with an unknown key", program(`_ = fault.Field{Name: "n", Key: "talk.shut"}`), "no such message"},
		{"a literal that looks like a key", program(`_ = map[int]string{1: "talk.shut"}`), "looks like a message"},
		{"a literal of no area", program(`_ = "example.org"; _ = "talk.css"`), ""},
		{"N on a message without plural", program(`p.N("talk.open", 3)`), "other alone"},
		{"T on a plural message", program(`p.T("talk.many")`), "only N"},
		{"a call without its name", program(`p.T("talk.by")`), "does not give {{.Name}}"},
		{"an unused message", unused, "talk.many: is defined and nowhere used"},
		{"a family that nobody builds", unused, "role.: is named as a family"},
		{"an excuse that nobody needs", unused, "talk.gone: is excused"},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := strings.Join(row.faults, "\n")
			if row.want == "" && all != "" {
				t.Errorf("got %q, want no fault", all)
			}
			if !strings.Contains(all, row.want) {
				t.Errorf("got %q, want a fault with %q", all, row.want)
			}
		})
	}
}

// load reads the messages of a language that the program embeds.
func load(t *testing.T, tag string) catalogue {
	t.Helper()
	text, err := locales.FS.ReadFile("active." + tag + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	messages, faults := read(string(text))
	report(t, tag, faults)
	return messages
}

func report(t *testing.T, what string, faults []string) {
	t.Helper()
	sort.Strings(faults)
	for _, fault := range faults {
		t.Errorf("%s: %s", what, fault)
	}
}
