package moderation

import (
	"slices"
	"testing"
)

func TestNumbersThatReachAPersonAreFound(t *testing.T) {
	for _, row := range []struct{ name, rule, text string }{
		{"a mobile in groups", "phone", "347 123 4567"},
		{"in one run", "phone", "3471234567"},
		{"with a country code", "phone", "+393471234567"},
		{"with two zeros", "phone", "0039 347 1234567"},
		{"with brackets", "phone", "(0)347-123.45.67"},
		{"with stars", "phone", "347*123*4567"},
		{"digit by digit", "phone", "3 4 7 1 2 3 4 5 6 7"},
		{"digit by digit, in groups", "phone", "3 4 7 . 1 2 3 . 4 5 6 7"},
		{"with commas between digits", "phone", "3, 4, 7, 1, 2, 3, 4, 5, 6, 7"},
		{"in Arabic digits", "phone", "٠٦١٢٣٤٥٦٧٨"},
		{"in mixed digits", "phone", "٣47 १23 ４567"},
		{"with letters for digits", "phone", "O6 I2 34 S6 78"},
		{"with small drawings between", "phone", "347❤123❤4567"},
		{"in English words", "phone", "three four seven one two three four five six seven"},
		{"in Italian tens", "phone", "tre quattro sette, dodici, trentaquattro, cinque sei sette"},
		{"in French pairs", "phone", "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit"},
		{"in French, with eighties", "phone", "zéro six quatre-vingt-dix-huit douze trente-quatre"},
		{"in Russian hundreds", "phone", "восемь девятьсот двенадцать триста сорок пять шестьдесят семь"},
		{"in Chinese", "phone", "一三八一二三四五六七八"},
		{"in words and digits", "phone", "three 4 seven 12 three 4567"},
		{"short, but announced", "phone", "call me 2345 678"},
		{"short, as locals write it", "phone", "555-1234"},
		{"a card", "card", "4111 1111 1111 1111"},
		{"a card in one run", "card", "4111111111111111"},
		{"an American card", "card", "3782 822463 10005"},
		{"an account", "iban", "DE89370400440532013000"},
		{"an account in groups", "iban", "de89 3704 0044 0532 0130 00"},
		{"a plate", "plate", "AB 123 CD"},
		{"a plate in one word", "plate", "AB123CD"},
		{"a plate with dashes", "plate", "AB-123-CD"},
		{"a plate in small letters, announced", "plate", "targa ab 123 cd"},
		{"a weaker shape, announced", "plate", "plate 1234 BCD"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := rulesOf(Screen(row.text, nil, nil)); !slices.Equal(got, []string{row.rule}) {
				t.Errorf("%q: got %v, want %s", row.text, got, row.rule)
			}
		})
	}
}

func TestOrdinaryNumbersAreLeftAlone(t *testing.T) {
	for _, row := range []struct{ name, text string }{
		{"a date with strokes", "12/03/2024"}, {"a date with dots", "12.03.2024"}, {"a date with dashes", "2024-03-12"},
		{"two dates", "12/03/2024 14/03/2024"}, {"a date and an hour", "12/03/2024 10:30"},
		{"years", "2019-2023"}, {"several years", "2019 2020 2021 2022"}, {"a school year", "2023/2024"},
		{"opening hours", "9-13 15-19"}, {"opening hours with minutes", "9.00-13.00 / 14.30-18.00"},
		{"opening hours beside a word for calling", "call 9-13 15-19"}, {"always open", "call 1522 24/7"},
		{"a sum", "2 + 2 = 4"}, {"a large sum of money", "1.250.000 euro"}, {"money with a sign", "€ 1 250 000"},
		{"thousands", "1 500 000"}, {"prices", "50, 100, 150, 200"}, {"a dose", "take 200 mg 3 times for 10 days"},
		{"a post code", "40121 Bologna"}, {"an article of law", "art. 18 d.lgs. 286/1998"}, {"a French law", "loi n° 2016-444"},
		{"a room", "room 214"}, {"a percentage", "35% and 65%"}, {"counting", "1 2 3 4 5 6 7 8 9 10"},
		{"counting in words", "one two three four five six seven eight"}, {"ages", "18 19 20 21 22 23 24 25"},
		{"a year in French words", "mille neuf cent quatre-vingt-dix-neuf"}, {"small numbers in a sentence", "2 beds, 3 chairs and 14 plates"},
		{"a score", "3-2, 1-0, 2-2"}, {"digits in a link", "https://example.org/news/1234567890"},
		{"sixteen digits that are no card", "1234 5678 9012 3456"}, {"an account with a wrong digit", "DE89 3704 0044 0532 0130 01"},
		{"capitals around a number", "HO 200 DI QUESTI"},
	} {
		t.Run(row.name, func(t *testing.T) {
			for _, f := range Screen(row.text, nil, nil).Findings {
				if f.Rule != "link" {
					t.Errorf("%q: %s in %q", row.text, f.Rule, f.Text)
				}
			}
		})
	}
}

