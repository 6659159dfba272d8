package timesheet_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/timesheet"
)

func TestTheCoordinatorTypesTheAmountWhereMinutesMakeNone(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	terms := hourly("1380", "EUR")
	terms.Unit = "month"
	for name, c := range map[string]struct {
		terms    *timesheet.Terms
		bundle   string
		currency string
	}{"a contract by the month": {&terms, "typedEUR", ""}, "no contract": {nil, "typed", "CHF"}} {
		delete(w.pay.of, w.peer.Role.ID)
		if c.terms != nil {
			w.pay.of[w.peer.Role.ID] = *c.terms
		}
		sheet := w.closed(t, w.peer, 90)
		if err := w.work.Approve(ctx, w.first, sheet.ID, 1); err != nil {
			t.Fatal(err)
		}
		f := timesheet.PayForm{Bundle: c.bundle, Reference: "2026-20", Minutes: 90, Currency: c.currency}
		for _, typed := range []string{"", "0", "-12", "12.345", "a lot"} {
			f.Amount = typed
			if e := fault.As(w.work.Pay(ctx, w.first, sheet.ID, f)); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != "amount" {
				t.Errorf("%s, %q: %v; want the amount to mend", name, typed, e)
			}
		}
		f.Amount = "١٢٣٫٤٥"
		if err := w.work.Pay(ctx, w.first, sheet.ID, f); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got := w.week(t, w.peer).Payments; len(got) != 1 || got[0].Sum.StringFixed(2) != "123.45" {
			t.Errorf("%s: %+v", name, got)
		}
		w.Time.Advance(7 * 24 * time.Hour)
	}
}

func TestAContractThatIsSealedForOthersIsNotGuessed(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = timesheet.Terms{Locked: true}
	sheet := w.closed(t, w.peer, 90)
	if err := w.work.Approve(ctx, w.first, sheet.ID, 1); err != nil {
		t.Fatal(err)
	}
	f := w.payForm(t, w.first, sheet.ID, "2026-20")
	f.Amount, f.Currency = "5", "EUR"
	if err := w.work.Pay(ctx, w.first, sheet.ID, f); !fault.Is(err, fault.Refused) {
		t.Errorf("paying without knowing the contract: %v; want a refusal", err)
	}
}

func TestWhatChangedMeanwhileIsNotPaid(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("10", "EUR")
	sheet := w.closed(t, w.peer, 90)
	if err := w.work.Approve(ctx, w.first, sheet.ID, 1); err != nil {
		t.Fatal(err)
	}
	f := w.payForm(t, w.first, sheet.ID, "2026-20")
	w.pay.of[w.peer.Role.ID] = hourly("12", "EUR")
	if err := w.work.Pay(ctx, w.first, sheet.ID, f); !fault.Is(err, fault.Conflict) {
		t.Errorf("paying what another contract makes: %v; want a conflict", err)
	}
	f = w.payForm(t, w.first, sheet.ID, "2026-20")
	f.Nonce = "once"
	for range 2 {
		if err := w.work.Pay(ctx, w.first, sheet.ID, f); err != nil {
			t.Errorf("the same form: %v", err)
		}
	}
	if got := w.week(t, w.peer).Payments; len(got) != 1 || got[0].Sum.StringFixed(2) != "18.00" {
		t.Errorf("her payments: %+v; want one of 18.00", got)
	}
}

// payees knows how somebody is paid, for one holder of the key.
type payees struct {
	holder store.ID
	asked  int
}

func (p *payees) Payees(_ context.Context, who member.Actor, accounts []store.ID, _ string) (map[store.ID]timesheet.Payee, bool, error) {
	if who.Role.ID != p.holder {
		return nil, false, nil
	}
	p.asked++
	found := map[store.ID]timesheet.Payee{}
	for _, id := range accounts {
		found[id] = timesheet.Payee{LegalName: "Vermilion Legalname", Payout: "cash"}
	}
	return found, true, nil
}

