package content

import (
	"embed"
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// Module is one thing to learn: a folder with its metadata, units, quiz and the question
// for a private reflection, in one or more languages. Everything that progress refers to
// (module, unit, question, answer) goes by an id that is the same in every language and
// stays when a module gets a new version, so that nobody who is half way loses anything.
type Module struct {
	Slug        string
	Order       int // place in the list
	Version     int
	Minutes     int      // paid time for the whole module
	RequiredFor []string // roles that cannot do without it
	Needs       []string // modules that come before this one
	// RefreshMonths is after how many months somebody goes through it again; 0 is never.
	RefreshMonths int
	// Texts holds the module by language; English is always there.
	Texts map[string]ModuleText
	files fs.FS // its folder, for recordings and for a copy to hand on
}

// ModuleText is a module in one language.
type ModuleText struct {
	Lang string
	// Review is "source" for the language it was written in, "awaiting" for a translation
	// that no mediator has read yet, and "reviewed" for one that a mediator approved.
	Review     string
	Title      string
	Objectives []string
	Sources    string
	Reflection string
	Units      []Unit
	Questions  []Question
	Scenario   Scenario
	Practice   Practice
}

// Unit is one page to read.
type Unit struct {
	ID      string
	Title   string
	Minutes int
	Body    string // Markdown
	Audio   string // path of its recording inside the module, "" where nobody has recorded it
}

// The states of a translation.
const (
	ReviewSource   = "source"
	ReviewAwaiting = "awaiting"
	ReviewReviewed = "reviewed"
)

// In returns the module in the language, or in English where it does not exist there.
// ModuleText.Lang says which, because the page must say so and mark it in HTML.
func (m Module) In(lang string) ModuleText {
	if text, ok := m.Texts[lang]; ok {
		return text
	}
	return m.Texts[fallback]
}

// Unit finds a unit by its id, with its place.
func (t ModuleText) Unit(id string) (unit Unit, place int, ok bool) {
	place = slices.IndexFunc(t.Units, func(u Unit) bool { return u.ID == id })
	if place < 0 {
		return Unit{}, 0, false
	}
	return t.Units[place], place, true
}

//go:embed modules
var modules embed.FS

// Modules reads the modules that the program ships with. A folder that cannot be used is an
// error that names every fault with file and line; the program does not start with it.
func Modules() ([]Module, error) {
	all, faults := ReadModules(modules)
	if len(faults) > 0 {
		return nil, errors.New(strings.Join(faults, "\n"))
	}
	return all, nil
}

// checkModules is the part of Check that looks at the modules.
func checkModules() []string {
	_, faults := ReadModules(modules)
	return faults
}

// ReadModules reads every folder under modules/. Faults are "file:line: what".
func ReadModules(from fs.FS) (all []Module, faults []string) {
	folders, err := fs.ReadDir(from, "modules")
	if err != nil {
		return nil, []string{"content/modules:1: " + err.Error()}
	}
	var readers []*moduleReader
	for _, folder := range folders {
		r := &moduleReader{from: from, folder: "modules/" + folder.Name(), above: "content/"}
		if !folder.IsDir() {
			r.say(r.folder, 1, "only folders of modules lie here")
			faults = append(faults, r.faults...)
			continue
		}
		all = append(all, r.read(folder.Name()))
		readers = append(readers, r)
	}
	for i, r := range readers {
		r.company(all[i], all)
		faults = append(faults, r.faults...)
	}
	slices.SortStableFunc(all, func(a, b Module) int { return a.Order - b.Order })
	return all, faults
}

// ReadModule reads one folder, which lies at the top and bears the name of the module, as
// an author has it on her machine. Others are the modules that it may lead to.
func ReadModule(from fs.FS, slug string, others []Module) (Module, []string) {
	r := &moduleReader{from: from, folder: slug}
	m := r.read(slug)
	r.company(m, append(slices.Clone(others), m))
	return m, r.faults
}

// company checks what a module says about other modules.
func (r *moduleReader) company(m Module, all []Module) {
	r.links(m, all)
	for _, slug := range m.Needs {
		if !slices.ContainsFunc(all, func(o Module) bool { return o.Slug == slug }) {
			r.say(r.folder+"/module.toml", 1, "it needs %q, and there is no such module", slug)
		}
	}
}

// Recording opens the recorded voice of a unit.
func (m Module) Recording(u Unit) ([]byte, error) {
	if m.files == nil || u.Audio == "" {
		return nil, fs.ErrNotExist
	}
	return fs.ReadFile(m.files, u.Audio)
}
