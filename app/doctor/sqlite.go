package doctor

import (
	"context"
	"database/sql"
	"fmt"
	"os"

	"portico/app/store"
)

// SQLite is what the embedded database says of itself.
type SQLite struct {
	Path string
	// Missing says that there is no file, Failure why it could not be asked.
	Missing bool
	Failure error
	// Journal is how it keeps what is not yet in the file; Sound what the check of the file
	// says, "ok" when it is whole.
	Journal, Sound string
	// Waiting is the size of the write-ahead log in bytes.
	Waiting uint64
}

// longestLog is how large the write-ahead log may grow: it is emptied every minute, and a
// larger one means that something holds an old page open.
const longestLog = gibibyte

// lookAtSQLite asks a database that is open already; nil and failure say why it is not.
func lookAtSQLite(ctx context.Context, path string, db *store.Store, failure error) SQLite {
	s := SQLite{Path: path, Failure: failure}
	if _, err := os.Stat(path); err != nil {
		s.Missing = os.IsNotExist(err)
		return s
	}
	if log, err := os.Stat(path + "-wal"); err == nil {
		s.Waiting = uint64(log.Size())
	}
	if db == nil {
		return s
	}
	var raw *sql.DB
	if raw, s.Failure = db.SQL(); s.Failure != nil {
		return s
	}
	if s.Failure = raw.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&s.Journal); s.Failure == nil {
		s.Failure = raw.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&s.Sound)
	}
	return s
}

// Findings judges the database.
func (s SQLite) Findings() []Finding {
	f := &findings{check: "database"}
	switch {
	case s.Missing:
		f.mend(fmt.Sprintf("There is no database at %s.", s.Path), "Look at PORTICO_DATA; if it is right, start the server once, or restore a backup.")
		return f.all
	case s.Failure != nil:
		f.mend(fmt.Sprintf("The database cannot be opened: %v.", s.Failure), "See who may read the file and whether the disk is full; if it is damaged, restore a backup into another folder.")
		return f.all
	}
	if s.Sound != "ok" {
		// What SQLite says names pages and tables; the first line is enough, and it quotes no row.
		f.mend("The database file is damaged.", "Stop the server, keep the file, and restore the newest backup into another folder.")
	}
	if s.Journal != "wal" {
		f.mend(fmt.Sprintf("The database keeps its journal as %q and not as a write-ahead log.", s.Journal), "Move the folder to a disk of this machine; a network disk cannot hold a write-ahead log.")
	}
	if s.Waiting > longestLog {
		f.look(fmt.Sprintf("The write-ahead log has grown to %s.", amount(s.Waiting)), "Restart the server; if it grows again, see what else has the database open.")
	}
	return f.or("The database is whole and keeps a write-ahead log.")
}
