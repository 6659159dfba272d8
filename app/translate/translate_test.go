package translate_test

import (
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/translate"
)

func TestFromTheSourceToTheReader(t *testing.T) {
	w := newWorld(t)
	w.publish(t)
	text, err := w.tr.Text(ctx, w.doc, "it")
	must(t, err)
	if want := "# I tuoi diritti\n\nPuoi dire di no.\n\n- Chiama il 1522.\n- Nessuno ti chiede il nome.\n"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}
	list, err := w.tr.Languages(ctx, w.doc)
	must(t, err)
	if len(list) != 1 || list[0] != (translate.Published{Lang: "it", Title: "I tuoi diritti", Day: "2026-03-07", CheckedBy: "varco"}) {
		t.Errorf("got %+v", list)
	}
}

func TestNothingIsPublishedBeforeAPersonApprovedIt(t *testing.T) {
	w := newWorld(t)
	w.open(t, small)
	check := func(when string) {
		t.Helper()
		if list, err := w.tr.Languages(ctx, w.doc); err != nil || len(list) > 0 {
			t.Errorf("%s: %v is published, %v", when, list, err)
		}
		if _, err := w.tr.Text(ctx, w.doc, "it"); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: the text can be read: %v", when, err)
		}
	}
	check("opened")
	refused(t, "approve what is empty", w.tr.Approve(ctx, w.second, w.doc, "it"), fault.Refused, "translate.approve.open")
	for i, words := range italian {
		w.save(t, w.mediator, i+1, words)
	}
	check("written")
	refused(t, "approve what is not reviewed", w.tr.Approve(ctx, w.second, w.doc, "it"), fault.Refused, "translate.approve.open")
	for i := range italian[1:] {
		w.review(t, w.second, i+1)
	}
	refused(t, "approve with one open", w.tr.Approve(ctx, w.second, w.doc, "it"), fault.Refused, "translate.approve.open")
	w.review(t, w.second, 4)
	check("reviewed")
	refused(t, "approve her own work", w.tr.Approve(ctx, w.mediator, w.doc, "it"), fault.Refused, "translate.approve.own")
	must(t, w.tr.Approve(ctx, w.second, w.doc, "it"))
	refused(t, "approve again", w.tr.Approve(ctx, w.second, w.doc, "it"), fault.Conflict, "translate.approve.already")
	if _, err := w.tr.Text(ctx, w.doc, "fr"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a language that is not there: %v", err)
	}
}

func TestWhoWroteASegmentDoesNotReviewIt(t *testing.T) {
	w := newWorld(t)
	w.open(t, small)
	refused(t, "review what is empty", w.tr.Review(ctx, w.second, w.doc, mark(w.seg(t, 1))), fault.Refused, "translate.review.empty")
	w.save(t, w.mediator, 1, "I tuoi diritti")
	refused(t, "review her own", w.tr.Review(ctx, w.mediator, w.doc, mark(w.seg(t, 1))), fault.Refused, "translate.review.own")
	for name, who := range map[string]member.Actor{"a peer": w.peer, "a leader": w.leader, "a coordinator": w.boss} {
		refused(t, name+" without the language", w.tr.Review(ctx, who, w.doc, mark(w.seg(t, 1))), fault.Refused, "translate.review.language")
	}
	must(t, w.tr.SayLanguages(ctx, w.peer, []string{"it", "xx"}))
	must(t, w.tr.Review(ctx, w.peer, w.doc, mark(w.seg(t, 1))))
	refused(t, "review again", w.tr.Review(ctx, w.second, w.doc, mark(w.seg(t, 1))), fault.Conflict, "translate.review.already")
	// The reviewer improves it: now she is the last editor, and the first may review.
	w.save(t, w.peer, 1, "I tuoi diritti qui")
	refused(t, "review what she has just written", w.tr.Review(ctx, w.peer, w.doc, mark(w.seg(t, 1))), fault.Refused, "translate.review.own")
	w.review(t, w.mediator, 1)
	if h := w.seg(t, 1).History; len(h) != 4 || h[0].Act != translate.Reviewed || h[0].By != "ponte" || h[1].By != "lampione" || h[3].Words != "I tuoi diritti" {
		t.Errorf("the history is %+v", h)
	}
}

