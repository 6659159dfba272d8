package training_test

import (
	"strings"
	"testing"
	"time"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/training"
)

func TestAHolderTakesHerOwnStatementBack(t *testing.T) {
	s := newSchool(t)
	for kind, who := range s.learners(t) {
		t.Run(kind, func(t *testing.T) {
			if err := s.training.TakeBack(ctx, who, "walk"); !fault.Is(err, fault.NotFound) {
				t.Errorf("where there is none: %v", err)
			}
			finish(t, s, who, "walk", "u1", "u2")
			old := s.made(t, who, "walk")
			must(t, s.training.TakeBack(ctx, who, "walk"))
			if got, ok := s.verified(t, old.Code); !ok || !got.Gone() || got.Day != old.Day {
				t.Errorf("its code stands for %+v, %v", got, ok)
			}
			if err := s.training.TakeBack(ctx, who, "walk"); !fault.Is(err, fault.NotFound) {
				t.Errorf("a second time: %v", err)
			}
			fresh := s.made(t, who, "walk")
			if fresh.Code == old.Code {
				t.Error("the new one has the old code")
			}
			if got, _ := s.verified(t, old.Code); got.State != training.Back {
				t.Errorf("with a new one, the old one is %s", got.State)
			}
		})
	}
	if n := s.count(t, "audit_rows"); n != 0 {
		t.Errorf("what learners did left %d rows in the audit log", n)
	}
}

func TestACoordinatorTakesAStatementBackAndItStaysSo(t *testing.T) {
	s := newSchool(t)
	s.lasting(6)
	for kind, who := range s.learners(t) {
		t.Run(kind, func(t *testing.T) {
			finish(t, s, who, "walk", "u1", "u2")
			old := s.made(t, who, "walk")
			must(t, s.training.Revoke(ctx, s.boss, s.hash(old.Code), training.PassedOn))
			if err := s.training.Revoke(ctx, s.boss, s.hash(old.Code), training.PassedOn); !mends(err, "code") {
				t.Errorf("a second time: %v", err)
			}
			if err := s.training.TakeBack(ctx, who, "walk"); !fault.Is(err, fault.NotFound) {
				t.Errorf("its holder, afterwards: %v", err)
			}
			if err := s.training.MakeStatement(ctx, who, "walk"); !fault.Is(err, fault.Refused) {
				t.Errorf("a new one for the same day: %v", err)
			}
			must(t, s.training.AllowAnew(ctx, s.boss, s.hash(old.Code)))
			if err := s.training.AllowAnew(ctx, s.boss, s.hash(old.Code)); !mends(err, "code") {
				t.Errorf("allowed a second time: %v", err)
			}
			fresh := s.made(t, who, "walk")
			if got, ok := s.verified(t, old.Code); !ok || !got.Gone() || fresh.Code == old.Code {
				t.Errorf("the old one is %+v, %v", got, ok)
			}
			must(t, s.training.Revoke(ctx, s.boss, s.hash(fresh.Code), training.Outdated))
			s.Time.Advance(170 * 24 * time.Hour)
			must(t, s.training.Refresh(ctx, who, "walk"))
			finish(t, s, who, "walk", "u1", "u2")
			s.made(t, who, "walk")
			if got, _ := s.verified(t, fresh.Code); got.State != training.Revoked {
				t.Errorf("gone through again, the old one is %s", got.State)
			}
		})
	}
}

func TestARevocationAtTheWishOfTheHolderLeavesHerFree(t *testing.T) {
	s := newSchool(t)
	her := s.join(t)
	finish(t, s, her, "walk", "u1", "u2")
	old := s.made(t, her, "walk")
	must(t, s.training.Revoke(ctx, s.boss, s.hash(old.Code), training.AskedFor))
	if got, _ := s.verified(t, old.Code); got.State != training.Back {
		t.Errorf("the old one is %s", got.State)
	}
	s.made(t, her, "walk")
	// What its holder took back can still be closed against a new one.
	must(t, s.training.TakeBack(ctx, her, "walk"))
	held, err := s.training.Held(ctx, her, "walk")
	must(t, err)
	must(t, s.training.Revoke(ctx, s.boss, s.hash(held.Code), training.ByMistake))
	if err := s.training.MakeStatement(ctx, her, "walk"); !fault.Is(err, fault.Refused) {
		t.Errorf("a new one after that: %v", err)
	}
}

func TestOnlyACoordinatorTakesBackWhatIsNotHersAndSaysWhy(t *testing.T) {
	s := newSchool(t)
	her := s.join(t)
	finish(t, s, her, "walk", "u1", "u2")
	held := s.made(t, her, "walk")
	hash := s.hash(held.Code)
	for name, row := range map[string]struct {
		kind fault.Kind
		err  error
	}{
		"a member":             {fault.NotFound, s.training.Revoke(ctx, s.join(t), hash, training.ByMistake)},
		"a peer":               {fault.NotFound, s.training.Revoke(ctx, s.peer, hash, training.ByMistake)},
		"a peer allows":        {fault.NotFound, s.training.AllowAnew(ctx, s.peer, hash)},
		"without a reason":     {fault.Invalid, s.training.Revoke(ctx, s.boss, hash, "")},
		"a reason of her own":  {fault.Invalid, s.training.Revoke(ctx, s.boss, hash, "she is late")},
		"an invented code":     {fault.Invalid, s.training.Revoke(ctx, s.boss, s.hash("AAAA"), training.ByMistake)},
		"an invented, allowed": {fault.Invalid, s.training.AllowAnew(ctx, s.boss, s.hash("AAAA"))},
		"one that counts":      {fault.Invalid, s.training.AllowAnew(ctx, s.boss, hash)},
	} {
		if row.err == nil || !fault.Is(row.err, row.kind) {
			t.Errorf("%s: %v, want kind %d", name, row.err, row.kind)
		}
	}
	if got, _ := s.verified(t, held.Code); got.State != training.Counts || s.count(t, "audit_rows") != 0 {
		t.Fatalf("after all this it is %s, with %d rows in the log", got.State, s.count(t, "audit_rows"))
	}
	must(t, s.training.Revoke(ctx, s.boss, hash, training.PassedOn))
	must(t, s.training.AllowAnew(ctx, s.boss, hash))
	var rows []audit.Row
	must(t, s.DB.DB.Find(&rows).Error)
	var said strings.Builder
	for _, row := range rows {
		said.WriteString(row.Kind + " " + row.At + " " + *row.Matter + "\n")
	}
	log := said.String()
	if len(rows) != 2 || strings.Contains(log, held.Code) || strings.Contains(log, "walk") {
		t.Fatalf("the log says %s", log)
	}
	for _, want := range []string{`"reason":"passed"`, `"act":"allowed anew"`, s.boss.Role.ID.String(), "statement 2026-03-07", "urn:uuid:"} {
		if !strings.Contains(log, want) {
			t.Errorf("the log does not say %s: %s", want, log)
		}
	}
}

// mends reports whether a fault is about one field of a form.
func mends(err error, field string) bool {
	f := fault.As(err)
	return f != nil && f.Kind == fault.Invalid && len(f.Fields) == 1 && f.Fields[0].Name == field
}
