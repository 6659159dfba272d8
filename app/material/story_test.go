package material_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
)

var herCode = []byte("the fingerprint of the code that she keeps")

func (s *shelf) Forget(_ context.Context, _ *gorm.DB, doc store.ID, texts []string) error {
	s.forgot = append(s.forgot, texts...)
	delete(s.texts, doc)
	delete(s.about, doc)
	return nil
}

func consent(use material.Use, langs ...string) material.ConsentForm {
	return material.ConsentForm{Use: use, Langs: langs, Recognise: material.ByFew, Removed: []string{"place", "face"}, Said: material.InSpeech, Fair: true}
}

// told is a story that was decided and waits to be published.
func (w *world) told(t *testing.T) store.ID {
	t.Helper()
	ctx := context.Background()
	id := w.drafted(t, "lampione")
	must(t, w.mat.MarkStory(ctx, w.leader, id, herCode, false))
	refused(t, "asking about a story that she did not allow", w.mat.Consult(ctx, w.leader, id, survey(w, 2)), fault.Refused, "material.story.consent")
	must(t, w.mat.Record(ctx, w.leader, id, consent(material.OnPage, "en")))
	w.consulted(t, id)
	w.voted(t, id, w.leader, w.peer)
	return id
}

func (w *world) reads(id store.ID, use material.Use, lang string) string {
	r, err := w.mat.ReadFor(context.Background(), id, use, [2]string{lang, lang})
	if err != nil {
		return ""
	}
	return r.Shown.Lang
}

func TestAStoryIsShownOnlyWhereSheAllowedIt(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.told(t)
	l, err := w.mat.Ledger(ctx, w.peer, id)
	must(t, err)
	must(t, w.mat.End(ctx, w.leader, id, l.Consents[0].ID))
	refused(t, "publishing without her consent", w.mat.Publish(ctx, w.leader, id, 0), fault.Refused, "material.story.consent")
	must(t, w.mat.Record(ctx, w.leader, id, consent(material.InTalk, "en")))
	must(t, w.mat.Record(ctx, w.leader, id, consent(material.OnPage, "it")))
	refused(t, "publishing with a consent for another language and another use", w.mat.Publish(ctx, w.leader, id, 0), fault.Refused, "material.story.consent")
	must(t, w.mat.Record(ctx, w.leader, id, consent(material.OnPage, "en")))
	must(t, w.mat.Publish(ctx, w.leader, id, 0))
	w.shelf.approve(id, material.Language{Lang: "it", Title: "I tuoi diritti"}, "# I tuoi diritti\n\nPuoi venire.")
	w.shelf.approve(id, material.Language{Lang: "fr", Title: "Tes droits"}, "# Tes droits\n\nTu peux venir.")
	for _, row := range []struct {
		use        material.Use
		lang, want string
	}{{material.OnPage, "en", "en"}, {material.OnPage, "it", "it"}, {material.OnPage, "fr", "en"}, {material.OnPaper, "en", ""}, {material.InMagazine, "en", ""}, {material.InTalk, "it", "en"}} {
		if got := w.reads(id, row.use, row.lang); got != row.want {
			t.Errorf("%s in %s: got %q, want %q", row.use, row.lang, got, row.want)
		}
	}
	list, _, err := w.mat.Library(ctx, material.Filter{})
	must(t, err)
	if len(list) != 1 || !slices.Equal(list[0].Languages, []string{"en", "it"}) {
		t.Errorf("the library: %+v", list)
	}
	refused(t, "noting a print run that she did not allow", w.mat.NotePrint(ctx, w.leader, id, run(w, "en", 10)), fault.Refused, "material.story.paper")

	l, err = w.mat.Hers(ctx, member.Actor{}, material.Claim{Code: herCode})
	must(t, err)
	for _, c := range l.Consents {
		if c.Use == material.OnPage && c.Langs == "en" && c.EndedDay == nil {
			must(t, w.mat.EndMine(ctx, member.Actor{}, material.Claim{Code: herCode}, c.ID))
		}
	}
	if got := w.reads(id, material.OnPage, "en"); got != "it" {
		t.Errorf("she ended English: readers get %q, want the Italian", got)
	}
	if list, _, err = w.mat.Library(ctx, material.Filter{}); err != nil || len(list) != 1 {
		t.Fatalf("the library: %+v, %v", list, err)
	}
	if title, lang := list[0].Named("en"); title != "I tuoi diritti" || lang != "it" {
		t.Errorf("it is called %q in %s", title, lang)
	}
}

