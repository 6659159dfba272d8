package material_test

import (
	"context"
	"testing"

	"portico/app/material"
)

func TestANumberThatTheTextGivesIsNotHeldAgainstHer(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione")
	const line = "Call **800 186 086** from 9 to 18."
	_, err := w.mat.Save(ctx, w.leader, id, material.VersionForm{Title: "Rights", Body: line, Base: 1})
	must(t, err)
	must(t, w.mat.Consult(ctx, w.leader, id, survey(w, 1)))
	for _, c := range []struct {
		name, wanted, why string
		found             int
	}{
		{"the number of the passage", "Call **800 186 086** from 9 to 18, without a name.", "Shorter.", 0},
		{"another number beside it", "Call **800 186 086** or +39 333 12 34 567.", "Shorter.", 1},
		{"a number of her own in the reason", "Call **800 186 086**.", "Ask me: +39 333 12 34 567", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := w.mat.Suggest(ctx, w.anna, id, material.SuggestionForm{Version: 2, Part: 1, Wanted: c.wanted, Why: c.why})
			if err != nil || r.Stored != (c.found == 0) || len(r.Verdict.Findings) != c.found {
				t.Errorf("%+v, %v", r, err)
			}
		})
	}
}
