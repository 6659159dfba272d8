package backup_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
	"gorm.io/gorm"

	"portico/app/backup"
	"portico/app/store"
)

// pausing is a file that stops until it may go on, once: when the first rows come, after the
// head of the seal. Whoever writes into it is then in the middle of a backup.
type pausing struct {
	begun, on chan struct{}
	bytes     int
	paused    bool
	file      *os.File
}

func (p *pausing) Write(b []byte) (int, error) {
	if p.bytes += len(b); p.bytes > 8<<10 && !p.paused {
		p.paused = true
		close(p.begun)
		<-p.on
	}
	return p.file.Write(b)
}

// TestABackupBesideAWriterIsOfOneMoment writes two rows that belong together, in the tables at
// both ends of the stream, while a backup is in its middle: neither is in it, and the writer
// does not wait.
func TestABackupBesideAWriterIsOfOneMoment(t *testing.T) {
	for _, engine := range engines() {
		here := source(t, engine)
		server := openAt(t, here.folder, here.address, day)
		secrets, err := os.ReadFile(here.secrets())
		if err != nil {
			t.Fatal(err)
		}
		one, two := keyPair(t), keyPair(t)
		file, err := os.Create(filepath.Join(t.TempDir(), "backup.age"))
		if err != nil {
			t.Fatal(err)
		}
		out := &pausing{begun: make(chan struct{}), on: make(chan struct{}), file: file}
		wrote := make(chan error, 1)
		go func() {
			<-out.begun
			wrote <- server.Tx(context.Background(), func(tx *gorm.DB) error {
				for _, statement := range []*gorm.DB{
					tx.Exec("INSERT INTO site (name, value) VALUES ('later', ?)", store.NewID()),
					tx.Exec("INSERT INTO veils (account_id, level) VALUES (?, 'low')", store.NewID()),
					tx.Exec("UPDATE directory_state SET version = version + 1000"),
					tx.Exec("DELETE FROM accounts"),
				} {
					if statement.Error != nil {
						return statement.Error
					}
				}
				return nil
			})
			close(out.on)
		}()
		before := map[string][]string{}
		for _, table := range []string{"site", "directory_state", "veils", "accounts"} {
			before[table] = rows(t, here, table, changed[table]...)
		}
		if _, err := backup.Write(t.Context(), here.Store, secrets, []age.Recipient{one.Recipient(), two.Recipient()}, out); err != nil {
			t.Fatal(err)
		}
		if err := <-wrote; err != nil {
			t.Fatalf("%s: the writer met %v", name(engine), err)
		}
		text, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		there, _ := restored(t, text, []age.Identity{one}, false, nil)
		for table, was := range before {
			is := slices.DeleteFunc(rows(t, there, table, changed[table]...), func(row string) bool { return strings.HasPrefix(row, "name=trestored ") })
			if !slices.Equal(was, is) {
				t.Errorf("%s: %s is not of the moment at which the backup began", name(engine), table)
			}
		}
		if len(rows(t, here, "accounts")) != 0 {
			t.Errorf("%s: the writer wrote nothing: the test shows nothing", name(engine))
		}
	}
}