func TestAConsentEndsOnItsDay(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.told(t)
	l, err := w.mat.Ledger(ctx, w.leader, id)
	must(t, err)
	must(t, w.mat.End(ctx, w.leader, id, l.Consents[0].ID))
	f := consent(material.OnPage)
	f.Until = w.DayAfter(3)
	must(t, w.mat.Record(ctx, w.leader, id, f))
	must(t, w.mat.Publish(ctx, w.leader, id, 0))
	w.Time.Advance(4 * 24 * time.Hour)
	if got := w.reads(id, material.OnPage, "en"); got != "" {
		t.Errorf("readers still get %q after her last day", got)
	}
	if g, err := w.mat.Gone(ctx, id); err != nil || g.By != "" {
		t.Errorf("the address says %+v, %v", g, err)
	}
	if list, _, err := w.mat.Library(ctx, material.Filter{}); err != nil || len(list) != 0 {
		t.Errorf("the library: %+v, %v", list, err)
	}
	_, err = w.mat.GiveFeedback(ctx, id, material.FeedbackForm{Useful: "yes"})
	refused(t, "feedback", err, fault.NotFound, "")
}

func TestSheTakesHerStoryBackWithHerCode(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.told(t)
	must(t, w.mat.Publish(ctx, w.leader, id, 0))
	w.shelf.approve(id, material.Language{Lang: "it"}, "# T\n\nPuoi venire.")
	refused(t, "a code that fits nothing", w.mat.TakeBack(ctx, member.Actor{}, material.Claim{Code: []byte("other")}, true), fault.Invalid, "")
	refused(t, "a story that is another's", w.mat.TakeBack(ctx, w.anna, material.Claim{ID: id}, true), fault.NotFound, "")
	must(t, w.mat.TakeBack(ctx, member.Actor{}, material.Claim{Code: herCode}, false))
	for _, use := range material.Uses {
		for _, lang := range []string{"en", "it"} {
			if got := w.reads(id, use, lang); got != "" {
				t.Errorf("%s in %s is still there", use, lang)
			}
		}
	}
	if g, err := w.mat.Gone(ctx, id); err != nil || g.By != material.ByHer || g.Day == "" {
		t.Errorf("the address says %+v, %v", g, err)
	}
	if len(w.shelf.forgot) != 1 || len(w.shelf.texts[id]) != 0 {
		t.Errorf("the translators keep it: %v", w.shelf.forgot)
	}
	refused(t, "bringing it back", w.mat.BringBack(ctx, w.leader, id), fault.Refused, "material.back.hers")
	if shop, err := w.mat.Workshop(ctx, w.leader, id); err != nil || shop.Text.Body != text {
		t.Errorf("the group lost its draft though she did not ask for that: %v", err)
	}
	must(t, w.mat.TakeBack(ctx, member.Actor{}, material.Claim{Code: herCode}, true))
	for _, words := range []string{"Your rights", "Nobody asks", "opening hours", "People without a phone"} {
		if table := w.holding(t, words); table != "" {
			t.Errorf("%s still holds %q", table, words)
		}
	}
	if g, err := w.mat.Gone(ctx, id); err != nil || g.By != material.ByHer {
		t.Errorf("the line about it is gone: %+v, %v", g, err)
	}
	if shop, err := w.mat.Workshop(ctx, w.leader, id); err != nil || shop.Version != 0 {
		t.Errorf("the room of the group: %v", err)
	}
	if rows, _, err := w.mat.Archived(ctx, w.coordinator, store.ID{}); err != nil || len(rows) != 1 || rows[0].Title != "" {
		t.Errorf("the archive: %+v, %v", rows, err)
	}
}

// holding is a table of the area that holds words, "" for none.
func (w *world) holding(t *testing.T, words string) string {
	t.Helper()
	tables, err := w.DB.DB.Migrator().GetTables()
	must(t, err)
	for _, table := range tables {
		var rows []map[string]any
		must(t, w.DB.DB.Table(table).Find(&rows).Error)
		for _, row := range rows {
			for _, value := range row {
				if s, ok := value.(string); ok && strings.Contains(s, words) {
					return table
				}
			}
		}
	}
	return ""
}

func TestAStoryKeptWithAKeyNeedsNoCode(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.told(t)
	hers, byID := material.Claim{Code: herCode}, material.Claim{ID: id}
	refused(t, "keeping without a session", w.mat.Keep(ctx, member.Actor{}, hers), fault.SignIn, "")
	must(t, w.mat.Keep(ctx, w.anna, hers))
	must(t, w.mat.Keep(ctx, w.anna, hers))
	refused(t, "keeping what another keeps", w.mat.Keep(ctx, w.bianca, hers), fault.Conflict, "material.story.kept")
	for name, who := range map[string]member.Actor{"another member": w.bianca, "the leader": w.leader, "a visitor": {}} {
		_, err := w.mat.Hers(ctx, who, byID)
		refused(t, name, err, fault.NotFound, "")
		if list, err := w.mat.Stories(ctx, who); err != nil || len(list) != 0 {
			t.Errorf("%s has stories: %v, %v", name, list, err)
		}
	}
	list, err := w.mat.Stories(ctx, w.anna)
	if err != nil || len(list) != 1 || list[0].ID != id {
		t.Fatalf("hers: %v, %v", list, err)
	}
	f := consent(material.OnNetwork, "en")
	f.Recognise, f.Said = material.ByMany, ""
	refused(t, "a leader says that many may recognise her", w.mat.Record(ctx, w.leader, id, f), fault.Invalid, "")
	must(t, w.mat.Allow(ctx, w.anna, byID, f))
	l, err := w.mat.Hers(ctx, w.anna, byID)
	if err != nil || !l.Mine || len(l.Consents) != 2 || !slices.ContainsFunc(l.Consents, func(c material.Consent) bool { return c.Said == material.Herself }) {
		t.Errorf("got %+v, %v", l, err)
	}
	must(t, w.mat.TakeBack(ctx, w.anna, byID, true))
	for _, column := range []string{"account", "who", "person"} {
		if w.DB.DB.Migrator().HasColumn(&material.Consent{}, column) {
			t.Errorf("a consent has a column %q", column)
		}
	}
}

