package store_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/store"
	"portico/app/store/storetest"
)

// bare takes away what rows of a table ask of other tables and of their values, so that a
// test can plant a row in each table by the schema alone.
func bare(t *testing.T, db *gorm.DB) {
	t.Helper()
	if !storetest.Postgres() {
		for _, off := range []string{"PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON"} {
			if err := db.Exec(off).Error; err != nil {
				t.Fatal(err)
			}
		}
		return
	}
	var drops []string
	if err := db.Raw(`SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || conname FROM pg_constraint
		WHERE contype IN ('c', 'f') AND connamespace = current_schema()::regnamespace`).Scan(&drops).Error; err != nil {
		t.Fatal(err)
	}
	for _, drop := range drops {
		if err := db.Exec(drop).Error; err != nil {
			t.Fatal(err)
		}
	}
}

// plant writes one row whose deciding column holds a value; the others hold something.
func plant(t *testing.T, db *gorm.DB, columns []store.Column, table, decides, value string) {
	t.Helper()
	var names, marks []string
	var values []any
	for _, c := range columns {
		if c.Table != table {
			continue
		}
		names, marks = append(names, `"`+c.Name+`"`), append(marks, "?")
		kind := strings.ToUpper(c.Type)
		switch {
		case c.Name == decides:
			values = append(values, value)
		case kind == "BLOB" || kind == "BYTEA":
			id := store.NewID()
			values = append(values, store.Bytes(id[:]))
		case kind == "BOOLEAN":
			values = append(values, false)
		case strings.Contains(kind, "INT"):
			values = append(values, len(values))
		default:
			values = append(values, store.NewID().String())
		}
	}
	if err := db.Exec("INSERT INTO "+table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.Join(marks, ", ")+")", values...).Error; err != nil {
		t.Fatalf("%s: %v", table, err)
	}
}

// TestAfterTheLongestTermEachPlantedRowIsGone plants a row in every table that is cleaned by
// time, lets the night before its end leave it and the night after its end delete it.
func TestAfterTheLongestTermEachPlantedRowIsGone(t *testing.T) {
	db := storetest.New(t)
	ctx := context.Background()
	columns, err := db.Columns(ctx)
	if err != nil {
		t.Fatal(err)
	}
	terms := append(store.Terms(),
		store.Term{Table: "boxes", Column: "keep_until", Format: "quarter"}, store.Term{Table: "accounts", Column: "keep_until", Format: "half"})
	longest := 0
	if err := db.DB.Connection(func(one *gorm.DB) error {
		bare(t, one)
		for _, term := range terms {
			longest = max(longest, term.Months)
			value := db.Clock.Now().UTC().AddDate(0, 0, 1).Format(term.Format)
			switch term.Format {
			case "quarter":
				value = db.Quarter(0)
			case "half":
				value = db.Half(0)
			}
			plant(t, one, columns, term.Table, term.Column, value)
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	count := func(table string) (n int64) {
		if err := db.DB.Table(table).Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	if day, err := db.RetainedOn(ctx); err != nil || day != "" {
		t.Errorf("the nightly work ran on %q, %v", day, err)
	}
	for range 2 { // a second night changes nothing
		if err := db.Retain(ctx); err != nil {
			t.Fatal(err)
		}
	}
	for _, term := range terms {
		if count(term.Table) != 1 {
			t.Errorf("%s: the row is gone before its time", term.Table)
		}
	}
	db.Time.Advance(time.Duration(longest*31+200) * 24 * time.Hour)
	if err := db.Retain(ctx); err != nil {
		t.Fatal(err)
	}
	for _, term := range terms {
		if n := count(term.Table); n != 0 {
			t.Errorf("%s: %d rows are there after their time", term.Table, n)
		}
	}
	if day, err := db.RetainedOn(ctx); err != nil || day != db.Today() {
		t.Errorf("the nightly work ran on %q, %v", day, err)
	}
}
