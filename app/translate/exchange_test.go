package translate_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/exchange"
	"portico/app/fault"
	"portico/app/translate"
)

// take writes Italian out in a format.
func (w *world) take(t *testing.T, format string) string {
	t.Helper()
	var b bytes.Buffer
	must(t, w.tr.Export(ctx, w.mediator, w.doc, "it", format, &b))
	return b.String()
}

// bring takes a file in and says how many texts had which outcome.
func (w *world) bring(t *testing.T, text string) string {
	t.Helper()
	done, err := w.tr.Import(ctx, w.mediator, w.doc, "it", strings.NewReader(text))
	must(t, err)
	return counted(done)
}

func counted(b translate.Brings) string {
	var list []string
	for _, what := range translate.Outcomes {
		if n := b.Count(what); n > 0 {
			list = append(list, fmt.Sprintf("%d %s", n, what))
		}
	}
	return strings.Join(list, ", ")
}

// with puts words for a source into an exported file.
func with(t *testing.T, text, format, source, words string) string {
	t.Helper()
	f, err := exchange.Read(strings.NewReader(text))
	must(t, err)
	for i := range f.Units {
		if f.Units[i].Source == source {
			f.Units[i].Target, f.Units[i].State, f.Units[i].Unsure = words, exchange.Reviewed, false
		}
	}
	var b bytes.Buffer
	must(t, exchange.Write(&b, format, f))
	return b.String()
}

func TestALanguageGoesOutAndComesBackUnchanged(t *testing.T) {
	for format := range translate.Formats {
		t.Run(format, func(t *testing.T) {
			w := newWorld(t)
			w.publish(t)
			before := w.history(t)
			if got := w.bring(t, w.take(t, format)); got != "4 same" {
				t.Errorf("got %s", got)
			}
			if after := w.history(t); after != before {
				t.Errorf("%d lines of history became %d", before, after)
			}
		})
	}
}

func (w *world) history(t *testing.T) int64 {
	t.Helper()
	n, err := gorm.G[translate.HistoryRow](w.DB.DB).Count(ctx, "id")
	must(t, err)
	return n
}

func TestWhatAFileBringsCountsAsHersAndIsNotReviewed(t *testing.T) {
	for _, format := range []string{exchange.XLIFF, exchange.PO} {
		t.Run(format, func(t *testing.T) {
			w := newWorld(t)
			w.open(t, small)
			w.save(t, w.mediator, 2, "Puoi dire no.")
			w.review(t, w.second, 2)
			text := with(t, w.take(t, format), format, "Call 1522.", "Chiama il 1522.")
			text = with(t, text, format, "You can say no.", "Puoi dire di no.")
			tried, err := w.tr.TryImport(ctx, w.mediator, w.doc, "it", strings.NewReader(text))
			must(t, err)
			if got := counted(tried); got != "1 new, 1 changed, 2 same" {
				t.Fatalf("the look says %s", got)
			}
			if got := w.states(t); got != "empty reviewed empty empty" {
				t.Fatalf("the look wrote: %s", got)
			}
			if got := w.bring(t, tried.Again); got != "1 new, 1 changed" {
				t.Fatalf("got %s", got)
			}
			if got := w.states(t); got != "empty edited edited empty" {
				t.Errorf("the states are %s", got)
			}
			d := w.seg(t, 3)
			if d.Line.Target.EditorID != w.mediator.Role.ID || d.History[0].Origin != translate.FromFile || d.Line.Target.Words != "Chiama il 1522." {
				t.Errorf("got %+v, %+v", d.Line.Target, d.History)
			}
			refused(t, "her own", w.tr.Review(ctx, w.mediator, w.doc, mark(d)), fault.Refused, "translate.review.own")
			if got := w.bring(t, text); got != "4 same" {
				t.Errorf("a second time: %s", got)
			}
		})
	}
}

func TestAFileWritesOverNothingThatSheHasNotSeen(t *testing.T) {
	w := newWorld(t)
	w.open(t, small)
	w.save(t, w.mediator, 2, "Puoi rifiutare.")
	text := with(t, w.take(t, "xliff"), "xliff", "You can say no.", "Puoi dire di no.")
	w.save(t, w.second, 2, "Hai il diritto di dire di no.")
	done, err := w.tr.Import(ctx, w.mediator, w.doc, "it", strings.NewReader(text))
	must(t, err)
	if counted(done) != "1 conflict, 3 same" || done.Rows[0].Ours != "Hai il diritto di dire di no." || done.Rows[0].Theirs != "Puoi dire di no." {
		t.Errorf("%s: %+v", counted(done), done.Rows[0])
	}
	if words := w.seg(t, 2).Line.Target.Words; words != "Hai il diritto di dire di no." {
		t.Errorf("the words are %q", words)
	}
}

