//go:build e2e

package e2e

import (
	"testing"
)

func TestTheMenuChangesTheLanguageOfTheSamePage(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		j := p.journey(t, how)
		talk := j.firstTalk("health")
		title := j.text("h1")
		j.press("a[href^='/languages?next=']")
		j.look("languages")
		for _, row := range []struct{ tag, dir string }{{"fr", "ltr"}, {"ar", "rtl"}, {"it", "ltr"}, {"en", "ltr"}} {
			j.press("main a[hreflang=" + row.tag + "]")
			j.arrivedAt(talk)
			j.speaks(row.tag, row.dir)
			if got := j.text("h1"); got != title {
				t.Errorf("in %s the talk is called %q, want %q", row.tag, got, title)
			}
			j.look("talk in " + row.tag)
			j.press("a[href^='/languages?next=']")
		}
	})
}

func TestALanguageInTheAddressIsRemembered(t *testing.T) {
	for _, how := range []opts{ways[1], ways[2]} {
		t.Run(how.String(), func(t *testing.T) {
			j := serve(t).journey(t, how)
			j.open("/forum?lang=fr")
			j.speaks("fr", "ltr")
			j.open("/rules")
			j.speaks("fr", "ltr")
			j.look("rules in french")
			j.open("/?lang=be") // there is no Belarusian: what she chose stays
			j.speaks("fr", "ltr")
			j.open("/")
			j.speaks("fr", "ltr")
		})
	}
}

func TestTheBrowserIsAskedForItsLanguages(t *testing.T) {
	p := serve(t)
	for _, row := range []struct{ asks, lang, dir string }{
		{"uk", "uk", "ltr"},
		{"be", "en", "ltr"}, // never Russian in its place
		{"be, sr;q=0.9, it;q=0.8", "it", "ltr"},
		{"ru, uk;q=0.9", "ru", "ltr"},
		{"ar-MA, fr;q=0.5", "ar", "rtl"},
		{"fr-CA", "fr", "ltr"},
		{"*", "en", "ltr"},
	} {
		t.Run(row.asks, func(t *testing.T) {
			j := p.journey(t, opts{Lang: row.asks})
			j.open("/")
			j.speaks(row.lang, row.dir)
			j.open("/forum/health")
			j.speaks(row.lang, row.dir)
		})
	}
}

// speaks wants the page to say its language and direction.
func (j *journey) speaks(lang, dir string) {
	j.t.Helper()
	if got := j.attr("html", "lang") + " " + j.attr("html", "dir"); got != lang+" "+dir {
		j.stop("the page is %q, want %q", got, lang+" "+dir)
	}
}
