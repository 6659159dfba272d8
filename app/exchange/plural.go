package exchange

import (
	"slices"
	"strings"
)

// rule is the plural of a language as gettext says it: its categories in the order of
// msgstr[0], msgstr[1] …, and the formula that chooses one.
type rule struct {
	forms   []string
	formula string
}

// header is the line of a PO file.
func (r rule) header() string {
	return "nplurals=" + string(rune('0'+len(r.forms))) + "; plural=" + r.formula + ";"
}

const slavic = "n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2"

// rules follow CLDR for whole numbers. Russian and Ukrainian have "other" for fractions
// alone, which no tool of gettext asks for.
var rules = map[string]rule{
	"en":      {[]string{"one", "other"}, "n != 1"},
	"it":      {[]string{"one", "many", "other"}, "n==1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2"},
	"es":      {[]string{"one", "many", "other"}, "n==1 ? 0 : n!=0 && n%1000000==0 ? 1 : 2"},
	"fr":      {[]string{"one", "many", "other"}, "n<2 ? 0 : n%1000000==0 ? 1 : 2"},
	"pt-BR":   {[]string{"one", "many", "other"}, "n<2 ? 0 : n%1000000==0 ? 1 : 2"},
	"ar":      {[]string{"zero", "one", "two", "few", "many", "other"}, "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5"},
	"ro":      {[]string{"one", "few", "other"}, "n==1 ? 0 : n==0 || n%100>=1 && n%100<=19 ? 1 : 2"},
	"sq":      {[]string{"one", "other"}, "n != 1"},
	"bg":      {[]string{"one", "other"}, "n != 1"},
	"ru":      {[]string{"one", "few", "many"}, slavic},
	"uk":      {[]string{"one", "few", "many"}, slavic},
	"zh-Hans": {[]string{"other"}, "0"},
	"pcm":     {[]string{"one", "other"}, "n > 1"},
}

// Forms are the plural categories of a language in the order of gettext.
func Forms(lang string) []string { return slices.Clone(ruleOf(lang).forms) }

// Formula is the header of a PO file for a language.
func Formula(lang string) string { return ruleOf(lang).header() }

func ruleOf(lang string) rule {
	if r, ok := rules[lang]; ok {
		return r
	}
	base, _, _ := strings.Cut(lang, "-")
	if r, ok := rules[base]; ok {
		return r
	}
	return rules["en"]
}

// categories are all that CLDR has.
var categories = []string{"zero", "one", "two", "few", "many", "other"}

// sourceFor is what the source says for a category: for one alone, or for any other number.
func (u Unit) sourceFor(form string) string {
	if form == "one" && u.One != "" {
		return u.One
	}
	return u.Source
}
