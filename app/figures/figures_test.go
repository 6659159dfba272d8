package figures_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/figures"
	"portico/app/member"
	"portico/app/smallcells"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
)

// world is a team of three peers and two leaders with a coordinator and two more of staff.
// What the areas would count is what a test says.
type world struct {
	*storetest.DB
	fig                       *figures.Service
	cells                     figures.Cells
	crowds                    map[string]int // people by language
	hours, people             int
	waits                     []int
	group                     []member.Actor
	coord, mediator, overseer member.Actor
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{DB: storetest.New(t), hours: 148, people: 4, waits: []int{3, 4, 5, 6, 7, 8, 9, 10, 11, 12}}
	w.cells = figures.Cells{{"it", "talk"}: 43, {"it", "answer"}: 78, {"sq", "talk"}: 4, {"ro", "answer"}: 26, {"ro", "talk"}: 31, {"xx", "question"}: 12}
	w.crowds = map[string]int{"it": 40, "sq": 3, "ro": 22, "xx": 11}
	counts := func(context.Context, string) (figures.Cells, error) { return w.cells, nil }
	sums := func(context.Context, string) (int, int, error) { return w.hours, w.people, nil }
	cases := func(context.Context, string) ([]int, int, error) { return w.waits, w.people, nil }
	w.fig = figures.New(w.Store, figures.Sources{
		Contacts: counts, Materials: counts, Peers: counts, Trainings: sums, Supervision: sums, Paid: sums, Joined: sums, Leaving: sums, PayDays: cases, Moderation: cases,
		People:        func(context.Context, member.Actor, string) (map[string]int, error) { return w.crowds, nil },
		Forget:        func(context.Context, *gorm.DB, string) error { w.crowds = nil; return nil },
		Organisations: func(context.Context) ([]string, error) { return nil, nil },
	})
	for _, name := range []string{"lampione", "finestra", "scala"} {
		w.group = append(w.group, w.hire(t, name, member.RolePeer))
	}
	for _, name := range []string{"lanterna", "cornice"} {
		w.group = append(w.group, w.hire(t, name, member.RoleLeader))
	}
	w.coord = w.hire(t, "keystone", member.RoleCoordinator)
	w.mediator = w.hire(t, "passerella", member.RoleMediator)
	w.overseer = w.hire(t, "architrave", member.RoleAdmin)
	return w
}

func person() member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
}

func (w *world) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	who := person()
	who.Role = &member.RoleActor{ID: store.NewID(), Handle: handle, Roles: roles, Identity: vault.NewIdentity()}
	var words []string
	for _, r := range roles {
		words = append(words, string(r))
	}
	row := member.RoleAccount{ID: who.Role.ID, Handle: handle, Roles: strings.Join(words, ","), Salt: vault.Random(16), Sealed: vault.Random(64), Gen: vault.Random(8)}
	must(t, gorm.G[member.RoleAccount](w.DB.DB).Create(context.Background(), &row))
	return who
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, what string, err error, kind fault.Kind, key string) {
	t.Helper()
	if !fault.Is(err, kind) || key != "" && fault.As(err).Key != key {
		t.Errorf("%s: got %v; want kind %d %s", what, err, kind, key)
	}
}

func (w *world) form(measure, split string) figures.Form {
	return figures.Form{Measure: measure, Split: split, Month: w.fig.Months()[0], Recipient: "An office", Nonce: measure + split}
}

func (w *world) proposed(t *testing.T, measure, split string) store.ID {
	t.Helper()
	id, err := w.fig.Propose(context.Background(), w.coord, w.form(measure, split))
	must(t, err)
	return id
}

func (w *world) look(t *testing.T, id store.ID) figures.Shown {
	t.Helper()
	v, err := w.fig.Look(context.Background(), w.group[0], id)
	must(t, err)
	return v
}

