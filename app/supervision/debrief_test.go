package supervision_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
)

// flag says that something heavy happened and returns what is owed then.
func (w *world) flag(t *testing.T, who member.Actor, f supervision.FlagForm) store.ID {
	t.Helper()
	made, err := w.sup.Flag(context.Background(), who, f)
	if err != nil || !made.Stored {
		t.Fatalf("flag: %v, stored %v", err, made.Stored)
	}
	return made.ID
}

// owedTo is what stands on somebody's own page.
func (w *world) owedTo(t *testing.T, who member.Actor) supervision.Due {
	t.Helper()
	due, err := w.sup.MyDue(context.Background(), who)
	if err != nil {
		t.Fatal(err)
	}
	return due
}

func (w *world) owes(t *testing.T) supervision.Due {
	t.Helper()
	due, err := w.sup.Owed(context.Background(), w.coordinator)
	if err != nil {
		t.Fatal(err)
	}
	return due
}

func TestADebriefIsTheOrganisationsDutyForThreeDays(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.flag(t, w.peer, supervision.FlagForm{Nonce: "a"})
	for _, again := range []supervision.FlagForm{{Nonce: "a"}, {Nonce: "b"}, {Nonce: "a", Words: "The paper boat."}} {
		w.flag(t, w.peer, again)
	}
	for _, c := range []struct {
		name   string
		move   time.Duration
		missed bool
	}{
		{"the day itself", 0, false},
		{"the clock set back by a day", -24 * time.Hour, false},
		{"the third day", 4 * 24 * time.Hour, false},
		{"the fourth day", 24 * time.Hour, true},
		{"the clock set back again", -24 * time.Hour, false},
		{"the clock set forward by years", 900 * 24 * time.Hour, true},
	} {
		w.Time.Advance(c.move)
		mine, all := w.owedTo(t, w.peer), w.owes(t)
		if len(mine.Debriefs) != 1 || mine.Debriefs[0].Missed != c.missed || len(all.Debriefs) != 1 || all.Debriefs[0].Missed != c.missed {
			t.Errorf("%s: she sees %+v, the coordinator %+v; want one, missed %v", c.name, mine.Debriefs, all.Debriefs, c.missed)
		}
	}
	for range 2 { // pressed twice
		if err := w.sup.HoldDebrief(ctx, w.peer, id); err != nil {
			t.Fatal(err)
		}
	}
	if len(w.owedTo(t, w.peer).Debriefs)+len(w.owes(t).Debriefs) != 0 {
		t.Error("it is still owed after she said that it took place")
	}
}

func TestADebriefHeldUnderAClockThatWasSetBack(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.flag(t, w.peer, supervision.FlagForm{})
	flagged := w.Today()
	w.Time.Advance(-48 * time.Hour)
	if err := w.sup.HoldDebrief(ctx, w.peer, id); err != nil {
		t.Fatal(err)
	}
	if d, _, err := w.sup.ReadDebrief(ctx, w.peer, id); err != nil || d.Held != flagged {
		t.Errorf("held on %q, %v; want not before the day %s", d.Held, err, flagged)
	}
	w.flag(t, w.peer, supervision.FlagForm{})
	w.Time.Advance(48 * time.Hour)
	w.flag(t, w.peer, supervision.FlagForm{}) // the day that has one already
	if n := len(w.owedTo(t, w.peer).Debriefs); n != 1 {
		t.Errorf("%d debriefs are owed; want the one of the other day", n)
	}
}

func TestAConversationHoldsADebrief(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	relation := w.open(t)
	w.write(t, relation) // of the same day, and so it may be the one
	early := w.flag(t, w.supervisor, supervision.FlagForm{})
	if len(w.owedTo(t, w.supervisor).Debriefs) != 1 {
		t.Error("a supervisor's debrief is held by a conversation that she gave to somebody else")
	}
	if err := w.sup.HoldDebrief(ctx, w.supervisor, early); err != nil {
		t.Fatal(err)
	}
	w.Time.Advance(24 * time.Hour)
	id := w.flag(t, w.peer, supervision.FlagForm{})
	if len(w.owedTo(t, w.peer).Debriefs) != 1 {
		t.Error("a conversation of the day before holds it")
	}
	w.Time.Advance(10 * 24 * time.Hour)
	entry := w.write(t, relation)
	if d, _, err := w.sup.ReadDebrief(ctx, w.peer, id); err != nil || d.Held != w.Today() || d.Missed {
		t.Errorf("got %+v, %v; want that the conversation of today holds it", d, err)
	}
	w.sign(t, w.supervisor, entry, supervision.SignForm{Verdict: supervision.Decline, Words: "It was not so."})
	if len(w.owedTo(t, w.peer).Debriefs) != 1 {
		t.Error("a conversation that was not agreed on holds it")
	}
}

