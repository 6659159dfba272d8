package markup_test

import (
	"strings"
	"testing"

	"portico/app/markup"
)

func TestWhatPeopleWriteIsSafe(t *testing.T) {
	for _, c := range []struct{ name, source, want string }{
		{"emphasis", "a **b** _c_", "<p>a <strong>b</strong> <em>c</em></p>"},
		{"raw markup is shown as typed", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"},
		{"an event handler is shown as typed", `<b onclick="x()">hi</b>`, "<p>&lt;b onclick=&#34;x()&#34;&gt;hi&lt;/b&gt;</p>"},
		{"a remark of a web page is shown as typed", "<!-- hi -->", "<p>&lt;!-- hi --&gt;</p>"},
		{"a link definition is shown as typed", "[home]: /", "<p>[home]: /</p>"},
		{"a link leads through the warning page", "[x](https://example.org/a?b=c)", `<p><a href="/link?to=https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc" rel="noreferrer">x</a></p>`},
		{"a script address leads nowhere", "[x](javascript:alert(1))", "<p>x</p>"},
		{"a picture is dropped", "see ![x](https://example.org/x.png)", "<p>see </p>"},
		{"a quote", "> said", "<blockquote>\n<p>said</p>\n</blockquote>"},
		{"a heading is a line", "# big", "big"},
	} {
		if got := markup.Post(c.source); got != c.want {
			t.Errorf("%s: got %q; want %q", c.name, got, c.want)
		}
	}
}

func FuzzPost(f *testing.F) {
	f.Add("<a href=javascript:x>")
	f.Add("[a]: data:text/html,x\n[a]")
	f.Fuzz(func(t *testing.T, source string) {
		low := strings.ToLower(markup.Post(source))
		for _, bad := range []string{"<script", "<img", "<style", "<iframe", `href="javascript`, `href="data`} {
			if strings.Contains(low, bad) {
				t.Fatalf("%q renders %q", source, low)
			}
		}
	})
}
