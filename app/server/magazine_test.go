package server_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/magazine"
	"portico/app/member"
	"portico/app/store"
)

// badMonth marks the issues of these tests: nothing that a form sends changes a month.
const badMonth = "2031-01"

// issue puts one issue of hers into a path: one that collects topics where the path is about
// them, and else one that collects pieces, with a piece of hers.
func (h *house) issue(t *testing.T, who member.Actor, path string) string {
	t.Helper()
	ctx, want := context.Background(), magazine.Pieces
	if strings.Contains(path, "/topics") {
		want = magazine.Topics
	}
	list, err := h.Magazine.Issues(ctx, who)
	if err != nil {
		t.Fatal(err)
	}
	var id store.ID
	for _, i := range list {
		if i.State == want && i.Month == badMonth {
			id = i.ID
		}
	}
	if id.IsZero() {
		id = h.begun(t, who, want)
	}
	o, err := h.Magazine.Open(ctx, who, id)
	if err != nil {
		t.Fatal(err)
	}
	piece := store.NewID()
	if len(o.Hers) > 0 {
		piece = o.Hers[0].ID
	} else if want == magazine.Pieces {
		r, err := h.Magazine.Send(ctx, who, id, magazine.PieceForm{Title: "Mine", Body: strings.Repeat("My own words. ", 4)})
		if err != nil || !r.Stored {
			t.Fatalf("a piece: %+v, %v", r, err)
		}
		piece = r.ID
	}
	return strings.NewReplacer(":id", id.String(), ":piece", piece.String()).Replace(path)
}

// begun begins an issue with a board that may decide.
func (h *house) begun(t *testing.T, who member.Actor, state magazine.State) store.ID {
	t.Helper()
	ctx := context.Background()
	id, err := h.Magazine.Begin(ctx, who, magazine.IssueForm{Title: "Bad input", Month: badMonth, Lang: "en", Closes: h.Store.DayAfter(60)})
	if err == nil && state == magazine.Pieces {
		err = h.Magazine.Move(ctx, who, id, magazine.Pieces)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestATextThatIsTakenBackLeavesTheMagazineAndFallsSilent(t *testing.T) {
	h, ctx := build(t), context.Background()
	coordinator := h.enter(t, h.person(t, "coordinator")).Actor
	issues, err := h.Magazine.Issues(ctx, member.Actor{})
	if err != nil || len(issues) != 1 {
		t.Fatalf("%d issues are published, %v", len(issues), err)
	}
	before, err := h.Magazine.Read(ctx, member.Actor{}, issues[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	var text store.ID
	for _, p := range before.Pieces {
		if !p.MaterialID.IsZero() {
			text = p.MaterialID
		}
	}
	read, err := h.Material.Read(ctx, text, "en", "en")
	if err != nil || read.Spoken == nil {
		t.Fatalf("the text of the demonstration that is read aloud: %+v, %v", read.Spoken, err)
	}
	if err := h.Material.Withdraw(ctx, coordinator, text, "harm"); err != nil {
		t.Fatal(err)
	}
	after, err := h.Magazine.Read(ctx, member.Actor{}, issues[0].ID)
	if err != nil || len(after.Pieces) != len(before.Pieces)-1 || after.Gone != 1 {
		t.Errorf("%d pieces, %d gone, %v", len(after.Pieces), after.Gone, err)
	}
	var kept int64
	if err := h.Store.DB.Raw("SELECT (SELECT COUNT(*) FROM magazine_pieces WHERE material_id = ? AND body <> '') + (SELECT COUNT(*) FROM material_recordings WHERE material_id = ?)", text, text).Scan(&kept).Error; err != nil {
		t.Fatal(err)
	}
	if kept != 0 {
		t.Errorf("%d rows with its words or its voice are left", kept)
	}
}
