package directory_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"portico/app/directory"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
	"portico/content"
)

var ctx = context.Background()

func yes() *bool { b := true; return &b }

// small is a directory of a few entries, in several scripts.
func small() []content.Entry {
	return []content.Entry{
		{ID: "a-line", Name: "Numero amico", Kind: "helpline", Country: "IT", Languages: []string{"it", "en"}, Needs: []string{"trafficking"}, Free: yes(),
			Phone: "800 000 000", What: map[string]string{"en": "A number to call.", "ar": "رقم للاتصال."}, Source: "X"},
		{ID: "b-line", Name: "Ligne amie", Kind: "helpline", Country: "FR", City: "Nice", Languages: []string{"fr"}, Needs: []string{"trafficking"},
			What: map[string]string{"en": "Another number."}, Source: "X"},
		{ID: "c-clinic", Name: "Clinic by the river", Kind: "service", Country: "RU", City: "Barnaul", Needs: []string{"health"}, Also: []string{"Клиника у реки"},
			What: map[string]string{"en": "Doctors."}, NoPapers: yes(), Source: "X"},
		{ID: "d-house", Name: "House", Kind: "service", Country: "DE", Languages: []string{"zh-Hans"}, Needs: []string{"housing"},
			What: map[string]string{"en": "Rooms."}, Source: "X"},
	}
}

type house struct {
	*storetest.DB
	dir *directory.Service
}

func newHouse(t testing.TB, entries []content.Entry) house {
	t.Helper()
	db := storetest.New(t)
	h := house{db, directory.New(db.Store)}
	if err := h.dir.Load(ctx, entries); err != nil {
		t.Fatal(err)
	}
	return h
}

func actor(roles ...member.Role) member.Actor {
	a := member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}}
	if len(roles) > 0 {
		a.Role = &member.RoleActor{ID: store.NewID(), Handle: "Rowan", Roles: roles}
	}
	return a
}

func (h house) ids(t *testing.T, f directory.Filter) []string {
	t.Helper()
	found, err := h.dir.Find(ctx, f)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, e := range found.Entries {
		ids = append(ids, e.ID)
	}
	return ids
}

func TestSearchFindsInEveryScript(t *testing.T) {
	h := newHouse(t, small())
	for words, want := range map[string]string{
		"trafficking help in Italian": "a-line",
		"aiuto tratta in italiano":    "a-line",
		"traite français":             "b-line",
		"врач Барнаул":                "c-clinic",
		"Клиники":                     "c-clinic",
		"ВРАЧ в России":               "c-clinic",
		"лікар":                       "c-clinic",
		"طبيب":                        "c-clinic",
		"أحتاج مساعدة الاتجار بالإيطالية": "a-line",
		"سكن":          "d-house",
		"住房":           "d-house",
		"Chinese":      "d-house",
		"800 000":      "a-line",
		"nizza":        "b-line",
		"100% _ ' or":  "",
		"nothing here": "",
	} {
		if got := strings.Join(h.ids(t, directory.Filter{Words: words}), " "); got != want {
			t.Errorf("%q finds %q; want %q", words, got, want)
		}
	}
	if n := len(h.ids(t, directory.Filter{Words: "help in the"})); n != 4 {
		t.Errorf("words that say nothing narrow the list to %d", n)
	}
}

func TestWhenNoEntryHasAllWordsThoseWithSomeAreShown(t *testing.T) {
	h := newHouse(t, small())
	found, err := h.dir.Find(ctx, directory.Filter{Words: "doctor nizza"})
	if err != nil || !found.Some || len(found.Entries) != 2 {
		t.Errorf("got %d entries, some %v, %v", len(found.Entries), found.Some, err)
	}
}

func TestFiltersNarrow(t *testing.T) {
	h := newHouse(t, small())
	for want, f := range map[string]directory.Filter{
		"a-line":        {Lang: "it"},
		"d-house":       {Lang: "zh"},
		"c-clinic":      {NoPapers: true},
		"b-line":        {Country: "FR"},
		"b-line a-line": {Kind: "helpline"},
		"a-line ":       {Kind: "helpline", Free: true},
		"":              {Anonymous: true},
		" d-house":      {Need: "housing"},
	} {
		if got := strings.Join(h.ids(t, f), " "); got != strings.TrimSpace(want) {
			t.Errorf("%+v finds %q; want %q", f, got, want)
		}
	}
	choices, err := h.dir.Choices(ctx)
	if err != nil || !slices.Equal(choices.Countries, []string{"DE", "FR", "IT", "RU"}) || !slices.Equal(choices.Languages, []string{"en", "fr", "it", "zh"}) {
		t.Errorf("choices are %+v, %v", choices, err)
	}
}

