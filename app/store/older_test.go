package store_test

import (
	"context"
	"io"
	"log/slog"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/pressly/goose/v3"

	"portico/app/store"
	"portico/app/store/storetest"
)

// older is a database as an older program left it, on the engine that the tests run on.
type older struct{ *store.Store }

// olderAt makes a database whose schema stands at a version.
func olderAt(t *testing.T, version int64) older {
	t.Helper()
	address, dialect := store.Address{SQLite: filepath.Join(t.TempDir(), "old.db")}, goose.DialectSQLite3
	if storetest.Postgres() {
		address, dialect = store.Address{Postgres: storetest.FreshPostgres(t)}, goose.DialectPostgres
	}
	s, err := store.Open(address, store.RealClock(time.UTC), slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	o := older{s}
	if storetest.Postgres() { // a fresh one is up to date already
		o.do(t, "DROP SCHEMA public CASCADE")
		o.do(t, "CREATE SCHEMA public")
	}
	raw, err := s.SQL()
	if err != nil {
		t.Fatal(err)
	}
	provider, err := goose.NewProvider(dialect, raw, store.Migrations(storetest.Postgres()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(context.Background(), version); err != nil {
		t.Fatal(err)
	}
	return o
}

var hexBytes = regexp.MustCompile(`x'([0-9a-f]+)'`)

// spoken writes bytes as x'0a' the way the engine reads them.
func spoken(statement string) string {
	if !storetest.Postgres() {
		return statement
	}
	return hexBytes.ReplaceAllString(statement, `'\x$1'::bytea`)
}

// do runs a statement; bytes in it stand as x'0a'.
func (o older) do(t *testing.T, statement string, args ...any) {
	t.Helper()
	if err := o.DB.Exec(spoken(statement), args...).Error; err != nil {
		t.Fatalf("%v in %s", err, statement)
	}
}

// counts runs a question that counts.
func (o older) counts(t *testing.T, question string) (n int) {
	t.Helper()
	if err := o.DB.Raw(spoken(question)).Scan(&n).Error; err != nil {
		t.Fatalf("%v in %s", err, question)
	}
	return n
}

// update brings it up to date.
func (o older) update(t *testing.T) {
	t.Helper()
	if err := o.Migrate(context.Background()); err != nil {
		t.Fatal(err)
	}
}
