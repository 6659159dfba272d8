package translate_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/translate"
	"portico/app/translate/modeltest"
)

// harmful hands over a text that may harm.
func (w *world) harmful(t *testing.T, text string) {
	t.Helper()
	must(t, w.Tx(ctx, func(tx *gorm.DB) error {
		return w.tr.SourceChanged(ctx, tx, w.doc, translate.Document{Kind: "leaflet", Lang: "en", Text: text, Critical: true})
	}))
}

func TestATextThatMayHarmIsReadByTwo(t *testing.T) {
	w := newWorld(t)
	w.harmful(t, small)
	must(t, w.tr.Open(ctx, w.mediator, w.doc, "it"))
	must(t, w.tr.SayLanguages(ctx, w.peer, []string{"it"}))
	for i, words := range italian {
		w.save(t, w.mediator, i+1, words)
		refused(t, "the author", w.tr.Review(ctx, w.mediator, w.doc, mark(w.seg(t, i+1))), fault.Refused, "translate.review.own")
		w.review(t, w.second, i+1)
	}
	if got := w.states(t); got != "edited edited edited edited" {
		t.Errorf("after one reader: %s", got)
	}
	refused(t, "approve after one reader", w.tr.Approve(ctx, w.second, w.doc, "it"), fault.Refused, "translate.approve.open")
	refused(t, "the same reader again", w.tr.Review(ctx, w.second, w.doc, mark(w.seg(t, 1))), fault.Refused, "translate.review.second")
	sheet, err := w.tr.Sheet(ctx, w.mediator, w.doc, "it", 1)
	must(t, err)
	if sheet.Standing.Second != 4 || sheet.Standing.Reviewed != 0 || !sheet.Doc.Critical {
		t.Errorf("the sheet says %+v", sheet.Standing)
	}
	// Words that change need both readers anew, and their author is none of them.
	w.save(t, w.peer, 2, "Puoi sempre dire di no.")
	refused(t, "the new author", w.tr.Review(ctx, w.peer, w.doc, mark(w.seg(t, 2))), fault.Refused, "translate.review.own")
	w.review(t, w.second, 2)
	w.review(t, w.mediator, 2)
	for _, n := range []int{1, 3, 4} {
		w.review(t, w.peer, n)
	}
	if got := w.states(t); got != "reviewed reviewed reviewed reviewed" {
		t.Errorf("after two readers: %s", got)
	}
	must(t, w.tr.Approve(ctx, w.second, w.doc, "it"))
	// A change of the source: what is published stays until two have read the new words.
	w.harmful(t, strings.Replace(small, "Call 1522.", "Call 1522 at night.", 1))
	w.save(t, w.mediator, 3, "Chiama il 1522 di notte.")
	w.review(t, w.second, 3)
	if text, err := w.tr.Text(ctx, w.doc, "it"); err != nil || strings.Contains(text, "di notte") {
		t.Errorf("published after one reader: %q, %v", text, err)
	}
	w.review(t, w.peer, 3)
	if text, err := w.tr.Text(ctx, w.doc, "it"); err != nil || !strings.Contains(text, "di notte") {
		t.Errorf("not published after two: %q, %v", text, err)
	}
}

func TestATextThatTurnsOutToHarmNeedsItsSecondReaders(t *testing.T) {
	w := newWorld(t)
	w.open(t, small)
	for i, words := range italian {
		w.save(t, w.mediator, i+1, words)
		w.review(t, w.second, i+1)
	}
	w.harmful(t, small)
	refused(t, "approve", w.tr.Approve(ctx, w.second, w.doc, "it"), fault.Refused, "translate.approve.open")
	must(t, w.tr.SayLanguages(ctx, w.leader, []string{"it"}))
	for n := 1; n <= 4; n++ {
		w.review(t, w.leader, n)
	}
	must(t, w.tr.Approve(ctx, w.second, w.doc, "it"))
}

func TestALostDenialBlocksUnlessAReviewerGivesHerWord(t *testing.T) {
	w := newWorld(t)
	w.open(t, "# Help\n\nYou do not pay anything here.\n\nCall 1522, do not wait.\n")
	w.save(t, w.mediator, 2, "Qui è tutto offerto a chi arriva.")
	refused(t, "a lost denial", w.tr.Review(ctx, w.second, w.doc, mark(w.seg(t, 2))), fault.Refused, "translate.review.checks")
	if d := w.seg(t, 2); !d.Denial {
		t.Error("nobody is asked for her word")
	}
	refused(t, "the author's own word", w.tr.ReviewDenial(ctx, w.mediator, w.doc, mark(w.seg(t, 2))), fault.Refused, "translate.review.own")
	must(t, w.tr.ReviewDenial(ctx, w.second, w.doc, mark(w.seg(t, 2))))
	d := w.seg(t, 2)
	if d.Line.Target.State != translate.Reviewed || !d.History[0].Denies || d.History[0].By != "varco" {
		t.Errorf("it is not recorded: %+v", d.History[0])
	}
	// Her word is about the denial and nothing else.
	w.save(t, w.mediator, 3, "Chiama il 1523 subito.")
	refused(t, "a wrong number", w.tr.ReviewDenial(ctx, w.second, w.doc, mark(w.seg(t, 3))), fault.Refused, "translate.review.checks")
}