func TestPagesFollowOneAnotherWithoutGapOrDouble(t *testing.T) {
	var many []content.Entry
	for i := range 45 {
		many = append(many, content.Entry{ID: fmt.Sprintf("e-%02d", i), Name: fmt.Sprintf("Éntry %d", i%7), Kind: "service", Country: "IT", What: map[string]string{"en": "Words."}, Source: "X"})
	}
	many[44].Country, many[43].Country = "FR", "FR"
	h := newHouse(t, many)
	var all []string
	f := directory.Filter{Words: "entry words", Home: "FR"}
	for {
		found, err := h.dir.Find(ctx, f)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range found.Entries {
			all = append(all, e.ID)
		}
		if !found.More {
			break
		}
		f.After = all[len(all)-1]
	}
	if len(all) != 45 || len(slices.Compact(slices.Sorted(slices.Values(all)))) != 45 {
		t.Errorf("%d entries on all pages: %v", len(all), all)
	}
	if want := []string{"e-43", "e-44", "e-00"}; !slices.Equal(all[:3], want) {
		t.Errorf("the list begins with %v; want those of the home country, %v", all[:3], want)
	}
}

func TestACheckIsGoodForAYear(t *testing.T) {
	h := newHouse(t, small())
	e, err := h.dir.Entry(ctx, "a-line")
	if err != nil || h.dir.Checked(e) {
		t.Fatalf("a shipped entry is checked already: %v", err)
	}
	for _, who := range []member.Actor{{}, actor(), actor(member.RoleModerator, member.RoleAdmin)} {
		if err := h.dir.Verify(ctx, who, "a-line"); !fault.Is(err, fault.NotFound) {
			t.Errorf("somebody who is no coordinator: %v", err)
		}
	}
	who := actor(member.RoleCoordinator)
	if err := h.dir.Verify(ctx, who, "no-such"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an entry that is none: %v", err)
	}
	if err := h.dir.Verify(ctx, who, "a-line"); err != nil {
		t.Fatal(err)
	}
	for days, want := range map[int]bool{0: true, 365: true, 366: false} {
		moved := directory.New(h.At(func() time.Time { return storetest.Start.AddDate(0, 0, days) }))
		e, err := moved.Entry(ctx, "a-line")
		if err != nil || moved.Checked(e) != want || *e.VerifiedOn != "2026-03-07" || e.VerifiedBy != who.Role.ID {
			t.Errorf("after %d days: checked %v, row %v %v", days, moved.Checked(e), e.VerifiedOn, err)
		}
	}
}

func TestLoadingAgainKeepsWhatACoordinatorDid(t *testing.T) {
	h := newHouse(t, small())
	who := actor(member.RoleCoordinator)
	if err := h.dir.Verify(ctx, who, "a-line"); err != nil {
		t.Fatal(err)
	}
	e, _ := h.dir.Entry(ctx, "b-line")
	if err := h.dir.Amend(ctx, who, "b-line", directory.Change{Name: "Ligne nouvelle", Lang: "fr", What: "Un numéro.", Mark: e.Mark()}); err != nil {
		t.Fatal(err)
	}
	next := small()[:3]
	for i := range next {
		next[i].City = "Elsewhere"
	}
	if err := h.dir.Load(ctx, next); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"a-line": "Numero amico ", "b-line": "Ligne nouvelle ", "c-clinic": "Clinic by the river Elsewhere"} {
		e, err := h.dir.Entry(ctx, id)
		if err != nil || e.Name+" "+e.City != want {
			t.Errorf("%s is %q %q, %v", id, e.Name, e.City, err)
		}
	}
	if _, err := h.dir.Entry(ctx, "d-house"); !fault.Is(err, fault.NotFound) {
		t.Errorf("what is not shipped any more is still there: %v", err)
	}
	if got := h.ids(t, directory.Filter{Words: "nouvelle"}); !slices.Equal(got, []string{"b-line"}) {
		t.Errorf("the changed name is not found: %v", got)
	}
	if err := h.dir.Load(ctx, small()[2:]); err != nil {
		t.Fatal(err)
	}
	if n := len(h.ids(t, directory.Filter{})); n != 4 {
		t.Errorf("%d entries; checked and changed ones must stay", n)
	}
}

