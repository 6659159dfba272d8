package timesheet_test

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/timesheet"
)

// other is a second server on the same PostgreSQL database; SQLite has one server alone.
func (w *world) other(t *testing.T) *timesheet.Service {
	t.Helper()
	if !storetest.Postgres() {
		return w.work
	}
	db, err := store.Open(store.Address{Postgres: w.Address.Postgres}, w.Clock, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return timesheet.New(db, w.pay, w.hours)
}

// together does two things at the same moment and says which went through. Whatever else
// went wrong than an answer to a person stops the test.
func together(t *testing.T, first, second func() error) (a, b bool) {
	t.Helper()
	var wg sync.WaitGroup
	var errs [2]error
	for i, do := range []func() error{first, second} {
		wg.Go(func() { errs[i] = do() })
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil && !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Refused) && !fault.Is(err, fault.NotFound) {
			t.Fatal(err)
		}
	}
	return errs[0] == nil, errs[1] == nil
}

// TestTwoServersEndInOneClearState lets two servers do what excludes one another at the
// same moment, again and again.
func TestTwoServersEndInOneClearState(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("10", "EUR")
	there := w.other(t)
	decide := func(minutes int) timesheet.LineDecision {
		return timesheet.LineDecision{Minutes: minutes, Closings: 1, Reason: "x"}
	}
	for range 12 {
		sheet := w.closed(t, w.peer, 120)
		id := sheet.Lines[0].ID
		approved, taken := together(t, func() error { return w.work.Approve(ctx, w.first, sheet.ID, 1) }, func() error { return there.Reopen(ctx, w.peer, w.monday()) })
		state := w.week(t, w.peer).Lines[0].State
		if approved == taken || approved != (state == timesheet.Approved) || taken != (state == timesheet.Open) {
			t.Fatalf("approved %v, taken back %v: the line is %s", approved, taken, state)
		}
		if approved {
			w.Time.Advance(7 * 24 * time.Hour)
			continue
		}
		if err := w.work.Close(ctx, w.peer, w.monday()); err != nil {
			t.Fatal(err)
		}
		cut := decide(60)
		cut.Closings = 2
		all, less := together(t, func() error { return w.work.Approve(ctx, w.first, sheet.ID, 2) }, func() error { return there.Decide(ctx, w.second, id, cut) })
		if state := w.week(t, w.peer).Lines[0].State; all == less || less != (state == timesheet.Cut) {
			t.Fatalf("approved %v, cut %v: the line is %s", all, less, state)
		}
		w.Time.Advance(7 * 24 * time.Hour)
	}
}

// TestApprovingDisputingAndPayingAtOnceEndInOneClearState is about the line itself: she
// answers on one server while it is accepted or paid on the other.
func TestApprovingDisputingAndPayingAtOnceEndInOneClearState(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("10", "EUR")
	there := w.other(t)
	for range 12 {
		sheet := w.closed(t, w.peer, 120)
		id := sheet.Lines[0].ID
		w.cut(t, w.first, id, 60)
		disputed, accepted := together(t, func() error { return w.work.Dispute(ctx, w.peer, id, "It was longer.") }, func() error { return there.Accept(ctx, w.peer, id) })
		if disputed == accepted {
			t.Fatalf("disputed %v and accepted %v", disputed, accepted)
		}
		form := timesheet.PayForm{Bundle: "EUR", Reference: "7", Minutes: 60, Sum: "10.00"}
		if disputed {
			settled, paid := together(t, func() error {
				return w.work.Settle(ctx, w.second, id, timesheet.LineDecision{Minutes: 60, Reason: "x"})
			},
				func() error { return there.Pay(ctx, w.first, sheet.ID, form) })
			state := w.week(t, w.peer).Lines[0].State
			if !settled || paid != (state == timesheet.Paid) || !paid && state != timesheet.Settled {
				t.Fatalf("settled %v, paid %v: the line is %s", settled, paid, state)
			}
			if paid {
				w.Time.Advance(7 * 24 * time.Hour)
				continue
			}
		}
		one, two := together(t, func() error { return w.work.Pay(ctx, w.first, sheet.ID, form) }, func() error { return there.Pay(ctx, w.second, sheet.ID, form) })
		got := w.week(t, w.peer)
		if one == two || len(got.Payments) != 1 || got.Lines[0].State != timesheet.Paid {
			t.Fatalf("paid %v and %v: %d payments, the line is %s", one, two, len(got.Payments), got.Lines[0].State)
		}
		var rows int64
		if err := w.DB.DB.Table("payments").Where("id NOT IN (SELECT payment_id FROM work_lines WHERE payment_id IS NOT NULL)").Count(&rows).Error; err != nil || rows != 0 {
			t.Fatalf("%d payments are for nothing, %v", rows, err)
		}
		w.Time.Advance(7 * 24 * time.Hour)
	}
}

// TestAMonthIsNotLockedWhileSomethingInItMoves lets one server lock a month while the other
// decides in it.
func TestAMonthIsNotLockedWhileSomethingInItMoves(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	there := w.other(t)
	for range 8 {
		month := timesheet.MonthOf(w.Today())
		sheet := w.closed(t, w.peer, 60)
		w.Time.Advance(40 * 24 * time.Hour)
		locked, approved := together(t, func() error {
			err := w.work.Lock(ctx, w.first, month, false)
			if fault.Is(err, fault.Invalid) { // it saw the work that waits
				return fault.New(fault.Refused, "waits")
			}
			return err
		}, func() error { return there.Approve(ctx, w.second, sheet.ID, 1) })
		if locked || !approved {
			t.Fatalf("locked %v, approved %v; the work waits for pay in any case", locked, approved)
		}
		locked, approved = together(t, func() error { return w.work.Lock(ctx, w.first, month, true) }, func() error {
			return there.Pay(ctx, w.second, sheet.ID, timesheet.PayForm{Bundle: "typed", Reference: "1", Minutes: 60, Amount: "5", Currency: "EUR"})
		})
		if !locked {
			t.Fatalf("not locked; paid %v", approved)
		}
	}
}
