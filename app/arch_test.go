package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"testing"
)

// root is the top of the repository, seen from this package.
const root = ".."

// Groups of the arrow table. A name in capitals stands for all its packages.
var groups = map[string][]string{
	"DOMAINS": {"app/forum", "app/desk", "app/training", "app/meeting", "app/supervision", "app/peerwork", "app/timesheet", "app/payroll",
		"app/onboarding", "app/career", "app/material", "app/magazine", "app/translate", "app/directory", "app/practice", "app/notice", "app/survey", "app/aloud", "app/figures", "app/owndata"},
	"GROUND": {"app/store", "app/job", "app/audit", "app/vault"},
	"LEAVES": {"app/config", "app/fault", "app/vault", "app/markup", "app/numeral", "app/hours", "app/search", "app/smallcells", "app/exchange", "app/hsds", "locales", "content", "moderation"},
	// TEXT is what areas do with what people write: safe HTML, tokens for search, numbers.
	"TEXT":  {"app/markup", "app/search", "app/picture", "app/recording", "app/numeral", "app/hours"},
	"PAGES": {"app/web/ui", "app/web/request", "app/web/static"},
}

// arrows says what each package may import of ours; what is not here does not exist.
// AREAS are the packages app/web/<area>web. Inside the ground there is one order: jobs and
// the audit log are rows of the store and keep its clock and its numbers, and the store
// asks vault for randomness; vault stays a leaf. Pages know the store for its numbers and
// its clock; what keeps queries out of them is that nothing under app/web may know GORM.
var arrows = map[string]string{
	"app": "app/bench app/server app/web AREAS PAGES app/i18n DOMAINS app/member app/backup app/doctor GROUND LEAVES seed",
	// The benchmark builds a community and drives the program; nothing but the command knows it.
	"app/bench":               "app/server app/forum app/supervision app/member seed GROUND LEAVES",
	"seed":                    "app/server DOMAINS app/member GROUND LEAVES",
	"app/server":              "app/web AREAS PAGES app/i18n DOMAINS app/member app/backup GROUND LEAVES",
	"app/web":                 "AREAS PAGES app/i18n DOMAINS app/member TEXT app/store app/vault app/config app/fault content moderation",
	"AREAS":                   "PAGES DOMAINS app/member TEXT app/store app/fault app/hsds app/smallcells content moderation",
	"app/web/request":         "app/web/ui app/web/static app/i18n app/member app/store app/vault app/config app/fault app/recording content moderation",
	"app/web/ui":              "app/i18n app/fault",
	"app/web/static":          "",
	"app/web/webtest":         "app/web/request app/web/static app/i18n app/member app/store app/store/storetest app/vault app/fault",
	"app/i18n":                "locales",
	"app/forum":               "app/member GROUND TEXT app/fault moderation",
	"app/desk":                "app/member GROUND TEXT app/fault moderation",
	"app/material":            "app/member GROUND TEXT app/fault moderation content",
	"app/magazine":            "app/member GROUND app/fault moderation",
	"app/meeting":             "app/member GROUND app/fault",
	"app/training":            "app/member GROUND TEXT app/fault app/credential content",
	"app/translate":           "app/member GROUND TEXT app/fault app/exchange content locales",
	"app/translate/modeltest": "",
	"app/supervision":         "app/member GROUND TEXT app/fault moderation",
	"app/peerwork":            "app/member GROUND TEXT app/fault moderation",
	"app/timesheet":           "app/member GROUND TEXT app/fault moderation",
	"app/payroll":             "app/member GROUND TEXT app/fault moderation",
	"app/onboarding":          "app/member GROUND TEXT app/fault moderation",
	"app/career":              "app/member GROUND TEXT app/fault moderation",
	"app/directory":           "app/member GROUND TEXT app/fault app/hsds content",
	"app/practice":            "app/member GROUND TEXT app/fault content moderation",
	"app/notice":              "app/member GROUND TEXT app/fault moderation",
	"app/aloud":               "app/member GROUND TEXT app/fault",
	"app/survey":              "app/member GROUND TEXT app/fault app/smallcells moderation",
	"app/figures":             "app/member GROUND TEXT app/fault app/smallcells",
	"app/owndata":             "app/member GROUND app/fault",
	"app/member":              "GROUND app/fault",
	"app/store":               "app/vault app/fault",
	"app/store/storetest":     "seed app/server DOMAINS app/member GROUND LEAVES",
	"app/job":                 "app/store app/vault app/fault",
	"app/audit":               "app/store app/vault app/fault",
	"app/backup":              "app/job app/store app/vault",
	"app/doctor":              "app/backup app/store app/vault app/config",
	"app/vault":               "",
	"app/markup":              "",
	"app/picture":             "app/fault",
	"app/recording":           "app/fault",
	"app/search":              "",
	"app/numeral":             "",
	"app/hours":               "",
	"app/smallcells":          "",
	"app/config":              "",
	"app/credential":          "",
	"app/exchange":            "",
	"app/hsds":                "",
	"app/fault":               "",
	"locales":                 "",
	"content":                 "app/hours",
	"moderation":              "",
	"e2e":                     "app/server app/translate/modeltest seed",
}

