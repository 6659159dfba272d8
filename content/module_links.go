package content

import (
	"path"
	"regexp"
	"slices"
	"strings"
)

// strangers finds files that belong to no language of the module: they would never be shown.
func (r *moduleReader) strangers(langs []string) {
	for _, file := range r.files("units") {
		if m := unitFile.FindStringSubmatch(path.Base(file)); m != nil && !slices.Contains(langs, m[3]) {
			r.say(file, 1, "%q is not among the languages of module.toml", m[3])
		}
	}
	for _, file := range r.files(".") {
		base := path.Base(file)
		kind, rest, _ := strings.Cut(base, ".")
		known := slices.Contains([]string{"quiz", "scenario", "practice"}, kind)
		if base == "module.toml" || base == "units" || known && slices.Contains(langs, strings.TrimSuffix(rest, ".toml")) {
			continue
		}
		r.say(file, 1, "no module needs this file")
	}
}

var (
	linkShape = regexp.MustCompile(`\]\(([^)\s]*)\)`)
	// openPages are the pages beside the modules that a unit may lead to.
	openPages = []string{"/help", "/forum", "/learn", "/exit", "/rules", "/safety", "/directory", "/materials", "/notices"}
)

// links checks that every link of every unit leads somewhere: a module, a unit, an open page
// of this portal, or an address that is encrypted on its way.
func (r *moduleReader) links(m Module, all []Module) {
	for _, lang := range r.languages(m) {
		for _, u := range m.Texts[lang].Units {
			for _, found := range linkShape.FindAllStringSubmatch(u.Body, -1) {
				if !leads(found[1], all) {
					r.say(r.folder+"/units", 1, "unit %s in %s links to %q, which leads nowhere", u.ID, lang, found[1])
				}
			}
		}
	}
}

func (r *moduleReader) languages(m Module) (langs []string) {
	for lang := range m.Texts {
		langs = append(langs, lang)
	}
	slices.Sort(langs)
	return langs
}

func leads(to string, all []Module) bool {
	if strings.HasPrefix(to, "https://") {
		return true
	}
	rest, learn := strings.CutPrefix(to, "/learn/")
	if !learn {
		return slices.Contains(openPages, to)
	}
	slug, unit, inside := strings.Cut(rest, "/units/")
	return slices.ContainsFunc(all, func(m Module) bool {
		if m.Slug != slug {
			return false
		}
		_, _, ok := m.In(fallback).Unit(unit)
		return ok || !inside
	})
}
