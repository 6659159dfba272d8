package member_test

import (
	"context"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
)

// hire lets somebody take up roles.
func hire(t *testing.T, s *member.Service, db *storetest.DB, handle string, offer func(context.Context) (string, error)) member.Actor {
	t.Helper()
	ctx := context.Background()
	token, err := offer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := s.ReadLink(ctx, token, "Portico")
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(shown.Factor, db.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := s.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: shown.Passphrase, Code: code, Ticket: shown.Ticket})
	if err != nil {
		t.Fatal(err)
	}
	return opened.Actor
}

func TestARecordOpensForItsNamedReadersAndForNobodyElse(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	boss := hire(t, s, db, "keystone", s.OfferFirstAdmin)
	role := func(handle string, r member.Role) member.Actor {
		return hire(t, s, db, handle, func(ctx context.Context) (string, error) { return s.OfferRoles(ctx, boss, []member.Role{r}) })
	}
	peer, supervisor, coordinator := role("lampione", member.RolePeer), role("girasole", member.RoleSupervisor), role("bussola", member.RoleCoordinator)
	var first, second store.ID
	err := db.Tx(ctx, func(tx *gorm.DB) (err error) {
		readers := []store.ID{peer.Role.ID, supervisor.Role.ID, peer.Role.ID}
		if first, err = member.SealForRoles(ctx, tx, db.Clock, member.RoleRecord{Kind: "test", Words: "only between us", KeepMonths: 3, Readers: readers}); err != nil {
			return err
		}
		second, err = member.SealForRoles(ctx, tx, db.Clock, member.RoleRecord{Kind: "test", Words: "another day", KeepMonths: 3, Readers: readers})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, who := range map[string]member.Actor{"the peer": peer, "the supervisor": supervisor} {
		if words, err := member.OpenForRole(ctx, db.DB, who, first); err != nil || words != "only between us" {
			t.Errorf("%s reads %q, %v", name, words, err)
		}
	}
	for name, who := range map[string]member.Actor{"the administrator": boss, "the coordinator": coordinator, "a member": join(t, s).Actor, "a visitor": {}} {
		if words, err := member.OpenForRole(ctx, db.DB, who, first); !fault.Is(err, fault.NotFound) || words != "" {
			t.Errorf("%s reads %q, %v; want that the record does not exist", name, words, err)
		}
	}
	// A wrap that somebody copies under her own name is not hers.
	copied := "INSERT INTO sealed_keys SELECT sealed_id, reader_kind, '" + coordinator.Role.ID.String() + "', epoch, wrap FROM sealed_keys WHERE reader_id = ?"
	if err := db.DB.Exec(copied, peer.Role.ID.String()).Error; err != nil {
		t.Fatal(err)
	}
	if words, err := member.OpenForRole(ctx, db.DB, coordinator, first); err == nil {
		t.Errorf("a copied key opens: %q", words)
	}
	swap(t, db, "box", "sealed", "id", first, second)
	if _, err := member.OpenForRole(ctx, db.DB, peer, first); !says(err) {
		t.Errorf("two boxes are swapped: got %v; want a refusal that says so", err)
	}
	swap(t, db, "box", "sealed", "id", first, second)
	if _, err := member.OpenForRole(ctx, db.DB, peer, first); err != nil {
		t.Fatalf("swapped back: %v; the refusal above proves nothing", err)
	}
	swap(t, db, "wrap", "sealed_keys", "reader_id = '"+peer.Role.ID.String()+"' AND sealed_id", first, second)
	if _, err := member.OpenForRole(ctx, db.DB, peer, first); !says(err) {
		t.Errorf("two wraps are swapped: got %v; want a refusal that says so", err)
	}
}

func says(err error) bool {
	f := fault.As(err)
	return f != nil && f.Kind == fault.Refused && strings.Contains(f.Key, "sealed")
}

// swap exchanges one column of two rows.
func swap(t *testing.T, db *storetest.DB, column, table, key string, a, b store.ID) {
	t.Helper()
	values := make([][]byte, 2)
	for i, id := range []store.ID{a, b} {
		if err := db.DB.Raw("SELECT "+column+" FROM "+table+" WHERE "+key+" = ?", id).Row().Scan(&values[i]); err != nil {
			t.Fatal(err)
		}
	}
	for i, id := range []store.ID{b, a} {
		if err := db.DB.Exec("UPDATE "+table+" SET "+column+" = ? WHERE "+key+" = ?", values[i], id).Error; err != nil {
			t.Fatal(err)
		}
	}
}