// top is what may lie at the top of the repository, beside what .gitignore names.
var top = []string{".ci", ".git", ".gitignore", "CONTRIBUTING.md", "LICENSE", "README.md", "app", "content",
	"e2e", "go.mod", "go.sum", "locales", "moderation", "seed"}

// source is one Go file of ours that is neither a test nor left out by a build tag.
type source struct {
	file      string // from the root, with slashes
	pkg       string // its folder
	ast       *ast.File
	fset      *token.FileSet
	lines     int
	generated bool
}

func TestPackagesImportOnlyAlongTheArrows(t *testing.T) {
	seen := 0
	for _, src := range sources(t) {
		for _, imported := range importsOf(src.ast) {
			seen++
			if why := forbidden(src.pkg, imported); why != "" {
				t.Errorf("%s imports %q: %s", src.file, imported, why)
			}
		}
	}
	if seen == 0 {
		t.Fatal("no import was looked at")
	}
}

func TestTheArrowTableRefuses(t *testing.T) {
	for _, row := range []struct{ pkg, imported, what string }{
		{"app/forum", "portico/app/desk", "a sibling"},
		{"app/forum", "portico/app/web/ui", "a page from an area"},
		{"app/member", "portico/app/forum", "an area from the ground"},
		{"app/fault", "portico/app/config", "one leaf from another"},
		{"app/store", "portico/app/job", "the jobs from the store"},
		{"app/web/ui", "github.com/gofiber/fiber/v2", "Fiber in the components"},
		{"app/desk", "github.com/gofiber/fiber/v2", "Fiber in an area"},
		{"app/server", "github.com/nicksnyder/go-i18n/v2/i18n", "go-i18n outside app/i18n"},
		{"app/web/forumweb", "portico/app/i18n", "languages in an area's pages"},
		{"app/web/forumweb", "gorm.io/gorm", "a query in a handler"},
		{"app/web/forumweb", "portico/app/audit", "the audit log in a handler"},
		{"app/web/forumweb", "portico/app/web/deskweb", "a sibling of the pages"},
		{"app/server", "portico/app/store/storetest", "a test package in the program"},
		{"app/web", "portico/app/web/webtest", "a test package of pages in the program"},
		{"app/web/forumweb", "portico/app/web/webtest", "a test package of pages in an area's pages"},
		{"app/web/webtest", "portico/app/forum", "an area from the test package of pages"},
		{"app/common", "portico/app/fault", "a package that the table does not know"},
	} {
		if forbidden(row.pkg, row.imported) == "" {
			t.Errorf("the table lets %s import %s (%s)", row.pkg, row.imported, row.what)
		}
	}
	for _, row := range [][2]string{
		{"app/forum", "portico/moderation"}, {"app/web/forumweb", "portico/app/forum"},
		{"app/web", "github.com/gofiber/fiber/v2"}, {"app/web/request", "github.com/gofiber/fiber/v2"},
		{"app/i18n", "github.com/nicksnyder/go-i18n/v2/i18n"}, {"app/fault", "errors"},
	} {
		if why := forbidden(row[0], row[1]); why != "" {
			t.Errorf("the table forbids %s to import %s: %s", row[0], row[1], why)
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	said := map[string]bool{}
	for _, src := range sources(t) {
		said[src.pkg] = said[src.pkg] || (!src.generated && src.ast.Doc != nil && len(src.ast.Doc.Text()) > 40)
	}
	for pkg, ok := range said {
		if !ok {
			t.Errorf("%s has no package comment that says its purpose and what must hold", pkg)
		}
	}
}

func TestTheTopLevelIsTheFixedOne(t *testing.T) {
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	allowed := append(ignored(t), top...)
	for _, entry := range entries {
		if !matchesAny(allowed, entry.Name()) {
			t.Errorf("%s does not belong at the top level", entry.Name())
		}
	}
	for _, name := range []string{"app", "locales", "content", "moderation", "seed", "e2e", "go.mod"} {
		if _, err := os.Stat(filepath.Join(root, name)); err != nil {
			t.Errorf("%s is missing at the top level", name)
		}
	}
}

// TestNothingIsSkippedInCI holds each test that can skip to the rule that it fails instead
// when CI is set. Only the long mode, which is asked for by name, may skip there.
func TestNothingIsSkippedInCI(t *testing.T) {
	walk(t, func(file string) {
		if !strings.HasSuffix(file, ".go") {
			return
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, file), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range parsed.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || strings.HasPrefix(fn.Name.Name, "Fuzz") {
				continue // a fuzz test skips input that means nothing, which is no test left out
			}
			if skips(fn) && !names(fn, "CI") && !names(fn, "PORTICO_LONG") {
				t.Errorf("%s: %s can skip, and does not ask for CI first", file, fn.Name.Name)
			}
		}
	})
}

// forbidden says why pkg may not import a path, or "" when it may.
func forbidden(pkg, imported string) string {
	known, ok := arrows[group(pkg)]
	if !ok {
		return "the arrow table does not know " + pkg + "; give it a place on purpose"
	}
	pages := pkg == "app/web" || strings.HasPrefix(pkg, "app/web/") && pkg != "app/web/ui"
	switch {
	case strings.HasPrefix(imported, "github.com/gofiber/") && pkg == "app/bench":
		return "" // its reference point is a bare Fiber handler, or nothing would say what the portal adds to one
	case strings.HasPrefix(imported, "github.com/gofiber/") && !pages:
		return "only app/web and what is under it, except ui, may know Fiber"
	case strings.HasPrefix(imported, "gorm.io/") && strings.HasPrefix(pkg, "app/web"):
		return "a page asks a service; it has no query of its own"
	case strings.HasPrefix(imported, "github.com/nicksnyder/go-i18n/") && pkg != "app/i18n":
		return "only app/i18n may know go-i18n"
	}
	ours, ok := strings.CutPrefix(imported, "portico/")
	if !ok {
		return ""
	}
	for _, word := range strings.Fields(known) {
		if word == group(ours) {
			return ""
		}
		for _, member := range groups[word] {
			if member == ours {
				return ""
			}
		}
	}
	return fmt.Sprintf("%s may import of ours only: %s", pkg, orNothing(known))
}

// group names the row of the table for a package: itself, or AREAS for app/web/<area>web.
func group(pkg string) string {
	if path.Dir(pkg) == "app/web" && strings.HasSuffix(pkg, "web") {
		return "AREAS"
	}
	return pkg
}

func orNothing(words string) string {
	if words == "" {
		return "nothing"
	}
	return words
}

// sources reads every Go file of ours that is no test.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	walk(t, func(file string) {
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return
		}
		text, err := os.ReadFile(filepath.Join(root, file))
		if err != nil {
			t.Fatal(err)
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, file, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			t.Errorf("%s does not parse: %v", file, err)
			return
		}
		all = append(all, source{file: file, pkg: path.Dir(file), ast: parsed, fset: fset,
			lines: strings.Count(string(text), "\n"), generated: ast.IsGenerated(parsed)})
	})
	if len(all) == 0 {
		t.Fatal("no Go file was found")
	}
	return all
}

