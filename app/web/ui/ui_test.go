package ui_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"golang.org/x/net/html"

	"portico/app/i18n"
	"portico/app/web/ui"
)

// hostile is what somebody might type in order to break out of the page.
const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>' style='x' {{.}} & <b>`

func page(t *testing.T, tag string) *ui.Page {
	t.Helper()
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatalf("load languages: %v", err)
	}
	return &ui.Page{
		P: bundle.Printer(tag), Langs: bundle.Languages(), Title: hostile, Path: "/forum?x=" + hostile, Place: "talk",
		Nav:      []ui.NavItem{{Place: "read", Icon: "read", Word: hostile, Href: "/read"}, {Place: "talk", Icon: "talk", Word: "Talk", Href: "/forum"}},
		SignedIn: true, FormToken: hostile, Demo: true, Flash: &ui.Notice{Tone: ui.Done, Text: hostile},
		StyleHref: "/static/portico.css", ScriptHref: "/static/portico.js", IconHref: "/static/icon.svg", ManifestHref: "/static/manifest.webmanifest",
		ExitHref:  "https://neutral.example/",
		HelpLines: []ui.HelpLine{{Name: hostile, Phone: "javascript:+39 800", Words: hostile}}, NoIndex: true,
	}
}

func draw(t *testing.T, c templ.Component) string {
	t.Helper()
	var buf bytes.Buffer
	if err := ui.Render(context.Background(), &buf, c); err != nil {
		t.Fatalf("render: %v", err)
	}
	return buf.String()
}

// pieces is every component with hostile words in every place that takes words.
func pieces(p *ui.Page) map[string]templ.Component {
	h := hostile
	errs := []ui.FieldError{{Field: "f", Text: h}}
	options := []ui.Option{{Value: h, Label: h, Hint: h, Icon: h, Lang: h}, {Value: "2", Label: h}}
	action := ui.Action{Kind: ui.Primary, Word: h, Icon: "reply", Href: "javascript:alert(1)", Name: h, Value: h}
	choice := ui.Choice{ID: "f", Label: h, Hint: h, Options: options, Value: h, Optional: true}
	chart := ui.Chart{ID: "c", Title: h, LabelAs: h, ValueAs: h, Bars: []ui.Bar{{Label: h, Value: 3, Shown: h}, {Label: h, Value: 9, Shown: h}}}
	return map[string]templ.Component{
		"Button": ui.Button(action), "ButtonLink": ui.ButtonLink(action), "CopyButton": ui.CopyButton(p, h, h), "PrintButton": ui.PrintButton(p),
		"Field": ui.Field(p, ui.Input{ID: "f", Label: h, Hint: h, Value: h, Lang: h, Optional: true, Max: 9}, errs),
		"Area":  ui.Field(p, ui.Input{ID: "f", Kind: ui.TextArea, Label: h, Value: h + "</textarea>"}, errs),
		"Key":   ui.Field(p, ui.Input{ID: "f", Kind: ui.Key, Label: h, Value: h}, nil), "Code": ui.Field(p, ui.Input{ID: "f", Kind: ui.Code, Label: h}, nil),
		"Select": ui.Select(p, choice, errs), "ChoiceCards": ui.ChoiceCards(p, choice, errs),
		"Checkbox": ui.Checkbox(p, ui.Tick{ID: "f", Value: h, Label: h, Hint: h}, errs), "ErrorSummary": ui.ErrorSummary(p, errs),
		"WhoSees": ui.WhoSees(p, "eye", h), "HiddenToken": ui.HiddenToken(p), "Nonce": ui.Nonce(h),
		"NoticeBox": ui.NoticeBox(p, ui.Notice{Tone: ui.Danger, Text: h}), "Card": ui.Card(), "Rows": ui.Rows(),
		"ListRow": ui.ListRow(ui.Row{Href: "javascript:alert(1)", Title: h, Lang: h, Text: h, Meta: h, New: h}), "Badge": ui.Badge(ui.BadgeRole, h),
		"Stepper": ui.Stepper(p, []string{h, h, h}, 1), "Progress": ui.Progress(p, 9, 3, h), "Quote": ui.Quote(h, h),
		"TabLinks": ui.TabLinks(h, []ui.Link{{Word: h, Href: "javascript:alert(1)", Current: true}}),
		"Pager":    ui.Pager(p, ui.Paging{Newer: "/a?" + h, Older: "javascript:alert(1)"}), "EmptyState": ui.EmptyState(h, h, action),
		"Timeline": ui.Timeline([]ui.Moment{{When: h, What: h, Text: h, Tone: ui.Due}}), "Words": ui.Words(h), "Isolated": ui.Isolated(h),
		"Anchor": ui.Anchor("javascript:alert(1)", h), "Icon": ui.Icon(h), "Arches": ui.Arches(), "ExitBar": ui.ExitBar(p),
		"PassageSuggestion": ui.PassageSuggestion(p, ui.Suggestion{Passage: h, Wanted: h, Why: h, By: h, Answer: h, Lang: h, Dir: h}),
		"SegmentPair":       ui.SegmentPair(ui.Segment{Source: h, Target: h, StateWord: h, State: ui.BadgeMachine}),
		"VoteBar":           ui.VoteBar(p, []ui.VoteChoice{{Word: h, Count: 2}, {Word: h, Count: 1}}),
		"QueueItem":         ui.QueueItem(p, ui.QueueEntry{ID: h, Title: h, Reason: h, Meta: h, Veil: h, Lang: h, Tone: ui.Danger}),
		"DataTable":         ui.DataTable(ui.Table{Caption: h, Head: []string{h}, Rows: [][]templ.Component{{ui.Words(h), ui.Words(h)}}}),
		"BarChart":          ui.BarChart(p, chart), "LineChart": ui.LineChart(p, chart), "PrintSheet": ui.PrintSheet(ui.SheetCard), "Certificate": ui.Certificate(),
	}
}

