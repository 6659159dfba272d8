package markup_test

import (
	"strings"
	"testing"

	"portico/app/markup"
)

func TestQuotesAndListsStandInEachOtherAFewTimesOnly(t *testing.T) {
	for name, row := range map[string]struct {
		source string
		opens  string // the element that is counted
		most   int
		words  []string // in their order
	}{
		"quotes within the limit":    {strings.Repeat("> ", 6) + "said", "<blockquote>", 6, []string{"said"}},
		"thousands of quotes":        {strings.Repeat("> ", 4000) + "said\n\nafter", "<blockquote>", 6, []string{"said", "after"}},
		"thousands of lists":         {strings.Repeat("- ", 3000) + "one\n- two", "<ul>", 6, []string{"one", "two"}},
		"a list in too many quotes":  {strings.Repeat("> ", 7) + "- one\n" + strings.Repeat("> ", 7) + "- two", "<ul>", 0, []string{"one", "two"}},
		"two answers in deep quotes": {"> > > > > > > > a\n> > > > > > > b\n> c", "<blockquote>", 6, []string{"a", "b", "c"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := markup.Post(row.source)
			if n := strings.Count(got, row.opens); n != row.most {
				t.Errorf("%d times %s, want %d", n, row.opens, row.most)
			}
			at := 0
			for _, word := range row.words {
				next := strings.Index(got[at:], word)
				if next < 0 {
					t.Fatalf("%q is lost or stands before its time in %.200s", word, got)
				}
				at += next
			}
		})
	}
}

func TestIndentedLinesAndFencesAreWordsLikeAnyOther(t *testing.T) {
	for name, row := range map[string]struct{ source, want string }{
		"an indented poem":  {"    roses\n    are red\n\n\tand blue", "<p>roses\nare red</p>\n<p>and blue</p>"},
		"a fence":           {"```\nlong\n```", "<p><code>long</code></p>"},
		"an open fence":     {"~~~\nlong", "<p>~~~\nlong</p>"},
		"below a list item": {"- one\n\n      two\n", "<ul>\n<li>\n<p>one</p>\n<p>two</p>\n</li>\n</ul>"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := markup.Post(row.source); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}
