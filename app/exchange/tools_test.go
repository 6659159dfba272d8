package exchange_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"portico/app/exchange"
	"portico/locales"
)

// tool finds a program of translators that knows nothing of us. Without it the test is left
// out, but never in CI.
func tool(t *testing.T, name string) {
	t.Helper()
	if _, err := exec.LookPath(name); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("%s is missing, and in CI nothing is skipped", name)
		}
		t.Skipf("%s is not installed", name)
	}
}

func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// schemas are those of XLIFF 2.1 among the reference data.
func schemas(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("PORTICO_CONFORMANCE_DATA")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "data")
	}
	schema, err := filepath.Abs(filepath.Join(folder, "xliff-2.1", "xliff_core_2.0.xsd"))
	if err == nil {
		_, err = os.Stat(schema)
	}
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatalf("the schemas of XLIFF 2.1 are missing, and in CI nothing is skipped: %v", err)
		}
		t.Skipf("the schemas of XLIFF 2.1 are not here: set PORTICO_CONFORMANCE_DATA (%v)", err)
	}
	return schema
}

// sheet is a leaflet as it goes out, with everything that tools have tripped over.
func sheet(lang string) exchange.File {
	words := map[string]string{"ar": "اتصل بالرقم \u20661522\u2069 **الآن**", "zh-Hans": "现在拨打 1522", "ru": "Звоните **1522**"}[lang]
	if words == "" {
		words = "Chiama il **1522** “adesso” & <subito>"
	}
	counted := map[string]string{}
	for _, form := range exchange.Forms(lang) {
		counted[form] = words + " {{.Count}}"
	}
	return exchange.File{Name: "leaflet", SourceLang: "en", TargetLang: lang, Units: []exchange.Unit{
		{ID: "h1", Source: "Call **1522** \"now\" & <soon>", Target: words, State: exchange.Reviewed, Version: "v3", Note: "a heading"},
		{ID: "p2", Source: "Two lines\nof one  paragraph ]]> {{.Name}}", Target: words + "\n{{.Name}}  2", State: exchange.Final, Version: "v1"},
		{ID: "p3", Source: "Nobody has written this yet", State: exchange.Initial, Version: "v0"},
		{ID: "p4", Source: "A machine's draft", Target: words, State: exchange.Translated, Version: "v2"},
		{ID: "n5", Source: "{{.Count}} things", One: "One thing", Targets: counted, State: exchange.Final, Note: "how many"},
	}}
}

func everyLanguage() []string {
	return append(append([]string{}, locales.Complete[1:]...), locales.Planned...)
}

