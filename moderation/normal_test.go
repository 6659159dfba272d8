package moderation

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// folded is what a text looks like after folding.
func folded(text string) string {
	var s strings.Builder
	for _, g := range normalise(nil, text) {
		s.WriteRune(g.r)
	}
	return s.String()
}

func TestFoldingTakesAwayWhatHidesAWord(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"capitals become small", "TeLeGram", "telegram"},
		{"accents go, written in one rune", "perché, façon, șaptesprezece", "perche, facon, saptesprezece"},
		{"accents go, written in two runes", "perche\u0301", "perche"},
		{"zero-width runes go", "te\u200ble\u200dgr\u2060am\ufeff", "telegram"},
		{"soft hyphens go", "tele\u00adgram", "telegram"},
		{"direction marks go", "\u202etelegram\u202c\u2066x\u2069", "telegramx"},
		{"control characters go", "tele\x00gram\x7f", "telegram"},
		{"full-width letters become plain", "ｔｅｌｅ", "tele"},
		{"mathematical letters become plain", "𝐭𝓮𝔩𝖊", "tele"},
		{"circled and boxed letters become plain", "ⓣⓔ🅛🅴", "tele"},
		{"small capitals become plain", "ᴛᴇʟᴇ", "tele"},
		{"ligatures come apart", "œuvre ﬁn Straße", "oeuvre fin strasse"},
		{"Arabic vowels and the stretching line go", "مَـمْـنُوع", "ممنوع"},
		{"Arabic letters whose spelling wavers meet", "إلى مدرسة أخي", "الي مدرسه اخي"},
		{"Arabic forms for print become letters", "ﺳﻼﻡ", "سلام"},
		{"Cyrillic letters lose their marks", "ёлка, їжак", "елка, іжак"},
		{"quotes, dashes and dots become plain", "l’amie – a·b", "l'amie - a.b"},
		{"Arabic digits", "٣٤٧", "347"},
		{"Persian digits", "۳۴۷", "347"},
		{"Devanagari digits", "३४७", "347"},
		{"full-width digits", "３４７", "347"},
		{"mathematical digits", "𝟑𝟜𝟩", "347"},
		{"circled digits", "③④⑦ ❸❹❼ ➂➃➆", "347 347 347"},
		{"digits on keys", "3\ufe0f\u20e34\ufe0f\u20e3", "34"},
		{"raised digits", "m² 3⁴⁷", "m2 347"},
		{"Chinese text stays as it is", "我十六岁", "我十六岁"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := folded(row.text); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestEveryGlyphRemembersItsBytes(t *testing.T) {
	text := "a\u200b\u0301é½ﬁ③م"
	for _, g := range normalise(nil, text) {
		if g.from < 0 || g.from >= g.to || int(g.to) > len(text) || !atRune(text, int(g.from)) || !atRune(text, int(g.to)) {
			t.Errorf("%q stands at %d to %d of %q", g.r, g.from, g.to, text)
		}
	}
	e := normalise(nil, "e\u0301x")
	if e[0].to != 3 {
		t.Errorf("an accent in a rune of its own: the letter ends at %d, want 3", e[0].to)
	}
}

// words lists the words of a text as they are looked up first.
func words(text string) []string {
	pg := newPage(rulebook(), text, allLanguages)
	defer pg.release()
	pg.fold()
	var out []string
	for i := range pg.words {
		var s spelling
		pg.read(&pg.words[i], &s)
		out = append(out, string(s.forms[0]))
	}
	return out
}

func TestWordsAreCutWhereAReaderCutsThem(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"blanks and signs cut", "call me, now!", "call me now"},
		{"an apostrophe cuts in Latin", "j'ai l’adresse", "j ai l adresse"},
		{"an apostrophe is a letter's part in Ukrainian", "п'ять м'яч", "пять мяч"},
		{"each Han character is a word", "加我wx", "加 我 wx"},
		{"a currency sign is a word", "80€", "80 €"},
		{"letters apart by blanks are one word", "on t e l e g r a m ok", "on telegram ok"},
		{"letters apart by dots are one word", "t.e.l.e", "tele"},
		{"letters apart by dashes are one word", "c-a-l-l", "call"},
		{"two blanks end a word of letters apart", "c a l l  m e u p", "call meup"},
		{"two words of one letter stay apart", "a e i", "a e i"},
		{"a Latin word with Cyrillic letters is Latin", "tеlеgrаm", "telegram"},
		{"a Latin word with Greek letters is Latin", "τelegrαm", "telegram"},
		{"a word all in look-alikes is Latin among Latin words", "my саре here", "my cape here"},
		{"a Russian word with Latin letters is Russian", "пacпopт", "паспорт"},
		{"ordinary Russian stays Russian", "сосна и вода", "сосна и вода"},
		{"ordinary Greek stays Greek", "ναι και οχι", "ναι και οχι"},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := strings.Join(words(row.text), " "); got != row.want {
				t.Errorf("got %q, want %q", got, row.want)
			}
		})
	}
}

