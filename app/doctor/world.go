package doctor

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"time"

	"portico/app/config"
	"portico/app/store"
)

// World is the server that is looked at, and what the look may use.
type World struct {
	Config config.Config
	Clock  store.Clock
	Log    *slog.Logger
	// Backups is where backups lie; empty means where the settings say.
	Backups string
	// Client asks the portal's own public address; nil asks nobody.
	Client *http.Client
	// Machine is the root of the machine's files, for the figures of its memory.
	Machine fs.FS
}

// Examine makes every check. A check that cannot be made is a finding, never an error.
func Examine(ctx context.Context, w World) []Finding {
	where := w.Config.SQLite()
	clock := Clock{Now: w.Clock.Time(), Today: w.Clock.Today(), Written: lastWritten(w.Config.Data)}
	address := lookAtAddress(ctx, w.Config, w.Client, w.Clock)
	clock.Answer, clock.HeardAt = address.Date, address.HeardAt
	disk := lookAtDisk(w.Config.Data, where, w.Clock.Now)
	clock.Disk, clock.WroteAt = disk.Stamp, disk.WroteAt

	db, database := w.open(ctx)
	keys := lookAtKeys(ctx, w.Config, db)
	var schema []Finding
	if db != nil {
		known := lookAtSchema(ctx, db, w.Config.Production())
		if schema = known.Findings(); known.At > 0 && known.Failure == nil {
			readDays(ctx, db, &clock)
		}
		if err := db.Close(); err != nil {
			database = append(database, Finding{"database", Mend, "The database could not be closed cleanly: " + err.Error() + ".", "Look at the disk, and run this again."})
		}
	}
	all := clock.Findings()
	all = append(all, keys.Findings()...)
	all = append(all, address.Findings()...)
	all = append(all, lookAtProxy(w.Config).Findings()...)
	all = append(all, disk.Findings()...)
	if folder := w.Config.BackupFolder(); w.Config.Backups != "" && isThere(folder) {
		all = append(all, lookAtDisk(folder, "", w.Clock.Now).Findings()...)
	}
	all = append(all, lookAtMemory(w.Machine, disk.Database).Findings()...)
	all = append(all, database...)
	all = append(all, schema...)
	folder := w.Backups
	if folder == "" {
		folder = w.Config.BackupFolder()
	}
	return append(all, lookAtBackups(folder, w.Config.BackupFolder(), w.Clock, w.Config.Production()).Findings()...)
}

// open looks at the database and opens it, nil when it cannot be. It never makes one.
func (w World) open(ctx context.Context) (*store.Store, []Finding) {
	at := store.Address{SQLite: w.Config.SQLite(), Postgres: w.Config.Database}
	if at.SQLite == "" {
		seen := lookAtPostgres(ctx, at.Postgres)
		if seen.Failure != nil || !seen.Folds {
			return nil, seen.Findings()
		}
		db, err := store.Open(at, w.Clock, w.Log)
		if err != nil {
			seen.Failure = err
		}
		return db, seen.Findings()
	}
	if !isThere(at.SQLite) {
		return nil, lookAtSQLite(ctx, at.SQLite, nil, nil).Findings()
	}
	db, err := store.Open(at, w.Clock, w.Log)
	return db, lookAtSQLite(ctx, at.SQLite, db, err).Findings()
}

// readDays adds what the database knows of time. What cannot be read stays empty.
func readDays(ctx context.Context, db *store.Store, c *Clock) {
	c.Nightly, _ = db.RetainedOn(ctx)
	raw, err := db.SQL()
	if err != nil {
		return
	}
	for _, question := range []string{
		"SELECT MAX(last_day) FROM topics",
		"SELECT SUBSTR(at, 1, 10) FROM audit_rows WHERE number IS NOT NULL ORDER BY number DESC LIMIT 1",
	} {
		var day sql.NullString
		if err := raw.QueryRowContext(ctx, question).Scan(&day); err == nil && store.IsDay(day.String) {
			c.Newest = max(c.Newest, day.String)
		}
	}
	if store.IsDay(c.Nightly) {
		c.Newest = max(c.Newest, c.Nightly)
	}
	if !db.Postgres() {
		return // it asks this machine's own clock
	}
	asked := db.Time()
	var theirs time.Time
	if err := raw.QueryRowContext(ctx, "SELECT clock_timestamp()").Scan(&theirs); err == nil {
		c.Database, c.AskedAt = theirs.UTC(), asked
	}
}

// lastWritten is when a file in a folder last changed.
func lastWritten(folder string) (last time.Time) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return last
	}
	for _, entry := range entries {
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() && info.ModTime().After(last) {
			last = info.ModTime()
		}
	}
	return last
}

func isThere(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
