package exchange

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"
)

const xliffSpace = "urn:oasis:names:tc:xliff:document:2.0"

// escapes are what XML would change or take for its own. White space other than the plain
// one is written as a number, so that no reader folds it.
var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&quot;", "\r", "&#13;")

var inAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&quot;", "\r", "&#13;", "\n", "&#10;", "\t", "&#9;")

// writeXLIFF writes XLIFF 2.1. The version of a unit rides on its name, the one attribute
// that other tools bring back; a text with plural forms is a unit for each form.
func writeXLIFF(w io.Writer, f File) error {
	b := bufio.NewWriter(w)
	put := func(parts ...string) {
		for _, p := range parts {
			_, _ = b.WriteString(p) // the writer keeps its first error for Flush
		}
	}
	put(`<?xml version="1.0" encoding="UTF-8"?>`, "\n", `<xliff xmlns="`, xliffSpace, `" version="2.1" srcLang="`, inAttribute.Replace(f.SourceLang),
		`" trgLang="`, inAttribute.Replace(f.TargetLang), "\">\n  <file id=\"f1\" original=\"", inAttribute.Replace(f.Name), "\" xml:space=\"preserve\">\n")
	for _, u := range flat(f) {
		put(`    <unit id="`, u.ID, `"`)
		if u.Version != "" {
			put(` name="`, u.Version, `"`)
		}
		put(">\n")
		if u.Note != "" {
			put("      <notes>\n        <note>", escapes.Replace(u.Note), "</note>\n      </notes>\n")
		}
		put(`      <segment state="`, string(cmp.Or(u.State, Initial)), `">`, "\n        <source>", escapes.Replace(u.Source), "</source>\n")
		if u.Target != "" {
			put("        <target>", escapes.Replace(u.Target), "</target>\n")
		}
		put("      </segment>\n    </unit>\n")
	}
	put("  </file>\n</xliff>\n")
	return b.Flush()
}

// flat makes one unit of each plural form.
func flat(f File) []Unit {
	var list []Unit
	for _, u := range f.Units {
		if !u.Counts() {
			list = append(list, u)
			continue
		}
		forms := Forms(f.TargetLang)
		for _, form := range categories {
			if _, has := u.Targets[form]; has && !slices.Contains(forms, form) {
				forms = append(forms, form)
			}
		}
		for _, form := range forms {
			one := u
			one.ID, one.Source, one.Target, one.One, one.Targets = u.ID+":"+form, u.sourceFor(form), u.Targets[form], "", nil
			list = append(list, one)
		}
	}
	return list
}

// gather puts the plural forms of a text together again.
type gather struct {
	units []Unit
	at    map[string]int
}

func (g *gather) add(u Unit) *Fault {
	if g.at == nil {
		g.at = map[string]int{}
	}
	if len(g.units) >= MostUnits {
		return &Fault{Line: u.Line, Kind: Many}
	}
	if _, there := g.at[u.ID]; there && u.ID != "" {
		return &Fault{Line: u.Line, Kind: Twice, What: u.ID}
	}
	id, form, counted := strings.Cut(u.ID, ":")
	if !counted {
		g.at[id] = len(g.units)
		g.units = append(g.units, u)
		return nil
	}
	if !slices.Contains(categories, form) {
		return &Fault{Line: u.Line, Kind: Plural, What: u.ID}
	}
	g.at[u.ID] = 0
	i, there := g.at[id]
	switch {
	case !there:
		i = len(g.units)
		g.at[id] = i
		whole := u
		whole.ID, whole.Source, whole.Target, whole.Targets = id, "", "", map[string]string{}
		g.units = append(g.units, whole)
	case g.units[i].Targets == nil:
		return &Fault{Line: u.Line, Kind: Twice, What: id}
	}
	whole := &g.units[i]
	if form == "one" {
		whole.One = u.Source
	} else {
		whole.Source = u.Source
	}
	if u.Target != "" {
		whole.Targets[form] = u.Target
	}
	return nil
}