func TestTheFileForPayrollNamesPeopleOnlyForItsKey(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("12", "EUR")
	sheet := w.closed(t, w.peer, 120, 60)
	w.cut(t, w.first, line(t, sheet, 120).ID, 30)
	if err := w.work.Approve(ctx, w.first, sheet.ID, 1); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Pay(ctx, w.first, sheet.ID, w.payForm(t, w.first, sheet.ID, "2026-20")); err != nil {
		t.Fatal(err)
	}
	table := func(who member.Actor) string {
		file, err := w.work.PayOf(ctx, who, "2026-03")
		if err != nil {
			t.Fatal(err)
		}
		header, rows := file.Table()
		return fmt.Sprint(header, rows)
	}
	want := "[handle contract minutes amount currency reference paid_on] [[lampione fixed 30 6.00 EUR  ] [lampione fixed 60 12.00 EUR 2026-20 " + w.Today() + "]]"
	other := "[handle contract minutes amount currency reference paid_on] [[lampione fixed 60 12.00 EUR 2026-20 " + w.Today() + "] [lampione fixed 30 6.00 EUR  ]]"
	if got := table(w.second); got != want && got != other {
		t.Errorf("the file is %s\nwant %s", got, want)
	}
	w.work.PayTo(&payees{holder: w.first.Role.ID})
	if got := table(w.second); got != want && got != other {
		t.Errorf("without the key: %s", got)
	}
	file, err := w.work.PayOf(ctx, w.first, "2026-03")
	if err != nil || !file.Names || file.Rows[0].Payee.LegalName != "Vermilion Legalname" {
		t.Errorf("with the key: %+v, %v", file, err)
	}
	var noted int64
	if err := w.DB.DB.Table("audit_rows").Where("matter LIKE ?", `%pay 2026-03%`).Count(&noted).Error; err != nil || noted != 3 {
		t.Errorf("%d readings are noted, %v; want 3", noted, err)
	}
	if _, err := w.work.PayOf(ctx, w.first, "2026-3"); !fault.Is(err, fault.NotFound) {
		t.Errorf("no month: %v", err)
	}
}

func TestAStatementAddsUp(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID] = hourly("12", "EUR")
	sheet := w.closed(t, w.peer, 120, 60, 30)
	w.cut(t, w.first, line(t, sheet, 120).ID, 30)
	for _, minutes := range []int{60} {
		if err := w.work.Decide(ctx, w.first, line(t, sheet, minutes).ID, timesheet.LineDecision{Minutes: minutes, Closings: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.work.Pay(ctx, w.first, sheet.ID, w.payForm(t, w.first, sheet.ID, "2026-20")); err != nil {
		t.Fatal(err)
	}
	st, err := w.work.StatementOf(ctx, w.peer, w.DayAfter(-10), w.DayAfter(10))
	if err != nil || st.Minutes != 210 || st.Approved != 90 || st.Waiting != 150 || len(st.Payments) != 1 || len(st.Kinds) != 1 {
		t.Fatalf("the statement: %+v, %v", st, err)
	}
	if len(st.Paid) != 1 || st.Paid[0].Amount.StringFixed(2) != "12.00" {
		t.Errorf("paid: %+v", st.Paid)
	}
	for name, days := range map[string][2]string{"turned round": {w.Today(), w.DayAfter(-1)}, "no day": {"", w.Today()}, "too long": {w.DayAfter(-400), w.Today()}} {
		if _, err := w.work.StatementOf(ctx, w.peer, days[0], days[1]); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v; want a field to mend", name, err)
		}
	}
}

// TestSumsNeverDifferFromRows does random things to random weeks and holds after each what
// must hold: a payment is the sum of its lines at the contract of their days, no line is in
// two payments, what is paid is what was approved, and a dispute stops no other line.
func TestSumsNeverDifferFromRows(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.pay.of[w.peer.Role.ID], w.pay.of[w.second.Role.ID] = hourly("13.37", "EUR"), hourly("7.77", "CHF")
	random := rand.New(rand.NewPCG(7, 11))
	people := []member.Actor{w.peer, w.second}
	var mondays []string
	for n := range 3 {
		mondays = append(mondays, timesheet.MondayOf(w.DayAfter(-7*n)))
	}
	done := map[string]int{}
	for n := range 400 {
		who, monday := people[random.IntN(2)], mondays[random.IntN(3)]
		boss := []member.Actor{w.first, w.second}[random.IntN(2)]
		sheet, err := w.work.MyWeek(ctx, who, monday)
		if err != nil {
			t.Fatal(err)
		}
		var one timesheet.OpenLine
		if len(sheet.Lines) > 0 {
			one = sheet.Lines[random.IntN(len(sheet.Lines))]
		}
		act := random.IntN(9)
		switch act {
		case 0:
			err = w.work.AddLine(ctx, who, monday, timesheet.LineForm{Day: monday, Kind: "forum", Minutes: 1 + random.IntN(200)})
		case 1:
			err = w.work.Close(ctx, who, monday)
		case 2:
			if random.IntN(3) == 0 {
				err = w.work.Reopen(ctx, who, monday)
			}
		case 3:
			err = w.work.Approve(ctx, boss, sheet.ID, sheet.Closings)
		case 4:
			err = w.work.Decide(ctx, boss, one.ID, timesheet.LineDecision{Minutes: random.IntN(one.Minutes + 1), Closings: sheet.Closings, Reason: "x"})
		case 5:
			err = w.work.Dispute(ctx, who, one.ID, "x")
		case 6:
			err = w.work.Accept(ctx, who, one.ID)
		case 7:
			err = w.work.Settle(ctx, boss, one.ID, timesheet.LineDecision{Minutes: one.ApprovedMinutes + random.IntN(one.Minutes-one.ApprovedMinutes+1), Reason: "x"})
		case 8:
			if boss.Role.ID != who.Role.ID && !sheet.ID.IsZero() && sheet.State == timesheet.Closed {
				err = w.work.Pay(ctx, boss, sheet.ID, w.payForm(t, boss, sheet.ID, fmt.Sprint(n)))
			}
		}
		if err != nil && !expected(err) {
			t.Fatalf("step %d, act %d: %v", n, act, err)
		}
		if err == nil {
			done[fmt.Sprint(act)]++
		}
		w.holds(t, people)
	}
	for act := range 9 {
		if done[fmt.Sprint(act)] == 0 {
			t.Errorf("act %d never went through: %v", act, done)
		}
	}
}

// expected are the answers that a person can meet.
func expected(err error) bool {
	return fault.Is(err, fault.Refused) || fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) || fault.Is(err, fault.NotFound)
}