func TestEachVerbOfAStoryHasItsHands(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	people := map[string]member.Actor{"leader": w.leader, "other leader": w.other, "peer of the group": w.peer, "coordinator": w.coordinator, "member": w.anna, "visitor": {}}
	for verb, row := range map[string]struct {
		do  func(who member.Actor, id store.ID) error
		may string
	}{
		"mark a story":   {func(who member.Actor, id store.ID) error { return w.mat.MarkStory(ctx, who, id, idBytes(), false) }, "leader"},
		"unmark":         {func(who member.Actor, id store.ID) error { return w.mat.UnmarkStory(ctx, who, id) }, "leader"},
		"record":         {func(who member.Actor, id store.ID) error { return w.mat.Record(ctx, who, id, consent(material.OnPage)) }, "leader"},
		"take back":      {func(who member.Actor, id store.ID) error { return w.mat.TakeBackFor(ctx, who, id, false) }, "leader"},
		"mark a subject": {func(who member.Actor, id store.ID) error { return w.mat.Mark(ctx, who, id, []string{"law"}) }, "leader, peer of the group"},
		"decide a term":  {func(who member.Actor, id store.ID) error { return w.mat.DecideTerm(ctx, who, id, term) }, "leader, peer of the group"},
		"read prints":    {func(who member.Actor, id store.ID) error { _, _, err := w.mat.Prints(ctx, who, id); return err }, "leader, peer of the group"},
		"read a ledger":  {func(who member.Actor, id store.ID) error { _, err := w.mat.Ledger(ctx, who, id); return err }, "leader, peer of the group"},
		"withdraw":       {func(who member.Actor, id store.ID) error { return w.mat.Withdraw(ctx, who, id, "wrong") }, "leader, coordinator"},
		"bring back":     {func(who member.Actor, id store.ID) error { return w.mat.BringBack(ctx, who, id) }, "leader, other leader, coordinator"},
		"see archive": {func(who member.Actor, _ store.ID) error {
			_, _, err := w.mat.Archived(ctx, who, store.ID{})
			return err
		}, "leader, other leader, coordinator"},
	} {
		for name, who := range people {
			id := w.published(t)
			err := row.do(who, id)
			may := slices.Contains(strings.Split(row.may, ", "), name)
			if got := !fault.Is(err, fault.NotFound); got != may && (verb != "record" && verb != "take back" || name != "leader") {
				t.Errorf("%s by %s: %v", verb, name, err)
			}
		}
	}
}

func TestAPublishedTextIsTakenBackAndBroughtBack(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	refused(t, "without a reason", w.mat.Withdraw(ctx, w.leader, id, ""), fault.Invalid, "")
	must(t, w.mat.Withdraw(ctx, w.coordinator, id, "wrong"))
	if g, err := w.mat.Gone(ctx, id); err != nil || g.By != material.ByGroup || g.Why != "wrong" {
		t.Errorf("the address says %+v, %v", g, err)
	}
	if got := w.reads(id, material.OnPage, "en"); got != "" {
		t.Error("readers still get it")
	}
	_, err := w.mat.Gone(ctx, w.drafted(t))
	refused(t, "what was never published", err, fault.NotFound, "")
	must(t, w.mat.BringBack(ctx, w.other, id))
	if m := w.state(t, id); m.State != material.Drafting || m.Public() || m.WithdrawnDay != nil {
		t.Errorf("got %+v", m)
	}
	must(t, w.mat.Consult(ctx, w.leader, id, survey(w, 1)))
	lone := w.proposed(t)
	must(t, w.mat.Archive(ctx, w.coordinator, lone))
	must(t, w.mat.BringBack(ctx, w.coordinator, lone))
	if m := w.state(t, lone); m.State != material.Idea {
		t.Errorf("an idea came back as %s", m.State)
	}
	refused(t, "what is not in the archive", w.mat.BringBack(ctx, w.coordinator, lone), fault.Conflict, "")
}

func idBytes() []byte {
	id := store.NewID()
	return id[:]
}