func TestAWordIsReadInSeveralWays(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"digits for letters", "t3l3gr4m", "telegram"},
		{"1 for i", "s1gnal", "signal"},
		{"1 for l", "te1egram", "telegram"},
		{"@ and $ for letters", "wh@t$app", "whatsapp"},
		{"letters held down", "telegrammmm", "telegram"},
		{"and, written onto an Arabic word", "وجواز", "جواز"},
		{"the article", "الجواز", "جواز"},
		{"and with the article", "والجواز", "جواز"},
		{"by, with the article", "بالجواز", "جواز"},
		{"for, with the article", "للشرطة", "شرطه"},
	} {
		t.Run(row.name, func(t *testing.T) {
			pg := newPage(rulebook(), row.text, allLanguages)
			defer pg.release()
			pg.fold()
			var s spelling
			pg.read(&pg.words[0], &s)
			var got []string
			for _, form := range s.forms[:s.n] {
				got = append(got, string(form))
			}
			if !strings.Contains(" "+strings.Join(got, " ")+" ", " "+row.want+" ") {
				t.Errorf("got %q, want %q among them", got, row.want)
			}
		})
	}
}

func TestSentencesEnd(t *testing.T) {
	for _, row := range []struct {
		text string
		want bool
	}{
		{"one. two", true}, {"one! two", true}, {"one?two", true}, {"one\n\ntwo", true}, {"one؟ two", true},
		{"我。你", true}, {"one\ntwo", false}, {"t.me", false}, {"one, two", false}, {"3 . 1", false},
	} {
		pg := newPage(rulebook(), row.text, allLanguages)
		pg.fold()
		if got := pg.words[1].breaks; got != row.want {
			t.Errorf("%q: a sentence ends is %v, want %v", row.text, got, row.want)
		}
		pg.release()
	}
}

// FuzzNormalise holds folding to its promise whatever comes in: each glyph points at bytes
// of the original, in order, and folding a folded rune changes nothing more.
func FuzzNormalise(f *testing.F) {
	for i, text := range everyText(f) {
		if i%7 == 0 {
			f.Add(text)
		}
	}
	f.Add("\xff\xfe\u202e\u2066\u200b٣٣٣")
	f.Add("ℌ𝔢𝔩𝔭 ①②③ ﷺ ａｂｃ")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 20_000 {
			return
		}
		last := int32(0)
		for _, g := range normalise(nil, text) {
			if g.from < last || g.to <= g.from || int(g.to) > len(text) {
				t.Fatalf("a glyph points at bytes %d to %d of %d, after %d", g.from, g.to, len(text), last)
			}
			again := normalise(nil, string(g.r))
			if g.r != utf8.RuneError && (len(again) != 1 || again[0].r != g.r) {
				t.Fatalf("%q is folded once more, into %v", g.r, again)
			}
			last = g.from
		}
	})
}
