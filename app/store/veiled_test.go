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

// TestWhoWasInLowProfileStaysHidden brings a database with two profiles and an assessment
// over the migration that lets every area ask who is in low profile.
func TestWhoWasInLowProfileStaysHidden(t *testing.T) {
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
	if _, err := provider.UpTo(ctx, 20); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		"INSERT INTO profiles (account_id, state, low, work_kind) VALUES (x'01', 'hidden', TRUE, ''), (x'02', 'shown', FALSE, 'fixed')",
		"INSERT INTO profile_fields VALUES (x'02', 'name', 'public', 'Juni')",
		"INSERT INTO risks VALUES (x'03', x'02', x'02', '2026-03-07', '2027-03-07', x'04')",
	} {
		if err := s.DB.Exec(statement).Error; err != nil {
			t.Fatalf("%v in %s", err, statement)
		}
	}
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := s.DB.Raw("SELECT COUNT(*) FROM veils WHERE account_id = x'01' AND level = 'low'").Scan(&n).Error; err != nil || n != 1 {
		t.Errorf("who was in low profile stands %d times, %v; want once", n, err)
	}
	if err := s.DB.Raw("SELECT COUNT(*) FROM veils").Scan(&n).Error; err != nil || n != 1 {
		t.Errorf("%d people are veiled, %v; want one", n, err)
	}
	err = s.DB.Raw(`SELECT COUNT(*) FROM profiles p JOIN profile_fields f ON f.account_id = p.account_id AND f.words = 'Juni'
		JOIN risks r ON r.account_id = p.account_id AND r.number = 0 AND r.review_day = '2027-03-07' WHERE p.state = 'shown'`).Scan(&n).Error
	if err != nil || n != 1 {
		t.Errorf("the shown profile is found %d times, %v; want once, as it was", n, err)
	}
}
