package store

import "context"

// Column is one column of the schema as the database itself describes it.
type Column struct {
	Table string
	Name  string
	Type  string
}

// The questions to the two engines. Left out are the migration tool's own table and what
// SQLite keeps for itself: a virtual table and its shadows are the word index of posts,
// which on PostgreSQL is an index and no table either. PostgreSQL is asked in its own
// catalogue: the views of the standard take a second for the same answer, and everybody may
// open the page that is made of it.
const (
	sqliteColumns = `SELECT l.name AS "table", c.name AS name, c.type AS type
		FROM pragma_table_list AS l JOIN pragma_table_info(l.name) AS c
		WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND l.name <> 'goose_db_version'
		ORDER BY l.name, c.cid`
	postgresColumns = `SELECT c.relname AS "table", a.attname AS name, format_type(a.atttypid, NULL) AS type
		FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
		WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'goose_db_version'
			AND a.attnum > 0 AND NOT a.attisdropped
		ORDER BY c.relname, a.attnum`
)

// Columns lists what the database really holds, by table. It asks the database and not the
// program, so that a page made of it cannot leave out what the program forgot.
func (s *Store) Columns(ctx context.Context) ([]Column, error) {
	question := sqliteColumns
	if s.postgres {
		question = postgresColumns
	}
	var columns []Column
	err := s.DB.WithContext(ctx).Raw(question).Scan(&columns).Error
	return columns, Translate(err)
}