func TestWhatBecomesOfEachText(t *testing.T) {
	po := func(entries string) string {
		return "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Language: it\\n\"\n\n" + entries
	}
	for _, row := range []struct{ name, file, want string }{
		{"a memory of other texts", po("msgid \"Call 1522.\"\nmsgstr \"Chiama il 1522.\"\n\nmsgid \"Elsewhere\"\nmsgstr \"Altrove\"\n"), "1 new"},
		{"a unit that is gone", po("msgctxt \"aaaa\"\nmsgid \"Gone\"\nmsgstr \"Via\"\n"), "1 unknown"},
		{"a source that says something else", po("msgctxt \"ID4\"\nmsgid \"Somebody asks your name.\"\nmsgstr \"Ti chiedono il nome.\"\n"), "1 outdated"},
		{"a guess of a tool", po("#, fuzzy\nmsgctxt \"ID3\"\nmsgid \"Call 1522.\"\nmsgstr \"Chiama il 1522.\"\n"), "1 guess"},
		{"no words", po("msgctxt \"ID3\"\nmsgid \"Call 1522.\"\nmsgstr \"\"\n"), "1 same"},
		{"words without end", po("msgctxt \"ID3\"\nmsgid \"Call 1522.\"\nmsgstr \"" + strings.Repeat("x", translate.LongestWords+1) + "\"\n"), "1 long"},
		{"a source with other white space", po("msgctxt \"ID3\"\nmsgid \"\"\n\" Call\\n\"\n\"1522. \"\nmsgstr \" Chiama il 1522. \"\n"), "1 new"},
		{"a lost number", po("msgctxt \"ID3\"\nmsgid \"Call 1522.\"\nmsgstr \"Chiama il 1523.\"\n"), "1 new"},
		{"somebody's words without a version", po("msgctxt \"ID2\"\nmsgid \"You can say no.\"\nmsgstr \"Puoi dire di no.\"\n"), "1 conflict"},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := newWorld(t)
			w.open(t, small)
			w.save(t, w.second, 2, "Puoi rifiutare.")
			file := row.file
			for n := 1; n <= 4; n++ {
				file = strings.ReplaceAll(file, fmt.Sprintf("ID%d", n), w.seg(t, n).Line.ID.String())
			}
			done, err := w.tr.Import(ctx, w.mediator, w.doc, "it", strings.NewReader(file))
			must(t, err)
			if counted(done) != row.want {
				t.Errorf("got %s, want %s", counted(done), row.want)
			}
			if row.name == "a lost number" && len(done.Rows[0].Findings) == 0 {
				t.Error("no check sees it")
			}
			if words := w.seg(t, 2).Line.Target.Words; words != "Puoi rifiutare." {
				t.Errorf("somebody's words are %q now", words)
			}
		})
	}
}

func TestAFileForSomethingElseIsRefused(t *testing.T) {
	w := newWorld(t)
	w.open(t, small)
	text := w.take(t, "xliff")
	for _, row := range []struct{ name, text, key string }{
		{"another text", strings.Replace(text, w.doc.String(), strings.Repeat("a", 26), 1), "translate.exchange.other"},
		{"another language", strings.Replace(text, `trgLang="it"`, `trgLang="fr"`, 1), "translate.exchange.lang"},
		{"a cut off file", text[:len(text)/2], "translate.exchange.fault.truncated"},
		{"a bomb", `<!DOCTYPE x [<!ENTITY a "b">]><xliff/>`, "translate.exchange.fault.entities"},
		{"nothing", "", "translate.exchange.fault.nothing"},
	} {
		_, err := w.tr.Import(ctx, w.mediator, w.doc, "it", strings.NewReader(row.text))
		if f := fault.As(err); f == nil || f.Kind != fault.Invalid || f.Fields[0].Key != row.key {
			t.Errorf("%s: %v", row.name, err)
		}
	}
	refused(t, "a member", w.tr.Export(ctx, w.join(t), w.doc, "it", "po", &bytes.Buffer{}), fault.NotFound, "error.missing")
	_, err := w.tr.Import(ctx, w.join(t), w.doc, "it", strings.NewReader(text))
	refused(t, "a member's file", err, fault.NotFound, "error.missing")
	_, err = w.tr.TryImport(ctx, w.join(t), w.doc, "it", strings.NewReader(text))
	refused(t, "a member's look", err, fault.NotFound, "error.missing")
	refused(t, "another format", w.tr.Export(ctx, w.mediator, w.doc, "it", "doc", &bytes.Buffer{}), fault.NotFound, "error.missing")
}

