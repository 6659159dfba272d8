package practice_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/practice"
	"portico/content"
)

func (w world) ids(t *testing.T, f practice.Filter) string {
	t.Helper()
	found, err := w.lib.Find(ctx, f)
	must(t, err)
	var ids []string
	for _, p := range found.Practices {
		ids = append(ids, p.ID)
	}
	return strings.Join(ids, " ")
}

func TestFindingByWordsInEveryScriptAndByFilters(t *testing.T) {
	w := newWorld(t, small())
	for name, row := range map[string]struct {
		f    practice.Filter
		want string
	}{
		"everything by name":            {practice.Filter{}, "c-law b-house d-line a-mobile"},
		"a word of the name":            {practice.Filter{Words: "clinic"}, "a-mobile"},
		"an Italian word":               {practice.Filter{Words: "clinica"}, "a-mobile"},
		"an Arabic word with a prefix":  {practice.Filter{Words: "العيادة"}, "a-mobile"},
		"a Russian word of the sheet":   {practice.Filter{Words: "равные телефон"}, "d-line"},
		"a country in Arabic":           {practice.Filter{Words: "فرنسا"}, "c-law d-line"},
		"a ground of a criterion":       {practice.Filter{Words: "paid"}, "a-mobile"},
		"no sheet has both words":       {practice.Filter{Words: "clinic shelters"}, "c-law a-mobile"},
		"nothing":                       {practice.Filter{Words: "zzzz"}, ""},
		"a country":                     {practice.Filter{Country: "FR"}, "c-law d-line"},
		"a form":                        {practice.Filter{Form: "reference"}, "c-law"},
		"a status":                      {practice.Filter{Status: "active"}, "b-house"},
		"what meets the criteria":       {practice.Filter{Standing: practice.Meets}, "a-mobile"},
		"what does not":                 {practice.Filter{Standing: practice.NotMet}, "d-line"},
		"of which too little is known":  {practice.Filter{Standing: practice.Unsettled}, "c-law b-house"},
		"only with peers":               {practice.Filter{Peers: true}, "b-house"},
		"after one":                     {practice.Filter{After: "b-house"}, "d-line a-mobile"},
		"after one that does not exist": {practice.Filter{After: "x'; --"}, ""},
	} {
		if got := w.ids(t, row.f); got != row.want {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}

func TestPagesReachEverySheetOnce(t *testing.T) {
	all, err := content.FactSheets()
	must(t, err)
	w := newWorld(t, all)
	seen, f := map[string]bool{}, practice.Filter{}
	for range 20 {
		found, err := w.lib.Find(ctx, f)
		must(t, err)
		for _, p := range found.Practices {
			if seen[p.ID] {
				t.Fatalf("%s stands twice", p.ID)
			}
			seen[p.ID], f.After = true, p.ID
		}
		if !found.More {
			break
		}
	}
	if len(seen) != len(all) {
		t.Errorf("%d sheets on all pages, want %d", len(seen), len(all))
	}
}

func TestLoadingAgainKeepsWhatPeopleHereWrote(t *testing.T) {
	w := newWorld(t, small())
	must(t, w.lib.Verify(ctx, w.coordinator, "b-house"))
	id := w.interview(t, "c-law")
	w.publish(t, id)
	next := slices.Clone(small()[1:]) // a-mobile is not shipped any more
	for i := range next {
		next[i].Name += " 2"
	}
	next = append(next, content.FactSheet{ID: "e-new", Name: "New", Kind: "method", Form: "reference", Source: "other", Country: "IT", Status: "unknown", Peers: "unknown",
		Summary: map[string]string{"en": "W."}, Criteria: small()[0].Criteria})
	for range 2 {
		must(t, w.lib.Load(ctx, next))
	}
	var names []string
	rows, err := w.lib.All(ctx)
	must(t, err)
	for _, p := range rows {
		names = append(names, p.Name)
	}
	if got := fmt.Sprint(names); got != "[House of peers A law on shelters Ligne d’écoute 2 New]" {
		t.Errorf("got %s", got)
	}
}

func TestACheckGrowsOldAndIsOnlyACoordinators(t *testing.T) {
	w := newWorld(t, small())
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": w.actor(t, ""), "a peer": w.peer, "a leader": w.leader} {
		wants(t, name, w.lib.Verify(ctx, who, "a-mobile"), fault.NotFound)
	}
	wants(t, "no such sheet", w.lib.Verify(ctx, w.coordinator, "nothing"), fault.NotFound)
	must(t, w.lib.Verify(ctx, w.coordinator, "a-mobile"))
	p, err := w.lib.One(ctx, "a-mobile")
	must(t, err)
	if !w.lib.Checked(p) {
		t.Error("it is not checked")
	}
	w.Time.Advance(366 * 24 * time.Hour)
	if w.lib.Checked(p) {
		t.Error("the check does not grow old")
	}
}

func TestACorrectionCarriesNobodyAndLosesItsWords(t *testing.T) {
	w := newWorld(t, small())
	wants(t, "empty", w.lib.Suggest(ctx, "a-mobile", "  "), fault.Invalid)
	wants(t, "too long", w.lib.Suggest(ctx, "a-mobile", strings.Repeat("я", practice.LongestCorrection+1)), fault.Invalid)
	wants(t, "no such sheet", w.lib.Suggest(ctx, "nothing", "words"), fault.NotFound)
	for range 2 {
		must(t, w.lib.Suggest(ctx, "a-mobile", "It stopped in spring."))
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a peer": w.peer, "a leader": w.leader} {
		_, _, err := w.lib.Corrections(ctx, who)
		wants(t, name, err, fault.NotFound)
	}
	waiting, more, err := w.lib.Corrections(ctx, w.coordinator)
	must(t, err)
	if len(waiting) != 1 || more || waiting[0].Name != "Mobile clinic" || waiting[0].Words != "It stopped in spring." {
		t.Fatalf("got %+v", waiting)
	}
	wants(t, "a peer settles", w.lib.Settle(ctx, w.peer, waiting[0].ID, practice.Used), fault.NotFound)
	wants(t, "another state", w.lib.Settle(ctx, w.coordinator, waiting[0].ID, practice.Open), fault.NotFound)
	must(t, w.lib.Settle(ctx, w.coordinator, waiting[0].ID, practice.Used))
	wants(t, "twice", w.lib.Settle(ctx, w.coordinator, waiting[0].ID, practice.Used), fault.NotFound)
	answers, err := w.lib.Answers(ctx, "a-mobile")
	must(t, err)
	if len(answers) != 1 || answers[0].Words != "" || answers[0].State != practice.Used {
		t.Errorf("got %+v", answers)
	}
	for i := range 20 {
		must(t, w.lib.Suggest(ctx, "b-house", fmt.Sprint("word ", i)))
	}
	wants(t, "a flood", w.lib.Suggest(ctx, "b-house", "one more"), fault.Refused)
}
