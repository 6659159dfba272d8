package timesheet_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/timesheet"
)

// cut decides one line for fewer minutes.
func (w *world) cut(t *testing.T, who member.Actor, id store.ID, minutes int) {
	t.Helper()
	if err := w.work.Decide(context.Background(), who, id, timesheet.LineDecision{Minutes: minutes, Closings: 1, Reason: "The plum round was shorter."}); err != nil {
		t.Fatal(err)
	}
}

func TestSomebodyElseApprovesAndOnlyOnce(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	own := w.closed(t, w.second, 60)
	if err := w.work.Approve(ctx, w.second, own.ID, 1); !fault.Is(err, fault.Refused) {
		t.Errorf("she approves her own week: %v; want a refusal", err)
	}
	if err := w.work.Decide(ctx, w.second, own.Lines[0].ID, timesheet.LineDecision{Minutes: 60, Closings: 1}); !fault.Is(err, fault.Refused) {
		t.Errorf("she approves her own line: %v; want a refusal", err)
	}
	if err := w.work.Approve(ctx, w.first, own.ID, 1); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Pay(ctx, w.second, own.ID, timesheet.PayForm{Bundle: "typed", Reference: "2026-11", Amount: "10", Currency: "EUR", Minutes: 60}); !fault.Is(err, fault.Refused) {
		t.Errorf("she records her own pay: %v; want a refusal", err)
	}
	sheet := w.closed(t, w.peer, 60)
	if errs := atOnce(func(who member.Actor) error { return w.work.Approve(ctx, who, sheet.ID, 1) }, w.first, w.second); errs != "conflict " {
		t.Errorf("two approve at once: %q; want one conflict", errs)
	}
	w.pay.of[w.peer.Role.ID] = hourly("14.55", "EUR")
	form := w.payForm(t, w.first, sheet.ID, "2026-12")
	if errs := atOnce(func(who member.Actor) error { return w.work.Pay(ctx, who, sheet.ID, form) }, w.first, w.second); errs != "conflict " {
		t.Errorf("two pay at once: %q; want one conflict", errs)
	}
	if err := w.work.Reopen(ctx, w.peer, w.monday()); !fault.Is(err, fault.Conflict) {
		t.Errorf("reopening a paid week: %v; want a conflict", err)
	}
}

func TestACutLineHasAReasonAndFreezesOnlyItself(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("12", "EUR")
	sheet := w.closed(t, w.peer, 120, 60, 45)
	long := line(t, sheet, 120).ID
	for name, f := range map[string]timesheet.LineDecision{
		"without a reason": {Minutes: 60, Closings: 1, Reason: " "}, "more than she wrote": {Minutes: 121, Closings: 1}, "below nought": {Minutes: -1, Closings: 1, Reason: "x"},
	} {
		if err := w.work.Decide(ctx, w.first, long, f); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v; want a field to mend", name, err)
		}
	}
	w.cut(t, w.first, long, 60)
	if err := w.work.Approve(ctx, w.first, sheet.ID, 1); err != nil {
		t.Fatal(err)
	}
	read := line(t, w.week(t, w.peer), 120)
	if read.Reason != "The plum round was shorter." || !read.CanDispute(w.Today()) || *read.DisputeUntil != w.DayAfter(14) {
		t.Errorf("she reads %+v", read)
	}
	if err := w.work.Dispute(ctx, w.peer, long, " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("a dispute without words: %v; want a field to mend", err)
	}
	if err := w.work.Dispute(ctx, w.second, long, "Not mine."); !fault.Is(err, fault.NotFound) {
		t.Errorf("another disputes: %v; want that it does not exist", err)
	}
	if err := w.work.Dispute(ctx, w.peer, long, "The ochre notes say two hours."); err != nil {
		t.Fatal(err)
	}
	form := w.payForm(t, w.first, sheet.ID, "2026-13")
	if form.Minutes != 105 || form.Sum != "21.00" {
		t.Errorf("the rest of the week: %+v; want 105 minutes and 21.00", form)
	}
	if err := w.work.Pay(ctx, w.first, sheet.ID, form); err != nil {
		t.Fatalf("pay the rest: %v", err)
	}
	if state := w.week(t, w.peer).Standing(w.Today()); state != timesheet.Disputed {
		t.Errorf("the week stands as %s", state)
	}
	if err := w.work.Settle(ctx, w.first, long, timesheet.LineDecision{Minutes: 120}); !fault.Is(err, fault.Refused) {
		t.Errorf("the one who cut settles: %v; want a refusal", err)
	}
	if err := w.work.Settle(ctx, w.second, long, timesheet.LineDecision{Minutes: 30, Reason: "Less."}); !fault.Is(err, fault.Invalid) {
		t.Errorf("settling for less than before: %v; want a field to mend", err)
	}
	if err := w.work.Settle(ctx, w.second, long, timesheet.LineDecision{Minutes: 90, Reason: "We counted again."}); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Settle(ctx, w.second, long, timesheet.LineDecision{Minutes: 120}); !fault.Is(err, fault.Conflict) {
		t.Errorf("settling twice: %v; want a conflict", err)
	}
	if err := w.work.Dispute(ctx, w.peer, long, "Again."); !fault.Is(err, fault.Refused) {
		t.Errorf("a second dispute: %v; want a refusal", err)
	}
	form = w.payForm(t, w.second, sheet.ID, "2026-14")
	if form.Minutes != 90 || form.Sum != "18.00" {
		t.Errorf("what was settled: %+v; want 90 minutes and 18.00", form)
	}
	if err := w.work.Pay(ctx, w.second, sheet.ID, form); err != nil {
		t.Errorf("pay after the dispute: %v", err)
	}
	if got := w.week(t, w.peer); got.Standing(w.Today()) != timesheet.Paid || len(got.Payments) != 2 {
		t.Errorf("in the end: %s, %d payments", got.Standing(w.Today()), len(got.Payments))
	}
	if dump := w.Dump(t); strings.Contains(dump, "plum round") || strings.Contains(dump, "ochre notes") || strings.Contains(dump, "counted again") {
		t.Error("a reason or a dispute is readable in a stolen database")
	}
}

