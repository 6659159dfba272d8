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
	if !Postgres() {
		return store.Address{SQLite: filepath.Join(folder, "portico.db")}
	}
	return store.Address{Postgres: FreshPostgres(t)}
}

var (
	serial   atomic.Int64
	template struct {
		sync.Once
		name string
		err  error
	}
)

// FreshPostgres makes a migrated database and returns its address. One template per test
// program keeps each further database at a few milliseconds.
func FreshPostgres(t testing.TB) string {
	t.Helper()
	template.Do(func() { template.name, template.err = makeTemplate() })
	if template.err != nil {
		t.Fatalf("make the template database: %v", template.err)
	}
	name := fmt.Sprintf("test_%d_%d", os.Getpid(), serial.Add(1))
	if err := admin("CREATE DATABASE " + name + " TEMPLATE " + template.name); err != nil {
		t.Fatalf("make a fresh database: %v", err)
	}
	t.Cleanup(func() {
		if err := admin("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"); err != nil {
			t.Errorf("drop the database: %v", err)
		}
	})
	return withDatabase(name)
}

func makeTemplate() (string, error) {
	name := fmt.Sprintf("template_%d", os.Getpid())
	if err := admin("CREATE DATABASE " + name); err != nil {
		return "", err
	}
	s, err := store.Open(store.Address{Postgres: withDatabase(name)}, store.RealClock(time.UTC), slog.Default())
	if err != nil {
		return "", err
	}
	if err := s.Migrate(context.Background()); err != nil {
		return "", err
	}
	return name, s.Close()
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
