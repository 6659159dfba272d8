package translate_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/translate"
	"portico/app/translate/modeltest"
)

var named = []translate.TermRow{
	{FromLang: "en", Lang: "it", Term: "TAMPEP", Preferred: "TAMPEP", Kind: translate.Keep},
	{FromLang: "en", Lang: "it", Term: "No More Fines", Preferred: "No More Fines", Kind: translate.Keep},
	{FromLang: "en", Lang: "it", Term: "Collective of Prostitutes", Preferred: "Collective of Prostitutes", Kind: translate.Keep},
	{FromLang: "en", Lang: "it", Term: "sex worker", Preferred: "sex worker", Refused: "prostituta, prostitute", Kind: translate.Prefer},
	{FromLang: "en", Lang: "it", Term: "rescue", Refused: "salvataggio", Kind: translate.Refuse},
}

// says are the keys of what the checks say, a star behind those that fail.
func says(to, source, target string, own ...translate.GroupWord) string {
	var keys []string
	for _, f := range translate.Check(translate.Pair{From: "en", To: to, Source: source, Target: target, Piece: translate.Piece{Text: source}}, named, own...) {
		key := strings.TrimPrefix(f.Key, "translate.check.")
		if f.Fails {
			key += "*"
		}
		keys = append(keys, key)
	}
	return strings.Join(keys, " ")
}

