package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/language"

	"portico/app/hours"
)

// Entry is one organisation, service, network, agreement or help line of the directory, as
// the files under directory/ and helplines.toml hold it. What is not known is left out, and
// pages say so. The address of a place to stay has no field, on purpose.
type Entry struct {
	ID      string `toml:"id"`
	Name    string `toml:"name"`
	Kind    string `toml:"kind"`    // one of EntryKinds
	Country string `toml:"country"` // ISO 3166, or "EU" and "INT" for bodies of many countries
	City    string `toml:"city"`
	// Also are other names under which people look for it, such as one in its own script.
	Also      []string `toml:"also"`
	Languages []string `toml:"languages"`
	Needs     []string `toml:"needs"` // of EntryNeeds: what it helps with
	// What and Conditions are by language of the interface; English stands in for others.
	What       map[string]string `toml:"what"`
	Conditions map[string]string `toml:"conditions"`
	Free       *bool             `toml:"free"`
	Anonymous  *bool             `toml:"anonymous"`
	NoPapers   *bool             `toml:"no_papers"`
	Phone      string            `toml:"phone"`
	Hours      string            `toml:"hours"`   // "24h", "weekdays", "varies" or ""
	Opening    string            `toml:"opening"` // in the notation of OpenStreetMap
	Acts       string            `toml:"acts"`    // "case" opens a case, "informs" only informs
	// Ids of other entries: which it is a member of, has an agreement with, is part of, runs.
	Member    []string `toml:"member"`
	Agreement []string `toml:"agreement"`
	Part      []string `toml:"part"`
	Runs      []string `toml:"runs"`
	Source    string   `toml:"source"` // the publication that names it
	// VerifiedOn stays empty here: only a person who has asked can say that an entry is right.
	VerifiedOn string `toml:"verified_on"`
}

// EntryKinds are what an entry can be.
var EntryKinds = []string{"organisation", "service", "helpline", "network", "programme", "public-body", "funder", "instrument"}

// EntryNeeds are what somebody may need, the most pressing first.
var EntryNeeds = []string{
	"emergency", "violence", "trafficking", "self-harm", "minor", "health", "counselling", "housing", "legal",
	"migration", "work", "learning", "children", "return", "outreach", "rights",
}

// EntryRelations are how an entry can stand to another.
var EntryRelations = []string{"member", "agreement", "part", "runs"}

// EntryRelation is one relation of a shipped entry.
type EntryRelation struct{ Kind, To string }

// Relations lists how an entry stands to others.
func (e Entry) Relations() []EntryRelation {
	var all []EntryRelation
	for i, ids := range [][]string{e.Member, e.Agreement, e.Part, e.Runs} {
		for _, id := range ids {
			all = append(all, EntryRelation{EntryRelations[i], id})
		}
	}
	return all
}

// EntryHours are the opening hours that every language has words for.
var EntryHours = []string{"24h", "weekdays", "varies"}

// shipped is where the files lie, seen from the top of the repository.
const shipped = "content/"

// longestEntryText is the length of each text of an entry in characters.
const longestEntryText = 400

// Directory returns every entry of the shipped files and every help line, by id. All that
// is wrong with a file comes back in one error, a line each: "file:line: what".
func Directory() ([]Entry, error) {
	entries, faults := readDirectory(files)
	if len(faults) > 0 {
		return nil, errors.New(strings.Join(faults, "\n"))
	}
	return entries, nil
}

// Check lists what is wrong with the shipped files, as "file:line: what".
func Check() []string {
	return slices.Concat(checkDirectory(), checkModules(), checkPaths(), checkGlossary(), checkPractices(), checkGuide(), checkLeaflets())
}

func checkDirectory() []string {
	_, faults := readDirectory(files)
	return faults
}

// readDirectory reads directory/*.toml and the help lines of a file system.
func readDirectory(from fs.FS) (entries []Entry, faults []string) {
	names, err := fs.Glob(from, "directory/*.toml")
	if err != nil || len(names) == 0 {
		return nil, []string{shipped + "directory:1: no file was found"}
	}
	seen := map[string]string{}
	take := func(e Entry, where string) {
		if at, twice := seen[e.ID]; twice && e.ID != "" {
			faults = append(faults, fmt.Sprintf("%s: id %q is used already at %s", where, e.ID, at))
			return
		}
		seen[e.ID] = where
		entries = append(entries, e)
	}
	lines, err := HelpLines()
	if err != nil {
		faults = append(faults, shipped+"helplines.toml:1: "+err.Error())
	}
	for _, l := range lines {
		take(l.entry(), shipped+"helplines.toml:1")
	}
	for _, name := range names {
		text, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, append(faults, shipped+name+":1: "+err.Error())
		}
		faults = append(faults, readEntries(shipped+name, text, take)...)
	}
	for _, e := range entries {
		for _, r := range e.Relations() {
			if seen[r.To] == "" || r.To == e.ID {
				faults = append(faults, fmt.Sprintf("%s: %s %q is no other entry", seen[e.ID], r.Kind, r.To))
			}
		}
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.ID, b.ID) })
	return entries, faults
}

var entryHead = regexp.MustCompile(`(?m)^\[\[entry\]\][ \t]*\r?$`)

