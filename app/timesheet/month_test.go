package timesheet_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/timesheet"
)

// span is a week that lies in February and in March 2026, with an hour on each side.
const span = "2026-02-23"

func (w *world) spanning(t *testing.T) timesheet.Sheet {
	t.Helper()
	ctx := context.Background()
	for _, day := range []string{"2026-02-26", "2026-03-01"} {
		if err := w.work.AddLine(ctx, w.peer, span, timesheet.LineForm{Day: day, Kind: "forum", Minutes: 60}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.work.Close(ctx, w.peer, span); err != nil {
		t.Fatal(err)
	}
	sheet, err := w.work.MyWeek(ctx, w.peer, span)
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

func TestNothingMovesInALockedMonth(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("10", "EUR")
	if err := w.work.AddLine(ctx, w.peer, "2026-02-16", timesheet.LineForm{Day: "2026-02-17", Kind: "forum", Minutes: 60}); err != nil {
		t.Fatal(err)
	}
	sheet := w.spanning(t)
	if err := w.work.Lock(ctx, w.first, "2026-02", false); !fault.Is(err, fault.Invalid) {
		t.Errorf("locking over work that waits: %v; want a tick to set", err)
	}
	if err := w.work.Lock(ctx, w.first, "2026-02", true); err != nil {
		t.Fatal(err)
	}
	old, err := w.work.MyWeek(ctx, w.peer, "2026-02-16")
	if err != nil {
		t.Fatal(err)
	}
	field := func(err error) bool {
		e := fault.As(err)
		return e != nil && e.Kind == fault.Invalid && e.Fields[0].Name == "day"
	}
	if err := w.work.AddLine(ctx, w.peer, "2026-02-16", timesheet.LineForm{Day: "2026-02-18", Kind: "forum", Minutes: 5}); !field(err) {
		t.Errorf("adding: %v; want the day to mend", err)
	}
	for name, err := range map[string]error{
		"removing":        w.work.RemoveLine(ctx, w.peer, "2026-02-16", old.Lines[0].ID),
		"closing":         w.work.Close(ctx, w.peer, "2026-02-16"),
		"taking back":     w.work.Reopen(ctx, w.peer, span),
		"deciding a line": w.work.Decide(ctx, w.first, sheet.Lines[0].ID, timesheet.LineDecision{Minutes: 60, Closings: 1}),
	} {
		if e := fault.As(err); e == nil || e.Kind != fault.Refused || e.Key != "timesheet.month.locked" {
			t.Errorf("%s in a locked month: %v; want the refusal that says what to do", name, err)
		}
	}
	if err := w.work.Approve(ctx, w.first, sheet.ID, 1); err != nil {
		t.Fatalf("approving the other half: %v", err)
	}
	now, _ := w.work.MyWeek(ctx, w.peer, span)
	if now.Lines[0].State != timesheet.Closed || now.Lines[1].State != timesheet.Approved || len(now.Locked) != 1 {
		t.Errorf("the halves are %s and %s, locked %v", now.Lines[0].State, now.Lines[1].State, now.Locked)
	}
	if err := w.work.Approve(ctx, w.first, sheet.ID, 1); !fault.Is(err, fault.Refused) {
		t.Errorf("approving only what is locked: %v; want a refusal", err)
	}
	form := w.payForm(t, w.first, sheet.ID, "7")
	if form.Minutes != 60 {
		t.Errorf("the payment is for %d minutes, want 60", form.Minutes)
	}
	if err := w.work.Pay(ctx, w.first, sheet.ID, form); err != nil {
		t.Error(err)
	}
}

func TestAMonthIsLockedAndOpenedByTwoPeople(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.spanning(t)
	for name, c := range map[string]struct {
		month string
		kind  fault.Kind
	}{"the present month": {"2026-03", fault.Refused}, "a month to come": {"2027-01", fault.Refused}, "no month": {"2026-13", fault.NotFound}, "words": {"soon", fault.NotFound}} {
		if err := w.work.Lock(ctx, w.first, c.month, true); !fault.Is(err, c.kind) {
			t.Errorf("locking %s: %v", name, err)
		}
	}
	if err := w.work.Lock(ctx, w.first, "2026-02", true); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Lock(ctx, w.second, "2026-02", true); !fault.Is(err, fault.Conflict) {
		t.Errorf("locking twice: %v; want a conflict", err)
	}
	if err := w.work.Unlock(ctx, w.first, "2026-02", "I forgot one."); !fault.Is(err, fault.Refused) {
		t.Errorf("the one who locked opens: %v; want a refusal", err)
	}
	if err := w.work.Unlock(ctx, w.second, "2026-02", " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("opening without a reason: %v; want a field to mend", err)
	}
	if err := w.work.Unlock(ctx, w.second, "2026-02", "A saffron night was missing."); err != nil {
		t.Fatal(err)
	}
	months, err := w.work.Months(ctx, w.first)
	if err != nil || len(months) != 1 || months[0].State != timesheet.Open || months[0].Reason != "A saffron night was missing." || months[0].Waiting != 1 {
		t.Errorf("the months: %+v, %v", months, err)
	}
	if err := w.work.Unlock(ctx, w.second, "2026-02", "Again."); !fault.Is(err, fault.Conflict) {
		t.Errorf("opening twice: %v; want a conflict", err)
	}
	if strings.Contains(w.Dump(t), "saffron") {
		t.Error("the reason is readable in a stolen database")
	}
	var noted int64
	if err := w.DB.DB.Table("audit_rows").Where("matter LIKE ?", `%lock","month":"2026-02"%`).Count(&noted).Error; err != nil || noted != 2 {
		t.Errorf("%d rows in the audit log, %v; want both", noted, err)
	}
}

func TestHerAnswerIsNotStoppedByALock(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	sheet := w.spanning(t)
	w.cut(t, w.first, sheet.Lines[0].ID, 10)
	if err := w.work.Lock(ctx, w.first, "2026-02", true); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Dispute(ctx, w.peer, sheet.Lines[0].ID, "It was an hour."); err != nil {
		t.Errorf("disputing in a locked month: %v", err)
	}
}

func TestThePaceNeedsEnoughWeeksAndPeople(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	third, fourth := w.hire(t, "ponte", member.RolePeer), w.hire(t, "riva", member.RolePeer)
	weeks := []int{4, 3, 3}
	for i, actor := range []member.Actor{w.peer, third, fourth} {
		w.pay.of[actor.Role.ID] = hourly("10", "EUR")
		for n := range weeks[i] {
			monday := timesheet.MondayOf(w.DayAfter(-7 * (n + 1)))
			if err := w.work.AddLine(ctx, actor, monday, timesheet.LineForm{Day: monday, Kind: "forum", Minutes: 60}); err != nil {
				t.Fatal(err)
			}
			if err := w.work.Close(ctx, actor, monday); err != nil {
				t.Fatal(err)
			}
		}
	}
	w.Time.Advance(6 * 24 * time.Hour)
	waiting, err := w.work.WaitingWeeks(ctx, w.first)
	if err != nil || len(waiting) != 10 {
		t.Fatalf("%d weeks wait, %v", len(waiting), err)
	}
	for i, one := range waiting {
		if pace, err := w.work.PaceOf(ctx, w.peer); err != nil || pace.Enough {
			t.Errorf("after %d weeks: %+v, %v; want too few to say", i, pace, err)
		}
		if err := w.work.Approve(ctx, w.first, one.ID, 1); err != nil {
			t.Fatal(err)
		}
		if err := w.work.Pay(ctx, w.first, one.ID, timesheet.PayForm{Bundle: "EUR", Reference: "1", Minutes: 60, Sum: "10.00"}); err != nil {
			t.Fatal(err)
		}
	}
	if pace, err := w.work.PaceOf(ctx, w.peer); err != nil || !pace.Enough || pace.Median != 6 || pace.Longest != 6 {
		t.Errorf("got %+v, %v; want a median of 6 days", pace, err)
	}
	w.Time.Advance(91 * 24 * time.Hour)
	if pace, err := w.work.PaceOf(ctx, w.peer); err != nil || pace.Enough {
		t.Errorf("a season later: %+v, %v; want too few to say", pace, err)
	}
}
