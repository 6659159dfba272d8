package seed_test

import (
	"context"
	"testing"

	"portico/app/magazine"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
)

// materialsOf lets the magazine read what the demonstration published.
type materialsOf struct{ by *material.Service }

func (m materialsOf) ForMagazine(ctx context.Context, id store.ID, lang string) (magazine.Text, error) {
	r, err := m.by.ReadFor(ctx, id, material.InMagazine, [2]string{lang, lang})
	return magazine.Text{Title: r.Title, Body: r.Body}, err
}

func (materialsOf) Offered(context.Context, string) ([]magazine.Offer, error) { return nil, nil }

func (c community) magazineIsThere(t *testing.T) {
	ctx, mat := context.Background(), material.New(c.Store, nil)
	mag := magazine.New(c.Store, materialsOf{mat})
	issues, err := mag.Issues(ctx, c.enter(t, "Amara"))
	if err != nil || len(issues) != 2 || issues[0].State != magazine.Topics || issues[1].State != magazine.Published {
		t.Fatalf("issues: %+v, %v", issues, err)
	}
	first, err := mag.Read(ctx, member.Actor{}, issues[1].ID)
	if err != nil || len(first.Pieces) != 3 || first.Gone != 0 || first.Copies < 100 || first.Greeting == "" || first.Pieces[1].Body == first.Pieces[1].Sent {
		t.Errorf("the first issue: %+v, %v", first, err)
	}
	next, err := mag.Open(ctx, c.enter(t, "Amara"), issues[0].ID)
	if err != nil || !next.Voting || len(next.Topics) != 4 || next.Topics[0].Wants < 4 {
		t.Errorf("the next issue: %+v, %v", next, err)
	}
	library, _, err := mat.Library(ctx, material.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	heard := 0
	for _, m := range library {
		r, err := mat.Read(ctx, m.ID, "en", "en")
		if err != nil {
			t.Fatal(err)
		}
		if r.Spoken != nil && !r.Spoken.Stale && r.Spoken.Seconds > 60 {
			heard++
		}
	}
	if heard != 1 {
		t.Errorf("%d materials are read aloud, want one", heard)
	}
}
