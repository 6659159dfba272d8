package timesheet_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/timesheet"
)

// elsewhere makes this test program a second server: it works on the PostgreSQL database
// that it names and does what a coordinator does there, an order for each line it reads.
const elsewhere = "PORTICO_TEST_TIMESHEET_ELSEWHERE"

func TestMain(m *testing.M) {
	address := os.Getenv(elsewhere)
	if address == "" {
		os.Exit(m.Run())
	}
	if err := serveOrders(address); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// order is what a coordinator does at a time. She needs no private key for it: what she
// seals, she seals for the keys of others.
type order struct {
	Now              time.Time
	Do               string
	By, Week, Line   store.ID
	Closings, Minute int
	Pay              timesheet.PayForm
}

// everybodyHourly is a contract of ten an hour for everybody.
type everybodyHourly struct{}

func (everybodyHourly) TermsOn(_ context.Context, _ member.Actor, _ store.ID, days []string) (map[string]timesheet.Terms, error) {
	found := map[string]timesheet.Terms{}
	for _, day := range days {
		found[day] = hourly("10", "EUR")
	}
	return found, nil
}

func (o order) run(s *timesheet.Service) error {
	ctx, who := context.Background(), member.Actor{Role: &member.RoleActor{ID: o.By, Handle: "elsewhere", Roles: []member.Role{member.RoleCoordinator}}}
	decision := timesheet.LineDecision{Minutes: o.Minute, Closings: o.Closings, Reason: "It was shorter."}
	switch o.Do {
	case "approve":
		return s.Approve(ctx, who, o.Week, o.Closings)
	case "settle":
		return s.Settle(ctx, who, o.Line, decision)
	case "pay":
		return s.Pay(ctx, who, o.Week, o.Pay)
	}
	return fmt.Errorf("no such order: %q", o.Do)
}

// serveOrders answers each order with "done", "no" for what a person is told, or the error.
func serveOrders(address string) error {
	var now time.Time
	db, err := store.Open(store.Address{Postgres: address}, store.Clock{Now: func() time.Time { return now }, Zone: time.UTC}, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	service := timesheet.New(db, everybodyHourly{})
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		var o order
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			return err
		}
		now = o.Now
		switch err := o.run(service); {
		case err == nil:
			fmt.Println("done")
		case isAnswer(err):
			fmt.Println("no")
		default:
			fmt.Println(err)
		}
	}
	return db.Close()
}

func isAnswer(err error) bool {
	return fault.Is(err, fault.Conflict) || fault.Is(err, fault.Refused) || fault.Is(err, fault.NotFound)
}

// process starts the second server. On SQLite there is one server alone, and the orders are
// done in it.
func (w *world) process(t *testing.T) (do func(order) error) {
	t.Helper()
	if !storetest.Postgres() {
		return func(o order) error { return o.run(w.work) }
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), elsewhere+"="+w.Address.Postgres)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		if err := cmd.Wait(); err != nil {
			t.Errorf("the other server: %v", err)
		}
	})
	return speaks(in, bufio.NewScanner(out))
}

func speaks(in io.Writer, answers *bufio.Scanner) func(order) error {
	return func(o order) error {
		if err := json.NewEncoder(in).Encode(o); err != nil {
			return err
		}
		if !answers.Scan() {
			return fmt.Errorf("the other server is silent: %w", answers.Err())
		}
		switch said := answers.Text(); said {
		case "done":
			return nil
		case "no":
			return fault.New(fault.Conflict, "error.changed")
		default:
			return fmt.Errorf("the other server: %s", said)
		}
	}
}

// TestApprovalAndDisputeInTwoProcesses lets a peer speak on one server while coordinators
// decide on another. On PostgreSQL these are two processes that share nothing else.
func TestApprovalAndDisputeInTwoProcesses(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("10", "EUR")
	elsewhere := w.process(t)
	for range 12 {
		sheet := w.closed(t, w.peer, 120, 60)
		cut := line(t, sheet, 120).ID
		w.cut(t, w.first, cut, 90)
		o := order{Now: w.Time.Now(), By: w.first.Role.ID, Week: sheet.ID, Line: cut, Closings: 1}

		// A dispute touches its row alone, so that approving the rest goes through beside it.
		approve := o
		approve.Do = "approve"
		disputed, approved := together(t, func() error { return w.work.Dispute(ctx, w.peer, cut, "It was longer.") }, func() error { return elsewhere(approve) })
		now := w.week(t, w.peer)
		if !disputed || !approved || line(t, now, 120).State != timesheet.Disputed || line(t, now, 60).State != timesheet.Approved {
			t.Fatalf("disputed %v, approved %v: %s and %s", disputed, approved, line(t, now, 120).State, line(t, now, 60).State)
		}

		// Of two who settle it at once one is told that it is done.
		settle := o
		settle.Do, settle.By, settle.Minute = "settle", w.second.Role.ID, 120
		here, there := together(t, func() error {
			return w.work.Settle(ctx, w.second, cut, timesheet.LineDecision{Minutes: 100, Reason: "Not all of it."})
		}, func() error { return elsewhere(settle) })
		settled := line(t, w.week(t, w.peer), 120)
		want := map[bool]int{true: 100, false: 120}[here]
		if here == there || settled.State != timesheet.Settled || settled.ApprovedMinutes != want {
			t.Fatalf("settled here %v and elsewhere %v: %s with %d minutes", here, there, settled.State, settled.ApprovedMinutes)
		}

		// And of two who pay, one pays.
		form := timesheet.PayForm{Bundle: "EUR", Reference: "7", Minutes: 60 + want, Sum: map[bool]string{true: "26.67", false: "30.00"}[here]}
		pay := o
		pay.Do, pay.Pay = "pay", form
		here, there = together(t, func() error { return w.work.Pay(ctx, w.second, sheet.ID, form) }, func() error { return elsewhere(pay) })
		now = w.week(t, w.peer)
		if here == there || len(now.Payments) != 1 || line(t, now, 120).State != timesheet.Paid || line(t, now, 60).State != timesheet.Paid {
			t.Fatalf("paid here %v and elsewhere %v: %d payments", here, there, len(now.Payments))
		}
		w.Time.Advance(7 * 24 * time.Hour)
	}
}
