package deskweb

import (
	"slices"
	"strings"

	"portico/moderation"
)

// run is a stretch of a text, marked where a rule speaks about it.
type run struct {
	text   string
	marked bool
}

// marked cuts a text at its findings. Findings may overlap; each byte is shown once.
func marked(text string, findings []moderation.Finding) []run {
	var runs []run
	done := 0
	for _, f := range findings {
		start, end := max(f.Start, done), f.End
		if start >= end || end > len(text) {
			continue
		}
		if start > done {
			runs = append(runs, run{text[done:start], false})
		}
		runs = append(runs, run{text[start:end], true})
		done = end
	}
	if done < len(text) {
		runs = append(runs, run{text[done:], false})
	}
	return runs
}

// lines cuts runs at line breaks, because HTML does not show them. Words are shown as they
// were written, without their Markdown turned into anything: that is what is judged.
func lines(runs []run) [][]run {
	all := [][]run{nil}
	for _, r := range runs {
		for i, part := range strings.Split(r.text, "\n") {
			if i > 0 {
				all = append(all, nil)
			}
			if part != "" {
				all[len(all)-1] = append(all[len(all)-1], run{part, r.marked})
			}
		}
	}
	return all
}

// paragraphs groups lines at empty ones.
func paragraphs(runs []run) [][][]run {
	var all [][][]run
	var open [][]run
	for _, line := range lines(runs) {
		if len(line) > 0 {
			open = append(open, line)
			continue
		}
		if len(open) > 0 {
			all, open = append(all, open), nil
		}
	}
	if len(open) > 0 {
		all = append(all, open)
	}
	return all
}

// foundWord is an exact word of a post that a rule found, offered for taking out.
type foundWord struct {
	text, rule string
}

// foundWords lists each found word once, in the order of the text.
func foundWords(findings []moderation.Finding) []foundWord {
	var words []foundWord
	for _, f := range findings {
		if !slices.ContainsFunc(words, func(w foundWord) bool { return w.text == f.Text }) {
			words = append(words, foundWord{f.Text, f.Rule})
		}
	}
	return words
}

// foundRules lists each rule once.
func foundRules(findings []moderation.Finding) []string {
	var rules []string
	for _, f := range findings {
		if !slices.Contains(rules, f.Rule) {
			rules = append(rules, f.Rule)
		}
	}
	return rules
}