// TestABackupLeavesNoOtherFile looks into the folders while a backup is written, and after one
// that went wrong.
func TestABackupLeavesNoOtherFile(t *testing.T) {
	here := full(t)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	to := []age.Recipient{keyPair(t).Recipient(), keyPair(t).Recipient()}
	names := func() (all []string) {
		for _, folder := range []string{here.folder, temporary} {
			entries, err := os.ReadDir(folder)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				all = append(all, e.Name())
			}
		}
		return all
	}
	if err := here.Ping(t.Context()); err != nil {
		t.Fatal(err)
	}
	_ = rows(t, here, "posts") // SQLite makes its own two files beside the database at the first look
	before := names()
	path := filepath.Join(here.folder, "copy.age")
	if _, err := backup.File(t.Context(), here.Store, here.secrets(), to, path); err != nil {
		t.Fatal(err)
	}
	if got, want := names(), append(slices.Clone(before), "copy.age"); !sameNames(got, want) {
		t.Errorf("there are %q, want %q", got, want)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
	secrets, err := os.ReadFile(here.secrets())
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range append(strings.Fields(string(secrets))[3:], "boards", "Welcome") {
		if strings.Contains(string(text), word) {
			t.Errorf("%q stands in the file in clear", word)
		}
	}
	if _, err := backup.File(t.Context(), here.Store, here.secrets(), to, path); err == nil {
		t.Error("a backup was written over another")
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := backup.File(stopped, here.Store, here.secrets(), to, filepath.Join(here.folder, "stopped.age")); err == nil {
		t.Error("a backup that was stopped is no error")
	}
	if _, err := backup.File(t.Context(), here.Store, here.secrets()+".gone", to, filepath.Join(here.folder, "none.age")); err == nil {
		t.Error("a backup without secrets is no error")
	}
	if got, want := names(), append(slices.Clone(before), "copy.age"); !sameNames(got, want) {
		t.Errorf("after failures there are %q, want %q", got, want)
	}
}

func sameNames(a, b []string) bool {
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

// TestOldBackupsOfOursAreDeleted keeps what is young and what others put there.
func TestOldBackupsOfOursAreDeleted(t *testing.T) {
	folder := t.TempDir()
	for _, file := range []string{"portico-2026-02-04T0329.age", "portico-2026-02-05T0330.age", "portico-2026-03-07T0330.age", "portico-2025.age", "mine-2025-01-01T0000.age", "erased.log"} {
		if err := os.WriteFile(filepath.Join(folder, file), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	gone, err := backup.DropOld(folder, day)
	if err != nil || len(gone) != 1 || filepath.Base(gone[0]) != "portico-2026-02-04T0329.age" {
		t.Errorf("%q are gone, %v", gone, err)
	}
	path, ours, err := backup.FileFor(folder, day)
	if err != nil || !ours || path != filepath.Join(folder, "portico-2026-03-07T0330.age") {
		t.Errorf("into a folder: %s %v %v", path, ours, err)
	}
	if _, _, err := backup.FileFor(path, day); err == nil {
		t.Error("a file that is there may be written over")
	}
	if path, ours, err := backup.FileFor(filepath.Join(folder, "new", "x.age"), day); err != nil || ours || filepath.Base(path) != "x.age" {
		t.Errorf("into a named file: %s %v %v", path, ours, err)
	}
	if path, ours, err := backup.FileFor(filepath.Join(folder, "deep", "er"), day); err != nil || !ours || filepath.Dir(path) != filepath.Join(folder, "deep", "er") {
		t.Errorf("into a new folder: %s %v %v", path, ours, err)
	}
}

// TestASecretKeyBesideTheDataIsFound looks for what must not lie there.
func TestASecretKeyBesideTheDataIsFound(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "key.txt"), []byte("# mine\n"+keyPair(t).String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "public.txt"), []byte(keyPair(t).Recipient().String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := backup.KeysIn(folder, folder, filepath.Join(folder, "none")); len(got) != 1 || filepath.Base(got[0]) != "key.txt" {
		t.Errorf("found %q", got)
	}
}

// TestAnOlderBackupIsBroughtUpToDate makes a database of an older schema, backs it up, and
// restores it with this program; a database that is newer than the backup is refused.
func TestAnOlderBackupIsBroughtUpToDate(t *testing.T) {
	old := blank(t, false)
	if err := old.MigrateTo(t.Context(), 30); err != nil {
		t.Fatal(err)
	}
	from := full(t)
	text, err := os.ReadFile(from.secrets())
	if err != nil {
		t.Fatal(err)
	}
	var id []byte
	if err := from.DB.Raw("SELECT value FROM site WHERE name = 'secrets_id'").Row().Scan(&id); err != nil {
		t.Fatal(err)
	}
	for _, fact := range []store.Fact{{Name: "secrets_id", Value: id}, {Name: "salt", Value: []byte{}}} {
		if err := old.DB.Create(&fact).Error; err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(old.secrets(), text, 0o600); err != nil {
		t.Fatal(err)
	}
	file, c, key := sealedCopy(t, old)
	if c.Schema != 30 {
		t.Errorf("the backup says schema %d", c.Schema)
	}
	there, _ := restored(t, file, key, false, nil)
	var facts int
	if err := there.DB.Raw("SELECT COUNT(*) FROM site, page_recordings WHERE 1 = 0").Scan(&facts).Error; err != nil {
		t.Errorf("the schema is not the newest: %v", err)
	}
	if got := rows(t, there, "site"); len(got) != 3 {
		t.Errorf("the facts are %q", got)
	}
	newer := blank(t, false)
	if err := newer.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, _, err = backup.Restore(t.Context(), strings.NewReader(string(file)), key, backup.Target{DB: newer.Store, Secrets: newer.secrets()})
	if err == nil || !strings.Contains(err.Error(), "older program") {
		t.Errorf("into a newer schema: %v", err)
	}
	untouched(t, newer)
}
