package moderation

import (
	"slices"
	"strings"
)

// phraseGroup is the phrases for one rule, as they are written.
type phraseGroup struct {
	Rule    string
	Outcome Outcome
	Urgency int
	Match   []string
	Except  []string
}

// filled lists the patterns without those for which the language at hand lacks a list.
func (b *builder) filled() []phraseGroup {
	lacks := func(line string) bool {
		for rest := line; ; {
			_, after, open := strings.Cut(rest, "{")
			name, next, _ := strings.Cut(after, "}")
			if rest = next; !open {
				return false
			}
			if len(b.words[name]) == 0 {
				return true
			}
		}
	}
	out := slices.Clone(b.patterns)
	for i := range out {
		out[i].Match = slices.DeleteFunc(slices.Clone(out[i].Match), lacks)
		out[i].Except = slices.DeleteFunc(slices.Clone(out[i].Except), lacks)
	}
	return out
}
