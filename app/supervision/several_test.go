package supervision_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
)

// circle is an intervision of four people with roles of four kinds.
type circle struct {
	*world
	id     store.ID
	people []member.Actor
}

func newCircle(t *testing.T) circle {
	t.Helper()
	w := newWorld(t)
	c := circle{world: w, people: []member.Actor{
		w.peer, w.supervisor, w.hire(t, "sentiero", member.RoleModerator), w.hire(t, "cedar", member.RoleMediator),
	}}
	f := w.proposal()
	f.Kind, f.Supervisors, f.Peers = "intervision", nil, nil
	for _, who := range c.people {
		f.Peers = append(f.Peers, who.Role.ID)
	}
	c.id = w.agree(t, f, c.people...)
	return c
}

// agree proposes and lets everybody say yes.
func (w *world) agree(t *testing.T, f supervision.ProposalForm, people ...member.Actor) store.ID {
	t.Helper()
	ctx := context.Background()
	made, err := w.sup.Propose(ctx, w.coordinator, f)
	if err != nil || !made.Stored {
		t.Fatalf("propose: %v, %v", err, made.Verdict)
	}
	for _, who := range people {
		if err := w.sup.Accept(ctx, who, made.ID); err != nil {
			t.Fatalf("%s accepts: %v", who.Role.Handle, err)
		}
	}
	return made.ID
}

func (w *world) minutes(owner store.ID, present ...member.Actor) supervision.MinutesForm {
	f := supervision.MinutesForm{Day: w.Today(), Minutes: 90, Mode: "person", Sitting: supervision.Sitting{
		Norms: true, Childcare: true, CheckIn: "A slow copper morning.", Owner: owner, Question: "How do I end a round of glass?",
		Heard: "A velvet tiredness.", Ideas: "Two lanterns.", Decisions: "We ask for gravel boots.",
	}}
	for _, who := range present {
		f.Present = append(f.Present, who.Role.ID)
	}
	return f
}

func (w *world) sit(t *testing.T, who member.Actor, relation store.ID, f supervision.MinutesForm) store.ID {
	t.Helper()
	made, err := w.sup.WriteMinutes(context.Background(), who, relation, f)
	if err != nil || !made.Stored {
		t.Fatalf("minutes: %v, %v", err, made.Verdict)
	}
	return made.ID
}

func TestMinutesAreClosedWhenEverybodyWhoWasThereHasSpoken(t *testing.T) {
	c, ctx := newCircle(t), context.Background()
	absent := c.people[3]
	id := c.sit(t, c.people[0], c.id, c.minutes(c.people[1].Role.ID, c.people[:3]...))
	if _, err := c.sup.Choose(ctx, c.people[0], id, supervision.ChoiceForm{Words: "For her.", Version: 1}); !fault.Is(err, fault.Refused) {
		t.Errorf("somebody else chooses for her: %v; want a refusal", err)
	}
	if _, err := c.sup.ReviseMinutes(ctx, c.people[1], id, c.minutes(store.ID{}, c.people[:2]...)); !fault.Is(err, fault.Refused) {
		t.Errorf("another than the facilitator changes the minutes: %v; want a refusal", err)
	}
	if _, err := c.sup.Choose(ctx, c.people[1], id, supervision.ChoiceForm{Words: "I take the amber lantern.", Version: 1}); err != nil {
		t.Fatal(err)
	}
	c.sign(t, c.people[0], id, supervision.SignForm{Verdict: supervision.Agree, Version: 2})
	if _, err := c.sup.Choose(ctx, c.people[1], id, supervision.ChoiceForm{Words: "Another.", Version: 2}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a choice after a signature: %v; want a conflict", err)
	}
	if _, err := c.sup.Sign(ctx, absent, id, supervision.SignForm{Verdict: supervision.Agree, Version: 2}); !fault.Is(err, fault.Refused) {
		t.Errorf("somebody signs who was not there: %v; want a refusal", err)
	}
	c.sign(t, c.people[1], id, supervision.SignForm{Verdict: supervision.Decline, Words: "Not my question.", Version: 2})
	state := func() string {
		o, err := c.sup.Read(ctx, absent, id)
		if err != nil || o.Choice != "I take the amber lantern." || o.Sitting.Ideas != "Two lanterns." {
			t.Fatalf("who was absent reads %+v, %v", o.Sitting, err)
		}
		return o.State
	}
	if state() != supervision.Written {
		t.Error("it is closed before the last one has spoken")
	}
	c.sign(t, c.people[2], id, supervision.SignForm{Verdict: supervision.Disagree, Words: "There were three lanterns.", Version: 2})
	if state() != supervision.Signed {
		t.Error("it is not closed although everybody has spoken")
	}
	c.sign(t, absent, id, supervision.SignForm{Verdict: supervision.Add, Words: "I was not there and agree.", Version: 2})
	for _, who := range c.people {
		if got, err := c.sup.Verify(ctx, who, c.id); err != nil || got != (supervision.Report{Links: 4}) {
			t.Errorf("%s sees the chain as %+v, %v", who.Role.Handle, got, err)
		}
	}
	for i, want := range []int{1, 1, 1, 0} {
		if held, err := c.sup.Hours(ctx, c.people[i].Role.ID, c.Today(), c.Today()); err != nil || len(held) != want {
			t.Errorf("hours of person %d: %v, %v; want %d", i, held, err, want)
		}
	}
	dump := c.Dump(t)
	for _, words := range []string{"copper morning", "round of glass", "velvet", "lantern", "gravel", "Not my question"} {
		if strings.Contains(dump, words) {
			t.Errorf("%q is readable in a stolen database", words)
		}
	}
}

