package locales_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// keyShape is the shape of a message key: area.noun.word.
var keyShape = regexp.MustCompile(`^[a-z][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)+$`)

// use is one string literal of the program that is, or may be, a message key.
type use struct {
	where string
	key   string
	// how is "T" or "N" for a call of the printer, "fault" for a message of a fault,
	// and "" for any other literal.
	how string
	// args are the names that the call gives; known is false when they cannot be read.
	args  []string
	known bool
}

// certain is true for a literal that can be nothing but a key.
func (u use) certain() bool { return u.how != "" }

// usesIn reads every literal of the program under root. Templates are read in their
// generated form, which another gate keeps fresh; there the Go parser sees each call.
func usesIn(root string) (uses []use, err error) {
	for _, folder := range []string{"app", "seed", "content", "moderation"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(file string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
				return err
			}
			found, err := usesOf(file, nil)
			uses = append(uses, found...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return uses, nil
}

// usesOf reads one file; text stands in for the file when it is not nil.
func usesOf(file string, text any) (uses []use, err error) {
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, file, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	taken := map[ast.Node]bool{}
	note := func(lit ast.Expr, how string, args []ast.Expr, spread bool) {
		key, ok := literal(lit)
		if !ok || taken[lit] {
			return
		}
		taken[lit] = true
		u := use{where: fset.Position(lit.Pos()).String(), key: key, how: how}
		u.args, u.known = argNames(args)
		u.known = u.known && !spread
		uses = append(uses, u)
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.Field: // the tag of a struct field is no message
			taken[n.Tag] = n.Tag != nil
		case *ast.CallExpr:
			noteCall(n, note)
		case *ast.KeyValueExpr:
			if name, ok := n.Key.(*ast.Ident); ok && name.Name == "Key" {
				note(n.Value, "fault", nil, true)
			}
		case *ast.BasicLit:
			note(n, "", nil, true)
		}
		return true
	})
	return uses, nil
}

// noteCall notes the key of T("key", …), N("key", n, …) and fault.New(kind, "key", …).
func noteCall(call *ast.CallExpr, note func(lit ast.Expr, how string, args []ast.Expr, spread bool)) {
	name, from := called(call.Fun)
	spread := call.Ellipsis.IsValid()
	switch {
	case name == "T" && len(call.Args) >= 1:
		note(call.Args[0], "T", call.Args[1:], spread)
	case name == "N" && len(call.Args) >= 2:
		note(call.Args[0], "N", call.Args[2:], spread)
	case name == "New" && from == "fault" && len(call.Args) >= 2:
		note(call.Args[1], "fault", call.Args[2:], spread)
	}
}

// called returns the name of a called function and the word before its dot.
func called(fun ast.Expr) (name, from string) {
	switch fun := fun.(type) {
	case *ast.Ident:
		return fun.Name, ""
	case *ast.SelectorExpr:
		if x, ok := fun.X.(*ast.Ident); ok {
			from = x.Name
		}
		return fun.Sel.Name, from
	}
	return "", ""
}

// argNames returns the names among name and value pairs, and false when one is computed.
func argNames(args []ast.Expr) (names []string, known bool) {
	for i := 0; i < len(args); i += 2 {
		name, ok := literal(args[i])
		if !ok {
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}

// checkUses holds the program and the English messages to each other. A key of a family
// is built from a prefix in the program; notKeys look like keys and mean something else.
func checkUses(english catalogue, uses []use, families, notKeys map[string]string) (faults []string) {
	areas, literals := map[string]bool{}, map[string]bool{}
	for key := range english {
		area, _, _ := strings.Cut(key, ".")
		areas[area] = true
	}
	for _, u := range uses {
		literals[u.key] = true
		faults = append(faults, checkUse(english, areas, u, notKeys)...)
	}
	for key := range english {
		if !literals[key] && !inFamily(key, families) {
			faults = append(faults, key+": is defined and nowhere used")
		}
	}
	for family := range families {
		if !literals[family] {
			faults = append(faults, family+": is named as a family, but the program builds no key from it")
		}
	}
	for text := range notKeys {
		if _, ok := english[text]; ok || !literals[text] {
			faults = append(faults, text+": is excused as no key, and needs no excuse")
		}
	}
	return faults
}

// checkUse looks at one literal: a key must exist, be asked in its number, and get its names.
func checkUse(english catalogue, areas map[string]bool, u use, notKeys map[string]string) (faults []string) {
	say := func(format string, args ...any) {
		faults = append(faults, fmt.Sprintf("%s: %s: %s", u.where, u.key, fmt.Sprintf(format, args...)))
	}
	m, defined := english[u.key]
	area, _, _ := strings.Cut(u.key, ".")
	_, excused := notKeys[u.key]
	switch {
	case !defined && u.certain():
		say("no such message")
	case !defined && areas[area] && keyShape.MatchString(u.key) && !excused && !fileName(u.key):
		say("looks like a message and is not defined")
	case defined && u.how == "N" && !m.plural():
		say("N asks for a plural message; this one has other alone")
	case defined && (u.how == "T" || u.how == "fault") && m.plural():
		say("this is a plural message; only N may ask for it")
	}
	if !defined || !u.known {
		return faults
	}
	given := u.args
	if u.how == "N" {
		given = append([]string{"Count"}, given...)
	}
	for _, name := range placeholdersOf(m.forms["other"]) {
		if !contains(given, name) {
			say("the call does not give {{.%s}}", name)
		}
	}
	return faults
}

// fileName is true for the name of a file that the program embeds or serves.
func fileName(text string) bool {
	switch filepath.Ext(text) {
	case ".css", ".js", ".svg", ".png", ".ico", ".json", ".toml", ".md", ".sql", ".db", ".go", ".templ", ".txt", ".csv":
		return true
	}
	return false
}

func inFamily(key string, families map[string]string) bool {
	for family := range families {
		if strings.HasPrefix(key, family) {
			return true
		}
	}
	return false
}
