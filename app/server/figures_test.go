package server_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"portico/app/figures"
	"portico/app/member"
	"portico/app/store"
)

// table is a release that a form can be tried on: one with a code where a code is asked, and
// one about which the group is asked everywhere else.
func (h *house) table(t *testing.T, who member.Actor, path string) store.ID {
	t.Helper()
	ctx, want := context.Background(), figures.Asked
	if strings.HasSuffix(path, "/read") || strings.HasSuffix(path, "/csv") || strings.HasSuffix(path, "/code") {
		want = figures.Agreed
	}
	list, err := h.Figures.List(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range list {
		if r.State != want {
			continue
		}
		if want == figures.Agreed {
			if _, err := h.Figures.NewCode(ctx, who, r.ID); err != nil {
				t.Fatal(err)
			}
		}
		return r.ID
	}
	id, err := h.Figures.Propose(ctx, who, figures.Form{Measure: "materials", Month: h.Figures.Months()[0], Recipient: "Bad input", Nonce: store.NewID().String()})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// TestFiguresAreCountedByTheirAreas asks for every measure of the demonstration, divided in
// every way that it can be: each is counted, and the same again the second time.
func TestFiguresAreCountedByTheirAreas(t *testing.T) {
	ctx, h := context.Background(), build(t)
	who := h.enter(t, h.person(t, "coordinator")).Actor
	shown := 0
	for _, m := range figures.Measures {
		for _, split := range figures.Splits {
			if !m.Takes(split) {
				continue
			}
			var before figures.Shown
			for again := range 2 {
				id, err := h.Figures.Propose(ctx, who, figures.Form{Measure: m.Code, Split: split, Month: h.Figures.Months()[0], Recipient: "An office", Nonce: store.NewID().String()})
				if err != nil {
					t.Fatalf("%s by %q: %v", m.Code, split, err)
				}
				v, err := h.Figures.Look(ctx, who, id)
				if err != nil {
					t.Fatalf("%s by %q: %v", m.Code, split, err)
				}
				if again == 1 && v.Table.Total != before.Table.Total {
					t.Errorf("%s by %q is %d, then %d", m.Code, split, before.Table.Total, v.Table.Total)
				}
				if before = v; v.Table.Total > 0 {
					shown++
				}
				if a := h.ask(t, http.MethodGet, "/figures/"+id.String()+"/table.csv", "", nil); a.status != http.StatusNotFound {
					t.Errorf("a visitor takes %s by %q: status %d", m.Code, split, a.status)
				}
				if err := h.Figures.Close(ctx, who, id); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if shown == 0 {
		t.Error("the demonstration shows no figure at all")
	}
}
