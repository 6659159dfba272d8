package hsds

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// columns of the table that every file has; texts in further languages come behind them.
var columns = []string{"id", "kind", "name", "also", "country", "city", "languages", "needs", "phone", "what.en", "conditions.en", "free", "anonymous",
	"no_papers", "hours", "opening", "acts", "source", "verified_on"}

// Table writes records as a table with a heading. tags are the languages of texts besides
// English.
type Table struct {
	w    *csv.Writer
	tags []string
}

// NewTable begins a table.
func NewTable(w io.Writer, tags []string) (*Table, error) {
	t := &Table{csv.NewWriter(w), tags}
	heading := slices.Clone(columns)
	for _, tag := range tags {
		heading = append(heading, "what."+tag, "conditions."+tag)
	}
	return t, t.w.Write(heading)
}

// Add writes a record.
func (t *Table) Add(r Record) error {
	cells := []string{r.ID, r.Kind, r.Name, r.Also, r.Country, r.City, strings.Join(r.Languages, " "), strings.Join(r.Needs, " "), r.Phone, r.What["en"],
		r.Conditions["en"], r.Free, r.Anonymous, r.NoPapers, r.Hours, r.Opening, r.Acts, r.Source, r.VerifiedOn}
	for _, tag := range t.tags {
		cells = append(cells, r.What[tag], r.Conditions[tag])
	}
	for i, cell := range cells {
		cells[i] = safe(cell)
	}
	return t.w.Write(cells)
}

// Close ends the table.
func (t *Table) Close() error {
	t.w.Flush()
	return t.w.Error()
}

// safe keeps a cell from being taken for a formula; plain undoes it. An apostrophe that was
// there gets another, so that both ways lead back.
func safe(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r'", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}

func unsafe(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && strings.ContainsRune("=+-@\t\r'", rune(cell[1])) {
		return cell[1:]
	}
	return cell
}

// ReadTable reads a table whose heading names the columns, in any order, separated by commas
// or, as some table programs write, by semicolons or tabs. Columns that an entry does not have
// are returned and otherwise passed over.
func ReadTable(r io.Reader, take func(int, Record, []Fault) error) (passed []string, err error) {
	buffered := bufio.NewReader(r)
	if mark, err := buffered.Peek(3); err == nil && bytes.Equal(mark, []byte("\xef\xbb\xbf")) {
		_, _ = buffered.Discard(3)
	}
	start, _ := buffered.Peek(4096)
	if bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff")) {
		return nil, Fault{1, "", "", Encoding, "UTF-16"}
	}
	c := csv.NewReader(buffered)
	c.Comma, c.FieldsPerRecord, c.ReuseRecord = separator(start), -1, true
	heading, err := c.Read()
	if errors.Is(err, io.EOF) {
		return nil, Fault{1, "", "", Missing, ""}
	}
	if err != nil {
		return nil, broken(1, err)
	}
	names := make([]string, len(heading))
	for i, name := range heading {
		names[i] = strings.ToLower(strings.TrimSpace(name))
	}
	for _, must := range []string{"id", "name"} {
		if !slices.Contains(names, must) {
			return nil, Fault{1, "", must, Missing, shown(strings.Join(names, ", "))}
		}
	}
	for _, name := range names {
		probe := Record{What: map[string]string{}, Conditions: map[string]string{}}
		if !probe.cell(name, "") {
			passed = append(passed, name)
		}
	}
	return passed, readRows(c, names, take)
}

func readRows(c *csv.Reader, names []string, take func(int, Record, []Fault) error) error {
	for line := 2; ; line++ {
		cells, err := c.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return broken(line, err)
		case line > Most:
			return Fault{line, "", "", TooMany, ""}
		}
		r, faults := row(names, cells)
		for i := range faults {
			faults[i].Record, faults[i].ID = line, r.ID
		}
		if err := take(line, r, faults); err != nil {
			return err
		}
	}
}

// row reads one line. A text that is empty is no text in that language.
func row(names, cells []string) (r Record, faults []Fault) {
	r = Record{What: map[string]string{}, Conditions: map[string]string{}}
	if len(cells) > len(names) {
		faults = append(faults, Fault{What: Odd, Value: shown(strings.Join(cells[len(names):], ", "))})
	}
	for i, name := range names {
		if i >= len(cells) {
			break
		}
		cell := strings.Clone(cells[i])
		if !utf8.ValidString(cell) {
			faults = append(faults, Fault{Field: name, What: Encoding, Value: shown(cell)})
			continue
		}
		if cell = unsafe(cell); cell != "" {
			r.cell(name, cell)
		}
	}
	return r, faults
}

// cell puts a cell under the name of its column.
func (r *Record) cell(name, value string) bool {
	switch name {
	case "name":
		r.Name = value
	case "also":
		r.Also = value
	case "phone":
		r.Phone = value
	case "verified_on":
		r.VerifiedOn = value
	case "languages":
		r.Languages = strings.FieldsFunc(value, func(c rune) bool { return c == ' ' || c == ',' || c == ';' })
	default:
		return r.set(name, value)
	}
	return true
}

// separator is the sign that stands most often in the first line.
func separator(start []byte) rune {
	line, _, _ := bytes.Cut(start, []byte("\n"))
	best, most := ',', bytes.Count(line, []byte(","))
	for _, other := range ";\t" {
		if n := bytes.Count(line, []byte(string(other))); n > most {
			best, most = other, n
		}
	}
	return best
}
