//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// look keeps a picture of the page and holds it to what every page must be.
func (j *journey) look(name string) {
	j.t.Helper()
	j.picture(name)
	j.plain()
	j.axe()
}

// picture keeps the whole page in pictures/<journey>/NN-name.png for people to look at. The
// window is made as tall as the page for that moment, or its bars would lie over the words.
// Where CI=true nobody looks, and an eighth of the time went into pictures: there it keeps only
// what a journey saw when it stopped.
func (j *journey) picture(name string) {
	j.t.Helper()
	if os.Getenv("CI") == "true" {
		return
	}
	j.taken++
	folder := filepath.Join("pictures", slug(j.t.Name()))
	width, height := j.how.screen()
	tall := ask(j, "height", chromedp.Evaluate[int64](`document.documentElement.scrollHeight`))
	j.do("a tall window", chromedp.EmulateViewport(width, max(tall, height)))
	png := ask(j, "picture", chromedp.CaptureScreenshot())
	j.do("the window again", chromedp.EmulateViewport(width, height))
	err := os.MkdirAll(folder, 0o755)
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, fmt.Sprintf("%02d-%s.png", j.taken, slug(name))), png, 0o644)
	}
	if err != nil {
		j.t.Fatal(err)
	}
}

// measures are what plain asks of a page; the expression works with script off as well.
type measures struct {
	Lang, Dir      string
	H1, Main       int
	Inline         int // script and style inside the page, and on* and style attributes
	Wider, Visible int
}

const measure = `(() => { const d = document, all = [...d.querySelectorAll("*")]; return {
	Lang: d.documentElement.lang, Dir: d.documentElement.dir, H1: d.querySelectorAll("h1").length,
	Main: d.querySelectorAll("main form, main a, main p").length,
	Inline: d.querySelectorAll("script:not([src]), style").length +
		all.filter(e => [...e.attributes].some(a => a.name === "style" || a.name.startsWith("on"))).length,
	Wider: d.documentElement.scrollWidth, Visible: d.documentElement.clientWidth } })()`

// plain holds a page to its language and direction, one heading of the first rank, nothing
// inline, and no scrolling sideways.
func (j *journey) plain() {
	j.t.Helper()
	m := ask(j, "measure", chromedp.Evaluate[measures](measure))
	where := j.path()
	if m.Lang == "" || m.Dir != "ltr" && m.Dir != "rtl" {
		j.t.Errorf("%s: the page says lang=%q dir=%q", where, m.Lang, m.Dir)
	}
	if m.H1 != 1 {
		j.t.Errorf("%s: the page has %d h1, want one", where, m.H1)
	}
	if m.Main == 0 {
		j.t.Errorf("%s: the page has nothing in its main part", where)
	}
	if m.Inline != 0 {
		j.t.Errorf("%s: %d scripts, styles or handlers stand inside the page", where, m.Inline)
	}
	if m.Wider > m.Visible {
		j.t.Errorf("%s: the page is %d wide on a screen of %d", where, m.Wider, m.Visible)
	}
}

// slug makes a file name of a test's or a picture's name.
func slug(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '/':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, name), "-")
}
