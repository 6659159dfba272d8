package search

import (
	"slices"
	"testing"
)

func TestPatternsFindWholeWordsAndBeginnings(t *testing.T) {
	q, ok := Ask("Housing in Roma 112")
	if !ok || !slices.Equal(q.Patterns(), []string{"% housin%", "% in %", "% rom%", "% 112 %"}) {
		t.Errorf("got %q", q.Patterns())
	}
	for _, text := range []string{"100%", "a_b", "d'aide"} {
		q, _ := Ask(text)
		for _, p := range q.Patterns() {
			if bare := p[2 : len(p)-1]; slices.ContainsFunc([]byte(bare), func(b byte) bool { return b == '%' || b == '_' || b == '\'' }) {
				t.Errorf("%q gives the pattern %q, which holds a sign", text, p)
			}
		}
	}
}

func TestSmallWordsCanBeLeftOut(t *testing.T) {
	q, _ := Ask("a place in Roma")
	rest, ok := q.Without("in a per")
	if !ok || !slices.Equal(rest.Patterns(), []string{"% plac%", "% rom%"}) {
		t.Errorf("got %q", rest.Patterns())
	}
	if _, ok := rest.Without("place roma"); ok {
		t.Error("nothing is left, and it says that something is")
	}
}

func TestPaddedTokensAreFoundByPatternsOfTheSameWords(t *testing.T) {
	if got := Padded("Città di Roma"); got != " citta di roma " {
		t.Errorf("got %q", got)
	}
}
