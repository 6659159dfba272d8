package peerwork_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/store"
)

// known are sources with one title, one town and trained people.
type known struct{ trained map[store.ID]bool }

func (known) Title(_ context.Context, _ store.ID, lang string) (string, error) {
	return map[string]string{"en": "Companion", "it": "Compagna di strada"}[lang], nil
}

func (k known) Active(_ context.Context, person store.ID, _ member.Role) (bool, error) {
	return k.trained[person], nil
}

func (known) Towns(context.Context) ([]string, error) {
	return []string{"Torino", "Ascoli Piceno"}, nil
}

func refuses(t *testing.T, what, key string, err error) {
	t.Helper()
	f := fault.As(err)
	if f == nil || f.Key != key && (len(f.Fields) == 0 || f.Fields[0].Key != key) {
		t.Errorf("%s: got %v; want %s", what, err, key)
	}
}

func TestAHighRiskIsForMembersAtMostUntilMeasuresLowerIt(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	assess := func(likelihood, consequence int) {
		t.Helper()
		f := riskForm(w.DayAfter(200))
		f.Hazards[0].Likelihood, f.Hazards[0].Consequence = likelihood, consequence
		if err := w.work.Assess(ctx, w.peer, w.peer.Role.ID, f); err != nil {
			t.Fatal(err)
		}
	}
	public := []string{peerwork.Public}
	w.save(t, card(peerwork.Public))
	assess(3, 5)
	refuses(t, "fifteen", "peerwork.risk.high", w.work.AskToBeShown(ctx, w.peer, public))
	assess(2, 5) // of the same day: the newest counts
	if err := w.work.AskToBeShown(ctx, w.peer, public); err != nil {
		t.Fatalf("ten: %v", err)
	}
	assess(5, 5)
	refuses(t, "the second person after a high risk", "peerwork.show.changed", w.work.Show(ctx, w.first, w.peer.Role.ID))
	assess(1, 5)
	w.show(t, card(peerwork.Public), peerwork.Public)
	assess(4, 4)
	if got := w.sees(t, member.Actor{}); got != "" {
		t.Errorf("a visitor sees %q after the risk became high", got)
	}
	if p, _, consents, err := w.work.MyProfile(ctx, w.peer); err != nil || p.State != peerwork.Hidden || len(consents) != 0 {
		t.Errorf("her profile is %s with %d consents, %v", p.State, len(consents), err)
	}
	w.save(t, card(peerwork.Members))
	if err := w.work.AskToBeShown(ctx, w.peer, []string{peerwork.Members}); err != nil {
		t.Errorf("for members at high risk: %v", err)
	}
}

func TestAPassedReviewIsWithdrawnByTheNightAndSheIsToldBefore(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.save(t, card(peerwork.Public))
	if err := w.work.Assess(ctx, w.peer, w.peer.Role.ID, riskForm(w.DayAfter(40))); err != nil {
		t.Fatal(err)
	}
	if err := w.work.AskToBeShown(ctx, w.peer, []string{peerwork.Public}); err != nil {
		t.Fatal(err)
	}
	if err := w.work.Show(ctx, w.first, w.peer.Role.ID); err != nil {
		t.Fatal(err)
	}
	rows := func() (n int64) { w.DB.DB.Table("profile_fields").Count(&n); return n }
	soon := func() bool {
		t.Helper()
		o, err := w.work.RiskOf(ctx, w.peer, w.peer.Role.ID)
		if err != nil {
			t.Fatal(err)
		}
		return o.Soon
	}
	if soon() {
		t.Error("she is told forty days before")
	}
	w.Time.Advance(10 * 24 * time.Hour)
	if !soon() {
		t.Error("she is not told thirty days before")
	}
	if err := w.work.Expire(ctx); err != nil || rows() == 0 {
		t.Fatalf("a night before the day took it away: %v", err)
	}
	w.Time.Advance(31 * 24 * time.Hour)
	if err := w.work.Expire(ctx); err != nil || rows() != 0 {
		t.Errorf("a night after the day left %d rows, %v", rows(), err)
	}
	if p, _, _, _ := w.work.MyProfile(ctx, w.peer); p.State != peerwork.Hidden {
		t.Errorf("the state is %s", p.State)
	}
	if got := w.sees(t, w.first); !strings.HasPrefix(got, "/hu:first") && !strings.Contains(got, "Marigold") {
		t.Errorf("colleagues see %q; what is for them stays", got)
	}
}

