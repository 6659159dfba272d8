package supervision_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
)

func (w *world) promise() supervision.RequirementForm {
	return supervision.RequirementForm{Role: member.RolePeer, Kind: supervision.AnyKind, Minutes: 720, Months: 12, From: w.Today()}
}

func TestWhatIsOwedShowsToHerAndToTheCoordinator(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	relation := w.open(t)
	w.write(t, relation)
	if err := w.sup.Require(ctx, w.coordinator, w.promise()); err != nil {
		t.Fatal(err)
	}
	for _, who := range []member.Actor{w.peer, w.supervisor} {
		if due := w.owedTo(t, who); len(due.CheckIns) != 3 || due.CheckIns[0].Missed || len(due.Overdue) != 0 {
			t.Errorf("%s, before anything is due: %+v", who.Role.Handle, due)
		}
	}
	if due := w.owes(t); len(due.CheckIns)+len(due.Overdue)+len(due.Hours) != 0 {
		t.Errorf("the coordinator sees %+v before anything was missed", due)
	}
	w.Time.Advance(22 * 24 * time.Hour)
	for _, who := range []member.Actor{w.peer, w.supervisor} {
		due := w.owedTo(t, who)
		if len(due.CheckIns) != 3 || !due.CheckIns[0].Owed() || due.CheckIns[1].Missed || len(due.Overdue) != 1 {
			t.Errorf("%s, after three weeks: %+v", who.Role.Handle, due)
		}
	}
	if due := w.owes(t); len(due.CheckIns) != 1 || due.CheckIns[0].Week != 2 || len(due.Overdue) != 1 || len(due.Hours) != 0 {
		t.Errorf("the coordinator after three weeks: %+v", due)
	}
	w.write(t, relation)
	if due := w.owes(t); len(due.CheckIns)+len(due.Overdue) != 0 {
		t.Errorf("a conversation came later, and is still owed: %+v", due)
	}
	hours := w.owedTo(t, w.peer).Hours
	if len(hours) != 1 || hours[0].Total != 100 || hours[0].Balances[0].ToCome != 620 || hours[0].Owed() != 0 {
		t.Errorf("her hours: %+v", hours)
	}
	if hours := w.owedTo(t, w.supervisor).Hours; len(hours) != 0 {
		t.Errorf("nothing is promised to the supervisor, and she sees %+v", hours)
	}
	w.Time.Advance(365 * 24 * time.Hour)
	if due := w.owes(t); len(due.Hours) != 1 || due.Hours[0].Handle != "lampione" || due.Hours[0].Owed() != 620 {
		t.Errorf("after the year: %+v", due.Hours)
	}
}

func TestAPromiseIsCheckedFieldByField(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	for _, c := range []struct {
		name  string
		alter func(*supervision.RequirementForm)
		field string
	}{
		{"for nobody", func(f *supervision.RequirementForm) { f.Role = "" }, "role"},
		{"for members", func(f *supervision.RequirementForm) { f.Role = member.RoleMember }, "role"},
		{"an unknown kind", func(f *supervision.RequirementForm) { f.Kind = "control" }, "kind"},
		{"no hours", func(f *supervision.RequirementForm) { f.Minutes = 0 }, "hours"},
		{"hours below zero", func(f *supervision.RequirementForm) { f.Minutes = -60 }, "hours"},
		{"more than a thousand hours", func(f *supervision.RequirementForm) { f.Minutes = 60060 }, "hours"},
		{"no months", func(f *supervision.RequirementForm) { f.Months = 0 }, "months"},
		{"forty months", func(f *supervision.RequirementForm) { f.Months = 40 }, "months"},
		{"no day", func(f *supervision.RequirementForm) { f.From = "" }, "from"},
		{"no such day", func(f *supervision.RequirementForm) { f.From = "2026-02-30" }, "from"},
		{"a day of another century", func(f *supervision.RequirementForm) { f.From = "1926-01-01" }, "from"},
	} {
		f := w.promise()
		c.alter(&f)
		err := w.sup.Require(ctx, w.coordinator, f)
		if e := fault.As(err); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != c.field {
			t.Errorf("%s: got %v; want the field %s to mend", c.name, err, c.field)
		}
	}
	for _, minutes := range []int{720, 600} { // set again, it replaces
		f := w.promise()
		f.Minutes = minutes
		if err := w.sup.Require(ctx, w.coordinator, f); err != nil {
			t.Fatal(err)
		}
	}
	list, err := w.sup.Requirements(ctx, w.peer)
	if err != nil || len(list) != 1 || list[0].Minutes != 600 {
		t.Fatalf("%+v, %v; want one promise", list, err)
	}
	for range 2 {
		if err := w.sup.Unrequire(ctx, w.coordinator, list[0].ID); err != nil {
			t.Fatal(err)
		}
	}
	if list, _ = w.sup.Requirements(ctx, w.peer); len(list) != 0 {
		t.Error("a promise that was taken back is still there")
	}
}

