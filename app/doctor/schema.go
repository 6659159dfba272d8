package doctor

import (
	"context"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"portico/app/store"
)

// Schema compares the database with this program.
type Schema struct {
	Failure error
	// At is the last migration of the database, 0 for an empty one; Newest the last one that
	// this program knows.
	At, Newest int64
	// Production and Demonstration say that real people may come, and that the database holds
	// invented ones.
	Production, Demonstration bool
}

func lookAtSchema(ctx context.Context, db *store.Store, production bool) Schema {
	s := Schema{Production: production}
	if s.Newest, s.Failure = newest(db.Postgres()); s.Failure != nil {
		return s
	}
	raw, err := db.SQL()
	if err != nil {
		s.Failure = err
		return s
	}
	there := "SELECT COUNT(*) FROM sqlite_master WHERE name = 'goose_db_version'"
	if db.Postgres() {
		there = "SELECT COUNT(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = 'goose_db_version'"
	}
	var tables int
	if s.Failure = raw.QueryRowContext(ctx, there).Scan(&tables); s.Failure != nil || tables == 0 {
		return s
	}
	if s.Failure = raw.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version").Scan(&s.At); s.Failure == nil && s.At > 0 {
		s.Demonstration, s.Failure = db.IsDemo(ctx)
	}
	return s
}

// newest is the number of the last migration that the program carries.
func newest(postgres bool) (last int64, err error) {
	names, err := fs.Glob(store.Migrations(postgres), "*.sql")
	for _, name := range names {
		number, _, _ := strings.Cut(name, "_")
		n, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return 0, err
		}
		last = max(last, n)
	}
	return last, err
}

// Findings judges the schema.
func (s Schema) Findings() []Finding {
	f := &findings{check: "schema"}
	switch {
	case s.Failure != nil:
		f.mend(fmt.Sprintf("The schema cannot be read: %v.", s.Failure), "See whether this is the portal's own database.")
		return f.all
	case s.At > s.Newest:
		f.mend(fmt.Sprintf("The database (%d) was written by a newer program than this one (%d).", s.At, s.Newest), "Start the newer program, or restore the backup from before the update.")
	case s.At == 0:
		f.look("The database is empty.", "Start the server once, or restore a backup.")
	case s.At < s.Newest:
		f.look(fmt.Sprintf("The database (%d) is older than this program (%d).", s.At, s.Newest), "Make a backup and start this program; it brings the database up to date.")
	}
	if s.Production && s.Demonstration {
		f.mend("The database holds the demonstration, whose keys are public.", "Give production a fresh PORTICO_DATA and database.")
	}
	return f.or("The database is at the newest schema (%d).", s.At)
}