func TestFieldsOfAProfile(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.work.With(peerwork.Sources{Towns: known{}})
	low := w.hire(t, "girasole", member.RolePeer)
	if err := w.work.LowProfile(ctx, low, true); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ field, words, audience, key string }{
		"a town":                        {"regions", "Vicino a Torino", peerwork.Me, "peerwork.regions.finer"},
		"a town of two words":           {"regions", "ascoli  piceno e la costa", peerwork.Team, "peerwork.regions.finer"},
		"a street":                      {"regions", "Via delle Rose", peerwork.Me, "peerwork.regions.finer"},
		"a street in Arabic":            {"regions", "شارع النهر", peerwork.Me, "peerwork.regions.finer"},
		"a number in Arabic digits":     {"regions", "الساحل ١٢", peerwork.Me, "peerwork.regions.finer"},
		"a region":                      {"regions", "Valmerla, the valley and the plain", peerwork.Me, ""},
		"a word that begins like one":   {"regions", "Viareggio side of the coast", peerwork.Me, ""},
		"a language without level":      {"languages", "it:", peerwork.Me, "peerwork.tongues.wrong"},
		"no language of the list":       {"languages", "tlh:good", peerwork.Me, "peerwork.tongues.wrong"},
		"free words about languages":    {"languages", "Italian, some", peerwork.Me, "peerwork.tongues.wrong"},
		"a language twice":              {"languages", "it:good it:first", peerwork.Me, "peerwork.tongues.twice"},
		"nine languages":                {"languages", strings.TrimSpace(strings.Repeat("it:good ", 9)), peerwork.Me, "peerwork.tongues.wrong"},
		"languages":                     {"languages", "it:good:checks rom:first", peerwork.Team, ""},
		"a pair for members":            {"pair", "bussola", peerwork.Members, "peerwork.person.team"},
		"a pair who is nobody":          {"pair", "nobody-here", peerwork.Me, "peerwork.person.unknown"},
		"herself":                       {"pair", "lampione", peerwork.Me, "peerwork.person.unknown"},
		"a colleague in low profile":    {"pair", "girasole", peerwork.Me, "peerwork.person.unknown"},
		"a mentor who supervises not":   {"supervisor", "bussola", peerwork.Me, "peerwork.person.unknown"},
		"a pair":                        {"pair", "bussola", peerwork.Team, ""},
		"a title of a hundred":          {"title", strings.Repeat("t", 100), peerwork.Me, "peerwork.words.long"},
		"an audience that nobody knows": {"name", "Marigold", "police", "peerwork.audience.missing"},
	} {
		_, err := w.work.SaveProfile(ctx, w.peer, peerwork.Card{c.field: {Words: c.words, Audience: c.audience}}, true)
		if c.key == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		refuses(t, name, c.key, err)
	}
}

