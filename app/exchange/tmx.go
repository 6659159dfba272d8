package exchange

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

// MostEntries is how many entries of a memory are read.
const MostEntries = 2_000_000

// mostLangs is how many languages one entry may have.
const mostLangs = 200

// Variant is an entry in one language.
type Variant struct{ Lang, Text string }

// Entry is a sentence of a memory in its languages.
type Entry struct {
	ID       string // "" when it has no name that we could have given
	Version  string
	Note     string
	Variants []Variant
	Line     int
}

// In is the text of an entry in a language; "en" also finds "en-GB", and "en-GB" finds "en".
func (e Entry) In(lang string) (string, bool) {
	base := func(tag string) string {
		first, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(tag, "_", "-")), "-")
		return first
	}
	near := -1
	for i, v := range e.Variants {
		if strings.EqualFold(v.Lang, lang) {
			return v.Text, true
		}
		if near < 0 && base(v.Lang) == base(lang) {
			near = i
		}
	}
	if near < 0 {
		return "", false
	}
	return e.Variants[near].Text, true
}

// MemoryWriter writes a memory entry by entry, so that none of it is held.
type MemoryWriter struct{ b *bufio.Writer }

// NewMemoryWriter begins a memory.
func NewMemoryWriter(w io.Writer, sourceLang, name string) *MemoryWriter {
	m := &MemoryWriter{bufio.NewWriter(w)}
	m.put(`<?xml version="1.0" encoding="UTF-8"?>`, "\n", `<tmx version="1.4">`, "\n",
		`  <header creationtool="Portico" creationtoolversion="1" segtype="paragraph" o-tmf="Portico" adminlang="en" srclang="`, inAttribute.Replace(sourceLang),
		`" datatype="plaintext">`, "\n", `    <prop type="x-portico">`, escapes.Replace(name), "</prop>\n  </header>\n  <body>\n")
	return m
}

func (m *MemoryWriter) put(parts ...string) {
	for _, p := range parts {
		_, _ = m.b.WriteString(p) // the writer keeps its first error for Flush
	}
}

// Add writes an entry.
func (m *MemoryWriter) Add(e Entry) error {
	m.put("    <tu")
	if e.ID != "" {
		m.put(` tuid="`, inAttribute.Replace(e.ID), `"`)
	}
	m.put(">\n")
	if e.Note != "" {
		m.put("      <note>", escapes.Replace(e.Note), "</note>\n")
	}
	if e.Version != "" {
		m.put(`      <prop type="x-version">`, e.Version, "</prop>\n")
	}
	for _, v := range e.Variants {
		if bad(v.Text) {
			return errSign
		}
		m.put(`      <tuv xml:lang="`, inAttribute.Replace(v.Lang), `"><seg>`, escapes.Replace(v.Text), "</seg></tuv>\n")
	}
	m.put("    </tu>\n")
	return nil
}

// Close ends the memory.
func (m *MemoryWriter) Close() error {
	m.put("  </body>\n</tmx>\n")
	return m.b.Flush()
}

// writeTMX writes what is translated of a file. What has no translation is no memory.
func writeTMX(w io.Writer, f File) error {
	m := NewMemoryWriter(w, f.SourceLang, f.Name)
	for _, u := range flat(f) {
		if u.Target == "" {
			continue
		}
		e := Entry{ID: u.ID, Version: u.Version, Note: u.Note, Variants: []Variant{{f.SourceLang, u.Source}, {f.TargetLang, u.Target}}}
		if err := m.Add(e); err != nil {
			return err
		}
	}
	return m.Close()
}

// ReadMemory reads a memory of any size entry by entry and holds one at a time.
func ReadMemory(r io.Reader, visit func(Entry) error) error {
	in, looks, err := open(r)
	if err != nil {
		return err
	}
	if looks != TMX {
		return &Fault{Line: 1, Kind: Foreign}
	}
	_, err = readTMX(in, visit)
	return err
}