func TestOnlyTheGroupReleasesATable(t *testing.T) {
	ctx, w := context.Background(), newWorld(t)
	for name, who := range map[string]member.Actor{"a peer": w.group[0], "a leader": w.group[3], "a mediator": w.mediator, "an administrator": w.overseer, "a member": person(), "nobody": {}} {
		_, err := w.fig.Propose(ctx, who, w.form("contacts", ""))
		refused(t, name+" proposes", err, fault.NotFound, "")
	}
	id := w.proposed(t, "contacts", "language,kind")
	for name, who := range map[string]member.Actor{"a member": person(), "nobody": {}} {
		_, err := w.fig.Look(ctx, who, id)
		refused(t, name+" looks", err, fault.NotFound, "")
		refused(t, name+" speaks", w.fig.Say(ctx, who, id, true), fault.NotFound, "")
		refused(t, name+" closes", w.fig.Close(ctx, who, id), fault.NotFound, "")
		_, err = w.fig.List(ctx, who)
		refused(t, name+" lists", err, fault.NotFound, "")
	}
	before := w.look(t, id)
	// Staff alone open nothing, however many they are, and one voice counts once.
	for _, who := range []member.Actor{w.coord, w.mediator, w.overseer, w.group[0], w.group[0], w.group[1]} {
		must(t, w.fig.Say(ctx, who, id, true))
		if v := w.look(t, id); v.State != figures.Asked {
			t.Fatalf("two of five opened it: %+v", v)
		}
		_, err := w.fig.NewCode(ctx, w.coord, id)
		refused(t, "a code too early", err, fault.Conflict, "figures.settled")
		refused(t, "open too early", w.fig.Waits(ctx, id), fault.NotFound, "")
	}
	must(t, w.fig.Say(ctx, w.group[2], id, true))
	if v := w.look(t, id); v.State != figures.Asked {
		t.Fatalf("staff are half of those who spoke, and it is open: %+v", v.Tally)
	}
	must(t, w.fig.Say(ctx, w.group[3], id, false))
	v := w.look(t, id)
	if v.State != figures.Agreed || v.AgreedBy != 6 || v.GroupSize != 5 {
		t.Fatalf("three of five agreed: %+v", v)
	}
	refused(t, "a voice too late", w.fig.Say(ctx, w.group[4], id, false), fault.Conflict, "figures.settled")
	refused(t, "open without a code", w.fig.Waits(ctx, id), fault.NotFound, "")
	_, err := w.fig.NewCode(ctx, w.group[0], id)
	refused(t, "a peer's code", err, fault.NotFound, "")
	code, err := w.fig.NewCode(ctx, w.coord, id)
	must(t, err)
	_, err = w.fig.Read(ctx, id, "wrong")
	refused(t, "a wrong code", err, fault.Invalid, "")
	outside, err := w.fig.Read(ctx, id, strings.ToUpper(code[:5])+" "+code[5:])
	must(t, err)
	if got, want := outside.Table, before.Table; len(got.Rows) == 0 || got.Total != want.Total || got.Cells[1][0] != want.Cells[1][0] {
		t.Errorf("outside reads %+v, the group saw %+v", got, want)
	}
	next, err := w.fig.NewCode(ctx, w.coord, id)
	must(t, err)
	_, err = w.fig.Read(ctx, id, code)
	refused(t, "the code before", err, fault.Invalid, "")
	must(t, w.fig.Close(ctx, w.group[3], id))
	_, err = w.fig.Read(ctx, id, next)
	refused(t, "a closed release", err, fault.NotFound, "")
}

func TestTheGroupMayRefuse(t *testing.T) {
	ctx, w := context.Background(), newWorld(t)
	id := w.proposed(t, "hours", "")
	for _, who := range w.group[:3] {
		must(t, w.fig.Say(ctx, who, id, false))
	}
	if v := w.look(t, id); v.State != figures.Refused {
		t.Errorf("three of five said no: %+v", v)
	}
	_, err := w.fig.NewCode(ctx, w.coord, id)
	refused(t, "a code", err, fault.Conflict, "")
}

func TestAMonthIsCountedOnce(t *testing.T) {
	w := newWorld(t)
	whole := w.look(t, w.proposed(t, "contacts", "language,kind")).Table
	w.cells = figures.Cells{{"it", "talk"}: 99, {"sq", "talk"}: 14}
	sums := w.look(t, w.proposed(t, "contacts", "language")).Table
	if sums.Total != whole.Total || sums.Cells[1][0] != whole.RowTotals[1] || sums.Cells[6][0] != smallcells.Hidden {
		t.Errorf("by language it is %+v; it was %+v", sums, whole)
	}
	if total := w.look(t, w.proposed(t, "contacts", "")).Table; total.Total != whole.Total || len(total.Rows) != 0 {
		t.Errorf("the total is %+v; it was %+v", total, whole)
	}
	var kept []figures.Frozen
	must(t, w.DB.DB.Find(&kept).Error)
	if len(kept) != 2 {
		t.Errorf("the people and their contacts are %d tables", len(kept))
	}
	for _, one := range kept {
		if strings.Contains(one.Cells, "43") || strings.Contains(one.Cells, "78") {
			t.Errorf("a true count is kept: %+v", one)
		}
	}
}

