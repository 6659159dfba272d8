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

// axeRun asks axe for every rule of level A and AA and for its good practice, and brings home
// only what we judge. One practice is left out: it wants the line of the demonstration, which no
// real instance has, inside a landmark.
const axeRun = `axe.run(document, {resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
	rules: {region: {enabled: false}}}).then(r => r.violations.map(v =>
	({id: v.id, impact: v.impact || "", help: v.help, where: v.nodes.map(n => n.html)})))`

// axe wants axe-core to find nothing on the page. axe needs script, so with script off it does
// nothing; the same pages are seen by the ways with script on. A page of a build that another
// journey had before is not asked again: TestEveryPage asks every page in three languages.
func (j *journey) axe() {
	j.t.Helper()
	if !j.how.Script || !isNew(ask(j, "build", chromedp.Evaluate[string](build))) {
		return
	}
	for _, found := range j.barriers() {
		j.t.Errorf("%s: axe %s (%s): %s\n\t%s", j.path(), found.ID, found.Impact, found.Help, strings.Join(found.Where, "\n\t"))
	}
}

// build is a page without its words and addresses: elements, their classes and roles, and which
// of them hold text. What repeats itself side by side stands once.
const build = `(() => { const draw = e => { const kids = [...e.children].map(draw).filter((k, i, all) => k !== all[i - 1]);
	return e.localName + "." + e.className + "[" + [...e.attributes].filter(a => /^(aria-|role|type|dir|lang|disabled|hidden|open)/.test(a.name)).map(a => a.name).join() + "]" +
		([...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) ? "t" : "") + "(" + kids.join() + ")" };
	return draw(document.documentElement) })()`

var (
	buildsMu sync.Mutex
	builds   = map[string]bool{}
)

// isNew notes a build and reports whether it is the first of its kind.
func isNew(drawn string) bool {
	buildsMu.Lock()
	defer buildsMu.Unlock()
	if builds[drawn] {
		return false
	}
	builds[drawn] = true
	return true
}

// barriers returns whatever axe finds on the page. The window is as tall as the page for that
// moment: a bar that lies over a button would make it look too small to touch.
func (j *journey) barriers() []barrier {
	j.t.Helper()
	width, height := j.how.screen()
	tall := ask(j, "height", chromedp.Evaluate[int64](`document.documentElement.scrollHeight`))
	j.do("a tall window", chromedp.EmulateViewport(width, max(tall, height)))
	defer func() { j.do("the window again", chromedp.EmulateViewport(width, height)) }()
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
