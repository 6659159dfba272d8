package storetest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Dump is every table, the database's own files where it has some, and the log: all that a
// thief of the disk would read.
func (db *DB) Dump(t testing.TB) string {
	t.Helper()
	tables, err := db.DB.Migrator().GetTables()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, table := range tables {
		if strings.HasPrefix(table, "post_words") || strings.HasPrefix(table, "sqlite_") {
			continue // the index of search, and the engine's own
		}
		var rows []map[string]any
		if err := db.DB.Table(table).Find(&rows).Error; err != nil {
			t.Fatalf("%s: %v", table, err)
		}
		for _, row := range rows {
			for column, value := range row {
				if raw, ok := value.([]byte); ok {
					row[column] = string(raw)
				}
			}
			fmt.Fprintf(&b, "%s %v\n", table, row)
		}
	}
	if !Postgres() {
		for _, suffix := range []string{"", "-wal"} {
			raw, err := os.ReadFile(filepath.Join(db.Folder, "portico.db"+suffix))
			if err != nil {
				t.Fatal(err)
			}
			b.Write(raw)
		}
	}
	return b.String() + db.Logs.String()
}
