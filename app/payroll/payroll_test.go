package payroll_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/payroll"
	"portico/app/store"
	"portico/app/store/storetest"
)

// world is a team in which bussola holds the payroll key.
type world struct {
	*storetest.DB
	people              *member.Service
	pay                 *payroll.Service
	boss, holder, coord member.Actor
	admin, moderator    member.Actor
	peer, other         member.Actor
	phrases             map[string]string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{DB: storetest.New(t), phrases: map[string]string{}}
	w.people = member.New(w.Store, w.Server, member.Options{Salt: w.Salt, OpenJoin: true})
	w.pay = payroll.New(w.Store, w.people)
	w.boss = w.takeUp(t, "keystone", w.people.OfferFirstAdmin)
	w.holder = w.hire(t, "bussola", member.RoleCoordinator)
	w.coord = w.hire(t, "ginestra", member.RoleCoordinator)
	w.admin = w.hire(t, "faggio", member.RoleAdmin)
	w.moderator = w.hire(t, "nocciola", member.RoleModerator)
	w.peer = w.hire(t, "lampione", member.RolePeer)
	w.other = w.hire(t, "girasole", member.RolePeer)
	if err := w.pay.TakeUp(context.Background(), w.holder); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	return w.takeUp(t, handle, func(ctx context.Context) (string, error) { return w.people.OfferRoles(ctx, w.boss, roles) })
}

func (w *world) takeUp(t *testing.T, handle string, offer func(context.Context) (string, error)) member.Actor {
	t.Helper()
	opened, shown := w.TakeUp(t, w.people, handle, offer)
	w.phrases[handle] = shown.Passphrase
	return opened.Actor
}

// details are invented; the account number is the published example of its country.
func details() payroll.Details {
	return payroll.Details{Name: "Ersilia Canarini", Method: "iban", IBAN: "it60 x054 2811 1010 0000 0123 456", Tax: "CNR-ERS-77"}
}

func (w *world) give(t *testing.T) {
	t.Helper()
	if err := w.pay.Save(context.Background(), w.peer, details()); err != nil {
		t.Fatal(err)
	}
}

// TestPayrollRoleByVerb is the table of who may do what; everybody else gets the answer of
// an address that does not exist.
func TestPayrollRoleByVerb(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.give(t)
	opened, err := w.people.Join(ctx, member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	verbs := map[string]func(member.Actor) error{
		"mine":   func(who member.Actor) error { _, err := w.pay.Mine(ctx, who); return err },
		"save":   func(who member.Actor) error { return w.pay.Save(ctx, who, details()) },
		"remove": func(who member.Actor) error { return w.pay.Remove(ctx, who) },
		"desk":   func(who member.Actor) error { _, err := w.pay.Desk(ctx, who); return err },
		"open":   func(who member.Actor) error { _, err := w.pay.Open(ctx, who, w.peer.Role.ID, "pay"); return err },
		"file": func(who member.Actor) error {
			_, err := w.pay.OpenMany(ctx, who, []store.ID{w.peer.Role.ID})
			return err
		},
		"hand on": func(who member.Actor) error { return w.pay.HandOn(ctx, who, w.coord.Role.ID) },
		"take up": func(who member.Actor) error { return w.pay.TakeUp(ctx, who) },
	}
	hers := []string{"mine", "save", "remove"}
	for _, c := range []struct {
		name string
		who  member.Actor
		may  []string
	}{
		{"a visitor", member.Actor{}, nil},
		{"a member", opened.Actor, nil},
		{"a moderator", w.moderator, nil},
		{"an administrator", w.admin, nil},
		{"a coordinator without the key", w.coord, nil},
		{"the first administrator, who coordinates", w.boss, nil},
		{"another peer", w.other, hers},
		{"who holds the key", w.holder, []string{"desk", "open", "file", "hand on"}},
	} {
		for verb, do := range verbs {
			allowed := false
			for _, m := range c.may {
				allowed = allowed || m == verb
			}
			if err := do(c.who); allowed != (err == nil) || !allowed && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s: got %v; allowed is %v", c.name, verb, err, allowed)
			}
		}
	}
	if d, err := w.pay.Desk(ctx, w.coord); err != nil || len(d.People) != 2 {
		t.Errorf("who was handed the key sees %+v, %v", d, err)
	}
}

