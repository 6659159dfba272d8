package backup

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// read hands every row of a table to fn, in the order of its key. Text is ordered by its bytes
// on both engines, so that the same content is always the same stream.
func (t table) read(ctx context.Context, tx *sql.Tx, postgres bool, fn func([]any) error) error {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = quoted(c.Name)
	}
	order := t.key
	if len(order) == 0 {
		for _, c := range t.columns {
			order = append(order, c.Name)
		}
	}
	by := make([]string, len(order))
	for i, name := range order {
		by[i] = quoted(name)
		if postgres && t.columns[t.at(name)].Kind == ofText {
			by[i] += ` COLLATE "C"`
		}
	}
	question := "SELECT " + strings.Join(names, ", ") + " FROM " + quoted(t.name) + " ORDER BY " + strings.Join(by, ", ")
	found, row := make([]any, len(t.columns)), make([]any, len(t.columns))
	for i := range found {
		row[i] = &found[i]
	}
	return each(ctx, tx, question, func(scan func(...any) error) error {
		if err := scan(row...); err != nil {
			return err
		}
		values := make([]any, len(found))
		for i, v := range found {
			var err error
			if values[i], err = plain(v, t.columns[i].Kind); err != nil {
				return fmt.Errorf("%s.%s: %w", t.name, t.columns[i].Name, err)
			}
		}
		return fn(values)
	})
}

// The most that one statement writes: values, which both engines limit, and bytes, so that a
// table of recordings does not fill the memory.
const (
	mostValues = 4000
	mostBytes  = 4 << 20
)

// inserter writes rows into one table, many in one statement.
type inserter struct {
	tx       *sql.Tx
	postgres bool
	table    table
	waiting  []any
	bytes    int
}

// add takes a row, and writes when enough have come together.
func (w *inserter) add(ctx context.Context, row []any) error {
	w.waiting = append(w.waiting, row...)
	for _, v := range row {
		switch v := v.(type) {
		case []byte:
			w.bytes += len(v)
		case string:
			w.bytes += len(v)
		}
	}
	if len(w.waiting)+len(row) > mostValues || w.bytes > mostBytes {
		return w.flush(ctx)
	}
	return nil
}

// flush writes what waits.
func (w *inserter) flush(ctx context.Context) error {
	if len(w.waiting) == 0 {
		return nil
	}
	var b strings.Builder
	b.WriteString("INSERT INTO " + quoted(w.table.name) + " (")
	for i, c := range w.table.columns {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(quoted(c.Name))
	}
	b.WriteString(") VALUES ")
	width := len(w.table.columns)
	for i := range w.waiting {
		switch {
		case i == 0:
			b.WriteString("(")
		case i%width == 0:
			b.WriteString("), (")
		default:
			b.WriteString(", ")
		}
		b.WriteString(w.place(i + 1))
	}
	b.WriteString(")")
	_, err := w.tx.ExecContext(ctx, b.String(), w.waiting...)
	w.waiting, w.bytes = slices.Delete(w.waiting, 0, len(w.waiting)), 0
	if err != nil {
		return fmt.Errorf("write into %s: %w", w.table.name, err)
	}
	return nil
}

func (w *inserter) place(n int) string { return place(w.postgres, n) }

// place is how a statement names its nth value.
func place(postgres bool, n int) string {
	if postgres {
		return fmt.Sprintf("$%d", n)
	}
	return "?"
}

// quoted is a name as both engines read it. Names come from the schema or were compared with it.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }
