package moderation

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestProbe(t *testing.T) {
	start := time.Now()
	b, err := compileRules(ruleFiles)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(b.atoms), "atoms", len(b.phrases), "phrases", time.Since(start))
	if s := os.Getenv("PROBE"); s != "" {
		for _, l := range strings.Split(s, "\n") {
			v := Screen(l, nil, nil)
			t.Logf("%s -> %s danger=%v %d", l, v.Outcome, v.Danger, v.Urgency)
			for _, f := range v.Findings {
				t.Logf("    %s %s %q", f.Rule, f.Outcome, f.Text)
			}
		}
	}
}