// holds checks the rows against the payments and the pages.
func (w *world) holds(t *testing.T, people []member.Actor) {
	t.Helper()
	ctx := context.Background()
	today := w.Today()
	for _, who := range people {
		weeks, err := w.work.MyWeeks(ctx, who)
		if err != nil {
			t.Fatal(err)
		}
		for _, week := range weeks {
			sheet, err := w.work.MyWeek(ctx, who, week.Monday)
			if err != nil {
				t.Fatal(err)
			}
			minutes := map[store.ID]int{}
			sums := map[store.ID]decimal.Decimal{}
			sum := 0
			for _, l := range sheet.Lines {
				sum += l.Minutes
				if (l.State == timesheet.Paid) == l.PaymentID.IsZero() || l.ApprovedMinutes > l.Minutes || l.DecidedBy == who.Role.ID || l.SettledBy == who.Role.ID {
					t.Fatalf("a line cannot be like this: %+v", l.Line)
				}
				if l.State == timesheet.Paid {
					money, _ := timesheet.Money(l.ApprovedMinutes, w.pay.of[who.Role.ID])
					minutes[l.PaymentID] += l.ApprovedMinutes
					sums[l.PaymentID] = sums[l.PaymentID].Add(money)
				}
			}
			if sum != sheet.Minutes || sum != week.Minutes || week.Standing != sheet.Standing(today) {
				t.Fatalf("the week says %d and %s, its lines %d and %s", week.Minutes, week.Standing, sum, sheet.Standing(today))
			}
			for _, p := range sheet.Payments {
				if p.Minutes != minutes[p.ID] || !p.Sum.Equal(sums[p.ID]) || p.PaidBy == who.Role.ID || !p.Sum.IsPositive() {
					t.Fatalf("a payment of %s for %d minutes; its lines make %s and %d", p.Sum, p.Minutes, sums[p.ID], minutes[p.ID])
				}
			}
			w.dueIsPayable(t, sheet)
		}
	}
}

// dueIsPayable holds that what is approved can be paid whatever stands beside it.
func (w *world) dueIsPayable(t *testing.T, sheet timesheet.Sheet) {
	t.Helper()
	if sheet.State != timesheet.Closed {
		return
	}
	due := 0
	for _, l := range sheet.Lines {
		if l.State == timesheet.Approved || l.State == timesheet.Settled && l.ApprovedMinutes > 0 {
			due += l.ApprovedMinutes
		} else if l.State == timesheet.Cut && l.DisputeUntil == nil {
			due += l.ApprovedMinutes
		}
	}
	if form := w.payForm(t, w.first, sheet.ID, "1"); form.Minutes != due {
		t.Fatalf("%d minutes can be paid, and %d are due", form.Minutes, due)
	}
}
