package member_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
)

// drawer is a team with three holders, a newcomer and a peer.
type drawer struct {
	s       *member.Service
	db      *storetest.DB
	holders []member.Actor
	names   []string
	newest  member.Actor
	peer    member.Actor
}

func newDrawer(t *testing.T) *drawer {
	t.Helper()
	s, db := people(t)
	d := &drawer{s: s, db: db, names: []string{"keystone", "bussola", "girasole"}}
	boss := staff(t, s, db, nil, "keystone").Actor
	d.holders = []member.Actor{boss, staff(t, s, db, &boss, "bussola", member.RoleCoordinator).Actor, staff(t, s, db, &boss, "girasole", member.RoleAdmin).Actor}
	d.peer = staff(t, s, db, &boss, "lampione", member.RolePeer).Actor
	if err := s.SetUpRecovery(context.Background(), boss, d.holders[1].Role.ID, d.holders[2].Role.ID); err != nil {
		t.Fatal(err)
	}
	d.newest = staff(t, s, db, &boss, "nocciola", member.RoleCoordinator).Actor
	return d
}

func (d *drawer) ask(who member.Actor, f member.RecoveryAsk) error {
	if f.Why == "" {
		f.Why = "The coordinator before her has left."
	}
	if f.Purpose == "" {
		f.Purpose, f.For = member.PurposeRead, d.newest.Role.ID
	}
	return d.s.AskRecovery(context.Background(), who, f)
}

func (d *drawer) waiting(t *testing.T, who member.Actor) member.RecoveryLine {
	t.Helper()
	state, err := d.s.RecoveryNow(context.Background(), who)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range state.Requests {
		if r.State == member.RequestOpen {
			return r
		}
	}
	t.Fatal("no request waits")
	return member.RecoveryLine{}
}

func (d *drawer) reads(who member.Actor, id store.ID) bool {
	words, err := member.OpenForRole(context.Background(), d.db.DB, who, id)
	return err == nil && words == "walnut"
}

// TestAnyTwoOfThreeOpenTheDrawerAndNobodyAlone tries every ordered pair on records of every
// kind, in an order drawn by chance.
func TestAnyTwoOfThreeOpenTheDrawerAndNobodyAlone(t *testing.T) {
	ctx := context.Background()
	pairs := [][2]int{{0, 1}, {0, 2}, {1, 0}, {1, 2}, {2, 0}, {2, 1}}
	rand.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	d := newDrawer(t)
	for _, pair := range pairs {
		readers := []store.ID{d.peer.Role.ID}
		open := map[string]store.ID{}
		for _, kind := range []string{"contract", "contract text", "risk"} {
			open[kind] = sealFor(t, d.db, member.RoleRecord{Kind: kind, Words: "walnut", Readers: readers, Recovery: true})
		}
		closed := map[string]store.ID{
			"supervision":                  sealFor(t, d.db, member.RoleRecord{Kind: "supervision entry", Words: "walnut", Readers: readers, Recovery: true}),
			"payroll without its key":      sealFor(t, d.db, member.RoleRecord{Kind: "payroll", Words: "walnut", Readers: readers, Recovery: true}),
			"a contract without the field": sealFor(t, d.db, member.RoleRecord{Kind: "contract", Words: "walnut", Readers: readers}),
		}
		a, b := d.holders[pair[0]], d.holders[pair[1]]
		if err := d.ask(a, member.RecoveryAsk{}); err != nil {
			t.Fatal(err)
		}
		request := d.waiting(t, b)
		if request.Why == "" || !request.MayConfirm {
			t.Errorf("the second holder sees %+v", request)
		}
		if _, err := d.s.ConfirmRecovery(ctx, a, request.ID); !fault.Is(err, fault.Refused) {
			t.Errorf("the same person twice: got %v", err)
		}
		for kind, id := range open {
			if d.reads(d.newest, id) {
				t.Fatalf("%s is open before the second person", kind)
			}
		}
		if n, err := d.s.ConfirmRecovery(ctx, b, request.ID); err != nil || n != 3 {
			t.Fatalf("pair %v opened %d records, %v; want 3", pair, n, err)
		}
		for kind, id := range open {
			if !d.reads(d.newest, id) || d.reads(a, id) || d.reads(b, id) {
				t.Errorf("pair %v: %s is not read by the newcomer alone", pair, kind)
			}
		}
		for kind, id := range closed {
			if d.reads(d.newest, id) {
				t.Errorf("pair %v opened %s", pair, kind)
			}
		}
		openings, err := member.OpeningsOf(ctx, d.db.DB, []store.ID{open["contract"], closed["supervision"]})
		if err != nil || len(openings) != 1 || openings[0].Records != 1 || openings[0].For != "nocciola" || openings[0].Confirmed != b.Role.Handle {
			t.Errorf("she is shown %+v, %v", openings, err)
		}
		if _, err := d.s.ConfirmRecovery(ctx, b, request.ID); !fault.Is(err, fault.Conflict) {
			t.Errorf("the same request again: got %v", err)
		}
	}
}