func TestEveryPieceEscapesHostileWords(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		p := page(t, tag)
		for name, piece := range pieces(p) {
			t.Run(tag+" "+name, func(t *testing.T) { checkMarkup(t, draw(t, piece), 0) })
		}
	}
}

func TestWholePagesHoldNothingThatTheContentPolicyRefuses(t *testing.T) {
	for _, tag := range []string{"en", "ar"} {
		p := page(t, tag)
		whole := map[string]templ.Component{
			"Frame": ui.Frame(p), "StylePage": ui.StylePage(p),
			"ErrorPage": ui.ErrorPage(p, hostile, hostile, []ui.Action{ui.HomeAction(p)}),
		}
		for name, c := range whole {
			t.Run(tag+" "+name, func(t *testing.T) { checkMarkup(t, draw(t, c), 1) })
		}
		t.Run(tag+" LeftPage", func(t *testing.T) { checkMarkup(t, draw(t, ui.LeftPage(p, "javascript:alert(1)")), 0) })
	}
	checkMarkup(t, string(ui.PlainFallback()), 0)
}

// checkMarkup parses what was drawn and finds everything that must not be there.
func checkMarkup(t *testing.T, drawn string, scripts int) {
	t.Helper()
	for n := range parse(t, drawn).Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" {
			scripts--
			if attr(n, "src") == "" || n.FirstChild != nil {
				t.Errorf("a script of its own: %s", drawn)
			}
		}
		if n.Data == "style" || n.Data == "img" || n.Data == "b" {
			t.Errorf("an element <%s> that nobody wrote: %s", n.Data, drawn)
		}
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("attribute %s on <%s>", a.Key, n.Data)
			}
			if (a.Key == "href" || a.Key == "action" || a.Key == "src") && strings.HasPrefix(strings.ToLower(strings.TrimSpace(a.Val)), "javascript:") {
				t.Errorf("a script address on <%s>: %s", n.Data, a.Val)
			}
		}
	}
	if scripts != 0 {
		t.Errorf("the number of scripts is off by %d", scripts)
	}
	if strings.Contains(drawn, "[common.") || strings.Contains(drawn, "[frame.") || strings.Contains(drawn, "[style.") || strings.Contains(drawn, "[error.") {
		t.Errorf("a message is missing: %s", drawn)
	}
}

func parse(t *testing.T, drawn string) *html.Node {
	t.Helper()
	root, err := html.Parse(strings.NewReader(drawn))
	if err != nil {
		t.Fatalf("parse: %v", err)
	}
	return root
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func TestRenderWritesNothingWhenAPieceFails(t *testing.T) {
	broken := templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		_, _ = io.WriteString(w, "half a page")
		return errors.New("broken")
	})
	var out bytes.Buffer
	if err := ui.Render(context.Background(), &out, broken); err == nil || out.Len() != 0 {
		t.Errorf("wrote %q, error %v", out.String(), err)
	}
}
