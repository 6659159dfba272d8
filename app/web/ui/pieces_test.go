package ui_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"
)

// TestNoPageUsesAPieceThatTheStylePageDoesNotShow reads every template: each component of this
// package that a page calls stands on the style page, or inside a piece that does.
func TestNoPageUsesAPieceThatTheStylePageDoesNotShow(t *testing.T) {
	call, define := regexp.MustCompile(`@(?:ui\.)?([A-Z][A-Za-z]*)\(`), regexp.MustCompile(`(?m)^templ ([A-Z][A-Za-z]*)\(`)
	called := regexp.MustCompile(`[{ ,]([A-Z][A-Za-z]*)\(p\.T\(`)
	used, defined := map[string]string{}, map[string]bool{}
	// What cannot be seen, and the frame of the pages that a phone keeps, which is a page itself.
	shown := map[string]bool{"Nonce": true, "KeptFrame": true}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".templ") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		own := filepath.Dir(path) == "../ui"
		for _, found := range call.FindAllStringSubmatch(string(text), -1) {
			switch {
			case own:
				shown[found[1]] = true // on the style page, in the frame around it, or in another piece
			case strings.Contains(string(text), "@ui."+found[1]+"("):
				used[found[1]] = path
			}
		}
		if own {
			for _, found := range called.FindAllStringSubmatch(string(text), -1) {
				shown[found[1]] = true // given to a piece as its content
			}
			for _, found := range define.FindAllStringSubmatch(string(text), -1) {
				defined[found[1]] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(used) < 15 {
		t.Fatalf("only %d pieces are used; the reading is wrong", len(used))
	}
	var missing []string
	for name, path := range used {
		if defined[name] && !shown[name] {
			missing = append(missing, name+" in "+path)
		}
	}
	sort.Strings(missing)
	for _, m := range missing {
		t.Errorf("the style page does not show %s", m)
	}
}
