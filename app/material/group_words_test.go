package material_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/material"
	"portico/app/store"
)

var term = material.TermForm{Lang: "en", Preferred: "people who sell sex", Refused: "sex seller*, call girl*", Why: "We decided it together."}

func run(w *world, lang string, copies int) material.PrintForm {
	return material.PrintForm{Day: w.Today(), Lang: lang, Sheet: "pocket", Place: "street", Copies: copies}
}

func TestTheGroupsWordsGoBeforeThoseOfTheField(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione")
	must(t, w.mat.DecideTerm(ctx, w.peer, id, term))
	own := material.TermForm{Lang: "en", Preferred: "prostitute", Refused: "streetwalker", Why: "It is what we call ourselves here."}
	must(t, w.mat.DecideTerm(ctx, w.leader, id, own))
	shop, err := w.mat.Workshop(ctx, w.leader, id)
	must(t, err)
	if len(shop.Terms) != 2 || shop.Terms[0].Day != w.Today() {
		t.Fatalf("got %+v", shop.Terms)
	}
	words := "A prostitute, a streetwalker, two call girls and a victim."
	if got := advised(material.CheckTerms("en", words)); got != "[prostitute victim]" {
		t.Errorf("the words of the field: %s", got)
	}
	advice := material.CheckTerms("en", words, shop.Terms...)
	if got := advised(advice); got != "[call girls streetwalker victim]" {
		t.Errorf("with those of the group: %s", got)
	}
	if advice[0].Day != w.Today() || advice[2].Day != "" {
		t.Errorf("who decided: %+v", advice)
	}
	if got := material.CheckTerms("it", "call girl", shop.Terms...); len(got) != 0 {
		t.Errorf("in another language: %+v", got)
	}
	must(t, w.mat.DropTerm(ctx, w.peer, id, shop.Terms[0].ID))
	refused(t, "dropping twice", w.mat.DropTerm(ctx, w.peer, id, shop.Terms[0].ID), fault.NotFound, "")
	for name, f := range map[string]material.TermForm{
		"nothing": {}, "a star alone": {Lang: "en", Preferred: "x", Refused: "*", Why: "because"}, "no language": {Lang: "..", Preferred: "x", Refused: "yy", Why: "because"},
	} {
		refused(t, name, w.mat.DecideTerm(ctx, w.peer, id, f), fault.Invalid, "")
	}
}

func advised(all []material.Advice) string {
	var words []string
	for _, a := range all {
		words = append(words, a.Word)
	}
	return fmt.Sprint(words)
}

func TestALanguageWithoutNumbersSaysThatItGuesses(t *testing.T) {
	if m := material.MeasurePlain("uk", "Ти можеш прийти. Це безкоштовно."); !m.Unsure || m.Average != 3 && m.Average != 2 {
		t.Errorf("got %+v", m)
	}
	if m := material.MeasurePlain("pt-BR", "Podes vir."); !m.Unsure {
		t.Errorf("got %+v", m)
	}
	if m := material.MeasurePlain("zh-Hans", "你可以来。"); m.Unsure || m.Length != material.Low {
		t.Errorf("got %+v", m)
	}
}

func TestPrintRunsAreCountedAndNameNoPlace(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	f := run(w, "en", 200)
	f.Nonce = "once"
	must(t, w.mat.NotePrint(ctx, w.peer, id, f))
	must(t, w.mat.NotePrint(ctx, w.peer, id, f))
	must(t, w.mat.NotePrint(ctx, w.leader, id, run(w, "it", 50)))
	runs, copies, err := w.mat.Prints(ctx, w.peer, id)
	if err != nil || len(runs) != 2 || copies != 250 {
		t.Fatalf("got %+v, %d, %v", runs, copies, err)
	}
	if r, err := w.mat.Read(ctx, id, "", "en"); err != nil || r.Printed != 250 || !r.OnPaper {
		t.Errorf("readers: %d, %v", r.Printed, err)
	}
	must(t, w.mat.DropPrint(ctx, w.leader, id, runs[0].ID))
	bad := run(w, "en", 0)
	bad.Day, bad.Place, bad.Sheet = w.DayAfter(1), "Via Roma 3", "a0"
	if f := fault.As(w.mat.NotePrint(ctx, w.leader, id, bad)); f == nil || len(f.Fields) != 4 {
		t.Errorf("a run with four mistakes: %v", f)
	}
	refused(t, "a run of a draft", w.mat.NotePrint(ctx, w.leader, w.drafted(t), run(w, "en", 1)), fault.Conflict, "")
}

