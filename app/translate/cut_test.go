package translate_test

import (
	"strings"
	"testing"

	"portico/app/translate"
)

const leaflet = `# Your rights on the street

You can say **no** at any time.
Nobody may force you.

## Where to call

- Call 1522: it is free.
- Write to [us](/help),
  also at night.

1. Breathe.
2) Walk to the light.

> A friend told me
> to call.

---

` + "```\nnot words\n\nat all\n```" + `

Setext title
============

The end. ##
`

func TestATextIsCutAlongItsStructure(t *testing.T) {
	pieces, tail := translate.Cut(leaflet)
	var got []string
	for _, p := range pieces {
		got = append(got, p.Kind+": "+p.Text)
	}
	want := []string{
		"heading: Your rights on the street", "paragraph: You can say **no** at any time.\nNobody may force you.", "heading: Where to call",
		"item: Call 1522: it is free.", "item: Write to [us](/help),\n  also at night.", "item: Breathe.", "item: Walk to the light.",
		"quote: A friend told me\n> to call.", "paragraph: Setext title", "paragraph: The end. ##",
	}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if translate.Join(pieces, tail) != leaflet {
		t.Error("put together it is another text")
	}
}

func FuzzCutAndJoin(f *testing.F) {
	for _, text := range []string{leaflet, "", "\r\n# a #\r\n\r\n> - b\r\n", "- \n-\n*  * *\n", "```\nopen", "\xff# x\x00", "   \t\n1. 2. 3. x", "a\n===\n---\nb", ">>> - # x ##"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		pieces, tail := translate.Cut(text)
		if got := translate.Join(pieces, tail); got != text {
			t.Errorf("%q comes back as %q", text, got)
		}
		for _, p := range pieces {
			if p.Text != strings.TrimSpace(p.Text) || p.Text == "" || p.Kind == "" {
				t.Errorf("%q has the piece %+v", text, p)
			}
		}
	})
}