func TestAMemoryGoesOutAndIntoAnotherPortal(t *testing.T) {
	w := newWorld(t)
	w.publish(t)
	var b bytes.Buffer
	must(t, w.tr.ExportMemory(ctx, w.mediator, "en", "it", &b))
	text := b.String()
	other := newWorld(t)
	other.open(t, small)
	for _, row := range []struct {
		what string
		try  bool
		want translate.Remembered
	}{{"a look", true, translate.Remembered{New: 4}}, {"the first time", false, translate.Remembered{New: 4}}, {"the second time", false, translate.Remembered{Same: 4}}} {
		got, err := other.tr.ImportMemory(ctx, other.mediator, "en", "it", strings.NewReader(text), row.try)
		must(t, err)
		if got != row.want {
			t.Errorf("%s: got %+v", row.what, got)
		}
	}
	if m := other.seg(t, 2).Matches; len(m) != 1 || !m[0].Exact || m[0].Target != italian[1] {
		t.Errorf("the memory knows %+v", m)
	}
	changed := strings.Replace(text, "Puoi dire di no.", "Dì no!", 1)
	if got, err := other.tr.ImportMemory(ctx, other.mediator, "en", "it", strings.NewReader(changed), false); err != nil || got != (translate.Remembered{Same: 3, Kept: 1}) {
		t.Errorf("other words: %+v, %v", got, err)
	}
	_, err := other.tr.ImportMemory(ctx, other.peer, "en", "it", strings.NewReader(text), false)
	refused(t, "a peer", err, fault.NotFound, "error.missing")
	if _, err := other.tr.ImportMemory(ctx, other.mediator, "en", "it", strings.NewReader(text[:300]), false); !fault.Is(err, fault.Invalid) {
		t.Errorf("a cut off memory: %v", err)
	}
}

func TestAGlossaryGoesOutAndComesBack(t *testing.T) {
	w := newWorld(t)
	must(t, w.tr.LoadTerms(ctx, startTerms(t)))
	terms, err := w.tr.Glossary(ctx, w.mediator, "it")
	must(t, err)
	var b bytes.Buffer
	must(t, exchange.WriteTerms(&b, terms))
	bring := func(text string, try bool) map[string]int {
		t.Helper()
		list, err := w.tr.ImportTerms(ctx, w.mediator, strings.NewReader(text), try)
		must(t, err)
		sum := map[string]int{}
		for _, o := range list {
			sum[o.What]++
		}
		return sum
	}
	if got := bring(b.String(), false); got[translate.Equal] != len(terms) {
		t.Errorf("unchanged: %v of %d", got, len(terms))
	}
	one := terms[slices.IndexFunc(terms, func(t exchange.Term) bool { return t.Kind == translate.Prefer })]
	changed := strings.Replace(b.String(), ","+one.Preferred+",", ","+one.Preferred+" pari,", 1) + ",,en,it,night bus,autobus di notte,,,,\n"
	for _, try := range []bool{true, false} {
		if got := bring(changed, try); got[translate.Replaced] != 1 || got[translate.Brought] != 1 {
			t.Errorf("try %v: %v", try, got)
		}
	}
	if got := bring(b.String(), false); got[translate.Clash] != 1 {
		t.Errorf("an old file: %v", got)
	}
	_, err = w.tr.ImportTerms(ctx, w.mediator, strings.NewReader("from,lang,term,preferred\nen,it,bridge,ponte\nen,it,,ponte\n"), false)
	if !fault.Is(err, fault.Invalid) {
		t.Errorf("a line without a term: %v", err)
	}
	if now, _ := w.tr.Glossary(ctx, w.mediator, "it"); len(now) != len(terms)+1 {
		t.Errorf("half of a broken table was taken: %d terms", len(now))
	}
}

func TestMessagesOfTheInterfaceComeBackChecked(t *testing.T) {
	english := []byte("[\"a.name\"]\ndescription = \"who\"\nother = \"By {{.Name}}\"\n\n[\"a.open\"]\nother = \"Open\"\n")
	unit := func(id, source, target string) exchange.Unit {
		return exchange.Unit{ID: id, Source: source, Target: target}
	}
	for _, row := range []struct {
		name, want string
		unit       exchange.Unit
	}{
		{"a new one", translate.Brought, unit("a.open", "Open", "Hap")}, {"one that is there", translate.Equal, unit("a.name", "By {{.Name}}", "Nga {{.Name}}")},
		{"a changed one", translate.Replaced, unit("a.name", "By {{.Name}}", "Prej {{.Name}}")}, {"a renamed placeholder", translate.Faulty, unit("a.name", "By {{.Name}}", "Nga {{.Emri}}")},
		{"markup", translate.Faulty, unit("a.open", "Open", "<b>Hap</b>")}, {"an older English", translate.Outdated, unit("a.open", "Opened", "Hapur")},
		{"an unknown key", translate.Unknown, unit("a.gone", "Gone", "Iku")}, {"a guess", translate.Guess, exchange.Unit{ID: "a.open", Source: "Open", Target: "Hap", Unsure: true}},
	} {
		had := []byte("# sq\n\n[\"a.name\"]\nother = \"Nga {{.Name}}\"\n")
		list, out, err := translate.ImportMessages(english, had, "sq", exchange.File{TargetLang: "sq", Units: []exchange.Unit{row.unit}})
		if err != nil || list[0].What != row.want {
			t.Errorf("%s: %+v, %v", row.name, list, err)
		}
		if taken := row.want == translate.Brought || row.want == translate.Replaced; taken == bytes.Equal(out, had) {
			t.Errorf("%s: the file is %q", row.name, out)
		}
	}
}
