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

func (w *world) label(t *testing.T) peerwork.Label {
	t.Helper()
	c, err := w.work.Person(context.Background(), w.first, w.peer.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	return c.Label
}

// inForce is the contract of the peer that nothing replaced, if there is one.
func (w *world) inForce(t *testing.T) (id store.ID) {
	t.Helper()
	list, err := w.work.ContractsOf(context.Background(), w.peer, w.peer.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range list {
		if one.Present {
			return one.ID
		}
	}
	return id
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
		{"a voucher with an amount", func(f *peerwork.ContractForm) { f.Kind, f.Known = "voucher", true }, false, peerwork.Label{Kind: "voucher"}},
		{"a volunteer", func(f *peerwork.ContractForm) { f.Kind, f.Amount, f.Known = "volunteer", "", true }, false, peerwork.Label{Kind: "volunteer"}},
		{"one that begins tomorrow", func(f *peerwork.ContractForm) { f.From = w.DayAfter(1) }, true, peerwork.Label{Kind: "fixed"}},
		{"one that is over", func(f *peerwork.ContractForm) { f.To = w.DayAfter(-1) }, true, peerwork.Label{Kind: "fixed"}},
	} {
		f := contract()
		c.alter(&f)
		f.Replaces = w.inForce(t)
		paid, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f)
		if got := w.label(t); err != nil || paid != c.paid || got != c.want {
			t.Errorf("%s: paid %v, label %+v, %v; want %v and %+v", c.name, paid, got, err, c.paid, c.want)
		}
	}
	f := contract()
	f.Replaces = w.inForce(t)
	if _, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f); err != nil {
		t.Fatal(err)
	}
	w.Time.Advance(300 * 24 * time.Hour)
	if got := w.label(t); got.Paid {
		t.Errorf("paid after the contract ended: %+v", got)
	}
}

func TestAContractIsReadByHerAndByTheCoordinators(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	f := contract()
	f.Nonce = "one"
	for range 2 {
		if _, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f); err != nil {
			t.Fatal(err)
		}
	}
	for _, who := range []member.Actor{w.peer, w.first, w.second} {
		list, err := w.work.ContractsOf(ctx, who, w.peer.Role.ID)
		if err != nil || len(list) != 1 || list[0].Amount.String() != "14.55" || list[0].Funding != "The copper lantern fund" {
			t.Errorf("%s reads %+v, %v; want one contract", who.Role.Handle, list, err)
		}
	}
	later := w.hire(t, "ginestra", member.RoleCoordinator)
	if list, err := w.work.ContractsOf(ctx, later, w.peer.Role.ID); err != nil || len(list) != 1 || !list[0].Locked || list[0].Amount.String() != "0" {
		t.Errorf("a coordinator who came later reads %+v, %v; want it locked", list, err)
	}
	stranger := w.hire(t, "girasole", member.RolePeer)
	for name, who := range map[string]member.Actor{"another peer": stranger, "a member": w.Join(t, w.members), "a visitor": {}} {
		_, read := w.work.ContractsOf(ctx, who, w.peer.Role.ID)
		_, save := w.work.SaveContract(ctx, who, w.peer.Role.ID, f)
		_, team := w.work.Team(ctx, who)
		for verb, err := range map[string]error{"read": read, "save": save, "team": team} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s: got %v; want that it does not exist", name, verb, err)
			}
		}
	}
	dump := w.Dump(t)
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
		{"an amount beyond reason", func(f *peerwork.ContractForm) { f.Amount = "10000001" }, "amount"},
		{"negative hours", func(f *peerwork.ContractForm) { f.Hours = "-1" }, "hours"},
		{"a year that is a slip", func(f *peerwork.ContractForm) { f.From = "0206-01-01" }, "from"},
		{"an end that is a slip", func(f *peerwork.ContractForm) { f.To = "9026-01-01" }, "to"},
		{"a voucher that nobody has read about", func(f *peerwork.ContractForm) { f.Kind = "voucher" }, "known"},
		{"a reimbursement that nobody has read about", func(f *peerwork.ContractForm) { f.Kind = "reimbursement" }, "known"},
		{"a volunteer whom nobody has read about", func(f *peerwork.ContractForm) { f.Kind = "volunteer" }, "known"},
		{"an unknown leave", func(f *peerwork.ContractForm) { f.LeaveKind = "tired" }, "leave-kind"},
		{"a leave without a first day", func(f *peerwork.ContractForm) { f.LeaveKind = "sick" }, "leave-from"},
		{"a leave that ends before it begins", func(f *peerwork.ContractForm) {
			f.LeaveKind, f.LeaveFrom, f.LeaveTo = "maternity", "2026-05-01", "2026-04-01"
		}, "leave-to"},
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