func TestEachTargetSaysWhereItComesFrom(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	w.open(t, small)
	w.draft(t)
	if from := w.seg(t, 2).From; from == nil || from.Origin != translate.FromMachine || from.Model != "small-model" || from.Edition != 1 || from.Day != "2026-03-07" {
		t.Errorf("a draft: %+v", from)
	}
	w.save(t, w.mediator, 1, "I tuoi diritti")
	w.review(t, w.second, 1)
	w.source(t, small+"\nAnd more of it.\n")
	if from := w.seg(t, 1).From; from == nil || from.Origin != translate.FromPerson || from.By != "ponte" || from.Edition != 1 {
		t.Errorf("a person: %+v", from)
	}
	if d := w.seg(t, 1); d.Doc.Edition != 2 {
		t.Errorf("the text is in its edition %d, want 2", d.Doc.Edition)
	}
	w.source(t, small+"\nAnd more of it.\n")
	if d := w.seg(t, 1); d.Doc.Edition != 2 {
		t.Errorf("the same text again is edition %d", d.Doc.Edition)
	}
	other := store.NewID()
	must(t, w.Tx(ctx, func(tx *gorm.DB) error {
		return w.tr.SourceChanged(ctx, tx, other, translate.Document{Kind: "card", Lang: "en", Text: "# Your rights\n"})
	}))
	must(t, w.tr.Open(ctx, w.mediator, other, "it"))
	w.doc = other
	must(t, w.tr.UseMatch(ctx, w.second, other, mark(w.seg(t, 1)), w.seg(t, 1).Matches[0].ID))
	if from := w.seg(t, 1).From; from == nil || from.Origin != translate.FromMemory || from.By != "varco" {
		t.Errorf("a match: %+v", from)
	}
}

func TestASecondMachineSaysWhatATranslationSays(t *testing.T) {
	second := modeltest.New(map[string]string{"Puoi dire di no.": "You may say no."})
	t.Cleanup(second.Close)
	w := newWorld(t).withMachine(t, func(s *translate.Settings) {
		s.Back = &translate.Settings{Drafter: translate.NewModel(second.URL(), second.Key, "other-model"), Model: "other-model", Address: second.URL()}
	})
	w.open(t, small)
	if w.seg(t, 2).MayAskBack {
		t.Error("nothing can be translated back")
	}
	w.save(t, w.mediator, 2, "Puoi dire di no.")
	before := w.seg(t, 2)
	if !before.MayAskBack {
		t.Fatal("she cannot ask")
	}
	for name, who := range map[string]member.Actor{"a peer without the language": w.peer, "a visitor": {}} {
		if err := w.tr.AskBack(ctx, who, w.doc, mark(before)); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	second.Set(modeltest.Refusing)
	must(t, w.tr.AskBack(ctx, w.second, w.doc, mark(before)))
	refused(t, "twice", w.tr.AskBack(ctx, w.second, w.doc, mark(before)), fault.Conflict, "translate.draft.already")
	w.work(t)
	if b := w.seg(t, 2).Back; b == nil || b.Trouble != translate.TroubleRefused || b.Waiting() {
		t.Errorf("a refusal: %+v", b)
	}
	second.Set(modeltest.Good)
	must(t, w.tr.AskBack(ctx, w.second, w.doc, mark(before)))
	w.work(t)
	after := w.seg(t, 2)
	if after.Back == nil || after.Back.Words != "You may say no." || after.Line.Target != before.Line.Target {
		t.Errorf("got %+v, target %+v", after.Back, after.Line.Target)
	}
	if n := len(w.model.Requests()); n != 0 {
		t.Errorf("the first machine was asked %d times", n)
	}
	if body := second.Requests()[0]; !strings.Contains(body, "Italian (it) to English (en)") || strings.Contains(body, "You can say no.") {
		t.Errorf("the question is %s", body)
	}
	w.save(t, w.mediator, 2, "Puoi sempre dire di no.")
	if b := w.seg(t, 2).Back; b != nil {
		t.Errorf("other words keep it: %+v", b)
	}
}

func TestWhatLeavesIsWrittenDownWithoutItsWords(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	w.open(t, small)
	w.draft(t)
	log, err := w.tr.Log(ctx, w.boss, 1, 0)
	must(t, err)
	if len(log.Lines) != 1 || log.More {
		t.Fatalf("got %+v", log)
	}
	body := w.model.Requests()[0]
	one, sum := log.Lines[0], sha256.Sum256([]byte(strings.TrimSpace(body)))
	if one.Size != len(body) || fmt.Sprintf("%x", one.Hash) != fmt.Sprintf("%x", sum) {
		t.Errorf("%d bytes with %x; want %d with %x", one.Size, one.Hash, len(body), sum)
	}
	if one.By != "ponte" || one.Day != "2026-03-07" || one.Title != "Your rights" || one.Lang != "it" || one.Purpose != translate.ForDraft ||
		!strings.HasPrefix(one.Address, "127.0.0.1:") || one.Model != "small-model" || one.TokensIn != 400 || one.Cost == 0 || one.Trouble != "" {
		t.Errorf("the line is %+v", one)
	}
	w.model.Set(modeltest.Broken)
	w.save(t, w.mediator, 2, "")
	w.source(t, strings.Replace(small, "You can say no.", "You can always say no.", 1))
	w.draft(t)
	log, err = w.tr.Log(ctx, w.boss, 1, 0)
	must(t, err)
	if len(log.Lines) != 2 || !slices.ContainsFunc(log.Lines, func(l translate.Left) bool { return l.Trouble == translate.TroubleDown }) {
		t.Errorf("a failed question: %+v", log.Lines)
	}
	if short, err := w.tr.Log(ctx, w.boss, 1, 1); err != nil || len(short.Lines) != 1 || !short.More {
		t.Errorf("a short page: %+v, %v", short, err)
	}
	for name, who := range map[string]member.Actor{"a mediator": w.mediator, "a peer": w.peer, "a leader": w.leader, "a visitor": {}} {
		if _, err := w.tr.Log(ctx, who, 1, 0); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads the log: %v", name, err)
		}
	}
	must(t, w.Tx(ctx, func(tx *gorm.DB) error { return w.tr.Erase(ctx, tx, w.mediator, true) }))
	if log, _ = w.tr.Log(ctx, w.boss, 1, 0); log.Lines[0].By != "" {
		t.Errorf("she who left is still named: %+v", log.Lines[0])
	}
}

