package moderation

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// labelled is one line of testdata: what a careful moderator would say about a text.
type labelled struct {
	where   string
	outcome Outcome
	rules   []string
	text    string
}

// What each language must keep. The texts and the phrases grew together, so the figures say what
// must not get worse; a text that nobody thought of fares less well. Of danger told in a roundabout way
// the rules heard at first sight about six in ten plain sentences and three in ten far-fetched ones;
// of outing fewer, and of recruitment one in ten to one in four.
const (
	leastPrecision  = 0.90 // over all rules
	leastRecall     = 0.90 // of each rule
	leastReachable  = 0.97 // of each rule that finds a way to reach somebody
	mostFalseHolds  = 0.03 // of the texts to publish, held or refused all the same
	leastToPublish  = 1.0 / 3
	fullSet, anySet = 150, 60 // lines
)

// leadsToSomebody lists the rules that nearly nothing may slip past: what they find cannot be
// taken back once it was read.
var leadsToSomebody = []string{"phone", "email", "messenger", "address"}

// fullLanguages are those in which the portal is whole.
var fullLanguages = []string{"en", "it", "fr", "ar"}

func TestEveryLanguageKeepsItsPrecisionAndRecall(t *testing.T) {
	files, err := filepath.Glob("testdata/*.tsv")
	if err != nil || len(files) != len(rulebook().languages) {
		t.Fatalf("got %d labelled sets (%v), want one for each of %v", len(files), err, rulebook().languages)
	}
	for _, file := range files {
		lang := strings.TrimSuffix(filepath.Base(file), ".tsv")
		lines := readLabelled(t, file)
		t.Run(lang+" has enough of everything", func(t *testing.T) { checkSize(t, lang, lines) })
		for _, asked := range [][]string{{lang}, nil} {
			name := lang
			if asked == nil {
				name += " with the rules of all languages"
			}
			t.Run(name, func(t *testing.T) { countQuality(t, lines, asked).check(t, lang) })
		}
	}
}

// checkSize keeps a set from shrinking to what the rules happen to know.
func checkSize(t *testing.T, lang string, lines []labelled) {
	least := anySet
	if slices.Contains(fullLanguages, lang) {
		least = fullSet
	}
	seen := map[string]bool{}
	benign := 0
	for _, line := range lines {
		if line.outcome == Publish {
			benign++
		}
		for _, r := range line.rules {
			seen[r] = true
		}
	}
	if len(lines) < least || float64(benign) < leastToPublish*float64(len(lines)) {
		t.Errorf("%s: %d lines, %d of them to publish; want %d, a third to publish", lang, len(lines), benign, least)
	}
	for _, r := range Rules() {
		if r != rules[ruleWatched].id && !seen[r] {
			t.Errorf("%s: no text for the rule %s", lang, r)
		}
	}
}

// tally counts how one rule, or all of them, fared.
type tally struct{ right, tooMany, missing int }

func (n tally) precision() float64 { return ratio(n.right, n.tooMany) }
func (n tally) recall() float64    { return ratio(n.right, n.missing) }

// quality is how the rules fared on a set.
type quality struct {
	lines, benign, held int
	whole               tally
	byRule              map[string]*tally
}

// countQuality counts a rule that was found and expected as right, and everything else as wrong:
// a rule too many costs precision, a missing one recall, and so does an outcome too harsh or mild.
func countQuality(t *testing.T, lines []labelled, asked []string) *quality {
	q := &quality{lines: len(lines), byRule: map[string]*tally{}}
	for _, r := range Rules() {
		q.byRule[r] = &tally{}
	}
	for _, line := range lines {
		v := Screen(line.text, asked, nil)
		faults := q.compare(line, v)
		if faults == "" {
			continue
		}
		t.Logf("%s:%s: %s", line.where, faults, line.text)
		if os.Getenv("SHOW") != "" {
			for _, f := range v.Findings {
				t.Logf("     %s %q", f.Rule, f.Text)
			}
		}
	}
	for _, n := range q.byRule {
		q.whole.right += n.right
		q.whole.tooMany += n.tooMany
		q.whole.missing += n.missing
	}
	return q
}

// compare counts one line, and says in words what was wrong.
func (q *quality) compare(line labelled, v Verdict) (faults string) {
	found := rulesOf(v)
	for _, r := range line.rules {
		if slices.Contains(found, r) {
			q.byRule[r].right++
		} else {
			q.byRule[r].missing++
			faults += " without " + r
		}
	}
	for _, r := range found {
		if !slices.Contains(line.rules, r) {
			q.byRule[r].tooMany++
			faults += " with " + r
		}
	}
	switch {
	case v.Outcome.Worse(line.outcome):
		q.whole.tooMany++
		faults += " too harsh: " + string(v.Outcome)
	case line.outcome.Worse(v.Outcome):
		q.whole.missing++
		faults += " too mild: " + string(v.Outcome)
	}
	if line.outcome == Publish {
		q.benign++
		if v.Outcome.Worse(Warn) {
			q.held++
		}
	}
	return faults
}

// check prints the figures and compares them with what the language must keep.
func (q *quality) check(t *testing.T, lang string) {
	t.Logf("%s: %d lines, %d to publish, %d of these held, precision %.3f, recall %.3f",
		lang, q.lines, q.benign, q.held, q.whole.precision(), q.whole.recall())
	for _, r := range Rules() {
		n := q.byRule[r]
		if *n == (tally{}) {
			continue
		}
		t.Logf("%s: %-16s precision %.3f, recall %.3f, of %d", lang, r, n.precision(), n.recall(), n.right+n.missing)
		least := leastRecall
		if slices.Contains(leadsToSomebody, r) {
			least = leastReachable
		}
		if n.right+n.missing > 0 && n.recall() < least {
			t.Errorf("%s: %s has recall %.3f, want %.2f", lang, r, n.recall(), least)
		}
	}
	if q.whole.precision() < leastPrecision || q.whole.recall() < leastRecall {
		t.Errorf("%s: precision %.3f and recall %.3f, want %.2f and %.2f", lang, q.whole.precision(), q.whole.recall(), leastPrecision, leastRecall)
	}
	if float64(q.held) >= mostFalseHolds*float64(q.benign) && q.held > 0 {
		t.Errorf("%s: %d of %d harmless texts were held", lang, q.held, q.benign)
	}
}

func ratio(right, wrong int) float64 {
	if right+wrong == 0 {
		return 0
	}
	return float64(right) / float64(right+wrong)
}

func rulesOf(v Verdict) []string {
	var ids []string
	for _, f := range v.Findings {
		if !slices.Contains(ids, f.Rule) {
			ids = append(ids, f.Rule)
		}
	}
	return ids
}

func readLabelled(t *testing.T, file string) []labelled {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	known := Rules()
	var out []labelled
	for i, row := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		where := fmt.Sprintf("%s:%d", filepath.Base(file), i+1)
		cells := strings.Split(row, "\t")
		if len(cells) != 3 || strings.TrimSpace(cells[2]) == "" {
			t.Fatalf("%s: want outcome, rules and text", where)
		}
		line := labelled{where: where, outcome: Outcome(cells[0]), text: cells[2]}
		if cells[1] != "" {
			line.rules = strings.Split(cells[1], ",")
		}
		for _, r := range line.rules {
			if !slices.Contains(known, r) {
				t.Fatalf("%s: the rule %q is not known", where, r)
			}
		}
		if line.outcome != Publish && line.outcome.severity() == 0 {
			t.Fatalf("%s: the outcome %q is not known", where, line.outcome)
		}
		out = append(out, line)
	}
	return out
}

func readFile(tb testing.TB, name string) string {
	tb.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}
