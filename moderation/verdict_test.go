package moderation

import (
	"slices"
	"strings"
	"testing"
)

func TestOutcomesAreOrdered(t *testing.T) {
	order := []Outcome{Publish, Warn, Hold, Refuse}
	for i, a := range order {
		for k, b := range order {
			if got, want := a.Worse(b), i > k; got != want {
				t.Errorf("%s worse than %s: got %v, want %v", a, b, got, want)
			}
		}
	}
}

func TestRuleIDsAreNamedOnce(t *testing.T) {
	ids := Rules()
	slices.Sort(ids)
	if len(slices.Compact(slices.Clone(ids))) != len(ids) || slices.Contains(ids, "") || len(ids) < 15 {
		t.Errorf("got %v", ids)
	}
}

func TestTheVerdictIsTheWorstFinding(t *testing.T) {
	v := Screen("Easy job in Germany, travel paid. Call me on 347 123 4567, see example.org", []string{"en"}, nil)
	if v.Outcome != Hold || v.Danger {
		t.Errorf("got %s, danger %v; want hold without danger", v.Outcome, v.Danger)
	}
	if got, want := rulesOf(v), []string{"recruitment", "phone", "link"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v in the order of the text", got, want)
	}
}

func TestNobodyInDangerIsRefused(t *testing.T) {
	for _, text := range []string{
		"He keeps my passport. I have a 14 year old girl for you, cheap",
		"help he is at my door right now, he wrote: I will post your address and your photos",
		"My ex says: I will post your photos and your address if you leave",
		"I am 16. Looking for girls under 16, I pay a lot",
	} {
		v := Screen(text, nil, nil)
		if v.Outcome != Hold || !v.Danger {
			t.Errorf("%q: got %s, danger %v; want hold and danger", text, v.Outcome, v.Danger)
		}
	}
	if v := Screen("I will post your photos and your address", nil, nil); v.Outcome != Refuse || v.Danger {
		t.Errorf("a threat to expose alone: got %s, danger %v", v.Outcome, v.Danger)
	}
}

func TestUrgencyTellsWhatCannotWait(t *testing.T) {
	for _, row := range []struct {
		text string
		want int
	}{
		{"hello everybody", NoUrgency}, {"call me on 347 123 4567", NoUrgency}, {"he beat me last year in march again", Watch},
		{"he is at my door right now", ActNow}, {"I want to die", ActNow}, {"I am 16 and I work here", ActNow},
	} {
		if v := Screen(row.text, nil, nil); v.Urgency != row.want {
			t.Errorf("%q: got urgency %d, want %d", row.text, v.Urgency, row.want)
		}
	}
}

func TestDangerIsHeardInAnyLanguage(t *testing.T) {
	for _, text := range []string{"mi ha picchiata", "il m'a frappée", "ضربني", "он меня избил", "他打我了", "me pegó anoche"} {
		if v := Screen(text, []string{"en"}, nil); !v.Danger {
			t.Errorf("%q on an English page: no danger heard", text)
		}
	}
}

func TestOtherRulesFollowTheLanguagesAsked(t *testing.T) {
	text := "cerco ragazza per stasera, pago bene"
	if v := Screen(text, []string{"fr"}, nil); v.Outcome != Publish {
		t.Errorf("only French asked: %v", v.Findings)
	}
	for _, asked := range [][]string{nil, {"it"}, {"fr", "it"}, {"xx"}} {
		if v := Screen(text, asked, nil); v.Outcome != Hold {
			t.Errorf("asked %v: got %s, want hold", asked, v.Outcome)
		}
	}
}

