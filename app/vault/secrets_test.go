package vault_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portico/app/vault"
)

func TestTheSecretsFileIsForItsOwnerAndNeverOverwritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets.key")
	made, err := vault.CreateServer(path)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file's mode is %v, %v; want 0600", info.Mode().Perm(), err)
	}
	before, _ := os.ReadFile(path)
	if _, err := vault.CreateServer(path); err == nil {
		t.Error("a second creation did not fail")
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("a second creation changed the file")
	}
	read, err := vault.ReadServer(path)
	if err != nil || !bytes.Equal(read.ID(), made.ID()) || len(made.ID()) != 8 {
		t.Fatalf("read back with id %x, %v; want %x", read.ID(), err, made.ID())
	}
	if _, ok := read.ReadTicket("p", made.Ticket("p", nil)); !ok {
		t.Error("the server that was read cannot read what the one that was made wrote")
	}
	if bytes.Contains(before, []byte(hex.EncodeToString(made.ID()))) {
		t.Error("the id stands in the file: it must not reveal the secrets")
	}
}

func TestAMissingSecretsFileIsSaidAndNotMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secrets.key")
	if _, err := vault.ReadServer(path); !errors.Is(err, vault.ErrNoSecrets) || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v; want the missing file with its path", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("reading made the file")
	}
}

func TestADamagedSecretsFileIsRefused(t *testing.T) {
	const head = "portico secrets v1\n"
	full := strings.Repeat("ab", 32)
	for _, c := range []struct{ name, text string }{
		{"an empty file", ""},
		{"the first line only", head},
		{"one secret", head + full + "\n"},
		{"three secrets", head + full + "\n" + full + "\n" + full + "\n"},
		{"a short secret", head + full + "\n" + full[2:] + "\n"},
		{"a long secret", head + full + "ab\n" + full + "\n"},
		{"signs that are no digits", head + full + "\n" + strings.Repeat("xy", 32) + "\n"},
		{"half a byte", head + full + "\n" + full[1:] + "\n"},
		{"another version", "portico secrets v2\n" + full + "\n" + full + "\n"},
		{"another kind of file", "\x00\x01\x02 SQLite format 3"},
	} {
		path := filepath.Join(t.TempDir(), "secrets.key")
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := vault.ReadServer(path)
		if err == nil || errors.Is(err, vault.ErrNoSecrets) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got %v; want a refusal that names the file", c.name, err)
		}
		if err != nil && strings.Contains(err.Error(), full[:16]) {
			t.Errorf("%s: the refusal quotes a secret", c.name)
		}
	}
}