// TestHoursEqualTheSumOfEntries writes random conversations of several relations and
// counts them on every page that shows hours.
func TestHoursEqualTheSumOfEntries(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.company(t)
	r := rand.New(rand.NewPCG(3, 5))
	relations := []store.ID{w.open(t)}
	group := w.proposal()
	group.Kind, group.Peers = "group", []store.ID{w.peer.Role.ID, w.other.Role.ID}
	relations = append(relations, w.agreed(t, group, w.peer, w.other, w.supervisor))
	if err := w.sup.Require(ctx, w.coordinator, supervision.RequirementForm{Role: member.RolePeer, Kind: "group", Minutes: 6000, Months: 12, From: w.DayAfter(-300)}); err != nil {
		t.Fatal(err)
	}
	want := map[supervision.Kind]int{}
	recent := 0
	from := w.DayAfter(-100)
	for range 40 {
		day, minutes := w.DayAfter(-r.IntN(250)), 1+r.IntN(120)
		kind := supervision.Kind("individual")
		var err error
		if r.IntN(2) == 0 {
			f := w.form()
			f.Day, f.Minutes, f.Next, f.Words.Actions = day, minutes, "", nil
			_, err = w.sup.Write(ctx, w.peer, relations[0], f)
		} else {
			kind = "group"
			present := []store.ID{w.other.Role.ID, w.supervisor.Role.ID}
			if r.IntN(3) > 0 {
				present = append(present, w.peer.Role.ID)
			} else {
				kind = "" // she was not there
			}
			_, err = w.sup.WriteMinutes(ctx, w.other, relations[1], supervision.MinutesForm{Day: day, Minutes: minutes, Mode: "person", Present: present, Sitting: supervision.Sitting{CheckIn: "Calm."}})
		}
		if err != nil {
			t.Fatal(err)
		}
		if kind != "" {
			want[kind] += minutes
			if day >= from {
				recent += minutes
			}
		}
	}
	all, err := w.sup.MyHours(ctx, w.peer, w.DayAfter(-300), w.Today())
	if err != nil || fmt.Sprint(all.Minutes) != fmt.Sprint(want) || all.Total != want["individual"]+want["group"] {
		t.Errorf("her hours are %v, %v; want %v", all.Minutes, err, want)
	}
	if len(all.Balances) != 1 || all.Balances[0].Held != want["group"] || all.Balances[0].ToCome != max(0, all.Balances[0].Need-want["group"]) {
		t.Errorf("the promise: %+v; want %d minutes of groups", all.Balances, want["group"])
	}
	paper, err := w.sup.Statement(ctx, w.peer, from, w.Today())
	if err != nil || supervision.Minutes(paper.Had) != recent || len(paper.Gave) != 0 {
		t.Errorf("the statement has %d minutes, %v; want %d", supervision.Minutes(paper.Had), err, recent)
	}
	for _, l := range paper.Had {
		if len(l.With) != 1 || l.With[0] != "girasole" {
			t.Errorf("with whom: %v", l.With)
		}
	}
	given, err := w.sup.Statement(ctx, w.supervisor, w.DayAfter(-300), w.Today())
	if err != nil || supervision.Minutes(given.Had) != 0 || supervision.Minutes(given.Gave) < want["individual"] {
		t.Errorf("what the supervisor gave: %+v, %v", given, err)
	}
	for _, l := range given.Gave {
		if len(l.With) != 0 {
			t.Errorf("the statement of a supervisor names whom she supervised: %v", l.With)
		}
	}
	team, err := w.sup.TeamHours(ctx, w.coordinator, from, w.Today())
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range team {
		mine, err := w.sup.Statement(ctx, map[string]member.Actor{"lampione": w.peer, "passerella": w.other, "girasole": w.supervisor, "keystone": w.coordinator, "bussola": w.host}[k.Handle], from, w.Today())
		if err != nil || k.Total != supervision.Minutes(mine.Had) {
			t.Errorf("%s: the coordinator sees %d minutes, she %d, %v", k.Handle, k.Total, supervision.Minutes(mine.Had), err)
		}
	}
}

// agreed makes a relation to which everybody has said yes.
func (w *world) agreed(t *testing.T, f supervision.ProposalForm, people ...member.Actor) store.ID {
	t.Helper()
	ctx := context.Background()
	made, err := w.sup.Propose(ctx, w.coordinator, f)
	if err != nil || !made.Stored {
		t.Fatalf("propose: %v", err)
	}
	for _, who := range people {
		if err := w.sup.Accept(ctx, who, made.ID); err != nil {
			t.Fatalf("accept: %v", err)
		}
	}
	return made.ID
}