func TestAQuestionThatCannotBeWrittenDownDoesNotLeave(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	w.open(t, small)
	must(t, w.DB.DB.Exec("ALTER TABLE translate_egress RENAME TO elsewhere").Error)
	w.draft(t)
	if n := len(w.model.Requests()); n > 0 {
		t.Errorf("%d questions left without a line in the log", n)
	}
	if got := w.states(t); got != "empty empty empty empty" {
		t.Errorf("the states are %s", got)
	}
}

func TestAReaderOfTheCommunityIsCountedAndNotNamed(t *testing.T) {
	w := newWorld(t)
	w.open(t, small)
	refused(t, "nothing to read", w.tr.NoteReading(ctx, w.peer, w.doc, "it", "yes", ""), fault.Refused, "translate.reading.empty")
	for i, words := range italian {
		w.save(t, w.mediator, i+1, words)
		w.review(t, w.second, i+1)
	}
	must(t, w.tr.NoteReading(ctx, w.peer, w.doc, "it", "partly", " La seconda frase. "))
	must(t, w.tr.NoteReading(ctx, w.mediator, w.doc, "it", "yes", ""))
	if err := w.tr.NoteReading(ctx, w.mediator, w.doc, "it", "maybe", strings.Repeat("x", 601)); !fault.Is(err, fault.Invalid) || len(fault.As(err).Fields) != 2 {
		t.Errorf("a bad one: %v", err)
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": w.join(t)} {
		if err := w.tr.NoteReading(ctx, who, w.doc, "it", "yes", ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	sheet, err := w.tr.Sheet(ctx, w.mediator, w.doc, "it", 1)
	must(t, err)
	if len(sheet.Readings) != 2 || !slices.ContainsFunc(sheet.Readings, func(r translate.ReadingRow) bool { return r.Hard == "La seconda frase." && r.Edition == 1 }) {
		t.Errorf("the sheet shows %+v", sheet.Readings)
	}
	must(t, w.tr.Approve(ctx, w.second, w.doc, "it"))
	list, err := w.tr.Languages(ctx, w.doc)
	must(t, err)
	if len(list) != 1 || list[0].ReadBy != 2 {
		t.Errorf("readers hear %+v", list)
	}
}

func TestWhatIsTakenBackIsForgotten(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	const words = "a quillwort in the tamarisk"
	first := "# A story\n\nShe saw " + words + ".\n"
	w.open(t, first)
	w.draft(t)
	w.save(t, w.mediator, 2, "Vide "+words+".")
	w.review(t, w.second, 2)
	must(t, w.tr.NoteReading(ctx, w.peer, w.doc, "it", "yes", words))
	last := "# A story\n\nSomething else stands here now, and it is quite another thing.\n"
	w.source(t, last)
	w.draft(t)
	must(t, w.Tx(ctx, func(tx *gorm.DB) error { return w.tr.Forget(ctx, tx, w.doc, []string{first, last}) }))
	must(t, w.Checkpoint(ctx))
	for _, text := range []string{words, "Vide", "Something else stands"} {
		if strings.Contains(w.Dump(t), text) {
			t.Errorf("%q is still in the database", text)
		}
	}
	if _, err := w.tr.Sheet(ctx, w.mediator, w.doc, "it", 1); !fault.Is(err, fault.NotFound) {
		t.Errorf("the language is still there: %v", err)
	}
}
