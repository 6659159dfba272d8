package exchange

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
)

// Term is a word of the field with the words that are right and wrong for it.
type Term struct {
	ID        string // "" for a new one
	Version   int
	From      string // language of Term
	Lang      string // language of the rest
	Term      string
	Preferred string
	Refused   string
	Kind      string
	Domain    string
	Note      string
	Line      int // where it stands in the file; 0 when it was not read
}

// TermColumns are the first line of a glossary.
var TermColumns = []string{"id", "version", "from", "lang", "term", "preferred", "refused", "kind", "domain", "note"}

// Cells are the line of a term.
func (t Term) Cells() []string {
	return []string{t.ID, strconv.Itoa(t.Version), t.From, t.Lang, t.Term, t.Preferred, t.Refused, t.Kind, t.Domain, t.Note}
}

// formula is a cell that a spreadsheet would take for one, with as many quotation marks as
// it has in front already; one more keeps it a text.
var formula = regexp.MustCompile(`^'*[=+\-@\t\r]`)

// WriteTerms writes a glossary as CSV.
func WriteTerms(w io.Writer, terms []Term) error {
	out := csv.NewWriter(w)
	if err := out.Write(TermColumns); err != nil {
		return err
	}
	for _, t := range terms {
		cells := t.Cells()
		for i, cell := range cells {
			if formula.MatchString(cell) {
				cells[i] = "'" + cell
			}
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// ReadTerms reads a glossary. Columns may stand in any order and be separated by commas,
// semicolons or tabs, as spreadsheets of different countries write them.
func ReadTerms(r io.Reader) ([]Term, error) {
	in, _, err := open(r)
	if err != nil {
		return nil, err
	}
	raw := bufio.NewReaderSize(in, 4096)
	head, err := raw.Peek(4096)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	first, _, _ := bytes.Cut(head, []byte{'\n'})
	table := csv.NewReader(&feed{raw, MostUnits * 1024})
	for _, comma := range ";\t" {
		if bytes.ContainsRune(first, comma) && !bytes.ContainsRune(first, ',') {
			table.Comma = comma
		}
	}
	columns, err := table.Read()
	if err != nil {
		return nil, csvFault(err)
	}
	at := map[string]int{}
	for i, name := range columns {
		at[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, name := range []string{"from", "lang", "term", "preferred"} {
		if _, ok := at[name]; !ok {
			return nil, &Fault{Line: 1, Kind: Column, What: name}
		}
	}
	var list []Term
	for {
		cells, err := table.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, csvFault(err)
		}
		line, _ := table.FieldPos(0)
		if len(list) >= MostUnits {
			return nil, &Fault{Line: line, Kind: Many}
		}
		t, fault := termOf(cells, at)
		if t.Line = line; fault != nil {
			fault.Line = line
			return nil, fault
		}
		list = append(list, t)
	}
}

func termOf(cells []string, at map[string]int) (t Term, fault *Fault) {
	cell := func(name string) string {
		i, ok := at[name]
		if !ok {
			return ""
		}
		text := cells[i]
		switch {
		case invalidAt([]byte(text)) >= 0:
			fault = &Fault{Kind: Encoding, What: name}
		case bad(text):
			fault = &Fault{Kind: Sign, What: name}
		case len(text) > LongestText:
			fault = &Fault{Kind: Long, What: name}
		}
		if strings.HasPrefix(text, "'") && formula.MatchString(text) {
			return text[1:]
		}
		return text
	}
	t = Term{ID: cell("id"), From: cell("from"), Lang: cell("lang"), Term: cell("term"), Preferred: cell("preferred"),
		Refused: cell("refused"), Kind: cell("kind"), Domain: cell("domain"), Note: cell("note")}
	t.Version, _ = strconv.Atoi(cell("version")) // no number is an old version, and is told so
	return t, fault
}

// csvFault says where a table is broken.
func csvFault(err error) error {
	var parse *csv.ParseError
	switch {
	case errors.Is(err, io.EOF):
		return &Fault{Kind: Nothing}
	case errors.Is(err, errLong):
		return &Fault{Kind: Long}
	case errors.As(err, &parse):
		return &Fault{Line: parse.Line, Kind: Broken}
	}
	return err
}
