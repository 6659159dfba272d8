package supervision_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
)

func TestARelationOpensWhenBothSayYes(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.company(t)
	f := w.proposal()
	f.Nonce = "one form"
	made, err := w.sup.Propose(ctx, w.supervisor, f)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := w.sup.Propose(ctx, w.supervisor, f); err != nil || again.ID != made.ID {
		t.Errorf("the same form again: %v, %v; want the same relation", again.ID, err)
	}
	if _, err := w.sup.Write(ctx, w.peer, made.ID, w.form()); !fault.Is(err, fault.Refused) {
		t.Errorf("writing before the agreement: %v; want a refusal", err)
	}
	if err := w.sup.Accept(ctx, w.supervisor, made.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("the proposer accepts twice: %v; want a conflict", err)
	}
	for name, who := range map[string]member.Actor{"the coordinator": w.coordinator, "another peer": w.other, "the host": w.host} {
		if err := w.sup.Accept(ctx, who, made.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s accepts: %v; want that it does not exist", name, err)
		}
	}
	if err := w.sup.Accept(ctx, w.peer, made.ID); err != nil {
		t.Fatal(err)
	}
	line, err := w.sup.Relation(ctx, w.peer, made.ID)
	if err != nil || line.State != supervision.Open || line.Supervisor != "girasole" || line.DueBy != w.DayAfter(21) {
		t.Errorf("got %+v, %v; want an open relation that is due in 21 days", line, err)
	}
	words, err := w.sup.Agreement(ctx, w.peer, line.Relation)
	if err != nil || !strings.HasPrefix(words.Agreement, "We speak every two weeks") {
		t.Errorf("the agreement reads %q, %v", words, err)
	}
	if err := w.sup.End(ctx, w.peer, made.ID); err != nil {
		t.Errorf("the peer ends it: %v", err)
	}
}

