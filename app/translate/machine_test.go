package translate_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/translate"
	"portico/app/translate/modeltest"
)

func TestTheMachineDraftsAndPeopleDecide(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	must(t, w.tr.LoadTerms(ctx, startTerms(t)))
	w.open(t, strings.Replace(small, "# Your rights", "# Rights of a sex worker", 1))
	w.save(t, w.mediator, 4, "Nessuno ti chiede il nome.")
	must(t, w.tr.AskDraft(ctx, w.mediator, w.doc, "it"))
	if n := len(w.model.Requests()); n > 0 {
		t.Fatal("the machine was called while she waited")
	}
	refused(t, "ask twice", w.tr.AskDraft(ctx, w.second, w.doc, "it"), fault.Conflict, "translate.draft.already")
	if p := w.progress(t); !p.Waiting || p.Total != 3 || p.Drafted != 0 {
		t.Errorf("on its way: %+v", p)
	}
	w.work(t)
	if got := w.states(t); got != "machine machine machine edited" {
		t.Errorf("the states are %s", got)
	}
	if p := w.progress(t); p.Waiting || p.Drafted != 3 || p.Total != 3 || len(p.Given)+len(p.Again) > 0 {
		t.Errorf("done: %+v", p)
	}
	body := w.model.Requests()[0]
	for _, words := range []string{"small-model", "json_schema", "Rights of a sex worker", "Call 1522.", "Nobody asks your name.", `prostituta`, "English (en) to Italian (it)"} {
		if !strings.Contains(body, words) {
			t.Errorf("the question does not hold %q", words)
		}
	}
	for _, word := range []string{"ponte", "varco", "Nessuno", w.model.Key, "peer educator"} {
		if strings.Contains(body, word) {
			t.Errorf("the question holds %q", word)
		}
	}
	refused(t, "ask with nothing empty", w.tr.AskDraft(ctx, w.mediator, w.doc, "it"), fault.Refused, "translate.draft.none")
	refused(t, "approve what a machine wrote", w.tr.Approve(ctx, w.mediator, w.doc, "it"), fault.Refused, "translate.approve.open")
	w.save(t, w.mediator, 1, "Diritti di una sex worker")
	w.review(t, w.second, 1)
	w.review(t, w.second, 2)
	w.review(t, w.second, 3)
	w.review(t, w.second, 4)
	must(t, w.tr.Approve(ctx, w.second, w.doc, "it"))
	list, err := w.tr.Languages(ctx, w.doc)
	must(t, err)
	if len(list) != 1 || !list[0].Machine {
		t.Errorf("nobody hears of the machine: %+v", list)
	}
	sheet, err := w.tr.Sheet(ctx, w.mediator, w.doc, "it", 1)
	must(t, err)
	if sheet.Bill != (translate.Bill{Here: "0.01", Spent: "0.01", Budget: "5.00"}) {
		t.Errorf("the bill is %+v", sheet.Bill)
	}
}

// slowEnough is how long the program waits for a model that never answers: long enough that
// the question reaches it also on a busy machine.
const slowEnough = 500 * time.Millisecond

