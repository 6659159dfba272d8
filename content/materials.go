package content

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// Leaflet is a material that comes with the program, in every complete language. It was
// written from published sources; nobody of the field has checked it, and pages say so.
type Leaflet struct {
	Slug string
	Kind string `toml:"kind"`
	// Subjects are what it may harm with if one sentence is wrong: "health", "law", "emergency".
	Subjects []string          `toml:"subjects"`
	Country  []string          `toml:"countries"`
	Lang     string            `toml:"source_language"`
	Months   int               `toml:"review_due_months"`
	Review   map[string]string `toml:"review"`   // by language: "source" or "awaiting"
	ForWhom  map[string]string `toml:"for_whom"` // by language
	Sources  []LeafletSource   `toml:"source"`
	// Texts are Markdown whose first line is "# title", by language.
	Texts map[string]string `toml:"-"`
}

// LeafletSource is what a leaflet's facts were taken from, for whoever checks them.
type LeafletSource struct {
	Year  int    `toml:"year"`
	Where string `toml:"where"`
	Fact  string `toml:"fact"`
}

//go:embed materials
var leaflets embed.FS

// leafletLanguages are those in which every shipped material stands.
var leafletLanguages = []string{"en", "it", "fr", "ar"}

// Leaflets reads the shipped materials, by slug. All that is wrong with them comes back in
// one error, a line each.
func Leaflets() ([]Leaflet, error) {
	all, faults := readLeaflets(leaflets)
	if len(faults) > 0 {
		return nil, errors.New(strings.Join(faults, "\n"))
	}
	return all, nil
}

func checkLeaflets() []string {
	_, faults := readLeaflets(leaflets)
	return faults
}

func readLeaflets(from fs.FS) (all []Leaflet, faults []string) {
	names, err := fs.Glob(from, "materials/*/material.toml")
	if err != nil || len(names) == 0 {
		return nil, []string{shipped + "materials:1: no material was found"}
	}
	for _, name := range names {
		folder := path.Dir(name)
		l := Leaflet{Slug: path.Base(folder), Texts: map[string]string{}}
		at, wrong := readWhole(from, name, &l)
		if len(wrong) == 0 {
			wrong = at.told(l.wrong())
		}
		faults = append(faults, wrong...)
		for _, lang := range leafletLanguages {
			faults = append(faults, l.readText(from, folder, lang)...)
		}
		faults = append(faults, l.alike(folder)...)
		all = append(all, l)
	}
	return all, faults
}

func (l Leaflet) wrong() map[string]string {
	wrong := map[string]string{}
	if !slices.Contains([]string{"leaflet", "pocket", "guide"}, l.Kind) {
		wrong["kind"] = fmt.Sprintf("unknown kind %q", l.Kind)
	}
	if !slices.Contains(leafletLanguages, l.Lang) {
		wrong["source_language"] = fmt.Sprintf("unknown language %q", l.Lang)
	}
	if l.Months < 1 || l.Months > 36 {
		wrong["review_due_months"] = "the review is due in 1 to 36 months"
	}
	if len(l.Sources) == 0 {
		wrong["source"] = "it names no source"
	}
	for _, subject := range l.Subjects {
		if subject != "health" && subject != "law" && subject != "emergency" {
			wrong["subjects"] = fmt.Sprintf("unknown subject %q", subject)
		}
	}
	for _, country := range l.Country {
		if !KnownCountry(country) {
			wrong["countries"] = fmt.Sprintf("unknown country %q", country)
		}
	}
	for _, lang := range leafletLanguages {
		if l.ForWhom[lang] == "" {
			wrong["for_whom"] = "for whom is missing in " + lang
		}
		state := l.Review[lang]
		if (lang == l.Lang) != (state == ReviewSource) || lang != l.Lang && state != ReviewAwaiting {
			wrong["review"] = fmt.Sprintf("review.%s = %q: the source language is %q, every other is %q until a mediator here has read it", lang, state, ReviewSource, ReviewAwaiting)
		}
	}
	return wrong
}

func (l Leaflet) readText(from fs.FS, folder, lang string) []string {
	name := folder + "/" + lang + ".md"
	raw, err := fs.ReadFile(from, name)
	if err != nil {
		return []string{shipped + name + ":1: the text is missing"}
	}
	text := strings.ReplaceAll(string(raw), "\r\n", "\n")
	l.Texts[lang] = strings.TrimSpace(text) + "\n"
	if title, body := l.In(lang); title == "" || body == "" {
		return []string{shipped + name + ":1: the first line is no title, or nothing follows it"}
	}
	return nil
}

// In gives the title and the rest of a text.
func (l Leaflet) In(lang string) (title, body string) {
	first, rest, _ := strings.Cut(l.Texts[lang], "\n")
	title, found := strings.CutPrefix(first, "# ")
	if !found {
		return "", ""
	}
	return strings.TrimSpace(title), strings.TrimSpace(rest)
}

// alike holds every language to the passages of the source: what is a heading there is one
// everywhere, so that the translation can be cut into the same pieces.
func (l Leaflet) alike(folder string) (faults []string) {
	want := shapeOf(l.Texts[l.Lang])
	for _, lang := range slices.Sorted(maps.Keys(l.Texts)) {
		if shape := shapeOf(l.Texts[lang]); shape != want {
			faults = append(faults, fmt.Sprintf("%s%s/%s.md:1: its passages are not those of the source", shipped, folder, lang))
		}
	}
	return faults
}

// shapeOf is the sort of every line: heading, entry of a list, passage or nothing.
func shapeOf(text string) string {
	var shape strings.Builder
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		switch {
		case line == "":
			shape.WriteByte(' ')
		case strings.HasPrefix(line, "#"):
			shape.WriteString(strings.Repeat("#", len(line)-len(strings.TrimLeft(line, "#"))))
		case strings.HasPrefix(line, "- "):
			shape.WriteByte('-')
		default:
			shape.WriteByte('p')
		}
	}
	return shape.String()
}
