package moderation

import "testing"

func TestATermIsWordsAndFindsItself(t *testing.T) {
	for _, row := range []struct{ term, want string }{
		{"night express", ""}, {"Escort*", ""}, {"l'Aquila", ""}, {"ذئب", ""}, {"волк*", ""}, {"陷阱", ""}, {"陷阱*", ""}, {"web-cam", ""},
		{"", TermEmpty}, {"   ", TermEmpty}, {"a", TermShort}, {"a*", TermShort}, {"ab*", TermShort}, {"*", TermShort},
		{"-- --", TermShort}, {"[a-z]+", TermPattern}, {"(wolf|fox)", TermPattern}, {"wo*lf", TermPattern}, {"#", TermPattern},
		{"wolf\x00", TermPattern}, {"wolf\xff", TermPattern}, {"wolf?", TermPattern},
		{"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", TermLong},
	} {
		if got := CheckTerm(row.term); got != row.want {
			t.Errorf("%q: got %q, want %q", row.term, got, row.want)
		}
	}
}

func TestAnExampleHoldsTheWordsAndWhatStandsAroundThem(t *testing.T) {
	text := "Long words before it, so long that nobody wants to read all of them here: beware of the night express, it is a trap for people who are tired and want to go home and sleep for a very long time."
	v := Screen(text, []string{"en"}, []Term{{Text: "night express"}})
	if !Watches(v) || Watches(Screen(text, []string{"en"}, nil)) {
		t.Fatal("the term is found where nobody watches it, or not found")
	}
	e := ExampleOf(text, v)
	if e.Words != "night express" || len([]rune(e.Before)) != around+1 || len([]rune(e.After)) != around+1 {
		t.Errorf("got %+v", e)
	}
}

func TestMoreThanOnePostInTenIsWide(t *testing.T) {
	for _, row := range []struct {
		looked, found int
		want          bool
	}{{0, 0, false}, {10, 1, false}, {10, 2, true}, {100, 10, false}, {100, 11, true}} {
		if got := (Trial{Looked: row.looked, Found: row.found}).Wide(); got != row.want {
			t.Errorf("%d of %d: %v", row.found, row.looked, got)
		}
	}
}
