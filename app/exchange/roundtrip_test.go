package exchange_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"portico/app/exchange"
	"portico/locales"
)

// odd are pieces that files of translators have tripped over.
var odd = []string{
	"Call 1522", "**bold**", "[link](https://example.org/a?b=c&d=e)", "{{.Name}}", "%s", "<b>", "&amp;", "&", "]]>", "<![CDATA[", "\"", "\\", "\\n", "'", "\n", "\n\n", "\t",
	"\r", "\r\n", " ", "  ", "\u00a0", "\u202f", "\u200f", "\u200e", "\u2067", "\u2069", "\ufeff", "اتصل", "求助", "дом", "🙂", "e\u0301", "#", "#~", "msgid", "| a | b |", "{", "}", "%", ";", ",", "\u2028",
}

func oddText(r *rand.Rand, empty bool) string {
	var b strings.Builder
	for n := r.IntN(8); n >= 0; n-- {
		b.WriteString(odd[r.IntN(len(odd))])
	}
	if empty && r.IntN(4) == 0 {
		return ""
	}
	return b.String()
}

func oddFile(r *rand.Rand, lang string) exchange.File {
	f := exchange.File{Name: "a <name> & \"more\"", SourceLang: "en", TargetLang: lang}
	for n := range 1 + r.IntN(12) {
		u := exchange.Unit{ID: fmt.Sprintf("t%d.a-b_c", n), Source: oddText(r, false), State: exchange.Initial, Note: strings.TrimSpace(strings.ReplaceAll(oddText(r, true), "\r", "")) + "."}
		if r.IntN(3) > 0 {
			u.Version = fmt.Sprintf("v%d", r.IntN(50))
		}
		if r.IntN(4) == 0 {
			u.One, u.Targets = oddText(r, false), map[string]string{}
			for _, form := range exchange.Forms(lang) {
				u.Targets[form] = oddText(r, false)
			}
			u.State = exchange.Final
		} else if u.Target = oddText(r, true); u.Target != "" {
			u.State = []exchange.State{exchange.Translated, exchange.Reviewed, exchange.Final}[r.IntN(3)]
		}
		f.Units = append(f.Units, u)
	}
	return f
}

// said is what a file says, without what one format cannot say.
func said(f exchange.File, format string) string {
	var b strings.Builder
	for _, u := range f.Units {
		if format == exchange.TMX && u.Target == "" && len(u.Targets) == 0 {
			continue
		}
		one := u.One
		if len(exchange.Forms(f.TargetLang)) == 1 {
			one = "" // a language without plural forms has no place for it
		}
		state := u.State
		switch format {
		case exchange.TMX:
			state = ""
		case exchange.PO:
			if state == exchange.Final {
				state = exchange.Reviewed // gettext knows words that are sure, and words that are not
			}
		}
		fmt.Fprintf(&b, "%q %q %q %q %q %q %q %v\n", u.ID, u.Source, u.Target, one, u.Targets, u.Note, u.Version, state)
	}
	return b.String()
}

func write(t testing.TB, format string, f exchange.File) string {
	t.Helper()
	var b bytes.Buffer
	if err := exchange.Write(&b, format, f); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	for _, lang := range append(slices.Clone(locales.Complete[1:]), locales.Planned...) {
		for _, format := range []string{exchange.XLIFF, exchange.PO, exchange.TMX} {
			t.Run(format+" "+lang, func(t *testing.T) {
				r := rand.New(rand.NewPCG(7, uint64(len(lang))))
				for range 60 {
					f := oddFile(r, lang)
					text := write(t, format, f)
					if again := write(t, format, f); again != text {
						t.Fatal("the same file is written in two ways")
					}
					back, err := exchange.Read(strings.NewReader(text))
					if format == exchange.TMX && said(f, format) == "" {
						continue
					}
					if err != nil {
						t.Fatalf("%v\n%s", err, text)
					}
					if got, want := said(back, format), said(f, format); got != want {
						t.Fatalf("got\n%s\nwant\n%s\n%s", got, want, text)
					}
					if back.Name != f.Name || back.SourceLang != f.SourceLang || back.TargetLang != f.TargetLang {
						t.Fatalf("the head is %q %q %q", back.Name, back.SourceLang, back.TargetLang)
					}
				}
			})
		}
	}
}

