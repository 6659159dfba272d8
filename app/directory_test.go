package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portico/seed"
)

// TestTheDirectoryGoesOutAndComesInByTheCommands takes the directory out of a demonstration in
// both formats, brings it back unchanged, changed and with faults.
func TestTheDirectoryGoesOutAndComesInByTheCommands(t *testing.T) {
	data, env := t.TempDir(), database(t)
	p := start(t, data, env...)
	cast := p.cast(t)
	if err := p.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_, _ = p.cmd.Process.Wait()
	say := func(in string, args ...string) (string, error) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), binary(t), append([]string{"directory"}, args...)...)
		cmd.Stdin, cmd.Env = strings.NewReader(in), append(append(os.Environ(), "PORTICO_DATA="+data), env...)
		var said strings.Builder
		cmd.Stderr = &said
		out, err := cmd.Output()
		return string(out) + said.String(), err
	}
	handle := func(role string) string {
		i := slices.IndexFunc(cast.People, func(p seed.Person) bool { return slices.Contains(p.Roles, role) })
		return cast.People[i].Handle
	}
	lead := handle("coordinator")

	for _, format := range []string{"json", "csv"} {
		out, err := say("", "export", "-format", format)
		if err != nil || !strings.Contains(out, "Gruppo Abele") {
			t.Fatalf("%s: %v %.200s", format, err, out)
		}
		if said, err := say(out, "import", "-as", lead, "-"); err != nil || !strings.HasPrefix(said, "0 new and 0 changed written") {
			t.Errorf("%s: the way out and back says %v %q", format, err, said)
		}
	}
	file := filepath.Join(t.TempDir(), "list.csv")
	rows := "id,kind,name,country,what.en\nx-1,service,Night bus,IT,Tea and talks.\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in   string
		args []string
		says string
		ends bool // without an error
	}{
		{"", []string{"import", "-as", lead, "-try", file}, "1 new and 0 changed would be written", true},
		{"", []string{"import", "-as", lead, file}, "1 new and 0 changed written", true},
		{"", []string{"import", "-as", lead, file}, "0 new and 0 changed written", true},
		{rows + "x-1,service,Twice,IT,Tea.\n", []string{"import", "-as", lead, "-"}, "nothing was written", false},
		{"", []string{"import", "-as", handle("moderator"), file}, "a coordinator does", false},
		{"", []string{"import", file}, "say who does it", false},
		{"", []string{"import", "-as", lead, file + ".gone"}, "no such file", false},
		{"", []string{"import", "-as", lead}, "name one file", false},
		{"", []string{"export", "-format", "xml"}, "there is json and csv", false},
	} {
		said, err := say(c.in, c.args...)
		if !strings.Contains(said, c.says) || (err == nil) != c.ends {
			t.Errorf("%v: %v %q; want %q", c.args, err, said, c.says)
		}
	}
}