func TestEachOpeningIsShownToHer(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.give(t)
	for _, purpose := range []string{"", "look", "file"} {
		if _, err := w.pay.Open(ctx, w.holder, w.peer.Role.ID, purpose); !fault.Is(err, fault.Invalid) {
			t.Errorf("purpose %q: got %v", purpose, err)
		}
	}
	one, err := w.pay.Open(ctx, w.holder, w.peer.Role.ID, "pay")
	if err != nil || one.Name != "Ersilia Canarini" || one.IBAN != "IT60X0542811101000000123456" || one.Handle != "lampione" {
		t.Errorf("payroll reads %+v, %v", one, err)
	}
	if many, err := w.pay.OpenMany(ctx, w.holder, []store.ID{w.peer.Role.ID, w.other.Role.ID}); err != nil || len(many) != 1 || many[w.peer.Role.ID].Tax != "CNR-ERS-77" {
		t.Errorf("a file holds %+v, %v", many, err)
	}
	mine, err := w.pay.Mine(ctx, w.peer)
	if err != nil || len(mine.Reads) != 2 || mine.Reads[0].Reader != "bussola" || mine.Reads[0].Day != w.Today() || mine.Details.Name != "Ersilia Canarini" {
		t.Fatalf("she is shown %+v, %v", mine, err)
	}
	if mine.Reads[0].Purpose+mine.Reads[1].Purpose != "payfile" && mine.Reads[0].Purpose+mine.Reads[1].Purpose != "filepay" {
		t.Errorf("the purposes are %+v", mine.Reads)
	}
	if hers, err := w.pay.Mine(ctx, w.other); err != nil || len(hers.Reads) != 0 || hers.Given {
		t.Errorf("another peer is shown %+v, %v", hers, err)
	}
	if _, err := w.pay.Open(ctx, w.holder, w.other.Role.ID, "pay"); !fault.Is(err, fault.NotFound) {
		t.Errorf("who gave nothing: got %v", err)
	}
}

func TestDetailsAreCheckedAndAStolenDatabaseTellsNoName(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.give(t)
	for _, c := range []struct {
		name  string
		alter func(*payroll.Details)
		field string
	}{
		{"no name", func(d *payroll.Details) { d.Name = " " }, "name"},
		{"a name that is a book", func(d *payroll.Details) { d.Name = strings.Repeat("a", payroll.LongestName+1) }, "name"},
		{"no way", func(d *payroll.Details) { d.Method = "" }, "method"},
		{"a wrong number", func(d *payroll.Details) { d.IBAN = "IT60X0542811101000000123457" }, "iban"},
		{"no number", func(d *payroll.Details) { d.IBAN = "" }, "iban"},
		{"another way without words", func(d *payroll.Details) { d.Method = "other" }, "words"},
		{"a long tax number", func(d *payroll.Details) { d.Tax = strings.Repeat("1", payroll.LongestTax+1) }, "tax"},
	} {
		d := details()
		c.alter(&d)
		if e := fault.As(w.pay.Save(ctx, w.peer, d)); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != c.field {
			t.Errorf("%s: got %v; want the field %s", c.name, e, c.field)
		}
	}
	if err := w.pay.Save(ctx, w.other, payroll.Details{Name: "Ermengarda Marzapane", Method: "cash", IBAN: "left over", Words: "In an envelope of walnut"}); err != nil {
		t.Fatal(err)
	}
	if mine, err := w.pay.Mine(ctx, w.other); err != nil || mine.Details.IBAN != "" || mine.Details.Words == "" {
		t.Errorf("cash: %+v, %v", mine.Details, err)
	}
	dump := w.Dump(t)
	for _, words := range []string{"Ersilia", "Canarini", "0542811101", "CNR-ERS", "Ermengarda", "walnut"} {
		if strings.Contains(dump, words) {
			t.Errorf("%q is readable in a stolen database", words)
		}
	}
	if err := w.pay.Remove(ctx, w.peer); err != nil {
		t.Fatal(err)
	}
	if _, err := w.pay.Open(ctx, w.holder, w.peer.Role.ID, "pay"); !fault.Is(err, fault.NotFound) {
		t.Errorf("after she took them away: got %v", err)
	}
}

