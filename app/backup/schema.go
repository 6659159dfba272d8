package backup

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// kind is what a column holds, the same word on both engines.
type kind string

const (
	ofBytes  kind = "bytes"
	ofText   kind = "text"
	ofNumber kind = "number"
	ofTruth  kind = "truth"
)

// kinds are the types of columns as the two engines name them.
var kinds = map[string]kind{
	"blob": ofBytes, "bytea": ofBytes, "text": ofText, "boolean": ofTruth,
	"integer": ofNumber, "int": ofNumber, "bigint": ofNumber, "smallint": ofNumber,
}

// column is one column of a table.
type column struct {
	Name string `json:"name"`
	Kind kind   `json:"kind"`
}

// link says that a column of a table holds the key of a row elsewhere.
type link struct{ column, table string }

// table is one table as the database itself describes it.
type table struct {
	name    string
	columns []column // by name, so that both engines write the same stream
	key     []string
	links   []link
}

// at is the place of a column, -1 when there is none of this name.
func (t table) at(name string) int {
	return slices.IndexFunc(t.columns, func(c column) bool { return c.Name == name })
}

// The questions to the two engines: every column with its place in the primary key, and every
// reference. SQLite's virtual tables with their shadows are word indexes and are built anew.
const (
	sqliteColumns = `SELECT l.name, c.name, c.type, c.pk
		FROM pragma_table_list AS l JOIN pragma_table_info(l.name) AS c
		WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND l.name <> 'goose_db_version'`
	sqliteLinks = `SELECT l.name, f."from", f."table"
		FROM pragma_table_list AS l JOIN pragma_foreign_key_list(l.name) AS f
		WHERE l.schema = 'main' AND l.type = 'table'`
	postgresColumns = `SELECT c.relname, a.attname, format_type(a.atttypid, NULL), COALESCE(array_position(k.conkey, a.attnum), 0)
		FROM pg_class AS c
		JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
		LEFT JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'p'
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'goose_db_version'`
	postgresLinks = `SELECT c.relname, a.attname, p.relname
		FROM pg_constraint AS k
		JOIN pg_class AS c ON c.oid = k.conrelid
		JOIN pg_class AS p ON p.oid = k.confrelid
		JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = ANY (k.conkey)
		WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace`
)

// tables learns the tables from the database, each after those that its rows point to.
func tables(ctx context.Context, tx *sql.Tx, postgres bool) ([]table, error) {
	columns, links := sqliteColumns, sqliteLinks
	if postgres {
		columns, links = postgresColumns, postgresLinks
	}
	found := map[string]*table{}
	places := map[string]int{}
	err := each(ctx, tx, columns, func(scan func(...any) error) error {
		var name, col, typ string
		var place int
		if err := scan(&name, &col, &typ, &place); err != nil {
			return err
		}
		k, known := kinds[strings.ToLower(typ)]
		if !known {
			return fmt.Errorf("the column %s.%s is of a kind that a backup does not know (%s)", name, col, typ)
		}
		if found[name] == nil {
			found[name] = &table{name: name}
		}
		t := found[name]
		t.columns = append(t.columns, column{col, k})
		if place > 0 {
			t.key = append(t.key, col)
			places[name+"."+col] = place
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = each(ctx, tx, links, func(scan func(...any) error) error {
		var name, col, to string
		if err := scan(&name, &col, &to); err != nil {
			return err
		}
		if t := found[name]; t != nil && to != name {
			t.links = append(t.links, link{col, to})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, t := range found {
		t.links = append(t.links, hanging[t.name]...)
		slices.SortFunc(t.columns, func(a, b column) int { return cmp.Compare(a.Name, b.Name) })
		slices.SortFunc(t.key, func(a, b string) int { return cmp.Compare(places[t.name+"."+a], places[t.name+"."+b]) })
	}
	return parentsFirst(found)
}

// parentsFirst orders tables by name, but each after those that it points to.
func parentsFirst(found map[string]*table) ([]table, error) {
	var all []table
	for len(all) < len(found) {
		ready := ""
		for name, t := range found {
			if placed(all, name) || ready != "" && name > ready {
				continue
			}
			if !slices.ContainsFunc(t.links, func(l link) bool { return found[l.table] != nil && !placed(all, l.table) }) {
				ready = name
			}
		}
		if ready == "" {
			return nil, fmt.Errorf("some tables point to each other in a ring, so that none can be written first")
		}
		all = append(all, *found[ready])
	}
	return all, nil
}

func placed(all []table, name string) bool {
	return slices.ContainsFunc(all, func(t table) bool { return t.name == name })
}

// each asks a question and hands every row to fn.
func each(ctx context.Context, tx *sql.Tx, question string, fn func(scan func(...any) error) error) error {
	rows, err := tx.QueryContext(ctx, question)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := fn(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// version is the number of the newest migration that this database has, 0 for an empty one.
func version(ctx context.Context, tx *sql.Tx, postgres bool) (at int64, err error) {
	there := "SELECT COUNT(*) FROM sqlite_master WHERE name = 'goose_db_version'"
	if postgres {
		there = "SELECT COUNT(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relname = 'goose_db_version'"
	}
	var n int
	if err := tx.QueryRowContext(ctx, there).Scan(&n); err != nil || n == 0 {
		return 0, err
	}
	err = tx.QueryRowContext(ctx, "SELECT COALESCE(MAX(version_id), 0) FROM goose_db_version").Scan(&at)
	return at, err
}
