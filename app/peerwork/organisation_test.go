package peerwork_test

import (
	"context"
	"testing"

	"portico/app/fault"
)

func TestOrganisations(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	if err := w.work.AddOrganisation(ctx, w.peer, "Ours", "membership"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a peer adds one: %v", err)
	}
	for name, c := range map[string][2]string{"no name": {" ", "membership"}, "no mode": {"Ours", "charity"}} {
		if err := w.work.AddOrganisation(ctx, w.first, c[0], c[1]); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v; want a field to mend", name, err)
		}
	}
	if err := w.work.AddOrganisation(ctx, w.first, "Ours", "membership"); err != nil {
		t.Fatal(err)
	}
	if err := w.work.AddOrganisation(ctx, w.first, "Ours", "employment"); !fault.Is(err, fault.Invalid) {
		t.Errorf("the same name: %v; want a field to mend", err)
	}
	list, err := w.work.Organisations(ctx, w.peer)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v, %v", list, err)
	}
	if err := w.work.Place(ctx, w.first, w.peer.Role.ID, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if c, err := w.work.Person(ctx, w.second, w.peer.Role.ID); err != nil || c.Organisation != "Ours" {
		t.Errorf("got %+v, %v", c, err)
	}
}