func TestAccountNumbersAreHeldToTheirCheckDigits(t *testing.T) {
	for _, c := range []struct {
		typed string
		ok    bool
	}{
		{"IT60X0542811101000000123456", true},
		{"gb29 nwbk 6016 1331 9268 19", true},
		{"DE89-3704-0044-0532-0130-00", true},
		{"FR14 2004 1010 0505 0001 3M02 606", true},
		{"NO93 8601 1117 947", true},
		{"DE٨٩٣٧٠٤٠٠٤٤٠٥٣٢٠١٣٠٠٠", true},
		{"DE89370400440532013001", false},
		{"DE89370400440532013", false},
		{"DE8937040044053201300000", false},
		{"12 3456 7890 1234 5678", false},
		{"", false},
		{"DE", false},
		{"DE89 3704 0044 0532 0130 0é", false},
	} {
		if iban, ok := payroll.ParseIBAN(c.typed); ok != c.ok {
			t.Errorf("%q is read as %q, %v; want %v", c.typed, iban, ok, c.ok)
		}
	}
	const right = "IT60X0542811101000000123456"
	for i := 5; i < len(right); i++ {
		for d := byte('0'); d <= '9'; d++ {
			if wrong := right[:i] + string(d) + right[i+1:]; wrong != right {
				if _, ok := payroll.ParseIBAN(wrong); ok {
					t.Errorf("%s with one wrong digit passes", wrong)
				}
			}
		}
		if i+1 < len(right) && right[i] != right[i+1] {
			if wrong := right[:i] + string(right[i+1]) + string(right[i]) + right[i+2:]; wrong != right {
				if _, ok := payroll.ParseIBAN(wrong); ok {
					t.Errorf("%s with two digits swapped passes", wrong)
				}
			}
		}
	}
	if got := payroll.ShowIBAN(right); got != "IT60 X054 2811 1010 0000 0123 456" {
		t.Errorf("shown as %q", got)
	}
}

func TestNobodyFoundsPayrollBySigningInAndWhoLeavesLocksNobodyOut(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	if holders, err := member.CircleHolders(ctx, w.DB.DB, member.CirclePayroll); err != nil || len(holders) != 1 {
		t.Fatalf("%d hold the key of payroll after many signed in, %v; want the one who took it up", len(holders), err)
	}
	w.give(t)
	if err := w.people.SetUpRecovery(ctx, w.boss, w.coord.Role.ID, w.admin.Role.ID); err != nil {
		t.Fatal(err)
	}
	if err := w.pay.Save(ctx, w.peer, details()); err != nil {
		t.Fatal(err)
	}
	if err := w.people.DeleteAccount(ctx, w.holder, member.Again{Key: w.phrases["bussola"]}, false); err != nil {
		t.Fatal(err)
	}
	if err := w.pay.Save(ctx, w.other, details()); !fault.Is(err, fault.Refused) {
		t.Errorf("while nobody does payroll: got %v", err)
	}
	if d, err := w.pay.Desk(ctx, w.coord); err != nil || !d.Free {
		t.Fatalf("payroll is not free: %+v, %v", d, err)
	}
	if err := w.pay.TakeUp(ctx, w.coord); err != nil {
		t.Fatal(err)
	}
	if _, err := w.pay.Open(ctx, w.coord, w.peer.Role.ID, "check"); !fault.Is(err, fault.NotFound) {
		t.Errorf("what was sealed before her time: got %v", err)
	}
	if err := w.people.AskRecovery(ctx, w.boss, member.RecoveryAsk{Purpose: member.PurposeRead, For: w.coord.Role.ID, Why: "She took payroll over."}); err != nil {
		t.Fatal(err)
	}
	state, err := w.people.RecoveryNow(ctx, w.admin)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.people.ConfirmRecovery(ctx, w.admin, state.Requests[0].ID); err != nil || n != 1 {
		t.Fatalf("%d records, %v", n, err)
	}
	if one, err := w.pay.Open(ctx, w.coord, w.peer.Role.ID, "check"); err != nil || one.Name != "Ersilia Canarini" {
		t.Errorf("after two people opened the drawer: %+v, %v", one, err)
	}
	if mine, err := w.pay.Mine(ctx, w.peer); err != nil || len(mine.Openings) != 1 {
		t.Errorf("she is told of %d openings, %v", len(mine.Openings), err)
	}
}