func TestTranslatorsLearnWhatIsCritical(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione")
	must(t, w.mat.Mark(ctx, w.leader, id, []string{"law", "gardening"}))
	w.consulted(t, id)
	w.voted(t, id, w.leader, w.peer)
	must(t, w.mat.Mark(ctx, w.leader, id, nil))
	sources := w.shelf.sources[id]
	if len(sources) != 2 || !sources[0].Critical || sources[1].Critical || sources[0].Text != sources[1].Text {
		t.Errorf("got %+v", sources)
	}
	must(t, w.mat.Mark(ctx, w.peer, id, []string{"emergency", "health"}))
	if m := w.state(t, id); m.Subjects != "health emergency" || !m.Critical() || m.About("law") || !m.About("health") {
		t.Errorf("got %+v", m)
	}
}

func TestWhatPeopleSaidIsThereAfterPublication(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	_, err := w.mat.GiveFeedback(ctx, id, material.FeedbackForm{Useful: "no", Missing: "The hours."})
	must(t, err)
	must(t, w.mat.Reopen(ctx, w.leader, id))
	_, err = w.mat.Save(ctx, w.leader, id, material.VersionForm{Title: "Your rights", Body: text + "\n\nIt opens at nine.", Note: "The hours are in it now.", Base: 1})
	must(t, err)
	w.consulted(t, id)
	w.voted(t, id, w.leader, w.peer)
	must(t, w.mat.Publish(ctx, w.leader, id, 0))
	r, err := w.mat.Read(ctx, id, "", "en")
	must(t, err)
	if b := r.Because; !b.Said() || b.Readers != 1 || b.Voices != 2 || b.Note != "The hours are in it now." {
		t.Errorf("readers: %+v", b)
	}
	a, err := w.mat.Asked(ctx, w.anna, id)
	if err != nil || !a.Ended || a.Because.Readers != 1 || a.Because.NotAsked == "" {
		t.Errorf("whoever was asked: %+v, %v", a, err)
	}
}

func TestListsGoOnBeyondTheirFirstPage(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	day, rows := w.Today(), []material.Material{}
	for i := range 250 {
		rows = append(rows, material.Material{ID: store.NewID(), Kind: "leaflet", Title: fmt.Sprintf("Leaflet %03d", i/2), Lang: "en", State: material.Published, Day: day,
			Version: 1, DecidedVersion: 1, PublishedVersion: 1, PublishedDay: &day, ReviewDay: &day})
	}
	for i := range 130 {
		rows = append(rows, material.Material{ID: store.NewID(), Kind: "leaflet", Title: fmt.Sprintf("Old %03d", i), Lang: "en", State: material.Archived, Day: day})
	}
	must(t, gorm.G[material.Material](w.DB.DB).CreateInBatches(ctx, &rows, 100))
	for name, list := range map[string]func(after store.ID) (int, store.ID, error){
		"library": func(after store.ID) (int, store.ID, error) {
			l, next, err := w.mat.Library(ctx, material.Filter{After: after})
			return len(l), next, err
		},
		"work": func(after store.ID) (int, store.ID, error) {
			l, next, err := w.mat.Work(ctx, w.peer, after)
			return len(l), next, err
		},
		"archive": func(after store.ID) (int, store.ID, error) {
			l, next, err := w.mat.Archived(ctx, w.coordinator, after)
			return len(l), next, err
		},
	} {
		want, all, pages := 250, 0, 0
		if name == "archive" {
			want = 130
		}
		for after := (store.ID{}); pages == 0 || !after.IsZero(); pages++ {
			n, next, err := list(after)
			must(t, err)
			all, after = all+n, next
		}
		if all != want || pages != (want+99)/100 {
			t.Errorf("%s: %d rows on %d pages, want %d", name, all, pages, want)
		}
	}
	if l, _, err := w.mat.Library(ctx, material.Filter{Lang: "fr"}); err != nil || len(l) != 0 {
		t.Errorf("a language in which nothing is: %d, %v", len(l), err)
	}
	w.Time.Advance(2 * 24 * time.Hour)
	if due, err := w.mat.ReviewsDue(ctx, w.coordinator); err != nil || len(due) != 250 {
		t.Errorf("reviews due: %d, %v", len(due), err)
	}
	if due, err := w.mat.ReviewsDue(ctx, w.leader); err != nil || len(due) != 0 {
		t.Errorf("for whoever does not coordinate: %d, %v", len(due), err)
	}
}
