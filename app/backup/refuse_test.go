package backup_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"

	"portico/app/backup"
	"portico/app/store"
	"portico/app/vault"
)

// untouched holds that a place is as it was before a restore that was refused: no table with a
// row, and no secrets.
func untouched(t *testing.T, p place) {
	t.Helper()
	for _, table := range tableNames(t, p) {
		if n := len(rows(t, p, table)); n > 0 && table != "directory_state" {
			t.Errorf("%s has %d rows after a refusal", table, n)
		}
	}
	if _, err := os.Stat(p.secrets()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a secrets file was left: %v", err)
	}
}

// TestADamagedFileIsRefusedWhole changes and cuts a backup in many places.
func TestADamagedFileIsRefusedWhole(t *testing.T) {
	file, _, key := sealedCopy(t, full(t))
	bad := map[string][]byte{
		"empty": {}, "no backup at all": []byte("SQLite format 3\x00 and so on"), "twice": append(slices.Clone(file), file...),
		"with a tail": append(slices.Clone(file), 'x'), "without its last byte": file[:len(file)-1], "only its head": file[:200],
	}
	// The stream is sealed in pieces of 64 KiB: a file that ends exactly after one must not pass.
	for _, at := range []int{300, 64 << 10, len(file) / 2, len(file) - 20} {
		bad["cut off at "+string(rune('a'+len(bad)))] = file[:at]
		changed := slices.Clone(file)
		changed[at] ^= 1
		bad["changed at "+string(rune('a'+len(bad)))] = changed
	}
	for _, engine := range engines() {
		there := blank(t, engine)
		for what, text := range bad {
			if _, err := backup.Verify(bytes.NewReader(text), key); err == nil {
				t.Errorf("%s: verify found nothing", what)
			}
			_, _, err := backup.Restore(t.Context(), bytes.NewReader(text), key, backup.Target{DB: there.Store, Secrets: there.secrets()})
			if err == nil {
				t.Fatalf("%s: it was restored", what)
			}
		}
		untouched(t, there)
	}
}

// repacked opens a backup, lets fn change the plain stream, and seals it again with a right
// seal: what somebody could do who has the public keys.
func repacked(t *testing.T, file []byte, key []age.Identity, fn func(string) string) []byte {
	t.Helper()
	was := plainText(t, file, key)
	is := fn(was)
	if is == was {
		t.Error("nothing was changed: the test shows nothing")
	}
	return sealText(t, key, is)
}

// TestAWellSealedLieIsRefused changes the stream inside an intact seal.
func TestAWellSealedLieIsRefused(t *testing.T) {
	file, _, key := sealedCopy(t, full(t))
	for what, fn := range map[string]func(string) string{
		"one row less": func(s string) string {
			first := strings.Index(s, "\n[") + 1
			return s[:first] + s[first+strings.Index(s[first:], "\n")+1:]
		},
		"another word":       func(s string) string { return strings.Replace(s, "2026-", "2027-", 20) },
		"no last line":       func(s string) string { return s[:strings.LastIndex(strings.TrimSpace(s), "\n")+1] },
		"more after the end": func(s string) string { return s + "[1]\n" },
		"no first line":      func(s string) string { return s[strings.Index(s, "\n")+1:] },
		"another form":       func(s string) string { return strings.Replace(s, `"format":1`, `"format":2`, 1) },
		"a newer schema":     func(s string) string { return strings.Replace(s, `"schema":`, `"schema":9`, 1) },
		"other secrets": func(s string) string {
			return strings.Replace(s, `portico secrets v1\n`, `portico secrets v1\n`+strings.Repeat("00", 32)+`\n`+strings.Repeat("00", 32)+`\n`, 1)
		},
		"no JSON":            func(s string) string { return s[:len(s)/2] + "\nxx\n" + s[len(s)/2:] },
		"rows before tables": func(s string) string { return strings.Replace(s, "\n", "\n[1,2]\n", 1) },
		"a line without end": func(string) string { return strings.Repeat("x", 1<<20) },
	} {
		there := blank(t, false)
		text := repacked(t, file, key, fn)
		if _, _, err := backup.Restore(t.Context(), bytes.NewReader(text), key, backup.Target{DB: there.Store, Secrets: there.secrets()}); err == nil {
			t.Errorf("%s: it was restored", what)
		} else {
			untouched(t, there)
		}
	}
}

func TestAnotherKeyOpensNothing(t *testing.T) {
	file, _, _ := sealedCopy(t, full(t))
	_, err := backup.Verify(bytes.NewReader(file), []age.Identity{keyPair(t)})
	if err == nil || !strings.Contains(err.Error(), "sealed for other people") {
		t.Errorf("another key: %v", err)
	}
}

