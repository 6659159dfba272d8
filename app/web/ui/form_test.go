package ui_test

import (
	"strings"
	"testing"

	"golang.org/x/net/html"

	"portico/app/web/ui"
)

func TestAFieldIsTiedToItsLabelHintAndError(t *testing.T) {
	p := page(t, "en")
	errs := []ui.FieldError{{Field: "body", Text: "Write a few words first."}}
	root := parse(t, draw(t, ui.Field(p, ui.Input{ID: "body", Kind: ui.TextArea, Label: "Your words", Hint: "Short is fine", Value: "kept"}, errs)))
	area := find(root, element("textarea"))
	if area == nil || attr(area, "id") != "body" || attr(area, "name") != "body" || attr(area, "aria-invalid") != "true" {
		t.Fatalf("the area is %v", area)
	}
	if area.FirstChild == nil || area.FirstChild.Data != "kept" {
		t.Error("what was typed is lost")
	}
	if label := find(root, element("label")); attr(label, "for") != "body" {
		t.Errorf("the label is for %q", attr(label, "for"))
	}
	for _, id := range strings.Fields(attr(area, "aria-describedby")) {
		if find(root, func(n *html.Node) bool { return attr(n, "id") == id }) == nil {
			t.Errorf("described by %q, which is not there", id)
		}
	}
	if got := attr(area, "aria-describedby"); got != "body-hint body-error" {
		t.Errorf("described by %q", got)
	}
}

func TestFieldsAskTheBrowserForTheRightThing(t *testing.T) {
	tests := []struct {
		name                  string
		in                    ui.Input
		kind, fill, mode, dir string
	}{
		{"a line is never filled in", ui.Input{ID: "f"}, "text", "off", "", "auto"},
		{"the key is no password field, so that no phone offers to keep it", ui.Input{ID: "f", Kind: ui.Key}, "text", "off", "numeric", "ltr"},
		{"a passphrase is hidden", ui.Input{ID: "f", Kind: ui.Pass, Fill: "current-password"}, "password", "current-password", "", "ltr"},
		{"a code comes from the second factor", ui.Input{ID: "f", Kind: ui.Code}, "text", "one-time-code", "numeric", "ltr"},
		{"a search takes any script", ui.Input{ID: "f", Kind: ui.Find}, "search", "off", "search", "auto"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := find(parse(t, draw(t, ui.Field(page(t, "ar"), tt.in, nil))), element("input"))
			got := [4]string{attr(in, "type"), attr(in, "autocomplete"), attr(in, "inputmode"), attr(in, "dir")}
			if want := [4]string{tt.kind, tt.fill, tt.mode, tt.dir}; got != want {
				t.Errorf("got %q; want %q", got, want)
			}
		})
	}
}

func TestTheErrorSummaryLeadsToEveryField(t *testing.T) {
	p := page(t, "en")
	errs := []ui.FieldError{{Field: "title", Text: "one"}, {Field: "cards", Text: "two"}}
	drawn := draw(t, ui.ErrorSummary(p, errs)) + draw(t, ui.Field(p, ui.Input{ID: "title"}, errs)) +
		draw(t, ui.ChoiceCards(p, ui.Choice{ID: "cards", Options: []ui.Option{{Value: "1"}, {Value: "2"}}}, errs))
	root, links := parse(t, drawn), 0
	for n := range root.Descendants() {
		if n.Data != "a" {
			continue
		}
		links++
		id := strings.TrimPrefix(attr(n, "href"), "#")
		if target := find(root, func(n *html.Node) bool { return attr(n, "id") == id }); target == nil || target.Data != "input" {
			t.Errorf("the link to %q does not reach a control", id)
		}
	}
	if links != len(errs) {
		t.Errorf("%d links for %d errors", links, len(errs))
	}
	if summary := find(root, func(n *html.Node) bool { return attr(n, "role") == "alert" }); summary == nil || attr(summary, "tabindex") != "-1" {
		t.Error("the summary is not announced or cannot take the focus")
	}
	if empty := draw(t, ui.ErrorSummary(p, nil)); empty != "" {
		t.Errorf("without errors there is %q", empty)
	}
}

func TestALeadingLineBreakOfATextIsKept(t *testing.T) {
	root := parse(t, draw(t, ui.Field(page(t, "en"), ui.Input{ID: "b", Kind: ui.TextArea, Value: "\nsecond line"}, nil)))
	if got := find(root, element("textarea")).FirstChild.Data; got != "\nsecond line" {
		t.Errorf("came back as %q", got)
	}
}

func TestBarsGrowInTheReadingDirection(t *testing.T) {
	for tag, x := range map[string]string{"en": "0%", "ar": "75.00%"} {
		root := parse(t, draw(t, ui.Progress(page(t, tag), 1, 4, "1 of 4")))
		bar := find(root, func(n *html.Node) bool { return n.Data == "rect" && attr(n, "class") == "olive" })
		if attr(bar, "x") != x || attr(bar, "width") != "25.00%" {
			t.Errorf("%s: bar at %s, %s wide", tag, attr(bar, "x"), attr(bar, "width"))
		}
	}
}
