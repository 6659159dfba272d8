//go:build e2e

package e2e

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"portico/locales"
)

// judged are the languages in which every page is opened in the browser: one from left to
// right, one from right to left, one without spaces between words.
var judged = []string{"en", "ar", "zh-Hans"}

// TestEveryPage opens every page of the portal, for whoever may see it, and holds it to what
// every page must be: no barrier that axe-core knows of level A or AA, every stop of the keyboard
// reached, seen and in the order of reading, within its weight, nothing cut off or wider than the screen on a small phone, with text twice as large and with forced colours, nothing
// that moves for who asked for less motion, and valid HTML.
func TestEveryPage(t *testing.T) {
	ps := everyPage(t)
	for _, path := range ps.missed(routes(t)) {
		t.Errorf("nobody of the demonstration comes to %s", path)
	}
	for _, name := range byHand {
		if !journeyExists(t, name) {
			t.Errorf("there is no journey %s", name)
		}
	}
	t.Run("is valid HTML", func(t *testing.T) { ps.valid(t) })
	t.Run("is light in every language", func(t *testing.T) { ps.weighs(t, locales.Complete) })
	for _, lang := range judged {
		t.Run("has no barrier in "+lang, func(t *testing.T) {
			ps.eachEnd(t, lang, func(j *journey, s sheet) {
				j.noBarrier(s)
				j.byKeyboard(s)
				j.holds(s)
			})
		})
	}
}

// eachEnd opens the pages one after the other, in one window for each reader.
func (ps *pages) eachEnd(t *testing.T, lang string, look func(*journey, sheet)) {
	t.Helper()
	windows := map[string]*journey{}
	only := os.Getenv("PORTICO_PAGE") // for a person who mends one page: a part of its route
	for _, s := range ps.ends() {
		if only != "" && !strings.Contains(s.Route, only) {
			continue
		}
		j := windows[s.Who]
		if j == nil {
			j = ps.window(t, s.Who, opts{Script: true, Lang: lang})
			windows[s.Who] = j
		}
		j.open(s.Path)
		look(j, s)
	}
}

// window is a private window in which somebody is signed in already.
func (ps *pages) window(t *testing.T, who string, how opts) *journey {
	t.Helper()
	j := ps.journey(t, how)
	if cookie := ps.cookies[who]; cookie != "" {
		yes := true
		j.do("her session", command(network.SetCookie, network.SetCookieParams{
			Name: "__Host-portico", Value: cookie, URL: ps.base + "/", Path: "/", Secure: &yes, HTTPOnly: &yes}))
	}
	return j
}

// noBarrier wants axe to find nothing of level A or AA.
func (j *journey) noBarrier(s sheet) {
	j.t.Helper()
	for _, found := range j.barriers() {
		j.t.Errorf("%s (%s) as %q: axe %s (%s): %s\n\t%s", s.Route, s.Path, s.Who, found.ID, found.Impact, found.Help, strings.Join(found.Where, "\n\t"))
	}
}

// pose is one way in which a page has to hold.
type pose struct {
	name          string
	width, height int64
	text          int64  // the size of text that she has chosen in her browser, in pixels
	feature       string // a media feature with its value
}

// usual is the size of text that browsers come with.
const usual = 16

// poses: a small phone, a desktop at four hundred per cent (320 by 200), text twice as large
// on both, forced colours, less motion.
var poses = []pose{
	{"a small phone", 320, 640, usual, ""},
	{"a desktop at 400 %", 320, 200, usual, ""},
	{"text at 200 % on a phone", 320, 640, 2 * usual, ""},
	{"text at 200 % on a desktop", 1280, 800, 2 * usual, ""},
	{"forced colours", 320, 640, usual, "forced-colors=active"},
	{"less motion", 1280, 800, usual, "prefers-reduced-motion=reduce"},
}

// misfit is what the page says of itself in one pose.
type misfit struct {
	Wider, Bars, Moving int
	Cut                 []string
}

// misfits measures: how much wider than the screen the page is, how much of the height the
// bars take that stay, how many things move, and whatever text is cut off.
const misfits = `(() => {
	const root = document.documentElement, cut = [];
	const name = e => e.tagName.toLowerCase() + (e.className && e.className.baseVal === undefined ? "." + e.className : "") + " " + (e.textContent || "").trim().slice(0, 40);
	let bars = 0;
	for (const e of document.body.querySelectorAll("*")) {
		const s = getComputedStyle(e);
		if (s.display === "none" || s.visibility === "hidden") continue;
		const r = e.getBoundingClientRect();
		if ((s.position === "fixed" || s.position === "sticky") && r.width > innerWidth / 2 && r.height > 8) bars += r.height;
		if (!r.width || r.width < 2 || s.clipPath !== "none" || s.position === "absolute" && r.height < 2) continue;
		const hides = s.overflowX === "hidden" || s.overflowX === "clip" || s.overflowY === "hidden" || s.overflowY === "clip";
		if (hides && e !== document.body && !e.matches(".veil") && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1) && e.textContent.trim()) cut.push("cut: " + name(e));
		if (r.right > root.clientWidth + 1 || r.left < -1) {
			let p = e, scrolls = false;
			while (p && p !== document.body) { const o = getComputedStyle(p).overflowX; if (o === "auto" || o === "scroll") scrolls = true; p = p.parentElement; }
			if (!scrolls && s.position !== "fixed" && !e.closest("svg") && !e.matches(".skip") && !e.closest(".sr")) cut.push("outside: " + name(e) + " " + Math.round(r.left) + ".." + Math.round(r.right));
		}
		if ((e.matches("button, .button, .badge, label, th, td, li, a, p, h1, h2, h3, dt, dd, legend, summary, select")) && e.scrollWidth > e.clientWidth + 1 && s.display !== "inline" && s.overflowX === "visible") cut.push("too wide inside: " + name(e) + " " + e.scrollWidth + ">" + e.clientWidth);
	}
	return { Wider: root.scrollWidth - root.clientWidth, Bars: Math.round(bars * 100 / innerHeight), Cut: cut.slice(0, 6),
		Moving: document.getAnimations().filter(a => a.playState === "running").length };
})()`

// holds measures the page in every pose.
func (j *journey) holds(s sheet) {
	j.t.Helper()
	for _, p := range poses {
		var features []*emulation.MediaFeature
		if name, value, ok := strings.Cut(p.feature, "="); ok {
			features = append(features, &emulation.MediaFeature{Name: name, Value: value})
		}
		j.do(p.name, chromedp.EmulateViewport(p.width, p.height),
			command(page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: p.text, Fixed: p.text * 13 / usual}}),
			command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}))
		m := ask(j, "measure", chromedp.Evaluate[misfit](misfits))
		where := fmt.Sprintf("%s (%s) as %q in %s, %s", s.Route, s.Path, s.Who, j.how.lang(), p.name)
		if m.Wider > 0 {
			j.t.Errorf("%s: %d px wider than the screen", where, m.Wider)
		}
		if len(m.Cut) > 0 {
			j.t.Errorf("%s:\n\t%s", where, strings.Join(m.Cut, "\n\t"))
		}
		if m.Bars > 60 {
			j.t.Errorf("%s: the bars that stay take %d %% of the height", where, m.Bars)
		}
		if m.Moving > 0 && p.feature != "" {
			j.t.Errorf("%s: %d things move", where, m.Moving)
		}
	}
	j.do("as before", chromedp.EmulateViewport(j.how.screen()), command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}),
		command(page.SetFontSizes, page.SetFontSizesParams{FontSizes: &page.FontSizes{Standard: usual, Fixed: 13}}))
}
