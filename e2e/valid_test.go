//go:build e2e

package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// journeyExists reports whether a test of this name stands in this folder.
func journeyExists(t *testing.T, name string) bool {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "func "+name+"(") {
			return true
		}
	}
	return false
}

// verdict is one thing that the Nu checker says.
type verdict struct {
	Type, SubType, URL, Message, Extract string
	LastLine                             int
}

// valid gives every page that anybody came to, in three languages, to the Nu HTML checker
// (npm vnu-jar), all in one run, and wants no error.
func (ps *pages) valid(t *testing.T) {
	t.Helper()
	jar := "node_modules/vnu-jar/build/dist/vnu.jar"
	for _, tool := range []error{exist(jar), found("java")} {
		if tool == nil {
			continue
		}
		if os.Getenv("CI") != "" {
			t.Fatal(tool)
		}
		t.Skip(tool)
	}
	folder, names := t.TempDir(), map[string]string{}
	write := func(s sheet, body string) {
		name := filepath.Join(folder, fmt.Sprintf("%05d.html", len(names)))
		names["file:"+name] = fmt.Sprintf("%s (%s) as %q", s.Route, s.Path, s.Who)
		if err := os.WriteFile(name, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	shapes := map[string]bool{}
	for _, s := range ps.all {
		if shape := s.Route + shapeOf(s.Body); !shapes[shape] {
			shapes[shape] = true
			write(s, s.Body)
		}
	}
	for _, s := range ps.ends() {
		for _, lang := range judged[1:] {
			if body, ok := ps.read(t, s.Who, lang, s.Path); ok {
				write(s, body)
			}
		}
	}
	t.Logf("%d pages for the checker, of %d", len(names), len(ps.all))
	for _, v := range nu(t, jar, folder) {
		if v.Type == "error" || v.Type == "non-document-error" {
			t.Errorf("%s line %d: %s\n\t%s", names[v.URL], v.LastLine, v.Message, v.Extract)
		}
	}
}

// shapeOf is a page without its words: pages of one shape are valid or not together.
func shapeOf(body string) string {
	tags := regexp.MustCompile(`<[a-z/][^\s>]*(\s+[a-z-]+)?`).FindAllString(body, -1)
	return strings.Join(slicesCompact(tags), "")
}

// slicesCompact drops what follows its like: a list of five rows has the shape of one of three.
func slicesCompact(tags []string) (list []string) {
	seen := map[string]bool{}
	for i, tag := range tags {
		pair := tag
		if i > 0 {
			pair = tags[i-1] + tag
		}
		if !seen[pair] {
			seen[pair] = true
			list = append(list, pair)
		}
	}
	return list
}

// nu runs the checker over a folder.
func nu(t *testing.T, jar, folder string) []verdict {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "java", "-Xss4m", "-jar", jar, "--format", "json", "--exit-zero-always", "--skip-non-html", folder)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		t.Fatalf("the checker: %v\n%s", err, said.String())
	}
	var all struct{ Messages []verdict }
	if err := json.Unmarshal(said.Bytes(), &all); err != nil {
		t.Fatalf("the checker said: %v\n%.500s", err, said.String())
	}
	return all.Messages
}

func exist(path string) error {
	_, err := os.Stat(path)
	return err
}

func found(name string) error {
	_, err := exec.LookPath(name)
	return err
}
