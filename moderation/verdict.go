package moderation

import (
	"cmp"
	"slices"
)

// Outcome is what should happen to a text.
type Outcome string

// The outcomes, from mild to severe.
const (
	Publish Outcome = "publish"
	Warn    Outcome = "warn"   // show the author the words and why; she edits or insists
	Hold    Outcome = "hold"   // a moderator reads it first
	Refuse  Outcome = "refuse" // it is not kept
)

// severity orders outcomes; an unknown word counts as publish, the zero value too.
func (o Outcome) severity() int {
	switch o {
	case Warn:
		return 1
	case Hold:
		return 2
	case Refuse:
		return 3
	}
	return 0
}

// Worse says whether o is more severe than other.
func (o Outcome) Worse(other Outcome) bool { return o.severity() > other.severity() }

// Finding is one place in a text that a rule speaks about.
type Finding struct {
	Rule       string  // one of Rules()
	Outcome    Outcome // what this finding alone would lead to
	Text       string  // the exact words of the original text
	Start, End int     // byte offsets in the original text
}

// The urgencies of a verdict: how soon a moderator should look.
const (
	NoUrgency = 0
	Watch     = 1
	ActNow    = 2
)

// Verdict is what Screen says about a whole text.
type Verdict struct {
	Outcome  Outcome
	Findings []Finding // in the order of the text
	Danger   bool      // somebody may need help: show help lines and people on duty at once
	Urgency  int       // NoUrgency, Watch or ActNow
}

// Term is a word or a few words that a host watches. A word may end in * for any ending.
type Term struct {
	Text     string
	Language string  // empty: in every language
	Outcome  Outcome // empty: Hold
}

// Screen reads text and says what should happen to it. languages are those of the page and of
// the person; none means all.
func Screen(text string, languages []string, hostTerms []Term) Verdict {
	book := rulebook()
	spoken := book.languageSet(languages)
	pg := newPage(book, text, spoken)
	defer pg.release()
	pg.watchFor(hostTerms, languages)
	pg.fold()
	pg.findPhrases()
	pg.findContacts()
	pg.findPlaces()
	pg.findNumbers()
	pg.findWatched()
	return pg.verdict()
}

// verdict settles the collected findings into one answer.
func (pg *page) verdict() Verdict {
	v := Verdict{Outcome: Publish}
	found := pg.settled()
	if len(found) > 0 {
		v.Findings = make([]Finding, 0, len(found))
	}
	for _, f := range found {
		rule := rules[f.rule]
		if f.outcome.Worse(v.Outcome) {
			v.Outcome = f.outcome
		}
		v.Danger = v.Danger || rule.danger
		v.Urgency = max(v.Urgency, f.urgency)
		v.Findings = append(v.Findings, Finding{
			Rule: rule.id, Outcome: f.outcome,
			Text: pg.text[f.start:f.end], Start: f.start, End: f.end,
		})
	}
	if v.Danger && v.Outcome == Refuse {
		v.Outcome = Hold
	}
	return v
}

// found is a finding while the page is still being read.
type found struct {
	rule       ruleID
	outcome    Outcome
	urgency    int
	start, end int
}

// settled joins the findings of one rule that touch the same words, and orders them.
func (pg *page) settled() []found {
	slices.SortFunc(pg.found, byPlace)
	var last [len(rules)]int // by rule, its last finding in out, from 1 on
	out := pg.found[:0]      // what is joined never overtakes what is read
	for _, f := range pg.found {
		if n := last[f.rule]; n > 0 && f.start < out[n-1].end {
			o := &out[n-1]
			o.end, o.urgency = max(o.end, f.end), max(o.urgency, f.urgency)
			if f.outcome.Worse(o.outcome) {
				o.outcome = f.outcome
			}
			continue
		}
		out = append(out, f)
		last[f.rule] = len(out)
	}
	slices.SortFunc(out, byPlace)
	return out
}

// byPlace orders findings by where they begin, the longer first.
func byPlace(a, b found) int {
	switch {
	case a.start != b.start:
		return cmp.Compare(a.start, b.start)
	case a.end != b.end:
		return cmp.Compare(b.end, a.end)
	}
	return cmp.Compare(a.rule, b.rule)
}

// add notes that a rule speaks about the bytes from start to end.
func (pg *page) add(rule ruleID, start, end int) {
	pg.found = append(pg.found, found{
		rule: rule, outcome: rules[rule].outcome, urgency: rules[rule].urgency, start: start, end: end,
	})
}
