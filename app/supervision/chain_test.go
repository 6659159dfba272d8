package supervision_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
)

func (w *world) sign(t *testing.T, who member.Actor, entry store.ID, f supervision.SignForm) {
	t.Helper()
	if f.Version == 0 {
		f.Version = 1
	}
	if r, err := w.sup.Sign(context.Background(), who, entry, f); err != nil || !r.Stored {
		t.Fatalf("%s %s: %v", who.Role.Handle, f.Verdict, err)
	}
}

func (w *world) links(t *testing.T, relation store.ID, want supervision.Report) {
	t.Helper()
	for _, who := range []member.Actor{w.peer, w.supervisor} {
		if got, err := w.sup.Verify(context.Background(), who, relation); err != nil || got != want {
			t.Errorf("the chain as %s sees it: %+v, %v; want %+v", who.Role.Handle, got, err, want)
		}
	}
}

func TestTheFirstSignatureFreezesAnEntry(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	relation := w.open(t)
	id := w.write(t, relation)
	if _, err := w.sup.Sign(ctx, w.supervisor, id, supervision.SignForm{Verdict: supervision.Add, Words: "Too early.", Version: 1}); !fault.Is(err, fault.Refused) {
		t.Errorf("an addition before any signature: %v; want a refusal", err)
	}
	f := w.form()
	f.Version, f.Words.Worked, f.Minutes = 1, "Another thing worked.", 60
	if _, err := w.sup.Revise(ctx, w.peer, id, f); err != nil {
		t.Fatal(err)
	}
	if _, err := w.sup.Sign(ctx, w.supervisor, id, supervision.SignForm{Verdict: supervision.Agree, Version: 1}); !fault.Is(err, fault.Conflict) {
		t.Errorf("signing what was changed meanwhile: %v; want a conflict", err)
	}
	w.sign(t, w.supervisor, id, supervision.SignForm{Verdict: supervision.Agree, Version: 2})
	f.Version = 2
	if _, err := w.sup.Revise(ctx, w.peer, id, f); !fault.Is(err, fault.Conflict) {
		t.Errorf("changing what was signed: %v; want a conflict", err)
	}
	if _, err := w.sup.Sign(ctx, w.supervisor, id, supervision.SignForm{Verdict: supervision.Decline, Words: "No.", Version: 2}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second verdict: %v; want a conflict", err)
	}
	w.sign(t, w.peer, id, supervision.SignForm{Verdict: supervision.Disagree, Words: "It was longer.", Version: 2})
	w.sign(t, w.peer, id, supervision.SignForm{Verdict: supervision.Add, Words: "We spoke again.", Version: 2})
	o, err := w.sup.Read(ctx, w.supervisor, id)
	if err != nil || o.State != supervision.Signed || len(o.Links) != 3 || o.Links[1].Words != "It was longer." || o.Links[2].Words != "We spoke again." || o.Words.Worked != "Another thing worked." {
		t.Errorf("got %+v, %v", o, err)
	}
	w.links(t, relation, supervision.Report{Links: 3})
}

func TestADeclinedEntryNeedsAReasonAndIsOver(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.write(t, w.open(t))
	for _, v := range []supervision.Verdict{supervision.Decline, supervision.Disagree, "", "perhaps"} {
		if _, err := w.sup.Sign(ctx, w.supervisor, id, supervision.SignForm{Verdict: v, Version: 1}); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q without words: %v; want a field to mend", v, err)
		}
	}
	w.sign(t, w.supervisor, id, supervision.SignForm{Verdict: supervision.Decline, Words: "That day we did not speak."})
	if _, err := w.sup.Sign(ctx, w.peer, id, supervision.SignForm{Verdict: supervision.Agree, Version: 1}); !fault.Is(err, fault.Conflict) {
		t.Errorf("signing what was declined: %v; want a conflict", err)
	}
	if held, err := w.sup.Hours(ctx, w.peer.Role.ID, "2026-01-01", "2026-12-31"); err != nil || len(held) != 0 {
		t.Errorf("a declined entry counts as hours: %v, %v", held, err)
	}
}

func TestBothSignAtOnceAndTheSameFormSignsOnce(t *testing.T) {
	w := newWorld(t)
	relation := w.open(t)
	id := w.write(t, relation)
	var all sync.WaitGroup
	for range 2 {
		for _, who := range []member.Actor{w.peer, w.supervisor} {
			all.Go(func() {
				w.sign(t, who, id, supervision.SignForm{Verdict: supervision.Agree, Version: 1, Nonce: who.Role.Handle})
			})
		}
	}
	all.Wait()
	w.links(t, relation, supervision.Report{Links: 2})
	if o, err := w.sup.Read(context.Background(), w.peer, id); err != nil || o.State != supervision.Signed {
		t.Errorf("got %q, %v; want signed", o.State, err)
	}
}