func TestAFailingCheckBlocksTheReviewAndAdviceDoesNot(t *testing.T) {
	w := newWorld(t)
	must(t, w.tr.LoadTerms(ctx, startTerms(t)))
	w.open(t, "# Help\n\nCall 1522, or ask a peer educator.\n")
	w.save(t, w.mediator, 2, "Chiama il 1523, o chiedi a una educatrice pari.")
	refused(t, "a wrong number", w.tr.Review(ctx, w.second, w.doc, mark(w.seg(t, 2))), fault.Refused, "translate.review.checks")
	w.save(t, w.mediator, 2, "Chiama il 1522, o chiedi a chi lavora qui.")
	d := w.seg(t, 2)
	if len(d.Findings) != 1 || d.Findings[0].Fails || len(d.Terms) != 1 || d.Terms[0].Preferred != "educatrice pari" || !d.Terms[0].Review {
		t.Errorf("findings %+v, terms %+v", d.Findings, d.Terms)
	}
	w.review(t, w.second, 2)
}

func TestOnlyWhatWasTouchedBecomesStale(t *testing.T) {
	w := newWorld(t)
	w.publish(t)
	was := w.seg(t, 3)
	w.source(t, "# Your rights\n\nA new first word for you all.\n\nYou can say no.\n\n- Nobody asks your name.\n- Call 1522 at night.\n")
	if got := w.states(t); got != "reviewed empty reviewed reviewed stale" {
		t.Errorf("the states are %s", got)
	}
	d := w.seg(t, 5)
	if d.Line.ID != was.Line.ID || d.Line.Target.Words != "Chiama il 1522." || d.Line.Target.OldSource != "Call 1522." || d.Line.Source != "Call 1522 at night." {
		t.Errorf("the stale one is %+v", d.Line)
	}
	text, err := w.tr.Text(ctx, w.doc, "it")
	must(t, err)
	if text != "# I tuoi diritti\n\nPuoi dire di no.\n\n- Nessuno ti chiede il nome.\n- Chiama il 1522.\n" {
		t.Errorf("what is published is %q", text)
	}
	stale := func() bool {
		t.Helper()
		list, err := w.tr.Languages(ctx, w.doc)
		must(t, err)
		return len(list) == 1 && list[0].Stale
	}
	if !stale() {
		t.Error("nobody hears that the source has changed")
	}
	w.save(t, w.mediator, 5, "Chiama il 1522 di notte.")
	if text, _ := w.tr.Text(ctx, w.doc, "it"); strings.Contains(text, "di notte") {
		t.Error("an edited segment is published before its review")
	}
	w.review(t, w.second, 5)
	w.save(t, w.mediator, 2, "Una parola nuova per tutte voi.")
	w.review(t, w.second, 2)
	text, err = w.tr.Text(ctx, w.doc, "it")
	must(t, err)
	if !strings.Contains(text, "di notte") || !strings.Contains(text, "Una parola nuova") || stale() {
		t.Errorf("after the review: %q, stale %v", text, stale())
	}
}

func TestASourceThatLosesAndMovesSegments(t *testing.T) {
	w := newWorld(t)
	w.publish(t)
	w.source(t, "## Your rights\n\n> Nobody asks your name.\n\nYou can say no.\n")
	if got := w.states(t); got != "reviewed reviewed reviewed" {
		t.Errorf("another mark or another place makes words stale: %s", got)
	}
	text, err := w.tr.Text(ctx, w.doc, "it")
	must(t, err)
	if text != "## I tuoi diritti\n\n> Nessuno ti chiede il nome.\n\nPuoi dire di no.\n" {
		t.Errorf("got %q", text)
	}
	w.source(t, small)
	if d := w.seg(t, 3); d.Line.Target.State != translate.Empty || len(d.Matches) == 0 || d.Matches[0].Target != "Chiama il 1522." || !d.Matches[0].Exact {
		t.Errorf("what came back has %+v", d.Matches)
	}
	w.source(t, "")
	if _, err := w.tr.Segment(ctx, w.mediator, w.doc, "it", 1); !fault.Is(err, fault.NotFound) {
		t.Errorf("an empty text has a first segment: %v", err)
	}
}

func TestTheSameTextAgainChangesNothing(t *testing.T) {
	w := newWorld(t)
	w.publish(t)
	before := w.seg(t, 2).Line
	w.source(t, small)
	if after := w.seg(t, 2).Line; after.Target.Version != before.Target.Version || after.ID != before.ID {
		t.Errorf("got %+v", after)
	}
}

