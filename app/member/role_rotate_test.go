package member_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
)

// staff brings somebody in whose passphrase and second factor the test knows.
func staff(t *testing.T, s *member.Service, db *storetest.DB, boss *member.Actor, handle string, roles ...member.Role) member.Opened {
	t.Helper()
	offer := s.OfferFirstAdmin
	if boss != nil {
		offer = func(ctx context.Context) (string, error) { return s.OfferRoles(ctx, *boss, roles) }
	}
	token, err := offer(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return useLink(t, s, db, token, handle)
}

// rotation is what she shows for new keys, at a time when no code of hers was used.
func rotation(t *testing.T, db *storetest.DB, handle string) member.Rotation {
	t.Helper()
	db.Time.Advance(2 * time.Minute)
	code, err := totp.GenerateCode(factors[handle], db.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return member.Rotation{Again: member.Again{Key: "five quiet words for " + handle}, Code: code}
}

func sealFor(t *testing.T, db *storetest.DB, r member.RoleRecord) (id store.ID) {
	t.Helper()
	r.KeepMonths = 12
	err := db.Tx(context.Background(), func(tx *gorm.DB) (err error) {
		id, err = member.SealForRoles(context.Background(), tx, db.Clock, r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func keyOf(t *testing.T, db *storetest.DB, who member.Actor) member.RoleKey {
	t.Helper()
	key, err := member.PresentKey(context.Background(), db.DB, who.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestNewKeysOpenEverythingAndTheOldOnesNothingAnyMore(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	boss := staff(t, s, db, nil, "keystone").Actor
	peer := staff(t, s, db, &boss, "lampione", member.RolePeer)
	colleague := staff(t, s, db, &boss, "girasole", member.RolePeer).Actor
	if err := s.GrantKey(ctx, peer.Actor, member.CircleDuty, colleague.Role.ID); err != nil {
		t.Fatal(err)
	}
	var records []store.ID
	for range 40 {
		records = append(records, sealFor(t, db, member.RoleRecord{Kind: "note", Words: "her words", Readers: []store.ID{peer.Actor.Role.ID, colleague.Role.ID}}))
	}
	asked := sealForDuty(t, db, "a question")
	var before []member.SealedKey
	if err := db.DB.Where("reader_id = ?", peer.Actor.Role.ID.String()).Find(&before).Error; err != nil || len(before) != 40 {
		t.Fatalf("%d wraps, %v", len(before), err)
	}
	first := keyOf(t, db, peer.Actor)
	other, err := s.SignInRole(ctx, member.RoleForm{Handle: "lampione", Passphrase: rotation(t, db, "lampione").Key, Code: rotation(t, db, "lampione").Code})
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.RotateKey(ctx, peer.Actor, rotation(t, db, "lampione"))
	if err != nil || out.Records != 41 || out.Broken != 0 {
		t.Fatalf("%d wraps anew, %d broken, %v; want 41 and none", out.Records, out.Broken, err)
	}
	for name, cookie := range map[string]string{"the session that asked": peer.Cookie, "another of hers": other.Cookie} {
		if found, _ := s.Recognise(ctx, cookie); found.Actor.SignedIn() {
			t.Errorf("%s is still alive", name)
		}
	}
	live, err := s.Recognise(ctx, out.Cookie)
	if err != nil || live.Actor.Role == nil {
		t.Fatalf("the session that goes on: %v", err)
	}
	again := rotation(t, db, "lampione")
	back, err := s.SignInRole(ctx, member.RoleForm{Handle: "lampione", Passphrase: again.Key, Code: again.Code})
	if err != nil {
		t.Fatal(err)
	}
	for name, who := range map[string]member.Actor{"the session that goes on": live.Actor, "a new session": back.Actor, "her colleague": colleague} {
		if found, err := member.OpenAllForRole(ctx, db.DB, who, records); err != nil || len(found) != 40 {
			t.Errorf("%s reads %d records, %v; want all", name, len(found), err)
		}
		if words, err := member.OpenForCircle(ctx, db.DB, who, asked); err != nil || words != "a question" {
			t.Errorf("%s reads %q of the circle, %v", name, words, err)
		}
	}
	if found, err := member.OpenAllForRole(ctx, db.DB, peer.Actor, records); err == nil || len(found) > 0 {
		t.Errorf("the old key still reads %d records", len(found))
	}
	for _, w := range before {
		var n int64
		if err := db.DB.Model(&member.SealedKey{}).Where("wrap = ?", w.Wrap).Count(&n).Error; err != nil || n > 0 {
			t.Fatalf("a wrap for the old key is still there, %v", err)
		}
	}
	next := keyOf(t, db, back.Actor)
	if next.Epoch != first.Epoch+1 || bytes.Equal(next.Fingerprint(), first.Fingerprint()) {
		t.Errorf("the next key is number %d", next.Epoch)
	}
	if past, err := member.PastKey(ctx, db.DB, peer.Actor.Role.ID, first.Epoch); err != nil || past.UntilDay == nil {
		t.Errorf("the old key has no last day: %v", err)
	}
}

func TestNewKeysAskForPassphraseAndCode(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	boss := staff(t, s, db, nil, "keystone").Actor
	good := rotation(t, db, "keystone")
	for name, c := range map[string]struct {
		r    member.Rotation
		kind fault.Kind
	}{
		"nothing":            {member.Rotation{}, fault.KeyAgain},
		"a wrong passphrase": {member.Rotation{Again: member.Again{Key: "five other words for keystone"}, Code: good.Code}, fault.KeyAgain},
		"no code":            {member.Rotation{Again: good.Again}, fault.Invalid},
		"a wrong code":       {member.Rotation{Again: good.Again, Code: "000000"}, fault.Invalid},
	} {
		if _, err := s.RotateKey(ctx, boss, c.r); fault.KindOf(err) != c.kind {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if key := keyOf(t, db, boss); key.Epoch != 1 {
		t.Errorf("a refused change made the key number %d", key.Epoch)
	}
	if _, err := s.RotateKey(ctx, join(t, s).Actor, good); !fault.Is(err, fault.NotFound) {
		t.Errorf("a member without a role: got %v", err)
	}
}

func TestCertificatesChainAndAForgedOneIsFound(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	boss := staff(t, s, db, nil, "keystone").Actor
	prints := [][]byte{keyOf(t, db, boss).Fingerprint()}
	who := boss
	for range 3 {
		out, err := s.RotateKey(ctx, who, rotation(t, db, "keystone"))
		if err != nil {
			t.Fatal(err)
		}
		who = out.Actor
		prints = append(prints, keyOf(t, db, who).Fingerprint())
	}
	descends := func(name string, print []byte, want bool) {
		t.Helper()
		if got, err := member.Descends(ctx, db.DB, boss.Role.ID, print); err != nil || got != want {
			t.Errorf("%s: %v, %v; want %v", name, got, err, want)
		}
	}
	for i, print := range prints {
		descends("a key of hers", print, i >= 0)
	}
	stranger := staff(t, s, db, &boss, "girasole", member.RolePeer).Actor
	descends("somebody else's key", keyOf(t, db, stranger).Fingerprint(), false)
	descends("no key", nil, false)

	key := keyOf(t, db, who)
	foreign := keyOf(t, db, stranger)
	for name, change := range map[string]string{
		"a key that somebody put in its place": "UPDATE role_keys SET sign_pub = ?, enc_pub = ? WHERE account_id = ? AND epoch = ?",
	} {
		if err := db.DB.Exec(change, foreign.SignPub, foreign.EncPub, key.AccountID, key.Epoch).Error; err != nil {
			t.Fatal(err)
		}
		descends(name, prints[0], false)
		if err := db.DB.Exec(change, key.SignPub, key.EncPub, key.AccountID, key.Epoch).Error; err != nil {
			t.Fatal(err)
		}
		descends("after it is put right", prints[0], true)
	}
	for name, cert := range map[string]any{"no certificate": nil, "a certificate of a stranger": stranger.Role.Identity.Sign([]byte("anything"))} {
		if err := db.DB.Exec("UPDATE role_keys SET cert = ? WHERE account_id = ? AND epoch = ?", cert, key.AccountID, 2).Error; err != nil {
			t.Fatal(err)
		}
		descends(name, prints[0], false)
		descends(name+", from a key after it", prints[1], true)
	}
}