func TestEachTroubleLeavesTheSegmentsAsTheyWere(t *testing.T) {
	for _, c := range []struct {
		mode  modeltest.Mode
		kind  string
		tries int
	}{
		{modeltest.Slow, translate.TroubleSlow, 5}, {modeltest.TooMany, translate.TroubleBusy, 5}, {modeltest.Broken, translate.TroubleDown, 5},
		{modeltest.WrongCount, translate.TroubleShape, 2}, {modeltest.Twice, translate.TroubleShape, 2}, {modeltest.Blank, translate.TroubleEmpty, 2},
		{modeltest.Nothing, translate.TroubleEmpty, 2}, {modeltest.Refusing, translate.TroubleRefused, 1}, {modeltest.Chatting, translate.TroubleRefused, 1},
		{modeltest.WrongKey, translate.TroubleSetup, 1}, {modeltest.CutOff, translate.TroubleShape, 2}, {modeltest.HangsUp, translate.TroubleDown, 5},
	} {
		t.Run(string(c.mode), func(t *testing.T) {
			w := newWorld(t).withMachine(t, func(s *translate.Settings) {
				if c.mode == modeltest.Slow {
					s.Timeout = slowEnough
				}
			})
			w.open(t, small)
			w.model.Set(c.mode)
			must(t, w.tr.AskDraft(ctx, w.mediator, w.doc, "it"))
			for try := 1; try <= c.tries; try++ {
				w.work(t)
				p := w.progress(t)
				if got := len(w.model.Requests()); got != try {
					t.Fatalf("after try %d there were %d calls", try, got)
				}
				if try < c.tries && (!p.Waiting || len(p.Again) != 1 || p.Again[0] != c.kind) {
					t.Errorf("after try %d: %+v", try, p)
				}
				w.work(t) // not due yet
				w.Time.Advance(time.Hour)
			}
			w.work(t)
			if p := w.progress(t); p.Waiting || len(p.Given) != 1 || p.Given[0] != c.kind || len(w.model.Requests()) != c.tries {
				t.Errorf("at the end: %+v after %d calls", p, len(w.model.Requests()))
			}
			if got := w.states(t); got != "empty empty empty empty" {
				t.Errorf("the states are %s", got)
			}
			if logs := w.Logs.String(); strings.Contains(logs, w.model.Key) || strings.Contains(logs, "127.0.0.1") || !strings.Contains(logs, c.kind) {
				t.Errorf("the log holds %s", logs)
			}
			w.model.Set(modeltest.Good)
			w.draft(t)
			if got := w.states(t); got != "machine machine machine machine" {
				t.Errorf("asked again: %s", got)
			}
		})
	}
}

func TestAMachineThatIsBusySaysWhenToComeBack(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	w.open(t, small)
	w.model.RetryAfter = "3600"
	w.model.Set(modeltest.TooMany)
	w.draft(t)
	w.Time.Advance(30 * time.Minute)
	w.work(t)
	if n := len(w.model.Requests()); n != 1 {
		t.Errorf("%d calls before it is time", n)
	}
	w.model.Set(modeltest.Good)
	w.Time.Advance(31 * time.Minute)
	w.work(t)
	if p := w.progress(t); p.Waiting || p.Drafted != 4 {
		t.Errorf("got %+v", p)
	}
}

func TestNobodyHasToWaitForTheNextTry(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	w.open(t, small)
	w.model.RetryAfter = "3600"
	w.model.Set(modeltest.TooMany)
	w.draft(t)
	sheet, err := w.tr.Sheet(ctx, w.mediator, w.doc, "it", 1)
	must(t, err)
	if !sheet.Progress.Later || !sheet.MayAsk {
		t.Errorf("she cannot ask again: %+v, %+v", sheet.Progress, sheet.MayAsk)
	}
	w.save(t, w.second, 2, "Parole mie.")
	w.model.Set(modeltest.Broken)
	must(t, w.tr.AskDraft(ctx, w.mediator, w.doc, "it"))
	if p := w.progress(t); p.Later || !p.Waiting || p.Total != 3 || len(p.Again) > 0 {
		t.Errorf("asked anew: %+v", p)
	}
	refused(t, "ask while it works", w.tr.AskDraft(ctx, w.second, w.doc, "it"), fault.Conflict, "translate.draft.already")
	w.work(t)
	if p := w.progress(t); !p.Later || len(p.Again) != 1 || p.Again[0] != translate.TroubleDown {
		t.Errorf("the second trouble: %+v", p)
	}
	w.model.Set(modeltest.Good)
	w.draft(t)
	if got := w.states(t); got != "machine edited machine machine" || w.progress(t).Waiting {
		t.Errorf("the states are %s", got)
	}
	w.Time.Advance(24 * time.Hour)
	w.work(t) // the jobs of the tries that were replaced
	if n := len(w.model.Requests()); n != 3 || w.states(t) != "machine edited machine machine" {
		t.Errorf("%d calls, states %s", n, w.states(t))
	}
}