func TestTwoEditorsLoseNothing(t *testing.T) {
	w := newWorld(t)
	w.open(t, small)
	seen := mark(w.seg(t, 2))
	must(t, w.tr.Save(ctx, w.mediator, w.doc, seen, "Puoi dire di no."))
	refused(t, "the second", w.tr.Save(ctx, w.second, w.doc, seen, "Si può dire di no."), fault.Conflict, "translate.segment.changed")
	refused(t, "a review of what she did not see", w.tr.Review(ctx, w.second, w.doc, seen), fault.Conflict, "translate.segment.changed")
	if d := w.seg(t, 2); d.Line.Target.Words != "Puoi dire di no." {
		t.Errorf("the first lost her words: %q", d.Line.Target.Words)
	}
	// The source changes under her: her words do not go over it unseen.
	seen = mark(w.seg(t, 2))
	w.source(t, strings.Replace(small, "You can say no.", "You can always say no.", 1))
	refused(t, "over a new source", w.tr.Save(ctx, w.mediator, w.doc, seen, "Puoi dire no."), fault.Conflict, "translate.segment.changed")
}

func TestTheMemoryKnowsExactAndNearSources(t *testing.T) {
	w := newWorld(t)
	w.publish(t)
	other := store.NewID()
	must(t, w.Tx(ctx, func(tx *gorm.DB) error {
		return w.tr.SourceChanged(ctx, tx, other, translate.Document{Kind: "card", Lang: "en", Text: "# Card\n\nYou CAN say no!\n\nNobody asks your real name.\n\nSomething else.\n"})
	}))
	must(t, w.tr.Open(ctx, w.leader, other, "it"))
	must(t, w.tr.Open(ctx, w.leader, other, "fr"))
	at := func(lang string, n int) translate.Detail {
		t.Helper()
		d, err := w.tr.Segment(ctx, w.mediator, other, lang, n)
		must(t, err)
		return d
	}
	exact := at("it", 2)
	if len(exact.Matches) != 1 || !exact.Matches[0].Exact || exact.Matches[0].Target != "Puoi dire di no." {
		t.Errorf("exact: %+v", exact.Matches)
	}
	if near := at("it", 3).Matches; len(near) != 1 || near[0].Exact || near[0].Source != "Nobody asks your name." {
		t.Errorf("near: %+v", near)
	}
	if none := at("it", 4).Matches; len(none) > 0 {
		t.Errorf("something else: %+v", none)
	}
	if french := at("fr", 2).Matches; len(french) > 0 {
		t.Errorf("another language: %+v", french)
	}
	must(t, w.tr.UseMatch(ctx, w.mediator, other, mark(exact), exact.Matches[0].ID))
	if d := at("it", 2); d.Line.Target.Words != "Puoi dire di no." || d.Line.Target.State != translate.Edited {
		t.Errorf("used: %+v", d.Line.Target)
	}
	refused(t, "a number that is none", w.tr.UseMatch(ctx, w.mediator, other, mark(at("it", 3)), store.NewID()), fault.NotFound, "error.missing")
}

func TestTheGlossaryIsLoadedOnceAndKeptByPeople(t *testing.T) {
	w := newWorld(t)
	must(t, w.tr.LoadTerms(ctx, startTerms(t)))
	terms, err := w.tr.Terms(ctx, w.peer, "it")
	must(t, err)
	first := terms[slices.IndexFunc(terms, func(t translate.TermRow) bool { return t.Kind == translate.Prefer })]
	first.Preferred, first.Refused = "parole scelte", "una, due; tre"
	for name, who := range map[string]member.Actor{"a peer": w.peer, "a leader": w.leader, "a visitor": {}} {
		if err := w.tr.KeepTerm(ctx, who, first); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s changes a term: %v", name, err)
		}
	}
	must(t, w.tr.KeepTerm(ctx, w.mediator, first))
	refused(t, "over an older one", w.tr.KeepTerm(ctx, w.boss, first), fault.Conflict, "translate.term.changed")
	must(t, w.tr.LoadTerms(ctx, startTerms(t)))
	kept, err := w.tr.Term(ctx, w.peer, first.ID)
	must(t, err)
	if kept.Preferred != "parole scelte" || kept.Review || strings.Join(kept.RefusedWords(), "|") != "una|due|tre" {
		t.Errorf("got %+v", kept)
	}
	if again, _ := w.tr.Terms(ctx, w.peer, "it"); len(again) != len(terms) {
		t.Errorf("%d terms, then %d", len(terms), len(again))
	}
	if err := w.tr.KeepTerm(ctx, w.boss, translate.TermRow{FromLang: "en", Lang: "xx", Note: strings.Repeat("x", 401)}); !fault.Is(err, fault.Invalid) || len(fault.As(err).Fields) != 4 {
		t.Errorf("a bad term: %v", err)
	}
	must(t, w.tr.RemoveTerm(ctx, w.boss, first.ID))
	if err := w.tr.RemoveTerm(ctx, w.boss, first.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("removed twice: %v", err)
	}
}

