package content

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// FactSheet is one fact sheet of the good-practice library: what an organisation does and
// what others could take from it, in our own words. What the source does not say is left
// out, and pages say so.
type FactSheet struct {
	ID         string            `toml:"id"`
	Name       string            `toml:"name"`
	Kind       string            `toml:"kind"`   // one of PracticeKinds
	Form       string            `toml:"form"`   // one of PracticeForms
	Source     string            `toml:"source"` // one of PracticeSources
	Place      string            `toml:"place"`  // where in the source it stands
	AsOf       string            `toml:"as_of"`  // year, or year and month, of the source
	Country    string            `toml:"country"`
	City       string            `toml:"city"`
	Languages  []string          `toml:"languages"`
	Started    string            `toml:"started"` // year, or "" where nobody knows
	Ended      string            `toml:"ended"`
	Status     string            `toml:"status"` // one of PracticeStatuses
	StatusNote string            `toml:"status_note"`
	Peers      string            `toml:"p2p"` // one of PracticePeers
	Keep       string            `toml:"keep"`
	Summary    map[string]string `toml:"summary"` // by language: what to take from it
	Criteria   PracticeCriteria  `toml:"criteria"`
	Sheet      map[string]string `toml:"sheet"` // by field of SheetFields, in English
}

// PracticeCriteria are what the source lets one say about the criteria of a good practice.
// Mandatory holds "yes", "no" or "unknown" for each of the three; a preferential criterion
// that is not listed is unknown, not refused.
type PracticeCriteria struct {
	Mandatory    []string            `toml:"mandatory"`
	Grounds      []string            `toml:"mandatory_ground"`
	Preferential []PracticeCriterion `toml:"preferential"`
}

// PracticeCriterion is a preferential criterion that is met, with the ground for saying so.
type PracticeCriterion struct {
	Number int    `toml:"number"` // from 1
	Ground string `toml:"ground"`
}

// How many criteria there are of each sort.
const (
	MandatoryCriteria    = 3
	PreferentialCriteria = 8
)

// The words that a practice's columns may hold. SheetFields stand in the order of the source.
var (
	PracticeKinds    = []string{"practice", "organisation", "publication", "law", "instrument", "programme", "method"}
	PracticeForms    = []string{"practice", "sheet", "interviewed", "reference"}
	PracticeSources  = []string{"conecta", "voiceover", "exchange", "other"}
	PracticeStatuses = []string{"active", "trying", "planned", "stopped", "unknown"}
	PracticePeers    = []string{"yes", "no", "not with trafficking", "unknown"}
	SheetFields      = []string{
		"provider", "territory", "origins", "description", "beneficiaries", "vulnerabilities", "leaders_training", "peer_method",
		"collaborations", "innovative", "adjustments", "impact", "sustainability", "transferable", "contacts",
	}
)

// longestSheetText is the length of one field of a shipped sheet in characters.
const longestSheetText = 600

// FactSheets returns every shipped practice, by id. All that is wrong with the files comes
// back in one error, a line each: "file:line: what".
func FactSheets() ([]FactSheet, error) {
	all, faults := readPractices(files)
	if len(faults) > 0 {
		return nil, errors.New(strings.Join(faults, "\n"))
	}
	return all, nil
}

func checkPractices() []string {
	_, faults := readPractices(files)
	return faults
}

func readPractices(from fs.FS) (all []FactSheet, faults []string) {
	names, err := fs.Glob(from, "practices/*.toml")
	if err != nil || len(names) == 0 {
		return nil, []string{shipped + "practices:1: no file was found"}
	}
	for _, name := range names {
		var p FactSheet
		at, wrong := readWhole(from, name, &p)
		if len(wrong) == 0 {
			wrong = at.told(p.wrong(strings.TrimSuffix(path.Base(name), ".toml")))
		}
		faults = append(faults, wrong...)
		all = append(all, p)
	}
	return all, faults
}

// wholeFile is a TOML file that is read at once, to tell faults with their lines.
type wholeFile struct {
	name string
	text string
}

var tomlLine = regexp.MustCompile(`^toml: line ([0-9]+) `)

// readWhole reads one file into a value; a key that the value does not know is a fault.
func readWhole(from fs.FS, name string, into any) (wholeFile, []string) {
	raw, err := fs.ReadFile(from, name)
	f := wholeFile{shipped + name, string(raw)}
	if err != nil {
		return f, []string{f.name + ":1: it cannot be read"}
	}
	meta, err := toml.Decode(f.text, into)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		return f, []string{fmt.Sprintf("%s:%d: %s", f.name, max(syntax.Position.Line, 1), syntax.Message)}
	case err != nil: // a value of another type: the library tells its line in words only
		line := "1"
		if found := tomlLine.FindStringSubmatch(err.Error()); found != nil {
			line = found[1]
		}
		return f, []string{f.name + ":" + line + ": " + err.Error()}
	}
	var faults []string
	for _, key := range meta.Undecoded() {
		faults = append(faults, fmt.Sprintf("%s:%d: unknown key %q", f.name, f.line(key[len(key)-1]), key))
	}
	return f, faults
}