func TestANextTryIsNeverEarly(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	w.open(t, small)
	w.model.Set(modeltest.Broken)
	w.Time.Advance(50 * time.Second)
	w.draft(t)
	w.Time.Advance(55 * time.Second)
	w.work(t)
	if n := len(w.model.Requests()); n != 1 {
		t.Errorf("%d calls within a minute", n)
	}
	w.Time.Advance(time.Minute)
	w.work(t)
	if n := len(w.model.Requests()); n != 2 {
		t.Errorf("%d calls after two minutes", n)
	}
}

func TestWhatAPersonWroteMeanwhileIsNeverOverwritten(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	w.open(t, small)
	must(t, w.tr.AskDraft(ctx, w.mediator, w.doc, "it"))
	w.save(t, w.second, 2, "Parole mie.")
	w.work(t)
	if d := w.seg(t, 2); d.Line.Target.Words != "Parole mie." || d.Line.Target.Machine {
		t.Errorf("before the call: %+v", d.Line.Target)
	}
	// While the machine thinks, a person writes and another source comes.
	second := newWorld(t)
	during := drafterOf(func() {
		second.save(t, second.second, 2, "Parole mie.")
		second.source(t, strings.Replace(small, "Call 1522.", "Call 1523.", 1))
	})
	second.withMachine(t, func(s *translate.Settings) { s.Drafter = during })
	second.open(t, small)
	second.draft(t)
	if got := second.states(t); got != "machine edited empty machine" {
		t.Errorf("the states are %s", got)
	}
	if d := second.seg(t, 2); d.Line.Target.Words != "Parole mie." {
		t.Errorf("during the call: %+v", d.Line.Target)
	}
}

// drafter answers in the test itself, after something else has happened.
type drafter struct {
	once sync.Once
	do   func()
}

func drafterOf(do func()) *drafter { return &drafter{do: do} }

func (d *drafter) Draft(_ context.Context, ask translate.Ask) (translate.Answer, error) {
	d.once.Do(d.do)
	texts := make([]string, len(ask.Texts))
	for i := range texts {
		texts[i] = fmt.Sprintf("bozza %d", i)
	}
	return translate.Answer{Texts: texts, In: 100, Out: 100}, nil
}

func TestTheSameTextIsNotPaidForTwice(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	w.open(t, small)
	w.draft(t)
	for n := 1; n <= 4; n++ {
		w.save(t, w.mediator, n, "")
	}
	if got := w.states(t); got != "empty empty empty empty" {
		t.Fatalf("the states are %s", got)
	}
	w.draft(t)
	if n := len(w.model.Requests()); n != 1 || w.states(t) != "machine machine machine machine" {
		t.Errorf("%d calls for the same text, states %s", n, w.states(t))
	}
	w.save(t, w.mediator, 1, "")
	must(t, w.tr.KeepTerm(ctx, w.mediator, translate.TermRow{FromLang: "en", Lang: "it", Term: "rights", Preferred: "diritti"}))
	w.draft(t)
	if n := len(w.model.Requests()); n != 2 {
		t.Errorf("%d calls after the glossary changed, want 2", n)
	}
}

