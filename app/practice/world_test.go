package practice_test

import (
	"context"
	"testing"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/practice"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
	"portico/content"
)

var ctx = context.Background()

// world is the library on a fresh database with people of the team.
type world struct {
	*storetest.DB
	lib                       *practice.Service
	peer, leader, coordinator member.Actor
}

func newWorld(t *testing.T, sheets []content.FactSheet) world {
	t.Helper()
	guide, err := content.InterviewGuide()
	must(t, err)
	db := storetest.New(t)
	w := world{DB: db, lib: practice.New(db.Store, guide)}
	must(t, w.lib.Load(ctx, sheets))
	w.peer, w.leader, w.coordinator = w.actor(t, "mira", member.RolePeer), w.actor(t, "lena", member.RoleLeader), w.actor(t, "rowan", member.RoleCoordinator)
	return w
}

// actor is somebody with a role, whom the table of role accounts knows; without a role she
// is a member.
func (w world) actor(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	a := member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}}
	if len(roles) > 0 {
		row := member.RoleAccount{ID: store.NewID(), Handle: handle, Roles: string(roles[0]), Salt: vault.Random(16), Sealed: vault.Random(64), Gen: vault.Random(8)}
		must(t, w.DB.DB.Create(&row).Error)
		a.Role = &member.RoleActor{ID: row.ID, Handle: handle, Roles: roles}
	}
	return a
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wants(t *testing.T, what string, err error, kind fault.Kind) {
	t.Helper()
	if !fault.Is(err, kind) {
		t.Errorf("%s: %v, want kind %v", what, err, kind)
	}
}

// small is a library of a few sheets, in several scripts.
func small() []content.FactSheet {
	one := func(id, name, country string, change func(*content.FactSheet)) content.FactSheet {
		f := content.FactSheet{ID: id, Name: name, Kind: "practice", Form: "practice", Source: "conecta", Place: "A manual", AsOf: "2013-10", Country: country,
			Status: "unknown", Peers: "unknown", Summary: map[string]string{"en": "Words of " + id + "."}, Sheet: map[string]string{"description": "What it does."},
			Criteria: content.PracticeCriteria{Mandatory: []string{"unknown", "unknown", "unknown"}, Grounds: []string{"G.", "G.", "G."}}}
		change(&f)
		return f
	}
	return []content.FactSheet{
		one("a-mobile", "Mobile clinic", "UA", func(f *content.FactSheet) {
			f.City, f.Summary["it"], f.Summary["ar"] = "Lviv", "Una clinica che si muove.", "عيادة متنقلة بين الأحياء."
			f.Criteria = content.PracticeCriteria{Mandatory: []string{"yes", "yes", "yes"}, Grounds: []string{"G.", "G.", "G."},
				Preferential: []content.PracticeCriterion{{Number: 1, Ground: "It is known."}, {Number: 5, Ground: "Peers are paid."}}}
		}),
		one("b-house", "House of peers", "RU", func(f *content.FactSheet) { f.Status, f.Peers = "active", "yes" }),
		one("c-law", "A law on shelters", "FR", func(f *content.FactSheet) { f.Form, f.Kind = "reference", "law" }),
		one("d-line", "Ligne d’écoute", "FR", func(f *content.FactSheet) {
			f.Criteria.Mandatory[0], f.Sheet["peer_method"] = "no", "Телефон доверия, на котором отвечают равные."
		}),
	}
}
