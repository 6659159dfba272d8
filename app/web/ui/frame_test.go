package ui_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"portico/app/fault"
	"portico/app/web/ui"
)

func find(root *html.Node, match func(*html.Node) bool) *html.Node {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && match(n) {
			return n
		}
	}
	return nil
}

func element(name string) func(*html.Node) bool {
	return func(n *html.Node) bool { return n.Data == name }
}

// focusable lists the elements of a page that the tab key reaches, in their order.
func focusable(root *html.Node) []*html.Node {
	var order []*html.Node
	for n := range root.Descendants() {
		if n.Type != html.ElementNode || attr(n, "type") == "hidden" {
			continue
		}
		if slices.Contains([]string{"button", "input", "select", "textarea", "summary"}, n.Data) || (n.Data == "a" && attr(n, "href") != "") {
			order = append(order, n)
		}
	}
	return order
}

func TestTheFrameSaysItsLanguageAndDirection(t *testing.T) {
	for tag, dir := range map[string]string{"en": "ltr", "it": "ltr", "fr": "ltr", "ar": "rtl"} {
		root := find(parse(t, draw(t, ui.Frame(page(t, tag)))), element("html"))
		if attr(root, "lang") != tag || attr(root, "dir") != dir {
			t.Errorf("%s: lang %q dir %q", tag, attr(root, "lang"), attr(root, "dir"))
		}
	}
}

func TestExitIsFirstInTheTabOrderThenTheSkipLink(t *testing.T) {
	for _, signedIn := range []bool{true, false} {
		p := page(t, "en")
		p.SignedIn = signedIn
		order := focusable(parse(t, draw(t, ui.Frame(p))))
		if len(order) < 2 {
			t.Fatalf("only %d focusable elements", len(order))
		}
		form := order[0].Parent
		if order[0].Data != "button" || form.Data != "form" || attr(form, "action") != "/exit" || attr(form, "method") != "post" {
			t.Errorf("first is <%s> in <%s action=%q>", order[0].Data, form.Data, attr(form, "action"))
		}
		if attr(form, "data-exit") != p.ExitHref {
			t.Errorf("the way out leads to %q", attr(form, "data-exit"))
		}
		if attr(order[1], "href") != "#main" {
			t.Errorf("second leads to %q; want #main", attr(order[1], "href"))
		}
	}
	root := parse(t, draw(t, ui.Frame(page(t, "en"))))
	if main := find(root, element("main")); main == nil || attr(main, "id") != "main" {
		t.Error("there is no main#main")
	}
	if find(root, func(n *html.Node) bool { return attr(n, "tabindex") != "" && attr(n, "tabindex") != "-1" }) != nil {
		t.Error("a tabindex changes the order")
	}
}

func TestTheFrameLoadsFromThisHostOnlyAndKeepsToFiveRequests(t *testing.T) {
	root, loads := parse(t, draw(t, ui.Frame(page(t, "en")))), 1
	for n := range root.Descendants() {
		var address string
		switch {
		case n.Type != html.ElementNode:
			continue
		case n.Data == "link":
			address = attr(n, "href")
		case slices.Contains([]string{"script", "img", "iframe", "audio", "video", "source", "use"}, n.Data):
			address = attr(n, "src")
		default:
			continue
		}
		loads++
		if !strings.HasPrefix(address, "/static/") {
			t.Errorf("<%s> loads %q", n.Data, address)
		}
	}
	if loads > 5 {
		t.Errorf("%d requests for a first visit; at most 5", loads)
	}
}

func TestTheFrameShowsWhatThePersonHas(t *testing.T) {
	tests := []struct {
		name           string
		change         func(*ui.Page)
		holds, lacks   string
		robots, banner bool
	}{
		{"signed in has her account and the way out of it", func(p *ui.Page) {}, `href="/sign-out"`, `href="/join"`, true, true},
		{"signed out may sign in or join", func(p *ui.Page) { p.SignedIn = false }, `href="/join"`, `href="/me"`, true, true},
		{"a page for everybody may be listed", func(p *ui.Page) { p.NoIndex = false }, `href="/rules"`, `noindex`, false, true},
		{"the real site has no banner", func(p *ui.Page) { p.Demo = false }, `href="/safety"`, `class="demo"`, true, false},
		{"without areas there is no bar at the foot", func(p *ui.Page) { p.Nav = nil }, `href="/what-we-hold"`, `has-bar`, true, true},
		{"without help lines there is no strip", func(p *ui.Page) { p.HelpLines = nil }, `href="/languages?next=`, `class="lines"`, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := page(t, "en")
			tt.change(p)
			drawn := draw(t, ui.Frame(p))
			if !strings.Contains(drawn, tt.holds) || strings.Contains(drawn, tt.lacks) {
				t.Errorf("wants %s and not %s:\n%s", tt.holds, tt.lacks, drawn)
			}
			if strings.Contains(drawn, "noindex") != tt.robots || strings.Contains(drawn, `class="demo"`) != tt.banner {
				t.Errorf("robots or banner are wrong")
			}
		})
	}
}

func TestOnlyTheCurrentAreaIsMarked(t *testing.T) {
	drawn := draw(t, ui.Frame(page(t, "en")))
	if n := strings.Count(drawn, `aria-current="page"`); n != 1 {
		t.Errorf("%d links are marked as the current page; want 1", n)
	}
}

func TestThePageAfterExitSaysNothing(t *testing.T) {
	drawn := draw(t, ui.LeftPage(page(t, "en"), "https://neutral.example/"))
	for _, word := range []string{"Portico", "portico", "/static/", "forum", "<script", "<form"} {
		if strings.Contains(drawn, word) {
			t.Errorf("the page after Exit contains %q:\n%s", word, drawn)
		}
	}
	if !strings.Contains(drawn, `href="https://neutral.example/"`) {
		t.Errorf("the page after Exit does not lead on:\n%s", drawn)
	}
}

func TestThePlainPageHasExitAndNeedsNothing(t *testing.T) {
	drawn := string(ui.PlainFallback())
	if !strings.Contains(drawn, `action="/exit"`) || strings.Contains(drawn, "/static/") {
		t.Errorf("the plain page is wrong:\n%s", drawn)
	}
}

func TestEveryKindOfFaultHasWords(t *testing.T) {
	p := page(t, "en")
	kinds := []fault.Kind{fault.Internal, fault.Invalid, fault.NotFound, fault.Conflict, fault.Refused, fault.KeyAgain, fault.SignIn, fault.Wait, fault.Busy}
	for _, kind := range kinds {
		heading, text := ui.ErrorWords(p, kind)
		if heading == "" || text == "" || strings.HasPrefix(heading, "[") || strings.HasPrefix(text, "[") {
			t.Errorf("kind %d: %q, %q", kind, heading, text)
		}
	}
}
