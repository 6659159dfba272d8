package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"portico/app/store"
	"portico/app/store/storetest"
)

// rowsOf returns every row of a table in one text each, sorted.
func rowsOf(t *testing.T, db *storetest.DB, table string) []string {
	t.Helper()
	rows, err := db.DB.Raw("SELECT * FROM " + table).Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for rows.Next() {
		cells := make([]any, len(columns))
		for i := range cells {
			cells[i] = new(any)
		}
		if err := rows.Scan(cells...); err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for i, cell := range cells {
			fmt.Fprintf(&b, "%s=%v ", columns[i], *cell.(*any))
		}
		texts = append(texts, b.String())
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(texts)
	return texts
}

// fill writes n people with their rows, each in a transaction of its own.
func fill(t *testing.T, db *storetest.DB, n int) {
	t.Helper()
	do(t, db, []any{"INSERT INTO boards (slug, audience, position, archived) VALUES ('home', 'public', 1, FALSE)"})
	for i := range n {
		id := store.NewID()
		bytes := []byte{1, byte(i)}
		do(t, db,
			[]any{"INSERT INTO accounts (id, salt, lookup, kdf, sealed, gen, keep_until) VALUES (?, ?, ?, 1, ?, ?, '2031H1')", id, bytes, id, bytes, bytes},
			[]any{"INSERT INTO sessions (id, owner, label_box, box, ends) VALUES (?, ?, ?, ?, '2026-03-09T04')", id, bytes, bytes, bytes})
		do(t, db, []any{"INSERT INTO boxes (addr, box, keep_until) VALUES (?, ?, '2031Q1')", id, bytes})
		do(t, db,
			[]any{"INSERT INTO topics (id, board, title, lang, warning, state, pinned, listed, shown, last_no, last_day) VALUES (?, 'home', 'Tea', 'en', '', 'open', FALSE, TRUE, 1, 1, '2026-03-07')", id},
			[]any{"INSERT INTO voices (topic_id, tag, name, closed, lang, board_out) VALUES (?, ?, 'Quiet Heron', FALSE, 'en', FALSE)", id, id},
			[]any{`INSERT INTO posts (id, topic_id, no, tag, badge, handle, body, html, toks, lang, day, edited, version, state, nonce_hash, search_id)
				VALUES (?, ?, 1, ?, '', '', 'Words', '<p>', 'words', 'en', '2026-03-07', FALSE, 1, 'shown', ?, ?)`, id, id, id, id, i + 1})
	}
}

func TestShufflingKeepsEveryRow(t *testing.T) {
	db := storetest.New(t)
	const people = 25
	fill(t, db, people)
	tables := []string{"accounts", "sessions", "boxes", "voices", "posts", "topics"}
	before := map[string][]string{}
	for _, table := range tables {
		if before[table] = rowsOf(t, db, table); len(before[table]) != people {
			t.Fatalf("%s has %d rows", table, len(before[table]))
		}
	}
	for range 2 {
		if err := db.Shuffle(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	for _, table := range tables {
		if after := rowsOf(t, db, table); !slices.Equal(before[table], after) {
			t.Errorf("%s changed: %d rows before, %d after", table, people, len(after))
		}
	}
}

func TestShufflingTakesTheOrderOfWritingOutOfPostgreSQL(t *testing.T) {
	db := storetest.New(t)
	if !storetest.Postgres() {
		return // SQLite's rows have no hidden columns
	}
	fill(t, db, 25)
	tables := []string{"accounts", "sessions", "boxes", "voices", "posts"}
	transactions := func(table string) (n int) {
		if err := db.DB.Raw("SELECT count(DISTINCT xmin::text) FROM " + table).Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, table := range tables {
		if n := transactions(table); n < 2 {
			t.Fatalf("%s carries %d transaction numbers before: the test shows nothing", table, n)
		}
	}
	if err := db.Shuffle(context.Background()); err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		if n := transactions(table); n != 1 {
			t.Errorf("%s carries %d transaction numbers; want one for all", table, n)
		}
		var key = map[string]string{"boxes": "addr", "voices": "topic_id"}[table]
		if key == "" {
			key = "id"
		}
		var inOrder bool
		if err := db.DB.Raw("SELECT array_agg(" + key + " ORDER BY ctid) = array_agg(" + key + " ORDER BY " + key + ") FROM " + table).Scan(&inOrder).Error; err != nil {
			t.Fatal(err)
		}
		if !inOrder {
			t.Errorf("the rows of %s do not lie in the order of their random keys", table)
		}
	}
}

func TestRetentionDeletesWhatIsDueAndNothingElse(t *testing.T) {
	db := storetest.New(t) // it is 03:30 on 7 March 2026
	marks := map[string]struct{ gone, stays []string }{
		"sessions":   {[]string{"2025-12-31T23", "2026-03-06T23", "2026-03-07T02"}, []string{"2026-03-07T03", "2026-03-07T04", "2026-04-01T00"}},
		"role_links": {[]string{"2026-03-07T02", "2026-02-28T23"}, []string{"2026-03-07T04", "2027-01-01T00"}},
		"sealed":     {[]string{"2026-02", "2025-12"}, []string{"2026-03", "2026-10", "2027-01"}},
		"boxes":      {[]string{"2025Q4", "2024Q1"}, []string{"2026Q1", "2026Q4", "2031Q1"}},
		"accounts":   {[]string{"2025H2", "2025H1"}, []string{"2026H1", "2026H2", "2031H1"}},
	}
	inserts := map[string]string{
		"sessions":   "INSERT INTO sessions (id, owner, label_box, box, ends) VALUES (@id, @b, @b, @b, @mark)",
		"role_links": "INSERT INTO role_links (token_hash, roles, ends) VALUES (@id, 'peer', @mark)",
		"sealed":     "INSERT INTO sealed (id, kind, box, box_hash, delete_after) VALUES (@id, 'report note', @b, @b, @mark)",
		"boxes":      "INSERT INTO boxes (addr, box, keep_until) VALUES (@id, @b, @mark)",
		"accounts":   "INSERT INTO accounts (id, salt, lookup, kdf, sealed, gen, keep_until) VALUES (@id, @b, @id, 1, @b, @b, @mark)",
	}
	columns := map[string]string{"sessions": "ends", "role_links": "ends", "sealed": "delete_after", "boxes": "keep_until", "accounts": "keep_until"}
	for table, m := range marks {
		for _, mark := range append(slices.Clone(m.gone), m.stays...) {
			id := store.NewID()
			do(t, db, []any{inserts[table], map[string]any{"id": id, "b": []byte{1, 2}, "mark": mark}})
			if table == "sealed" {
				do(t, db, []any{"INSERT INTO sealed_keys (sealed_id, reader_kind, reader_id, epoch, wrap) VALUES (?, 'circle', ?, 1, ?)", id, mark, []byte{1}})
			}
		}
	}
	for range 2 {
		if err := db.Retain(context.Background()); err != nil {
			t.Fatal(err)
		}
	}
	columns["sealed_keys"] = "reader_id"
	marks["sealed_keys"] = marks["sealed"]
	for table, m := range marks {
		var got []string
		if err := db.DB.Table(table).Order(columns[table]).Pluck(columns[table], &got).Error; err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, m.stays) {
			t.Errorf("%s keeps %v; want %v", table, got, m.stays)
		}
	}
}
