package main_test

import (
	"bytes"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/a-h/templ/generator"
	templparser "github.com/a-h/templ/parser/v2"
)

func TestGeneratedFilesAreFresh(t *testing.T) {
	templates, orphans := map[string]bool{}, []string{}
	walk(t, func(file string) {
		if name, ok := strings.CutSuffix(file, ".templ"); ok {
			templates[name] = true
		}
	})
	walk(t, func(file string) {
		if name, ok := strings.CutSuffix(file, "_templ.go"); ok && !templates[name] {
			orphans = append(orphans, file)
		}
	})
	for _, file := range orphans {
		t.Errorf("%s was generated from a template that is gone", file)
	}
	for name := range templates {
		if err := stale(filepath.Join(root, name)); err != nil {
			t.Errorf("%s.templ: %v; generate it anew from inside its folder", name, err)
		}
	}
	if len(templates) == 0 {
		t.Fatal("no template was found")
	}
}

func TestTheFreshnessGateSeesAStaleFile(t *testing.T) {
	name := filepath.Join(t.TempDir(), "page")
	write := func(file, text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(name+".templ", "package page\n\ntempl Hello() {\n\t<p>hello</p>\n}\n")
	if stale(name) == nil {
		t.Error("a template without its generated file passed")
	}
	fresh, err := generate(name + ".templ")
	if err != nil {
		t.Fatal(err)
	}
	write(name+"_templ.go", string(fresh))
	if err := stale(name); err != nil {
		t.Errorf("a fresh file was refused: %v", err)
	}
	write(name+".templ", "package page\n\ntempl Hello() {\n\t<p>good day</p>\n}\n")
	if stale(name) == nil {
		t.Error("a template that changed after its generated file passed")
	}
}

// stale compares name_templ.go with what name.templ gives today.
func stale(name string) error {
	want, err := generate(name + ".templ")
	if err != nil {
		return err
	}
	got, err := os.ReadFile(name + "_templ.go")
	if err != nil {
		return fmt.Errorf("its generated file: %w", err)
	}
	if !bytes.Equal(got, want) {
		return fmt.Errorf("its generated file is not what templ %s makes of it", templ.Version())
	}
	return nil
}

// generate does what the command templ generate -f does from inside the folder of the file.
func generate(file string) ([]byte, error) {
	parsed, err := templparser.Parse(file)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	_, err = generator.Generate(parsed, &text,
		generator.WithFileName(filepath.Base(file)), generator.WithVersion(templ.Version()))
	if err != nil {
		return nil, err
	}
	return format.Source(text.Bytes())
}
