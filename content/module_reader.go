package content

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"
)

// moduleReader reads one module's folder and collects what is wrong with it.
type moduleReader struct {
	from   fs.FS
	folder string
	above  string // what stands before the folder where faults are told
	faults []string
}

// moduleFile is module.toml.
type moduleFile struct {
	Version     int                     `toml:"version"`
	Minutes     int                     `toml:"minutes"`
	Order       int                     `toml:"order"`
	RequiredFor []string                `toml:"required_for"`
	Needs       []string                `toml:"needs"`
	Refresh     int                     `toml:"refresh_months"`
	Languages   []string                `toml:"languages"`
	Language    map[string]languageFile `toml:"language"`
}

// languageFile is one [language.xx] table of module.toml.
type languageFile struct {
	Title      string   `toml:"title"`
	Review     string   `toml:"review"`
	Objectives []string `toml:"objectives"`
	Reflection string   `toml:"reflection"`
	Sources    string   `toml:"sources"`
}

var (
	answerShape  = regexp.MustCompile(`^[a-z][a-z0-9-]{0,30}$`)
	slugShape    = regexp.MustCompile(`^[a-z][a-z0-9-]{1,30}$`)
	unitFile     = regexp.MustCompile(`^([0-9]{2})-([a-z][a-z0-9-]*)\.([A-Za-z-]+)\.(md|mp3|ogg|opus|m4a)$`)
	moduleRoles  = []string{"peer", "leader", "mediator", "supervisor", "moderator", "coordinator", "admin"}
	reviewStates = []string{ReviewSource, ReviewAwaiting, ReviewReviewed}
	// takenSlugs are addresses beside the modules.
	takenSlugs = []string{"team", "verify", "credentials", "practice", "shelf", "paths", "offline"}
)

// say notes a fault with the path of its file.
func (r *moduleReader) say(file string, line int, format string, args ...any) {
	r.faults = append(r.faults, fmt.Sprintf("%s%s:%d: %s", r.above, file, line, fmt.Sprintf(format, args...)))
}

func (r *moduleReader) read(slug string) Module {
	m := Module{Slug: slug, Texts: map[string]ModuleText{}}
	m.files, _ = fs.Sub(r.from, r.folder)
	if !slugShape.MatchString(slug) || slices.Contains(takenSlugs, slug) {
		r.say(r.folder, 1, "a module cannot be called %q", slug)
	}
	file := r.folder + "/module.toml"
	var raw moduleFile
	text, ok := r.decode(file, &raw)
	if !ok {
		return m
	}
	m.Order, m.Version, m.Minutes, m.RequiredFor = raw.Order, raw.Version, raw.Minutes, raw.RequiredFor
	m.Needs, m.RefreshMonths = raw.Needs, raw.Refresh
	r.checkModule(file, text, raw)
	units := r.unitNames()
	for _, lang := range raw.Languages {
		l, ok := raw.Language[lang]
		if !ok {
			continue
		}
		t := ModuleText{Lang: lang, Review: l.Review, Title: l.Title, Objectives: l.Objectives, Sources: l.Sources, Reflection: l.Reflection}
		t.Units = r.units(units, lang)
		t.Questions = r.quiz(lang)
		t.Scenario = r.scenario(lang)
		t.Practice = r.practice(lang)
		m.Texts[lang] = t
	}
	r.compare(m, raw.Languages)
	r.strangers(raw.Languages)
	return m
}

func (r *moduleReader) checkModule(file, text string, raw moduleFile) {
	if raw.Version < 1 {
		r.say(file, lineOf(text, "version"), "version is a whole number from 1")
	}
	if raw.Minutes < 1 || raw.Minutes > 6000 {
		r.say(file, lineOf(text, "minutes"), "minutes say how long the whole module takes")
	}
	for _, role := range raw.RequiredFor {
		if !slices.Contains(moduleRoles, role) {
			r.say(file, lineOf(text, "required_for"), "%q is no role", role)
		}
	}
	if raw.Refresh < 0 || raw.Refresh > 120 {
		r.say(file, lineOf(text, "refresh_months"), "refresh_months is a number of months, 0 for never")
	}
	if slices.Contains(raw.Needs, path.Base(r.folder)) {
		r.say(file, lineOf(text, "needs"), "a module does not come before itself")
	}
	if !slices.Contains(raw.Languages, fallback) {
		r.say(file, lineOf(text, "languages"), "English is missing: it stands in for every other language")
	}
	for lang := range raw.Language {
		if !slices.Contains(raw.Languages, lang) {
			r.say(file, lineOf(text, "[language."+lang+"]"), "%q is not among the languages", lang)
		}
	}
	for _, lang := range raw.Languages {
		l, ok := raw.Language[lang]
		if !ok {
			r.say(file, lineOf(text, "languages"), "there is no table [language.%s]", lang)
			continue
		}
		line := lineOf(text, "[language."+lang+"]")
		if l.Title == "" || l.Reflection == "" || l.Sources == "" || len(l.Objectives) == 0 {
			r.say(file, line, "[language.%s] needs title, objectives, reflection and sources", lang)
		}
		if !slices.Contains(reviewStates, l.Review) || lang == fallback && l.Review != ReviewSource {
			r.say(file, line, "review of %s is %q: say source, awaiting or reviewed", lang, l.Review)
		}
	}
}