func TestOnlySheCarriesHerLogAway(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.company(t)
	w.write(t, w.open(t))
	log, err := w.sup.Log(ctx, w.peer)
	if err != nil || len(log) != 1 || log[0].Words.Hard != "The late paper lantern." {
		t.Fatalf("her log: %+v, %v", log, err)
	}
	for _, who := range []member.Actor{w.supervisor, w.other, w.host, w.coordinator} {
		if log, err := w.sup.Log(ctx, who); err != nil || len(log) != 0 {
			t.Errorf("%s carries away %d conversations of somebody else, %v", who.Role.Handle, len(log), err)
		}
	}
	for _, days := range [][2]string{{"", "2026-01-01"}, {"2026-01-01", "x"}, {"2026-02-30", "2026-03-01"}, {"2026-03-02", "2026-03-01"}} {
		if _, err := w.sup.Statement(ctx, w.peer, days[0], days[1]); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a statement of %v: %v; want days to mend", days, err)
		}
	}
}

// TestWhoMayUseTheDuties walks every verb with every role.
func TestWhoMayUseTheDuties(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.company(t)
	w.open(t)
	debrief := w.flag(t, w.peer, supervision.FlagForm{Told: w.supervisor.Role.ID})
	people := map[string]member.Actor{"coordinator": w.coordinator, "peer": w.peer, "supervisor": w.supervisor, "other": w.other, "host": w.host, "visitor": {}}
	joined, err := w.members.Join(ctx, member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	people["member"] = joined.Actor
	everyRole := "coordinator peer supervisor other host"
	for _, c := range []struct {
		name string
		may  string
		do   func(member.Actor) error
	}{
		{"flag", everyRole, func(who member.Actor) error { _, err := w.sup.Flag(ctx, who, supervision.FlagForm{}); return err }},
		{"my supervisors", everyRole, func(who member.Actor) error { _, err := w.sup.MySupervisors(ctx, who); return err }},
		{"what is owed to her", everyRole, func(who member.Actor) error { _, err := w.sup.MyDue(ctx, who); return err }},
		{"her hours", everyRole, func(who member.Actor) error {
			_, err := w.sup.MyHours(ctx, who, "2026-01-01", "2026-12-31")
			return err
		}},
		{"her statement", everyRole, func(who member.Actor) error {
			_, err := w.sup.Statement(ctx, who, "2026-01-01", "2026-12-31")
			return err
		}},
		{"her log", everyRole, func(who member.Actor) error { _, err := w.sup.Log(ctx, who); return err }},
		{"promises", everyRole, func(who member.Actor) error { _, err := w.sup.Requirements(ctx, who); return err }},
		{"read a debrief", "peer supervisor", func(who member.Actor) error { _, _, err := w.sup.ReadDebrief(ctx, who, debrief); return err }},
		{"hold a debrief", "peer", func(who member.Actor) error { return w.sup.HoldDebrief(ctx, who, debrief) }},
		{"everything that is owed", "coordinator", func(who member.Actor) error { _, err := w.sup.Owed(ctx, who); return err }},
		{"everybody's hours", "coordinator", func(who member.Actor) error {
			_, err := w.sup.TeamHours(ctx, who, "2026-01-01", "2026-12-31")
			return err
		}},
		{"promise", "coordinator", func(who member.Actor) error { return w.sup.Require(ctx, who, w.promise()) }},
		{"take a promise back", "coordinator", func(who member.Actor) error { return w.sup.Unrequire(ctx, who, store.NewID()) }},
	} {
		for name, who := range people {
			err := c.do(who)
			if may := slices.Contains(strings.Fields(c.may), name); may && err != nil {
				t.Errorf("%s, %s: %v; want that she may", name, c.name, err)
			} else if !may && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s: %v; want that it does not exist", name, c.name, err)
			}
		}
	}
}

// TestTheLogLeavesTheWordsOfOthersWhereTheyAre lets somebody else write the minutes of a
// group: they are in her log by day and time, and nothing is opened by it.
func TestTheLogLeavesTheWordsOfOthersWhereTheyAre(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.company(t)
	f := w.proposal()
	f.Kind, f.Peers, f.Supervisors = "intervision", []store.ID{w.peer.Role.ID, w.other.Role.ID}, nil
	group := w.agreed(t, f, w.peer, w.other)
	both := []store.ID{w.peer.Role.ID, w.other.Role.ID}
	if _, err := w.sup.WriteMinutes(ctx, w.other, group, supervision.MinutesForm{
		Day: w.Today(), Minutes: 90, Mode: "person", Present: both, Sitting: supervision.Sitting{CheckIn: "The paper lantern."},
	}); err != nil {
		t.Fatal(err)
	}
	for who, words := range map[string]string{"lampione": "", "passerella": "The paper lantern."} {
		log, err := w.sup.Log(ctx, map[string]member.Actor{"lampione": w.peer, "passerella": w.other}[who])
		if err != nil || len(log) != 1 || log[0].Sitting.CheckIn != words || log[0].Minutes != 90 || log[0].Writer != (words != "") {
			t.Errorf("the log of %s: %+v, %v", who, log, err)
		}
	}
	if seen, err := w.sup.Readers(ctx, w.other, group); err != nil || len(seen) != 0 {
		t.Errorf("the log opened the words of somebody else: %+v, %v", seen, err)
	}
}
