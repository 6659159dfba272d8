package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"slices"

	"filippo.io/age"

	"portico/app/store"
	"portico/app/vault"
)

// Write seals everything in the database, with the secrets file of its server, for the people
// who may open it. All rows are of the moment at which it began; the server may go on writing.
// On an error what was written is no backup and must be thrown away.
func Write(ctx context.Context, db *store.Store, secrets []byte, to []age.Recipient, out io.Writer) (Contents, error) {
	sealing, err := seal(out, to)
	if err != nil {
		return Contents{}, err
	}
	var c Contents
	err = snapshot(ctx, db, func(tx *sql.Tx) error {
		head := Head{Portico: "backup", Format: format, Made: db.Today(), Secrets: string(secrets)}
		if head.Schema, err = version(ctx, tx, db.Postgres()); err != nil {
			return err
		}
		if head.Schema == 0 {
			return errors.New("there is no portal in this database yet, so that there is nothing to back up: look at PORTICO_DATA and PORTICO_DATABASE")
		}
		if err := belong(ctx, tx, db.Postgres(), head.Secrets); err != nil {
			return err
		}
		c, err = stream(ctx, tx, db.Postgres(), head, sealing)
		return err
	})
	if err != nil {
		return c, err
	}
	return c, sealing.Close()
}

// snapshot reads in one transaction that sees one moment. SQLite begins it without a lock, so
// that nobody who writes has to wait.
func snapshot(ctx context.Context, db *store.Store, fn func(tx *sql.Tx) error) error {
	pool, err := db.SQL()
	if err != nil {
		return err
	}
	options := &sql.TxOptions{ReadOnly: true}
	if db.Postgres() {
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := pool.BeginTx(ctx, options)
	if err != nil {
		return fmt.Errorf("begin to read the database: %w", err)
	}
	return errors.Join(fn(tx), tx.Rollback()) // nothing was written, so that there is nothing to commit
}

func stream(ctx context.Context, tx *sql.Tx, postgres bool, head Head, out io.Writer) (Contents, error) {
	all, err := tables(ctx, tx, postgres)
	if err != nil {
		return Contents{}, err
	}
	w, err := newWriter(out, head)
	if err != nil {
		return Contents{}, err
	}
	for _, t := range all {
		if slices.Contains(left, t.name) {
			continue
		}
		if err := w.begin(t); err != nil {
			return Contents{}, err
		}
		err := t.read(ctx, tx, postgres, func(row []any) error {
			t.release(row)
			return w.row(row)
		})
		if err != nil {
			return Contents{}, err
		}
		w.end(t)
	}
	return w.contents, w.close()
}

// release takes out of a row who was working on it.
func (t table) release(row []any) {
	for _, name := range claims[t.name] {
		if i := t.at(name); i >= 0 {
			row[i] = nil
			if t.columns[i].Kind == ofText {
				row[i] = ""
			}
		}
	}
}

// belong refuses secrets that are not those of the database: such a backup would lock
// everybody out for ever, and nobody would notice before it is needed.
func belong(ctx context.Context, tx *sql.Tx, postgres bool, secrets string) error {
	server, err := vault.ParseServer([]byte(secrets))
	if err != nil {
		return err
	}
	var id []byte
	err = tx.QueryRowContext(ctx, "SELECT value FROM site WHERE name = "+place(postgres, 1), "secrets_id").Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return errors.New("no server has started on this database yet, so that there is nothing to back up")
	}
	if err == nil && string(id) != string(server.ID()) {
		err = store.ErrOtherSecrets
	}
	return err
}
