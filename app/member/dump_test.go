package member_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portico/app/store/storetest"
)

// dump is every row of every table and the database's own files, as a thief has them.
func (d *drawer) dump(t *testing.T) []byte {
	t.Helper()
	tables, err := d.db.DB.Migrator().GetTables()
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, table := range tables {
		if strings.HasPrefix(table, "post_words") || strings.HasPrefix(table, "sqlite_") {
			continue
		}
		var rows []map[string]any
		if err := d.db.DB.Table(table).Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, value := range row {
				switch v := value.(type) {
				case []byte:
					all.Write(v)
				case string:
					all.WriteString(v)
				}
				all.WriteByte('\n')
			}
		}
	}
	if !storetest.Postgres() {
		for _, suffix := range []string{"", "-wal"} {
			raw, err := os.ReadFile(filepath.Join(d.db.Folder, "portico.db"+suffix))
			if err != nil {
				t.Fatal(err)
			}
			all.Write(raw)
		}
	}
	return all.Bytes()
}