func TestTheTitleOfTheGroupAndTheTrainingAreReadWhenSomebodyLooks(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	k := known{trained: map[store.ID]bool{}}
	w.work.With(peerwork.Sources{Titles: k, Training: k})
	if err := w.work.AddOrganisation(ctx, w.first, "The quay", "membership"); err != nil {
		t.Fatal(err)
	}
	all, err := w.work.Organisations(ctx, w.first)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.work.Place(ctx, w.first, w.peer.Role.ID, all[0].ID); err != nil {
		t.Fatal(err)
	}
	c := card(peerwork.Public)
	c["title"], c["training"] = peerwork.Field{Audience: peerwork.Public}, peerwork.Field{Audience: peerwork.Public}
	w.show(t, c, peerwork.Public)
	for lang, want := range map[string]string{"en": "Companion", "it": "Compagna di strada", "fr": ""} {
		seen, err := w.work.Seen(ctx, member.Actor{}, lang)
		if err != nil || len(seen) != 1 || seen[0].Fields["title"].Words != want || seen[0].Training == nil || *seen[0].Training {
			t.Errorf("%s: %+v, %v; want the title %q and training going on", lang, seen, err, want)
		}
	}
	k.trained[w.peer.Role.ID] = true
	if seen, err := w.work.Seen(ctx, member.Actor{}, "en"); err != nil || !*seen[0].Training {
		t.Errorf("after the training: %+v, %v", seen, err)
	}
}

func TestThePreviewIsWhatTheOthersGet(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	c := card(peerwork.Public)
	c["scope"] = peerwork.Field{Words: "The amber mornings", Audience: peerwork.Members}
	c["pair"] = peerwork.Field{Words: "bussola", Audience: peerwork.Team}
	w.show(t, c, peerwork.Public, peerwork.Members)
	for eyes, who := range map[string]member.Actor{peerwork.Public: {}, peerwork.Members: w.Join(t, w.members), peerwork.Team: w.first} {
		seen, err := w.work.Seen(ctx, who, "en")
		if err != nil || len(seen) != 1 {
			t.Fatalf("%s: %d, %v", eyes, len(seen), err)
		}
		shown, ok, err := w.work.SeenAs(ctx, w.peer, eyes, "en")
		if err != nil || !ok || fmt.Sprint(shown) != fmt.Sprint(seen[0]) {
			t.Errorf("as %s she sees %v, %v, %v; they see %v", eyes, shown, ok, err, seen[0])
		}
	}
	if mine, ok, err := w.work.SeenAs(ctx, w.peer, peerwork.Me, "en"); err != nil || !ok || mine.Fields["skills"].Words == "" {
		t.Errorf("with her own eyes: %v, %v, %v", mine, ok, err)
	}
	if err := w.work.LowProfile(ctx, w.peer, true); err != nil {
		t.Fatal(err)
	}
	for _, eyes := range peerwork.Audiences[1:] {
		if shown, ok, err := w.work.SeenAs(ctx, w.peer, eyes, "en"); err != nil || ok {
			t.Errorf("in low profile as %s: %v, %v", eyes, shown, err)
		}
	}
	if _, _, err := w.work.SeenAs(ctx, w.peer, "police", "en"); !fault.Is(err, fault.NotFound) {
		t.Errorf("eyes that nobody has: %v", err)
	}
}

func TestSheSeesWhoLooked(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.show(t, card(peerwork.Public), peerwork.Public)
	reader := w.Join(t, w.members)
	for range 2 {
		w.sees(t, member.Actor{})
		w.sees(t, reader)
		w.sees(t, w.second)
		w.sees(t, w.peer)
		for _, who := range []member.Actor{w.second, w.first} {
			if _, err := w.work.Person(ctx, who, w.peer.Role.ID); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.work.RiskOf(ctx, w.first, w.peer.Role.ID); err != nil {
			t.Fatal(err)
		}
	}
	views, err := w.work.Views(ctx, w.peer)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, v := range views {
		words = append(words, v.Handle+" "+v.What)
	}
	slices.Sort(words)
	if got := strings.Join(words, ", "); got != "bussola profile, keystone profile, keystone risk" {
		t.Errorf("she reads %q; want one line for each person, day and thing", got)
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": reader, "a coordinator": w.first} {
		if _, err := w.work.Views(ctx, who); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads the log: %v", name, err)
		}
	}
	w.Time.Advance(370 * 24 * time.Hour)
	if err := w.Retain(ctx); err != nil {
		t.Fatal(err)
	}
	if views, err := w.work.Views(ctx, w.peer); err != nil || len(views) != 0 {
		t.Errorf("after twelve months: %v, %v", views, err)
	}
}

