package directory_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/app/directory"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store/storetest"
	"portico/content"
)

// places are a few services with hours, in two countries.
func places() []content.Entry {
	what := map[string]string{"en": "Somebody to talk to."}
	return []content.Entry{
		{ID: "p-night", Name: "Night bus", Kind: "service", Country: "IT", City: "Padova", Languages: []string{"it", "ro"}, NoPapers: yes(), Opening: "Mo-Su 20:00-02:00; PH off", What: what, Source: "X"},
		{ID: "p-day", Name: "Day room", Kind: "service", Country: "IT", City: "Padova", Languages: []string{"it", "ro"}, NoPapers: yes(), Opening: "Mo-Fr 09:00-17:00", What: what, Source: "X", Runs: []string{"p-night"}},
		{ID: "p-papers", Name: "Office of papers", Kind: "public-body", Country: "IT", City: "Padova", Languages: []string{"it", "ro"}, Opening: "Mo-Su 20:00-23:00", What: what, Source: "X"},
		{ID: "p-rome", Name: "Roman nights", Kind: "service", Country: "IT", City: "Roma", Languages: []string{"ro"}, NoPapers: yes(), Opening: "24/7", What: what, Source: "X"},
		{ID: "p-words", Name: "Whenever", Kind: "service", Country: "IT", City: "Padova", Languages: []string{"ro"}, NoPapers: yes(), Hours: "varies", What: what, Source: "X"},
	}
}

func TestWordsSayWhatTheBoxesAsk(t *testing.T) {
	h := newHouse(t, places())
	h.Time.Advance(time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC).Sub(h.Time.Now())) // a Tuesday, four in the afternoon in Padova
	for words, want := range map[string]string{
		"no papers needed, Romanian, tonight, Padova": "p-night",
		"senza documenti, rumeno, stanotte, Padova":   "p-night",
		"sans papiers, roumain, cette nuit, Padoue":   "p-night",
		"بدون أوراق الرومانية الليلة بادوفا":          "p-night",
		"no papers, Padova, open now":                 "p-day",
		"Romanian tonight Padova":                     "p-night p-papers",
		"senza permesso di soggiorno, Roma, adesso":   "p-rome",
		"Padova weekend": "p-night p-papers",
	} {
		found, err := h.dir.Find(ctx, directory.Filter{Words: words, Home: "IT"})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, e := range found.Entries {
			ids = append(ids, e.ID)
		}
		slices.Sort(ids)
		if got := strings.Join(ids, " "); got != want || found.Some {
			t.Errorf("%q found %q (some %v), want %q", words, got, found.Some, want)
		}
	}
	found, _ := h.dir.Find(ctx, directory.Filter{Words: "no papers needed tonight", Home: "IT"})
	if f := found.Filter; !f.NoPapers || f.When != directory.Tonight || f.Words != "no papers needed tonight" {
		t.Errorf("the question is understood as %+v", f)
	}
}

// TestWhoIsOpenFollowsClocksAndHolidays asks for now at moments on which one is easily wrong.
func TestWhoIsOpenFollowsClocksAndHolidays(t *testing.T) {
	h := newHouse(t, places())
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[string]string{
		"2026-11-24 01:59": "p-night p-rome", // after midnight, from the evening before
		"2026-11-24 02:00": "p-rome",
		"2026-12-08 21:00": "p-papers p-rome",         // a holiday: the bus does not go
		"2026-12-09 01:00": "p-rome",                  // nor after its midnight
		"2026-12-08 01:00": "p-night p-rome",          // but until two, from the evening before it
		"2026-10-25 01:30": "p-night p-rome",          // the night of the longer hour
		"2027-03-28 01:30": "p-night p-rome",          // and of the shorter
		"2026-11-25 12:00": "p-day p-rome",            //
		"2026-11-28 12:00": "p-rome",                  // Saturday
		"2026-11-28 20:00": "p-night p-papers p-rome", //
	} {
		moment, err := time.ParseInLocation("2006-01-02 15:04", at, rome)
		if err != nil {
			t.Fatal(err)
		}
		h.Time.Advance(moment.Sub(h.Time.Now()))
		ids := h.ids(t, directory.Filter{When: directory.Now, Home: "IT"})
		slices.Sort(ids)
		if got := strings.Join(ids, " "); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}

func TestEveryServerSeesAChangeAtOnce(t *testing.T) {
	h := newHouse(t, small())
	other := directory.New(h.Store)
	ask := directory.Filter{Words: "Smeraldo"}
	if found, err := other.Find(ctx, ask); err != nil || len(found.Entries) != 0 {
		t.Fatalf("%v %v", found.Entries, err)
	}
	e, err := h.dir.Entry(ctx, "a-line")
	if err != nil {
		t.Fatal(err)
	}
	change := directory.Change{Name: "Linea smeraldo", Lang: "en", What: "Calls.", Opening: "Mo 10:00-12:00", Mark: e.Mark()}
	if err := h.dir.Amend(ctx, actor(member.RoleCoordinator), "a-line", change); err != nil {
		t.Fatal(err)
	}
	if found, err := other.Find(ctx, ask); err != nil || len(found.Entries) != 1 {
		t.Errorf("the other server finds %v (%v)", found.Entries, err)
	}
	change.Opening, change.Mark = "Mo 10:00-12:00, Mo 11:00-13:00", ""
	if err := h.dir.Amend(ctx, actor(member.RoleCoordinator), "a-line", change); !fault.Is(err, fault.Invalid) {
		t.Errorf("hours that overlap: %v", err)
	}
}

func TestARoundGoesFromTheOldestToWhatDidNotAnswer(t *testing.T) {
	h := newHouse(t, places())
	lead := actor(member.RoleCoordinator)
	order := func() (ids []string) {
		t.Helper()
		due, err := h.dir.Round(ctx, lead, []string{"IT"}, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range due.Entries {
			ids = append(ids, e.ID)
		}
		return ids
	}
	all := order()
	if len(all) != 5 {
		t.Fatalf("%v wait", all)
	}
	if err := h.dir.NoAnswer(ctx, lead, all[0]); err != nil {
		t.Fatal(err)
	}
	if err := h.dir.Verify(ctx, lead, all[1]); err != nil {
		t.Fatal(err)
	}
	if got, want := order(), []string{all[2], all[3], all[4], all[0]}; !slices.Equal(got, want) {
		t.Errorf("then %v wait, want %v", got, want)
	}
	if err := h.dir.Verify(ctx, lead, all[0]); err != nil {
		t.Fatal(err)
	}
	if e, _ := h.dir.Entry(ctx, all[0]); e.TriedOn != nil {
		t.Error("it answered, and still says that it did not")
	}
	h.Time.Advance(366 * 24 * time.Hour)
	if got := order(); len(got) != 5 {
		t.Errorf("after a year %v wait", got)
	}
	for _, who := range []member.Actor{actor(), actor(member.RoleModerator)} {
		if _, err := h.dir.Round(ctx, who, []string{"IT"}, ""); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else reads the round: %v", err)
		}
		if err := h.dir.NoAnswer(ctx, who, all[0]); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody else writes in it: %v", err)
		}
	}
}

