package peerwork_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/store"
)

func (w *world) add(t *testing.T, who member.Actor, minutes int) {
	t.Helper()
	if err := w.work.AddLine(context.Background(), who, w.monday(), peerwork.LineForm{Day: w.Today(), Kind: "outreach", Minutes: minutes, Note: "The cobalt bridge round."}); err != nil {
		t.Fatal(err)
	}
}

// closed hands a week of a peer in and returns its number.
func (w *world) closed(t *testing.T, who member.Actor, minutes int) store.ID {
	t.Helper()
	w.add(t, who, minutes)
	if err := w.work.Close(context.Background(), who, w.monday()); err != nil {
		t.Fatal(err)
	}
	return w.week(t, who).ID
}

func (w *world) week(t *testing.T, who member.Actor) peerwork.Sheet {
	t.Helper()
	sheet, err := w.work.MyWeek(context.Background(), who, w.monday())
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

func TestAWeekGoesFromHerHandsToHerPay(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.hours.list[w.peer.Role.ID] = []peerwork.Proposal{
		{Source: "supervision/one", Day: w.Today(), Kind: "supervision", Minutes: 50},
		{Source: "supervision/old", Day: w.DayAfter(-30), Kind: "supervision", Minutes: 50},
		{Source: "supervision/odd", Day: w.Today(), Kind: "leisure", Minutes: 50},
	}
	sheet := w.week(t, w.peer)
	if len(sheet.Proposals) != 1 || sheet.State != peerwork.WeekOpen || sheet.Monday != "2026-03-02" || sheet.Sunday != "2026-03-08" {
		t.Fatalf("the empty week: %+v", sheet)
	}
	for range 2 {
		if err := w.work.Take(ctx, w.peer, w.monday(), []string{"supervision/one", "supervision/forged"}); err != nil {
			t.Fatal(err)
		}
	}
	id := w.closed(t, w.peer, 70)
	sheet = w.week(t, w.peer)
	if sheet.Minutes != 120 || len(sheet.Lines) != 2 || len(sheet.Proposals) != 0 || sheet.State != peerwork.WeekClosed || sheet.ClosedMinutes != 120 {
		t.Errorf("the closed week: %+v", sheet)
	}
	if err := w.work.AddLine(ctx, w.peer, w.monday(), peerwork.LineForm{Day: w.Today(), Kind: "travel", Minutes: 5}); !fault.Is(err, fault.Refused) {
		t.Errorf("a line in a closed week: %v; want a refusal", err)
	}
	if err := w.work.Pay(ctx, w.first, id, "2026-10"); !fault.Is(err, fault.Conflict) {
		t.Errorf("pay before approval: %v; want a conflict", err)
	}
	of, err := w.work.WeekOf(ctx, w.first, id)
	if err != nil || of.Handle != "lampione" || of.Minutes != 120 {
		t.Errorf("the coordinator reads %+v, %v", of, err)
	}
	w.Time.Advance(3 * 24 * time.Hour)
	if err := w.work.Decide(ctx, w.first, id, peerwork.DecideForm{Minutes: 120, Closed: 120}); err != nil {
		t.Fatal(err)
	}
	for _, reference := range []string{"", "peer work in March", "Portico", "<b>1</b>", strings.Repeat("1", 50)} {
		if err := w.work.Pay(ctx, w.first, id, reference); !fault.Is(err, fault.Invalid) {
			t.Errorf("the reference %q: %v; want a field to mend", reference, err)
		}
	}
	if err := w.work.Pay(ctx, w.first, id, "٢٠٢٦-10"); err != nil {
		t.Fatal(err)
	}
	weeks, err := w.work.MyWeeks(ctx, w.peer)
	if err != nil || len(weeks) != 1 || weeks[0].State != peerwork.WeekPaid || weeks[0].PaidReference != "2026-10" {
		t.Fatalf("her weeks: %+v, %v", weeks, err)
	}
	if days, ok := weeks[0].DaysToPay("2026-12-31"); !ok || days != 3 {
		t.Errorf("%d days to pay, %v; want 3", days, ok)
	}
	dump := w.dump(t)
	if strings.Contains(dump, "cobalt") {
		t.Error("a note is readable in a stolen database")
	}
}

func TestALineIsCheckedFieldByField(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.add(t, w.peer, 1000)
	for _, c := range []struct {
		name  string
		alter func(*peerwork.LineForm)
		field string
	}{
		{"a day of another week", func(f *peerwork.LineForm) { f.Day = w.DayAfter(-20) }, "day"},
		{"no day", func(f *peerwork.LineForm) { f.Day = "" }, "day"},
		{"an unknown kind", func(f *peerwork.LineForm) { f.Kind = "sleep" }, "kind"},
		{"no minutes", func(f *peerwork.LineForm) { f.Minutes = 0 }, "minutes"},
		{"minutes below zero", func(f *peerwork.LineForm) { f.Minutes = -60 }, "minutes"},
		{"more than a day", func(f *peerwork.LineForm) { f.Minutes = 1441 }, "minutes"},
		{"more than a day in two lines", func(f *peerwork.LineForm) { f.Minutes = 441 }, "minutes"},
		{"too many words", func(f *peerwork.LineForm) { f.Note = strings.Repeat("a", peerwork.LongestWords+1) }, "note"},
	} {
		f := peerwork.LineForm{Day: w.Today(), Kind: "forum", Minutes: 60}
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
	f := peerwork.LineForm{Day: w.Today(), Kind: "forum", Minutes: 60, Nonce: "one"}
	for range 2 {
		if err := w.work.AddLine(ctx, w.peer, w.monday(), f); err != nil {
			t.Fatal(err)
		}
	}
	if got := w.week(t, w.peer).Minutes; got != 1060 {
		t.Errorf("the same form twice: %d minutes, want 1060", got)
	}
	for typed, want := range map[string]int{"60": 60, "٦٠": 60, "６０": 60, " 60 ": 60} {
		if n, ok := peerwork.ParseWhole(typed); !ok || n != want {
			t.Errorf("%q is read as %d, %v", typed, n, ok)
		}
	}
	for _, typed := range []string{"", "-60", "an hour", "1.5", "99999999999999999999"} {
		if n, ok := peerwork.ParseWhole(typed); ok {
			t.Errorf("%q is read as %d", typed, n)
		}
	}
}

func TestTheDayIsFullAlsoWhenTwoLinesComeAtOnce(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.add(t, w.peer, 700)
	errs := atOnce(func(who member.Actor) error {
		err := w.work.AddLine(ctx, who, w.monday(), peerwork.LineForm{Day: w.Today(), Kind: "forum", Minutes: 700})
		if fault.Is(err, fault.Invalid) {
			return fault.New(fault.Conflict, "full")
		}
		return err
	}, w.peer, w.peer)
	if got := w.week(t, w.peer).Minutes; errs != "conflict " || got != 1400 {
		t.Errorf("%q and %d minutes; want one line too many and 1400", errs, got)
	}
}

func TestSomebodyElseApprovesAndOnlyOnce(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	own := w.closed(t, w.second, 60)
	approve := peerwork.DecideForm{Minutes: 60, Closed: 60}
	if err := w.work.Decide(ctx, w.second, own, approve); !fault.Is(err, fault.Refused) {
		t.Errorf("she approves her own week: %v; want a refusal", err)
	}
	if err := w.work.Decide(ctx, w.first, own, approve); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Pay(ctx, w.second, own, "2026-11"); !fault.Is(err, fault.Refused) {
		t.Errorf("she records her own pay: %v; want a refusal", err)
	}
	id := w.closed(t, w.peer, 60)
	if errs := atOnce(func(who member.Actor) error { return w.work.Decide(ctx, who, id, approve) }, w.first, w.second); errs != "conflict " {
		t.Errorf("two approve at once: %q; want one conflict", errs)
	}
	if errs := atOnce(func(who member.Actor) error { return w.work.Pay(ctx, who, id, "2026-12") }, w.first, w.second); errs != "conflict " {
		t.Errorf("two pay at once: %q; want one conflict", errs)
	}
	if err := w.work.Reopen(ctx, w.peer, w.monday()); !fault.Is(err, fault.Conflict) {
		t.Errorf("reopening a paid week: %v; want a conflict", err)
	}
	for name, who := range map[string]member.Actor{"the peer": w.peer, "a member": w.join(t), "a visitor": {}} {
		_, read := w.work.WeekOf(ctx, who, id)
		for verb, err := range map[string]error{"read": read, "decide": w.work.Decide(ctx, who, id, approve), "pay": w.work.Pay(ctx, who, id, "1")} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s: got %v; want that it does not exist", name, verb, err)
			}
		}
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
	line := w.week(t, w.peer).Lines[0].ID
	if err := w.work.RemoveLine(ctx, w.second, w.monday(), line); !fault.Is(err, fault.NotFound) {
		t.Errorf("another removes her line: %v; want that it does not exist", err)
	}
	if err := w.work.RemoveLine(ctx, w.peer, w.monday(), line); err != nil {
		t.Fatal(err)
	}
	id := w.closed(t, w.peer, 30)
	if err := w.work.Reopen(ctx, w.peer, w.monday()); err != nil {
		t.Fatal(err)
	}
	w.add(t, w.peer, 30)
	if err := w.work.Close(ctx, w.peer, w.monday()); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Decide(ctx, w.first, id, peerwork.DecideForm{Minutes: 30, Closed: 30, Reason: "As I read it."}); !fault.Is(err, fault.Conflict) {
		t.Errorf("deciding what has changed meanwhile: %v; want a conflict", err)
	}
}

func TestACutHasAReasonAndIsDisputedOnce(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.closed(t, w.peer, 120)
	for name, f := range map[string]peerwork.DecideForm{
		"without a reason": {Minutes: 60, Closed: 120, Reason: " "}, "more than she closed": {Minutes: 121, Closed: 120}, "below nought": {Minutes: -1, Closed: 120, Reason: "x"},
	} {
		if err := w.work.Decide(ctx, w.first, id, f); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v; want a field to mend", name, err)
		}
	}
	if err := w.work.Decide(ctx, w.first, id, peerwork.DecideForm{Minutes: 60, Closed: 120, Reason: "The plum round was shorter."}); err != nil {
		t.Fatal(err)
	}
	sheet := w.week(t, w.peer)
	if sheet.Reason != "The plum round was shorter." || !sheet.CanDispute(w.Today()) || *sheet.DisputeUntil != w.DayAfter(14) {
		t.Errorf("she reads %+v", sheet)
	}
	if err := w.work.Pay(ctx, w.first, id, "2026-13"); !fault.Is(err, fault.Conflict) {
		t.Errorf("pay while she may dispute: %v; want a conflict", err)
	}
	if err := w.work.Dispute(ctx, w.peer, w.monday(), " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("a dispute without words: %v; want a field to mend", err)
	}
	if err := w.work.Dispute(ctx, w.peer, w.monday(), "The ochre notes say two hours."); err != nil {
		t.Fatal(err)
	}
	if of, err := w.work.WeekOf(ctx, w.second, id); err != nil || of.Dispute != "The ochre notes say two hours." {
		t.Errorf("the coordinator reads %+v, %v", of, err)
	}
	if err := w.work.Decide(ctx, w.second, id, peerwork.DecideForm{Minutes: 90, Closed: 120, Reason: "We counted again."}); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Dispute(ctx, w.peer, w.monday(), "Again."); !fault.Is(err, fault.Refused) {
		t.Errorf("a second dispute: %v; want a refusal", err)
	}
	if err := w.work.Pay(ctx, w.second, id, "2026-13"); err != nil {
		t.Errorf("pay after the dispute: %v", err)
	}
	if dump := w.dump(t); strings.Contains(dump, "plum round") || strings.Contains(dump, "ochre notes") {
		t.Error("a reason or a dispute is readable in a stolen database")
	}
}

