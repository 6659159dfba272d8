package bench

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"portico/app/forum"
)

// sqliteLoader writes lots into the file while no server has it open. Nothing that protects
// what people wrote is wanted here: when the load fails, the folder is thrown away.
type sqliteLoader struct{ path string }

// perTransaction is how many rows are written at once.
const perTransaction = 100_000

// load writes the tables; bare is as for PostgreSQL.
func (s sqliteLoader) load(ctx context.Context, tables []rows, bare bool) (err error) {
	db, err := sql.Open("sqlite", "file:"+s.path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1) // the settings below belong to one connection
	for _, pragma := range []string{"journal_mode=OFF", "synchronous=OFF", "locking_mode=EXCLUSIVE", "cache_size=-1500000", "foreign_keys=OFF", "temp_store=2"} {
		if _, err := db.ExecContext(ctx, "PRAGMA "+pragma); err != nil {
			return fmt.Errorf("prepare the load: %w", err)
		}
	}
	var indexes []string
	if bare {
		if indexes, err = s.dropIndexes(ctx, db, tables); err != nil {
			return err
		}
	}
	for _, t := range tables {
		if err := s.fill(ctx, db, t); err != nil {
			return fmt.Errorf("fill %s: %w", t.table, err)
		}
	}
	for _, index := range append(indexes, "PRAGMA locking_mode=NORMAL", "PRAGMA journal_mode=WAL") {
		if _, err := db.ExecContext(ctx, index); err != nil {
			return fmt.Errorf("end the load: %w", err)
		}
	}
	return nil
}

// dropIndexes takes away what is quicker built afterwards, and returns how to build it.
func (s sqliteLoader) dropIndexes(ctx context.Context, db *sql.DB, tables []rows) (build []string, err error) {
	found, err := db.QueryContext(ctx, "SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
	if err != nil {
		return nil, err
	}
	var drop []string
	for found.Next() {
		var name, statement, table string
		if err := found.Scan(&name, &statement, &table); err != nil {
			return nil, err
		}
		if has(tables, table) {
			drop, build = append(drop, "DROP INDEX "+name), append(build, statement)
		}
	}
	if err := errors.Join(found.Err(), found.Close()); err != nil {
		return nil, err
	}
	for _, statement := range drop {
		if _, err := db.ExecContext(ctx, statement); err != nil {
			return nil, err
		}
	}
	return build, nil
}

func has(tables []rows, name string) bool {
	for _, t := range tables {
		if t.table == name {
			return true
		}
	}
	return false
}

// fill writes one table. Shown posts go into the word index too, as the forum does it.
func (s sqliteLoader) fill(ctx context.Context, db *sql.DB, t rows) error {
	insert := "INSERT INTO " + t.table + " (" + strings.Join(t.columns, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(t.columns)-1) + ")"
	var w *sqliteWriter
	var err error
	count := 0
	for row := range t.each {
		if w == nil {
			if w, err = newSqliteWriter(ctx, db, insert); err != nil {
				return err
			}
		}
		if err := w.write(ctx, t.table, row); err != nil {
			return errors.Join(err, w.tx.Rollback())
		}
		if count++; count%perTransaction == 0 {
			if err := w.tx.Commit(); err != nil {
				return err
			}
			w = nil
		}
	}
	if w == nil {
		return nil
	}
	return w.tx.Commit()
}

// sqliteWriter is one transaction with its statements.
type sqliteWriter struct {
	tx          *sql.Tx
	row, search *sql.Stmt
}

func newSqliteWriter(ctx context.Context, db *sql.DB, insert string) (*sqliteWriter, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	w := &sqliteWriter{tx: tx}
	if w.row, err = tx.PrepareContext(ctx, insert); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	if w.search, err = tx.PrepareContext(ctx, "INSERT INTO post_words (rowid, toks) VALUES (?, ?)"); err != nil {
		return nil, errors.Join(err, tx.Rollback())
	}
	return w, nil
}

func (w *sqliteWriter) write(ctx context.Context, table string, row []any) error {
	if _, err := w.row.ExecContext(ctx, row...); err != nil {
		return err
	}
	if table != "posts" || row[postState] != forum.Shown {
		return nil
	}
	_, err := w.search.ExecContext(ctx, row[postSearchID], row[postToks])
	return err
}