func TestTheChainShowsWhatWasAltered(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	agreement := "(SELECT agreement_id FROM supervision_relations WHERE id = ?)"
	for _, c := range []struct{ name, alter string }{
		{"the minutes", "UPDATE supervision_entries SET minutes = 90 WHERE relation_id = ?"},
		{"the day", "UPDATE supervision_entries SET held_day = '2026-01-01' WHERE relation_id = ?"},
		{"another box", "UPDATE supervision_entries SET words_id = " + agreement + " WHERE relation_id = ?"},
		{"the words of a verdict", "UPDATE supervision_links SET words_id = " + agreement + " WHERE number = 1 AND relation_id = ?"},
		{"a verdict", "UPDATE supervision_links SET verdict = 'sign' WHERE number = 1 AND relation_id = ?"},
		{"the day of a verdict", "UPDATE supervision_links SET day = '2026-01-01' WHERE number = 1 AND relation_id = ?"},
		{"who signed", "UPDATE supervision_links SET signer_id = (SELECT account_id FROM supervision_members WHERE part = 'supervisor' AND relation_id = ?) WHERE number = 1 AND relation_id = ?"},
		{"a link that is gone", "DELETE FROM supervision_links WHERE number = 1 AND relation_id = ?"},
		{"the signature", "UPDATE supervision_links SET sign = prev WHERE number = 1 AND relation_id = ?"},
		{"a key that was exchanged", "UPDATE role_keys SET sign_pub = enc_pub WHERE account_id <> ?"},
	} {
		relation := w.open(t)
		id := w.write(t, relation)
		w.sign(t, w.peer, id, supervision.SignForm{Verdict: supervision.Disagree, Words: "Not quite."})
		w.sign(t, w.peer, id, supervision.SignForm{Verdict: supervision.Add, Words: "Later."})
		w.links(t, relation, supervision.Report{Links: 2})
		args := []any{[]byte(relation[:]), []byte(relation[:])}[:strings.Count(c.alter, "?")]
		if err := w.DB.DB.Exec(c.alter, args...).Error; err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if got, err := w.sup.Verify(ctx, w.peer, relation); err != nil || got.Broken == 0 {
			t.Errorf("%s: got %+v, %v; want a broken link", c.name, got, err)
		}
	}
}

func TestASwappedPublicKeyStopsBeforeAnythingIsSealed(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	relation := w.open(t)
	id := w.write(t, relation)
	thief := "UPDATE role_keys SET enc_pub = (SELECT k.enc_pub FROM role_keys AS k WHERE k.account_id = ?) WHERE account_id = ?"
	if err := w.DB.DB.Exec(thief, w.coordinator.Role.ID, w.supervisor.Role.ID).Error; err != nil {
		t.Fatal(err)
	}
	if _, err := w.sup.Write(ctx, w.peer, relation, w.form()); !changed(err) {
		t.Errorf("writing: %v; want that her key changed", err)
	}
	// She can still sign what both read before; her comment is sealed for nobody who took the key.
	w.sign(t, w.peer, id, supervision.SignForm{Verdict: supervision.Disagree, Words: "Only for her."})
	var readers int64
	if err := w.DB.DB.Raw("SELECT COUNT(*) FROM sealed_keys WHERE sealed_id = (SELECT words_id FROM supervision_links)").Scan(&readers).Error; err != nil || readers != 1 {
		t.Errorf("her comment is sealed for %d, %v; want for her alone", readers, err)
	}
	if o, err := w.sup.Read(ctx, w.peer, id); err != nil || o.State != supervision.Signed || len(o.Quiet) != 1 || o.Quiet[0].Why != supervision.KeyChanged {
		t.Errorf("got %q, %+v, %v; want it signed, and who could not any more", o.State, o.Quiet, err)
	}
	// A writer of the database who replaces the fingerprint as well is stopped by her own signature.
	key, err := member.PresentKey(ctx, w.DB.DB, w.supervisor.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	forged := supervision.Fingerprint(key)
	if err := w.DB.DB.Exec("UPDATE supervision_members SET print = ? WHERE part = 'supervisor'", forged).Error; err != nil {
		t.Fatal(err)
	}
	if _, err := w.sup.Write(ctx, w.peer, relation, w.form()); !changed(err) {
		t.Errorf("writing after the fingerprint was replaced too: %v; want that her key changed", err)
	}
}

func changed(err error) bool {
	f := fault.As(err)
	return f != nil && f.Key == "supervision.key.changed"
}

func TestDeletingHerAccountTakesHerNotesAndEndsTheRelation(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	relation := w.open(t)
	id := w.write(t, relation)
	if err := w.sup.Reflect(ctx, w.peer, id, supervision.Reflection{Words: "for me"}); err != nil {
		t.Fatal(err)
	}
	count := func() (n int64) {
		if err := w.DB.DB.Table("boxes").Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	if count() != 1 {
		t.Fatal("her notes are not one box")
	}
	if err := w.Tx(ctx, func(tx *gorm.DB) error { return w.sup.Erase(ctx, tx, w.peer, true) }); err != nil {
		t.Fatal(err)
	}
	if count() != 0 {
		t.Error("her notes are still there")
	}
	if line, err := w.sup.Relation(ctx, w.supervisor, relation); err != nil || line.State != supervision.Ended {
		t.Errorf("got %q, %v; want ended", line.State, err)
	}
}
