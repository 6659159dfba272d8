package peerwork_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/peerwork"
)

func (w *world) label(t *testing.T) peerwork.Label {
	t.Helper()
	c, err := w.work.Person(context.Background(), w.first, w.peer.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	return c.Label
}

func TestPaidStandsOnlyWhereAContractWithAnAmountRuns(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	if got := w.label(t); got != (peerwork.Label{}) {
		t.Errorf("without a contract: %+v", got)
	}
	for _, c := range []struct {
		name  string
		alter func(*peerwork.ContractForm)
		paid  bool // what saving answers
		want  peerwork.Label
	}{
		{"a contract with an amount", func(*peerwork.ContractForm) {}, true, peerwork.Label{Paid: true, Kind: "fixed"}},
		{"an amount in Arabic digits", func(f *peerwork.ContractForm) { f.Amount = "١٤٫٥٥" }, true, peerwork.Label{Paid: true, Kind: "fixed"}},
		{"without an end", func(f *peerwork.ContractForm) { f.Kind, f.To, f.FundingEnds = "permanent", "", "" }, true, peerwork.Label{Paid: true, Kind: "permanent"}},
		{"without an amount", func(f *peerwork.ContractForm) { f.Amount = "" }, false, peerwork.Label{Kind: "fixed"}},
		{"with nought", func(f *peerwork.ContractForm) { f.Amount = "0.00" }, false, peerwork.Label{Kind: "fixed"}},
		{"a voucher with an amount", func(f *peerwork.ContractForm) { f.Kind = "voucher" }, false, peerwork.Label{Kind: "voucher"}},
		{"a volunteer", func(f *peerwork.ContractForm) { f.Kind, f.Amount = "volunteer", "" }, false, peerwork.Label{Kind: "volunteer"}},
		{"one that begins tomorrow", func(f *peerwork.ContractForm) { f.From = w.DayAfter(1) }, true, peerwork.Label{Kind: "fixed"}},
		{"one that is over", func(f *peerwork.ContractForm) { f.To = w.DayAfter(-1) }, true, peerwork.Label{Kind: "fixed"}},
	} {
		f := contract()
		c.alter(&f)
		paid, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f)
		if got := w.label(t); err != nil || paid != c.paid || got != c.want {
			t.Errorf("%s: paid %v, label %+v, %v; want %v and %+v", c.name, paid, got, err, c.paid, c.want)
		}
	}
	if _, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, contract()); err != nil {
		t.Fatal(err)
	}
	w.Time.Advance(300 * 24 * time.Hour)
	if got := w.label(t); got.Paid {
		t.Errorf("paid after the contract ended: %+v", got)
	}
}

func TestAContractIsReadByHerAndByWhoSavedIt(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	f := contract()
	f.Nonce = "one"
	for range 2 {
		if _, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []member.Actor{w.peer, w.first} {
		list, err := w.work.ContractsOf(ctx, who, w.peer.Role.ID)
		if err != nil || len(list) != 1 || list[0].Amount.String() != "14.55" || list[0].Funding != "The copper lantern fund" {
			t.Errorf("%s reads %+v, %v; want one contract", who.Role.Handle, list, err)
		}
	}
	if list, err := w.work.ContractsOf(ctx, w.second, w.peer.Role.ID); err != nil || len(list) != 1 || !list[0].Locked || list[0].Amount.String() != "0" {
		t.Errorf("another coordinator reads %+v, %v; want it locked", list, err)
	}
	stranger := w.hire(t, "girasole", member.RolePeer)
	for name, who := range map[string]member.Actor{"another peer": stranger, "a member": w.join(t), "a visitor": {}} {
		_, read := w.work.ContractsOf(ctx, who, w.peer.Role.ID)
		_, save := w.work.SaveContract(ctx, who, w.peer.Role.ID, f)
		_, team := w.work.Team(ctx, who)
		_, waiting := w.work.WaitingWeeks(ctx, who)
		for verb, err := range map[string]error{"read": read, "save": save, "team": team, "weeks": waiting} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s: got %v; want that it does not exist", name, verb, err)
			}
		}
	}
	dump := w.dump(t)
	for _, words := range []string{"copper lantern", "14.55", "EUR"} {
		if strings.Contains(dump, words) {
			t.Errorf("%q is readable in a stolen database", words)
		}
	}
	w.Time.Advance(190 * 24 * time.Hour) // 13 September: within 90 days of the end of the money
	if c, err := w.work.Person(ctx, w.second, w.peer.Role.ID); err != nil || !c.Ends || !c.Contract {
		t.Errorf("no reminder before the money ends: %+v, %v", c, err)
	}
}

func TestAContractIsCheckedFieldByField(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	for _, c := range []struct {
		name  string
		alter func(*peerwork.ContractForm)
		field string
	}{
		{"an unknown kind", func(f *peerwork.ContractForm) { f.Kind = "favour" }, "kind"},
		{"no first day", func(f *peerwork.ContractForm) { f.From = "" }, "from"},
		{"an end before it begins", func(f *peerwork.ContractForm) { f.To = "2025-01-01" }, "to"},
		{"a project without an end", func(f *peerwork.ContractForm) { f.Kind, f.To = "project", "" }, "to"},
		{"hours in letters", func(f *peerwork.ContractForm) { f.Hours = "many" }, "hours"},
		{"too many hours", func(f *peerwork.ContractForm) { f.Hours = "81" }, "hours"},
		{"a negative amount", func(f *peerwork.ContractForm) { f.Amount = "-5" }, "amount"},
		{"an exponent", func(f *peerwork.ContractForm) { f.Amount = "1e9" }, "amount"},
		{"thousands", func(f *peerwork.ContractForm) { f.Amount = "1.250,50" }, "amount"},
		{"three places", func(f *peerwork.ContractForm) { f.Amount = "1.255" }, "amount"},
		{"no currency", func(f *peerwork.ContractForm) { f.Currency = "" }, "currency"},
		{"no unit", func(f *peerwork.ContractForm) { f.Unit = "" }, "unit"},
		{"no such day", func(f *peerwork.ContractForm) { f.FundingEnds = "never" }, "funding-ends"},
		{"too many words", func(f *peerwork.ContractForm) { f.Leave = strings.Repeat("a", peerwork.LongestWords+1) }, "leave"},
	} {
		f := contract()
		c.alter(&f)
		_, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f)
		if e := fault.As(err); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != c.field {
			t.Errorf("%s: got %v; want the field %s to mend", c.name, err, c.field)
		}
	}
}

func TestMoneyIsExactAndRoundedHalfToEven(t *testing.T) {
	for _, c := range []struct {
		amount, unit string
		minutes      int
		want         string
		ok           bool
	}{
		{"14.55", "hour", 60, "14.55", true},
		{"10", "hour", 100, "16.67", true},
		{"0.05", "hour", 30, "0.02", true}, // 0.025
		{"0.15", "hour", 30, "0.08", true}, // 0.075
		{"14.55", "month", 60, "0", false},
	} {
		amount, ok := peerwork.ParseDecimal(c.amount)
		if !ok {
			t.Fatal(c.amount)
		}
		got, ok := peerwork.Money(c.minutes, peerwork.Contract{Kind: "fixed", Amount: amount, Unit: c.unit})
		if got.String() != c.want || ok != c.ok {
			t.Errorf("%s a %s for %d minutes: %s, %v; want %s, %v", c.amount, c.unit, c.minutes, got, ok, c.want, c.ok)
		}
	}
}