func TestFourSignAtOnce(t *testing.T) {
	c := newCircle(t)
	id := c.sit(t, c.people[0], c.id, c.minutes(store.ID{}, c.people...))
	var all sync.WaitGroup
	for range 2 {
		for _, who := range c.people {
			all.Go(func() {
				c.sign(t, who, id, supervision.SignForm{Verdict: supervision.Agree, Version: 1, Nonce: who.Role.Handle})
			})
		}
	}
	all.Wait()
	if got, err := c.sup.Verify(context.Background(), c.people[0], c.id); err != nil || got != (supervision.Report{Links: 4}) {
		t.Errorf("got %+v, %v; want four links", got, err)
	}
	if o, err := c.sup.Read(context.Background(), c.people[0], id); err != nil || o.State != supervision.Signed || len(o.Quiet) != 0 {
		t.Errorf("got %q, %v; want it closed", o.State, err)
	}
}

func TestNewcomersReadNothingFromBeforeAndLeaversNothingLater(t *testing.T) {
	c, ctx := newCircle(t), context.Background()
	before := c.sit(t, c.people[0], c.id, c.minutes(store.ID{}, c.people...))
	newcomer := c.hire(t, "ottone", member.RoleLeader)
	for name, f := range map[string]supervision.InviteForm{
		"somebody who is there": {Account: c.people[1].Role.ID, Part: supervision.Peer},
		"a supervisor":          {Account: newcomer.Role.ID, Part: supervision.Supervisor},
		"nobody":                {Part: supervision.Peer},
	} {
		if err := c.sup.Invite(ctx, c.people[0], c.id, f); !fault.Is(err, fault.Invalid) {
			t.Errorf("inviting %s: %v; want a field to mend", name, err)
		}
	}
	if err := c.sup.Invite(ctx, c.people[0], c.id, supervision.InviteForm{Account: newcomer.Role.ID, Part: supervision.Peer}); err != nil {
		t.Fatal(err)
	}
	line, err := c.sup.Relation(ctx, newcomer, c.id)
	if err != nil {
		t.Fatal(err)
	}
	if terms, err := c.sup.Agreement(ctx, newcomer, line.Relation); err != nil || terms.Agreement == "" {
		t.Errorf("whoever is invited cannot read the agreement: %v", err)
	}
	waiting := c.sit(t, c.people[0], c.id, c.minutes(store.ID{}, c.people...))
	if _, err := c.sup.WriteMinutes(ctx, newcomer, c.id, c.minutes(store.ID{}, newcomer, c.people[0])); !fault.Is(err, fault.Refused) {
		t.Errorf("writing before she said yes: %v; want a refusal", err)
	}
	if err := c.sup.Accept(ctx, newcomer, c.id); err != nil {
		t.Fatal(err)
	}
	leaver := c.people[3]
	if err := c.sup.Leave(ctx, leaver, c.id); err != nil {
		t.Fatal(err)
	}
	later := c.sit(t, newcomer, c.id, c.minutes(store.ID{}, newcomer, c.people[0], c.people[1]))
	c.sign(t, newcomer, later, supervision.SignForm{Verdict: supervision.Agree})
	c.sign(t, leaver, before, supervision.SignForm{Verdict: supervision.Disagree, Words: "I was there and read it."})
	for _, one := range []struct {
		name string
		who  member.Actor
		id   store.ID
		want bool
	}{
		{"the newcomer and what was before", newcomer, before, false}, {"the newcomer and what was while she was asked", newcomer, waiting, false},
		{"the newcomer and what comes", newcomer, later, true},
		{"the leaver and what was before", leaver, before, true}, {"the leaver and what comes", leaver, later, false},
	} {
		o, err := c.sup.Read(ctx, one.who, one.id)
		if one.want && (err != nil || o.Sitting.CheckIn == "") {
			t.Errorf("%s: %v; want the words", one.name, err)
		}
		if !one.want && !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v; want that it does not exist", one.name, err)
		}
		list, err := c.sup.Entries(ctx, one.who, c.id)
		if err != nil || one.want != slices.ContainsFunc(list, func(e supervision.Entry) bool { return e.ID == one.id }) {
			t.Errorf("%s: the list holds %d, %v", one.name, len(list), err)
		}
	}
	if err := c.sup.Invite(ctx, c.people[0], c.id, supervision.InviteForm{Account: leaver.Role.ID, Part: supervision.Peer}); !fault.Is(err, fault.Invalid) {
		t.Errorf("inviting the leaver again: %v; want a field to mend", err)
	}
	for _, verb := range []error{c.sup.Plan(ctx, leaver, c.id, ""), c.sup.Leave(ctx, leaver, c.id), c.sup.End(ctx, leaver, c.id)} {
		if !fault.Is(verb, fault.NotFound) {
			t.Errorf("the leaver acts: %v; want that it does not exist", verb)
		}
	}
	if got, err := c.sup.Verify(ctx, newcomer, c.id); err != nil || got.Broken != 0 || got.Links != 2 {
		t.Errorf("the chain: %+v, %v", got, err)
	}
}

