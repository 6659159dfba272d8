package main_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

// The limits of size. Most files stay far below; who meets a limit splits by noun.
const (
	maxFileLines     = 400
	maxFunctionLines = 70
)

func TestFilesAndFunctionsStaySmall(t *testing.T) {
	looked := 0
	for _, src := range sources(t) {
		if src.generated {
			continue
		}
		looked++
		for _, fault := range tooLong(src) {
			t.Error(fault)
		}
	}
	if looked == 0 {
		t.Fatal("no file was measured")
	}
}

func TestTheSizeGateSeesWhatIsTooLong(t *testing.T) {
	body := strings.Repeat("\t_ = 0\n", maxFunctionLines)
	text := "package p\n\nfunc short() {\n}\n\nfunc long() {\n" + body + "}\n\nvar f = func() {\n" + body + "}\n"
	fset := token.NewFileSet()
	parsed, err := parser.ParseFile(fset, "p.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := tooLong(source{file: "p.go", ast: parsed, fset: fset, lines: maxFileLines + 1})
	if len(got) != 3 {
		t.Errorf("got %d faults %q, want three: the file, long and the function in f", len(got), got)
	}
}

// tooLong names the file and each function in it that pass the limits. A function inside
// a function counts as part of it.
func tooLong(src source) []string {
	var faults []string
	if src.lines > maxFileLines {
		faults = append(faults, fmt.Sprintf("%s has %d lines, more than %d", src.file, src.lines, maxFileLines))
	}
	ast.Inspect(src.ast, func(n ast.Node) bool {
		name := "a function literal"
		switch fn := n.(type) {
		case *ast.FuncDecl:
			name = fn.Name.Name
		case *ast.FuncLit:
		default:
			return true
		}
		first, last := src.fset.Position(n.Pos()).Line, src.fset.Position(n.End()).Line
		if lines := last - first + 1; lines > maxFunctionLines {
			faults = append(faults, fmt.Sprintf("%s:%d: %s has %d lines, more than %d",
				src.file, first, name, lines, maxFunctionLines))
		}
		return false
	})
	return faults
}