func save(t *testing.T, folder, name, text string) string {
	t.Helper()
	path := filepath.Join(folder, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// comesBack reads what a tool wrote and holds it to what we gave it.
func comesBack(t *testing.T, what, path string, want exchange.File) {
	t.Helper()
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	got, err := exchange.Read(in)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if len(got.Units) != len(want.Units) || got.TargetLang != want.TargetLang {
		t.Fatalf("%s: %d texts in %s, want %d in %s", what, len(got.Units), got.TargetLang, len(want.Units), want.TargetLang)
	}
	for i, u := range want.Units {
		g := got.Units[i]
		if g.ID != u.ID || g.Source != u.Source || g.Target != u.Target || g.Version != u.Version {
			t.Errorf("%s: got %+v, want %+v", what, g, u)
		}
		for form, text := range u.Targets {
			if g.Targets[form] != text {
				t.Errorf("%s: the form %s is %q, want %q", what, form, g.Targets[form], text)
			}
		}
	}
}

func TestXmllintFindsOurXLIFFValid(t *testing.T) {
	tool(t, "xmllint")
	schema := schemas(t)
	for _, lang := range everyLanguage() {
		path := save(t, t.TempDir(), "sheet.xlf", write(t, exchange.XLIFF, sheet(lang)))
		run(t, "xmllint", "--nonet", "--noout", "--schema", schema, path)
		again := path + ".again"
		run(t, "xmllint", "--nonet", "--format", "--output", again, path)
		comesBack(t, "xmllint --format "+lang, again, sheet(lang))
	}
	broken := strings.Replace(write(t, exchange.XLIFF, sheet("it")), `state="final"`, `state="done"`, 1)
	path := save(t, t.TempDir(), "broken.xlf", broken)
	if err := exec.CommandContext(t.Context(), "xmllint", "--nonet", "--noout", "--schema", schema, path).Run(); err == nil {
		t.Error("xmllint lets a state of nobody's pass: this test shows nothing")
	}
}

func TestXliffOfNpmReadsOursAndWeReadItsOwn(t *testing.T) {
	tool(t, "node")
	for _, lang := range []string{"it", "ar", "zh-Hans"} {
		folder := t.TempDir()
		path := save(t, folder, "sheet.xlf", write(t, exchange.XLIFF, sheet(lang)))
		expected := map[string]string{}
		for _, u := range sheet(lang).Units {
			if u.Target != "" {
				expected[u.ID] = u.Target
			}
		}
		text, err := json.Marshal(expected)
		if err != nil {
			t.Fatal(err)
		}
		again := filepath.Join(folder, "again.xlf")
		run(t, "node", filepath.Join("..", "..", "e2e", "xliff.mjs"), path, save(t, folder, "expected.json", string(text)), again)
		comesBack(t, "npm xliff "+lang, again, sheet(lang))
	}
}

func TestOurPluralsAreThoseOfIntl(t *testing.T) {
	tool(t, "node")
	rules := map[string]any{}
	for _, lang := range everyLanguage() {
		rules[lang] = map[string]any{"forms": exchange.Forms(lang), "header": exchange.Formula(lang)}
	}
	text, err := json.Marshal(rules)
	if err != nil {
		t.Fatal(err)
	}
	run(t, "node", filepath.Join("..", "..", "e2e", "plurals.mjs"), save(t, t.TempDir(), "rules.json", string(text)))
}

func TestGettextFindsOurPOValidAndWeReadItsOwn(t *testing.T) {
	tool(t, "msgfmt")
	for _, lang := range everyLanguage() {
		folder := t.TempDir()
		path := save(t, folder, "sheet.po", write(t, exchange.PO, sheet(lang)))
		run(t, "msgfmt", "--check", "--output-file", filepath.Join(folder, "sheet.mo"), path)
		again := filepath.Join(folder, "again.po")
		run(t, "msgcat", "--output-file", again, path)
		comesBack(t, "msgcat "+lang, again, sheet(lang))
		run(t, "msgmerge", "--quiet", "--output-file", again, path, path)
		comesBack(t, "msgmerge "+lang, again, sheet(lang))
	}
	broken := strings.Replace(write(t, exchange.PO, sheet("it")), "plural=n==1", "plural=9*n==", 1)
	if err := exec.CommandContext(t.Context(), "msgfmt", "--check", "--output-file", os.DevNull, save(t, t.TempDir(), "broken.po", broken)).Run(); err == nil {
		t.Error("msgfmt lets a broken plural rule pass: this test shows nothing")
	}
}

// TestAMergeOfGettextMovesNothingToTheWrongPlace lets msgmerge put old translations on a new
// source, as translators do when a text has changed.
func TestAMergeOfGettextMovesNothingToTheWrongPlace(t *testing.T) {
	tool(t, "msgmerge")
	folder := t.TempDir()
	old := sheet("it")
	fresh := sheet("it")
	fresh.Units[0].Source, fresh.Units[0].Target = "Call **1523** \"now\" & <soon>", ""
	fresh.Units = append(fresh.Units[:1], fresh.Units[2:]...)
	again := filepath.Join(folder, "again.po")
	run(t, "msgmerge", "--quiet", "--previous", "--output-file", again, save(t, folder, "old.po", write(t, exchange.PO, old)), save(t, folder, "new.po", write(t, exchange.PO, fresh)))
	in, err := os.Open(again)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	got, err := exchange.Read(in)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Units) != len(fresh.Units) {
		t.Fatalf("%d texts, want %d: what is obsolete must not come back", len(got.Units), len(fresh.Units))
	}
	for _, u := range got.Units {
		if u.ID == "h1" && u.Target != "" && !u.Unsure {
			t.Errorf("a guess of msgmerge came back as sure: %+v", u)
		}
	}
}

func TestTheTranslateToolkitReadsOurFiles(t *testing.T) {
	tool(t, "pofilter")
	tool(t, "pocount")
	for _, lang := range everyLanguage() {
		folder := t.TempDir()
		f := sheet(lang)
		path := save(t, folder, "sheet.po", write(t, exchange.PO, f))
		out := filepath.Join(folder, "filtered.po")
		// Failures that break a text; the others are a matter of taste. What is fuzzy is not judged.
		run(t, "pofilter", "--test=escapes", "--test=newlines", "--test=tabs", "--test=nplurals", "--test=numbers", "--test=variables", "--test=unchanged", "--nofuzzy", "--errorlevel=traceback", path, out)
		if text, err := os.ReadFile(out); err == nil && strings.Contains(string(text), "(pofilter)") {
			t.Errorf("pofilter finds in %s:\n%s", lang, text)
		}
		if said := run(t, "pocount", "--csv", path); !strings.Contains(said, "sheet.po") {
			t.Errorf("pocount says %s", said)
		}
	}
	folder := t.TempDir()
	path := save(t, folder, "sheet.po", write(t, exchange.PO, sheet("it")))
	tmx := filepath.Join(folder, "sheet.tmx")
	run(t, "po2tmx", "--language=it", "--errorlevel=traceback", path, tmx)
	in, err := os.Open(tmx)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	n := 0
	err = exchange.ReadMemory(in, func(e exchange.Entry) error {
		if source, _ := e.In("en"); source == sheet("it").Units[0].Source {
			if target, _ := e.In("it"); target == sheet("it").Units[0].Target {
				n++
			}
		}
		return nil
	})
	if err != nil || n != 1 {
		t.Errorf("the memory of po2tmx: %d, %v", n, err)
	}
	ours := save(t, folder, "ours.tmx", write(t, exchange.TMX, sheet("it")))
	if said := run(t, "pocount", "--csv", ours); !strings.Contains(said, "ours.tmx") {
		t.Errorf("pocount says of our memory: %s", said)
	}
}
