package bench

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/jackc/pgx/v5"
)

// postgresLoader writes lots by COPY.
type postgresLoader struct{ address string }

// load writes the tables; bare says that there is so much of it that indexes and constraints
// are taken away first and built again.
func (p postgresLoader) load(ctx context.Context, tables []rows, bare bool) (err error) {
	conn, err := pgx.Connect(ctx, p.address)
	if err != nil {
		return errors.New("reach the database for the load") // the driver's words may hold the address
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	for _, setting := range []string{"SET maintenance_work_mem = '512MB'", "SET synchronous_commit = off", "SET client_min_messages = warning"} {
		if _, err := conn.Exec(ctx, setting); err != nil {
			return err
		}
	}
	var again []string
	if bare {
		if again, err = p.strip(ctx, conn, tables); err != nil {
			return fmt.Errorf("take the indexes away: %w", err)
		}
	}
	for _, t := range tables {
		source, stop := ahead(t.each)
		_, err := conn.CopyFrom(ctx, pgx.Identifier{t.table}, t.columns, source)
		if stop(); err != nil {
			return fmt.Errorf("fill %s: %w", t.table, err)
		}
	}
	for _, statement := range again {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	for _, t := range tables {
		if _, err := conn.Exec(ctx, "VACUUM (ANALYZE) "+t.table); err != nil {
			return err
		}
	}
	return nil
}

// strip drops the constraints and indexes of the tables and returns the statements that build
// the very same ones: keys first, plain indexes, then what points from table to table.
func (p postgresLoader) strip(ctx context.Context, conn *pgx.Conn, tables []rows) ([]string, error) {
	var names []string
	for _, t := range tables {
		names = append(names, t.table)
	}
	const constraints = `SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname),
		'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)
		FROM pg_constraint WHERE contype = ANY($2) AND (conrelid::regclass::text = ANY($1) OR confrelid::regclass::text = ANY($1))`
	const indexes = `SELECT 'DROP INDEX ' || quote_ident(i.indexname), i.indexdef FROM pg_indexes i
		WHERE i.tablename = ANY($1) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conname = i.indexname)`
	var drop, build []string
	for _, ask := range []struct {
		query string
		args  []any
	}{{constraints, []any{names, []string{"f"}}}, {indexes, []any{names}}, {constraints, []any{names, []string{"p", "u"}}}} {
		found, err := conn.Query(ctx, ask.query, ask.args...)
		if err != nil {
			return nil, err
		}
		pairs, err := pgx.CollectRows(found, pgx.RowToStructByPos[pair])
		if err != nil {
			return nil, err
		}
		var back []string
		for _, s := range pairs {
			drop, back = append(drop, s.Drop), append(back, s.Build)
		}
		build = append(back, build...)
	}
	for _, statement := range drop {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return nil, fmt.Errorf("%s: %w", statement, err)
		}
	}
	return build, nil
}

// pair is how to drop something and how to build it again.
type pair struct{ Drop, Build string }

// ahead draws rows in a goroutine of its own while the driver sends those before. Stop ends
// it where the driver gave up.
func ahead(each iter.Seq[[]any]) (source pgx.CopyFromSource, stop func()) {
	const atOnce = 500
	batches, stopped := make(chan [][]any, 8), make(chan struct{})
	go func() {
		defer close(batches)
		batch := make([][]any, 0, atOnce)
		for row := range each {
			if batch = append(batch, row); len(batch) == atOnce {
				select {
				case batches <- batch:
				case <-stopped:
					return
				}
				batch = make([][]any, 0, atOnce)
			}
		}
		select {
		case batches <- batch:
		case <-stopped:
		}
	}()
	var now [][]any
	return pgx.CopyFromFunc(func() ([]any, error) {
		for len(now) == 0 {
			batch, ok := <-batches
			if !ok {
				return nil, nil // the end
			}
			now = batch
		}
		row := now[0]
		now = now[1:]
		return row, nil
	}), func() { close(stopped) }
}