// readEntries cuts a file at its entries and reads each alone, so that every fault, also a
// value of the wrong type, is told with the line on which it stands.
func readEntries(file string, text []byte, take func(Entry, string)) (faults []string) {
	heads := entryHead.FindAllIndex(text, -1)
	if len(heads) == 0 {
		return []string{file + ":1: it holds no [[entry]]"}
	}
	if lead, err := strayKeys(text[:heads[0][0]]); err != nil || lead {
		faults = append(faults, file+":1: nothing but comments may stand before the first [[entry]]")
	}
	for i, head := range heads {
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		first := 1 + bytes.Count(text[:head[0]], []byte("\n"))
		at := func(line int) string { return fmt.Sprintf("%s:%d", file, line) }
		e, wrong := readEntry(string(text[head[1]:end]), first)
		for _, w := range wrong {
			faults = append(faults, at(w.line)+": "+w.what)
		}
		if len(wrong) == 0 {
			take(e, at(first))
		}
	}
	return faults
}

func strayKeys(text []byte) (bool, error) {
	var all map[string]any
	_, err := toml.Decode(string(text), &all)
	return len(all) > 0, err
}

// entryFault is something wrong with an entry, and its line in the file.
type entryFault struct {
	line int
	what string
}

// readEntry reads one entry whose heading stands on line first.
func readEntry(block string, first int) (e Entry, faults []entryFault) {
	meta, err := toml.Decode(block, &e)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		return e, []entryFault{{first + max(syntax.Position.Line, 1) - 1, syntax.Message}}
	case err != nil:
		return e, []entryFault{{first, err.Error()}}
	}
	lineOf := func(key string) int {
		found := regexp.MustCompile(`(?m)^[ \t]*` + regexp.QuoteMeta(key) + `[ \t]*[.=]`).FindStringIndex(block)
		if found == nil {
			return first
		}
		return first + strings.Count(block[:found[0]], "\n")
	}
	for _, key := range meta.Undecoded() {
		faults = append(faults, entryFault{lineOf(key[0]), fmt.Sprintf("unknown key %q", key)})
	}
	for key, what := range e.wrong() {
		faults = append(faults, entryFault{lineOf(key), what})
	}
	slices.SortFunc(faults, func(a, b entryFault) int { return a.line - b.line })
	return e, faults
}

var (
	entryID    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	entryPhone = regexp.MustCompile(`^\+?[0-9]+( [0-9]+)*$`)
)

// wrong says what is wrong with an entry, by key.
func (e Entry) wrong() map[string]string {
	wrong := map[string]string{}
	unless := func(ok bool, key, what string, args ...any) {
		if !ok {
			wrong[key] = fmt.Sprintf(what, args...)
		}
	}
	unless(len(e.ID) <= 60 && entryID.MatchString(e.ID), "id", "id %q is not lower-case letters, digits and hyphens", e.ID)
	unless(plainLine(e.Name), "name", "the name is empty or not one short line")
	unless(slices.Contains(EntryKinds, e.Kind), "kind", "unknown kind %q", e.Kind)
	_, opening := hours.Read(e.Opening)
	unless(opening == nil, "opening", "%v", opening)
	unless(slices.Contains([]string{"", "case", "informs"}, e.Acts), "acts", "acts %q is neither case nor informs", e.Acts)
	unless(KnownCountry(e.Country), "country", "unknown country %q", e.Country)
	unless(e.City == "" || plainLine(e.City), "city", "the city is not one short line")
	unless(e.Hours == "" || slices.Contains(EntryHours, e.Hours), "hours", "unknown hours %q", e.Hours)
	unless(e.Phone == "" || entryPhone.MatchString(e.Phone), "phone", "%q is no phone number", e.Phone)
	unless(e.VerifiedOn == "", "verified_on", "only a person who has asked can say that an entry is right, so verified_on stays empty here")
	unless(plainLine(e.Source), "source", "the source is empty")
	for _, tag := range e.Languages {
		unless(KnownLanguage(tag), "languages", "unknown language %q", tag)
	}
	for _, need := range e.Needs {
		unless(slices.Contains(EntryNeeds, need), "needs", "unknown need %q", need)
	}
	for _, name := range e.Also {
		unless(plainLine(name), "also", "another name is empty or not one short line")
	}
	unless(e.What["en"] != "", "what", "what.en is missing: English stands in for every other language")
	for key, texts := range map[string]map[string]string{"what": e.What, "conditions": e.Conditions} {
		for _, tag := range slices.Sorted(maps.Keys(texts)) {
			text := texts[tag]
			unless(KnownLanguage(tag), key, "%s.%s: unknown language", key, tag)
			unless(text != "" && text == strings.TrimSpace(text) && utf8.RuneCountInString(text) <= longestEntryText && !strings.Contains(text, "\n"),
				key, "%s.%s is empty, has more than one line or more than %d characters", key, tag, longestEntryText)
		}
	}
	return wrong
}

func plainLine(text string) bool {
	return text != "" && text == strings.TrimSpace(text) && utf8.RuneCountInString(text) <= 120 && !strings.ContainsAny(text, "\n\r\t")
}

// KnownCountry reports whether a code is a country, or one of the two that stand for many.
func KnownCountry(code string) bool {
	if code == "EU" || code == "INT" {
		return true
	}
	region, err := language.ParseRegion(code)
	return err == nil && region.IsCountry() && region.String() == code
}

// KnownLanguage reports whether a tag is a language in its usual spelling.
func KnownLanguage(tag string) bool {
	parsed, err := language.Raw.Parse(tag)
	return err == nil && parsed.String() == tag && tag != "und"
}
