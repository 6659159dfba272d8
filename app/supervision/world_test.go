package supervision_test

import (
	"context"
	"testing"

	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/supervision"
)

// world is a small team on a fresh database.
type world struct {
	*storetest.DB
	members                       *member.Service
	sup                           *supervision.Service
	coordinator, peer, supervisor member.Actor // the coordinator is the host of the server as well
	host, other                   member.Actor // see company
	keys                          map[string]member.Offer
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{DB: storetest.New(t), keys: map[string]member.Offer{}}
	w.members = member.New(w.Store, w.Server, member.Options{Salt: w.Salt, OpenJoin: true})
	w.sup = supervision.New(w.Store)
	w.coordinator = w.takeUp(t, "keystone", w.members.OfferFirstAdmin)
	w.peer = w.hire(t, "lampione", member.RolePeer)
	w.supervisor = w.hire(t, "girasole", member.RoleSupervisor)
	return w
}

// company brings a host who coordinates nothing, and somebody who is peer and supervisor.
func (w *world) company(t *testing.T) {
	t.Helper()
	w.host = w.hire(t, "bussola", member.RoleAdmin)
	w.other = w.hire(t, "passerella", member.RolePeer, member.RoleSupervisor)
}

func (w *world) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	return w.takeUp(t, handle, func(ctx context.Context) (string, error) { return w.members.OfferRoles(ctx, w.coordinator, roles) })
}

func (w *world) takeUp(t *testing.T, handle string, offer func(context.Context) (string, error)) member.Actor {
	t.Helper()
	opened, shown := w.TakeUp(t, w.members, handle, offer)
	w.keys[handle] = shown
	return opened.Actor
}

func (w *world) proposal() supervision.ProposalForm {
	return supervision.ProposalForm{
		Peers: []store.ID{w.peer.Role.ID}, Supervisors: []store.ID{w.supervisor.Role.ID}, Kind: "individual", CadenceDays: 14, Outside: true, Paid: true,
		Agreement: "We speak every two weeks; nobody else reads it.",
	}
}

// open makes an open relation.
func (w *world) open(t *testing.T) store.ID {
	t.Helper()
	ctx := context.Background()
	made, err := w.sup.Propose(ctx, w.coordinator, w.proposal())
	if err != nil || !made.Stored {
		t.Fatalf("propose: %v", err)
	}
	for _, who := range []member.Actor{w.peer, w.supervisor} {
		if err := w.sup.Accept(ctx, who, made.ID); err != nil {
			t.Fatalf("accept: %v", err)
		}
	}
	return made.ID
}

func (w *world) form() supervision.EntryForm {
	return supervision.EntryForm{
		Day: w.Today(), Minutes: 50, Mode: "phone", Next: w.DayAfter(14),
		Words: supervision.Words{
			Topics: []string{"boundary", "pay"}, Worked: "The river of calm questions.", Hard: "The late paper lantern.", Support: "A second chair.",
			Wellbeing: "3", Workload: "4",
			Actions: []supervision.Agreed{{What: "Ask about the marble rota.", Owner: "supervisor", Due: w.DayAfter(7)}},
		},
	}
}

func (w *world) write(t *testing.T, relation store.ID) store.ID {
	t.Helper()
	made, err := w.sup.Write(context.Background(), w.peer, relation, w.form())
	if err != nil || !made.Stored {
		t.Fatalf("write: %v, stored %v, %v", err, made.Stored, made.Verdict)
	}
	return made.ID
}
