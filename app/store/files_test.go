package store_test

import (
	"bytes"
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"testing"

	"gorm.io/gorm"

	"portico/app/store"
	"portico/app/store/storetest"
)

// do runs statements in one transaction; each must touch a row.
func do(t *testing.T, db *storetest.DB, statements ...[]any) {
	t.Helper()
	err := db.Tx(context.Background(), func(tx *gorm.DB) error {
		for _, s := range statements {
			result := tx.Exec(s[0].(string), s[1:]...)
			if result.Error != nil {
				t.Errorf("%s", s[0])
				return result.Error
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// found names the files beside the database that hold the text.
func found(t *testing.T, folder, text string) (files []string) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(folder, "portico.db*"))
	if err != nil || len(all) == 0 {
		t.Fatalf("no database file in %s: %v", folder, err)
	}
	for _, file := range all {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte(text)) {
			files = append(files, filepath.Base(file))
		}
	}
	return files
}

// onSQLite opens a fresh database for a test about SQLite's own files. On the other engine
// there is nothing to look at, and ok is false.
func onSQLite(t *testing.T) (db *storetest.DB, ok bool) {
	t.Helper()
	if storetest.Postgres() {
		return nil, false
	}
	return storetest.New(t), true
}

func walSize(t *testing.T, db *storetest.DB) int64 {
	t.Helper()
	info, err := os.Stat(db.Address.SQLite + "-wal")
	if os.IsNotExist(err) {
		return 0
	}
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func TestACheckpointLeavesAnEmptyLogOfWrites(t *testing.T) {
	db, ok := onSQLite(t)
	if !ok {
		return
	}
	do(t, db, []any{"INSERT INTO site (name, value) VALUES ('a', ?)", []byte(canary)})
	if walSize(t, db) == 0 {
		t.Fatal("the write-ahead log is empty before the checkpoint: the test shows nothing")
	}
	if err := db.Checkpoint(context.Background()); err != nil {
		t.Fatal(err)
	}
	if n := walSize(t, db); n != 0 {
		t.Errorf("the write-ahead log holds %d bytes after the checkpoint", n)
	}
}

func TestAClosedDatabaseKeepsNoLogOfWrites(t *testing.T) {
	db, ok := onSQLite(t)
	if !ok {
		return
	}
	second, err := store.Open(db.Address, db.Clock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	do(t, db, []any{"INSERT INTO site (name, value) VALUES ('a', ?)", []byte(canary)})
	if err := second.Close(); err != nil {
		t.Fatal(err)
	}
	if n := walSize(t, db); n != 0 {
		t.Errorf("the write-ahead log holds %d bytes after closing", n)
	}
}

func TestDeletedWordsAreInNoFile(t *testing.T) {
	ctx := context.Background()
	db, ok := onSQLite(t)
	if !ok {
		return
	}
	const word, boxed, named = "zimtsternwort", "PLAINBOXCANARY", "namedcanary"
	topic, post, tag := store.NewID(), store.NewID(), store.NewID()
	var many [][]any
	for range 200 { // neighbours, so that the rows do not lie alone on their pages
		many = append(many, []any{"INSERT INTO boxes (addr, box, keep_until) VALUES (?, ?, '2031Q1')", store.NewID(), bytes.Repeat([]byte{9}, 600)})
	}
	do(t, db, many...)
	do(t, db,
		[]any{"INSERT INTO boards (slug, audience, position, archived) VALUES ('home', 'public', 1, FALSE)"},
		[]any{"INSERT INTO topics (id, board, title, lang, warning, state, pinned, listed, shown, last_no, last_day) VALUES (?, 'home', 'Tea', 'en', '', 'open', FALSE, TRUE, 1, 1, '2026-03-07')", topic},
		[]any{"INSERT INTO voices (topic_id, tag, name, closed, lang, board_out) VALUES (?, ?, ?, FALSE, 'en', FALSE)", topic, tag, named},
		[]any{`INSERT INTO posts (id, topic_id, no, tag, badge, handle, body, html, toks, lang, day, edited, version, state, nonce_hash, search_id)
			VALUES (?, ?, 1, ?, '', '', ?, ?, ?, 'en', '2026-03-07', FALSE, 1, 'shown', ?, 77)`, post, topic, tag, "Words: " + word, "<p>" + word, word + " tea", post},
		[]any{"INSERT INTO post_words (rowid, toks) VALUES (77, ?)", word + " tea"},
		[]any{"INSERT INTO boxes (addr, box, keep_until) VALUES (?, ?, '2031Q1')", tag, bytes.Repeat([]byte(boxed), 200)},
	)
	if err := db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{word, boxed, named} {
		if len(found(t, db.Folder, text)) == 0 {
			t.Fatalf("%s stands in no file while it is there: the test shows nothing", text)
		}
	}
	do(t, db,
		[]any{"INSERT INTO post_words (post_words, rowid, toks) VALUES ('delete', 77, ?)", word + " tea"},
		[]any{"DELETE FROM posts WHERE id = ?", post},
		[]any{"DELETE FROM voices WHERE tag = ?", tag},
		[]any{"DELETE FROM boxes WHERE addr = ?", tag},
	)
	if err := db.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{word, boxed, named} {
		if files := found(t, db.Folder, text); len(files) > 0 {
			t.Errorf("%s was deleted and still stands in %v", text, files)
		}
	}
}

func TestNoTemporaryFileIsMade(t *testing.T) {
	db, ok := onSQLite(t)
	if !ok {
		return
	}
	if err := db.Shuffle(context.Background()); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(db.Folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		switch e.Name() {
		case "portico.db", "portico.db-wal", "portico.db-shm", "secrets.key":
		default:
			t.Errorf("the folder holds %s", e.Name())
		}
	}
}