func TestTheHostsTermsAreWatched(t *testing.T) {
	terms := []Term{
		{Text: "Hotel Sirena", Outcome: Warn}, {Text: "sirena", Language: "it", Outcome: Refuse},
		{Text: "magnacc*"}, {Text: "бабочка", Language: "ru", Outcome: Hold}, {Text: "", Outcome: Refuse}, {Text: "!!", Outcome: Refuse},
	}
	for _, row := range []struct {
		name, text string
		languages  []string
		want       Outcome
	}{
		{"two words", "at the HOTEL  sirena", []string{"en"}, Warn},
		{"hidden", "at the h0tel s\u200birenà", []string{"en"}, Warn},
		{"pulled apart", "at the h-o-t-e-l s-i-r-e-n-a", []string{"en"}, Warn},
		{"one word alone", "the hotel", []string{"en"}, Publish},
		{"another language", "a sirena", []string{"en"}, Publish},
		{"its language", "una sirena", []string{"it"}, Refuse},
		{"every language", "una sirena", nil, Refuse},
		{"any ending, held when nothing is said", "quel magnaccione", []string{"it"}, Hold},
		{"another alphabet", "эта БАБОЧКА", []string{"ru"}, Hold},
	} {
		t.Run(row.name, func(t *testing.T) {
			v := Screen(row.text, row.languages, terms)
			if v.Outcome != row.want {
				t.Errorf("%q: got %s %v, want %s", row.text, v.Outcome, v.Findings, row.want)
			}
			for _, f := range v.Findings {
				if f.Rule != "watched" {
					t.Errorf("%q: unexpected %s", row.text, f.Rule)
				}
			}
		})
	}
	if v := Screen("una sirena", []string{"it"}, nil); v.Outcome != Publish {
		t.Error("a term of an earlier call is still watched")
	}
}

func TestMaskHidesTheWordsAndNothingElse(t *testing.T) {
	label := func(rule string) string { return rule + " removed" }
	text := "Ciao, chiamami al 347 123 4567 o scrivi a rosa@example.org. Grazie"
	v := Screen(text, []string{"it"}, nil)
	want := "Ciao, chiamami al [phone removed] o scrivi a [email removed]. Grazie"
	if got := Mask(text, v.Findings, label); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, row := range []struct {
		name, want string
		findings   []Finding
	}{
		{"overlapping findings are one", "[a removed]fgh", []Finding{{Rule: "b", Start: 2, End: 5}, {Rule: "a", Start: 0, End: 3}}},
		{"touching findings are two", "[a removed][b removed]efgh", []Finding{{Rule: "a", Start: 0, End: 2}, {Rule: "b", Start: 2, End: 4}}},
		{"findings that do not fit are passed over", "abcdefgh", []Finding{{Start: -1, End: 2}, {Start: 3, End: 3}, {Start: 5, End: 99}, {Start: 4, End: 2}}},
		{"nothing found", "abcdefgh", nil},
	} {
		if got := Mask("abcdefgh", row.findings, label); got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
	if got := Mask("é", []Finding{{Rule: "a", Start: 1, End: 2}}, label); got != "é" {
		t.Errorf("a finding that cuts a letter: got %q", got)
	}
}

func TestAMarkOnTheLastLetterIsMaskedToo(t *testing.T) {
	text := "watched: sirena\u0300 ok"
	v := Screen(text, nil, []Term{{Text: "sirena", Outcome: Warn}})
	if got := Mask(text, v.Findings, func(string) string { return "x" }); got != "watched: [x] ok" {
		t.Errorf("got %q", got)
	}
}

func TestFaultyRuleFilesAreRefused(t *testing.T) {
	for _, row := range []struct{ name, file, want string }{
		{"an unknown rule", "[[phrases]]\nrule = \"nothing\"\nmatch = [\"a\"]", "not known"},
		{"an unknown role", "[roles]\nnothing = [\"a\"]", "not known"},
		{"an unknown field", "nothing = 1", "not known"},
		{"an unknown list", "[[phrases]]\nrule = \"price\"\nmatch = [\"{nothing}\"]", "no words"},
		{"a list in a circle", "[words]\na = [\"{a}\"]\n[[phrases]]\nrule = \"price\"\nmatch = [\"{a}\"]", "circles"},
		{"a gap at the edge", "[[phrases]]\nrule = \"price\"\nmatch = [\"... a\"]", "edge"},
		{"too many gaps", "[[phrases]]\nrule = \"price\"\nmatch = [\"a ... b ... c ... d ... e\"]", "gaps"},
		{"nothing fixed", "[[phrases]]\nrule = \"price\"\nmatch = [\"(a)? * #\"]", "0 fixed"},
		{"an empty choice", "[[phrases]]\nrule = \"price\"\nmatch = [\"a|: b\"]", "empty choice"},
		{"a number of two words", "[numbers]\n1 = [\"a b\"]", "one word"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := compileRules(ruleFS(row.file))
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got %v, want a fault that says %q", err, row.want)
			}
		})
	}
}