func TestOneHalfAloneAndHalvesOfTwoPairsOpenNothing(t *testing.T) {
	for range 200 {
		secret := vault.NewIdentity().Bytes()
		a, b := vault.Halve(secret)
		c, d := vault.Halve(secret)
		if whole, err := vault.JoinHalves(b, a); err != nil || !bytes.Equal(whole, secret) {
			t.Fatal("two halves of a pair do not give the secret")
		}
		for name, wrong := range map[string][2][]byte{"twice one": {a, a}, "two pairs": {a, d}, "two firsts": {a, c}, "two seconds": {b, d}} {
			if whole, err := vault.JoinHalves(wrong[0], wrong[1]); err == nil && bytes.Equal(whole, secret) {
				t.Fatalf("%s gives the secret", name)
			}
		}
		if bytes.Contains(secret, a[:8]) || bytes.Contains(secret, b[:8]) {
			t.Fatal("a half shows a part of the secret")
		}
	}
}

func TestTheDrawerStaysShutForEverybodyElse(t *testing.T) {
	ctx := context.Background()
	d := newDrawer(t)
	a, b, c := d.holders[0], d.holders[1], d.holders[2]
	record := sealFor(t, d.db, member.RoleRecord{Kind: "contract", Words: "walnut", Readers: []store.ID{d.peer.Role.ID}, Recovery: true})
	for name, who := range map[string]member.Actor{"a coordinator who holds nothing": d.newest, "a peer": d.peer, "a member": join(t, d.s).Actor, "a visitor": {}} {
		if err := d.ask(who, member.RecoveryAsk{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s asks: got %v", name, err)
		}
	}
	for name, f := range map[string]struct {
		ask   member.RecoveryAsk
		field string
	}{
		"for a peer":             {member.RecoveryAsk{Purpose: member.PurposeRead, For: d.peer.Role.ID}, "for"},
		"for nobody":             {member.RecoveryAsk{Purpose: member.PurposeRead}, "for"},
		"for an unknown purpose": {member.RecoveryAsk{Purpose: "look", For: d.newest.Role.ID}, "purpose"},
		"a holder who is one":    {member.RecoveryAsk{Purpose: member.PurposeHolder, For: b.Role.ID, Leaves: c.Role.ID}, "for"},
		"her own place":          {member.RecoveryAsk{Purpose: member.PurposeHolder, For: d.newest.Role.ID, Leaves: a.Role.ID}, "leaves"},
		"nobody's place":         {member.RecoveryAsk{Purpose: member.PurposeHolder, For: d.newest.Role.ID}, "leaves"},
		"without a reason":       {member.RecoveryAsk{Purpose: member.PurposeRead, For: d.newest.Role.ID, Why: " "}, "why"},
	} {
		if e := fault.As(d.ask(a, f.ask)); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != f.field {
			t.Errorf("%s: got %v; want the field %s to mend", name, e, f.field)
		}
	}
	f := member.RecoveryAsk{Nonce: "one"}
	for range 2 {
		if err := d.ask(a, f); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.ask(b, member.RecoveryAsk{}); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second request while one waits: got %v", err)
	}
	request := d.waiting(t, b)
	for name, who := range map[string]member.Actor{"a coordinator who holds nothing": d.newest, "a peer": d.peer, "a visitor": {}} {
		_, confirm := d.s.ConfirmRecovery(ctx, who, request.ID)
		if close := d.s.CloseRecovery(ctx, who, request.ID); !fault.Is(confirm, fault.NotFound) || !fault.Is(close, fault.NotFound) {
			t.Errorf("%s: %v, %v", name, confirm, close)
		}
	}
	d.db.Time.Advance(73 * time.Hour)
	if _, err := d.s.ConfirmRecovery(ctx, b, request.ID); !fault.Is(err, fault.Refused) {
		t.Errorf("after its hour: got %v", err)
	}
	if err := d.db.Retain(ctx); err != nil {
		t.Fatal(err)
	}
	var halves int64
	if err := d.db.DB.Model(&member.RecoveryHalf{}).Count(&halves).Error; err != nil || halves != 0 {
		t.Errorf("%d halves lie about after the hour of their request, %v", halves, err)
	}
	if err := d.ask(a, member.RecoveryAsk{}); err != nil {
		t.Fatalf("a new request after one expired: %v", err)
	}
	// A half that was wrapped for one holder serves no other, and not under another request.
	request = d.waiting(t, b)
	if err := d.db.DB.Exec("UPDATE recovery_halves SET holder_id = ? WHERE holder_id = ?", d.newest.Role.ID, c.Role.ID).Error; err != nil {
		t.Fatal(err)
	}
	if _, err := d.s.ConfirmRecovery(ctx, c, request.ID); !fault.Is(err, fault.Refused) {
		t.Errorf("the wrong pair: got %v", err)
	}
	if err := d.s.CloseRecovery(ctx, c, request.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.s.ConfirmRecovery(ctx, b, request.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("a request that was refused: got %v", err)
	}
	if d.reads(d.newest, record) {
		t.Error("the newcomer reads it after all")
	}
}

func TestAHolderWhoLeavesIsReplacedByTheTwoOthers(t *testing.T) {
	ctx := context.Background()
	d := newDrawer(t)
	a, b, c := d.holders[0], d.holders[1], d.holders[2]
	record := sealFor(t, d.db, member.RoleRecord{Kind: "contract", Words: "walnut", Readers: []store.ID{d.peer.Role.ID}, Recovery: true})
	if err := d.s.DeleteAccount(ctx, c, member.Again{Key: "five quiet words for girasole"}, false); err != nil {
		t.Fatal(err)
	}
	if state, err := d.s.RecoveryNow(ctx, a); err != nil || state.Here != 2 || len(state.Holders) != 3 || !state.Mine {
		t.Fatalf("%+v, %v; want two of three here", state, err)
	}
	if err := d.s.SetUpRecovery(ctx, a, b.Role.ID, d.newest.Role.ID); !fault.Is(err, fault.Refused) {
		t.Errorf("setting up anew over the two who are here: got %v", err)
	}
	if err := d.ask(a, member.RecoveryAsk{Purpose: member.PurposeHolder, For: d.newest.Role.ID, Leaves: c.Role.ID}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.s.ConfirmRecovery(ctx, b, d.waiting(t, b).ID); err != nil {
		t.Fatal(err)
	}
	reader := staff(t, d.s, d.db, &a, "papavero", member.RoleCoordinator).Actor
	if err := d.ask(d.newest, member.RecoveryAsk{Purpose: member.PurposeRead, For: reader.Role.ID}); err != nil {
		t.Fatal(err)
	}
	out, err := d.s.RotateKey(ctx, b, rotation(t, d.db, "bussola"))
	if err != nil || out.Broken != 0 {
		t.Fatalf("%d broken, %v", out.Broken, err)
	}
	if n, err := d.s.ConfirmRecovery(ctx, out.Actor, d.waiting(t, out.Actor).ID); err != nil || n != 1 || !d.reads(reader, record) {
		t.Errorf("the new holder and one with new keys opened %d records, %v", n, err)
	}
}

func TestSettingUpBringsEarlierRecordsUnderTheKey(t *testing.T) {
	ctx := context.Background()
	s, db := people(t)
	boss := staff(t, s, db, nil, "keystone").Actor
	one := staff(t, s, db, &boss, "bussola", member.RoleCoordinator).Actor
	two := staff(t, s, db, &boss, "girasole", member.RoleCoordinator).Actor
	peer := staff(t, s, db, &boss, "lampione", member.RolePeer).Actor
	sealFor(t, db, member.RoleRecord{Kind: "contract", Words: "walnut", Readers: []store.ID{boss.Role.ID, peer.Role.ID}, Recovery: true})
	sealFor(t, db, member.RoleRecord{Kind: "contract", Words: "walnut", Readers: []store.ID{one.Role.ID, peer.Role.ID}, Recovery: true})
	for name, f := range map[string][2]store.ID{"the same twice": {one.Role.ID, one.Role.ID}, "herself": {boss.Role.ID, one.Role.ID}, "a peer": {one.Role.ID, peer.Role.ID}, "nobody": {}} {
		if err := s.SetUpRecovery(ctx, boss, f[0], f[1]); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if err := s.SetUpRecovery(ctx, peer, one.Role.ID, two.Role.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("a peer sets it up: got %v", err)
	}
	if err := s.SetUpRecovery(ctx, boss, one.Role.ID, two.Role.ID); err != nil {
		t.Fatal(err)
	}
	if state, err := s.RecoveryNow(ctx, two); err != nil || state.Uncovered != 1 || !state.Set || len(state.Holders) != 3 {
		t.Errorf("%+v, %v; want one record left", state, err)
	}
	if n, err := s.CoverRecords(ctx, one); err != nil || n != 1 {
		t.Errorf("she brought %d under it, %v; want 1", n, err)
	}
}

// TestTheRecoveryKeyIsStoredNowhere joins the halves as two holders could, and looks for
// the private key in every row of every table and in the database's own files.
func TestTheRecoveryKeyIsStoredNowhere(t *testing.T) {
	ctx := context.Background()
	d := newDrawer(t)
	sealFor(t, d.db, member.RoleRecord{Kind: "contract", Words: "walnut", Readers: []store.ID{d.peer.Role.ID}, Recovery: true})
	a, b := d.holders[0], d.holders[1]
	half := func(who, other member.Actor) []byte {
		var share member.RecoveryShare
		if err := d.db.DB.Where("holder_id = ? AND other_id = ?", who.Role.ID, other.Role.ID).First(&share).Error; err != nil {
			t.Fatal(err)
		}
		raw, err := who.Role.Identity.TakeHalf("recovery 1 "+who.Role.ID.String()+" "+other.Role.ID.String(), share.Wrap)
		if err != nil {
			t.Fatal(err)
		}
		return raw
	}
	one, two := half(a, b), half(b, a)
	key, err := vault.JoinHalves(one, two)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.ask(a, member.RecoveryAsk{}); err != nil {
		t.Fatal(err)
	}
	if n, err := d.s.ConfirmRecovery(ctx, b, d.waiting(t, b).ID); err != nil || n != 1 {
		t.Fatalf("%d, %v", n, err)
	}
	dump := d.dump(t)
	for name, secret := range map[string][]byte{"the private key": key[32:64], "its seed for signing": key[64:], "one half": one[32:], "the other half": two[32:]} {
		if bytes.Contains(dump, secret) {
			t.Errorf("%s lies in the database", name)
		}
	}
	if !bytes.Contains(dump, key[:32]) {
		t.Error("not even the public half was found: the search does not work")
	}
}