func TestWhatWasHeavyIsReadByHerAndWhomSheTells(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.company(t)
	if _, err := w.sup.Flag(ctx, w.peer, supervision.FlagForm{Told: w.supervisor.Role.ID}); fault.As(err) == nil || fault.As(err).Fields[0].Name != "told" {
		t.Errorf("telling somebody who does not supervise her: %v", err)
	}
	w.open(t)
	told := w.flag(t, w.peer, supervision.FlagForm{Words: "The paper boat sank.", Told: w.supervisor.Role.ID, Nonce: "one"})
	if _, err := w.sup.Flag(ctx, w.peer, supervision.FlagForm{Words: "Other words.", Nonce: "two"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("other words on the same day: %v; want a conflict that gives them back", err)
	}
	for _, who := range []member.Actor{w.peer, w.supervisor} {
		if d, words, err := w.sup.ReadDebrief(ctx, who, told); err != nil || words != "The paper boat sank." || d.Handle != "lampione" {
			t.Errorf("%s reads %q of %+v, %v", who.Role.Handle, words, d, err)
		}
	}
	if n := len(w.owedTo(t, w.supervisor).Told); n != 1 {
		t.Errorf("the supervisor sees %d people who told her; want one", n)
	}
	if err := w.sup.HoldDebrief(ctx, w.supervisor, told); !fault.Is(err, fault.NotFound) {
		t.Errorf("the supervisor says that it took place: %v; want that only she can", err)
	}
	w.Time.Advance(24 * time.Hour)
	alone := w.flag(t, w.peer, supervision.FlagForm{Words: "For me alone, the marble stair."})
	if _, _, err := w.sup.ReadDebrief(ctx, w.supervisor, alone); !fault.Is(err, fault.NotFound) {
		t.Errorf("the supervisor opens what she was not told: %v", err)
	}
	for _, d := range w.owes(t).Debriefs {
		if !d.WordsID.IsZero() || !d.ToldID.IsZero() || d.Told != "" {
			t.Errorf("the coordinator sees more than that it is owed: %+v", d)
		}
		if _, words, err := w.sup.ReadDebrief(ctx, w.coordinator, d.ID); !fault.Is(err, fault.NotFound) || words != "" {
			t.Errorf("the coordinator opens %q, %v", words, err)
		}
	}
	dump := w.Dump(t)
	if strings.Contains(dump, "paper boat") || strings.Contains(dump, "marble stair") || !strings.Contains(dump, "girasole") {
		t.Error("her words are readable in a stolen database, or the dump proves nothing")
	}
	if err := w.Tx(ctx, func(tx *gorm.DB) error { return w.sup.EraseDuties(ctx, tx, w.peer, false) }); err != nil {
		t.Fatal(err)
	}
	var left int64
	if err := w.DB.DB.Table("sealed").Where("kind = 'supervision debrief'").Count(&left).Error; err != nil || left != 0 {
		t.Errorf("%d sealed words are left, %v", left, err)
	}
	if len(w.owes(t).Debriefs) != 0 {
		t.Error("what she flagged stayed after she deleted her account")
	}
}

func TestTwoPressesAtOnceFlagOnce(t *testing.T) {
	w := newWorld(t)
	var both sync.WaitGroup
	for range 4 {
		both.Go(func() {
			if _, err := w.sup.Flag(context.Background(), w.peer, supervision.FlagForm{Nonce: "same"}); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if n := len(w.owedTo(t, w.peer).Debriefs); n != 1 {
		t.Errorf("%d debriefs; want one", n)
	}
}

func TestHeavyWordsAreScreenedForHerAlone(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	f := supervision.FlagForm{Words: "She lives at +39 333 12 34 567."}
	if made, err := w.sup.Flag(ctx, w.peer, f); err != nil || made.Stored || len(made.Verdict.Findings) == 0 {
		t.Errorf("stored %v, %v; want the words shown first", made.Stored, err)
	}
	f.Words = strings.Repeat("ж", supervision.LongestWords+1)
	if _, err := w.sup.Flag(ctx, w.peer, f); fault.As(err) == nil || fault.As(err).Fields[0].Name != "words" {
		t.Errorf("too many words: %v", err)
	}
	if len(w.owedTo(t, w.peer).Debriefs) != 0 {
		t.Error("something was stored")
	}
}