func TestTheBudgetOfTheMonthEndsTheCalls(t *testing.T) {
	w := newWorld(t).withMachine(t, func(s *translate.Settings) {
		s.PriceIn, s.PriceOut, s.Budget = decimal.NewFromInt(1000), decimal.NewFromInt(2000), decimal.RequireFromString("1.50")
	})
	w.open(t, small)
	w.draft(t) // 400 and 200 tokens: 0.80
	if p := w.progress(t); p.Drafted != 4 {
		t.Fatalf("the first: %+v", p)
	}
	other := store.NewID()
	must(t, w.Tx(ctx, func(tx *gorm.DB) error {
		return w.tr.SourceChanged(ctx, tx, other, translate.Document{Kind: "guide", Lang: "en", Text: strings.Repeat("Many words in a long text.\n\n", 60)})
	}))
	must(t, w.tr.Open(ctx, w.mediator, other, "it"))
	must(t, w.tr.AskDraft(ctx, w.mediator, other, "it"))
	w.work(t)
	sheet, err := w.tr.Sheet(ctx, w.mediator, other, "it", 1)
	must(t, err)
	if p := sheet.Progress; p == nil || p.Waiting || len(p.Given) != 1 || p.Given[0] != translate.TroubleBudget || len(w.model.Requests()) != 1 {
		t.Errorf("over the budget: %+v, %d calls", p, len(w.model.Requests()))
	}
	if sheet.Bill.Spent != "0.80" {
		t.Errorf("the bill is %+v", sheet.Bill)
	}
	w.Time.Advance(30 * 24 * time.Hour)
	if sheet, _ = w.tr.Sheet(ctx, w.mediator, other, "it", 1); sheet.Bill.Spent != "0.00" {
		t.Errorf("in the next month: %+v", sheet.Bill)
	}
}

func TestABudgetOfNothingAllowsWhatIsFree(t *testing.T) {
	none := func(price string) func(*translate.Settings) {
		return func(s *translate.Settings) {
			s.Budget, s.PriceIn, s.PriceOut = decimal.Zero, decimal.RequireFromString(price), decimal.Zero
		}
	}
	w := newWorld(t).withMachine(t, none("0"))
	w.open(t, small)
	w.draft(t)
	if p := w.progress(t); p.Drafted != 4 {
		t.Errorf("free: %+v", p)
	}
	w = newWorld(t).withMachine(t, none("0.01"))
	w.open(t, small)
	refused(t, "a cent", w.tr.AskDraft(ctx, w.mediator, w.doc, "it"), fault.Refused, "translate.trouble.budget")
}

func TestWithoutAMachineThereIsNone(t *testing.T) {
	w := newWorld(t)
	w.open(t, small)
	if err := w.tr.AskDraft(ctx, w.mediator, w.doc, "it"); !fault.Is(err, fault.NotFound) {
		t.Errorf("off: %v", err)
	}
	w.withMachine(t, func(s *translate.Settings) { s.Languages = []string{"fr"} })
	if err := w.tr.AskDraft(ctx, w.mediator, w.doc, "it"); !fault.Is(err, fault.NotFound) {
		t.Errorf("another language: %v", err)
	}
	w.withMachine(t, nil)
	must(t, w.tr.AskDraft(ctx, w.mediator, w.doc, "it"))
	w.withMachine(t, func(s *translate.Settings) { s.Languages = []string{"fr"} })
	w.work(t) // turned off while a batch waited
	w.withMachine(t, nil)
	if p := w.progress(t); p.Waiting || len(p.Given) != 1 || p.Given[0] != translate.TroubleOff {
		t.Errorf("turned off: %+v", p)
	}
}

func TestALongTextGoesOutInBatches(t *testing.T) {
	w := newWorld(t).withMachine(t, nil)
	var text strings.Builder
	for i := range 45 {
		fmt.Fprintf(&text, "Sentence number %d of this text.\n\n", i)
	}
	w.open(t, text.String())
	must(t, w.tr.AskDraft(ctx, w.mediator, w.doc, "it"))
	w.work(t)
	if n := len(w.model.Requests()); n != 3 {
		t.Errorf("%d questions for 45 segments, want 3", n)
	}
	if p := w.progress(t); p.Drafted != 45 || p.Total != 45 {
		t.Errorf("got %+v", p)
	}
	sheet, err := w.tr.Sheet(ctx, w.mediator, w.doc, "it", 9)
	must(t, err)
	if sheet.Page != 3 || len(sheet.Lines) != 5 || sheet.More {
		t.Errorf("the last page is %d with %d", sheet.Page, len(sheet.Lines))
	}
}