// decode reads a TOML file; a key that the form does not know is a fault, because a
// misspelt one would quietly be left out.
func (r *moduleReader) decode(file string, into any) (text string, ok bool) {
	text, ok = r.plain(file)
	if !ok {
		r.say(file, 1, "the file is missing")
		return "", false
	}
	meta, err := toml.Decode(text, into)
	var parse toml.ParseError
	switch {
	case errors.As(err, &parse):
		r.say(file, parse.Position.Line, "%s", parse.Message)
		return text, false
	case err != nil:
		r.say(file, 1, "%v", err)
		return text, false
	}
	for _, key := range meta.Undecoded() {
		r.say(file, lineOf(text, key[len(key)-1]), "unknown key %s", key)
	}
	return text, true
}

// plain reads a file as text.
func (r *moduleReader) plain(file string) (string, bool) {
	raw, err := fs.ReadFile(r.from, file)
	return string(raw), err == nil
}

// lineOf is the line that begins with the words, 1 when there is none.
func lineOf(text, words string) int {
	for i, line := range strings.Split(text, "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), words) {
			return i + 1
		}
	}
	return 1
}

// unitName is a unit as its file names it.
type unitName struct {
	number int
	id     string
}

func (n unitName) file(lang string) string {
	return fmt.Sprintf("units/%02d-%s.%s.md", n.number, n.id, lang)
}

// unitNames lists the units in order. Two of one number or one id would get lost in one another.
func (r *moduleReader) unitNames() []unitName {
	var names []unitName
	for _, file := range r.files("units") {
		m := unitFile.FindStringSubmatch(path.Base(file))
		if m == nil {
			r.say(file, 1, "a unit is called like 01-name.en.md, and its recording like 01-name.en.mp3")
			continue
		}
		number, _ := strconv.Atoi(m[1])
		name := unitName{number, m[2]}
		if slices.Contains(names, name) {
			continue
		}
		if slices.ContainsFunc(names, func(n unitName) bool { return n.number == name.number || n.id == name.id }) {
			r.say(file, 1, "another unit has the number %02d or the name %q", name.number, name.id)
			continue
		}
		if m[4] == "md" { // a recording alone is no unit
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(a, b unitName) int { return a.number - b.number })
	if len(names) == 0 {
		r.say(r.folder+"/units", 1, "the module has no unit")
	}
	return names
}

func (r *moduleReader) files(folder string) []string {
	folder = path.Join(r.folder, folder)
	entries, err := fs.ReadDir(r.from, folder)
	if err != nil {
		return nil
	}
	files := make([]string, len(entries))
	for i, e := range entries {
		files[i] = folder + "/" + e.Name()
	}
	return files
}

func (r *moduleReader) units(names []unitName, lang string) []Unit {
	units := make([]Unit, 0, len(names))
	for _, name := range names {
		file := r.folder + "/" + name.file(lang)
		raw, ok := r.plain(file)
		if !ok {
			r.say(file, 1, "the unit is missing in %s", lang)
			continue
		}
		unit := r.unit(file, name.id, raw)
		unit.Audio = r.recording(strings.TrimSuffix(file, "md"))
		units = append(units, unit)
	}
	return units
}

// recording finds the recorded voice beside a unit, as a path inside the module.
func (r *moduleReader) recording(stem string) string {
	for _, kind := range []string{"mp3", "ogg", "opus", "m4a"} {
		if _, err := fs.Stat(r.from, stem+kind); err == nil {
			return strings.TrimPrefix(stem+kind, r.folder+"/")
		}
	}
	return ""
}

func (r *moduleReader) unit(file, id, raw string) Unit {
	u := Unit{ID: id}
	header, body, found := strings.Cut(strings.ReplaceAll(raw, "\r\n", "\n"), "\n---\n")
	if !found {
		r.say(file, 1, "a unit begins with title and minutes, then a line ---")
		return u
	}
	for i, line := range strings.Split(header, "\n") {
		key, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(key) {
		case "title":
			u.Title = value
		case "minutes":
			n, err := strconv.Atoi(value)
			if err != nil || n < 1 || n > 240 {
				r.say(file, i+1, "minutes are a whole number, not %q", value)
			}
			u.Minutes = n
		default:
			r.say(file, i+1, "unknown line %q", line)
		}
	}
	if u.Body = strings.TrimSpace(body); u.Title == "" || u.Minutes == 0 || u.Body == "" {
		r.say(file, 1, "a unit needs title, minutes and something to read")
	}
	return u
}