func TestTheOneWhoCutSettlesWhereThereIsNobodyElse(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	sheet := w.closed(t, w.second, 120) // besides her there is one coordinator
	w.cut(t, w.first, sheet.Lines[0].ID, 60)
	if err := w.work.Dispute(ctx, w.second, sheet.Lines[0].ID, "It was longer."); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Settle(ctx, w.first, sheet.Lines[0].ID, timesheet.LineDecision{Minutes: 120}); err != nil {
		t.Errorf("the only one left: %v", err)
	}
}

func TestADisputeIsOverAfterItsDayAndPayGoesOn(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("10", "EUR")
	sheet := w.closed(t, w.peer, 120)
	id := sheet.Lines[0].ID
	w.cut(t, w.first, id, 60)
	if form := w.payForm(t, w.first, sheet.ID, "2026-13"); form.Minutes != 0 {
		t.Errorf("what she may still dispute can be paid: %+v", form)
	}
	w.Time.Advance(15 * 24 * time.Hour)
	if err := w.work.Dispute(ctx, w.peer, id, "Too late."); !fault.Is(err, fault.Refused) {
		t.Errorf("a late dispute: %v; want a refusal", err)
	}
	if err := w.work.Accept(ctx, w.peer, id); !fault.Is(err, fault.Refused) {
		t.Errorf("a late answer: %v; want a refusal", err)
	}
	form := timesheet.PayForm{Bundle: "EUR", Reference: "2026-14", Minutes: 60, Sum: "10.00"}
	if err := w.work.Pay(ctx, w.first, sheet.ID, form); err != nil {
		t.Errorf("pay after the day: %v", err)
	}
}

