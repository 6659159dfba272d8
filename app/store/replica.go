package store

import (
	"context"
	"database/sql"
	"sync/atomic"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver under its own name, for looking at replicas
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/plugin/dbresolver"
)

// Position is how far a PostgreSQL database has come in the log of writes, in bytes.
type Position int64

// Reading from a copy of the database is an exception that a request asks for: only pages may
// be drawn from one, only while every copy has all that this person wrote herself, and never
// what will be kept for others. Everything else, and every verb that writes, asks the primary.

type lagKey struct{}

type writtenKey struct{}

// MayLag makes a context whose reading may come from a replica that has reached at least the
// position seen. Used reports afterwards whether any of it did.
func MayLag(ctx context.Context, seen Position) (lagging context.Context, used func() bool) {
	l := &lag{seen: seen}
	return context.WithValue(ctx, lagKey{}, l), l.used.Load
}

type lag struct {
	seen Position
	used atomic.Bool
}

// Marking makes a context in which the position after the last write is remembered; at reports
// it, zero when nothing was written or there is no replica.
func Marking(ctx context.Context) (marking context.Context, at func() Position) {
	var mark atomic.Int64
	return context.WithValue(ctx, writtenKey{}, &mark), func() Position { return Position(mark.Load()) }
}

// replicas are the copies of the database that pages may be read from.
type replicas struct {
	primary *sql.DB
	pools   []*sql.DB
	reached atomic.Int64 // what every replica has, -1 while one of them does not answer
}

// readFrom adds replicas. A replica that is away when the server starts is used when it comes.
func (s *Store) readFrom(addresses []string, connections int) error {
	if len(addresses) == 0 {
		return nil
	}
	r := &replicas{}
	r.reached.Store(-1)
	var dialectors []gorm.Dialector
	for _, address := range addresses {
		dialectors = append(dialectors, postgres.Open(address))
		pool, err := sql.Open("pgx", address)
		if err != nil {
			return err
		}
		pool.SetMaxOpenConns(1)
		r.pools = append(r.pools, pool)
	}
	var err error
	if r.primary, err = s.DB.DB(); err != nil {
		return err
	}
	resolver := dbresolver.Register(dbresolver.Config{Replicas: dialectors, Policy: dbresolver.RandomPolicy{}})
	if err := s.DB.Use(resolver.SetMaxOpenConns(connections).SetMaxIdleConns(connections)); err != nil {
		return err
	}
	s.replicas = r
	if err := s.DB.Callback().Query().After("gorm:db_resolver").Before("gorm:query").Register("portico:primary", r.choose); err != nil {
		return err
	}
	return s.DB.Callback().Row().After("gorm:db_resolver").Before("gorm:row").Register("portico:primary", r.choose)
}

// choose sends a question to the primary unless its request may read from a replica: the
// resolver alone would send every question to a replica.
func (r *replicas) choose(db *gorm.DB) {
	if l, ok := db.Statement.Context.Value(lagKey{}).(*lag); ok && r.have(l.seen) {
		if _, transaction := db.Statement.ConnPool.(gorm.TxCommitter); !transaction {
			l.used.Store(true)
		}
		return
	}
	dbresolver.Write.ModifyStatement(db.Statement)
}

// have reports whether every replica answers and has what was written up to a position.
func (r *replicas) have(seen Position) bool {
	reached := r.reached.Load()
	return reached >= 0 && reached >= int64(seen)
}

// Behind reports whether some replica may still lack what was written up to a position.
func (s *Store) Behind(seen Position) bool { return s.replicas != nil && !s.replicas.have(seen) }

// Fail says that a page could not be read from a replica: none is asked until all answer again.
func (s *Store) Fail() {
	if s.replicas != nil {
		s.replicas.reached.Store(-1)
	}
}

// mark remembers how far the primary is, for the context of a verb that has just written.
func (s *Store) mark(ctx context.Context) {
	mark, ok := ctx.Value(writtenKey{}).(*atomic.Int64)
	if !ok || s.replicas == nil {
		return
	}
	if at, err := position(ctx, s.replicas.primary, currentPosition); err == nil {
		mark.Store(at)
	} else {
		mark.Store(1<<63 - 1) // not known: she reads from the primary
	}
}

const (
	currentPosition = "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint"
	replayPosition  = "SELECT pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint"
)

func position(ctx context.Context, pool *sql.DB, question string) (int64, error) {
	var at sql.NullInt64
	err := pool.QueryRowContext(ctx, question).Scan(&at)
	if err == nil && !at.Valid {
		return -1, nil // not a replica of anything
	}
	return at.Int64, err
}

// Replicas are looked at twice in a second. One that is further behind than the look before is
// not read from, so that nobody reads a page that is much older than a second.
const (
	lookPause  = 500 * time.Millisecond
	lookWithin = 400 * time.Millisecond
)

// WatchReplicas looks after the replicas until ctx ends. Without replicas it returns at once.
func (s *Store) WatchReplicas(ctx context.Context) {
	if s.replicas == nil {
		return
	}
	tick := time.NewTicker(lookPause)
	defer tick.Stop()
	var before int64
	for ctx.Err() == nil {
		before = s.replicas.look(ctx, before)
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
}

// look finds out what every replica has. It returns the position of the primary, which all must
// have reached at the next look.
func (r *replicas) look(ctx context.Context, before int64) int64 {
	ctx, stop := context.WithTimeout(ctx, lookWithin)
	defer stop()
	least := int64(1<<63 - 1)
	for _, pool := range r.pools {
		at, err := position(ctx, pool, replayPosition)
		if err != nil || at < before {
			at = -1
		}
		least = min(least, at)
	}
	r.reached.Store(least)
	now, err := position(ctx, r.primary, currentPosition)
	if err != nil {
		return before
	}
	return now
}

func (r *replicas) close() {
	for _, pool := range r.pools {
		_ = pool.Close() // nothing was written through it
	}
}