func TestForEverybodyElseNoneOfThisExists(t *testing.T) {
	w := newWorld(t)
	w.withMachine(t, nil)
	w.open(t, small)
	w.save(t, w.mediator, 1, "I tuoi diritti")
	d := w.seg(t, 1)
	watcher := w.hire(t, "faro", member.RoleModerator, member.RoleSupervisor)
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": w.join(t), "a moderator": watcher} {
		for verb, err := range map[string]error{
			"Open": w.tr.Open(ctx, who, w.doc, "fr"), "Save": w.tr.Save(ctx, who, w.doc, mark(d), "x"), "Review": w.tr.Review(ctx, who, w.doc, mark(d)),
			"Approve": w.tr.Approve(ctx, who, w.doc, "it"), "UseMatch": w.tr.UseMatch(ctx, who, w.doc, mark(d), store.NewID()),
			"AskDraft": w.tr.AskDraft(ctx, who, w.doc, "it"), "SayLanguages": w.tr.SayLanguages(ctx, who, []string{"it"}),
			"KeepTerm": w.tr.KeepTerm(ctx, who, translate.TermRow{}), "RemoveTerm": w.tr.RemoveTerm(ctx, who, store.NewID()),
		} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s: %v", name, verb, err)
			}
		}
		_, _, errs := w.tr.Documents(ctx, who)
		_, one := w.tr.Sheet(ctx, who, w.doc, "it", 1)
		_, two := w.tr.Segment(ctx, who, w.doc, "it", 1)
		_, three := w.tr.Terms(ctx, who, "it")
		_, four := w.tr.ReaderLanguages(ctx, who)
		_, five := w.tr.Find(ctx, who, w.doc, d.Line.ID)
		for i, err := range []error{errs, one, two, three, four, five} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s reads %d: %v", name, i, err)
			}
		}
	}
	for name, err := range map[string]error{
		"a peer opens a language": w.tr.Open(ctx, w.peer, w.doc, "fr"), "a leader asks the machine": w.tr.AskDraft(ctx, w.leader, w.doc, "it"),
		"an unknown document": w.tr.Open(ctx, w.leader, store.NewID(), "fr"), "a segment of another text": w.tr.Save(ctx, w.mediator, w.doc, translate.Mark{Segment: store.NewID(), Lang: "it"}, "x"),
	} {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := w.tr.Open(ctx, w.leader, w.doc, "en"); !fault.Is(err, fault.Invalid) {
		t.Errorf("into its own language: %v", err)
	}
}

func TestSheWhoLeavesIsForgottenAndHerWorkStays(t *testing.T) {
	w := newWorld(t)
	w.publish(t)
	must(t, w.tr.SayLanguages(ctx, w.second, []string{"it"}))
	for _, who := range []member.Actor{w.mediator, w.second, w.join(t)} {
		must(t, w.Tx(ctx, func(tx *gorm.DB) error { return w.tr.Erase(ctx, tx, who, true) }))
	}
	list, err := w.tr.Languages(ctx, w.doc)
	must(t, err)
	if len(list) != 1 || list[0].CheckedBy != "" || list[0].Day != "2026-03-07" {
		t.Errorf("got %+v", list)
	}
	for _, id := range []store.ID{w.mediator.Role.ID, w.second.Role.ID} {
		for column, table := range map[string]string{"by_id": "translate_history", "editor_id": "translate_targets", "reviewer_id": "translate_targets", "approved_by": "translate_languages", "role_account_id": "reader_languages"} {
			var n int64
			must(t, w.DB.DB.Table(table).Where(column+" = ?", id).Count(&n).Error)
			if n > 0 {
				t.Errorf("%s.%s still names her", table, column)
			}
		}
	}
	if text, err := w.tr.Text(ctx, w.doc, "it"); err != nil || !strings.Contains(text, "Puoi dire di no.") {
		t.Errorf("her work is gone: %q, %v", text, err)
	}
}
