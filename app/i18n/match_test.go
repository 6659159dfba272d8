package i18n

import (
	"strings"
	"testing"
)

// withMenu is a bundle whose menu has these languages, complete or not in truth: matching
// looks at the menu alone.
func withMenu(tags ...string) *Bundle {
	b := &Bundle{}
	for _, tag := range tags {
		b.languages = append(b.languages, Describe(tag))
	}
	return b
}

func TestALanguageIsMetExactlyOrByItsBaseAndNeverByAnother(t *testing.T) {
	for _, c := range []struct{ name, menu, wish, want string }{
		{"exactly", "en it fr ar", "it", "it"},
		{"in capitals", "en it", "IT", "it"},
		{"with a region", "en it", "it-CH", "it"},
		{"with region and more", "en it", "it-CH-x-phone", "it"},
		{"a region of the menu exactly", "en pt-BR", "pt-br", "pt-BR"},
		{"another region of the same language", "en pt-BR", "pt-PT", "pt-BR"},
		{"the base alone", "en pt-BR", "pt", "pt-BR"},
		{"Ukrainian while only Russian is there", "en ru", "uk", ""},
		{"Ukrainian of Ukraine while only Russian is there", "en ru", "uk-UA", ""},
		{"Russian while only Ukrainian is there", "en uk", "ru", ""},
		{"Bulgarian while only Russian is there", "en ru", "bg", ""},
		{"Romanian of Moldova", "en ro ru", "ro-MD", "ro"},
		{"simplified Chinese", "en zh-Hans", "zh-Hans-CN", "zh-Hans"},
		{"Chinese of the mainland", "en zh-Hans", "zh-CN", "zh-Hans"},
		{"Chinese of Taiwan", "en zh-Hans", "zh-TW", ""},
		{"Chinese of Hong Kong", "en zh-Hans", "zh-hk", ""},
		{"traditional Chinese", "en zh-Hans", "zh-Hant", ""},
		{"traditional Chinese of Macau", "en zh-Hans", "zh-Hant-MO", ""},
		{"a dialect of Arabic by region", "en ar", "ar-MA", "ar"},
		{"Naija while only English is there", "en", "pcm", ""},
		{"a longer tag that begins alike", "en it", "ita", ""},
		{"nothing", "en it", "", ""},
		{"spaces", "en it", "  fr ", ""},
		{"nonsense", "en it", "-", ""},
		{"a path", "en it", "../it", ""},
	} {
		if got := withMenu(strings.Fields(c.menu)...).Match(c.wish); got != c.want {
			t.Errorf("%s: %q of %s is %q; want %q", c.name, c.wish, c.menu, got, c.want)
		}
	}
}

func TestAVisitorGetsTheFirstWishThatCanBeMet(t *testing.T) {
	b := withMenu("en", "it", "fr", "ar", "ru", "zh-Hans")
	for _, c := range []struct {
		name     string
		explicit []string
		header   string
		host     string
		want     string
	}{
		{"the address wins", []string{"fr", "it"}, "ar", "en", "fr"},
		{"the cookie where the address says nothing", []string{"", "it"}, "ar", "en", "it"},
		{"a wish that cannot be met is passed over", []string{"uk", "ar"}, "fr", "en", "ar"},
		{"the browser's first", nil, "it-IT,it;q=0.9,en;q=0.8", "en", "it"},
		{"by quality and not by place", nil, "fr;q=0.5, it;q=0.9, ar;q=0.7", "en", "it"},
		{"equal qualities by place", nil, "ar;q=0.8,fr;q=0.8", "en", "ar"},
		{"no quality is the best", nil, "fr;q=0.9,ar", "en", "ar"},
		{"spaces in the header", nil, " fr ; q=0.2 , ar ; q=0.4 ", "en", "ar"},
		{"quality nought is a refusal", nil, "it;q=0, fr;q=0.1", "en", "fr"},
		{"a quality below nought is a refusal", nil, "it;q=-1, fr;q=0.1", "en", "fr"},
		{"a quality that is no number", nil, "it;q=NaN, fr;q=0.1", "en", "fr"},
		{"any language is no wish", nil, "*", "it", "it"},
		{"Ukrainian alone gives the host's language, never Russian", nil, "uk-UA,uk;q=0.9", "en", "en"},
		{"Ukrainian, then what she asks for herself", nil, "uk,ru;q=0.5,en;q=0.3", "en", "ru"},
		{"Chinese of Taiwan gives the next wish, never simplified script", nil, "zh-TW,fr;q=0.5", "en", "fr"},
		{"nothing at all", nil, "", "it", "it"},
		{"a host's language that is not there", nil, "", "uk", "en"},
		{"a header of commas", nil, ",,,;;;===", "fr", "fr"},
		{"a header without end is read for ten entries", nil, strings.Repeat("xx,", 5000) + "it", "fr", "fr"},
	} {
		if got := b.Negotiate(c.explicit, c.header, c.host); got != c.want {
			t.Errorf("%s: got %q; want %q", c.name, got, c.want)
		}
	}
}

func TestAnotherLanguageAnswersOnlyWhereTheHostSaysSo(t *testing.T) {
	b := withMenu("en", "it", "ru", "uk")
	if err := b.StandIn(map[string]string{"be": "ru", "zh-hant": "en"}); err != nil {
		t.Fatal(err)
	}
	for wish, want := range map[string]string{"be": "ru", "be-BY": "ru", "BE": "ru", "uk": "uk", "ru": "ru", "bg": "", "zh-Hant": "en", "zh-TW": "", "": ""} {
		if got := b.Match(wish); got != want {
			t.Errorf("%q is met by %q, want %q", wish, got, want)
		}
	}
	for _, wrong := range []map[string]string{{"be": "sr"}, {"be": ""}, {"": "ru"}, {"uk": "ru"}, {"uk-UA": "ru"}} {
		if err := b.StandIn(wrong); err == nil {
			t.Errorf("%v is taken", wrong)
		}
	}
}
