package seed_test

import (
	"context"
	"testing"

	"portico/app/figures"
	"portico/app/smallcells"
)

// figuresAreThere wants one table that the group agreed to, with numbers that are shown and
// numbers that are hidden, and one about which it is asked.
func (c community) figuresAreThere(t *testing.T) {
	ctx, s := context.Background(), figures.New(c.Store, figures.Sources{})
	who := c.enter(t, "Celeste")
	list, err := s.List(ctx, who)
	if err != nil || len(list) != 2 {
		t.Fatalf("releases: %+v, %v", list, err)
	}
	states := map[figures.State]bool{}
	for _, r := range list {
		v, err := s.Look(ctx, who, r.ID)
		if err != nil {
			t.Fatal(err)
		}
		states[r.State] = true
		if r.State != figures.Agreed {
			continue
		}
		shown, hidden := 0, 0
		for _, row := range append(v.Table.Cells, v.Table.RowTotals, v.Table.ColTotals) {
			for _, n := range row {
				if n == smallcells.Hidden {
					hidden++
				} else {
					shown++
				}
			}
		}
		if shown == 0 || hidden == 0 {
			t.Errorf("%d counts are shown and %d hidden: %+v", shown, hidden, v.Table)
		}
	}
	if !states[figures.Agreed] || !states[figures.Asked] {
		t.Errorf("the releases are %+v", list)
	}
}