func TestRelationsAreReadFromBothSides(t *testing.T) {
	h := newHouse(t, places())
	lead := actor(member.RoleCoordinator)
	said := func(id string) string {
		t.Helper()
		related, err := h.dir.Related(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		var words []string
		for _, r := range related {
			words = append(words, fmt.Sprint(r.Kind, r.Back, r.Other))
		}
		return strings.Join(words, " ")
	}
	if got := said("p-night"); got != "runstruep-day" {
		t.Errorf("the bus: %q", got)
	}
	agreed := directory.Relation{FromID: "p-day", Kind: "agreement", ToID: "p-papers"}
	for range 2 {
		if err := h.dir.Relate(ctx, lead, agreed); err != nil {
			t.Fatal(err)
		}
	}
	if got := said("p-day"); got != "agreementfalsep-papers runsfalsep-night" {
		t.Errorf("the day room: %q", got)
	}
	if err := h.dir.Load(ctx, places()); err != nil {
		t.Fatal(err)
	}
	if got := said("p-papers"); got != "agreementtruep-day" {
		t.Errorf("after loading again: %q", got)
	}
	for _, r := range []directory.Relation{{FromID: "p-day", Kind: "agreement", ToID: "p-day"}, {FromID: "p-day", Kind: "member", ToID: "nobody"}} {
		if err := h.dir.Relate(ctx, lead, r); !fault.Is(err, fault.Invalid) {
			t.Errorf("%+v: %v", r, err)
		}
	}
	if err := h.dir.Unrelate(ctx, lead, directory.Relation{FromID: "p-day", Kind: "runs", ToID: "p-night"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a shipped relation was taken back: %v", err)
	}
	if err := h.dir.Unrelate(ctx, lead, agreed); err != nil || said("p-papers") != "" {
		t.Errorf("taken back: %v, %q", err, said("p-papers"))
	}
	if err := h.dir.Relate(ctx, actor(), agreed); !fault.Is(err, fault.NotFound) {
		t.Errorf("anybody relates: %v", err)
	}
}

// BenchmarkSearchAmongFiftyThousand asks what people ask, of many services, and reports the
// middle and the slowest hundredth of the answers. The first question builds the index.
func BenchmarkSearchAmongFiftyThousand(b *testing.B) {
	db := storetest.New(b)
	dir := directory.New(db.Store)
	const many = 50_000
	cities := []string{"Padova", "Roma", "Torino", "Milano", "Napoli", "Bologna", "Paris", "Nice", "Bucharest", "Barnaul"}
	langs := []string{"it", "ro", "en", "fr", "ar", "sq", "uk", "zh-Hans", "es", "ru", "bg"}
	var rows []content.Entry
	for i := range many {
		e := content.Entry{
			ID: fmt.Sprintf("n-%d", i), Name: fmt.Sprintf("Centre number %d", i), Kind: content.EntryKinds[i%4], Country: []string{"IT", "IT", "FR", "RO"}[i%4],
			City: cities[i%len(cities)], Languages: []string{langs[i%11], langs[i%7]}, Needs: []string{content.EntryNeeds[i%16]},
			Opening: fmt.Sprintf("Mo-Fr %02d:00-%02d:30; Sa 20:00-02:00; PH off", 6+i%5, 12+i%9), What: map[string]string{"en": fmt.Sprintf("Helps in street %d.", i%3000)}, Source: "X",
		}
		if i%3 == 0 {
			e.NoPapers = yes()
		}
		rows = append(rows, e)
	}
	if err := dir.Load(ctx, rows); err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	asks := []directory.Filter{
		{Words: "no papers needed, Romanian, tonight, Padova", Home: "IT"}, {Words: "lawyer Torino", Home: "IT"}, {Need: "health", Country: "FR", Home: "IT"},
		{Words: "nothing at all like it", Home: "IT"}, {When: directory.Now, NoPapers: true, Lang: "uk", Home: "IT"}, {Words: "centre 4", Home: "IT"}, {Home: "IT", After: "n-25000"},
	}
	if _, err := dir.Find(ctx, asks[0]); err != nil {
		b.Fatal(err)
	}
	first := time.Since(began)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		if _, err := dir.Find(ctx, asks[i%len(asks)]); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(first.Seconds(), "first-s")
}
