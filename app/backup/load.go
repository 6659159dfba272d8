package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"portico/app/job"
	"portico/app/store"
	"portico/app/vault"
)

// loader is the visitor that writes what it reads into an empty database, in one transaction.
type loader struct {
	ctx      context.Context
	tx       *sql.Tx
	postgres bool
	tables   []table
	erased   *Erased
	into     *inserter
	lost     losses
	ended    []store.ID // of people with a role who left after the backup
}

func newLoader(ctx context.Context, tx *sql.Tx, postgres bool, erased *Erased) (*loader, error) {
	all, err := tables(ctx, tx, postgres)
	if err != nil {
		return nil, err
	}
	if err := empty(ctx, tx, all, true); err != nil {
		return nil, err
	}
	return &loader{ctx: ctx, tx: tx, postgres: postgres, tables: all, erased: erased, lost: newLosses()}, nil
}

// ErrNotEmpty says that there is something in the database already.
var ErrNotEmpty = errors.New("the database is not empty, and nothing was written into it")

// empty refuses a database that holds anything. With clear it takes out what the migrations
// put there.
func empty(ctx context.Context, tx *sql.Tx, all []table, clear bool) error {
	for _, t := range slices.Backward(all) {
		if slices.Contains(born, t.name) {
			if !clear {
				continue
			}
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+quoted(t.name)); err != nil {
				return err
			}
			continue
		}
		var one int
		err := tx.QueryRowContext(ctx, "SELECT 1 FROM "+quoted(t.name)+" LIMIT 1").Scan(&one)
		if err == nil {
			return fmt.Errorf("%w: the table %s has rows", ErrNotEmpty, t.name)
		}
		if !errors.Is(err, sql.ErrNoRows) {
			return err
		}
	}
	return nil
}

func (l *loader) begin(_ Head, o opening) error {
	if err := l.flush(); err != nil {
		return err
	}
	for _, t := range l.tables {
		if t.name == o.Table {
			if !slices.Equal(t.columns, o.Columns) {
				return fmt.Errorf("the table %s has other columns in the backup than in this program, and nothing was written: restore with the program that wrote the backup", t.name)
			}
			l.into = &inserter{tx: l.tx, postgres: l.postgres, table: t}
			return nil
		}
	}
	return fmt.Errorf("this program knows no table %s, and nothing was written: restore with the program that wrote the backup", o.Table)
}

func (l *loader) row(values []any) error {
	t := l.into.table
	if t.name == roles {
		l.endAgain(t, values)
	} else if l.gone(t, values) {
		l.lost.note(t, values)
		return nil
	}
	if i := t.at(renewed[t.name]); i >= 0 {
		values[i] = vault.Random(8)
	}
	return l.into.add(l.ctx, values)
}

// roles are people whose row stays when they leave, because what they signed stays for its legal
// term: it is emptied. That is the work of the server, which knows what each area holds.
const roles = "role_accounts"

// endAgain notes somebody who had left after the backup.
func (l *loader) endAgain(t table, values []any) {
	id, _ := values[t.at("id")].([]byte)
	if l.erased.has(roles, id) && values[t.at("ended")] == nil && len(id) == len(store.ID{}) {
		l.ended = append(l.ended, store.ID(id))
	}
}

// leaveWork gives the server, as soon as it starts, the work of ending those roles.
func (l *loader) leaveWork() error {
	for _, id := range l.ended {
		work := &inserter{tx: l.tx, postgres: l.postgres, table: table{name: "jobs", columns: []column{
			{"id", ofBytes}, {"kind", ofText}, {"payload", ofText}, {"due", ofText}, {"tries", ofNumber}, {"held_until", ofText}}}}
		number := store.NewID()
		if err := work.add(l.ctx, []any{number[:], job.EndRole, id.String(), "", int64(0), ""}); err != nil {
			return err
		}
		if err := work.flush(l.ctx); err != nil {
			return err
		}
	}
	return nil
}

// gone reports whether a row was erased after the backup, or hangs on one that was.
func (l *loader) gone(t table, values []any) bool {
	if len(t.key) == 1 {
		if id, ok := values[t.at(t.key[0])].([]byte); ok && l.erased.has(t.name, id) {
			return true
		}
	}
	for _, to := range t.links {
		if id, ok := values[t.at(to.column)].([]byte); ok && l.lost.has(to.table, id) {
			return true
		}
	}
	return false
}

func (l *loader) flush() error {
	if l.into == nil {
		return nil
	}
	return l.into.flush(l.ctx)
}

// finish writes what waits, mends what erased rows leave behind, and builds the word indexes.
func (l *loader) finish() error {
	if err := l.flush(); err != nil {
		return err
	}
	if err := l.lost.mend(l.ctx, l.tx, l.postgres); err != nil {
		return err
	}
	if err := l.leaveWork(); err != nil {
		return err
	}
	if l.postgres {
		return nil
	}
	return index(l.ctx, l.tx)
}

// index builds SQLite's word indexes. An index that this program does not know how to build is
// an error: search would silently find nothing.
func index(ctx context.Context, tx *sql.Tx) error {
	var there []string
	err := each(ctx, tx, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'", func(scan func(...any) error) error {
		var name string
		err := scan(&name)
		there = append(there, name)
		return err
	})
	if err != nil {
		return err
	}
	for _, name := range there {
		if derived[name] == "" {
			return fmt.Errorf("this program does not know how to build the index %s", name)
		}
		if _, err := tx.ExecContext(ctx, derived[name]); err != nil {
			return fmt.Errorf("build the index %s: %w", name, err)
		}
	}
	return nil
}
