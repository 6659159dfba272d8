package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"sync"

	"gorm.io/gorm"
)

// Change says what one transaction wrote: the tables, and where its verb could say so the
// scopes inside which all of it lies. Pages that were kept are dropped by it.
type Change struct {
	Tables []string
	Scopes []string // empty when anything in the tables may have changed
}

// quiet are tables that no page for everybody shows. Nobody is told about writes to them, so
// that an hour of reading and the clockwork of the night say nothing to any other server, and
// a page that reads one of them is never kept.
var quiet = []string{"accounts", "audit_rows", "boxes", "goose_db_version", "jobs", "sealed", "sealed_keys", "sessions"}

// Quiet reports whether changes of a table are told to nobody.
func Quiet(table string) bool { return slices.Contains(quiet, table) }

// changes are those who want to know what was written, here and on other servers.
type changes struct {
	mu     sync.RWMutex
	told   []func(Change)
	others *courier // nil where this server is the only one
}

// OnChange calls fn after each transaction that wrote something a page may show, before the
// verb returns: who reads her own words back never meets a page of before.
func (s *Store) OnChange(fn func(Change)) {
	s.changes.mu.Lock()
	defer s.changes.mu.Unlock()
	s.changes.told = append(s.changes.told, fn)
}

// tell says a change of this server to everybody, and returns when the others were told too.
func (c *changes) tell(change Change) {
	if len(change.Tables) == 0 {
		return
	}
	c.here(change)
	if c.others != nil {
		c.others.send(change)
	}
}

// here says a change to those on this server.
func (c *changes) here(change Change) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	for _, fn := range c.told {
		fn(change)
	}
}

// Within says that everything this transaction writes lies inside the scopes, such as one talk
// and its board. A verb that says so must name them all; one that says nothing is never wrong,
// it only drops more pages.
func Within(tx *gorm.DB, scopes ...string) {
	if w, ok := tx.Statement.ConnPool.(*witness); ok {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.change.Scopes = append(w.change.Scopes, scopes...)
	}
}

// witness is the connection of one transaction that remembers which tables were written.
type witness struct {
	gorm.ConnPool
	end    gorm.TxCommitter
	mu     sync.Mutex
	change Change
}

// watch puts a witness before the connection of a transaction that has just begun.
func watch(tx *gorm.DB) *witness {
	w := &witness{ConnPool: tx.Statement.ConnPool}
	w.end, _ = tx.Statement.ConnPool.(gorm.TxCommitter)
	tx.Statement.ConnPool = w
	return w
}

// Commit ends the transaction; GORM asks its connection for it.
func (w *witness) Commit() error { return w.end.Commit() }

// Rollback takes everything back.
func (w *witness) Rollback() error { return w.end.Rollback() }

// ExecContext passes a statement on.
func (w *witness) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	w.note(query)
	return w.ConnPool.ExecContext(ctx, query, args...)
}

// QueryContext passes a statement on; with RETURNING it may write as well.
func (w *witness) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	w.note(query)
	return w.ConnPool.QueryContext(ctx, query, args...)
}

// QueryRowContext passes a statement on.
func (w *witness) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	w.note(query)
	return w.ConnPool.QueryRowContext(ctx, query, args...)
}

func (w *witness) note(query string) {
	table := written(query)
	if table == "" || Quiet(table) {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !slices.Contains(w.change.Tables, table) {
		w.change.Tables = append(w.change.Tables, table)
	}
}

// written names the table that a statement writes, "" for one that only reads. Our statements
// begin with what they do: none hides its writing behind WITH.
func written(query string) string {
	first, rest := word(query)
	switch strings.ToUpper(first) {
	case "INSERT", "DELETE", "REPLACE":
		for range 3 { // INSERT OR IGNORE INTO
			if first, rest = word(rest); strings.EqualFold(first, "INTO") || strings.EqualFold(first, "FROM") {
				first, _ = word(rest)
				return bareName(first)
			}
		}
	case "UPDATE":
		first, _ = word(rest)
		return bareName(first)
	}
	return ""
}

// word cuts the first word from a statement.
func word(text string) (first, rest string) {
	text = strings.TrimLeft(text, " \t\r\n")
	if i := strings.IndexAny(text, " \t\r\n("); i >= 0 {
		return text[:i], text[i:]
	}
	return text, ""
}

func bareName(name string) string { return strings.Trim(name, "`\"") }
