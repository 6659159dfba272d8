package supervision_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
)

// change lets the peer choose another supervisor, who says yes.
func (w *world) change(t *testing.T, relation store.ID, next member.Actor) store.ID {
	t.Helper()
	ctx, before := context.Background(), lineOf(t, w, w.peer, relation).State
	made, err := w.sup.Change(ctx, w.peer, relation, supervision.ChangeForm{Supervisor: next.Role.ID, Nonce: "one"})
	if err != nil {
		t.Fatal(err)
	}
	if again, err := w.sup.Change(ctx, w.peer, relation, supervision.ChangeForm{Supervisor: next.Role.ID, Nonce: "one"}); err != nil || again.ID != made.ID {
		t.Errorf("the same form again: %v, %v", again.ID, err)
	}
	if _, err := w.sup.Change(ctx, w.peer, relation, supervision.ChangeForm{Supervisor: next.Role.ID, Nonce: "two"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second choice while the first waits: %v; want a conflict", err)
	}
	if line, err := w.sup.Relation(ctx, w.peer, relation); err != nil || line.State != before {
		t.Errorf("before she answers the old one is %q, %v; want %q as it was", line.State, err, before)
	}
	if err := w.sup.Accept(ctx, next, made.ID); err != nil {
		t.Fatal(err)
	}
	return made.ID
}

func TestShePassesOnWhatShePleasesToANewSupervisor(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	next := w.hire(t, "ottone", member.RoleSupervisor)
	relation := w.open(t)
	given, kept := w.write(t, relation), w.write(t, relation)
	w.sign(t, w.supervisor, given, supervision.SignForm{Verdict: supervision.Disagree, Words: "Copper words."})
	if _, err := w.sup.Change(ctx, w.supervisor, relation, supervision.ChangeForm{Supervisor: next.Role.ID}); !fault.Is(err, fault.NotFound) {
		t.Errorf("the supervisor changes for her: %v; want that it does not exist", err)
	}
	if _, err := w.sup.Change(ctx, w.peer, relation, supervision.ChangeForm{Supervisor: w.supervisor.Role.ID}); !fault.Is(err, fault.Invalid) {
		t.Errorf("she chooses the same one: %v; want a field to mend", err)
	}
	now := w.change(t, relation, next)
	if line, err := w.sup.Relation(ctx, w.peer, relation); err != nil || line.State != supervision.Ended {
		t.Errorf("the old one is %q, %v; want ended", line.State, err)
	}
	if terms, err := w.sup.Agreement(ctx, next, lineOf(t, w, next, now).Relation); err != nil || !strings.HasPrefix(terms.Agreement, "We speak every two weeks") {
		t.Errorf("the terms are %+v, %v", terms, err)
	}
	for _, id := range []store.ID{given, kept} {
		if _, err := w.sup.Read(ctx, next, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("the new one reads before it is shared: %v", err)
		}
	}
	for name, err := range map[string]error{
		"the old supervisor shares": w.sup.Share(ctx, w.supervisor, now, []store.ID{given}), "the new one takes": w.sup.Share(ctx, next, now, []store.ID{given}),
		"what is not hers": w.sup.Share(ctx, w.peer, now, []store.ID{store.NewID()}),
	} {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v; want that it does not exist", name, err)
		}
	}
	if err := w.sup.Share(ctx, w.peer, now, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("sharing nothing: %v; want a field to mend", err)
	}
	for range 2 { // twice is once
		if err := w.sup.Share(ctx, w.peer, now, []store.ID{given}); err != nil {
			t.Fatal(err)
		}
	}
	o, err := w.sup.Read(ctx, next, given)
	if err != nil || o.Words.Worked != "The river of calm questions." || o.Links[0].Words != "Copper words." || o.Mine != "" {
		t.Errorf("the new one reads %+v, %v", o.Words, err)
	}
	if _, err := w.sup.Sign(ctx, next, given, supervision.SignForm{Verdict: supervision.Agree, Version: 1}); !fault.Is(err, fault.NotFound) {
		t.Errorf("the new one signs what was before: %v; want that it does not exist", err)
	}
	if _, err := w.sup.Read(ctx, next, kept); !fault.Is(err, fault.NotFound) {
		t.Errorf("what she kept: %v; want that it does not exist", err)
	}
	if list, err := w.sup.Before(ctx, next, now); err != nil || len(list) != 1 || !list[0].Shared {
		t.Errorf("the new one sees %+v, %v from before", list, err)
	}
	fresh := w.write(t, now)
	if _, err := w.sup.Read(ctx, w.supervisor, fresh); !fault.Is(err, fault.NotFound) {
		t.Errorf("the old one reads what is new: %v", err)
	}
	if o, err := w.sup.Read(ctx, w.supervisor, given); err != nil || o.Words.Worked == "" {
		t.Errorf("the old one does not read what was hers: %v", err)
	}
	w.links(t, relation, supervision.Report{Links: 1})
	seen, err := w.sup.Readers(ctx, w.peer, relation)
	if err != nil || len(seen) != 2 || !slices.ContainsFunc(seen, func(r supervision.Reading) bool { return r.Handle == "ottone" && r.Entry == given }) {
		t.Errorf("she sees as readers %+v, %v", seen, err)
	}
	if seen, err := w.sup.Readers(ctx, w.supervisor, relation); err != nil || len(seen) != 0 {
		t.Errorf("the supervisor sees readers of what she did not write: %+v, %v", seen, err)
	}
}

