package seed_test

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"portico/app/store/storetest"
)

// dump reads every value of every table as text.
func dump(t *testing.T, db *storetest.DB) string {
	t.Helper()
	raw, err := db.SQL()
	if err != nil {
		t.Fatal(err)
	}
	list := "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
	if storetest.Postgres() {
		list = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY table_name"
	}
	var all strings.Builder
	tables := values(t, raw, list)
	if len(tables) < 15 {
		t.Fatalf("only the tables %v were found", tables)
	}
	for _, table := range tables {
		rows := values(t, raw, "SELECT * FROM "+table)
		slices.Sort(rows)
		fmt.Fprintf(&all, "%s\n%s\n", table, strings.Join(rows, "\n"))
	}
	return all.String()
}

// values reads the rows of a query, each as one line.
func values(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		cells, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		words := make([]string, len(cells))
		for i, cell := range cells {
			words[i] = string(cell)
		}
		lines = append(lines, strings.Join(words, "|"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}
