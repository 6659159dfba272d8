// Package i18n turns message keys into sentences in the person's language.
//
// It is the only package that imports go-i18n. Its own matching never lets one
// language stand in for another (never Russian for Ukrainian or the reverse): a wish
// is met exactly, by its base language, or not at all.
package i18n

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/BurntSushi/toml"
	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"portico/locales"
)

// Language is one entry of the language menu.
type Language struct {
	Tag  string // BCP 47, as in the file name
	Name string // in its own script
	Dir  string // "ltr" or "rtl"
}

// names gives each language its name in its own script.
var names = map[string]string{
	"en": "English", "it": "Italiano", "fr": "Français", "es": "Español", "pt-BR": "Português (Brasil)",
	"ro": "Română", "sq": "Shqip", "ru": "Русский", "uk": "Українська", "bg": "Български",
	"zh-Hans": "简体中文", "ar": "العربية", "pcm": "Naijá",
}

// Bundle holds the messages of all languages. It never changes; a language's messages are read
// when somebody first reads in it, because most hosts serve a few languages of the thirteen and
// each costs a tenth of a second and some megabytes.
type Bundle struct {
	printers  map[string]*Printer
	languages []Language
	fallback  map[string]string // what a host lets stand in for a language that is missing
}

// Load gives every complete language, the source language read. The files are part of the
// program, so each is read once in its life; each caller has a bundle of its own, which differs
// only in what a host lets stand in for what. A source file that does not parse is an error.
func Load() (*Bundle, error) {
	b := known()
	if _, err := b.printers[locales.Source].messages(); err != nil {
		return nil, err
	}
	own := *b
	return &own, nil
}

// Whole reads every language and returns the first fault, for tests.
func (b *Bundle) Whole() error {
	for _, l := range b.languages {
		if _, err := b.printers[l.Tag].messages(); err != nil {
			return err
		}
	}
	return nil
}

var known = sync.OnceValue(func() *Bundle {
	b := &Bundle{printers: map[string]*Printer{}}
	for _, tag := range slices.Concat(locales.Complete, locales.Planned) {
		b.printers[tag] = &Printer{Tag: tag, Dir: Dir(tag), messages: sync.OnceValues(func() (*goi18n.Localizer, error) { return read(tag) })}
	}
	for _, p := range b.printers {
		p.source = b.printers[locales.Source]
	}
	for _, tag := range locales.Complete {
		b.languages = append(b.languages, Describe(tag))
	}
	return b
})

// read makes a bundle of one language, so that no language like it can answer in its place. A
// planned language has its name and its direction; its messages wait to be whole, and none is read.
func read(tag string) (*goi18n.Localizer, error) {
	source := goi18n.NewBundle(language.Make(tag))
	source.RegisterUnmarshalFunc("toml", toml.Unmarshal)
	if slices.Contains(locales.Complete, tag) {
		if _, err := source.LoadMessageFileFS(locales.FS, "active."+tag+".toml"); err != nil {
			return nil, fmt.Errorf("language %s: %w", tag, err)
		}
	}
	return goi18n.NewLocalizer(source, tag), nil
}

// Languages returns the complete languages in menu order.
func (b *Bundle) Languages() []Language { return b.languages }

// Printer returns the printer of a known language, or that of the source language.
func (b *Bundle) Printer(tag string) *Printer {
	if p, ok := b.printers[tag]; ok {
		return p
	}
	return b.printers[locales.Source]
}

// Describe returns the name and direction of a language; an unknown tag names itself.
func Describe(tag string) Language {
	name, ok := names[tag]
	if !ok {
		name = tag
	}
	return Language{Tag: tag, Name: name, Dir: Dir(tag)}
}

// Dir returns "rtl" for languages written from right to left.
func Dir(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	switch base {
	case "ar", "fa", "he", "ur", "ps":
		return "rtl"
	}
	return "ltr"
}

// Printer speaks one language. It is safe for use by many requests at once.
type Printer struct {
	Tag      string
	Dir      string
	messages func() (*goi18n.Localizer, error) // read at the first call
	source   *Printer
}

