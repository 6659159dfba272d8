package webtest

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Answer is what came back. Text is the body without its elements.
type Answer struct {
	Status     int
	To         string // where a redirect leads
	Body, Text string
	Header     http.Header
}

// Wants stops the test unless the answer has a status, and wants all of these words.
func (a Answer) Wants(t testing.TB, status int, texts ...string) Answer {
	t.Helper()
	if a.Status != status {
		t.Fatalf("status %d, want %d; to %q; page: %s", a.Status, status, a.To, a.Text)
	}
	for _, text := range texts {
		if !a.holds(text) {
			t.Errorf("the page does not hold %q: %s", text, a.Text)
		}
	}
	return a
}

// Lacks wants none of these words.
func (a Answer) Lacks(t testing.TB, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if a.holds(text) {
			t.Errorf("the page holds %q, and should not", text)
		}
	}
}

// Leads stops the test unless the answer leads to a path.
func (a Answer) Leads(t testing.TB, to string) {
	t.Helper()
	if a.Status != http.StatusSeeOther || a.To != to {
		t.Fatalf("status %d to %q, want %q; page: %s", a.Status, a.To, to, a.Text)
	}
}

func (a Answer) holds(text string) bool {
	return strings.Contains(a.Text, folded(text)) || strings.Contains(a.Body, text)
}

// Wants wants all of these words in a page.
func Wants(t testing.TB, body string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(body, w) {
			t.Errorf("the page does not hold %q", w)
		}
	}
}

// WantsNot wants none of these words in a page.
func WantsNot(t testing.TB, body string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(body, w) {
			t.Errorf("the page holds %q", w)
		}
	}
}

// Must stops the test at an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var elements = regexp.MustCompile(`<[^>]*>`)

func textOf(body string) string {
	return folded(html.UnescapeString(elements.ReplaceAllString(body, " ")))
}

// folded makes every white space one plain space, those of French included.
func folded(text string) string { return strings.Join(strings.Fields(text), " ") }

// wordless is a message without words: its key stands on the page.
var wordless = regexp.MustCompile(`\[[a-z0-9-]+\.[^\]]*\]`)

// judge holds a page to what every page keeps.
func (h *House) judge(t testing.TB, where, body string) {
	t.Helper()
	if n := strings.Count(body, "<h1"); n != 1 {
		t.Errorf("%s: %d first headings, want one", where, n)
	}
	for _, bad := range []string{" style=", "<style", "<script>", "onclick", "no value", "\x00"} {
		if strings.Contains(body, bad) {
			t.Errorf("%s: the page holds %q", where, bad)
		}
	}
	if key := wordless.FindString(body); key != "" {
		t.Errorf("%s: the message %s has no words", where, key)
	}
	if !h.neutral(body) {
		t.Errorf("%s: the title is not the neutral one", where)
	}
}

// neutral reports whether a page's tab says what it may say.
func (h *House) neutral(body string) bool {
	titles := slices.Clone(h.Titles)
	for _, key := range h.TitleKeys {
		titles = append(titles, h.Say(key))
	}
	return len(titles) == 0 || slices.ContainsFunc(titles, func(title string) bool {
		return strings.Contains(body, "<title>"+title+"</title>")
	})
}