func TestWhatNoFileCanHoldIsRefused(t *testing.T) {
	for name, u := range map[string]exchange.Unit{
		"a zero byte": {ID: "a", Source: "a\x00b"}, "a bell": {ID: "a", Source: "a", Target: "\a"}, "half a sign": {ID: "a", Source: "a\xc3"},
		"no name": {Source: "a"}, "a name with a space": {ID: "a b", Source: "a"}, "no source": {ID: "a"}, "a version in words": {ID: "a", Source: "a", Version: "three"},
		"a sign that is none": {ID: "a", Source: "\uffff"}, "an escape in a plural": {ID: "a", Source: "a", One: "b", Targets: map[string]string{"one": "\x1b"}},
	} {
		for _, format := range []string{exchange.XLIFF, exchange.PO, exchange.TMX} {
			if err := exchange.Write(&bytes.Buffer{}, format, exchange.File{SourceLang: "en", TargetLang: "it", Units: []exchange.Unit{u}}); err == nil {
				t.Errorf("%s: %s takes it", name, format)
			}
		}
	}
	twice := exchange.File{Units: []exchange.Unit{{ID: "a", Source: "a"}, {ID: "a", Source: "b"}}}
	if err := exchange.Write(&bytes.Buffer{}, exchange.PO, twice); err == nil {
		t.Error("two texts with one name are written")
	}
}

func TestAGlossaryComesBack(t *testing.T) {
	terms := []exchange.Term{
		{ID: "k1", Version: 3, From: "en", Lang: "it", Term: "sex worker", Preferred: "lavoratrice sessuale", Refused: "prostituta, vittima", Kind: "preferred", Domain: "work", Note: "said \"so\", by her"},
		{From: "en", Lang: "ar", Term: "=1+1", Preferred: "'=x", Refused: "-a", Note: "@b"}, {From: "en", Lang: "fr", Term: "''+", Preferred: "'quoted'", Note: "two\nlines; and, more"},
	}
	var b bytes.Buffer
	if err := exchange.WriteTerms(&b, terms); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), ",=1+1") {
		t.Error("a spreadsheet would take a cell for a formula")
	}
	back, err := exchange.ReadTerms(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	for i := range back {
		back[i].Line = 0
	}
	if !reflect.DeepEqual(back, terms) {
		t.Errorf("got %+v", back)
	}
	for _, sep := range []string{";", "\t"} {
		other := strings.Join([]string{"\ufeffTerm", "lang", "from", "preferred"}, sep) + "\r\n" + strings.Join([]string{"pimp", "it", "en", "chi sfrutta"}, sep) + "\r\n"
		got, err := exchange.ReadTerms(strings.NewReader(other))
		if err != nil || len(got) != 1 || got[0].Term != "pimp" || got[0].Preferred != "chi sfrutta" || got[0].Line != 2 {
			t.Errorf("with %q: %+v, %v", sep, got, err)
		}
	}
}

func TestMessageFilesKeepWhatIsNotTouched(t *testing.T) {
	english := "# head\n\n[\"a.one\"]\ndescription = \"first\"\nother = \"One\"\n\n# a comment\n[\"a.two\"]\nother = \"Two\"\n\n[\"b.many\"]\none = \"One thing\"\nother = \"{{.Count}} things\"\n"
	f, err := exchange.ReadMessages([]byte(english), []byte("# ru: waits\n"), "ru")
	if err != nil || len(f.Units) != 3 || f.Units[0].Note != "first" || !f.Units[2].Counts() {
		t.Fatalf("%+v, %v", f, err)
	}
	f.Units[1].Target = `"Два" \ и`
	f.Units[2].Targets = map[string]string{"one": "{{.Count}} вещь", "few": "{{.Count}} вещи", "many": "{{.Count}} вещей"}
	out, err := exchange.WriteMessages([]byte(english), []byte("# ru: waits\n"), f.Units)
	want := "# ru: waits\n\n[\"a.two\"]\nother = \"\\\"Два\\\" \\\\ и\"\n\n[\"b.many\"]\none = \"{{.Count}} вещь\"\nfew = \"{{.Count}} вещи\"\nmany = \"{{.Count}} вещей\"\nother = \"{{.Count}} вещей\"\n"
	if err != nil || string(out) != want {
		t.Fatalf("%v, got\n%s\nwant\n%s", err, out, want)
	}
	f.Units[0].Target = "Один"
	again, err := exchange.WriteMessages([]byte(english), out, f.Units)
	if err != nil || string(again) != strings.Replace(want, "[\"a.two\"]", "[\"a.one\"]\nother = \"Один\"\n\n[\"a.two\"]", 1) {
		t.Errorf("%v, got\n%s", err, again)
	}
	for _, tag := range locales.Complete[1:] {
		source, _ := locales.FS.ReadFile("active.en.toml")
		text, err := locales.FS.ReadFile("active." + tag + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		f, err := exchange.ReadMessages(source, text, tag)
		if err != nil || len(f.Units) < 1000 {
			t.Fatalf("%s: %d, %v", tag, len(f.Units), err)
		}
		for _, format := range []string{exchange.XLIFF, exchange.PO, exchange.TMX} {
			back, err := exchange.Read(strings.NewReader(write(t, format, f)))
			if err != nil {
				t.Fatalf("%s %s: %v", tag, format, err)
			}
			same, err := exchange.WriteMessages(source, text, back.Units)
			if err != nil || !bytes.Equal(same, text) {
				t.Errorf("%s: the way through %s changes the file (%v)", tag, format, err)
			}
		}
	}
}
