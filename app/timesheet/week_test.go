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

func TestAWeekGoesFromHerHandsToHerPay(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("14.55", "EUR")
	w.hours.list[w.peer.Role.ID] = []timesheet.Proposal{
		{Source: "supervision/one", Day: w.Today(), Kind: "supervision", Minutes: 50},
		{Source: "supervision/old", Day: w.DayAfter(-30), Kind: "supervision", Minutes: 50},
		{Source: "supervision/odd", Day: w.Today(), Kind: "leisure", Minutes: 50},
	}
	sheet := w.week(t, w.peer)
	if len(sheet.Proposals) != 1 || sheet.State != timesheet.Open || sheet.Monday != "2026-03-02" || sheet.Sunday != "2026-03-08" {
		t.Fatalf("the empty week: %+v", sheet)
	}
	for range 2 {
		if err := w.work.Take(ctx, w.peer, w.monday(), []string{"supervision/one", "supervision/forged"}); err != nil {
			t.Fatal(err)
		}
	}
	sheet = w.closed(t, w.peer, 70)
	id := sheet.ID
	if sheet.Minutes != 120 || len(sheet.Lines) != 2 || len(sheet.Proposals) != 0 || sheet.Standing(w.Today()) != timesheet.Closed || sheet.Closings != 1 {
		t.Errorf("the closed week: %+v", sheet)
	}
	if err := w.work.AddLine(ctx, w.peer, w.monday(), timesheet.LineForm{Day: w.Today(), Kind: "travel", Minutes: 5}); !fault.Is(err, fault.Refused) {
		t.Errorf("a line in a closed week: %v; want a refusal", err)
	}
	if err := w.work.Close(ctx, w.peer, w.monday()); !fault.Is(err, fault.Refused) {
		t.Errorf("closing twice: %v; want a refusal", err)
	}
	if err := w.work.Pay(ctx, w.first, id, timesheet.PayForm{Bundle: "EUR", Reference: "2026-10", Minutes: 120, Sum: "29.10"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("pay before approval: %v; want a conflict", err)
	}
	w.Time.Advance(3 * 24 * time.Hour)
	if err := w.work.Approve(ctx, w.first, id, 1); err != nil {
		t.Fatal(err)
	}
	form := w.payForm(t, w.first, id, "")
	if form.Sum != "29.10" || form.Minutes != 120 { // 12.125 and 16.975, each rounded half to even
		t.Errorf("the payment would be %+v; want 29.10 for 120 minutes", form)
	}
	for _, reference := range []string{"", "peer work in March", "Portico", "<b>1</b>", strings.Repeat("1", 50)} {
		form.Reference = reference
		if err := w.work.Pay(ctx, w.first, id, form); !fault.Is(err, fault.Invalid) {
			t.Errorf("the reference %q: %v; want a field to mend", reference, err)
		}
	}
	form.Reference = "٢٠٢٦-10"
	if err := w.work.Pay(ctx, w.first, id, form); err != nil {
		t.Fatal(err)
	}
	weeks, err := w.work.MyWeeks(ctx, w.peer)
	if err != nil || len(weeks) != 1 || weeks[0].Standing != timesheet.Paid || weeks[0].Days != 3 || !weeks[0].Counted || !weeks[0].Settled {
		t.Fatalf("her weeks: %+v, %v", weeks, err)
	}
	if sheet, err = w.work.MyWeek(ctx, w.peer, "2026-03-02"); err != nil {
		t.Fatal(err)
	}
	if len(sheet.Payments) != 1 || sheet.Payments[0].Reference != "2026-10" || !sheet.Payments[0].Known || sheet.Payments[0].Sum.StringFixed(2) != "29.10" {
		t.Errorf("her payments: %+v", sheet.Payments)
	}
	dump := w.Dump(t)
	if strings.Contains(dump, "cobalt") || strings.Contains(dump, "29.10") || strings.Contains(dump, "14.55") {
		t.Error("a note or an amount is readable in a stolen database")
	}
}

func TestALineIsCheckedFieldByField(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.add(t, w.peer, 1000)
	for _, c := range []struct {
		name  string
		alter func(*timesheet.LineForm)
		field string
	}{
		{"a day of another week", func(f *timesheet.LineForm) { f.Day = w.DayAfter(-20) }, "day"},
		{"no day", func(f *timesheet.LineForm) { f.Day = "" }, "day"},
		{"an unknown kind", func(f *timesheet.LineForm) { f.Kind = "sleep" }, "kind"},
		{"no minutes", func(f *timesheet.LineForm) { f.Minutes = 0 }, "minutes"},
		{"minutes below zero", func(f *timesheet.LineForm) { f.Minutes = -60 }, "minutes"},
		{"more than a day", func(f *timesheet.LineForm) { f.Minutes = 1441 }, "minutes"},
		{"more than a day in two lines", func(f *timesheet.LineForm) { f.Minutes = 441 }, "minutes"},
		{"too many words", func(f *timesheet.LineForm) { f.Note = strings.Repeat("a", timesheet.LongestWords+1) }, "note"},
	} {
		f := timesheet.LineForm{Day: w.Today(), Kind: "forum", Minutes: 60}
		c.alter(&f)
		err := w.work.AddLine(ctx, w.peer, w.monday(), f)
		if e := fault.As(err); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != c.field {
			t.Errorf("%s: got %v; want the field %s to mend", c.name, err, c.field)
		}
	}
	for _, monday := range []string{"2026-03-03", "2020-01-06", "2027-01-04", "soon", ""} {
		if _, err := w.work.MyWeek(ctx, w.peer, monday); !fault.Is(err, fault.NotFound) {
			t.Errorf("the week %q: %v; want that it does not exist", monday, err)
		}
	}
	f := timesheet.LineForm{Day: w.Today(), Kind: "forum", Minutes: 60, Nonce: "one"}
	for range 2 {
		if err := w.work.AddLine(ctx, w.peer, w.monday(), f); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.week(t, w.peer).Minutes; got != 1060 {
		t.Errorf("the same form twice: %d minutes, want 1060", got)
	}
}

func TestTheDayIsFullAlsoWhenTwoLinesComeAtOnce(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.add(t, w.peer, 700)
	errs := atOnce(func(who member.Actor) error {
		err := w.work.AddLine(ctx, who, w.monday(), timesheet.LineForm{Day: w.Today(), Kind: "forum", Minutes: 700})
		if fault.Is(err, fault.Invalid) {
			return fault.New(fault.Conflict, "full")
		}
		return err
	}, w.peer, w.peer)
	if got := w.week(t, w.peer).Minutes; errs != "conflict " || got != 1400 {
		t.Errorf("%q and %d minutes; want one line too many and 1400", errs, got)
	}
}

func TestAnOpenWeekIsHersAlone(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.add(t, w.peer, 60)
	if _, err := w.work.WeekOf(ctx, w.first, w.week(t, w.peer).ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("the coordinator reads an open week: %v; want that it does not exist", err)
	}
	if err := w.work.Close(ctx, w.second, w.monday()); !fault.Is(err, fault.Refused) {
		t.Errorf("closing an empty week: %v; want a refusal", err)
	}
	one := w.week(t, w.peer).Lines[0].ID
	if err := w.work.RemoveLine(ctx, w.second, w.monday(), one); !fault.Is(err, fault.NotFound) {
		t.Errorf("another removes her line: %v; want that it does not exist", err)
	}
	if err := w.work.RemoveLine(ctx, w.peer, w.monday(), one); err != nil {
		t.Fatal(err)
	}
	before := w.closed(t, w.peer, 30)
	if err := w.work.Reopen(ctx, w.peer, w.monday()); err != nil {
		t.Fatal(err)
	}
	decide := timesheet.LineDecision{Minutes: 30, Closings: before.Closings}
	if err := w.work.Approve(ctx, w.first, before.ID, before.Closings); !fault.Is(err, fault.NotFound) {
		t.Errorf("deciding after it was taken back: %v; want that it does not exist", err)
	}
	w.closed(t, w.peer, 30)
	if err := w.work.Approve(ctx, w.first, before.ID, before.Closings); !fault.Is(err, fault.Conflict) {
		t.Errorf("approving what has changed meanwhile: %v; want a conflict", err)
	}
	if err := w.work.Decide(ctx, w.first, before.Lines[0].ID, decide); !fault.Is(err, fault.Conflict) {
		t.Errorf("deciding a line of what has changed meanwhile: %v; want a conflict", err)
	}
}

func TestAClockThatWentBackChangesNothing(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("10", "EUR")
	sheet := w.closed(t, w.peer, 60)
	w.Time.Advance(-5 * 24 * time.Hour)
	if err := w.work.Approve(ctx, w.first, sheet.ID, 1); !fault.Is(err, fault.Refused) {
		t.Errorf("approving before the day of closing: %v; want a refusal", err)
	}
	w.Time.Advance(5 * 24 * time.Hour)
	if err := w.work.Approve(ctx, w.first, sheet.ID, 1); err != nil {
		t.Errorf("approving once the clock is right: %v", err)
	}
}
