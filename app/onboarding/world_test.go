package onboarding_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
)

var ctx = context.Background()

// world is a small town with an organisation of each mode, two coordinators, four peers of
// the membership and a supervisor.
type world struct {
	*storetest.DB
	members       *member.Service
	in            *onboarding.Service
	places        *places
	first, second member.Actor // coordinators; the first is the host as well
	supervisor    member.Actor
	peers         []member.Actor
	orgs          map[string]store.ID // by mode
}

// places is who works where, as another area would know it. What it does in a transaction
// it does not undo; no test here needs that.
type places struct {
	list []onboarding.Organisation
	at   map[store.ID]store.ID
	gone []store.ID
}

func (p *places) All(context.Context, *gorm.DB) ([]onboarding.Organisation, error) {
	return p.list, nil
}

func (p *places) Peers(_ context.Context, _ *gorm.DB, org store.ID) (ids []store.ID, err error) {
	for who, at := range p.at {
		if at == org {
			ids = append(ids, who)
		}
	}
	return ids, nil
}

func (p *places) Of(_ context.Context, _ *gorm.DB, who store.ID) (store.ID, error) {
	return p.at[who], nil
}

func (p *places) Place(_ context.Context, _ *gorm.DB, who, org store.ID) error {
	p.at[who] = org
	return nil
}

func (p *places) Depart(_ context.Context, _ *gorm.DB, who store.ID) error {
	delete(p.at, who)
	p.gone = append(p.gone, who)
	return nil
}

// rules are the house rules; a test may change their version.
type rules struct{ version int }

func (r *rules) Now(_ context.Context, lang string) (onboarding.RuleText, error) {
	return onboarding.RuleText{Version: r.version, Lang: lang, Body: "We are kind."}, nil
}

var house = &rules{1}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{DB: storetest.New(t), places: &places{at: map[store.ID]store.ID{}}, orgs: map[string]store.ID{}}
	w.members = member.New(w.Store, w.Server, member.Options{Salt: w.Salt, OpenJoin: true})
	for _, mode := range []string{"membership", "employment", "consultation"} {
		o := onboarding.Organisation{ID: store.NewID(), Name: "The " + mode, Mode: mode}
		must(t, w.DB.DB.Exec("INSERT INTO organisations (id, name, mode) VALUES (?, ?, ?)", o.ID, o.Name, mode).Error)
		w.places.list, w.orgs[mode] = append(w.places.list, o), o.ID
	}
	w.in = onboarding.New(w.Store, w.members, w.places, house)
	w.first = w.hire(t, "keystone", member.RoleAdmin, member.RoleCoordinator)
	w.second = w.hire(t, "lintel", member.RoleCoordinator)
	w.supervisor = w.hire(t, "girasole", member.RoleSupervisor)
	for i := range 4 {
		p := w.hire(t, fmt.Sprintf("peer-%c", 'a'+i), member.RolePeer)
		w.peers = append(w.peers, p)
		w.places.at[p.Role.ID] = w.orgs["membership"]
	}
	for _, id := range w.orgs {
		must(t, w.in.SavePage(ctx, w.first, id, true, 50))
		must(t, w.in.SaveCriteria(ctx, w.first, id, map[string]string{"en": "Speaks with people kindly.\nKeeps what is said.", "fr": "Parle avec douceur.\nGarde ce qui est dit."}))
	}
	return w
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// hire makes somebody with roles and a key without the costly passphrase.
func (w *world) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	names := make([]string, len(roles))
	for i, r := range roles {
		names[i] = string(r)
	}
	row := member.RoleAccount{ID: store.NewID(), Handle: handle, Roles: strings.Join(names, ","), Salt: []byte("s"), Sealed: []byte("s"), Gen: []byte("g")}
	must(t, w.DB.DB.Create(&row).Error)
	who := member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
	who.Role = &member.RoleActor{ID: row.ID, Handle: handle, Roles: roles, Identity: vault.NewIdentity()}
	key := member.RoleKey{AccountID: row.ID, Epoch: 1, EncPub: who.Role.Identity.EncPublic[:], SignPub: who.Role.Identity.SignPublic(), FromDay: w.Today()}
	must(t, w.DB.DB.Create(&key).Error)
	return who
}

func (w *world) takeUp(t *testing.T, handle string, offer func(context.Context) (string, error)) member.Actor {
	t.Helper()
	opened, _ := w.TakeUp(t, w.members, handle, offer)
	return opened.Actor
}

// arrive sends interest and takes up the link.
func (w *world) arrive(t *testing.T, mode, handle, words string) (store.ID, member.Actor) {
	t.Helper()
	r, err := w.in.Interest(ctx, onboarding.InterestForm{Organisation: w.orgs[mode], Words: words, Lang: "en", Adult: true})
	must(t, err)
	return r.ID, w.takeUp(t, handle, func(context.Context) (string, error) { return r.Token, nil })
}

// finish ends a step as somebody; words go in where they are asked.
func (w *world) finish(t *testing.T, who member.Actor, id store.ID, step, words string) {
	t.Helper()
	r, err := w.in.Finish(ctx, who, id, step, onboarding.FinishForm{Words: words, Insist: true})
	if err != nil || !r.Stored {
		t.Fatalf("%s: %+v %v", step, r, err)
	}
}

// toVote takes a path of the membership as far as the vote.
func (w *world) toVote(t *testing.T, handle string) (store.ID, member.Actor) {
	t.Helper()
	id, she := w.arrive(t, "membership", handle, "I would like to help at night.")
	must(t, w.in.Plan(ctx, w.first, id, "conversation", onboarding.PlanForm{Owner: w.peers[0].Role.ID}))
	w.finish(t, w.peers[0], id, "conversation", "")
	w.finish(t, she, id, "expectations", "")
	must(t, w.in.SignRules(ctx, she, house.version, "en"))
	w.finish(t, w.first, id, "risk", "")
	must(t, w.in.Plan(ctx, w.first, id, "report", onboarding.PlanForm{Owner: w.peers[0].Role.ID}))
	w.finish(t, w.peers[0], id, "report", "A calm talk, measured by the criteria.")
	return id, she
}

// open opens a vote of five days and returns it.
func (w *world) open(t *testing.T, who member.Actor, id store.ID) store.ID {
	t.Helper()
	must(t, w.in.OpenVote(ctx, who, id, w.DayAfter(5)))
	v, err := w.in.Path(ctx, w.first, id, "en")
	must(t, err)
	return v.Votes[len(v.Votes)-1].ID
}

func key(err error) string {
	if f := fault.As(err); f != nil {
		if len(f.Fields) > 0 {
			return f.Fields[0].Key
		}
		return f.Key
	}
	return ""
}

// field is the first field of an error that can be mended.
func field(err error) string {
	if f := fault.As(err); f != nil && len(f.Fields) > 0 {
		return f.Fields[0].Name
	}
	return ""
}