// walk visits every file of the repository that is ours, by its path from the root.
func walk(t *testing.T, visit func(file string)) {
	t.Helper()
	left := ignored(t)
	err := filepath.WalkDir(root, func(full string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		file, err := filepath.Rel(root, full)
		if err != nil {
			return err
		}
		file = filepath.ToSlash(file)
		switch {
		case !entry.IsDir():
			visit(file)
		case entry.Name() == ".git" || entry.Name() == "testdata" || matchesAny(left, file):
			return filepath.SkipDir
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ignored returns the patterns of .gitignore, without the slashes around them.
func ignored(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	var patterns []string
	for _, line := range strings.Fields(string(text)) {
		patterns = append(patterns, strings.Trim(line, "/"))
	}
	return patterns
}

func matchesAny(patterns []string, name string) bool {
	for _, pattern := range patterns {
		if ok, err := path.Match(pattern, name); ok && err == nil {
			return true
		}
	}
	return false
}

func importsOf(file *ast.File) []string {
	var paths []string
	for _, spec := range file.Imports {
		if imported, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, imported)
		}
	}
	sort.Strings(paths)
	return paths
}

// skips reports whether a function calls Skip, Skipf or SkipNow.
func skips(fn *ast.FuncDecl) (found bool) {
	ast.Inspect(fn, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok {
				found = found || sel.Sel.Name == "Skip" || sel.Sel.Name == "Skipf" || sel.Sel.Name == "SkipNow"
			}
		}
		return !found
	})
	return found
}

// names reports whether the text of a function holds a string literal.
func names(fn *ast.FuncDecl, word string) (found bool) {
	ast.Inspect(fn, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok {
			found = found || lit.Value == strconv.Quote(word)
		}
		return !found
	})
	return found
}
