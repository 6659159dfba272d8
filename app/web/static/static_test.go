package static_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"portico/app/web/static"
)

func load(t *testing.T) *static.Files {
	t.Helper()
	files, err := static.Load()
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return files
}

func get(t *testing.T, files *static.Files, name string) (body, small []byte, contentType string) {
	t.Helper()
	body, small, contentType, ok := files.Get(strings.TrimPrefix(files.Href(name), static.Prefix))
	if !ok {
		t.Fatalf("%s is not served under %q", name, files.Href(name))
	}
	return body, small, contentType
}

func TestEveryFileOfTheFolderIsServedUnderAHashedName(t *testing.T) {
	onDisk, err := filepath.Glob("*")
	if err != nil {
		t.Fatal(err)
	}
	files, seen := load(t), 0
	for _, name := range onDisk {
		if strings.HasSuffix(name, ".go") {
			continue
		}
		seen++
		href := files.Href(name)
		if !regexp.MustCompile(`^/static/[a-z]+\.[0-9a-f]{8}\.[a-z]+$`).MatchString(href) {
			t.Errorf("%s has the address %q", name, href)
		}
		body, small, contentType := get(t, files, name)
		if len(body) == 0 || contentType == "" {
			t.Errorf("%s: %d bytes, type %q", name, len(body), contentType)
		}
		r, err := gzip.NewReader(bytes.NewReader(small))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		whole, err := io.ReadAll(r)
		if err != nil || !bytes.Equal(whole, body) {
			t.Errorf("%s: the compressed form differs (%v)", name, err)
		}
	}
	if seen < 4 {
		t.Fatalf("only %d static files found; the folder or the embed pattern is wrong", seen)
	}
}

func TestPlainAndUnknownNamesAreNotServed(t *testing.T) {
	files := load(t)
	for _, name := range []string{"", "portico.css", "portico.00000000.css", "static.go", "../static.go"} {
		if _, _, _, ok := files.Get(name); ok {
			t.Errorf("%q is served", name)
		}
	}
	if href := files.Href("nothing.css"); href != "" {
		t.Errorf("an unknown file has the address %q", href)
	}
}

func TestTheFilesKeepTheirBudgets(t *testing.T) {
	files := load(t)
	budgets := map[string]int{"portico.css": 21 << 10, "portico.js": 5 << 10, "offline.js": 11 << 10, "worker.js": 2 << 10, "icon.svg": 1 << 10, "manifest.webmanifest": 1 << 10}
	for name, most := range budgets {
		body, small, _ := get(t, files, name)
		t.Logf("%s: %d bytes, compressed %d", name, len(body), len(small))
		if len(body) > most {
			t.Errorf("%s has %d bytes, at most %d", name, len(body), most)
		}
	}
}

func TestWhatAPhoneLoadsToKeepPagesIsSmall(t *testing.T) {
	files, sum := load(t), 0
	for _, name := range []string{"offline.js", "worker.js"} {
		_, small, _ := get(t, files, name)
		sum += len(small)
	}
	if sum > 4<<10 {
		t.Errorf("the two scripts are %d bytes on the wire, at most 4 KB", sum)
	}
}

func TestSqueezingAScriptLeavesItsLinesWhole(t *testing.T) {
	for _, name := range []string{"portico.js", "offline.js", "worker.js"} {
		written, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		body, _, _ := get(t, load(t), name)
		var want []string
		for line := range strings.Lines(string(written)) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "//") {
				want = append(want, line)
			}
		}
		if got := strings.TrimSuffix(string(body), "\n"); got != strings.Join(want, "\n") || bytes.Count(written, []byte("`"))%2 != 0 {
			t.Errorf("%s: the squeezed script is another one", name)
		}
		for _, line := range want {
			if strings.Count(line, "`")%2 != 0 {
				t.Errorf("%s: a text of several lines would lose its spaces: %s", name, line)
			}
		}
	}
}

func TestTheManifestNamesTheIconByItsHashAndIsNeutral(t *testing.T) {
	files := load(t)
	manifest, _, _ := get(t, files, "manifest.webmanifest")
	if !bytes.Contains(manifest, []byte(`"`+files.Href("icon.svg")+`"`)) {
		t.Errorf("the manifest does not name the hashed icon:\n%s", manifest)
	}
	var said struct {
		Name      string `json:"name"`
		ShortName string `json:"short_name"`
	}
	if err := json.Unmarshal(manifest, &said); err != nil || said.Name != "Portico" || said.ShortName != "Portico" {
		t.Errorf("the manifest says %+v (%v)", said, err)
	}
}

func TestNothingIsLoadedFromElsewhereAndNothingIsKeptOnTheDevice(t *testing.T) {
	files := load(t)
	refused := map[string][]string{
		"portico.css": {"url(", "@import", "http:", "https:", "data:"},
		"offline.js":  {"localStorage", "sessionStorage", "document.cookie", "eval(", "innerHTML", "import(", "http:", "https:"},
		"worker.js":   {"indexedDB", "cache.put", "addAll", "eval(", "import", "http:", "https:"},
		"portico.js":  {"localStorage", "sessionStorage", "indexedDB", "document.cookie", "eval(", "innerHTML", "import("},
		"icon.svg":    {"style=", "<script", "href", "<style"},
	}
	for name, words := range refused {
		body, _, _ := get(t, files, name)
		for _, word := range words {
			if bytes.Contains(body, []byte(word)) {
				t.Errorf("%s contains %q", name, word)
			}
		}
	}
}

func TestTheStylesheetUsesLogicalPropertiesOnly(t *testing.T) {
	css, _, _ := get(t, load(t), "portico.css")
	physical := regexp.MustCompile(`[;{](margin|padding|border|inset)-(top|right|bottom|left)|[;{](top|right|bottom|left|width|height|min-width|max-width|min-height|max-height):|text-align:(left|right)|float:(left|right)`)
	if found := physical.FindAllString(string(css), -1); found != nil {
		t.Errorf("physical properties: %q", found)
	}
}

func TestSqueezingLeavesTheRulesWhole(t *testing.T) {
	written, err := os.ReadFile("portico.css")
	if err != nil {
		t.Fatal(err)
	}
	squeezed, _, _ := get(t, load(t), "portico.css")
	for _, mark := range []string{"{", "}", "var(", "calc(-1.5rem - 7px)", "@layer", "@media (min-width:"} {
		was := strings.Count(regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(written), ""), mark)
		if mark == "@media (min-width:" {
			was = strings.Count(string(written), "@media (min-width: ")
		}
		if is := strings.Count(string(squeezed), mark); is != was || was == 0 {
			t.Errorf("%q stands %d times, written %d times", mark, is, was)
		}
	}
}
