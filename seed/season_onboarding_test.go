package seed_test

import (
	"context"
	"testing"

	"portico/app/desk"
	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/peerwork"
	"portico/app/server"
)

// joiningIsThere looks for a path of each mode, an open vote, an appeal that waits and a
// title that was chosen.
func (c community) joiningIsThere(t *testing.T) {
	ctx := context.Background()
	people := member.New(c.Store, c.Server, member.Options{Salt: c.Salt})
	in := onboarding.New(c.Store, people, server.Places{Work: peerwork.New(c.Store)}, server.HouseRules{Desk: desk.New(c.Store, nil, nil)})
	who := c.enter(t, "Rowan")
	running, _, err := in.List(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	modes, appeals := map[string]int{}, 0
	for _, l := range running {
		modes[l.Mode]++
		if l.Appeal {
			appeals++
		}
		if l.Handle == "" {
			t.Errorf("a path in %s has nobody on it", l.Organisation)
		}
	}
	if modes["membership"] != 2 || modes["employment"] != 1 || modes["consultation"] != 1 || appeals != 1 {
		t.Errorf("paths are %v with %d appeals", modes, appeals)
	}
	hayat := c.enter(t, "Hayat")
	tasks, err := in.Asked(ctx, hayat, "fr")
	if err != nil {
		t.Fatal(err)
	}
	open := 0
	for _, v := range tasks.Votes {
		if v.Vote.State == onboarding.VoteOpen {
			open++
		}
	}
	at, err := (server.Places{}).Of(ctx, c.Store.DB, hayat.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	if title, err := in.Title(ctx, at, "fr"); err != nil || open != 1 || title != "animation de quartier" {
		t.Errorf("%d open votes, and the title is %q, %v", open, title, err)
	}
	if pages, err := in.Pages(ctx, "it"); err != nil || len(pages) != 3 {
		t.Errorf("%d public pages, %v", len(pages), err)
	}
}