func TestSheAcceptsACutAndIsPaidAtOnce(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("10", "EUR")
	sheet := w.closed(t, w.peer, 120)
	w.cut(t, w.first, sheet.Lines[0].ID, 60)
	if err := w.work.Accept(ctx, w.peer, sheet.Lines[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Pay(ctx, w.first, sheet.ID, w.payForm(t, w.first, sheet.ID, "2026-15")); err != nil {
		t.Errorf("pay: %v", err)
	}
}

func TestAVolunteersWeekIsFinishedWithoutPay(t *testing.T) {
	for _, kind := range []string{"volunteer", "voucher", "reimbursement"} {
		w, ctx := newWorld(t), context.Background()
		terms := hourly("5", "EUR")
		terms.Kind = kind
		w.pay.of[w.peer.Role.ID] = terms
		sheet := w.closed(t, w.peer, 120)
		w.Time.Advance(4 * 24 * time.Hour)
		if err := w.work.Approve(ctx, w.first, sheet.ID, 1); err != nil {
			t.Fatal(err)
		}
		weeks, err := w.work.MyWeeks(ctx, w.peer)
		if err != nil || weeks[0].Standing != timesheet.Done || weeks[0].Counted || !weeks[0].Settled {
			t.Errorf("%s: %+v, %v; want it done, and no days counted", kind, weeks, err)
		}
		if waiting, err := w.work.WaitingWeeks(ctx, w.first); err != nil || len(waiting) != 0 {
			t.Errorf("%s: %d weeks wait, %v", kind, len(waiting), err)
		}
	}
}

func TestRolesAndVerbs(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("10", "EUR")
	sheet := w.closed(t, w.peer, 120, 60)
	one, month := sheet.Lines[0].ID, "2026-02"
	verbs := map[string]func(member.Actor) error{
		"read the week": func(who member.Actor) error { _, err := w.work.WeekOf(ctx, who, sheet.ID); return err },
		"read the line": func(who member.Actor) error { _, _, err := w.work.LineOf(ctx, who, one); return err },
		"approve":       func(who member.Actor) error { return w.work.Approve(ctx, who, sheet.ID, 1) },
		"decide": func(who member.Actor) error {
			return w.work.Decide(ctx, who, one, timesheet.LineDecision{Minutes: 1, Closings: 1, Reason: "x"})
		},
		"settle": func(who member.Actor) error {
			return w.work.Settle(ctx, who, one, timesheet.LineDecision{Minutes: 120})
		},
		"pay": func(who member.Actor) error {
			return w.work.Pay(ctx, who, sheet.ID, timesheet.PayForm{Bundle: "EUR", Reference: "1"})
		},
		"lock":         func(who member.Actor) error { return w.work.Lock(ctx, who, month, true) },
		"unlock":       func(who member.Actor) error { return w.work.Unlock(ctx, who, month, "x") },
		"list months":  func(who member.Actor) error { _, err := w.work.Months(ctx, who); return err },
		"list weeks":   func(who member.Actor) error { _, err := w.work.WaitingWeeks(ctx, who); return err },
		"the pay file": func(who member.Actor) error { _, err := w.work.PayOf(ctx, who, month); return err },
		"my week":      func(who member.Actor) error { _, err := w.work.MyWeek(ctx, who, w.monday()); return err },
		"my weeks":     func(who member.Actor) error { _, err := w.work.MyWeeks(ctx, who); return err },
		"my statement": func(who member.Actor) error { _, err := w.work.StatementOf(ctx, who, w.Today(), w.Today()); return err },
		"add a line": func(who member.Actor) error {
			return w.work.AddLine(ctx, who, w.monday(), timesheet.LineForm{Day: w.Today(), Kind: "forum", Minutes: 1})
		},
		"take":            func(who member.Actor) error { return w.work.Take(ctx, who, w.monday(), nil) },
		"hand in":         func(who member.Actor) error { return w.work.Close(ctx, who, w.monday()) },
		"take back":       func(who member.Actor) error { return w.work.Reopen(ctx, who, w.monday()) },
		"dispute":         func(who member.Actor) error { return w.work.Dispute(ctx, who, one, "x") },
		"accept":          func(who member.Actor) error { return w.work.Accept(ctx, who, one) },
		"the days to pay": func(who member.Actor) error { _, err := w.work.PaceOf(ctx, who); return err },
	}
	coordinators := []string{"read the week", "read the line", "approve", "decide", "settle", "pay", "lock", "unlock", "list months", "list weeks", "the pay file"}
	people := map[string]member.Actor{"a visitor": {}, "a member": w.Join(t, w.members), "a moderator": w.hire(t, "faro", member.RoleModerator), "another peer": w.hire(t, "ponte", member.RolePeer)}
	for name, who := range people {
		for verb, do := range verbs {
			own := strings.HasPrefix(verb, "my ") || verb == "add a line" || verb == "take" || verb == "hand in" || verb == "take back" || verb == "the days to pay"
			if name == "another peer" && own {
				continue // hers, about her own week
			}
			if err := do(who); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s: got %v; want that it does not exist", name, verb, err)
			}
		}
	}
	for _, verb := range coordinators {
		if err := verbs[verb](w.peer); !fault.Is(err, fault.NotFound) {
			t.Errorf("the peer, %s: got %v; want that it does not exist", verb, err)
		}
	}
	for verb, do := range verbs {
		if strings.HasPrefix(verb, "my ") || verb == "dispute" || verb == "accept" || verb == "hand in" || verb == "take back" || verb == "take" || verb == "add a line" {
			if err := do(w.first); !fault.Is(err, fault.NotFound) {
				t.Errorf("a coordinator who is no peer, %s: got %v; want that it does not exist", verb, err)
			}
		}
	}
	if got := w.week(t, w.peer); got.Standing(w.Today()) != timesheet.Closed || len(got.Lines) != 2 {
		t.Errorf("something has changed: %+v", got)
	}
}