// T returns the message of key. Args are name and value pairs for its placeholders.
// A key that no language has comes back in brackets, so that a defect shows and never stops a page.
func (p *Printer) T(key string, args ...any) string {
	cfg := goi18n.LocalizeConfig{MessageID: key}
	if len(args) > 0 {
		cfg.TemplateData = pairs(args)
	}
	return p.localize(key, &cfg)
}

// N returns the message of key in the plural form of n; {{.Count}} is n.
func (p *Printer) N(key string, n int, args ...any) string {
	data := pairs(args)
	data["Count"] = n
	return p.localize(key, &goi18n.LocalizeConfig{MessageID: key, PluralCount: n, TemplateData: data})
}

func (p *Printer) localize(key string, cfg *goi18n.LocalizeConfig) string {
	if own, err := p.messages(); err == nil {
		if text, err := own.Localize(cfg); text != "" || err == nil {
			return text
		}
	}
	if p == p.source {
		return "[" + key + "]"
	}
	return p.source.localize(key, cfg)
}

func pairs(args []any) map[string]any {
	data := make(map[string]any, len(args)/2+1)
	for i := 0; i+1 < len(args); i += 2 {
		name, _ := args[i].(string)
		data[name] = args[i+1]
	}
	return data
}

// Day writes a stored day ("2026-03-07") in words: "7 March 2026". A text that is no day comes back as it is.
func (p *Printer) Day(day string) string {
	t, err := time.Parse("2006-01-02", day)
	if err != nil {
		return day
	}
	return p.T("date.day", "Day", t.Day(), "Month", p.T(monthKeys[t.Month()-1]), "Year", t.Year())
}

// Weekday writes a stored day with its name: "Saturday, 7 March 2026". A text that is no day
// comes back as it is.
func (p *Printer) Weekday(day string) string {
	t, err := time.Parse("2006-01-02", day)
	if err != nil {
		return day
	}
	return p.T("date.weekday.day", "Weekday", p.T(weekdayKeys[t.Weekday()]), "Day", p.Day(day))
}

// Month writes a stored month ("2026-03") in words: "March 2026". A text that is no month
// comes back as it is.
func (p *Printer) Month(month string) string {
	t, err := time.Parse("2006-01", month)
	if err != nil {
		return month
	}
	return p.T("date.month", "Month", p.T(aloneKeys[t.Month()-1]), "Year", t.Year())
}

// monthKeys are the keys of the month names; they are listed so that the locale gate sees them as used.
var monthKeys = [12]string{
	"date.month.1", "date.month.2", "date.month.3", "date.month.4", "date.month.5", "date.month.6",
	"date.month.7", "date.month.8", "date.month.9", "date.month.10", "date.month.11", "date.month.12",
}

// weekdayKeys are those of the days of the week, as package time counts them.
var weekdayKeys = [7]string{
	"date.weekday.sun", "date.weekday.mon", "date.weekday.tue", "date.weekday.wed", "date.weekday.thu", "date.weekday.fri", "date.weekday.sat",
}

// aloneKeys are those of a month without a day, which some languages say in another form.
var aloneKeys = [12]string{
	"date.month.alone.1", "date.month.alone.2", "date.month.alone.3", "date.month.alone.4", "date.month.alone.5", "date.month.alone.6",
	"date.month.alone.7", "date.month.alone.8", "date.month.alone.9", "date.month.alone.10", "date.month.alone.11", "date.month.alone.12",
}

// Amount writes an exact amount such as "16.20" as the language does, with its currency
// behind it: "16,20 EUR" in Italian.
func (p *Printer) Amount(amount, currency string) string {
	return strings.Replace(amount, ".", p.T("number.point"), 1) + " " + currency
}

// List joins words as the language does: "a, b and c".
func (p *Printer) List(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return p.T("list.last", "Before", strings.Join(words[:len(words)-1], p.T("list.comma")), "Last", words[len(words)-1])
}
