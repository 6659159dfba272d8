//go:build e2e

package e2e

import (
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// shownIn are the languages of the pictures: two in Latin letters, one from right to left, one
// in characters.
var shownIn = []string{"en", "uk", "ar", "zh-Hans"}

// TestPicturesOfEveryPage takes the pictures of sh e2e/pictures.sh. Nobody looks at them in a
// test run, so it runs only where a folder is named.
func TestPicturesOfEveryPage(t *testing.T) {
	folder := os.Getenv("PORTICO_PICTURES")
	if folder == "" {
		return // not a skipped test: what the pages must be stands in TestEveryPage
	}
	ps := everyPage(t)
	index := map[string]map[string]string{}
	var order []string
	for _, lang := range shownIn {
		ps.eachEnd(t, lang, func(j *journey, s sheet) {
			name := strings.Trim(slug(s.Route), "-/") + "-" + slug(s.Who)
			if index[name] == nil {
				index[name] = map[string]string{}
				order = append(order, name)
			}
			for _, width := range []int64{320, 1280} {
				for _, theme := range []string{"light", "dark"} {
					way := fmt.Sprintf("%s-%d-%s", lang, width, theme)
					file := filepath.Join(strings.ReplaceAll(name, "/", "_"), way+".png")
					j.shot(filepath.Join(folder, file), width, theme)
					index[name][way] = file
				}
			}
		})
	}
	var b strings.Builder
	b.WriteString("<!doctype html><meta charset=utf-8><title>Every page</title><style>body{font:14px sans-serif}div{display:flex;gap:8px;align-items:flex-start;overflow-x:auto}img{border:1px solid #999;max-height:640px}figure{margin:0}</style>")
	for _, name := range order {
		fmt.Fprintf(&b, "<h2>%s</h2><div>", html.EscapeString(name))
		for _, lang := range shownIn {
			for _, way := range []string{"320-light", "320-dark", "1280-light", "1280-dark"} {
				file := index[name][lang+"-"+way]
				fmt.Fprintf(&b, "<figure><a href=%q><img loading=lazy src=%q alt=\"\"></a><figcaption>%s %s</figcaption></figure>", file, file, lang, way)
			}
		}
		b.WriteString("</div>")
	}
	if err := os.WriteFile(filepath.Join(folder, "index.html"), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pages in %s", len(order), folder)
}

// shot takes one picture of the whole page.
func (j *journey) shot(file string, width int64, theme string) {
	j.t.Helper()
	j.do(theme, command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}}),
		chromedp.EmulateViewport(width, 800))
	tall := ask(j, "height", chromedp.Evaluate[int64](`document.documentElement.scrollHeight`))
	j.do("a tall window", chromedp.EmulateViewport(width, min(max(tall, 640), 6000)))
	png := ask(j, "picture", chromedp.CaptureScreenshot())
	err := os.MkdirAll(filepath.Dir(file), 0o755)
	if err == nil {
		err = os.WriteFile(file, png, 0o644)
	}
	if err != nil {
		j.t.Fatal(err)
	}
}
