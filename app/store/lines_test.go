package store_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"portico/app/store"
	"portico/app/store/storetest"
)

// TestWeeksThatWereDecidedAsAWholeBecomeLines brings a database with a week in each state
// over the migration that decides hours line by line: no minute is lost or won.
func TestWeeksThatWereDecidedAsAWholeBecomeLines(t *testing.T) {
	ctx := context.Background()
	address, dialect := store.Address{SQLite: filepath.Join(t.TempDir(), "old.db")}, goose.DialectSQLite3
	if storetest.Postgres() {
		address, dialect = store.Address{Postgres: storetest.FreshPostgres(t)}, goose.DialectPostgres
	}
	s, err := store.Open(address, store.RealClock(time.UTC), slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	raw, err := s.SQL()
	if err != nil {
		t.Fatal(err)
	}
	if storetest.Postgres() { // a fresh one is up to date already
		for _, statement := range []string{"DROP SCHEMA public CASCADE", "CREATE SCHEMA public"} {
			if err := s.DB.Exec(statement).Error; err != nil {
				t.Fatal(err)
			}
		}
	}
	provider, err := goose.NewProvider(dialect, raw, store.Migrations(storetest.Postgres()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(ctx, 20); err != nil {
		t.Fatal(err)
	}
	exec := func(statement string, args ...any) {
		t.Helper()
		if err := s.DB.Exec(statement, args...).Error; err != nil {
			t.Fatalf("%v in %s", err, statement)
		}
	}
	weeks := []struct {
		state    string
		approved int
		want     string // states and approved minutes of the lines of 60, 90 and 30 minutes
	}{
		{"open", 0, "open 0, open 0, open 0"}, {"closed", 0, "closed 0, closed 0, closed 0"}, {"approved", 180, "approved 60, approved 90, approved 30"},
		{"cut", 100, "approved 60, cut 40, cut 0"}, {"disputed", 150, "approved 60, approved 90, disputed 0"}, {"paid", 100, "paid 60, paid 40, cut 0"},
	}
	her, boss, words, ids := store.NewID(), store.NewID(), store.NewID(), make([]store.ID, len(weeks))
	for i, w := range weeks {
		ids[i] = store.NewID()
		var day any
		if w.state == "paid" {
			day = "2026-03-09"
		}
		exec("INSERT INTO work_weeks (id, account_id, monday, state, closed_day, closed_minutes, decided_by, decided_day, approved_minutes, reason_id, dispute_until, dispute_id, paid_by, paid_day, paid_reference) VALUES (?, ?, ?, ?, '2026-02-01', 180, ?, '2026-02-02', ?, ?, '2026-02-16', NULL, ?, ?, '2026-10')",
			ids[i], her, fmt.Sprintf("2026-01-%02d", i+1), w.state, boss, w.approved, words, boss, day)
		for n, minutes := range []int{60, 90, 30} {
			exec("INSERT INTO work_lines (id, week_id, account_id, day, kind, minutes) VALUES (?, ?, ?, ?, 'forum', ?)", store.NewID(), ids[i], her, fmt.Sprintf("2026-01-%02d", n+10), minutes)
		}
	}
	if err := s.Migrate(ctx); err != nil {
		t.Fatal(err)
	}
	for i, w := range weeks {
		var lines []struct {
			State           string
			ApprovedMinutes int
		}
		if err := s.DB.Raw("SELECT state, approved_minutes FROM work_lines WHERE week_id = ? ORDER BY day", ids[i]).Scan(&lines).Error; err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, l := range lines {
			got += fmt.Sprintf(", %s %d", l.State, l.ApprovedMinutes)
		}
		if got != ", "+w.want {
			t.Errorf("a week that was %s has the lines%s; want %s", w.state, got, w.want)
		}
	}
	var paid, rest int
	if err := s.DB.Raw("SELECT COUNT(*) FROM payments p JOIN work_lines l ON l.payment_id = p.id WHERE p.minutes = 100 AND p.day = '2026-03-09' AND p.reference = '2026-10'").Scan(&paid).Error; err != nil || paid != 2 {
		t.Errorf("%d lines have the payment, %v; want two", paid, err)
	}
	if err := s.DB.Raw("SELECT COUNT(*) FROM work_lines WHERE reason_id IS NOT NULL").Scan(&rest).Error; err != nil || rest != 5 {
		t.Errorf("%d lines have a reason, %v; want those that were cut", rest, err)
	}
}