func lineOf(t *testing.T, w *world, who member.Actor, id store.ID) supervision.Line {
	t.Helper()
	line, err := w.sup.Relation(context.Background(), who, id)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func TestWhenHerSupervisorIsGoneSheSignsAloneAndGoesOn(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	next := w.hire(t, "ottone", member.RoleSupervisor)
	relation := w.open(t)
	id := w.write(t, relation)
	if _, err := w.sup.Read(ctx, w.supervisor, id); err != nil {
		t.Fatal(err)
	}
	w.Time.Advance(time.Minute)
	if err := w.members.DeleteAccount(ctx, w.supervisor, member.Again{Key: w.keys["girasole"].Passphrase}, true); err != nil {
		t.Fatal(err)
	}
	if err := w.Tx(ctx, func(tx *gorm.DB) error { return w.sup.Erase(ctx, tx, w.supervisor, true) }); err != nil {
		t.Fatal(err)
	}
	if seen, err := w.sup.Readers(ctx, w.peer, relation); err != nil || len(seen) != 0 {
		t.Errorf("her reading stays after her account: %+v, %v", seen, err)
	}
	o, err := w.sup.Read(ctx, w.peer, id)
	if err != nil || len(o.Quiet) != 2 || !slices.ContainsFunc(o.Quiet, func(p supervision.Person) bool { return p.Why == supervision.Gone }) {
		t.Fatalf("got %+v, %v; want that one cannot sign any more", o.Quiet, err)
	}
	w.sign(t, w.peer, id, supervision.SignForm{Verdict: supervision.Agree})
	if o, err = w.sup.Read(ctx, w.peer, id); err != nil || o.State != supervision.Signed || len(o.Quiet) != 1 {
		t.Errorf("got %q, %+v, %v; want it signed alone", o.State, o.Quiet, err)
	}
	if _, err := w.sup.Write(ctx, w.peer, relation, w.form()); !fault.Is(err, fault.Refused) {
		t.Errorf("writing to nobody: %v; want a refusal", err)
	}
	now := w.change(t, relation, next)
	if err := w.sup.Share(ctx, w.peer, now, []store.ID{id}); err != nil {
		t.Fatal(err)
	}
	if o, err := w.sup.Read(ctx, next, id); err != nil || o.Words.Worked == "" {
		t.Errorf("the new one does not read what was shared: %v", err)
	}
	if got, err := w.sup.Verify(ctx, w.peer, relation); err != nil || got != (supervision.Report{Links: 1}) {
		t.Errorf("the chain: %+v, %v", got, err)
	}
}

// rotate changes the keys of somebody.
func (w *world) rotate(t *testing.T, who member.Actor) member.Actor {
	t.Helper()
	w.Time.Advance(time.Minute)
	keys := w.keys[who.Role.Handle]
	code, err := totp.GenerateCode(keys.Factor, w.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	out, err := w.members.RotateKey(context.Background(), who, member.Rotation{Again: member.Again{Key: keys.Passphrase}, Code: code})
	if err != nil {
		t.Fatal(err)
	}
	return out.Actor
}

func TestAChangedKeyThatFollowsFromTheAgreementGoesOn(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	relation := w.open(t)
	id := w.write(t, relation)
	w.sign(t, w.supervisor, id, supervision.SignForm{Verdict: supervision.Agree})
	old := w.peer
	w.peer = w.rotate(t, w.peer)
	w.sign(t, w.peer, id, supervision.SignForm{Verdict: supervision.Disagree, Words: "With the new key."})
	w.links(t, relation, supervision.Report{Links: 2})
	w.supervisor = w.rotate(t, w.supervisor)
	fresh := w.write(t, relation)
	for _, who := range []member.Actor{w.peer, w.supervisor} {
		for _, one := range []store.ID{id, fresh} {
			if o, err := w.sup.Read(ctx, who, one); err != nil || o.Words.Worked == "" {
				t.Errorf("%s reads %+v, %v", who.Role.Handle, o.Words, err)
			}
		}
	}
	w.sign(t, w.supervisor, fresh, supervision.SignForm{Verdict: supervision.Agree})
	w.links(t, relation, supervision.Report{Links: 3})
	if _, err := w.sup.Sign(ctx, old, fresh, supervision.SignForm{Verdict: supervision.Agree, Version: 1}); fault.KindOf(err) != fault.Refused {
		t.Errorf("signing with the key from before: %v; want a refusal", err)
	}
}

func TestWhoHasNoKeyForTheWordsIsTold(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.write(t, w.open(t))
	if err := w.DB.DB.Exec("DELETE FROM sealed_keys WHERE reader_id = ?", w.supervisor.Role.ID.String()).Error; err != nil {
		t.Fatal(err)
	}
	if o, err := w.sup.Read(ctx, w.supervisor, id); err != nil || !o.Unread || o.Gone || o.Words.Worked != "" {
		t.Errorf("got %+v, %v; want that she cannot read it", o, err)
	}
	_, err := w.sup.Sign(ctx, w.supervisor, id, supervision.SignForm{Verdict: supervision.Agree, Version: 1})
	if f := fault.As(err); f == nil || f.Key != "supervision.cannot-read" {
		t.Errorf("she signs what she cannot read: %v", err)
	}
}
