package backup_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"filippo.io/age"

	"portico/app/backup"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
	"portico/seed"
)

// place is a database with its folder, as a host has it.
type place struct {
	*store.Store
	folder  string
	address store.Address
}

func (p place) secrets() string { return filepath.Join(p.folder, "secrets.key") }

// day is when the backups of these tests are made; the demonstration ends there.
var day = storetest.Start

func openAt(t testing.TB, folder string, where store.Address, now time.Time) place {
	t.Helper()
	clock := store.Clock{Now: func() time.Time { return now }, Zone: time.UTC}
	s, err := store.Open(where, clock, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return place{s, folder, where}
}

// furnishedFolder is the folder of the demonstration once there is one, to be removed at the end.
var furnishedFolder string

// furnished is the demonstration in a SQLite file, built once for all tests.
var furnished = sync.OnceValues(func() (folder string, err error) {
	if folder, err = os.MkdirTemp("", "portico-backup-"); err != nil {
		return "", err
	}
	furnishedFolder = folder
	clock := store.Clock{Now: func() time.Time { return day }, Zone: time.UTC}
	s, err := store.Open(store.Address{SQLite: filepath.Join(folder, "portico.db")}, clock, slog.New(slog.DiscardHandler))
	if err != nil {
		return folder, err
	}
	ctx := context.Background()
	if err := s.Migrate(ctx); err != nil {
		return folder, err
	}
	server, err := vault.CreateServer(filepath.Join(folder, "secrets.key"))
	if err != nil {
		return folder, err
	}
	salt, err := s.Claim(ctx, server)
	if err != nil {
		return folder, err
	}
	cast, err := seed.Load(ctx, s, server, salt)
	return folder, errors.Join(err, cast.Write(filepath.Join(folder, "demo-cast.json")), s.Close())
})

func TestMain(m *testing.M) {
	code := m.Run()
	if furnishedFolder != "" {
		_ = os.RemoveAll(furnishedFolder)
	}
	os.Exit(code)
}

// full is a copy of the demonstration in SQLite.
func full(t testing.TB) place {
	t.Helper()
	from, err := furnished()
	if err != nil {
		t.Fatalf("build the demonstration: %v", err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return openAt(t, folder, store.Address{SQLite: filepath.Join(folder, "portico.db")}, day)
}

// blank is an empty place: no table on SQLite, none but the migrated ones on PostgreSQL.
func blank(t testing.TB, postgres bool) place {
	t.Helper()
	folder := t.TempDir()
	where := store.Address{SQLite: filepath.Join(folder, "portico.db")}
	if postgres {
		where = store.Address{Postgres: storetest.FreshPostgres(t)}
	}
	return openAt(t, folder, where, day.AddDate(0, 0, 2))
}

// engines are those that the run can reach: without PostgreSQL there is SQLite alone.
func engines() []bool {
	if storetest.Postgres() {
		return []bool{false, true}
	}
	return []bool{false}
}

func name(postgres bool) string {
	if postgres {
		return "PostgreSQL"
	}
	return "SQLite"
}

// source is the demonstration on one of the engines.
func source(t testing.TB, postgres bool) place {
	t.Helper()
	from := full(t)
	if !postgres {
		return from
	}
	to := blank(t, true)
	if _, err := backup.Move(t.Context(), from.Store, to.Store); err != nil {
		t.Fatalf("bring the demonstration to PostgreSQL: %v", err)
	}
	text, err := os.ReadFile(from.secrets())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to.secrets(), text, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return openAt(t, to.folder, to.address, day)
}

// keyPair draws a key of age.
func keyPair(t testing.TB) *age.X25519Identity {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// sealedCopy makes a backup of a place, and the key that opens it.
func sealedCopy(t testing.TB, p place) ([]byte, backup.Contents, []age.Identity) {
	t.Helper()
	one, two := keyPair(t), keyPair(t)
	text, err := os.ReadFile(p.secrets())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	c, err := backup.Write(t.Context(), p.Store, text, []age.Recipient{one.Recipient(), two.Recipient()}, &out)
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), c, []age.Identity{two}
}

// restored puts a backup into a blank place.
func restored(t testing.TB, file []byte, key []age.Identity, postgres bool, erased *backup.Erased) (place, backup.Left) {
	t.Helper()
	to := blank(t, postgres)
	_, left, err := backup.Restore(t.Context(), bytes.NewReader(file), key, backup.Target{DB: to.Store, Secrets: to.secrets(), Erased: erased})
	if err != nil {
		t.Fatal(err)
	}
	return to, left
}

// rows are all rows of a table as text, in the order of that text and in the same words on
// both engines: it reads by GORM, and shares nothing with what it is to prove.
func rows(t testing.TB, p place, table string, without ...string) []string {
	t.Helper()
	var found []map[string]any
	if err := p.DB.Table(table).Find(&found).Error; err != nil {
		t.Fatalf("%s: %v", table, err)
	}
	all := make([]string, len(found))
	for i, row := range found {
		var cells []string
		for column, v := range row {
			if slices.Contains(without, column) {
				continue
			}
			switch x := v.(type) {
			case []byte:
				v = fmt.Sprintf("x%x", x)
			case string:
				v = "t" + x
			case bool:
				v = map[bool]int{false: 0, true: 1}[x]
			}
			cells = append(cells, fmt.Sprintf("%s=%v", column, v))
		}
		slices.Sort(cells)
		all[i] = strings.Join(cells, " ")
	}
	slices.Sort(all)
	return all
}

// tableNames are all tables, asked of the store and not of the package under test.
func tableNames(t testing.TB, p place) (names []string) {
	t.Helper()
	columns, err := p.Columns(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range columns {
		if len(names) == 0 || names[len(names)-1] != c.Table {
			names = append(names, c.Table)
		}
	}
	return names
}

// plainText is the stream inside a backup.
func plainText(t testing.TB, file []byte, key []age.Identity) string {
	t.Helper()
	opened, err := age.Decrypt(bytes.NewReader(file), key...)
	if err != nil {
		t.Fatal(err)
	}
	unpacked, err := gzip.NewReader(opened)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// sealText packs and seals a stream that a test wrote.
func sealText(t testing.TB, key []age.Identity, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	sealing, err := age.Encrypt(&out, key[0].(*age.X25519Identity).Recipient())
	if err != nil {
		t.Fatal(err)
	}
	packing := gzip.NewWriter(sealing)
	if _, err := packing.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(packing.Close(), sealing.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
