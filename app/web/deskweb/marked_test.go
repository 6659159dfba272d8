package deskweb

import (
	"strings"
	"testing"

	"portico/moderation"
)

func TestMarkingShowsEachByteOnce(t *testing.T) {
	for _, c := range []struct {
		name, text string
		places     [][2]int
		want       string
	}{
		{"nothing found", "abc", nil, "abc"},
		{"one place", "abcdef", [][2]int{{2, 4}}, "ab[cd]ef"},
		{"places that overlap", "abcdef", [][2]int{{1, 4}, {2, 5}}, "a[bcd][e]f"},
		{"one place inside another", "abcdef", [][2]int{{1, 5}, {2, 3}}, "a[bcde]f"},
		{"from edge to edge", "abc", [][2]int{{0, 3}}, "[abc]"},
		{"a place beyond the text", "abc", [][2]int{{2, 9}}, "abc"},
		{"an empty text", "", nil, ""},
	} {
		var findings []moderation.Finding
		for _, at := range c.places {
			findings = append(findings, moderation.Finding{Start: at[0], End: at[1]})
		}
		var got strings.Builder
		for _, r := range marked(c.text, findings) {
			if r.marked {
				got.WriteString("[" + r.text + "]")
			} else {
				got.WriteString(r.text)
			}
		}
		if got.String() != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got.String(), c.want)
		}
	}
}

func TestParagraphsKeepLinesAndMarks(t *testing.T) {
	runs := marked("one\ntwo\n\n\nthree", []moderation.Finding{{Start: 2, End: 5}})
	all := paragraphs(runs)
	if len(all) != 2 || len(all[0]) != 2 || len(all[1]) != 1 {
		t.Fatalf("got %v", all)
	}
	if first := all[0][0]; len(first) != 2 || first[1] != (run{"e", true}) {
		t.Errorf("the first line is %v", first)
	}
	if second := all[0][1]; second[0] != (run{"t", true}) {
		t.Errorf("the second line is %v", second)
	}
}

func TestNamesFitIntoASentence(t *testing.T) {
	for word, want := range map[string]string{"Phone number": "phone number", "IBAN": "IBAN", "رقم": "رقم", "É": "é", "": ""} {
		if got := inside(word); got != want {
			t.Errorf("%q: got %q, want %q", word, got, want)
		}
	}
}
