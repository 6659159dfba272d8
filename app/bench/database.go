package bench

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/jackc/pgx/v5"

	"portico/app/store"
)

// ownDatabase is the database that a run fills and removes.
type ownDatabase struct {
	address string // "" for SQLite
	given   string // the address that the host named
	name    string // of the database that was made, "" where the given one is used itself
	schema  bool   // the given database is used, and its schema is emptied at the end
}

// takeDatabase refuses a database that holds anything. Where the host's user may make
// databases the run gets one of its own; otherwise it uses the empty one that was named.
func takeDatabase(ctx context.Context, given string) (*ownDatabase, error) {
	if given == "" {
		return &ownDatabase{}, nil
	}
	conn, err := pgx.Connect(ctx, given)
	if err != nil {
		return nil, errors.New("the database that was named does not answer") // the driver's words may hold its password
	}
	defer conn.Close(ctx)
	var tables int
	const held = `SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'`
	if err := conn.QueryRow(ctx, held).Scan(&tables); err != nil {
		return nil, err
	}
	if tables > 0 {
		return nil, fmt.Errorf("the database that was named holds %d tables already; a benchmark fills only an empty one", tables)
	}
	id := store.NewID()
	name := "portico_bench_" + id.String()[:10]
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+name); err != nil {
		return &ownDatabase{address: given, given: given, schema: true}, nil
	}
	return &ownDatabase{address: withName(given, name), given: given, name: name}, nil
}

// drop removes what takeDatabase made and everything that was written.
func (d *ownDatabase) drop(ctx context.Context) error {
	if d.given == "" {
		return nil
	}
	conn, err := pgx.Connect(ctx, d.given)
	if err != nil {
		return errors.New("the database does not answer any more, and what the benchmark wrote is still there")
	}
	defer conn.Close(ctx)
	if d.schema {
		_, err = conn.Exec(ctx, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
		return err
	}
	_, err = conn.Exec(ctx, "DROP DATABASE IF EXISTS "+d.name+" WITH (FORCE)")
	return err
}

// withName is the address of another database of the same cluster, in either form that
// PostgreSQL's drivers know.
func withName(address, name string) string {
	if strings.Contains(address, "://") {
		u, err := url.Parse(address)
		if err != nil {
			return address
		}
		u.Path = "/" + name
		return u.String()
	}
	words := []string{}
	for _, word := range strings.Fields(address) {
		if !strings.HasPrefix(word, "dbname=") {
			words = append(words, word)
		}
	}
	return strings.Join(append(words, "dbname="+name), " ")
}
