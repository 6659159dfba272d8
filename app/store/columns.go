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
// which on PostgreSQL is an index and no table either.
const (
	sqliteColumns = `SELECT l.name AS "table", c.name AS name, c.type AS type
		FROM pragma_table_list AS l JOIN pragma_table_info(l.name) AS c
		WHERE l.schema = 'main' AND l.type = 'table' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\' AND l.name <> 'goose_db_version'
		ORDER BY l.name, c.cid`
	postgresColumns = `SELECT c.table_name AS "table", c.column_name AS name, c.data_type AS type
		FROM information_schema.columns AS c
		JOIN information_schema.tables AS t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
		WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.table_name <> 'goose_db_version'
		ORDER BY c.table_name, c.ordinal_position`
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
