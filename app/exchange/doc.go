// Package exchange reads and writes the files that translators' own tools speak: XLIFF 2.1,
// gettext PO, TMX 1.4b, glossaries as CSV, and the message files of the interface. It knows
// nothing of materials or people.
//
// What is written comes back: reading a file that this package wrote gives the same units,
// and writing them again the same bytes. Marks of Markdown and placeholders stay in the text
// as they are, because that is the one form that every tool brings back; the checks of the
// translation see to it that none is lost.
//
// A file from outside is never trusted. There is no DTD and no entity but the five of XML;
// nesting, the length of a text and the number of texts have limits, and a memory of any
// size is read piece by piece. Every fault says the line.
package exchange

import (
	"errors"
	"fmt"
	"io"
	"regexp"
)

// State says how far a text has come, in the words of XLIFF.
type State string

// The states, from nothing to published.
const (
	Initial    State = "initial"
	Translated State = "translated"
	Reviewed   State = "reviewed"
	Final      State = "final"
)

// Unit is one text with its translation.
type Unit struct {
	ID     string // letters, digits, dots, dashes and underlines
	Source string
	Target string // "" when there is none
	// One is what the source says about one alone, and Targets what the translation says for
	// each plural category of CLDR. A text that counts nothing has neither.
	One     string
	Targets map[string]string
	State   State
	Note    string // for the translator
	// Version is how the exporter knows which words it gave away: "v" and a number, or "".
	Version string
	Unsure  bool // a tool marked the words as a guess; only PO says so
	Line    int  // where it stands in the file; 0 when it was not read
}

// Counts reports whether a text has plural forms.
func (u Unit) Counts() bool { return u.Targets != nil || u.One != "" }

// File is a list of texts in a pair of languages. TargetLang may be "" in what was read.
type File struct {
	Name       string // of what the texts belong to: a material's number, or "interface"
	SourceLang string
	TargetLang string
	Units      []Unit
}

// The limits of what is read.
const (
	MostUnits   = 20_000
	LongestText = 64 << 10 // bytes of one text
	longestMark = 1 << 20  // bytes of one tag or one piece of text in XML
	deepest     = 40       // elements within each other
)

// The formats of a File.
const (
	XLIFF = "xliff"
	PO    = "po"
	TMX   = "tmx"
)

// Endings are how the files of a format are called, without the dot.
var Endings = map[string]string{XLIFF: "xlf", PO: "po", TMX: "tmx"}

var (
	idShape      = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$`)
	versionShape = regexp.MustCompile(`^v[0-9]{1,9}$`)
)

// Write writes a file in a format. Texts that no such file can hold are an error.
func Write(w io.Writer, format string, f File) error {
	if err := f.check(); err != nil {
		return err
	}
	switch format {
	case XLIFF:
		return writeXLIFF(w, f)
	case PO:
		return writePO(w, f)
	case TMX:
		return writeTMX(w, f)
	}
	return fmt.Errorf("exchange: there is no format %q", format)
}

// Read reads a file of any of the formats, which it knows by its beginning. Everything that
// is wrong with it is a *Fault.
func Read(r io.Reader) (File, error) {
	in, looks, err := open(r)
	if err != nil {
		return File{}, err
	}
	switch looks {
	case XLIFF:
		return readXLIFF(in)
	case TMX:
		return readTMXFile(in)
	default:
		return readPO(in)
	}
}

// check holds units to what the formats can say.
func (f File) check() error {
	seen := map[string]bool{}
	for _, u := range f.Units {
		switch {
		case !idShape.MatchString(u.ID):
			return fmt.Errorf("exchange: %q cannot name a text", u.ID)
		case seen[u.ID]:
			return fmt.Errorf("exchange: %s is there twice", u.ID)
		case u.Source == "":
			return fmt.Errorf("exchange: %s has no source", u.ID)
		case u.Version != "" && !versionShape.MatchString(u.Version):
			return fmt.Errorf("exchange: %s has the version %q", u.ID, u.Version)
		}
		seen[u.ID] = true
		for _, text := range u.texts() {
			if bad(text) {
				return fmt.Errorf("exchange: %s: %w", u.ID, errSign)
			}
		}
	}
	return nil
}

var errSign = errors.New("a sign that no file of translators can hold")

func (u Unit) texts() []string {
	list := []string{u.Source, u.Target, u.One, u.Note}
	for _, text := range u.Targets {
		list = append(list, text)
	}
	return list
}
