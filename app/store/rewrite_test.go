package store_test

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"portico/app/store"
)

// TestWritingTheForumsTablesAnewKeepsEveryRow brings a database with a talk over the
// migration that drops and rewrites boards, topics, voices and posts on SQLite.
func TestWritingTheForumsTablesAnewKeepsEveryRow(t *testing.T) {
	ctx := context.Background()
	address := store.Address{SQLite: filepath.Join(t.TempDir(), "old.db")}
	s, err := store.Open(address, store.RealClock(time.UTC), slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	raw, err := s.SQL()
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(goose.DialectSQLite3, raw, store.Migrations(false))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(ctx, 13); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"INSERT INTO boards (slug, audience, position, archived) VALUES ('home', 'public', 1, FALSE)",
		"INSERT INTO board_texts VALUES ('home', 'en', 'Home', 'Start here')",
		"INSERT INTO topics VALUES (x'01', 'home', 'A talk', 'en', '', 'open', FALSE, TRUE, 1, 1, '2026-03-07')",
		"INSERT INTO voices VALUES (x'01', x'02', 'Quiet Heron', NULL, NULL, FALSE, 'en')",
		"INSERT INTO posts VALUES (x'03', x'01', 1, x'02', NULL, '', '', 'words', '<p>words</p>', 'words', 'en', '2026-03-07', FALSE, 1, 'shown', x'04', 42)",
		"INSERT INTO post_words (rowid, toks) VALUES (42, 'words')",
	} {
		if err := s.DB.Exec(statement).Error; err != nil {
			t.Fatalf("%v in %s", err, statement)
		}
	}
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	var name string
	err = s.DB.Raw(`SELECT v.name FROM posts p JOIN voices v ON v.topic_id = p.topic_id AND v.tag = p.tag JOIN topics t ON t.id = p.topic_id
		JOIN board_texts b ON b.board = t.board WHERE NOT v.board_out AND p.search_id IN (SELECT rowid FROM post_words WHERE post_words MATCH 'words')`).Scan(&name).Error
	if err != nil || name != "Quiet Heron" {
		t.Errorf("the talk reads %q, %v", name, err)
	}
	if err := s.DB.Exec("INSERT INTO topics VALUES (x'05', 'nowhere', 'A talk', 'en', '', 'open', FALSE, TRUE, 1, 1, '2026-03-07')").Error; err == nil {
		t.Error("a talk on a board that does not exist is taken")
	}
	if err := s.DB.Exec("INSERT INTO boards (slug, audience, position, archived) VALUES ('g', 'group', 1, FALSE)").Error; err != nil {
		t.Errorf("a group's board: %v", err)
	}
	var broken int
	if err := s.DB.Raw("SELECT COUNT(*) FROM pragma_foreign_key_check").Scan(&broken).Error; err != nil || broken != 0 {
		t.Errorf("%d rows lead nowhere, %v", broken, err)
	}
}
