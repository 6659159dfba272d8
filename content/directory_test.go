package content

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

const goodEntry = `[[entry]]
id = "a"
name = "A"
kind = "service"
country = "IT"
what.en = "Words."
source = "X"
`

func TestFaultsOfTheDirectoryNameFileAndLine(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"a key that is none":               {goodEntry + "anonimous = true\n", `:8: unknown key "anonimous"`},
		"a kind that is none":              {strings.Replace(goodEntry, "service", "shop", 1), `:4: unknown kind "shop"`},
		"a country that is none":           {strings.Replace(goodEntry, "IT", "Italy", 1), `:5: unknown country "Italy"`},
		"a country in small letters":       {strings.Replace(goodEntry, "IT", "it", 1), `:5: unknown country "it"`},
		"a language that is none":          {goodEntry + "languages = [\"it\", \"xx\"]\n", `:8: unknown language "xx"`},
		"a need that is none":              {goodEntry + "needs = [\"luck\"]\n", `:8: unknown need "luck"`},
		"no name":                          {strings.Replace(goodEntry, `"A"`, `""`, 1), `:3: the name is empty`},
		"an id in capitals":                {strings.Replace(goodEntry, `"a"`, `"A b"`, 1), `:2: id "A b"`},
		"no English words":                 {strings.Replace(goodEntry, "what.en", "what.it", 1), `:6: what.en is missing`},
		"words in a language that is none": {goodEntry + "what.xx = \"W\"\n", `:6: what.xx: unknown language`},
		"hours that are none":              {goodEntry + "hours = \"always\"\n", `:8: unknown hours "always"`},
		"a number that is none":            {goodEntry + "phone = \"call me\"\n", `:8: "call me" is no phone number`},
		"a day of a check":                 {goodEntry + "verified_on = \"2026-01-01\"\n", `:8: only a person`},
		"a value of the wrong type":        {goodEntry + "\n" + strings.Replace(goodEntry, `"a"`, `"b"`, 1) + "free = \"yes\"\n", `:9: `},
		"a line that is no TOML":           {goodEntry + "\n" + strings.Replace(goodEntry, `"a"`, `b c`, 1), `:10: `},
		"the same id twice":                {goodEntry + "\n" + goodEntry, `:9: id "a" is used already at content/directory/x.toml:1`},
		"the id of a help line":            {strings.Replace(goodEntry, `"a"`, `"it-1522"`, 1), `:1: id "it-1522" is used already at content/helplines.toml`},
		"no entry":                         {"# nothing\n", `:1: it holds no [[entry]]`},
		"a key before the first entry":     {"x = 1\n" + goodEntry, `:1: nothing but comments`},
	} {
		_, faults := readDirectory(fstest.MapFS{"directory/x.toml": {Data: []byte(row.text)}})
		if len(faults) != 1 || !strings.HasPrefix(faults[0], "content/directory/x.toml"+row.want) {
			t.Errorf("%s: got %q; want …%s", name, faults, row.want)
		}
	}
	if _, faults := readDirectory(fstest.MapFS{}); len(faults) != 1 {
		t.Errorf("no file at all: %q", faults)
	}
}

func TestEveryFaultOfAFileIsTold(t *testing.T) {
	text := strings.Replace(strings.Replace(goodEntry, "IT", "XX9", 1), "service", "shop", 1) + "\n" + goodEntry + "more = 1\n"
	_, faults := readDirectory(fstest.MapFS{"directory/x.toml": {Data: []byte(text)}})
	if len(faults) != 3 {
		t.Errorf("got %q", faults)
	}
}

func TestTheShippedDirectoryHoldsWhatItMust(t *testing.T) {
	if faults := checkDirectory(); len(faults) > 0 {
		t.Fatal(faults)
	}
	entries, err := Directory()
	if err != nil {
		t.Fatal(err)
	}
	lines, _ := HelpLines()
	translated, phones := 0, 0
	for _, e := range entries {
		if e.Phone != "" {
			phones++
		}
		if e.What["it"] != "" && e.What["fr"] != "" && e.What["ar"] != "" {
			translated++
		} else if e.Kind == "helpline" || e.Kind == "organisation" && (e.Country == "IT" || e.Country == "FR") {
			t.Errorf("%s has no words in every complete language", e.ID)
		}
	}
	if len(entries) < 207+len(lines) || phones != len(lines) || translated < 60 {
		t.Errorf("%d entries, %d with a number, %d translated", len(entries), phones, translated)
	}
	if !slices.IsSortedFunc(entries, func(a, b Entry) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the entries are not in order")
	}
}

// TestNoEntrySaysWhereAPlaceIs looks for what an address would look like.
func TestNoEntrySaysWhereAPlaceIs(t *testing.T) {
	address := regexp.MustCompile(`\b(?i:via|viale|piazza|corso|rue|avenue|boulevard|street|strada|ulica|straße)\s+[A-Z]|\b\d{5}\b|@|https?:`)
	entries, err := Directory()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		for lang, text := range e.What {
			if found := address.FindString(text); found != "" {
				t.Errorf("%s in %s: %q", e.ID, lang, found)
			}
			if strings.Contains(text, "!") {
				t.Errorf("%s in %s shouts", e.ID, lang)
			}
		}
	}
	if !address.MatchString("Come to Via Roma 3") || !address.MatchString("write to us@example.org") {
		t.Error("the pattern finds no address")
	}
}