func TestHelpLinesAreNobodysPhone(t *testing.T) {
	for _, text := range []string{
		"112", "call 1522", "chiama il 1522 o il 112", "113 118 112", "numéro 3919", "3114 ou 3919", "116 016", "116016",
		"call 116 123", "116 111", "116 006", "800 290 290", "800290290", "numero verde 800-290-290", "+39 800 290 290",
		"112 1522 800 290 290 116 006", "١١٢", "ring 0808 2000 247", "1 1 2", "tel. 02 2327 2327",
	} {
		if v := Screen(text, nil, nil); len(v.Findings) > 0 {
			t.Errorf("%q: %v", text, v.Findings)
		}
	}
	if v := Screen("call 800 290 291", nil, nil); len(v.Findings) == 0 {
		t.Error("a number beside a help line is not one")
	}
}

func TestLinksAreSortedByWhereTheyLead(t *testing.T) {
	for _, row := range []struct {
		text string
		want Outcome
		what string
	}{
		{"see https://example.org/a?b=c.", Publish, "https://example.org/a?b=c"},
		{"see example.org, please", Publish, "example.org"},
		{"www.example.anything", Publish, "www.example.anything"},
		{"join t.me/rosa", Warn, "t.me/rosa"},
		{"hxxps://t.me/rosa", Warn, "hxxps://t.me/rosa"},
		{"bit.ly/3xY", Warn, "bit.ly/3xY"},
		{"WWW.BAKECAINCONTRII.COM/x", Warn, "WWW.BAKECAINCONTRII.COM/x"},
		{"my.best-escorts.example.com", Warn, "my.best-escorts.example.com"},
		{"t . me / rosa", Warn, "t . me"},
		{"t dot me slash rosa", Warn, "t dot me"},
		{"bit punto ly", Warn, "bit punto ly"},
	} {
		v := Screen(row.text, []string{"en"}, nil)
		if len(v.Findings) != 1 || v.Outcome != row.want || v.Findings[0].Text != row.what || v.Findings[0].Rule != "link" {
			t.Errorf("%q: got %s %v, want %s of %q", row.text, v.Outcome, v.Findings, row.want, row.what)
		}
	}
	for _, text := range []string{"I like it.So do I", "e.g. this", "3.5 km", "ok... me too", "I drink t. Me too"} {
		if v := Screen(text, nil, nil); v.Outcome != Publish {
			t.Errorf("%q: %v", text, v.Findings)
		}
	}
}

func TestWaysToWriteAnEmail(t *testing.T) {
	for _, text := range []string{
		"rosa.nera@example.org", "ROSA+1@EXAMPLE.CO.UK", "rosa＠example．org", "rosa @ gmail . com", "rosa(at)example(dot)org",
		"rosa [at] example [dot] org", "rosa at gmail dot com", "rosa chiocciola libero punto it", "rosa arobase orange point fr",
		"rosa arroba gmail ponto com", "rosa собака яндекс точка ру", "rosa@gmail",
	} {
		got := rulesOf(Screen(text, nil, nil))
		if !slices.Equal(got, []string{"email"}) {
			t.Errorf("%q: got %v, want an e-mail address", text, got)
		}
	}
	for _, text := range []string{"meet me at milan. It is nice", "a @ b", "look at that point", "5 @ 3"} {
		if v := Screen(text, []string{"en"}, nil); v.Outcome != Publish {
			t.Errorf("%q: %v", text, v.Findings)
		}
	}
}
