//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeSource is axe-core as npm has it. It is read when needed and not embedded, so that
// this package compiles before npm ci has run.
var axeSource = sync.OnceValues(func() (string, error) {
	text, err := os.ReadFile("node_modules/axe-core/axe.min.js")
	if err != nil {
		return "", fmt.Errorf("run npm ci in e2e: %w", err)
	}
	return string(text), nil
})

// barrier is one thing that axe found.
type barrier struct {
	ID     string   `json:"id"`
	Impact string   `json:"impact"`
	Help   string   `json:"help"`
	Where  []string `json:"where"`
}

// axeRun asks axe and brings home only what we judge.
const axeRun = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v =>
	({id: v.id, impact: v.impact || "", help: v.help, where: v.nodes.map(n => n.html)})))`

// axe holds the page to axe-core: nothing serious, nothing critical. axe needs script, so
// with script off it does nothing; the same pages are seen by the ways with script on.
func (j *journey) axe() {
	j.t.Helper()
	if !j.how.Script {
		return
	}
	for _, found := range j.barriers() {
		if found.Impact == "serious" || found.Impact == "critical" {
			j.t.Errorf("%s: axe %s (%s): %s\n\t%s", j.path(), found.ID, found.Impact, found.Help, strings.Join(found.Where, "\n\t"))
		}
	}
}

// barriers returns whatever axe finds on the page.
func (j *journey) barriers() []barrier {
	j.t.Helper()
	source, err := axeSource()
	if err != nil {
		j.t.Fatal(err)
	}
	return ask(j, "axe", chromedp.Evaluate[[]barrier](source+";\n"+axeRun, chromedp.EvalAwaitPromise))
}

func TestAxeSeesABadPage(t *testing.T) {
	h := house(t)
	j := h.journey(t, opts{Script: true})
	j.open("/bad")
	found := map[string]string{}
	for _, b := range j.barriers() {
		found[b.ID] = b.Impact
	}
	for _, id := range []string{"image-alt", "label", "color-contrast"} {
		if found[id] == "" {
			t.Errorf("axe did not see %s; it saw %v", id, found)
		}
	}
	j.open("/")
	if b := j.barriers(); len(b) != 0 {
		t.Errorf("axe refused a good page: %v", b)
	}
}
