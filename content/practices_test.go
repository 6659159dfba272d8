package content

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

const goodPractice = `id = "x"
name = "A"
kind = "practice"
form = "practice"
source = "conecta"
place = "A manual, line 1"
as_of = "2013-10"
country = "UA"
status = "unknown"
p2p = "unknown"
[summary]
en = "Words."
[criteria]
mandatory = ["yes", "unknown", "no"]
mandatory_ground = ["G.", "G.", "G."]
[sheet]
description = "Words."
`

func TestFaultsOfAPracticeNameFileAndLine(t *testing.T) {
	for name, row := range map[string]struct{ text, want string }{
		"a key that is none":        {strings.Replace(goodPractice, "name =", "nom =", 1), `:2: unknown key`},
		"an id that is another's":   {strings.Replace(goodPractice, `"x"`, `"y"`, 1), `:1: id "y" is not the name of the file`},
		"a status that is none":     {strings.Replace(goodPractice, `status = "unknown"`, `status = "great"`, 1), `:9: unknown status "great"`},
		"stopped without a word":    {strings.Replace(goodPractice, `status = "unknown"`, `status = "stopped"`, 1), `:9: it stopped`},
		"a country that is none":    {strings.Replace(goodPractice, `"UA"`, `"Ukraine"`, 1), `:8: unknown country`},
		"no English summary":        {strings.Replace(goodPractice, `en = "Words."`, `it = "Parole."`, 1), `:11: the summary has no English`},
		"an answer that is none":    {strings.Replace(goodPractice, `["yes", "unknown", "no"]`, `["yes", "maybe", "no"]`, 1), `:14: "maybe" is neither`},
		"two mandatory criteria":    {strings.Replace(goodPractice, `["yes", "unknown", "no"]`, `["yes", "no"]`, 1), `:14: there are three`},
		"a truth instead of a word": {strings.Replace(goodPractice, `["yes", "unknown", "no"]`, `[true, false, true]`, 1), `:14: `},
		"a ninth criterion":         {strings.Replace(goodPractice, "[sheet]", "[[criteria.preferential]]\nnumber = 9\nground = \"G.\"\n[sheet]", 1), `:17: the preferential criteria`},
		"a field that is none":      {goodPractice + "secret = \"Words.\"\n", `:16: unknown field "secret"`},
		"more than a website":       {goodPractice + "contacts = \"Anna, https://a.example\"\n", `:18: contacts holds more`},
		"a line that is no TOML":    {goodPractice + "x y\n", `:18: `},
	} {
		_, faults := readPractices(fstest.MapFS{"practices/x.toml": {Data: []byte(row.text)}})
		if len(faults) == 0 || !strings.HasPrefix(faults[0], "content/practices/x.toml"+row.want) {
			t.Errorf("%s: got %q; want …%s", name, faults, row.want)
		}
	}
	if _, faults := readPractices(fstest.MapFS{"practices/x.toml": {Data: []byte(goodPractice)}}); len(faults) > 0 {
		t.Errorf("a good one: %q", faults)
	}
	if _, faults := readPractices(fstest.MapFS{}); len(faults) != 1 {
		t.Errorf("no file at all: %q", faults)
	}
}

// TestEveryNamedPracticeIsThere compares with the list that was drawn from the sources: the
// 39 practices of CONECTA, the 15 organisations of VoiceOver with a sheet and the 3 without,
// and every row that the list of the field keeps for the library.
func TestEveryNamedPracticeIsThere(t *testing.T) {
	raw, err := os.ReadFile("testdata/library.tsv")
	if err != nil {
		t.Fatal(err)
	}
	all, err := FactSheets()
	if err != nil {
		t.Fatal(err)
	}
	byID, forms := map[string]FactSheet{}, map[string]int{}
	for _, p := range all {
		byID[p.ID] = p
		forms[p.Form]++
	}
	want := map[string]int{}
	for line := range strings.SplitSeq(strings.TrimSpace(string(raw)), "\n") {
		group, rest, _ := strings.Cut(line, "\t")
		id, name, _ := strings.Cut(rest, "\t")
		want[group]++
		if byID[id].Name != name {
			t.Errorf("%s is %q, want %q", id, byID[id].Name, name)
		}
	}
	if want["conecta"] != 39 || want["voiceover"] != 18 || want["library"] != 49 {
		t.Errorf("the list holds %v", want)
	}
	if forms["sheet"] != 15 || forms["interviewed"] != 3 || len(all) != 106 {
		t.Errorf("%d practices: %v", len(all), forms)
	}
}

func TestShippedPracticesHoldNobody(t *testing.T) {
	private := regexp.MustCompile(`\S+@\S+|\+\d{2}|\b0\d{2,}[\d /-]{4,}|\b(?i:via|rue|calle|street) [A-Z]`)
	all, err := FactSheets()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		for _, lang := range []string{"en", "it", "fr", "ar"} {
			if p.Summary[lang] == "" {
				t.Errorf("%s has no summary in %s", p.ID, lang)
			}
		}
		for field, text := range p.Sheet {
			if found := private.FindString(text); found != "" {
				t.Errorf("%s.%s holds %q", p.ID, field, found)
			}
		}
	}
	if !private.MatchString("write to us@example.org") || !private.MatchString("call 02 123 4567 or 0212 3456") {
		t.Error("the pattern finds nothing")
	}
}

func TestTheInterviewGuideAsksWhatTheSourceAsks(t *testing.T) {
	g, err := InterviewGuide()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, s := range g.Sections {
		for _, q := range s.Questions {
			ids = append(ids, q.ID)
		}
	}
	if got := strings.Join(ids, " "); got != "A1 A2 A3 B1 B2 B3 B4 B5 C1 C2 C3 C4 C5" {
		t.Errorf("the guide asks %s", got)
	}
	_, faults := readGuide(fstest.MapFS{"interview.toml": {Data: []byte("[form]\nid = \"x\"\nsurprise = 1\n")}})
	if len(faults) != 1 || !strings.HasPrefix(faults[0], "content/interview.toml:3: unknown key") {
		t.Errorf("got %q", faults)
	}
}