func TestARowThatSomebodyWritesIntoTheGroupIsNoReader(t *testing.T) {
	c, ctx := newCircle(t), context.Background()
	thief := c.hire(t, "ottone", member.RoleLeader)
	key, err := member.PresentKey(ctx, c.DB.DB, thief.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	row := "INSERT INTO supervision_members (relation_id, account_id, part, print, sign, since_day, added_by, added_sign) VALUES (?, ?, 'peer', ?, ?, ?, ?, ?)"
	if err := c.DB.DB.Exec(row, c.id, thief.Role.ID, supervision.Fingerprint(key), []byte("yes"), c.Today(), c.people[0].Role.ID, []byte("yes")).Error; err != nil {
		t.Fatal(err)
	}
	id := c.sit(t, c.people[0], c.id, c.minutes(store.ID{}, c.people...))
	if _, err := c.sup.Read(ctx, thief, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("she reads: %v; want that it does not exist", err)
	}
	if err := c.DB.DB.Exec("UPDATE supervision_members SET added_by = NULL WHERE account_id = ?", thief.Role.ID).Error; err != nil {
		t.Fatal(err)
	}
	if _, err := c.sup.WriteMinutes(ctx, c.people[0], c.id, c.minutes(store.ID{}, c.people...)); !changed(err) {
		t.Errorf("a forged founder: %v; want that it stops", err)
	}
}

func TestTheTurnGoesToWhoeverHasNotLedForLongest(t *testing.T) {
	c, ctx := newCircle(t), context.Background()
	var order []string
	for range c.people {
		turn, err := c.sup.Turn(ctx, c.people[0], c.id)
		if err != nil {
			t.Fatal(err)
		}
		order = append(order, turn.Handle)
		i := slices.IndexFunc(c.people, func(a member.Actor) bool { return a.Role.ID == turn.AccountID })
		c.sit(t, c.people[i], c.id, c.minutes(store.ID{}, c.people...))
		c.Time.Advance(24 * time.Hour)
	}
	if want := []string{"cedar", "girasole", "lampione", "sentiero"}; !slices.Equal(order, want) {
		t.Errorf("the turns went %v, want %v", order, want)
	}
	if turn, err := c.sup.Turn(ctx, c.people[0], c.id); err != nil || turn.Handle != "cedar" {
		t.Errorf("then %q, %v; want the first again", turn.Handle, err)
	}
}

func TestACodeOfACaseIsDrawnAndGoesAfterNinetyDays(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	f := w.proposal()
	f.Kind = "case"
	id := w.agree(t, f, w.peer, w.supervisor)
	form := w.form()
	form.Code = "AB-12"
	if _, err := w.sup.Write(ctx, w.peer, id, form); !fault.Is(err, fault.Invalid) {
		t.Errorf("a code of her own: %v; want a field to mend", err)
	}
	form.Code = supervision.NewCode
	made, err := w.sup.Write(ctx, w.peer, id, form)
	if err != nil {
		t.Fatal(err)
	}
	o, err := w.sup.Read(ctx, w.supervisor, made.ID)
	if err != nil || len(o.Code) != 5 || o.Code[2] != '-' {
		t.Fatalf("the code is %q, %v", o.Code, err)
	}
	form.Code = o.Code
	if _, err := w.sup.Write(ctx, w.peer, id, form); err != nil {
		t.Errorf("the case goes on: %v", err)
	}
	w.sign(t, w.peer, made.ID, supervision.SignForm{Verdict: supervision.Agree})
	w.Time.Advance(91 * 24 * time.Hour)
	if err := w.Retain(ctx); err != nil {
		t.Fatal(err)
	}
	if codes, err := w.sup.Codes(ctx, id); err != nil || len(codes) != 0 {
		t.Errorf("after ninety days: %v, %v", codes, err)
	}
	var left int64
	if err := w.DB.DB.Raw("SELECT COUNT(*) FROM supervision_codes").Scan(&left).Error; err != nil || left != 0 {
		t.Errorf("%d codes are still there, %v", left, err)
	}
	w.links(t, id, supervision.Report{Links: 1})
}
