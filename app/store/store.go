package store

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net/url"
	"runtime"
	"sync"
	"time"

	"github.com/glebarez/sqlite"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// Store is an open database with its clock.
type Store struct {
	// DB is for reading; writing goes through Tx.
	DB *gorm.DB
	Clock
	postgres bool
	// writing lets one SQLite transaction run at a time: waiting here is fair and free,
	// while SQLite's own busy wait polls.
	writing *sync.Mutex
	changes *changes
	// replicas are copies that pages may be read from, nil where there is none.
	replicas *replicas
}

// At returns the same database under another clock, for building a past that people can
// look at: the demonstration's conversations begin weeks ago.
func (s *Store) At(now func() time.Time) *Store {
	other := *s
	other.Clock.Now = now
	return &other
}

// Address says where the database is: exactly one of the first two is set.
type Address struct {
	SQLite   string   // path of the file
	Postgres string   // postgres:// address
	Replicas []string // postgres:// addresses of streaming replicas, for reading pages
}

// Open opens the database without touching its schema.
func Open(address Address, clock Clock, log *slog.Logger) (*Store, error) {
	config := &gorm.Config{
		Logger:                 quietLogger{log},
		TranslateError:         true,
		SkipDefaultTransaction: true,
		NowFunc:                clock.Time,
		DisableAutomaticPing:   true,
	}
	if address.Postgres != "" {
		config.PrepareStmt = true
		db, err := gorm.Open(postgres.Open(address.Postgres), config)
		if err != nil {
			return nil, fmt.Errorf("open PostgreSQL: %w", err)
		}
		s := &Store{DB: db, Clock: clock, postgres: true, writing: &sync.Mutex{}, changes: &changes{others: newCourier(address.Postgres, log)}}
		if err := s.readFrom(address.Replicas, 4*runtime.NumCPU()); err != nil {
			return nil, fmt.Errorf("replicas: %w", err)
		}
		return finish(s, 4*runtime.NumCPU()+8)
	}
	db, err := gorm.Open(sqlite.Open(sqliteDSN(address.SQLite)), config)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", address.SQLite, err)
	}
	return finish(&Store{DB: db, Clock: clock, writing: &sync.Mutex{}, changes: &changes{}}, 2*runtime.NumCPU()+2)
}

// sqliteDSN sets every pragma in the address, because a pragma that is run by hand
// reaches one connection of the pool only. Full sync keeps acknowledged writes through a
// power cut; secure_delete overwrites what a person deletes; no temporary file is made.
func sqliteDSN(path string) string {
	pragmas := []string{
		"journal_mode(WAL)", "busy_timeout(5000)", "foreign_keys(1)", "synchronous(FULL)",
		"secure_delete(1)", "temp_store(2)", "cache_size(-16000)",
	}
	q := url.Values{"_txlock": {"immediate"}, "_pragma": pragmas}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

func finish(s *Store, connections int) (*Store, error) {
	raw, err := s.DB.DB()
	if err != nil {
		return nil, err
	}
	if err := noteReads(s.DB); err != nil {
		return nil, err
	}
	raw.SetMaxOpenConns(connections)
	raw.SetMaxIdleConns(connections)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := raw.PingContext(ctx); err != nil {
		return nil, fmt.Errorf("reach the database: %w", err)
	}
	return s, s.checkFolding(ctx)
}

// checkFolding refuses a PostgreSQL cluster that does not fold Cyrillic (locale C): search
// would silently find nothing there.
func (s *Store) checkFolding(ctx context.Context) error {
	if !s.postgres {
		return nil
	}
	var folds bool
	if err := s.DB.WithContext(ctx).Raw("SELECT lower('Ж') = 'ж'").Scan(&folds).Error; err != nil {
		return fmt.Errorf("ask the database about its locale: %w", err)
	}
	if !folds {
		return fmt.Errorf("the PostgreSQL database does not fold Cyrillic letters: create it with locale C.UTF-8")
	}
	return nil
}

// Postgres reports which engine this is, for the few statements that differ.
func (s *Store) Postgres() bool { return s.postgres }

// SQL is the pool below GORM.
func (s *Store) SQL() (*sql.DB, error) { return s.DB.DB() }

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error {
	raw, err := s.DB.DB()
	if err != nil {
		return err
	}
	return raw.PingContext(ctx)
}

// Tx runs fn in one transaction. An error or a panic rolls everything back; nil commits,
// and a commit that returns is on disk. Driver errors come back as faults.
func (s *Store) Tx(ctx context.Context, fn func(tx *gorm.DB) error) error {
	if !s.postgres {
		s.writing.Lock()
		defer s.writing.Unlock()
	}
	var seen *witness
	err := s.DB.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		seen = watch(tx)
		return fn(tx)
	})
	if err == nil {
		s.changes.tell(seen.change)
		s.mark(ctx)
	}
	return Translate(err)
}

// Close ends all connections. On SQLite it first empties the write-ahead log, which would
// otherwise keep the order of the last writes on disk.
func (s *Store) Close() error {
	if !s.postgres {
		if err := s.Checkpoint(context.Background()); err != nil {
			return err
		}
	}
	raw, err := s.DB.DB()
	if err != nil {
		return err
	}
	if s.changes.others != nil {
		s.changes.others.close()
	}
	if s.replicas != nil {
		s.replicas.close()
	}
	return raw.Close()
}

// Checkpoint empties SQLite's write-ahead log: a plain checkpoint would leave the whole
// history of writes in the file. On PostgreSQL it does nothing.
func (s *Store) Checkpoint(ctx context.Context) error {
	if s.postgres {
		return nil
	}
	s.writing.Lock()
	defer s.writing.Unlock()
	return Translate(s.DB.WithContext(ctx).Exec("PRAGMA wal_checkpoint(TRUNCATE)").Error)
}