func TestANameStaysByteForByte(t *testing.T) {
	for _, c := range []struct{ name, to, source, target, want string }{
		{"it is there", "it", "Ask TAMPEP for help.", "Chiedi aiuto a TAMPEP.", ""},
		{"it is lost", "it", "Ask TAMPEP for help.", "Chiedi aiuto alla rete.", "kept.missing*"},
		{"in other letters", "it", "Ask TAMPEP for help.", "Chiedi aiuto a Tampep.", "kept.missing*"},
		{"inside another word", "it", "Ask TAMPEP for help.", "Chiedi aiuto a TAMPEPS.", "kept.missing*"},
		{"the source has another word", "it", "Ask TAMPEPS for help.", "Chiedi aiuto alla rete.", ""},
		{"behind an apostrophe", "it", "The help of TAMPEP is free.", "L'aiuto dell'TAMPEP è gratis.", ""},
		{"behind an Arabic particle", "ar", "Ask TAMPEP for help.", "اطلبي المساعدة بTAMPEP.", ""},
		{"a name that denies says nothing", "it", "Ask No More Fines today.", "Chiedi oggi a No More Fines.", ""},
		{"a name holds a word that nobody else may use", "it", "Ask the Collective of Prostitutes now.", "Chiedi al Collective of Prostitutes adesso.", ""},
		{"a name alone", "it", "TAMPEP, No More Fines, Collective of Prostitutes", "TAMPEP, No More Fines, Collective of Prostitutes", ""},
		{"a word that is only refused", "it", "Nobody talks of rescue here, and nobody has to.", "Nessuno qui parla di salvataggio, e nessuno deve farlo.", "refused*"},
		{"that word left out", "it", "Nobody talks of rescue here, and nobody has to.", "Nessuno qui ne parla, e nessuno deve farlo per forza.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := says(c.to, c.source, c.target); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestTheGroupsWordsGoBeforeTheGlossaryInItsText(t *testing.T) {
	own := translate.GroupWord{Preferred: "lavoratrice del sesso", Refused: []string{"sex worker", "lucciol*"}, Group: "Night bus"}
	for _, c := range []struct{ name, source, target, want string }{
		{"its own word", "A sex worker has rights.", "Una lavoratrice del sesso ha diritti.", ""},
		{"the word of the glossary that it refuses", "A sex worker has rights.", "Una sex worker ha diritti.", "group.refused* group.preferred"},
		{"a refused word with any ending", "Everybody has rights.", "Le lucciole hanno diritti.", "group.refused* group.preferred"},
		{"its word is missing", "A sex worker has rights.", "Una persona ha dei diritti.", "group.preferred"},
		{"what only the glossary refuses", "A sex worker has rights.", "Una prostituta ha diritti.", "group.preferred refused*"},
		{"nothing of it", "Everybody has rights.", "Tutte le persone hanno diritti.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := says("it", c.source, c.target, own); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// decided are the words of a group for one text.
type decided struct {
	doc   store.ID
	words []translate.GroupWord
}

func (d decided) WordsFor(_ context.Context, _ *gorm.DB, doc store.ID, lang string) ([]translate.GroupWord, error) {
	if doc != d.doc || lang != "it" {
		return nil, nil
	}
	return d.words, nil
}

func TestAWordOfTheGroupBlocksAReview(t *testing.T) {
	w := newWorld(t)
	w.tr.Heed(decided{w.doc, []translate.GroupWord{{Preferred: "sex worker", Refused: []string{"ragazz*"}}}})
	w.open(t, "# Night bus\n\nIt is for everybody.\n")
	w.save(t, w.mediator, 2, "È per tutte le ragazze.")
	d := w.seg(t, 2)
	if len(d.Own) != 1 || d.Own[0].Group != "Night bus" || len(d.Findings) != 2 || d.Findings[0].By != "Night bus" || d.Findings[0].What != "ragazze" {
		t.Errorf("got %+v, %+v", d.Own, d.Findings)
	}
	refused(t, "her words", w.tr.Review(ctx, w.second, w.doc, mark(d)), fault.Refused, "translate.review.checks")
	w.save(t, w.mediator, 2, "È per ogni persona.")
	w.review(t, w.second, 2)
}

func TestTheMachineIsToldOfNamesAndOfTheGroupsWords(t *testing.T) {
	w := newWorld(t).withEngine(t, modeltest.New(map[string]string{"Ask TAMPEP today.": "Chiedi a Tampep oggi.", "Call a sex worker.": "Chiama una sex worker."}), nil)
	for _, term := range named {
		must(t, w.tr.KeepTerm(ctx, w.mediator, term))
	}
	w.tr.Heed(decided{w.doc, []translate.GroupWord{{Preferred: "lavoratrice del sesso", Refused: []string{"sex worker"}}, {Preferred: "notte", Refused: []string{"buio*"}}}})
	w.open(t, "# Night bus\n\nAsk TAMPEP today.\n\nCall a sex worker.\n")
	w.draft(t)
	body := strings.ReplaceAll(w.model.Requests()[0], `\"`, `"`)
	for _, words := range []string{`{"term":"TAMPEP","use":"TAMPEP","keep":true}`, `"term":"sex worker","use":"lavoratrice del sesso"`, `{"use":"notte","do_not_use":["buio*"]}`, `marked "keep"`} {
		if !strings.Contains(body, words) {
			t.Errorf("the question does not hold %s:\n%s", words, body)
		}
	}
	if strings.Contains(body, "No More Fines") {
		t.Error("it holds a name that is not in the text")
	}
	if d := w.seg(t, 2); d.Line.Target.State != translate.Empty || d.Line.Target.Trouble != translate.NameLost {
		t.Errorf("a draft that lost a name is %+v", d.Line.Target)
	}
	if d := w.seg(t, 3); d.Line.Target.State != translate.Machine {
		t.Errorf("a draft with a word that people mend is %+v", d.Line.Target)
	}
}

func TestATermSaysWhatItsKindIsFor(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name, field string
		term        translate.TermRow
	}{
		{"a kind that is none", "kind", translate.TermRow{Term: "TAMPEP", Preferred: "x", Kind: "own"}},
		{"another word for a name", "preferred", translate.TermRow{Term: "TAMPEP", Preferred: "Rete", Kind: translate.Keep}},
		{"a refusal of nothing", "refused", translate.TermRow{Term: "rescue", Kind: translate.Refuse}},
		{"a name without another word", "", translate.TermRow{Term: "TAMPEP", Kind: translate.Keep}},
		{"only a refusal", "", translate.TermRow{Term: "rescue", Refused: "salvataggio", Kind: translate.Refuse}},
	} {
		c.term.FromLang, c.term.Lang = "en", "it"
		err := w.tr.KeepTerm(ctx, w.mediator, c.term)
		if f := fault.As(err); (f == nil) != (c.field == "") || f != nil && (len(f.Fields) != 1 || f.Fields[0].Name != c.field) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestATableSaysKindsAndAnOlderOneDoesNot(t *testing.T) {
	w := newWorld(t)
	must(t, w.tr.KeepTerm(ctx, w.mediator, translate.TermRow{FromLang: "en", Lang: "it", Term: "TAMPEP", Kind: translate.Keep}))
	var b bytes.Buffer
	must(t, w.tr.WriteGlossary(ctx, w.mediator, &b))
	if !strings.Contains(b.String(), "TAMPEP,TAMPEP,,keep,") {
		t.Errorf("the table is %s", b.String())
	}
	older := "from,lang,term,preferred\nen,it,TAMPEP,TAMPEP\nen,it,bridge,ponte\n"
	for _, c := range []struct{ name, text, want string }{
		{"its own table", b.String(), "same"}, {"an older one", older, "same new"}, {"a name in a table", "from,lang,term,preferred,kind\nen,it,PICUM,,Keep\n", "new"},
		{"faults and a good line", "from,lang,term,preferred,kind\nen,it,,x,\nen,xx,bus,x,own\nen,it,bus,autobus,\nen,it,bus,pullman,\n", "faulty faulty new faulty"},
	} {
		list, err := w.tr.ImportTerms(ctx, w.mediator, strings.NewReader(c.text), true)
		must(t, err)
		var what []string
		for _, o := range list {
			what = append(what, o.What)
		}
		if got := strings.Join(what, " "); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	if _, err := w.tr.ImportTerms(ctx, w.mediator, strings.NewReader(older), false); err != nil {
		t.Fatal(err)
	}
	terms, err := w.tr.Terms(ctx, w.mediator, "it")
	must(t, err)
	if len(terms) != 2 || terms[0].Kind != translate.Keep || terms[1].Kind != translate.Prefer {
		t.Errorf("got %+v", terms)
	}
}

func TestTheLogOfWhatLeftIsKeptForTwoYears(t *testing.T) {
	w := newWorld(t) // it is 7 March 2026
	days := []string{"2023-01-01", "2024-03-06", "2024-03-07", "2024-03-08", "2026-03-07"}
	for _, day := range days {
		row := translate.EgressRow{ID: store.NewID(), Day: day, Purpose: translate.ForDraft, DocumentID: w.doc, Lang: "it", Hash: []byte{1}}
		must(t, gorm.G[translate.EgressRow](w.DB.DB).Create(ctx, &row))
	}
	for range 2 {
		must(t, w.Retain(ctx))
	}
	log, err := w.tr.Log(ctx, w.boss, 1, 0)
	must(t, err)
	var left []string
	for _, l := range log.Lines {
		left = append(left, l.Day)
	}
	if got := strings.Join(left, " "); got != "2026-03-07 2024-03-08 2024-03-07" {
		t.Errorf("the log keeps %s", got)
	}
}
