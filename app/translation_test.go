package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"portico/app/exchange"
	"portico/locales"
)

// TestTheInterfaceGoesOutAndComesInByTheCommands takes the messages of a language that waits
// for its mediator out of a copy of the source tree and brings one of them in.
func TestTheInterfaceGoesOutAndComesInByTheCommands(t *testing.T) {
	path, dir := binary(t), t.TempDir()
	// The third language has only begun, however far the shipped one has come.
	files := map[string][]byte{"sq": []byte("# sq: waits for a mediator.\n")}
	for _, tag := range []string{"en", "it"} {
		text, err := locales.FS.ReadFile("active." + tag + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		files[tag] = text
	}
	for tag, text := range files {
		if err := os.WriteFile(filepath.Join(dir, "active."+tag+".toml"), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	say := func(stdin string, args ...string) string {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), path, append([]string{"translation"}, args...)...)
		cmd.Stdin = strings.NewReader(stdin)
		cmd.Env = append(os.Environ(), "PORTICO_DATA="+dir)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		return string(out)
	}
	file := func(tag string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(dir, "active."+tag+".toml"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	before := file("it")
	for _, format := range []string{"xliff", "po", "tmx"} {
		out := say("", "export", "-format", format, "-lang", "it", "-what", "interface", "-dir", dir)
		if said := say(out, "import", "-lang", "it", "-what", "interface", "-dir", dir, "-"); said != "" || file("it") != before {
			t.Errorf("%s: the way out and back changes the messages: %s", format, said)
		}
	}
	out := say("", "export", "-format", "xliff", "-lang", "sq", "-what", "interface", "-dir", dir)
	f, err := exchange.Read(strings.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	for i := range f.Units {
		if f.Units[i].ID == "common.print" {
			f.Units[i].Target = "Printo"
		}
	}
	var b strings.Builder
	if err := exchange.Write(&b, exchange.XLIFF, f); err != nil {
		t.Fatal(err)
	}
	if said := say(b.String(), "import", "-try", "-lang", "sq", "-what", "interface", "-dir", dir, "-"); !strings.Contains(said, "new\tcommon.print") || strings.Contains(file("sq"), "Printo") {
		t.Errorf("the look says %q and writes", said)
	}
	say(b.String(), "import", "-lang", "sq", "-what", "interface", "-dir", dir, "-")
	if !strings.HasSuffix(file("sq"), "\n\n[\"common.print\"]\nother = \"Printo\"\n") {
		t.Errorf("the file is %q", file("sq"))
	}
}