func TestBothAcceptAtOnceAndItOpens(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	made, err := w.sup.Propose(ctx, w.coordinator, w.proposal())
	if err != nil {
		t.Fatal(err)
	}
	var both sync.WaitGroup
	for _, who := range []member.Actor{w.peer, w.supervisor} {
		both.Go(func() {
			if err := w.sup.Accept(ctx, who, made.ID); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if line, err := w.sup.Relation(ctx, w.peer, made.ID); err != nil || line.State != supervision.Open {
		t.Errorf("got %q, %v; want open", line.State, err)
	}
}

func TestAProposalIsCheckedFieldByField(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.company(t)
	for _, c := range []struct {
		name  string
		who   member.Actor
		alter func(*supervision.ProposalForm)
		field string
	}{
		{"nobody as the peer", w.coordinator, func(f *supervision.ProposalForm) { f.Peers = nil }, "peer"},
		{"the host of the server as the peer", w.coordinator, func(f *supervision.ProposalForm) { f.Peers = []store.ID{w.host.Role.ID} }, "peer"},
		{"two peers for one supervisor", w.coordinator, func(f *supervision.ProposalForm) { f.Peers = append(f.Peers, w.other.Role.ID) }, "peer"},
		{"a pair of one", w.coordinator, func(f *supervision.ProposalForm) { f.Kind, f.Supervisors = "pair", nil }, "peer"},
		{"a pair of one twice", w.coordinator, func(f *supervision.ProposalForm) {
			f.Kind, f.Supervisors, f.Peers = "pair", nil, append(f.Peers, f.Peers...)
		}, "peer"},
		{"a supervisor above an intervision", w.coordinator, func(f *supervision.ProposalForm) {
			f.Kind, f.Peers = "intervision", append(f.Peers, w.other.Role.ID)
		}, "supervisor"},
		{"a group that nobody supervises", w.coordinator, func(f *supervision.ProposalForm) {
			f.Kind, f.Supervisors, f.Peers = "group", nil, append(f.Peers, w.other.Role.ID)
		}, "supervisor"},
		{"a look at the agreement in the past", w.coordinator, func(f *supervision.ProposalForm) { f.Review = w.DayAfter(-1) }, "review"},
		{"a peer as her supervisor", w.coordinator, func(f *supervision.ProposalForm) { f.Supervisors = []store.ID{w.peer.Role.ID} }, "supervisor"},
		{"herself as her supervisor", w.coordinator, func(f *supervision.ProposalForm) {
			f.Peers, f.Supervisors = []store.ID{w.other.Role.ID}, []store.ID{w.other.Role.ID}
		}, "supervisor"},
		{"two others", w.other, func(*supervision.ProposalForm) {}, "supervisor"},
		{"an unknown kind", w.coordinator, func(f *supervision.ProposalForm) { f.Kind = "control" }, "kind"},
		{"no rhythm", w.coordinator, func(f *supervision.ProposalForm) { f.CadenceDays = 0 }, "cadence"},
		{"an endless rhythm", w.coordinator, func(f *supervision.ProposalForm) { f.CadenceDays = 900 }, "cadence"},
		{"no words", w.coordinator, func(f *supervision.ProposalForm) { f.Agreement = " \n" }, "agreement"},
		{"too many words", w.coordinator, func(f *supervision.ProposalForm) { f.Agreement = strings.Repeat("ж", supervision.LongestWords+1) }, "agreement"},
	} {
		f := w.proposal()
		c.alter(&f)
		_, err := w.sup.Propose(ctx, c.who, f)
		if e := fault.As(err); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != c.field {
			t.Errorf("%s: got %v; want the field %s to mend", c.name, err, c.field)
		}
	}
	for name, who := range map[string]member.Actor{"the host": w.host, "a visitor": {}} {
		if _, err := w.sup.Propose(ctx, who, w.proposal()); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s proposes: %v; want that it does not exist", name, err)
		}
	}
}

func TestAnEntryIsReadByItsTwoPeopleAndByNobodyElse(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.company(t)
	relation := w.open(t)
	if _, err := w.sup.Write(ctx, w.supervisor, relation, w.form()); !fault.Is(err, fault.Refused) {
		t.Errorf("the supervisor writes first: %v; want a refusal", err)
	}
	id := w.write(t, relation)
	if err := w.sup.Reflect(ctx, w.peer, id, supervision.Reflection{Words: "My own quiet harbour.", Wellbeing: "1"}); err != nil {
		t.Fatal(err)
	}
	for _, who := range []member.Actor{w.peer, w.supervisor} {
		o, err := w.sup.Read(ctx, who, id)
		if err != nil || o.Words.Worked != "The river of calm questions." || len(o.Words.Actions) != 1 {
			t.Errorf("%s reads %+v, %v", who.Role.Handle, o.Words, err)
		}
	}
	if mine, err := w.sup.MyReflection(ctx, w.peer, id); err != nil || mine.Words != "My own quiet harbour." || mine.Wellbeing != "1" {
		t.Errorf("her own notes: %+v, %v", mine, err)
	}
	if mine, err := w.sup.MyReflection(ctx, w.supervisor, id); err != nil || mine.Words != "" {
		t.Errorf("the supervisor reads her notes: %+v, %v", mine, err)
	}
	for name, who := range map[string]member.Actor{"coordinator": w.coordinator, "other peer": w.other, "host": w.host, "visitor": {}} {
		_, read := w.sup.Read(ctx, who, id)
		_, list := w.sup.Entries(ctx, who, relation)
		_, line := w.sup.Relation(ctx, who, relation)
		_, notes := w.sup.MyReflection(ctx, who, id)
		_, chain := w.sup.Verify(ctx, who, relation)
		_, revise := w.sup.Revise(ctx, who, id, w.form())
		_, sign := w.sup.Sign(ctx, who, id, supervision.SignForm{Verdict: supervision.Agree, Version: 1})
		for verb, err := range map[string]error{"read": read, "list": list, "relation": line, "notes": notes, "chain": chain, "revise": revise, "sign": sign, "plan": w.sup.Plan(ctx, who, relation, ""), "end": w.sup.End(ctx, who, relation)} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s: got %v; want that it does not exist", name, verb, err)
			}
		}
	}
	dump := w.Dump(t)
	for _, words := range []string{"river of calm", "paper lantern", "second chair", "marble rota", "quiet harbour", "every two weeks", "boundary"} {
		if strings.Contains(dump, words) {
			t.Errorf("%q is readable in a stolen database", words)
		}
	}
	if !strings.Contains(dump, "girasole") {
		t.Error("the dump does not even hold a handle: it proves nothing")
	}
}

