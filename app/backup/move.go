package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"portico/app/store"
)

// ErrWriting says that somebody else has the database open.
var ErrWriting = errors.New("a server still works on the database: stop it first, and every other program that has the database open")

// Move copies every row of every table, sessions too, from one database into an empty one,
// reads it back and compares it. Nobody can write to the old database meanwhile; it stays as
// it is. The secrets file does not change.
func Move(ctx context.Context, from, to *store.Store) (Contents, error) {
	if err := alone(ctx, from); err != nil {
		return Contents{}, err
	}
	var c Contents
	err := transact(ctx, from, func(source *sql.Tx) error {
		var err error
		if c.Schema, err = version(ctx, source, from.Postgres()); err != nil {
			return err
		}
		if c.Schema == 0 {
			return errors.New("there is no portal in the database that PORTICO_DATABASE and PORTICO_DATA name, so that there is nothing to move")
		}
		all, err := tables(ctx, source, from.Postgres())
		if err != nil {
			return err
		}
		if err := shut(ctx, source, from.Postgres(), all); err != nil {
			return err
		}
		if err := prepare(ctx, to, c.Schema); err != nil {
			return err
		}
		return transact(ctx, to, func(target *sql.Tx) error {
			l, err := newLoader(ctx, target, to.Postgres(), nil)
			if err != nil {
				return err
			}
			c.Tables, err = l.copy(source, from.Postgres(), all)
			return err
		})
	})
	if err != nil {
		return c, err
	}
	return c, to.Migrate(ctx)
}

// copy takes over all tables and compares what arrived with what there was.
func (l *loader) copy(source *sql.Tx, postgres bool, all []table) (counts []Count, err error) {
	for _, t := range all {
		if err := l.begin(Head{}, opening{t.name, t.columns}); err != nil {
			return nil, err
		}
		sums := newTally()
		err := t.read(l.ctx, source, postgres, func(row []any) error {
			text, err := line(row)
			if err != nil {
				return err
			}
			sums.add(text)
			return l.into.add(l.ctx, row)
		})
		if err != nil {
			return nil, err
		}
		counts = append(counts, sums.count(t.name))
	}
	if err := l.finish(); err != nil {
		return nil, err
	}
	for i, t := range all {
		sums := newTally()
		err := t.read(l.ctx, l.tx, l.postgres, func(row []any) error {
			text, err := line(row)
			sums.add(text)
			return err
		})
		if err != nil {
			return nil, err
		}
		if got := sums.count(t.name); got != counts[i] {
			return nil, fmt.Errorf("the table %s did not arrive whole (%d rows of %d, or others), and nothing was written", t.name, got.Rows, counts[i].Rows)
		}
	}
	return counts, nil
}

// alone refuses a database that another program has open, as far as the engine can tell.
func alone(ctx context.Context, db *store.Store) error {
	if !db.Postgres() {
		return aloneWithFile(ctx, db)
	}
	pool, err := db.SQL()
	if err != nil {
		return err
	}
	pool.SetMaxIdleConns(1) // the idle connections of this program itself would be counted
	waiting, stop := context.WithTimeout(ctx, lastGoodbye)
	defer stop()
	again := time.NewTicker(lastGoodbye / 30)
	defer again.Stop()
	for {
		var others int
		err := pool.QueryRowContext(ctx, `SELECT COUNT(*) FROM pg_stat_activity
			WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`).Scan(&others)
		if err != nil || others == 0 {
			return err
		}
		select {
		case <-waiting.Done():
			return ErrWriting
		case <-again.C:
		}
	}
}

// lastGoodbye is how long PostgreSQL may take to see that a server which stopped is gone.
const lastGoodbye = 3 * time.Second

// aloneWithFile asks for the whole file for a moment, which SQLite gives only to a program
// that has it for itself.
func aloneWithFile(ctx context.Context, db *store.Store) error {
	pool, err := db.SQL()
	if err != nil {
		return err
	}
	pool.SetMaxIdleConns(0) // the connections of this program itself would be in the way
	var path string
	if err := pool.QueryRowContext(ctx, "SELECT file FROM pragma_database_list WHERE name = 'main'").Scan(&path); err != nil {
		return err
	}
	if err := store.HeldAlone(ctx, path); errors.Is(err, store.ErrOpenElsewhere) {
		return ErrWriting
	} else if err != nil {
		return err
	}
	return nil
}

// shut keeps others from writing until the copy is done. On SQLite the transaction itself does.
func shut(ctx context.Context, tx *sql.Tx, postgres bool, all []table) error {
	if !postgres {
		return nil
	}
	for _, t := range all {
		if _, err := tx.ExecContext(ctx, "LOCK TABLE "+quoted(t.name)+" IN SHARE MODE NOWAIT"); err != nil {
			return fmt.Errorf("%w (%v)", ErrWriting, err)
		}
	}
	return nil
}
