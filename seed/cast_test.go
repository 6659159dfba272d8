package seed_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portico/seed"
)

func TestTheCastIsWrittenForItsOwnerOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "demo-cast.json")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	cast := seed.Cast{Invitation: "ABCD-EFGH", People: []seed.Person{
		{Name: "Solène", Roles: []string{"member"}, Lang: "fr", Key: "01234567890123456789"},
		{Name: "Marta", Roles: []string{"moderator"}, Lang: "it", Handle: "lampione", Passphrase: "five words in a row", TOTP: "ABC"},
	}}
	if err := cast.Write(path); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v; want 0600", info.Mode().Perm(), err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var back struct {
		Invitation string
		People     []map[string]any
	}
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if back.Invitation != "ABCD-EFGH" || len(back.People) != 2 || back.People[0]["key"] != "01234567890123456789" ||
		back.People[1]["handle"] != "lampione" || back.People[1]["totp"] != "ABC" {
		t.Errorf("the file reads %s", text)
	}
	if _, has := back.People[0]["handle"]; has || !strings.Contains(string(text), "\n  \"people\"") {
		t.Errorf("empty fields must be left out, and lines indented: %s", text)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".cast-*")); len(left) > 0 {
		t.Errorf("%v was left behind", left)
	}
	if err := cast.Write(filepath.Join(t.TempDir(), "missing", "cast.json")); err == nil {
		t.Error("writing into a missing folder succeeded")
	}
}
