package member_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
)

// TestTheAccessOfAColleagueEndsAtOnce: a moderator leaves in anger. Her open session, her
// passphrase and her keys open nothing any more, and only those who may can do it.
func TestTheAccessOfAColleagueEndsAtOnce(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	admin := takeUp(t, s, db, "lampione", member.RoleAdmin, member.RoleCoordinator).Actor
	hire := func(handle string, roles ...member.Role) member.Opened {
		t.Helper()
		token, err := s.OfferRoles(ctx, admin, roles)
		if err != nil {
			t.Fatal(err)
		}
		return useLink(t, s, db, token, handle)
	}
	angry, coordinator, peer := hire("angry", member.RoleModerator), hire("calm", member.RoleCoordinator), hire("peer", member.RolePeer)
	pass := func(handle string) member.Again { return member.Again{Key: "five quiet words for " + handle} }

	for _, row := range []struct {
		what  string
		who   member.Actor
		whom  member.Actor
		again member.Again
		want  fault.Kind
	}{
		{"a peer ends a moderator's", peer.Actor, angry.Actor, pass("peer"), fault.NotFound},
		{"a coordinator ends an administrator's", coordinator.Actor, admin, pass("calm"), fault.Refused},
		{"an administrator ends her own", admin, admin, pass("lampione"), fault.NotFound},
		{"somebody at her open screen", admin, angry.Actor, pass("somebody"), fault.KeyAgain},
	} {
		if err := s.EndAccess(ctx, row.who, row.whom.Role.ID, row.again); !fault.Is(err, row.want) {
			t.Errorf("%s: got %v; want kind %d", row.what, err, row.want)
		}
	}
	if r, err := s.Recognise(ctx, angry.Cookie); err != nil || !r.Actor.SignedIn() {
		t.Fatalf("nothing has ended yet, and she is out: %v", err)
	}

	if err := s.EndAccess(ctx, coordinator.Actor, angry.Actor.Role.ID, pass("calm")); err != nil {
		t.Fatal(err)
	}
	if r, err := s.Recognise(ctx, angry.Cookie); err != nil || r.Actor.SignedIn() {
		t.Errorf("her open session goes on: %v", err)
	}
	db.Time.Advance(31 * time.Second)
	if _, err := s.SignInRole(ctx, member.RoleForm{Handle: "angry", Passphrase: "five quiet words for angry", Code: "000000"}); !fault.Is(err, fault.Invalid) {
		t.Errorf("her handle still means somebody: %v", err)
	}
	team, err := s.Team(ctx, admin)
	if err != nil {
		t.Fatal(err)
	}
	for _, person := range team {
		if person.ID == angry.Actor.Role.ID {
			t.Error("she stands on the list of the team")
		}
	}
	if err := s.EndAccess(ctx, admin, angry.Actor.Role.ID, pass("lampione")); !fault.Is(err, fault.NotFound) {
		t.Errorf("a second time: got %v; want that there is nobody", err)
	}
	if r, err := s.Recognise(ctx, peer.Cookie); err != nil || !r.Actor.SignedIn() {
		t.Errorf("somebody else was put out: %v", err)
	}
	if _, err := audit.Chain(ctx, db.Store); err != nil {
		t.Fatal(err)
	}
	if dump := db.Dump(t); !strings.Contains(dump, `"act":"ended access"`) {
		t.Error("the audit log does not know who did it")
	}
}