// readXLIFF reads XLIFF 2.0 and 2.1. Units are found wherever they stand: a tool may move
// them into groups or into several files.
func readXLIFF(r io.Reader) (File, error) {
	s := scan(r, "")
	root, err := s.root()
	if err != nil {
		return File{}, err
	}
	if root.Name.Space != xliffSpace || root.Name.Local != "xliff" || !strings.HasPrefix(attr(root, "version"), "2.") {
		return File{}, s.fault(Foreign, strings.TrimSpace(root.Name.Local+" "+attr(root, "version")))
	}
	f, all := File{SourceLang: attr(root, "srcLang"), TargetLang: attr(root, "trgLang")}, gather{}
	var within func(t xml.StartElement) error
	within = func(t xml.StartElement) error {
		switch t.Name.Local {
		case "file":
			f.Name = cmp.Or(f.Name, attr(t, "original"))
			return s.each(within)
		case "group":
			return s.each(within)
		case "unit":
			u, err := s.unit(t)
			if err != nil {
				return err
			}
			if fault := all.add(u); fault != nil {
				return fault
			}
		}
		return nil
	}
	if err := s.each(within); err != nil {
		return File{}, err
	}
	if f.Units = all.units; len(f.Units) == 0 {
		return File{}, &Fault{Kind: Nothing}
	}
	for i := range f.Units {
		// A language without a form for one alone has no unit for it.
		f.Units[i].Source = cmp.Or(f.Units[i].Source, f.Units[i].One)
	}
	return f, nil
}

// part is a segment, or what stands between two.
type part struct {
	source, target string
	order          int // of the target among the others
}

func (s *scanner) unit(t xml.StartElement) (Unit, error) {
	line, _ := s.d.InputPos()
	u := Unit{ID: attr(t, "id"), Line: line}
	if name := attr(t, "name"); versionShape.MatchString(name) {
		u.Version = name
	}
	if id, _, _ := strings.Cut(u.ID, ":"); !idShape.MatchString(id) {
		return u, s.fault(Broken, "unit")
	}
	codes := map[string]string{}
	var parts []part
	err := s.each(func(t xml.StartElement) (err error) {
		switch t.Name.Local {
		case "notes":
			return s.each(func(xml.StartElement) error {
				note, err := s.text(s.plain)
				if u.Note = strings.TrimPrefix(u.Note+"\n"+note, "\n"); len(u.Note) > LongestText {
					return s.fault(Long, u.ID)
				}
				return err
			})
		case "originalData":
			return s.each(func(t xml.StartElement) (err error) {
				codes[attr(t, "id")], err = s.text(signs(s, nil))
				return err
			})
		case "segment", "ignorable":
			if t.Name.Local == "segment" {
				u.State = State(cmp.Or(attr(t, "state"), string(Initial)))
			}
			p := part{order: len(parts) + 1}
			if err := s.part(&p, codes); err != nil {
				return err
			}
			parts = append(parts, p)
		}
		return nil
	})
	if err != nil {
		return u, err
	}
	for _, p := range parts {
		u.Source += p.source
	}
	slices.SortStableFunc(parts, func(a, b part) int { return a.order - b.order })
	for _, p := range parts {
		u.Target += p.target
	}
	if max(len(u.Source), len(u.Target)) > LongestText {
		return u, s.fault(Long, u.ID)
	}
	return u, nil
}

func (s *scanner) part(p *part, codes map[string]string) error {
	return s.each(func(t xml.StartElement) (err error) {
		switch t.Name.Local {
		case "source":
			p.source, err = s.text(signs(s, codes))
		case "target":
			if n, wrong := strconv.Atoi(attr(t, "order")); wrong == nil {
				p.order = n
			}
			p.target, err = s.text(signs(s, codes))
		}
		return err
	})
}

// signs says what the inline elements of XLIFF stand for: other tools may make codes of our
// marks, and then say in the original data what they were.
func signs(s *scanner, codes map[string]string) func(xml.StartElement) (string, string, error) {
	return func(t xml.StartElement) (before, after string, err error) {
		named := func(attribute string) string {
			text, ok := codes[attr(t, attribute)]
			if !ok {
				err = s.fault(Inline, t.Name.Local)
			}
			return text
		}
		switch t.Name.Local {
		case "mrk", "sm", "em":
		case "ph", "sc", "ec":
			before = named("dataRef")
		case "pc":
			before, after = named("dataRefStart"), named("dataRefEnd")
		case "cp":
			err = s.fault(Sign, "cp")
		default:
			err = s.fault(Inline, t.Name.Local)
		}
		return before, after, err
	}
}
