package member_test

import (
	"context"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store/storetest"
	"portico/app/vault"
)

// people is a member service on a fresh database with open joining.
func people(t *testing.T) (*member.Service, *storetest.DB) {
	t.Helper()
	db := storetest.New(t)
	return member.New(db.Store, db.Server, member.Options{Salt: db.Salt, OpenJoin: true}), db
}

func join(t *testing.T, s *member.Service) member.Opened {
	t.Helper()
	opened, err := s.Join(context.Background(), member.JoinForm{Adult: true, Rules: true}, "here")
	if err != nil {
		t.Fatalf("join: %v", err)
	}
	return opened
}

func TestAKeySignsInHoweverItIsTyped(t *testing.T) {
	ctx := context.Background()
	s, _ := people(t)
	key := join(t, s).Actor.NewKey
	arabic := ""
	for _, r := range vault.FormatKey(key) {
		if r >= '0' && r <= '9' {
			r = '٠' + r - '0'
		}
		arabic += string(r)
	}
	for _, typed := range []string{key, vault.FormatKey(key), arabic, " " + key + " "} {
		opened, err := s.SignIn(ctx, member.KeyForm{Key: typed})
		if err != nil {
			t.Fatalf("sign in with %q: %v", typed, err)
		}
		found, err := s.Recognise(ctx, opened.Cookie)
		if err != nil || !found.Actor.SignedIn() {
			t.Fatalf("the session of %q is not recognised: %v", typed, err)
		}
	}
	wrong := key[1:] + "0"
	if wrong == key {
		wrong = key[1:] + "1"
	}
	if _, err := s.SignIn(ctx, member.KeyForm{Key: wrong}); !fault.Is(err, fault.Invalid) {
		t.Errorf("a wrong key: got %v; want a field to mend", err)
	}
}

func TestAnIdleSessionIsRefusedAlthoughItsRowLives(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	key := join(t, s).Actor.NewKey
	opened, err := s.SignIn(ctx, member.KeyForm{Key: key, Device: member.NoTrace})
	if err != nil {
		t.Fatal(err)
	}
	db.Time.Advance(29 * time.Minute)
	found, err := s.Recognise(ctx, opened.Cookie)
	if err != nil || !found.Actor.SignedIn() || found.Fresh == "" {
		t.Fatalf("after 29 minutes: signed in %v, fresh %q, %v; want a live session and a fresh stamp", found.Actor.SignedIn(), found.Fresh, err)
	}
	db.Time.Advance(2 * time.Minute)
	if found, _ := s.Recognise(ctx, opened.Cookie); found.Actor.SignedIn() {
		t.Error("a cookie whose stamp is 31 minutes old is still accepted")
	}
}

func TestEndAllAlsoEndsASessionThatHidesFromTheList(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	first := join(t, s)
	hidden, err := s.SignIn(ctx, member.KeyForm{Key: first.Actor.NewKey})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.DB.Exec("UPDATE sessions SET owner = ? WHERE id = ?", make([]byte, 16), hidden.Actor.Token.ID()).Error; err != nil {
		t.Fatal(err)
	}
	lines, err := s.Sessions(ctx, first.Actor)
	if err != nil || len(lines) != 1 {
		t.Fatalf("the list shows %d sessions, %v; want 1, because the other one hides", len(lines), err)
	}
	if err := s.EndAll(ctx, first.Actor, member.Again{Key: first.Actor.NewKey}); err != nil {
		t.Fatal(err)
	}
	for name, cookie := range map[string]string{"her own": first.Cookie, "the hidden": hidden.Cookie} {
		if found, _ := s.Recognise(ctx, cookie); found.Actor.SignedIn() {
			t.Errorf("%s session is alive after ending all", name)
		}
	}
}

func TestGraveActsAskForTheKeyAgainAndChangeNothingWithoutIt(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	who := join(t, s).Actor
	before := accountBytes(t, db)
	acts := map[string]func(member.Again) error{
		"change key": func(a member.Again) error { _, err := s.ChangeKey(ctx, who, a); return err },
		"delete":     func(a member.Again) error { return s.DeleteAccount(ctx, who, a, true) },
		"end all":    func(a member.Again) error { return s.EndAll(ctx, who, a) },
	}
	for name, act := range acts {
		for _, key := range []string{"", "12345", "00000000000000000000"} {
			if err := act(member.Again{Key: key}); !fault.Is(err, fault.KeyAgain) {
				t.Errorf("%s with key %q: got %v; want the key asked again", name, key, err)
			}
		}
	}
	if after := accountBytes(t, db); after != before {
		t.Error("the accounts table changed without the key")
	}
}

func TestAChangedKeyStartsANewSecretAndEndsOtherSessions(t *testing.T) {
	ctx := context.Background()
	s, _ := people(t)
	first := join(t, s)
	other, err := s.SignIn(ctx, member.KeyForm{Key: first.Actor.NewKey})
	if err != nil {
		t.Fatal(err)
	}
	changed, err := s.ChangeKey(ctx, first.Actor, member.Again{Key: first.Actor.NewKey})
	if err != nil {
		t.Fatal(err)
	}
	if changed.Actor.Newest() == first.Actor.Newest() || len(changed.Actor.Secrets) != 2 {
		t.Error("the new key must start a new secret and keep the old one")
	}
	if found, _ := s.Recognise(ctx, other.Cookie); found.Actor.SignedIn() {
		t.Error("another session survived the change of key")
	}
	if found, _ := s.Recognise(ctx, changed.Cookie); !found.Actor.SignedIn() {
		t.Error("the session that changed the key did not go on")
	}
	if _, err := s.SignIn(ctx, member.KeyForm{Key: first.Actor.NewKey}); err == nil {
		t.Error("the old key still opens the account")
	}
	if _, err := s.SignIn(ctx, member.KeyForm{Key: changed.Actor.NewKey}); err != nil {
		t.Errorf("the new key does not open the account: %v", err)
	}
}