func TestComingBackFromLowProfileTakesTwo(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	level := func() member.VeilLevel {
		t.Helper()
		level, err := member.VeilOf(ctx, w.DB.DB, w.peer.Role.ID)
		if err != nil {
			t.Fatal(err)
		}
		return level
	}
	step := func(what string, err error, want member.VeilLevel) {
		t.Helper()
		if err != nil || level() != want {
			t.Errorf("%s: %v, veil %q; want %q", what, err, level(), want)
		}
	}
	step("off without on", w.work.LowProfile(ctx, w.peer, false), member.Unveiled)
	step("on", w.work.LowProfile(ctx, w.peer, true), member.VeilLow)
	refuses(t, "a second person while she is in low profile", "peerwork.show.changed", w.work.ComeBack(ctx, w.first, w.peer.Role.ID))
	step("off", w.work.LowProfile(ctx, w.peer, false), member.VeilWide)
	for name, who := range map[string]member.Actor{"herself": w.peer, "a member": w.Join(t, w.members), "a visitor": {}} {
		if err := w.work.ComeBack(ctx, who, w.peer.Role.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s says yes: %v", name, err)
		}
	}
	step("a coordinator says yes", w.work.ComeBack(ctx, w.first, w.peer.Role.ID), member.Unveiled)
	step("on", w.work.LowProfile(ctx, w.peer, true), member.VeilLow)
	step("off", w.work.LowProfile(ctx, w.peer, false), member.VeilWide)
	w.show(t, card(peerwork.Members), peerwork.Members)
	step("two people show her", nil, member.Unveiled)
	if err := w.work.LowProfile(ctx, w.second, true); err != nil {
		t.Fatal(err)
	}
	if err := w.work.LowProfile(ctx, w.second, false); err != nil {
		t.Fatal(err)
	}
	refuses(t, "a coordinator for herself", "peerwork.two-people", w.work.ComeBack(ctx, w.second, w.second.Role.ID))
	step("her account goes", w.Tx(ctx, func(tx *gorm.DB) error { return w.work.Erase(ctx, tx, w.peer, true) }), member.VeilLow)
}

func TestAWordInEachFieldIsReadOnlyWhereItsAudienceAllows(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	words := map[string]string{"name": "Canary-one", "title": "Canary-two", "scope": "Canary-three", "limits": "Canary-four", "skills": "Canary-five", "availability": "Canary-six"}
	readers := map[string]member.Actor{peerwork.Public: {}, peerwork.Members: w.Join(t, w.members), peerwork.Team: w.first}
	w.assess(t, w.peer)
	for at, audience := range peerwork.Audiences {
		c := peerwork.Card{}
		for name, word := range words {
			c[name] = peerwork.Field{Words: word, Audience: audience}
		}
		w.save(t, c)
		if at >= 2 {
			if err := w.work.AskToBeShown(ctx, w.peer, peerwork.Purposes); err != nil {
				t.Fatal(err)
			}
			if err := w.work.Show(ctx, w.first, w.peer.Role.ID); err != nil {
				t.Fatal(err)
			}
		}
		for eyes, who := range readers {
			seen, err := w.work.Seen(ctx, who, "en")
			if err != nil {
				t.Fatal(err)
			}
			may := at >= map[string]int{peerwork.Team: 1, peerwork.Members: 2, peerwork.Public: 3}[eyes]
			for name, word := range words {
				if got := strings.Contains(fmt.Sprint(seen), word); got != may {
					t.Errorf("%s for %s: %s reads it: %v; may: %v", name, audience, eyes, got, may)
				}
			}
		}
		if err := w.Checkpoint(ctx); err != nil {
			t.Fatal(err)
		}
		if dump := w.Dump(t); at < 2 && strings.Contains(dump, "Canary") {
			t.Errorf("for %s: a word is readable in a stolen database", audience)
		}
	}
}
