package moderation

import (
	"slices"
	"testing"
)

// TestDisguisesOfOtherScriptsAreSeenThrough holds the ways to hide a word that Cyrillic and Chinese
// have of their own, and the ordinary words that look like them.
func TestDisguisesOfOtherScriptsAreSeenThrough(t *testing.T) {
	for _, row := range []struct{ name, lang, rule, text string }{
		{"digits for Cyrillic letters", "ru", "messenger", "пиши в в0тсап"},
		{"3 for e, as in Latin", "ru", "messenger", "пиши в вайб3р"},
		{"3 for the letter that it looks like", "ru", "phone", "набери 8 9З1 22З 45 67"},
		{"@ for a Cyrillic letter", "uk", "messenger", "пиши в інст@гр@м"},
		{"Latin letters in a Cyrillic word", "bg", "messenger", "пиши ми в тeлeгpaм"},
		{"a preposition before letters pulled apart", "ru", "messenger", "найди меня в т е л е г р а м е"},
		{"a Cyrillic word whose letters all look Latin", "uk", "messenger", "інста: rosa_v"},
		{"a number told in two parts", "ru", "phone", "мой номер 8926 и потом 111 22 33"},
		{"a number told in two parts in Chinese", "zh-Hans", "phone", "号码333然后765再4321"},
		{"a house after an abbreviation", "bg", "address", "живея в Люлин, бл. 312, вх. А"},
		{"a sign inside a Chinese word", "zh-Hans", "messenger", "加我微❤信"},
		{"a blank inside a Chinese word", "zh-Hans", "danger.control", "老板没 收了我的护 照"},
		{"a Chinese messenger and a handle without a colon", "zh-Hans", "messenger", "薇 xhl8866"},
		{"a Chinese plate", "zh-Hans", "plate", "车牌 粤B88K21"},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, asked := range [][]string{{row.lang}, nil} {
				if got := rulesOf(Screen(row.text, asked, nil)); !slices.Equal(got, []string{row.rule}) {
					t.Errorf("%q, asked %v: got %v, want %s", row.text, asked, got, row.rule)
				}
			}
		})
	}
	for _, text := range []string{
		"принимаю 9 з 10 клієнтів", "сначала 100 потом 200 потом 300", "先给100然后200再给300", "it ended at no. 5 today", "в 5б классе 12 человек",
		"护肤品 和照 片", "每周 1 3 5 7 开门", "微风和信号", "2 + 2, потом 3 + 3",
	} {
		if v := Screen(text, nil, nil); v.Outcome != Publish {
			t.Errorf("%q: %v", text, v.Findings)
		}
	}
}

// TestAChoiceOfSeveralWordsIsOneChoice holds that words joined in a rule file are found wherever the
// choice may stand: as the anchor of a phrase, before it, after it, and where it may be missing.
func TestAChoiceOfSeveralWordsIsOneChoice(t *testing.T) {
	for _, row := range []struct{ match, text string }{
		{"(red_car|bus) stops", "the red car stops"}, {"(red_car|bus) stops", "a bus stops"}, {"stops (at_the_door|here)", "it stops at the door"},
		{"now (very_soon)? stops", "now very soon stops"}, {"now (very_soon)? stops", "now stops"}, {"one_two_three", "one two three"},
		{"(红车|车) 停", "红车停"}, {"停 (在门口|这里)", "停在门口"}, {"现在 (马上)? 停", "现在停"}, {"在门口 ... 停", "在门口他又停"}, {"我 ... 在门口", "我还在门口"},
	} {
		b, err := compileRules(ruleFS("[[phrases]]\nrule = \"price\"\nmatch = [\"" + row.match + "\"]"))
		if err != nil {
			t.Fatal(err)
		}
		pg := newPage(b, row.text, allLanguages)
		pg.fold()
		pg.findPhrases()
		if len(pg.found) == 0 {
			t.Errorf("%q is not found in %q", row.match, row.text)
		}
	}
	b, err := compileRules(ruleFS("[[phrases]]\nrule = \"price\"\nmatch = [\"在门口\", \"red_car\"]"))
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"在门。口", "在门", "a red. Car", "car red"} {
		pg := newPage(b, text, allLanguages)
		pg.fold()
		if pg.findPhrases(); len(pg.found) > 0 {
			t.Errorf("%q: a choice is found over the end of a sentence, or in parts", text)
		}
	}
}