func TestTheManagementViewHasNoWords(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.company(t)
	relation := w.open(t)
	w.write(t, relation)
	for name, who := range map[string]member.Actor{"peer": w.peer, "supervisor": w.supervisor, "host": w.host, "visitor": {}} {
		if _, err := w.sup.Overview(ctx, who); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v; want that it does not exist", name, err)
		}
	}
	see := func() supervision.Line {
		lines, err := w.sup.Overview(ctx, w.coordinator)
		if err != nil || len(lines) != 1 {
			t.Fatalf("%d lines, %v", len(lines), err)
		}
		return lines[0]
	}
	l := see()
	if l.Minutes != 50 || l.Held != 1 || l.OpenActions != 1 || l.FirstDue != w.DayAfter(7) || *l.NextDay != w.DayAfter(14) || l.Overdue {
		t.Errorf("got %+v", l)
	}
	w.Time.Advance(21 * 24 * time.Hour)
	if see().Overdue {
		t.Error("overdue on the last day of the grace")
	}
	w.Time.Advance(24 * time.Hour)
	if !see().Overdue {
		t.Error("not overdue after 1.5 times the rhythm")
	}
	mine, err := w.sup.Mine(ctx, w.peer)
	if err != nil || len(mine) != 1 || !mine[0].Overdue {
		t.Errorf("she does not see that it is overdue: %+v, %v", mine, err)
	}
}

func TestAnEntryIsCheckedFieldByField(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	relation := w.open(t)
	for _, c := range []struct {
		name  string
		alter func(*supervision.EntryForm)
		field string
	}{
		{"no day", func(f *supervision.EntryForm) { f.Day = "" }, "day"},
		{"no such day", func(f *supervision.EntryForm) { f.Day = "2026-02-30" }, "day"},
		{"a day to come", func(f *supervision.EntryForm) { f.Day = w.DayAfter(1) }, "day"},
		{"no minutes", func(f *supervision.EntryForm) { f.Minutes = 0 }, "minutes"},
		{"minutes below zero", func(f *supervision.EntryForm) { f.Minutes = -5 }, "minutes"},
		{"a day of minutes", func(f *supervision.EntryForm) { f.Minutes = 1440 }, "minutes"},
		{"an unknown mode", func(f *supervision.EntryForm) { f.Mode = "telepathy" }, "mode"},
		{"a next day in the past", func(f *supervision.EntryForm) { f.Next = w.DayAfter(-1) }, "next"},
		{"an unknown topic", func(f *supervision.EntryForm) { f.Words.Topics = []string{"clients"} }, "topics"},
		{"no words", func(f *supervision.EntryForm) { f.Words.Worked, f.Words.Hard, f.Words.Support = "", " ", "\n" }, "worked"},
		{"too many words", func(f *supervision.EntryForm) { f.Words.Hard = strings.Repeat("a", supervision.LongestWords+1) }, "hard"},
		{"six of five", func(f *supervision.EntryForm) { f.Words.Wellbeing = "6" }, "wellbeing"},
		{"an action without words", func(f *supervision.EntryForm) { f.Words.Actions[0].What = " " }, "what1"},
		{"an action of nobody", func(f *supervision.EntryForm) { f.Words.Actions[0].Owner = "client" }, "owner1"},
		{"an action due before", func(f *supervision.EntryForm) { f.Words.Actions[0].Due = "2020-01-01" }, "due1"},
	} {
		f := w.form()
		c.alter(&f)
		_, err := w.sup.Write(ctx, w.peer, relation, f)
		if e := fault.As(err); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != c.field {
			t.Errorf("%s: got %v; want the field %s to mend", c.name, err, c.field)
		}
	}
}

func TestScreeningShowsTheWordsAndSheDecides(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	relation := w.open(t)
	f := w.form()
	f.Words.Hard = "Her number is +39 333 12 34 567 and she waits."
	made, err := w.sup.Write(ctx, w.peer, relation, f)
	if err != nil || made.Stored || len(made.Verdict.Findings) == 0 {
		t.Fatalf("stored %v, %v, findings %v; want the words shown first", made.Stored, err, made.Verdict.Findings)
	}
	if entries, _ := w.sup.Entries(ctx, w.peer, relation); len(entries) != 0 {
		t.Error("an entry was stored before she decided")
	}
	f.Insist = true
	if made, err = w.sup.Write(ctx, w.peer, relation, f); err != nil || !made.Stored {
		t.Errorf("she insists: stored %v, %v", made.Stored, err)
	}
}
