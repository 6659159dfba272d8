package translate_test

import (
	"strings"
	"testing"

	"portico/app/translate"
)

var glossary = []translate.TermRow{
	{FromLang: "en", Lang: "it", Term: "sex worker", Preferred: "sex worker", Refused: "prostituta, prostitute"},
	{FromLang: "en", Lang: "it", Term: "residence permit", Preferred: "permesso di soggiorno"},
	{FromLang: "en", Lang: "ar", Term: "sex work", Preferred: "العمل بالجنس", Refused: "الدعارة، البغاء"},
}

func TestEachCheckFindsItsFaultAndNothingElse(t *testing.T) {
	for _, c := range []struct {
		name, to, source, target string
		want                     string // the keys, a star behind those that fail; without "translate.check."
		what                     string // of the first finding
	}{
		{"a good one", "it", "Call 1522 at any hour.", "Chiama il 1522 a ogni ora.", "", ""},
		{"nothing", "it", "Call us.", " \n ", "empty*", ""},
		{"a source left standing", "it", "You can say no to anything.", "you can say NO to anything", "same*", ""},
		{"a name alone", "it", "TAMPEP Network", "TAMPEP Network", "same", ""},
		{"a lost number", "it", "Call 1522 at any hour.", "Chiama a ogni ora, gratis.", "number.missing*", "1522"},
		{"a changed number", "it", "Open from 9 to 17 every day.", "Aperto dalle 9 alle 18 ogni giorno.", "number.missing* number.extra*", "17"},
		{"a number in letters", "it", "Two people come to you.", "Vengono da te 2 persone.", "number.extra", "2"},
		{"other digits", "ar", "Call 1522 before 9:30.", "اتصلي بالرقم ١٥٢٢ قبل ٩:٣٠.", "", ""},
		{"a lost number in other digits", "ar", "Call 1522 now please.", "اتصلي بالرقم ١٥٢٣ الآن.", "number.missing* number.extra*", "1522"},
		{"thousands in another way", "it", "More than 1,000 people and 2.5 hours.", "Più di 1.000 persone e 2,5 ore.", "", ""},
		{"a number twice and once", "it", "From 5 to 5 you are here.", "Dalle 5 sei qui con noi.", "number.missing*", "5"},
		{"a phone in other groups", "it", "Call 800 290 290 at night.", "Chiama di notte 800290290.", "", ""},
		{"a wrong phone", "it", "Call 800 290 290 at night.", "Chiama di notte 800 290 291.", "phone.missing* phone.extra*", "800290290"},
		{"a lost link", "it", "Read [the rules](/rules) today.", "Leggi [le regole](/regole) oggi.", "link.missing* link.extra*", "/rules"},
		{"a link without its end", "it", "See https://example.org/a.", "Vedi https://example.org/a", "", ""},
		{"an address that changed", "it", "Write to ask@example.org today.", "Scrivi a chiedi@example.org oggi.", "link.missing* link.extra*", "ask@example.org"},
		{"a lost mark", "it", "You are **never** alone here.", "Qui non sei mai sola.", "mark.missing* mark.missing*", "**"},
		{"a mark that stays open", "it", "You are never alone.", "Non sei **mai sola.", "mark.extra*", "**"},
		{"another structure", "it", "One thing, then another thing.", "Una cosa,\n\npoi un'altra cosa.", "structure*", ""},
		{"a heading in a paragraph", "it", "One thing.", "# Una cosa", "structure*", ""},
		{"a lost placeholder", "it", "Good morning {{.Name}}, you have %s.", "Buongiorno, hai {{.Nome}}.", "placeholder.missing* placeholder.missing* placeholder.extra*", "{{.Name}}"},
		{"a share that is no placeholder", "it", "We keep 50% for you.", "Teniamo il 50% per te.", "", ""},
		{"a refused word", "it", "Every sex worker has rights here.", "Ogni prostituta ha diritti qui.", "refused* preferred", "prostituta"},
		{"a refused word without its term", "it", "The old law names them.", "La vecchia legge dice prostitute.", "refused", "prostituta"},
		{"a word that only looks refused", "it", "The old law is from 1958.", "La legge sulla prostituzione è del 1958.", "", ""},
		{"a preferred word in the plural", "it", "Residence permits are not asked.", "Non chiediamo permessi di soggiorno.", "", ""},
		{"a preferred word that is missing", "it", "A residence permit is not asked.", "Non chiediamo nessun documento qui.", "preferred", "residence permit"},
		{"a refused word in Arabic", "ar", "Sex work is work like other work.", "الدعارة عمل مثل غيره من الأعمال.", "refused* preferred", "الدعارة"},
		{"much too short", "it", "This is a long sentence that says a great many things to you.", "Sì, certo.", "short*", ""},
		{"rather long", "it", "This is a sentence that says something.", strings.Repeat("parola lunga ", 9), "long", ""},
		{"Arabic in Latin letters", "ar", "You are never alone here.", "anti lasti wahdaki huna", "script*", "anti"},
		{"a name in Arabic", "ar", "TAMPEP is there for you.", "شبكة TAMPEP هنا من أجلك.", "", ""},
		{"Italian in Cyrillic letters", "it", "You are never alone here.", "Ты здесь не одна, поверь.", "script*", "Ты"},
		{"Chinese says it shorter", "zh-Hans", "You are never alone with this, call us when you like.", "你并不孤单，随时可以打电话给我们。", "", ""},
		{"an isolate that stays open", "ar", "Call us at any time.", "اتصلي \u2066بنا في أي وقت.", "direction*", ""},
		{"an isolate that is closed", "ar", "Call us at any time.", "اتصلي \u2066بنا\u2069 في أي وقت.", "", ""},
		{"an override", "it", "Call us at any time.", "Chiamaci \u202equando vuoi\u202c.", "override*", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var terms []translate.TermRow
			for _, term := range glossary {
				if term.Lang == c.to {
					terms = append(terms, term)
				}
			}
			found := translate.Check(translate.Pair{From: "en", To: c.to, Source: c.source, Target: c.target, Piece: translate.Piece{Text: c.source}}, terms)
			var keys []string
			for _, f := range found {
				key := strings.TrimPrefix(f.Key, "translate.check.")
				if f.Fails {
					key += "*"
				}
				keys = append(keys, key)
			}
			if got := strings.Join(keys, " "); got != c.want {
				t.Errorf("got %q, want %q (%+v)", got, c.want, found)
			}
			if len(found) > 0 && c.what != "" && found[0].What != c.what {
				t.Errorf("it names %q, want %q", found[0].What, c.what)
			}
		})
	}
}

func TestAFindingSaysWhere(t *testing.T) {
	source := "This is the beginning of a sentence that tells you to call 1522 whenever you want to do so."
	found := translate.Check(translate.Pair{From: "en", To: "it", Source: source, Target: "Questo è l'inizio di una frase che ti dice di chiamare quando vuoi tu.", Piece: translate.Piece{Text: source}}, nil)
	if len(found) != 1 || !strings.Contains(found[0].Where, "call 1522 whenever") || !strings.HasPrefix(found[0].Where, "… ") {
		t.Errorf("got %+v", found)
	}
}

func FuzzChecksNeverBreak(f *testing.F) {
	f.Add("Call 1522 **now** {{.X}}", "١٥٢٢ \u2066[a](b)")
	f.Add("\xff\x00 +39 333", "٣٣٣ 1.000,5")
	f.Fuzz(func(t *testing.T, source, target string) {
		for _, lang := range []string{"it", "ar", "zh-Hans"} {
			translate.Check(translate.Pair{From: "en", To: lang, Source: source, Target: target, Piece: translate.Piece{Lead: "- ", Text: source}}, glossary)
		}
	})
}
