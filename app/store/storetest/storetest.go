// Package storetest gives each test a fresh, migrated database and a clock that stands
// still until the test moves it, people who come in as they do on the pages, and a thief's
// look at the disk. Only test files import it.
//
// With TEST_PG_DSN set the database is PostgreSQL, otherwise SQLite: the same tests run on
// both, one engine after the other.
package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	_ "github.com/jackc/pgx/v5/stdlib" // the plain driver, for creating databases

	"portico/app/store"
	"portico/app/vault"
)

// DB is a fresh database with all that a test may want to look at.
type DB struct {
	*store.Store
	// Folder holds the SQLite file and what a server would put beside it.
	Folder string
	// Address is where the database is, to open it a second time.
	Address store.Address
	// Server holds the secrets, and Salt the site's salt.
	Server *vault.Server
	Salt   []byte
	// Clock is the clock of the store; moving it moves every service.
	Time *Clock
	// Logs collects what the store logs.
	Logs *bytes.Buffer
}

// Clock stands still until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now is the present moment.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock.
func (c *Clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Start is when every test begins: a night in March.
var Start = time.Date(2026, 3, 7, 3, 30, 0, 0, time.UTC)

// New opens a fresh database for the test and removes it afterwards.
func New(t testing.TB) *DB {
	t.Helper()
	db := &DB{Folder: t.TempDir(), Time: &Clock{now: Start}, Logs: &bytes.Buffer{}}
	clock := store.Clock{Now: db.Time.Now, Zone: time.UTC}
	db.Address = address(t, db.Folder)
	var err error
	db.Store, err = store.Open(db.Address, clock, slog.New(slog.NewTextHandler(&lockedWriter{w: db.Logs}, nil)))
	if err != nil {
		t.Fatalf("open a fresh database: %v", err)
	}
	t.Cleanup(func() { _ = db.Store.Close() })
	ctx := context.Background()
	if err := db.Migrate(ctx); err != nil {
		t.Fatalf("migrate a fresh database: %v", err)
	}
	if db.Server, err = vault.CreateServer(filepath.Join(db.Folder, "secrets.key")); err != nil {
		t.Fatal(err)
	}
	if db.Salt, err = db.Claim(ctx, db.Server); err != nil {
		t.Fatal(err)
	}
	return db
}

// Postgres reports which engine the tests run on.
func Postgres() bool { return os.Getenv("TEST_PG_DSN") != "" }

func address(t testing.TB, folder string) store.Address {
	t.Helper()
	if Postgres() {
		return store.Address{Postgres: FreshPostgres(t)}
	}
	file, err := migratedFile()
	if err != nil {
		t.Fatalf("make the template database: %v", err)
	}
	to := store.Address{SQLite: filepath.Join(folder, "portico.db")}
	if err := os.WriteFile(to.SQLite, file, 0o600); err != nil {
		t.Fatalf("make a fresh database: %v", err)
	}
	return to
}

// One migrated database per test program, on either engine, keeps each further one at a few
// milliseconds: to migrate is by far the dearest step of a small test.
var (
	serial       atomic.Int64
	migratedFile = sync.OnceValues(migrateFile)
	migratedName = sync.OnceValues(migrateName)
)

// FreshPostgres makes a migrated database and returns its address.
func FreshPostgres(t testing.TB) string {
	t.Helper()
	name, err := migratedName()
	if err != nil {
		t.Fatalf("make the template database: %v", err)
	}
	return CopyPostgres(t, withDatabase(name))
}

// KeptPostgres makes a migrated database that stays as long as the test program's cluster,
// to be filled once and copied for each test.
func KeptPostgres(purpose string) (address string, err error) {
	from, err := migratedName()
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("%s_%d", purpose, os.Getpid())
	return withDatabase(name), admin("CREATE DATABASE " + name + " TEMPLATE " + from)
}

// CopyPostgres copies a database to which nobody is connected, and returns the address of
// the copy. It is removed after the test.
func CopyPostgres(t testing.TB, from string) string {
	t.Helper()
	settings, err := pgx.ParseConfig(from)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), serial.Add(1))
	if err := admin("CREATE DATABASE " + name + " TEMPLATE " + settings.Database); err != nil {
		t.Fatalf("make a fresh database: %v", err)
	}
	t.Cleanup(func() {
		if err := admin("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("drop the database: %v", err)
		}
	})
	return withDatabase(name)
}

func migrateName() (string, error) {
	name := fmt.Sprintf("template_%d", os.Getpid())
	if err := admin("CREATE DATABASE " + name); err != nil {
		return "", err
	}
	return name, migrate(store.Address{Postgres: withDatabase(name)})
}

// migrateFile is the content of the file: the folder of the first test does not outlive it.
func migrateFile() ([]byte, error) {
	folder, err := os.MkdirTemp("", "portico-template-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	file := filepath.Join(folder, "portico.db")
	if err := migrate(store.Address{SQLite: file}); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}

// migrate brings a database to the present schema and closes it.
func migrate(where store.Address) error {
	s, err := store.Open(where, store.RealClock(time.UTC), slog.Default())
	if err != nil {
		return err
	}
	return errors.Join(s.Migrate(context.Background()), s.Close())
}

func admin(statement string) error {
	db, err := sql.Open("pgx", os.Getenv("TEST_PG_DSN"))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

// withDatabase is the administrator's address with another database name, in either form
// that PostgreSQL's drivers know.
func withDatabase(name string) string {
	dsn := os.Getenv("TEST_PG_DSN")
	if strings.Contains(dsn, "://") {
		u, err := url.Parse(dsn)
		if err != nil {
			return dsn
		}
		u.Path = "/" + name
		return u.String()
	}
	var words []string
	for _, word := range strings.Fields(dsn) {
		if !strings.HasPrefix(word, "dbname=") {
			words = append(words, word)
		}
	}
	return strings.Join(append(words, "dbname="+name), " ")
}

// lockedWriter lets several goroutines log into one buffer.
type lockedWriter struct {
	mu sync.Mutex
	w  *bytes.Buffer
}

func (l *lockedWriter) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
