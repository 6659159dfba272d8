package peerwork_test

import (
	"context"
	"testing"

	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/store/storetest"
)

// world is a small team on a fresh database: two coordinators, of whom the second is a peer
// as well, and a peer.
type world struct {
	*storetest.DB
	members             *member.Service
	work                *peerwork.Service
	first, second, peer member.Actor
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{DB: storetest.New(t)}
	w.members = member.New(w.Store, w.Server, member.Options{Salt: w.Salt, OpenJoin: true})
	w.work = peerwork.New(w.Store)
	w.first = w.takeUp(t, "keystone", w.members.OfferFirstAdmin)
	w.second = w.hire(t, "bussola", member.RoleCoordinator, member.RolePeer)
	w.peer = w.hire(t, "lampione", member.RolePeer)
	return w
}

func (w *world) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	return w.takeUp(t, handle, func(ctx context.Context) (string, error) { return w.members.OfferRoles(ctx, w.first, roles) })
}

func (w *world) takeUp(t *testing.T, handle string, offer func(context.Context) (string, error)) member.Actor {
	t.Helper()
	opened, _ := w.TakeUp(t, w.members, handle, offer)
	return opened.Actor
}

// assess gives a peer a risk assessment that holds.
func (w *world) assess(t *testing.T, who member.Actor) {
	t.Helper()
	if err := w.work.Assess(context.Background(), who, who.Role.ID, riskForm(w.DayAfter(365))); err != nil {
		t.Fatal(err)
	}
}

func riskForm(review string) peerwork.RiskForm {
	return peerwork.RiskForm{Review: review, Risk: peerwork.Risk{Profile: "A name on a members page.", Hazards: []peerwork.Hazard{
		{What: "A neighbour of granite recognises her.", Likelihood: 2, Consequence: 4, Measures: "No district, another name."},
	}}}
}

func card(audience string) peerwork.Card {
	return peerwork.Card{"name": {Words: "Marigold Bridge", Audience: audience}, "languages": {Words: "hu:first it:good:checks", Audience: peerwork.Team}, "skills": {Words: "Secret walnut skills", Audience: peerwork.Me}}
}

func contract() peerwork.ContractForm {
	return peerwork.ContractForm{Kind: "fixed", From: "2026-01-01", To: "2026-12-31", Hours: "20", Amount: "14,55", Unit: "hour", Currency: "EUR", Funding: "The copper lantern fund", FundingEnds: "2026-11-30", Leave: "none"}
}