func TestWrongKeysAreSlowedAndATicketLetsTheSameKeyThrough(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	key := join(t, s).Actor.NewKey
	for range 5 {
		_, _ = s.SignIn(ctx, member.KeyForm{Key: key[:8] + "000000000000", Client: "attacker"})
	}
	_, err := s.SignIn(ctx, member.KeyForm{Key: key, Client: "her phone"})
	if !fault.Is(err, fault.Wait) {
		t.Fatalf("after five wrong keys with her first digits: got %v; want a short wait", err)
	}
	ticket := fault.As(err).Args[3].(string)
	if _, err := s.SignIn(ctx, member.KeyForm{Key: key, Client: "her phone", Ticket: ticket}); !fault.Is(err, fault.Wait) {
		t.Fatalf("the ticket before its time: got %v; want a wait", err)
	}
	db.Time.Advance(5 * time.Second)
	if _, err := s.SignIn(ctx, member.KeyForm{Key: key, Client: "her phone", Ticket: ticket}); err != nil {
		t.Errorf("the right key five seconds later: %v", err)
	}
}

func TestAnInvitationIsCountedAndNeverBesideTheAccount(t *testing.T) {
	ctx := context.Background()
	db := storetest.New(t)
	s := member.New(db.Store, db.Server, member.Options{Salt: db.Salt})
	boss := takeUp(t, s, db, "lintel", member.RoleAdmin, member.RoleCoordinator).Actor
	batch, code, err := s.Invite(ctx, boss, member.BatchForm{Label: "spring cards", Most: 10, Days: 30})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Join(ctx, member.JoinForm{Code: "WRONG-ONE", Adult: true, Rules: true}, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("a wrong code: got %v; want the field to mend", err)
	}
	for i := range 10 {
		if _, err := s.Join(ctx, member.JoinForm{Code: code, Adult: true, Rules: true}, ""); err != nil {
			t.Fatalf("use %d of 10: %v", i+1, err)
		}
	}
	if _, err := s.Join(ctx, member.JoinForm{Code: code, Adult: true, Rules: true}, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("the eleventh use of ten: got %v; want a refusal", err)
	}
	var uses int
	if err := db.DB.Raw("SELECT uses FROM invite_batches WHERE id = ?", batch.ID).Scan(&uses).Error; err != nil || uses != 0 {
		t.Errorf("before the hourly flush the row shows %d uses, %v; want 0", uses, err)
	}
	if err := s.FlushUses(ctx); err != nil {
		t.Fatal(err)
	}
	if err := db.DB.Raw("SELECT uses FROM invite_batches WHERE id = ?", batch.ID).Scan(&uses).Error; err != nil || uses != 10 {
		t.Errorf("after the flush the row shows %d uses, %v; want 10", uses, err)
	}
}

// takeUp makes the first administrator, or has an administrator's link taken up.
func takeUp(t *testing.T, s *member.Service, db *storetest.DB, handle string, roles ...member.Role) member.Opened {
	t.Helper()
	token, err := s.OfferFirstAdmin(context.Background())
	if err != nil || token == "" {
		t.Fatalf("first link: %q, %v", token, err)
	}
	return useLink(t, s, db, token, handle)
}

func useLink(t *testing.T, s *member.Service, db *storetest.DB, token, handle string) member.Opened {
	t.Helper()
	ctx := context.Background()
	offer, err := s.ReadLink(ctx, token, "Portico")
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(offer.Factor, db.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := s.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: "five quiet words for " + handle, Code: code, Ticket: offer.Ticket})
	if err != nil {
		t.Fatalf("take up %s: %v", handle, err)
	}
	factors[handle] = offer.Factor
	return opened
}

// factors remembers the second factors that useLink set up.
var factors = map[string]string{}

func TestARoleLinkWorksOnceAndASignInNeedsAllThree(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	boss := takeUp(t, s, db, "keystone").Actor
	token, err := s.OfferRoles(ctx, boss, []member.Role{member.RoleModerator, member.RolePeer})
	if err != nil {
		t.Fatal(err)
	}
	useLink(t, s, db, token, "lampione")
	if _, err := s.ReadLink(ctx, token, "Portico"); !fault.Is(err, fault.NotFound) {
		t.Errorf("the used link: got %v; want not found", err)
	}
	form := member.RoleForm{Handle: "lampione", Passphrase: "five quiet words for lampione"}
	form.Code, _ = totp.GenerateCode(factors["lampione"], db.Time.Now())
	wrong := form
	wrong.Passphrase = "five quiet words for somebody"
	if _, err := s.SignInRole(ctx, wrong); !fault.Is(err, fault.Invalid) {
		t.Errorf("a wrong passphrase: got %v", err)
	}
	opened, err := s.SignInRole(ctx, form)
	if err != nil {
		t.Fatalf("handle, passphrase and code: %v", err)
	}
	if !opened.Actor.Has(member.RoleModerator) || opened.Actor.Has(member.RoleAdmin) {
		t.Errorf("roles are %v; want moderator and peer", opened.Actor.Roles())
	}
	if _, err := s.SignInRole(ctx, form); !fault.Is(err, fault.Invalid) {
		t.Errorf("the same code a second time: got %v; want a refusal", err)
	}
}

func accountBytes(t *testing.T, db *storetest.DB) string {
	t.Helper()
	var rows []member.Account
	if err := db.DB.Order("id").Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, r := range rows {
		text += string(r.ID[:]) + string(r.Lookup) + string(r.Sealed) + string(r.Gen) + r.KeepUntil
	}
	return text
}
