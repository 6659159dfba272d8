package main_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReadmeNamesEveryModule holds README's table of dependencies to go.mod: each module that
// is required directly has its line of why, and each line its module.
func TestReadmeNamesEveryModule(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, ok := strings.Cut(string(readme), "## Dependencies")
	if !ok {
		t.Fatal("README has no table of dependencies")
	}
	table, _, _ = strings.Cut(table, "From npm")
	required := regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(string(mod), -1)
	if len(required) < 20 {
		t.Fatalf("only %d modules are required directly", len(required))
	}
	version := regexp.MustCompile(`/v[0-9]+$`)
	for _, found := range required {
		name := version.ReplaceAllString(found[1], "")
		short := strings.TrimPrefix(name, "github.com/")
		if !strings.Contains(table, short) {
			t.Errorf("README does not say why %s is here", name)
		}
	}
	for _, row := range regexp.MustCompile(`(?m)^\| ([^|]+) \|`).FindAllStringSubmatch(table, -1) {
		for _, said := range strings.Split(row[1], ", ") {
			if !strings.Contains(said, "/") {
				continue // the head of the table
			}
			// A tool, or a version that is held for others, is required without being imported.
			if !strings.Contains(string(mod), said) {
				t.Errorf("README names %s, which go.mod does not require", said)
			}
		}
	}
}
