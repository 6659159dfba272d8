package moderation

import (
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// ruleFS is a rule folder with one file.
func ruleFS(text string) fs.FS {
	return fstest.MapFS{"rules/all.toml": {Data: []byte(text)}}
}

// everyText lists all labelled texts.
func everyText(tb testing.TB) []string {
	tb.Helper()
	files, err := filepath.Glob("testdata/*.tsv")
	if err != nil || len(files) == 0 {
		tb.Fatal("no labelled set", err)
	}
	var out []string
	for _, file := range files {
		for _, row := range strings.Split(strings.TrimSpace(readFile(tb, file)), "\n") {
			out = append(out, row[strings.LastIndexByte(row, '\t')+1:])
		}
	}
	return out
}

// checkFindings proves what must hold of any verdict on any text.
func checkFindings(tb testing.TB, text string, v Verdict) {
	tb.Helper()
	at := 0
	for _, f := range v.Findings {
		switch {
		case f.Start < 0 || f.Start >= f.End || f.End > len(text):
			tb.Fatalf("%q: %s stands at %d to %d of %d", text, f.Rule, f.Start, f.End, len(text))
		case !atRune(text, f.Start) || !atRune(text, f.End):
			tb.Fatalf("%q: %s at %d to %d cuts a rune", text, f.Rule, f.Start, f.End)
		case text[f.Start:f.End] != f.Text:
			tb.Fatalf("%q: %s says %q", text, f.Rule, f.Text)
		case f.Start < at:
			tb.Fatalf("%q: %s is out of order", text, f.Rule)
		case !slices.Contains(Rules(), f.Rule):
			tb.Fatalf("%q: the rule %q is not listed", text, f.Rule)
		case f.Outcome.Worse(v.Outcome) && !v.Danger:
			tb.Fatalf("%q: %s is worse than the verdict %s", text, f.Rule, v.Outcome)
		}
		at = f.Start
	}
	if v.Danger && v.Outcome == Refuse {
		tb.Fatalf("%q: somebody in danger is refused", text)
	}
}

func TestFindingsPointAtTheOriginal(t *testing.T) {
	for _, text := range everyText(t) {
		checkFindings(t, text, Screen(text, nil, nil))
	}
}

func TestMaskLeavesTheRestAlone(t *testing.T) {
	for _, text := range everyText(t) {
		v := Screen(text, nil, nil)
		masked := Mask(text, v.Findings, func(string) string { return "\x01" })
		// Whatever stands between two labels is a piece of the original, in order.
		rest := text
		for _, piece := range strings.Split(masked, "[\x01]") {
			i := strings.Index(rest, piece)
			if i < 0 {
				t.Fatalf("%q became %q: %q was not in it", text, masked, piece)
			}
			rest = rest[i+len(piece):]
		}
		hidden := 0
		for _, f := range merged(v.Findings) {
			hidden += f.End - f.Start
		}
		if got, want := len(strings.ReplaceAll(masked, "[\x01]", "")), len(text)-hidden; got != want {
			t.Errorf("%q became %q: %d bytes remain, want %d", text, masked, got, want)
		}
	}
}

// merged joins findings that overlap.
func merged(findings []Finding) []Finding {
	var out []Finding
	for _, f := range findings {
		if n := len(out); n > 0 && f.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, f.End)
			continue
		}
		out = append(out, f)
	}
	return out
}

func TestInvisibleRunesChangeNoVerdict(t *testing.T) {
	hidden := []string{"\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u202e", "\u0307"}
	tried := 0
	for n, text := range everyText(t) {
		plain := Screen(text, nil, nil)
		if len(plain.Findings) == 0 {
			continue
		}
		tried++
		mark := hidden[n%len(hidden)]
		got := Screen(sprinkle(text, plain.Findings, mark), nil, nil)
		if got.Outcome != plain.Outcome || got.Danger != plain.Danger || got.Urgency != plain.Urgency || !slices.Equal(rulesOf(got), rulesOf(plain)) {
			t.Errorf("%q with %+q inside: got %s %v, want %s %v", text, mark, got.Outcome, rulesOf(got), plain.Outcome, rulesOf(plain))
		}
	}
	if tried < 100 {
		t.Errorf("only %d texts were tried", tried)
	}
}

// sprinkle puts mark between the runes of the findings.
func sprinkle(text string, findings []Finding, mark string) string {
	var out strings.Builder
	at := 0
	for _, f := range merged(findings) {
		out.WriteString(text[at:f.Start])
		for i, r := range []rune(text[f.Start:f.End]) {
			if i > 0 {
				out.WriteString(mark)
			}
			out.WriteRune(r)
		}
		at = f.End
	}
	out.WriteString(text[at:])
	return out.String()
}

func TestTheSameTextGetsTheSameVerdict(t *testing.T) {
	texts := everyText(t)
	for i := 0; i < len(texts); i += 7 {
		first := Screen(texts[i], nil, nil)
		Screen(texts[(i*31)%len(texts)], []string{"it"}, []Term{{Text: "casa"}})
		if again := Screen(texts[i], nil, nil); !slices.Equal(first.Findings, again.Findings) || first.Outcome != again.Outcome {
			t.Errorf("%q: first %v, then %v", texts[i], first, again)
		}
	}
}

// unkindTexts are what a rule that looks back over the text would stumble on, again and again.
var unkindTexts = []string{
	"1 ", "a ", "a.", "a@", "15 115 ", "http://", "he ", "t . ", "加", "via 1 ", "l'", "AB1", "@a ", "ﷺ", "no never not my his ",
	"a\u0301", "one two ", "1-", "1/1/", "\xff", "🅐", "he keeps my ", "se me ne ",
}

// TestAnUnkindTextIsReadToItsEnd reads texts of the longest length that a form takes. How long that
// takes is for BenchmarkGrowth; here each finding has to stand where it says.
func TestAnUnkindTextIsReadToItsEnd(t *testing.T) {
	for _, seed := range unkindTexts {
		text := strings.Repeat(seed, 60_000/len(seed))
		checkFindings(t, text, Screen(text, nil, nil))
	}
}

func FuzzScreen(f *testing.F) {
	for i, text := range everyText(f) {
		if i%5 == 0 {
			f.Add(text, "it", "casa rossa")
		}
	}
	f.Add("\xff\xfe@\x80.com +٣٤٧ 1 2 3\xf0\x9f", "", "*")
	f.Fuzz(func(t *testing.T, text, language, term string) {
		if len(text) > 20_000 || len(term) > 200 {
			return
		}
		v := Screen(text, []string{language}, []Term{{Text: term, Outcome: Warn}})
		checkFindings(t, text, v)
		Mask(text, v.Findings, func(rule string) string { return rule })
	})
}