func TestPaidWorkShowsTotalsOfThreePeople(t *testing.T) {
	w := newWorld(t)
	if v := w.look(t, w.proposed(t, "hours", "")); v.Table.Total != 145 {
		t.Errorf("148 hours of four people are shown as %d", v.Table.Total)
	}
	if v := w.look(t, w.proposed(t, "pay-days", "")); v.Table.Total != 7 {
		t.Errorf("the middle is %d", v.Table.Total)
	}
	w.people = 2
	for _, measure := range []string{"supervision", "moderation", "joined"} {
		if v := w.look(t, w.proposed(t, measure, "")); v.Table.Total != smallcells.Hidden {
			t.Errorf("%s of two people is %d", measure, v.Table.Total)
		}
	}
}

func TestWhatCannotBeAskedIsRefused(t *testing.T) {
	ctx, w := context.Background(), newWorld(t)
	now := w.Now().In(w.Zone)
	for name, change := range map[string]func(*figures.Form){
		"measure":   func(f *figures.Form) { f.Measure = "people" },
		"split":     func(f *figures.Form) { f.Split = "language,kind,month" },
		"month":     func(f *figures.Form) { f.Month = now.Format("2006-01") },
		"recipient": func(f *figures.Form) { f.Recipient = " x " },
	} {
		f := w.form("contacts", "")
		change(&f)
		_, err := w.fig.Propose(ctx, w.coord, f)
		if e := fault.As(err); e == nil || e.Kind != fault.Invalid || len(e.Fields) != 1 || e.Fields[0].Name != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, month := range []string{"", "soon", "2099-01", now.AddDate(-2, 0, 0).Format("2006-01"), "2026-13"} {
		f := w.form("contacts", "")
		f.Month = month
		_, err := w.fig.Propose(ctx, w.coord, f)
		refused(t, "month "+month, err, fault.Invalid, "")
	}
	for _, split := range []string{"kind", "organisation", "colour", ","} {
		_, err := w.fig.Propose(ctx, w.coord, w.form("hours", split))
		refused(t, "hours by "+split, err, fault.Invalid, "")
	}
	first, again := w.proposed(t, "contacts", ""), w.proposed(t, "contacts", "")
	list, err := w.fig.List(ctx, w.coord)
	if err != nil || len(list) != 1 || first != again {
		t.Errorf("the form sent twice is %d releases, %v", len(list), err)
	}
}

// TestContactsOfFewPeopleGiveNoCell: ten talks in a language may be one woman, so a language
// that fewer than ten people read shows no contacts, however many there are.
func TestContactsOfFewPeopleGiveNoCell(t *testing.T) {
	w := newWorld(t)
	w.cells = figures.Cells{{"sq", "talk"}: 60, {"it", "talk"}: 43, {"it", "answer"}: 78, {"ro", "talk"}: 31, {"ro", "answer"}: 26}
	people := w.look(t, w.proposed(t, "members", figures.ByLanguage))
	if w.crowds != nil {
		t.Error("who was counted is not forgotten")
	}
	contacts := w.look(t, w.proposed(t, "contacts", figures.ByLanguage+","+figures.ByKind))
	at := func(r smallcells.Released, label string) []int { return r.Cells[slices.Index(r.Rows, label)] }
	if got := at(people.Table, "it"); got[0] != 40 {
		t.Errorf("people who read Italian: %v", got)
	}
	for _, n := range at(contacts.Table, "sq") {
		if n != smallcells.Hidden {
			t.Errorf("sixty contacts of three people are shown: %v", at(contacts.Table, "sq"))
		}
	}
	if slices.Max(at(contacts.Table, "it")) < 40 {
		t.Errorf("contacts of forty people are hidden: %v", at(contacts.Table, "it"))
	}
}