// line finds the first line on which a key or a table of this name stands.
func (f wholeFile) line(key string) int {
	found := regexp.MustCompile(`(?m)^[ \t]*(\[+[a-z_.]*` + regexp.QuoteMeta(key) + `\]|` + regexp.QuoteMeta(key) + `[ \t]*=)`).FindStringIndex(f.text)
	if found == nil {
		return 1
	}
	return 1 + strings.Count(f.text[:found[0]], "\n")
}

// told turns faults by key into lines.
func (f wholeFile) told(wrong map[string]string) (faults []string) {
	for _, key := range slices.Sorted(maps.Keys(wrong)) {
		faults = append(faults, fmt.Sprintf("%s:%d: %s", f.name, f.line(key), wrong[key]))
	}
	return faults
}

var (
	practiceYear = regexp.MustCompile(`^([0-9]{4})?$`)
	practiceAsOf = regexp.MustCompile(`^[0-9]{4}(-[0-9]{2})?$`)
	practiceSite = regexp.MustCompile(`^https?://[a-z0-9.-]+$`)
)

// wrong says what is wrong with a practice, by key; stem is the name of its file.
func (p FactSheet) wrong(stem string) map[string]string {
	wrong := map[string]string{}
	unless := func(ok bool, key, what string, args ...any) {
		if !ok {
			wrong[key] = fmt.Sprintf(what, args...)
		}
	}
	unless(p.ID == stem && entryID.MatchString(p.ID), "id", "id %q is not the name of the file", p.ID)
	unless(plainLine(p.Name), "name", "the name is empty or not one short line")
	for _, w := range []struct {
		key, value string
		of         []string
	}{{"kind", p.Kind, PracticeKinds}, {"form", p.Form, PracticeForms}, {"source", p.Source, PracticeSources}, {"status", p.Status, PracticeStatuses}, {"p2p", p.Peers, PracticePeers}} {
		unless(slices.Contains(w.of, w.value), w.key, "unknown %s %q", w.key, w.value)
	}
	unless(plainLine(p.Place), "place", "where it stands in the source is missing")
	unless(practiceAsOf.MatchString(p.AsOf), "as_of", "%q is no year or month", p.AsOf)
	unless(KnownCountry(p.Country), "country", "unknown country %q", p.Country)
	unless(p.City == "" || plainLine(p.City), "city", "the city is not one short line")
	unless(practiceYear.MatchString(p.Started), "started", "%q is no year", p.Started)
	unless(practiceYear.MatchString(p.Ended), "ended", "%q is no year", p.Ended)
	unless(p.Status != "stopped" || p.StatusNote != "", "status", "it stopped, and no status_note says how that is known")
	for _, tag := range p.Languages {
		unless(KnownLanguage(tag), "languages", "unknown language %q", tag)
	}
	unless(p.Summary["en"] != "", "summary", "the summary has no English, which stands in for other languages")
	for tag, text := range p.Summary {
		unless(KnownLanguage(tag) && practiceText(text), "summary", "summary.%s is in no known language, empty, too long or not one line", tag)
	}
	for field, text := range p.Sheet {
		unless(slices.Contains(SheetFields, field), "sheet", "unknown field %q of the sheet", field)
		unless(practiceText(text), field, "%s is empty, too long or not one line", field)
	}
	unless(p.Sheet["contacts"] == "" || practiceSite.MatchString(p.Sheet["contacts"]), "contacts", "contacts holds more than a bare website")
	maps.Copy(wrong, p.Criteria.wrong())
	return wrong
}

func practiceText(text string) bool {
	return text != "" && text == strings.TrimSpace(text) && utf8.RuneCountInString(text) <= longestSheetText && !strings.ContainsAny(text, "\n\r\t")
}

func (c PracticeCriteria) wrong() map[string]string {
	wrong := map[string]string{}
	if len(c.Mandatory) != MandatoryCriteria || len(c.Grounds) != MandatoryCriteria {
		wrong["mandatory"] = "there are three mandatory criteria, each with its ground"
	}
	for _, answer := range c.Mandatory {
		if answer != "yes" && answer != "no" && answer != "unknown" {
			wrong["mandatory"] = fmt.Sprintf("%q is neither yes nor no nor unknown", answer)
		}
	}
	last := 0
	for _, one := range c.Preferential {
		if one.Number <= last || one.Number > PreferentialCriteria || !practiceText(one.Ground) {
			wrong["number"] = "the preferential criteria are not in order from 1 to 8, or one has no ground"
		}
		last = one.Number
	}
	return wrong
}
