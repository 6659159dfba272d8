//go:build e2e

package e2e

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// holdings returns every file that the program keeps, as bytes: the database with its
// write-ahead log, the secrets, and what it said and logged.
func (p *portal) holdings(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	read := func(path string) {
		text, err := os.ReadFile(path)
		if os.IsNotExist(err) {
			return // the log of a database goes when it is emptied
		}
		if err != nil {
			t.Fatal(err)
		}
		files[path] = text
	}
	err := filepath.WalkDir(p.data, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			read(path)
		}
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	read(p.stdout)
	read(p.stderr)
	return files
}

// holds reports whether a file of the program holds words as people wrote them.
func (p *portal) holds(t *testing.T, words string) bool {
	t.Helper()
	for _, text := range p.holdings(t) {
		if bytes.Contains(text, []byte(words)) {
			return true
		}
	}
	return false
}

// holdsNot wants words in no file of the program.
func (p *portal) holdsNot(t *testing.T, all ...string) {
	t.Helper()
	for path, text := range p.holdings(t) {
		for _, words := range all {
			if bytes.Contains(text, []byte(words)) {
				t.Errorf("%s holds %q", filepath.Base(path), words)
			}
		}
	}
}