func TestADisputeIsOverAfterItsDayAndPayGoesOn(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.closed(t, w.peer, 120)
	monday := w.monday()
	if err := w.work.Decide(ctx, w.first, id, peerwork.DecideForm{Minutes: 60, Closed: 120, Reason: "Shorter."}); err != nil {
		t.Fatal(err)
	}
	w.Time.Advance(15 * 24 * time.Hour)
	if err := w.work.Dispute(ctx, w.peer, monday, "Too late."); !fault.Is(err, fault.Refused) {
		t.Errorf("a late dispute: %v; want a refusal", err)
	}
	if err := w.work.Pay(ctx, w.first, id, "2026-14"); err != nil {
		t.Errorf("pay after the day: %v", err)
	}
}

func TestSheAcceptsACutAndIsPaidAtOnce(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.closed(t, w.peer, 120)
	if err := w.work.Decide(ctx, w.first, id, peerwork.DecideForm{Minutes: 60, Closed: 120, Reason: "Shorter."}); err != nil {
		t.Fatal(err)
	}
	if err := w.work.AcceptCut(ctx, w.peer, w.monday()); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Pay(ctx, w.first, id, "2026-15"); err != nil {
		t.Errorf("pay: %v", err)
	}
}

func TestOrganisations(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	if err := w.work.AddOrganisation(ctx, w.peer, "Ours", "membership"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a peer adds one: %v", err)
	}
	for name, c := range map[string][2]string{"no name": {" ", "membership"}, "no mode": {"Ours", "charity"}} {
		if err := w.work.AddOrganisation(ctx, w.first, c[0], c[1]); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v; want a field to mend", name, err)
		}
	}
	if err := w.work.AddOrganisation(ctx, w.first, "Ours", "membership"); err != nil {
		t.Fatal(err)
	}
	if err := w.work.AddOrganisation(ctx, w.first, "Ours", "employment"); !fault.Is(err, fault.Invalid) {
		t.Errorf("the same name: %v; want a field to mend", err)
	}
	list, err := w.work.Organisations(ctx, w.peer)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	if err := w.work.Place(ctx, w.first, w.peer.Role.ID, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if c, err := w.work.Person(ctx, w.second, w.peer.Role.ID); err != nil || c.Organisation != "Ours" {
		t.Errorf("got %+v, %v", c, err)
	}
}
