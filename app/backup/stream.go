package backup

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
)

// format is the number of this form of the stream.
const format = 1

// longest is how many bytes a line may have: a recording of a page, written as text, is less.
const longest = 64 << 20

// Head is the first line of a stream.
type Head struct {
	Portico string `json:"portico"` // always "backup"
	Format  int    `json:"format"`
	Made    string `json:"made"` // day, in the host's zone
	Schema  int64  `json:"schema"`
	Secrets string `json:"secrets"` // the server's secrets file
}

// Count is what the last line says about one table.
type Count struct {
	Table string `json:"table"`
	Rows  int64  `json:"rows"`
	Sum   string `json:"sha256"`
}

// Contents says what a backup holds.
type Contents struct {
	Head
	Tables []Count
}

// Rows is the number of rows in all tables.
func (c Contents) Rows() (n int64) {
	for _, t := range c.Tables {
		n += t.Rows
	}
	return n
}

// In is the number of rows in one table.
func (c Contents) In(table string) int64 {
	for _, t := range c.Tables {
		if t.Table == table {
			return t.Rows
		}
	}
	return 0
}

// opening is the line before the rows of a table, ending the last line of all.
type opening struct {
	Table   string   `json:"table"`
	Columns []column `json:"columns"`
}

type ending struct {
	Manifest []Count `json:"manifest"`
}

// tally counts and sums the rows of one table.
type tally struct {
	rows int64
	sum  hash.Hash
}

func newTally() *tally { return &tally{sum: sha256.New()} }

func (t *tally) add(line []byte) {
	t.rows++
	t.sum.Write(line) // a hash never returns an error
}

func (t *tally) count(table string) Count {
	return Count{table, t.rows, hex.EncodeToString(t.sum.Sum(nil))}
}

// writer writes the lines of a stream.
type writer struct {
	out      *bufio.Writer
	contents Contents
	tally    *tally
}

func newWriter(out io.Writer, head Head) (*writer, error) {
	w := &writer{out: bufio.NewWriterSize(out, 64<<10), contents: Contents{Head: head}}
	return w, w.say(head)
}

func (w *writer) say(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = w.out.Write(append(text, '\n'))
	return err
}

func (w *writer) begin(t table) error {
	w.tally = newTally()
	return w.say(opening{t.name, t.columns})
}

func (w *writer) row(values []any) error {
	text, err := line(values)
	if err != nil {
		return err
	}
	w.tally.add(text)
	_, err = w.out.Write(text)
	return err
}

func (w *writer) end(t table) { w.contents.Tables = append(w.contents.Tables, w.tally.count(t.name)) }

func (w *writer) close() error {
	return errors.Join(w.say(ending{w.contents.Tables}), w.out.Flush())
}

// ErrDamaged says that a file is no whole backup.
var ErrDamaged = errors.New("the file is damaged or was cut off, and nothing was written: take another copy of it, or the backup before it")

// visitor takes what is read. Every table is begun before its rows.
type visitor interface {
	begin(Head, opening) error
	row(values []any) error
}

// read walks through a whole stream and checks it. Whoever visits must keep nothing of it until
// read has returned without an error: only the last line shows whether all was right.
func read(in io.Reader, v visitor) (Contents, error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 0, 64<<10), longest)
	var c Contents
	if !lines.Scan() || json.Unmarshal(lines.Bytes(), &c.Head) != nil || c.Portico != "backup" {
		return c, damaged(lines.Err(), "its first line")
	}
	if c.Format != format {
		return c, fmt.Errorf("this backup has the form %d, and this program reads the form %d: restore it with the program that wrote it, or a newer one", c.Format, format)
	}
	var now opening
	var sums *tally
	for lines.Scan() {
		text := lines.Bytes()
		if bytes.HasPrefix(text, []byte("[")) && sums != nil {
			row, err := values(text, now.Columns)
			if err != nil {
				return c, damaged(err, "a row of "+now.Table)
			}
			sums.add(append(text, '\n'))
			if err := v.row(row); err != nil {
				return c, err
			}
			continue
		}
		if sums != nil {
			c.Tables = append(c.Tables, sums.count(now.Table))
		}
		var next struct {
			opening
			ending
		}
		if err := json.Unmarshal(text, &next); err != nil {
			return c, damaged(err, "a line between tables")
		}
		if next.Manifest != nil {
			return c, finish(lines, c, next.Manifest)
		}
		if now, sums = next.opening, newTally(); now.Table == "" {
			return c, damaged(nil, "a line between tables")
		}
		if err := v.begin(c.Head, now); err != nil {
			return c, err
		}
	}
	return c, damaged(lines.Err(), "its end")
}

// finish compares the last line with what was read, and reads to the very end: only there the
// seal shows whether something was cut off.
func finish(lines *bufio.Scanner, c Contents, said []Count) error {
	if len(said) != len(c.Tables) {
		return damaged(nil, "the list of tables")
	}
	for i, t := range said {
		if t != c.Tables[i] {
			return damaged(nil, "the rows of "+t.Table)
		}
	}
	if lines.Scan() || lines.Err() != nil {
		return damaged(lines.Err(), "what follows its end")
	}
	return nil
}

func damaged(cause error, where string) error {
	if cause == nil {
		return fmt.Errorf("%w (%s)", ErrDamaged, where)
	}
	return fmt.Errorf("%w (%s: %v)", ErrDamaged, where, cause)
}