// memoryHead is what the header of a memory says.
type memoryHead struct{ lang, name string }

func readTMX(r io.Reader, visit func(Entry) error) (head memoryHead, err error) {
	s := scan(r, "TMX")
	root, err := s.root()
	if err != nil {
		return head, err
	}
	if root.Name.Local != "tmx" || !strings.HasPrefix(attr(root, "version"), "1.") {
		return head, s.fault(Foreign, strings.TrimSpace(root.Name.Local+" "+attr(root, "version")))
	}
	n := 0
	err = s.each(func(t xml.StartElement) error {
		switch t.Name.Local {
		case "header":
			head.lang = attr(t, "srclang")
			return s.each(func(t xml.StartElement) (err error) {
				if t.Name.Local == "prop" && attr(t, "type") == "x-portico" {
					head.name, err = s.text(s.plain)
				}
				return err
			})
		case "body":
			return s.each(func(t xml.StartElement) error {
				if t.Name.Local != "tu" {
					return nil
				}
				if n++; n > MostEntries {
					return s.fault(Many, "")
				}
				e, err := s.entry(t)
				if err != nil {
					return err
				}
				return visit(e)
			})
		}
		return nil
	})
	if err == nil && n == 0 {
		err = &Fault{Kind: Nothing}
	}
	return head, err
}

func (s *scanner) entry(t xml.StartElement) (Entry, error) {
	line, _ := s.d.InputPos()
	e := Entry{Line: line, ID: attr(t, "tuid")}
	if id, form, counted := strings.Cut(e.ID, ":"); !idShape.MatchString(id) || counted && !slices.Contains(categories, form) {
		e.ID = ""
	}
	err := s.each(func(t xml.StartElement) (err error) {
		switch t.Name.Local {
		case "note":
			e.Note, err = s.text(s.native)
		case "prop":
			if attr(t, "type") == "x-version" {
				if e.Version, err = s.text(s.native); !versionShape.MatchString(e.Version) {
					e.Version = ""
				}
			}
		case "tuv":
			v := Variant{Lang: attr(t, "lang")}
			err = s.each(func(t xml.StartElement) (err error) {
				if t.Name.Local == "seg" {
					v.Text, err = s.text(s.native)
				}
				return err
			})
			if e.Variants = append(e.Variants, v); len(e.Variants) > mostLangs {
				return s.fault(Many, "tuv")
			}
		}
		return err
	})
	return e, err
}

// native is the code of TMX, whose inline elements hold what they stand for.
func (s *scanner) native(xml.StartElement) (string, string, error) { return "", "", nil }

// readTMXFile reads a memory as the texts of one pair of languages: the source's, and the
// first other one.
func readTMXFile(r io.Reader) (File, error) {
	f, all := File{}, gather{}
	head, err := readTMX(r, func(e Entry) error {
		if len(e.Variants) < 2 {
			return nil
		}
		if f.TargetLang == "" {
			f.SourceLang, f.TargetLang = e.Variants[0].Lang, e.Variants[1].Lang
		}
		source, ok := e.In(f.SourceLang)
		target, also := e.In(f.TargetLang)
		if !ok || !also || source == "" {
			return nil
		}
		u := Unit{ID: e.ID, Source: source, Target: target, State: Translated, Version: e.Version, Note: e.Note, Line: e.Line}
		if _, twice := all.at[u.ID]; twice {
			u.ID = "" // another tool's numbers need not be ours
		}
		if fault := all.add(u); fault != nil {
			return fault
		}
		return nil
	})
	if err != nil {
		return File{}, err
	}
	f.Name, f.Units = head.name, all.units
	for i := range f.Units {
		f.Units[i].Source = cmp.Or(f.Units[i].Source, f.Units[i].One)
	}
	if len(f.Units) == 0 {
		return File{}, &Fault{Kind: Nothing}
	}
	return f, nil
}
