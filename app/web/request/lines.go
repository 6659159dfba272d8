package request

import (
	"cmp"
	"slices"

	"portico/app/i18n"
	"portico/app/web/ui"
	"portico/content"
)

// Europe stands in the list of help lines for numbers that many countries share.
const Europe = "EU"

// inStrip is how many lines every page shows, so that it stays calm.
const inStrip = 2

// Line is a help line as it stands at this moment, with the words of whoever checked it last.
type Line struct {
	Name, Phone, Country string
	Languages            []string // tags; of the hours that run now, where they differ by hour
	Kinds                []string // what it is there for, the first above all
	Weekdays             bool     // nothing finer is known of its hours
	Free, Anonymous      bool     // false is also "not known"
	Verified             bool
	Partial              bool // does not answer in every country of Europe

	Open  bool   // false is also "not known"
	Until string // "17:00" on the clock of the line; "" while it never closes
}

// Shipped are help lines as the project brings them, without a directory that knows more of
// their hours than that some never close.
func Shipped(lines []content.HelpLine) []Line {
	all := make([]Line, len(lines))
	for i, l := range lines {
		all[i] = Line{
			Name: l.Name, Phone: l.Phone, Country: l.Country, Languages: l.Languages, Kinds: l.Kinds, Weekdays: l.Hours == "weekdays",
			Free: l.Free, Anonymous: l.Anonymous, Verified: l.Verified, Partial: l.Partial, Open: l.Hours == "24h",
		}
	}
	return all
}

// Here lists the lines of the host's country and those of all Europe for one kind of need.
func (k *Kit) Here(kind string) []Line { return k.LinesOf(k.Config.Country, kind) }

// LinesOf lists the lines of a country and those of all Europe for one kind of need; an empty
// kind lists all. Those that exist for this need come before those that also take it, so that
// 112 leads where there is danger; then come those of the country, because they answer in the
// language of the place.
func (k *Kit) LinesOf(country, kind string) []Line {
	var found []Line
	for _, l := range k.lines() {
		if (l.Country == country || l.Country == Europe && content.InEurope(country)) && (kind == "" || slices.Contains(l.Kinds, kind)) {
			found = append(found, l)
		}
	}
	far := func(l Line) int {
		return 2*rank(kind != "" && l.Kinds[0] != kind) + rank(l.Country == Europe)
	}
	slices.SortStableFunc(found, func(x, y Line) int { return cmp.Compare(far(x), far(y)) })
	return found
}

func (k *Kit) lines() []Line {
	if k.Lines == nil {
		return nil
	}
	return k.Lines()
}

func rank(later bool) int {
	if later {
		return 1
	}
	return 0
}

// HelpLines lists the same lines as the frame and the forum show them.
func (k *Kit) HelpLines(p *i18n.Printer, kind string) []ui.HelpLine {
	return shown(p, k.Here(kind))
}

// strip is the help-line strip: lines that are open now and cost nothing. Those that speak the
// reader's language come first, then those of the country, then those that ask no name. A
// shared number of Europe stands there only where it answers in every country.
func (k *Kit) strip(p *i18n.Printer) []ui.HelpLine {
	var open []Line
	for _, l := range k.lines() {
		if l.Open && l.Free && !l.Partial && (l.Country == k.Config.Country || l.Country == Europe) {
			open = append(open, l)
		}
	}
	far := func(l Line) int {
		return 4*rank(!slices.Contains(l.Languages, p.Tag)) + 2*rank(l.Country == Europe) + rank(!l.Anonymous)
	}
	slices.SortStableFunc(open, func(x, y Line) int { return cmp.Compare(far(x), far(y)) })
	return shown(p, open[:min(inStrip, len(open))])
}

func shown(p *i18n.Printer, lines []Line) []ui.HelpLine {
	var rows []ui.HelpLine
	for _, l := range lines {
		rows = append(rows, ui.HelpLine{Name: l.Name, Phone: l.Phone, Words: l.Words(p)})
	}
	return rows
}

// Words say in a few words what somebody wants to know before she calls: in her language,
// free, anonymous, open until when.
func (l Line) Words(p *i18n.Printer) string {
	var words []string
	if slices.Contains(l.Languages, p.Tag) {
		words = append(words, p.T("directory.open.speaks", "Languages", LanguageName(p.Tag)))
	}
	if l.Free {
		words = append(words, p.T("helpline.free"))
	}
	if l.Anonymous {
		words = append(words, p.T("helpline.anonymous"))
	}
	switch {
	case l.Open && l.Until == "":
		words = append(words, p.T("helpline.always"))
	case l.Open:
		words = append(words, p.T("helpline.until", "Time", l.Until))
	case l.Weekdays:
		words = append(words, p.T("home.help.weekdays"))
	}
	return p.List(words)
}
