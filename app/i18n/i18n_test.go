package i18n_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"portico/app/i18n"
	"portico/locales"
)

func load(t *testing.T) *i18n.Bundle {
	t.Helper()
	b, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// messages reads a language's file as it is.
func messages(t *testing.T, tag string) map[string]map[string]string {
	t.Helper()
	text, err := locales.FS.ReadFile("active." + tag + ".toml")
	if err != nil {
		t.Fatal(err)
	}
	var found map[string]map[string]string
	if err := toml.Unmarshal(text, &found); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestTheMenuHasTheCompleteLanguagesInTheirOwnScript(t *testing.T) {
	var tags []string
	for _, l := range load(t).Languages() {
		tags = append(tags, l.Tag)
		if l.Name == "" || l.Name == l.Tag {
			t.Errorf("%s has no name of its own", l.Tag)
		}
	}
	if !slices.Equal(tags, locales.Complete) {
		t.Errorf("the menu is %v; want %v", tags, locales.Complete)
	}
	for tag, want := range map[string]string{"ar": "rtl", "fa-IR": "rtl", "en": "ltr", "zh-Hans": "ltr", "arn": "ltr"} {
		if got := i18n.Dir(tag); got != want {
			t.Errorf("%s runs %s; want %s", tag, got, want)
		}
	}
	if l := i18n.Describe("sw"); l.Name != "sw" || l.Dir != "ltr" {
		t.Errorf("an unknown language is %+v; want that it names itself", l)
	}
}

func TestEveryLanguageIsRead(t *testing.T) {
	if err := load(t).Whole(); err != nil {
		t.Error(err)
	}
}

func TestAMessageThatALanguageLacksIsEnglishAndNeverANeighbour(t *testing.T) {
	b := load(t)
	english := b.Printer("en")
	// The missing message is one that the neighbour may well have and this language not.
	for tag, neighbour := range map[string]string{"uk": "ru", "ru": "uk", "bg": "ru", "pcm": "en", "pt-BR": "es", "ro": "it"} {
		own, theirs := messages(t, tag), messages(t, neighbour)
		for key, forms := range messages(t, "en") {
			if _, there := own[key]; there || forms["one"] != "" || strings.Contains(forms["other"], "{{") {
				continue
			}
			got := b.Printer(tag).T(key)
			if want := english.T(key); got != want {
				t.Fatalf("%s lacks %s and says %q; want the English %q", tag, key, got, want)
			}
			if other := theirs[key]["other"]; neighbour != "en" && other != "" && got == other && other != forms["other"] {
				t.Fatalf("%s lacks %s and speaks %s", tag, key, neighbour)
			}
		}
	}
	if got := b.Negotiate([]string{"uk"}, "uk", "en"); slices.Contains(locales.Planned, "uk") && got != "en" {
		t.Errorf("Ukrainian is not in the menu yet, and a visitor who asks for it gets %s; want English", got)
	}
	if p := b.Printer("tlh"); p.Tag != locales.Source {
		t.Errorf("an unknown language gives the printer of %s", p.Tag)
	}
}

func TestAKeyThatNobodyHasShowsItselfInBrackets(t *testing.T) {
	p := load(t).Printer("en")
	if got := p.T("no.such.message"); got != "[no.such.message]" {
		t.Errorf("got %q", got)
	}
	if got := p.N("no.such.message", 3); got != "[no.such.message]" {
		t.Errorf("with a number: got %q", got)
	}
}

func TestNumbersChooseTheirForm(t *testing.T) {
	p := load(t).Printer("en")
	forms := messages(t, "en")["common.mend"]
	if forms["one"] == "" || forms["other"] == "" {
		t.Fatal("common.mend is no plural message any more: choose another one here")
	}
	for n, want := range map[int]string{
		0: strings.ReplaceAll(forms["other"], "{{.Count}}", "0"),
		1: strings.ReplaceAll(forms["one"], "{{.Count}}", "1"),
		2: strings.ReplaceAll(forms["other"], "{{.Count}}", "2"),
		7: strings.ReplaceAll(forms["other"], "{{.Count}}", "7"),
	} {
		if got := p.N("common.mend", n); got != want {
			t.Errorf("%d: got %q; want %q", n, got, want)
		}
	}
}

func TestDaysAndListsAreWords(t *testing.T) {
	b := load(t)
	en := b.Printer("en")
	for stored, want := range map[string]string{
		"2026-03-07": "7 March 2026", "2026-12-31": "31 December 2026", "2028-02-29": "29 February 2028",
		"": "", "soon": "soon", "2026-13-01": "2026-13-01", "2026-02-30": "2026-02-30",
	} {
		if got := en.Day(stored); got != want {
			t.Errorf("%q is written %q; want %q", stored, got, want)
		}
	}
	for _, l := range b.Languages() {
		seen := map[string]bool{}
		for _, month := range []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"} {
			got := b.Printer(l.Tag).Day("2026-" + month + "-07")
			if got == "" || strings.ContainsAny(got, "[]{}") || seen[got] {
				t.Errorf("%s writes month %s as %q", l.Tag, month, got)
			}
			seen[got] = true
		}
	}
	for want, words := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}} {
		if got := en.List(words); got != want {
			t.Errorf("%v is written %q; want %q", words, got, want)
		}
	}
}

func TestWhatPeopleWriteIsNoTemplate(t *testing.T) {
	p := load(t).Printer("en")
	const odd = `{{.Year}} {{template "x"}} <b>`
	if got := p.T("list.last", "Before", odd, "Last", "b"); !strings.Contains(got, odd) {
		t.Errorf("got %q; want her words as they are", got)
	}
	if got := p.T("date.day", "Day"); strings.HasPrefix(got, "[") {
		t.Errorf("a name without its value stops the message: %q", got)
	}
}

func TestNoLanguageAnswersForAPlannedOne(t *testing.T) {
	b, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range locales.Planned {
		if got, want := b.Printer(tag).T("frame.signout"), b.Printer("en").T("frame.signout"); got != want {
			t.Errorf("%s answers %q, want the words of the source, %q", tag, got, want)
		}
	}
}

func TestADayWithItsName(t *testing.T) {
	b := load(t)
	for lang, want := range map[string]string{"en": "Saturday, 7 March 2026", "it": "sabato 7 marzo 2026", "fr": "samedi 7 mars 2026"} {
		if got := b.Printer(lang).Weekday("2026-03-07"); got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
	if got := b.Printer("en").Weekday("soon"); got != "soon" {
		t.Errorf("a text that is no day becomes %q", got)
	}
	for _, l := range b.Languages() {
		seen := map[string]bool{}
		for day := 1; day <= 7; day++ {
			said := b.Printer(l.Tag).Weekday(fmt.Sprintf("2026-03-%02d", day))
			seen[strings.ReplaceAll(said, b.Printer(l.Tag).Day(fmt.Sprintf("2026-03-%02d", day)), "")] = true
		}
		if len(seen) != 7 {
			t.Errorf("%s has %d names for seven days", l.Tag, len(seen))
		}
	}
}
