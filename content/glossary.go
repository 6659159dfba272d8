package content

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// GlossaryTerm is a word of the field, in English, with the words that are right and wrong for it in
// another language. Every shipped term waits for a mediator to look at it.
type GlossaryTerm struct {
	Term      string   `toml:"term"`
	Lang      string   `toml:"lang"`
	Preferred string   `toml:"preferred"`
	Refused   []string `toml:"refused"`
	Domain    string   `toml:"domain"`
	Note      string   `toml:"note"`
	// Kind is "preferred", which "" means too, "keep" for a name that stays as it is, or
	// "refused" where only the refused words are known.
	Kind string `toml:"kind"`
}

const glossaryFile = "glossary.toml"

// Glossary returns the shipped terms. All that is wrong with the file comes back in one
// error, a line each: "file:line: what".
func Glossary() ([]GlossaryTerm, error) {
	terms, faults := readGlossary(files)
	if len(faults) > 0 {
		return nil, errors.New(strings.Join(faults, "\n"))
	}
	return terms, nil
}

func checkGlossary() []string {
	_, faults := readGlossary(files)
	return faults
}

var termHead = regexp.MustCompile(`(?m)^\[\[term\]\][ \t]*\r?$`)

// readGlossary reads the terms of a file system, each alone, so that every fault is told
// with its line.
func readGlossary(from fs.FS) (terms []GlossaryTerm, faults []string) {
	text, err := fs.ReadFile(from, glossaryFile)
	at := func(line int, what string) {
		faults = append(faults, fmt.Sprintf("%s%s:%d: %s", shipped, glossaryFile, line, what))
	}
	if err != nil {
		at(1, "it cannot be read")
		return nil, faults
	}
	heads := termHead.FindAllIndex(text, -1)
	if len(heads) == 0 {
		at(1, "it holds no [[term]]")
		return nil, faults
	}
	if lead, err := strayKeys(text[:heads[0][0]]); err != nil || lead {
		at(1, "nothing but comments may stand before the first [[term]]")
	}
	seen := map[string]bool{}
	for i, head := range heads {
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		first := 1 + bytes.Count(text[:head[0]], []byte("\n"))
		t, wrong := readTerm(string(text[head[1]:end]), first)
		if key := t.Lang + " " + t.Term; len(wrong) == 0 && seen[key] {
			wrong = append(wrong, entryFault{first, fmt.Sprintf("%q stands here twice for %s", t.Term, t.Lang)})
		} else {
			seen[key] = true
		}
		for _, w := range wrong {
			at(w.line, w.what)
		}
		if len(wrong) == 0 {
			terms = append(terms, t)
		}
	}
	return terms, faults
}

// readTerm reads one term whose heading stands on line first.
func readTerm(block string, first int) (t GlossaryTerm, faults []entryFault) {
	meta, err := toml.Decode(block, &t)
	var syntax toml.ParseError
	switch {
	case errors.As(err, &syntax):
		return t, []entryFault{{first + max(syntax.Position.Line, 1) - 1, syntax.Message}}
	case err != nil:
		return t, []entryFault{{first, err.Error()}}
	}
	lineOf := func(key string) int {
		found := regexp.MustCompile(`(?m)^[ \t]*` + regexp.QuoteMeta(key) + `[ \t]*=`).FindStringIndex(block)
		if found == nil {
			return first
		}
		return first + strings.Count(block[:found[0]], "\n")
	}
	for _, key := range meta.Undecoded() {
		faults = append(faults, entryFault{lineOf(key[0]), fmt.Sprintf("unknown key %q", key)})
	}
	unless := func(ok bool, key, what string) {
		if !ok {
			faults = append(faults, entryFault{lineOf(key), what})
		}
	}
	unless(plainLine(t.Term), "term", "the term is empty or not one short line")
	unless(slices.Contains([]string{"", "preferred", "keep", "refused"}, t.Kind), "kind", fmt.Sprintf("unknown kind %q", t.Kind))
	unless(plainLine(t.Preferred) || t.Preferred == "" && (t.Kind == "keep" || t.Kind == "refused"), "preferred", "the preferred words are empty or not one short line")
	unless(t.Kind != "keep" || t.Preferred == "" || t.Preferred == t.Term, "preferred", "a word that stays as it is has no other word")
	unless(t.Kind != "refused" || len(t.Refused) > 0, "refused", "nothing is refused")
	unless(KnownLanguage(t.Lang) && t.Lang != "en", "lang", fmt.Sprintf("unknown language %q", t.Lang))
	unless(t.Domain == "" || plainLine(t.Domain), "domain", "the domain is not one short line")
	unless(t.Note == strings.TrimSpace(t.Note) && !strings.Contains(t.Note, "\n"), "note", "the note is not one line")
	unless(!slices.ContainsFunc(t.Refused, func(w string) bool { return !plainLine(w) || strings.Contains(w, ",") }), "refused", "a refused word is empty, not one short line, or holds a comma")
	slices.SortFunc(faults, func(a, b entryFault) int { return a.line - b.line })
	return t, faults
}
