package content

import (
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"
)

func TestTheSixMaterialsShipInFourLanguages(t *testing.T) {
	all, err := Leaflets()
	if err != nil {
		t.Fatal(err)
	}
	var slugs []string
	for _, l := range all {
		slugs = append(slugs, l.Slug)
		for _, lang := range []string{"en", "it", "fr", "ar"} {
			if title, body := l.In(lang); title == "" || body == "" {
				t.Errorf("%s is empty in %s", l.Slug, lang)
			}
		}
	}
	want := []string{"about-supervision", "contract-checklist", "health-without-papers", "help-lines", "safe-online", "your-rights"}
	if !slices.Equal(slugs, want) {
		t.Errorf("got %v", slugs)
	}
}

// TestNumbersToCallAreThoseOfTheHelpLines looks at every number in bold and every long one.
func TestNumbersToCallAreThoseOfTheHelpLines(t *testing.T) {
	known := map[string]bool{}
	lines, err := HelpLines()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		known[onlyDigits(l.Phone)] = true
	}
	number := regexp.MustCompile(`\*\*(\d+(?:[ \x{a0}]\d+)*)\*\*|\b(\d{3}[ \x{a0}]\d{3}[ \x{a0}]?\d*)\b`)
	all, err := Leaflets()
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, l := range all {
		for lang, text := range l.Texts {
			for _, m := range number.FindAllStringSubmatch(text, -1) {
				found++
				n := onlyDigits(m[0])
				if l.Slug == "contract-checklist" && len(n) <= 2 {
					continue // hours of work, which nobody dials
				}
				if !known[n] {
					t.Errorf("%s in %s: %s is no help line", l.Slug, lang, n)
				}
			}
		}
	}
	if found < 36 {
		t.Errorf("only %d numbers were looked at", found)
	}
}

func onlyDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

func TestFaultsOfAMaterialNameFileAndLine(t *testing.T) {
	for name, row := range map[string]struct {
		file, from, to, want string
	}{
		"a kind that is none":           {"material.toml", `kind = "pocket"`, `kind = "book"`, `material.toml:2: unknown kind "book"`},
		"a key that is none":            {"material.toml", `subjects`, `themes`, `material.toml:3: unknown key`},
		"a translation said to be read": {"material.toml", `it = "awaiting"`, `it = "reviewed"`, `material.toml:8: review.it = "reviewed"`},
		"a text without a title":        {"fr.md", "# ", "", "fr.md:1: the first line is no title"},
		"a heading left out":            {"ar.md", "## إيطاليا\n\n", "", "ar.md:1: its passages are not those of the source"},
	} {
		files := fstest.MapFS{}
		names, _ := fs.Glob(leaflets, "materials/help-lines/*")
		for _, n := range names {
			raw, _ := leaflets.ReadFile(n)
			if strings.HasSuffix(n, "/"+row.file) {
				raw = []byte(strings.Replace(string(raw), row.from, row.to, 1))
			}
			files[n] = &fstest.MapFile{Data: raw}
		}
		_, faults := readLeaflets(files)
		if !slices.ContainsFunc(faults, func(f string) bool { return strings.HasPrefix(f, "content/materials/help-lines/"+row.want) }) {
			t.Errorf("%s: got %q; want …%s", name, faults, row.want)
		}
	}
}
