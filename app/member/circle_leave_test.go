package member_test

import (
	"context"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
)

// onDuty are peers who hold the key of their circle.
type onDuty struct {
	boss  member.Actor
	peers []member.Actor
}

func (d onDuty) offer(s *member.Service) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		return s.OfferRoles(ctx, d.boss, []member.Role{member.RolePeer})
	}
}

func peersOnDuty(t *testing.T, s *member.Service, db *storetest.DB, handles ...string) onDuty {
	t.Helper()
	ctx := context.Background()
	d := onDuty{boss: hire(t, s, db, "keystone", s.OfferFirstAdmin)}
	for i, handle := range handles {
		token, err := d.offer(s)(ctx)
		if err != nil {
			t.Fatal(err)
		}
		peer := useLink(t, s, db, token, handle).Actor
		if i == 0 {
			d.peers = append(d.peers, peer)
			continue
		}
		if err := s.GrantKey(ctx, d.peers[0], member.CircleDuty, peer.Role.ID); err != nil {
			t.Fatal(err)
		}
		d.peers = append(d.peers, peer)
	}
	return d
}

func sealForDuty(t *testing.T, db *storetest.DB, words string) (id store.ID) {
	t.Helper()
	err := db.Tx(context.Background(), func(tx *gorm.DB) (err error) {
		id, err = member.SealForCircle(context.Background(), tx, db.Clock, member.CircleRecord{Circle: member.CircleDuty, Kind: "test", Words: words, KeepMonths: 3})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestWhoLeavesACircleOpensNothingThatComesLater gives the leaver back everything that a
// copy of the database from before could hold.
func TestWhoLeavesACircleOpensNothingThatComesLater(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	d := peersOnDuty(t, s, db, "lampione", "girasole", "colibri")
	leaver, one, two := d.peers[0], d.peers[1], d.peers[2]
	before := sealForDuty(t, db, "from before")
	var copied []member.CircleKey
	if err := db.DB.Where("account_id = ?", leaver.Role.ID).Find(&copied).Error; err != nil || len(copied) != 1 {
		t.Fatalf("she holds %d keys, %v", len(copied), err)
	}
	if err := s.DeleteAccount(ctx, leaver, member.Again{Key: "five quiet words for lampione"}, false); err != nil {
		t.Fatal(err)
	}
	after := sealForDuty(t, db, "from after")
	if err := db.DB.Create(&copied).Error; err != nil {
		t.Fatal(err)
	}
	if words, err := member.OpenForCircle(ctx, db.DB, leaver, before); err != nil || words != "from before" {
		t.Fatalf("with her old key back she reads %q, %v; the rest proves nothing", words, err)
	}
	if words, err := member.OpenForCircle(ctx, db.DB, leaver, after); !fault.Is(err, fault.NotFound) {
		t.Errorf("with her old key back she reads %q, %v; want nothing of what came later", words, err)
	}
	var wrap member.SealedKey
	if err := db.DB.Where("sealed_id = ?", after).First(&wrap).Error; err != nil || wrap.Epoch != copied[0].Epoch+1 {
		t.Errorf("the later record is of epoch %d, %v", wrap.Epoch, err)
	}
	for name, who := range map[string]member.Actor{"one who stayed": one, "the other": two} {
		for id, want := range map[store.ID]string{before: "from before", after: "from after"} {
			if words, err := member.OpenForCircle(ctx, db.DB, who, id); err != nil || words != want {
				t.Errorf("%s reads %q, %v; want %q", name, words, err, want)
			}
		}
		if waiting, err := s.WaitingForKey(ctx, who, member.CircleDuty); err != nil || len(waiting) != 0 {
			t.Errorf("%s sees %d waiting, %v", name, len(waiting), err)
		}
	}
	newcomer := hire(t, s, db, "faro", d.offer(s))
	if err := s.GrantKey(ctx, two, member.CircleDuty, newcomer.Role.ID); err != nil {
		t.Fatal(err)
	}
	if words, err := member.OpenForCircle(ctx, db.DB, newcomer, after); err != nil || words != "from after" {
		t.Errorf("a newcomer reads %q, %v", words, err)
	}
}

func TestTheLastHolderTakesTheKeyWithHer(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	d := peersOnDuty(t, s, db, "lampione")
	if err := s.DeleteAccount(ctx, d.peers[0], member.Again{Key: "five quiet words for lampione"}, false); err != nil {
		t.Fatal(err)
	}
	if held, err := member.CircleHeld(ctx, db.DB, member.CircleDuty); err != nil || held {
		t.Errorf("the circle is held by nobody: %v, %v", held, err)
	}
}

// TestACircleIsRenewedWhenSomebodyIsGoneByAnotherWay covers a row that the host ended, and
// a departure that was interrupted.
func TestACircleIsRenewedWhenSomebodyIsGoneByAnotherWay(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	d := peersOnDuty(t, s, db, "lampione", "girasole")
	if err := db.DB.Exec("UPDATE role_accounts SET ended = '2026-03-01' WHERE id = ?", d.peers[0].Role.ID).Error; err != nil {
		t.Fatal(err)
	}
	late := hire(t, s, db, "colibri", d.offer(s))
	id := sealForDuty(t, db, "from after")
	if words, err := member.OpenForCircle(ctx, db.DB, d.peers[0], id); !fault.Is(err, fault.NotFound) {
		t.Errorf("who is gone reads %q, %v", words, err)
	}
	if words, err := member.OpenForCircle(ctx, db.DB, d.peers[1], id); err != nil || words != "from after" {
		t.Errorf("who stayed reads %q, %v", words, err)
	}
	if holds, err := s.HoldsKey(ctx, late, member.CircleDuty); err != nil || holds {
		t.Errorf("a newcomer holds the key that nobody gave her: %v, %v", holds, err)
	}
}
