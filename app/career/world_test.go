package career_test

import (
	"context"
	"testing"

	"portico/app/career"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store/storetest"
)

// world is a small team on a fresh database, with a supervisor from outside.
type world struct {
	*storetest.DB
	members                                    *member.Service
	path                                       *career.Service
	boss, second, peer, other, outer, outsider member.Actor
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{DB: storetest.New(t)}
	w.members = member.New(w.Store, w.Server, member.Options{Salt: w.Salt, OpenJoin: true})
	w.path = career.New(w.Store)
	w.boss = w.takeUp(t, "keystone", w.members.OfferFirstAdmin)
	w.second = w.hire(t, "bussola", member.RoleCoordinator, member.RolePeer)
	w.peer = w.hire(t, "lampione", member.RolePeer)
	w.other = w.hire(t, "girasole", member.RolePeer)
	w.outer = w.hire(t, "traghetto", member.RoleSupervisor)
	w.outsider = w.hire(t, "faro-lento", member.RoleLeader)
	return w
}

func (w *world) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	return w.takeUp(t, handle, func(ctx context.Context) (string, error) { return w.members.OfferRoles(ctx, w.boss, roles) })
}

func (w *world) takeUp(t *testing.T, handle string, offer func(context.Context) (string, error)) member.Actor {
	t.Helper()
	opened, _ := w.TakeUp(t, w.members, handle, offer)
	return opened.Actor
}

// refuses holds that an act is refused with one message, of the whole form or of a field.
func refuses(t *testing.T, what, key string, err error) {
	t.Helper()
	f := fault.As(err)
	if f == nil || f.Key != key && (len(f.Fields) == 0 || f.Fields[0].Key != key) {
		t.Errorf("%s: got %v; want %s", what, err, key)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
