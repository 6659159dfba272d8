package exchange

import "fmt"

// Kind says what is wrong with a file.
type Kind string

// The kinds of faults.
const (
	Encoding  Kind = "encoding"  // bytes that are no text in the encoding the file names
	Broken    Kind = "broken"    // not well-formed
	Truncated Kind = "truncated" // it ends too early
	Entities  Kind = "entities"  // a DTD or an entity of its own
	Deep      Kind = "deep"      // too many elements within each other
	Long      Kind = "long"      // a text longer than LongestText
	Many      Kind = "many"      // more texts than the limit
	Foreign   Kind = "foreign"   // another format, or another version of it
	Twice     Kind = "twice"     // two texts with one name
	Sign      Kind = "sign"      // a control character
	Inline    Kind = "inline"    // a code in a text that says not what it stands for
	Plural    Kind = "plural"    // plural forms that the language does not have
	Column    Kind = "column"    // a table without a column that it needs
	Nothing   Kind = "nothing"   // no text in it at all
)

// Kinds are all kinds of faults.
var Kinds = []Kind{Encoding, Broken, Truncated, Entities, Deep, Long, Many, Foreign, Twice, Sign, Inline, Plural, Column, Nothing}

// advice says in English, for the command line, what is wrong and what to do.
var advice = map[Kind]string{
	Encoding:  "the bytes are not text in the encoding that the file names; save it as UTF-8",
	Broken:    "the file is damaged here; save it again from your tool",
	Truncated: "the file ends too early; copy or save it again, whole",
	Entities:  "the file defines entities or brings a DTD; save it without them",
	Deep:      "too many elements within each other; this is no file that we or a translator's tool wrote",
	Long:      "a text is longer than 64 KiB; divide it",
	Many:      "there are too many texts; divide the file",
	Foreign:   "this is no XLIFF 2, PO, TMX 1.4 or CSV file; choose one of these formats when you save",
	Twice:     "two texts have the same name; leave one of them",
	Sign:      "a control character stands in a text; delete it",
	Inline:    "a code inside a text does not say what it stands for; save with the original data of codes",
	Plural:    "the plural forms are not those of the language; keep the forms of the exported file",
	Column:    "a column is missing; keep the first line of the exported table",
	Nothing:   "there is no text in the file",
}

// Fault is what is wrong with a file, and where.
type Fault struct {
	Line int // counted from one; 0 when it is about the whole
	Kind Kind
	What string // the name of a text or an element, or ""
}

// Error says it in English, for the command line.
func (f *Fault) Error() string {
	words := advice[f.Kind]
	if f.What != "" {
		words = f.What + ": " + words
	}
	if f.Line > 0 {
		words = fmt.Sprintf("line %d: %s", f.Line, words)
	}
	return words
}
