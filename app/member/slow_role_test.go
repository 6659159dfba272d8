package member_test

import (
	"context"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
)

// TestAWaitLetsOnePassphraseThrough tries passphrases for one handle: after some everybody
// waits, and the ticket of a wait is good for the passphrase that was tried, for a while.
func TestAWaitLetsOnePassphraseThrough(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	takeUp(t, s, db, "lampione", member.RoleAdmin, member.RoleCoordinator)
	try := func(passphrase, ticket string) error {
		_, err := s.SignInRole(ctx, member.RoleForm{Handle: "lampione", Passphrase: passphrase, Code: "000000", Client: "attacker", Ticket: ticket})
		return err
	}
	for range 5 {
		_ = try("a wrong passphrase", "")
	}
	err := try("guess one", "")
	if !fault.Is(err, fault.Wait) {
		t.Fatalf("after five wrong passphrases: got %v; want a wait", err)
	}
	ticket := fault.As(err).Args[3].(string)
	db.Time.Advance(5 * time.Second)
	if err := try("guess two", ticket); !fault.Is(err, fault.Wait) {
		t.Errorf("another passphrase with the ticket of the first: got %v; want a wait", err)
	}
	if err := try("guess one", ticket); !fault.Is(err, fault.Invalid) {
		t.Errorf("the passphrase that waited: got %v; want that it is tried", err)
	}
	db.Time.Advance(11 * time.Minute)
	if err := try("guess one", ticket); !fault.Is(err, fault.Wait) {
		t.Errorf("a ticket of eleven minutes ago: got %v; want a wait", err)
	}
}

// TestALinkForARoleEnds: a row knows no finer time than the hour, so that a link ends with the
// full hour after its time.
func TestALinkForARoleEnds(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	first, err := s.OfferFirstAdmin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	db.Time.Advance(2 * time.Hour)
	if _, err := s.ReadLink(ctx, first, "Portico"); err == nil {
		t.Error("the first administrator's link works after two hours")
	}
	boss := takeUp(t, s, db, "lampione", member.RoleAdmin, member.RoleCoordinator).Actor
	link, err := s.OfferRoles(ctx, boss, []member.Role{member.RoleModerator})
	if err != nil {
		t.Fatal(err)
	}
	db.Time.Advance(71 * time.Hour)
	if _, err := s.ReadLink(ctx, link, "Portico"); err != nil {
		t.Errorf("a link of 71 hours: %v", err)
	}
	db.Time.Advance(3 * time.Hour)
	if _, err := s.ReadLink(ctx, link, "Portico"); err == nil {
		t.Error("a link works after 72 hours")
	}
}
