package store

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
)

// ErrOpenElsewhere says that another program has the SQLite file open.
var ErrOpenElsewhere = errors.New("another program has the database open: stop the server first")

// HeldAlone asks for a SQLite file as its only user for a moment, and refuses when another
// program or connection has it open. It changes nothing.
func HeldAlone(ctx context.Context, path string) (err error) {
	q := url.Values{"_pragma": {"locking_mode(EXCLUSIVE)", "busy_timeout(0)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+q.Encode())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	var tables int
	if db.QueryRowContext(ctx, "SELECT COUNT(*) FROM sqlite_master").Scan(&tables) != nil {
		return ErrOpenElsewhere
	}
	return nil
}
