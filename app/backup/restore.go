package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"

	"filippo.io/age"

	"portico/app/store"
	"portico/app/vault"
)

// Target is where a backup is restored to.
type Target struct {
	// DB is an empty database of either engine.
	DB *store.Store
	// Secrets is the path for the server's secrets file. There must be none, or the same.
	Secrets string
	// Erased is what people deleted after the backup; nil when nobody knows.
	Erased *Erased
}

// Left counts what a restore left out because people had deleted it. Roles are those of people
// who left: the server ends them again as soon as it starts.
type Left struct{ Posts, Accounts, Roles int }

// Verify reads a whole backup and checks it, and says what it holds. It writes nothing.
func Verify(in io.Reader, with []age.Identity) (Contents, error) {
	stream, err := unseal(in, with)
	if err != nil {
		return Contents{}, err
	}
	check := &checker{}
	c, err := read(stream, check)
	if err != nil {
		return c, err
	}
	server, err := vault.ParseServer([]byte(c.Secrets))
	if err != nil {
		return c, damaged(err, "its secrets")
	}
	if string(server.ID()) != string(check.secrets) {
		return c, damaged(nil, "its secrets are those of another portal")
	}
	return c, nil
}

// checker is the visitor that writes nothing. It keeps the name of the secrets.
type checker struct {
	site        bool
	name, value int
	secrets     []byte
}

func (c *checker) begin(_ Head, o opening) error {
	t := table{columns: o.Columns}
	c.site, c.name, c.value = o.Table == "site", t.at("name"), t.at("value")
	return nil
}

func (c *checker) row(values []any) error {
	if c.site && c.name >= 0 && c.value >= 0 && values[c.name] == "secrets_id" {
		c.secrets, _ = values[c.value].([]byte)
	}
	return nil
}

// Restore writes a backup into an empty database: first it reads and checks all of it, then it
// writes all of it in one transaction. All sessions are over afterwards, pages for signing in
// say that keys changed after the backup are the old ones again, and what people deleted after
// it stays deleted.
func Restore(ctx context.Context, file io.ReadSeeker, with []age.Identity, t Target) (Contents, Left, error) {
	c, err := Verify(file, with)
	if err != nil {
		return c, Left{}, err
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return c, Left{}, err
	}
	if err := prepare(ctx, t.DB, c.Schema); err != nil {
		return c, Left{}, err
	}
	made, err := putSecrets(t.Secrets, c.Secrets)
	if err != nil {
		return c, Left{}, err
	}
	var gone Left
	err = transact(ctx, t.DB, func(tx *sql.Tx) error {
		l, err := newLoader(ctx, tx, t.DB.Postgres(), t.Erased)
		if err != nil {
			return err
		}
		stream, err := unseal(file, with)
		if err != nil {
			return err
		}
		if _, err := read(stream, l); err != nil {
			return err
		}
		if err := l.finish(); err != nil {
			return err
		}
		gone = Left{Posts: l.lost.count("posts"), Accounts: l.lost.count("accounts"), Roles: len(l.ended)}
		return note(ctx, tx, t.DB.Postgres(), c.Made, t.DB.Today())
	})
	if err != nil && made {
		err = errors.Join(err, os.Remove(t.Secrets))
	}
	if err != nil {
		return c, gone, err
	}
	return c, gone, t.DB.Migrate(ctx)
}

// prepare brings an empty database to the schema of the backup.
func prepare(ctx context.Context, db *store.Store, schema int64) error {
	err := snapshot(ctx, db, func(tx *sql.Tx) error {
		at, err := version(ctx, tx, db.Postgres())
		if err != nil || at == 0 {
			return err
		}
		all, err := tables(ctx, tx, db.Postgres())
		if err != nil {
			return err
		}
		if err := empty(ctx, tx, all, false); err != nil {
			return err
		}
		if at > schema {
			return fmt.Errorf("the backup is of an older program (schema %d), and this empty database was already set up by a newer one (schema %d): give a database without any table", schema, at)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := db.MigrateTo(ctx, schema); errors.Is(err, store.ErrNewer) {
		return fmt.Errorf("the backup was written by a newer program (schema %d): restore it with that program", schema)
	} else if err != nil {
		return err
	}
	return nil
}

// putSecrets writes the secrets file and tells whether it is new.
func putSecrets(path, text string) (made bool, err error) {
	there, err := os.ReadFile(path)
	if err == nil && string(there) == text {
		return false, nil
	}
	if err == nil {
		return false, fmt.Errorf("%s belongs to another portal, and nothing was written: give an empty folder as PORTICO_DATA, or move this file away if you are sure that nothing needs it", path)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return false, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return false, fmt.Errorf("write the secrets file: %w", err)
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return false, fmt.Errorf("write the secrets file: %w", errors.Join(err, os.Remove(path)))
	}
	return true, nil
}

// transact writes in one transaction.
func transact(ctx context.Context, db *store.Store, fn func(tx *sql.Tx) error) error {
	pool, err := db.SQL()
	if err != nil {
		return err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin to write into the database: %w", err)
	}
	if err := fn(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// note remembers from when to when keys were changed in vain. After a second restore the first
// of all days counts: whoever came back in between may not have seen the note.
func note(ctx context.Context, tx *sql.Tx, postgres bool, made, today string) error {
	var was []byte
	one, two := place(postgres, 1), place(postgres, 2)
	err := tx.QueryRowContext(ctx, "SELECT value FROM site WHERE name = "+one, store.FactRestored).Scan(&was)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if earlier, _, ok := store.ParseRestored(was); ok {
		made = min(made, earlier)
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM site WHERE name = "+one, store.FactRestored); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO site (name, value) VALUES ("+one+", "+two+")", store.FactRestored, []byte(made+" "+today))
	return err
}