func TestAChangeIsCheckedAndNeverOverwritesAnother(t *testing.T) {
	h := newHouse(t, small())
	who := actor(member.RoleCoordinator)
	e, _ := h.dir.Entry(ctx, "a-line")
	bad := directory.Change{Phone: "call me", Languages: "it xx", Lang: "en", Hours: strings.Repeat("ü", 121), Mark: e.Mark()}
	err := h.dir.Amend(ctx, who, "a-line", bad)
	var fields []string
	for _, f := range fault.As(err).Fields {
		fields = append(fields, f.Name)
	}
	if !slices.Equal(fields, []string{"name", "hours", "phone", "languages", "what"}) {
		t.Errorf("to mend are %v", fields)
	}
	good := directory.Change{Name: "N", Languages: "it, zh-Hans", Needs: []string{"legal", "nonsense"}, Free: "perhaps", NoPapers: "no", Lang: "it", What: "Parole.", Mark: e.Mark()}
	if err := h.dir.Amend(ctx, actor(member.RolePeer), "a-line", good); !fault.Is(err, fault.NotFound) {
		t.Errorf("a peer: %v", err)
	}
	if err := h.dir.Amend(ctx, who, "a-line", good); err != nil {
		t.Fatal(err)
	}
	if err := h.dir.Amend(ctx, who, "a-line", good); !fault.Is(err, fault.Conflict) {
		t.Errorf("a change to an older entry: %v", err)
	}
	e, _ = h.dir.Entry(ctx, "a-line")
	if e.Languages != "it zh-Hans" || e.Needs != "legal" || e.Free != directory.Unknown || e.NoPapers != directory.No || e.What["it"] != "Parole." || e.What["ar"] == "" {
		t.Errorf("got %+v", e)
	}
}

func TestCorrectionsAreForCoordinatorsAlone(t *testing.T) {
	h := newHouse(t, small())
	for words, kind := range map[string]fault.Kind{" \n": fault.Invalid, strings.Repeat("я", directory.LongestCorrection+1): fault.Invalid} {
		if err := h.dir.Suggest(ctx, "a-line", words); !fault.Is(err, kind) {
			t.Errorf("%.5q: %v", words, err)
		}
	}
	if err := h.dir.Suggest(ctx, "no-such", "Words"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an entry that is none: %v", err)
	}
	for range 2 {
		if err := h.dir.Suggest(ctx, "a-line", "It moved.\n"); err != nil {
			t.Fatal(err)
		}
	}
	if _, _, err := h.dir.Corrections(ctx, actor(member.RoleModerator)); !fault.Is(err, fault.NotFound) {
		t.Errorf("a moderator: %v", err)
	}
	who := actor(member.RoleCoordinator)
	waiting, more, err := h.dir.Corrections(ctx, who)
	if err != nil || more || len(waiting) != 1 || waiting[0].Words != "It moved." || waiting[0].About.Name != "Numero amico" {
		t.Fatalf("got %+v %v %v", waiting, more, err)
	}
	id := waiting[0].ID
	if err := h.dir.Settle(ctx, actor(), id, directory.Used); !fault.Is(err, fault.NotFound) {
		t.Errorf("a member: %v", err)
	}
	if err := h.dir.Settle(ctx, who, id, directory.Open); !fault.Is(err, fault.NotFound) {
		t.Errorf("an end that is none: %v", err)
	}
	if err := h.dir.Settle(ctx, who, id, directory.Used); err != nil {
		t.Fatal(err)
	}
	if err := h.dir.Settle(ctx, who, id, directory.NotUsed); !fault.Is(err, fault.NotFound) {
		t.Errorf("settled twice: %v", err)
	}
	answers, err := h.dir.Answers(ctx, "a-line")
	if err != nil || len(answers) != 1 || answers[0].Words != "" || answers[0].State != directory.Used {
		t.Errorf("the words of a settled correction stay: %+v %v", answers, err)
	}
}

func TestAFloodOfCorrectionsEnds(t *testing.T) {
	h := newHouse(t, small())
	for i := range 20 {
		if err := h.dir.Suggest(ctx, "a-line", fmt.Sprint("Words ", i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.dir.Suggest(ctx, "a-line", "One more"); !fault.Is(err, fault.Refused) {
		t.Errorf("got %v", err)
	}
	if err := h.dir.Suggest(ctx, "b-line", "One more"); err != nil {
		t.Errorf("another entry is full too: %v", err)
	}
}

func TestTheShippedDirectoryLoads(t *testing.T) {
	entries, err := content.Directory()
	if err != nil {
		t.Fatal(err)
	}
	h := newHouse(t, entries)
	rows, err := h.dir.All(ctx)
	if err != nil || len(rows) != len(entries) || len(rows) < 220 {
		t.Fatalf("%d rows of %d entries, %v", len(rows), len(entries), err)
	}
	if ids := h.ids(t, directory.Filter{Words: "trafficking help in Italian"}); !slices.Contains(ids, "it-antitratta") {
		t.Errorf("found %v", ids)
	}
	if ids := h.ids(t, directory.Filter{Words: "кризисный центр Казань"}); len(ids) == 0 {
		t.Error("nothing in Kazan")
	}
	if ids := h.ids(t, directory.Filter{Words: "محامية في روما"}); !slices.Contains(ids, "ex-differenza-donna") {
		t.Errorf("found %v", ids)
	}
}
