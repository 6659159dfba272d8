package server_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"portico/app/directory"
	"portico/app/practice"
)

// everyListed reads the list of what the field's sources name, as far as the portal has to
// show it. The list is no part of this repository; PORTICO_DOMAIN says where its folder is.
func everyListed(t *testing.T) (rows []map[string]string) {
	t.Helper()
	folder := os.Getenv("PORTICO_DOMAIN")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "domain")
	}
	text, err := os.ReadFile(filepath.Join(folder, "systems.tsv"))
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("the list of systems is missing, and in CI nothing is skipped: %v", err)
		}
		t.Skipf("the list of systems is not here: set PORTICO_DOMAIN (%v)", err)
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	names := strings.Split(lines[0], "\t")
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(line, "\t") {
			row[names[i]] = cell
		}
		if row["scope"] == "listed" {
			rows = append(rows, row)
		}
	}
	return rows
}

// TestEveryListedNameIsFound searches for each by its name, as somebody would who has read it
// somewhere: in the directory, or among the practices. What belongs to another part of the
// portal stands in the directory.
func TestEveryListedNameIsFound(t *testing.T) {
	rows := everyListed(t)
	if len(rows) < 250 {
		t.Fatalf("only %d rows are listed", len(rows))
	}
	h := empty(t, unfurnished(t))
	ctx := context.Background()
	found := map[string]int{}
	for _, row := range rows {
		entries, err := h.Directory.Find(ctx, directory.Filter{Words: row["name"]})
		if err != nil {
			t.Fatal(err)
		}
		inDirectory := slices.ContainsFunc(entries.Entries, func(e directory.Entry) bool { return e.ID == row["id"] })
		sheets, err := h.Practice.Find(ctx, practice.Filter{Words: row["name"]})
		if err != nil {
			t.Fatal(err)
		}
		inPractices := slices.ContainsFunc(sheets.Practices, func(p practice.Practice) bool { return p.ID == row["id"] })
		feature := row["portal_feature"]
		switch {
		case feature != "practices" && feature != "library" && !inDirectory:
			t.Errorf("%s: %q (%s) is not found in the directory", row["id"], row["name"], feature)
		case !inDirectory && !inPractices:
			t.Errorf("%s: %q (%s) is found nowhere", row["id"], row["name"], feature)
		default:
			found[feature]++
		}
	}
	t.Logf("%d rows, found by feature: %v", len(rows), found)
}
