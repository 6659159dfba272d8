package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// deployed reads one of the examples for hosts.
func deployed(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var setting = regexp.MustCompile(`PORTICO_[A-Z_]*[A-Z]`)

// configured are the settings that the program reads.
func configured(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("config/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("the settings are nowhere: %v", err)
	}
	var names []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, tag := range regexp.MustCompile(`env:"(PORTICO_[A-Z_]+)"|envPrefix:"(PORTICO_[A-Z_]+)"`).FindAllStringSubmatch(string(text), -1) {
			names = append(names, tag[1]+tag[2])
		}
	}
	if len(names) < 15 {
		t.Fatalf("only %d settings were found", len(names))
	}
	return names
}

func TestHostsAreToldEverySettingAndNoOther(t *testing.T) {
	known := configured(t)
	example := deployed(t, "env.example")
	for _, name := range known {
		if !strings.Contains(example, name) {
			t.Errorf("env.example lacks %s", name)
		}
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"env.example", "hosting.md", "portico.service", "portico-backup.service", "torrc", "Caddyfile"} {
		for _, name := range setting.FindAllString(deployed(t, file), -1) {
			if !slices.Contains(known, name) {
				t.Errorf("%s speaks of %s, which the program does not read", file, name)
			}
		}
	}
	for _, name := range known {
		// The settings of a model stand together in README under their beginning.
		if !strings.Contains(string(readme), name) && !strings.HasPrefix(name, "PORTICO_MODEL_") {
			t.Errorf("README does not say what %s is", name)
		}
	}
}

func TestHostsAreToldOnlyCommandsThatExist(t *testing.T) {
	var words []string
	for _, c := range commands() {
		words = append(words, strings.Fields(c.name)[0])
	}
	said := 0
	for _, file := range []string{"hosting.md", "portico.service", "portico-backup.service", "env.example"} {
		for _, found := range regexp.MustCompile("(?:`|bin/|\\) )portico ([a-z]+)").FindAllStringSubmatch(deployed(t, file), -1) {
			said++
			if !slices.Contains(words, found[1]) {
				t.Errorf("%s speaks of the command %q, which does not exist", file, found[1])
			}
		}
	}
	if said < 6 {
		t.Errorf("only %d commands were found: this test looks at nothing", said)
	}
}

// TestTheExamplesKeepTheirPromises holds what must never be lost from the examples: nothing
// logs who comes, the program may do little, and onion visitors are not one visitor.
func TestTheExamplesKeepTheirPromises(t *testing.T) {
	line := func(file, want string) {
		t.Helper()
		if !slices.Contains(strings.Split(deployed(t, file), "\n"), want) {
			t.Errorf("%s lacks the line %q", file, want)
		}
	}
	for _, unit := range []string{"portico.service", "portico-backup.service"} {
		for _, want := range []string{"DynamicUser=yes", "NoNewPrivileges=yes", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
			"MemoryDenyWriteExecute=yes", "SystemCallFilter=@system-service", "CapabilityBoundingSet=", "UMask=0077", "LimitCORE=0", "StateDirectoryMode=0700"} {
			line(unit, want)
		}
	}
	line("portico.service", "KillSignal=SIGTERM")
	line("portico.service", "IPAddressDeny=any")
	line("portico-backup.service", "ExecStart=/usr/local/bin/portico backup")
	for _, text := range strings.Split(deployed(t, "Caddyfile"), "\n") {
		if word := strings.Fields(text); len(word) > 0 && (word[0] == "log" || word[0] == "encode") {
			t.Errorf("the Caddyfile says %q", text)
		}
	}
	line("torrc", "HiddenServicePoWDefensesEnabled 1")
	line("torrc", "HiddenServiceSingleHopMode 0")
	for _, want := range []string{"fsync = on", "synchronous_commit = on", "log_statement = none", "log_error_verbosity = terse", "log_min_duration_statement = -1", "log_connections = off"} {
		line("postgresql.conf", want)
	}
}