// TestKeysAreReadWithCare gives every kind of wrong key.
func TestKeysAreReadWithCare(t *testing.T) {
	one, two := keyPair(t).Recipient().String(), keyPair(t).Recipient().String()
	secret := keyPair(t).String()
	for _, row := range []struct {
		keys []string
		says string
	}{
		{nil, "at least two people"}, {[]string{one}, "at least two people"}, {[]string{one, one, " " + one}, "at least two people"},
		{[]string{one, "age1nonsense"}, "no public key"}, {[]string{one, secret}, "secret half"}, {[]string{one, two + "\n" + two}, "no public key"},
		{[]string{one, "", two}, ""},
	} {
		got, err := backup.Recipients(row.keys)
		if row.says == "" && (err != nil || len(got) != 2) || row.says != "" && (err == nil || !strings.Contains(err.Error(), row.says)) {
			t.Errorf("%d keys: %d, %v; want %q", len(row.keys), len(got), err, row.says)
		}
		if err != nil && strings.Contains(err.Error(), secret) {
			t.Error("the error repeats a secret key")
		}
	}
	for text, says := range map[string]string{
		"": "does not read", "# nothing": "does not read", "age-encryption.org/v1\n-> scrypt": "passphrase", one: "does not read", "# mine\n" + secret + "\n": "",
	} {
		got, err := backup.Identities(strings.NewReader(text))
		if says == "" && (err != nil || len(got) != 1) || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%.20q: %d, %v; want %q", text, len(got), err, says)
		}
	}
	if _, err := backup.Write(t.Context(), full(t).Store, nil, []age.Recipient{keyPair(t).Recipient()}, io.Discard); err == nil {
		t.Error("a backup was sealed for one person")
	}
}

// TestAFullPlaceIsNeverWrittenOver tries to restore and to move into what is in use.
func TestAFullPlaceIsNeverWrittenOver(t *testing.T) {
	here := full(t)
	file, _, key := sealedCopy(t, here)
	for _, engine := range engines() {
		there, _ := restored(t, file, key, engine, nil)
		before := len(rows(t, there, "posts"))
		_, _, err := backup.Restore(t.Context(), bytes.NewReader(file), key, backup.Target{DB: there.Store, Secrets: there.secrets()})
		if !errors.Is(err, backup.ErrNotEmpty) {
			t.Errorf("%s: restored over a full place: %v", name(engine), err)
		}
		if _, err := backup.Move(t.Context(), here.Store, there.Store); !errors.Is(err, backup.ErrNotEmpty) {
			t.Errorf("%s: moved over a full place: %v", name(engine), err)
		}
		if _, err := os.Stat(there.secrets()); err != nil || len(rows(t, there, "posts")) != before {
			t.Errorf("%s: a refusal changed something: %v", name(engine), err)
		}
	}
	there := blank(t, false)
	if err := os.WriteFile(there.secrets(), []byte("portico secrets v1\nother\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err := backup.Restore(t.Context(), bytes.NewReader(file), key, backup.Target{DB: there.Store, Secrets: there.secrets()})
	if text, _ := os.ReadFile(there.secrets()); err == nil || !strings.Contains(err.Error(), "another portal") || !strings.Contains(string(text), "other") {
		t.Errorf("over other secrets: %v", err)
	}
}

// TestSecretsOfAnotherPortalAreNoBackup refuses to write what nobody could ever use.
func TestSecretsOfAnotherPortalAreNoBackup(t *testing.T) {
	here := full(t)
	path := t.TempDir() + "/secrets.key"
	if _, err := vault.CreateServer(path); err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	to := []age.Recipient{keyPair(t).Recipient(), keyPair(t).Recipient()}
	if _, err := backup.Write(t.Context(), here.Store, other, to, io.Discard); !errors.Is(err, store.ErrOtherSecrets) {
		t.Errorf("with other secrets: %v", err)
	}
	for _, secrets := range []string{"", "portico secrets v1\n", "portico secrets v1\nzz\nzz\n"} {
		if _, err := backup.Write(t.Context(), here.Store, []byte(secrets), to, io.Discard); err == nil {
			t.Errorf("with the secrets %q a backup was made", secrets)
		}
	}
	if _, err := backup.Write(t.Context(), blank(t, false).Store, other, to, io.Discard); err == nil || !strings.Contains(err.Error(), "nothing to back up") {
		t.Errorf("of an empty place: %v", err)
	}
}

// TestAMoveAsksForTheWholeDatabase holds a connection open as a running server does.
func TestAMoveAsksForTheWholeDatabase(t *testing.T) {
	for _, engine := range engines() {
		here := source(t, engine)
		server := openAt(t, here.folder, here.address, day)
		if err := server.Ping(t.Context()); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := server.DB.Raw("SELECT COUNT(*) FROM posts").Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		there := blank(t, false)
		if _, err := backup.Move(t.Context(), here.Store, there.Store); !errors.Is(err, backup.ErrWriting) {
			t.Errorf("%s: moved beside a server: %v", name(engine), err)
		}
		untouched(t, there)
		if err := server.Close(); err != nil {
			t.Fatal(err)
		}
		if _, err := backup.Move(t.Context(), here.Store, there.Store); err != nil {
			t.Errorf("%s: not moved after the server stopped: %v", name(engine), err)
		}
	}
}
