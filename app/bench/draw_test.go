package bench

import (
	"math/rand/v2"
	"testing"

	"portico/app/markup"
	"portico/app/search"
)

// TestWhatIsPutTogetherIsWhatTheVerbsDerive compares posts that are made of sentences with
// what the forum would make of the same words.
func TestWhatIsPutTogetherIsWhatTheVerbsDerive(t *testing.T) {
	c, err := readCorpus()
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	scripts := map[string]bool{}
	for i := range c.tongues {
		in := &c.tongues[i]
		if len(in.sentences) < 15 || len(in.titles) < 5 {
			t.Errorf("%s has %d sentences and %d titles", in.lang, len(in.sentences), len(in.titles))
			continue
		}
		scripts[in.script] = true
		for range 50 {
			title := in.titles[r.IntN(len(in.titles))]
			w := in.compose(r, title)
			if want := markup.Post(w.body); w.html != want {
				t.Fatalf("%s: %q gives %q; want %q", in.lang, w.body, w.html, want)
			}
			if want := search.Tokens(title.text + "\n" + w.body); w.toks != want {
				t.Fatalf("%s: %q gives the words %q; want %q", in.lang, w.body, w.toks, want)
			}
		}
	}
	if len(scripts) != 6 {
		t.Errorf("the community writes in %v; want six scripts", scripts)
	}
}
