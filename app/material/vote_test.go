package material_test

import (
	"context"
	"errors"
	"fmt"
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

func TestStaffCannotDecideAlone(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "passerella")
	w.consulted(t, id)
	refused(t, "half of the group is staff", w.mat.OpenVote(ctx, w.leader, id, w.DayAfter(3)), fault.Refused, "material.vote.staff")
	must(t, w.mat.Invite(ctx, w.leader, id, "lampione"))
	must(t, w.mat.OpenVote(ctx, w.leader, id, w.DayAfter(3)))
	refused(t, "changing the group of an open vote", w.mat.Invite(ctx, w.leader, id, "cornice"), fault.Refused, "material.group.voting")
	refused(t, "leaving it", w.mat.Leave(ctx, w.peer, id, w.peer.Role.ID), fault.Refused, "material.group.voting")
	must(t, w.mat.Vote(ctx, w.mediator, id, material.VoteForm{Choice: material.Yes}))
	must(t, w.mat.Vote(ctx, w.leader, id, material.VoteForm{Choice: material.Yes}))
	w.Time.Advance(4 * 24 * time.Hour)
	must(t, w.mat.CloseDue(ctx))
	shop, err := w.mat.Workshop(ctx, w.leader, id)
	must(t, err)
	if shop.State != material.Drafting || shop.Decisions[0].State != material.ByStaff {
		t.Errorf("half of the votes were staff: %s, %s", shop.State, shop.Decisions[0].State)
	}
}

func TestAVoteIsSecretAndItsDissentStays(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione", "cornice")
	w.consulted(t, id)
	w.voted(t, id)
	no := material.VoteForm{Choice: material.No, Words: "The last passage promises too much."}
	must(t, w.mat.Vote(ctx, w.peer, id, no))
	refused(t, "voting twice", w.mat.Vote(ctx, w.peer, id, no), fault.Conflict, "material.vote.once")
	refused(t, "somebody else", w.mat.Vote(ctx, w.mediator, id, no), fault.NotFound, "")
	refused(t, "no choice", w.mat.Vote(ctx, w.leader, id, material.VoteForm{Choice: "maybe"}), fault.Invalid, "")
	shop, err := w.mat.Workshop(ctx, w.peer, id)
	must(t, err)
	if d := shop.Decisions[0]; !d.Mine || d.Voted != 1 || d.People != 3 || d.No != 0 || len(d.Dissent) != 0 {
		t.Errorf("an open vote tells too much: %+v", d)
	}
	_, err = w.mat.Save(ctx, w.leader, id, material.VersionForm{Title: "Other", Body: "Other", Base: 1})
	refused(t, "changing the text of a vote", err, fault.Conflict, "material.text.fixed")
	must(t, w.mat.Vote(ctx, w.leader, id, material.VoteForm{Choice: material.Aside}))
	must(t, w.mat.Vote(ctx, w.other, id, no))
	if m := w.state(t, id); m.State != material.Drafting {
		t.Fatalf("after the last vote it stands at %s", m.State)
	}
	shop, err = w.mat.Workshop(ctx, w.leader, id)
	must(t, err)
	if d := shop.Decisions[0]; d.State != material.Against || d.No != 2 || d.Aside != 1 || !slices.Equal(d.Dissent, []string{no.Words, no.Words}) {
		t.Errorf("got %+v", d)
	}
	if len(w.shelf.sources[id]) != 0 {
		t.Error("a text that was not accepted went to translation")
	}
}

func TestAVoteThatComesTooLateIsToldSo(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione", "cornice")
	w.consulted(t, id)
	w.voted(t, id, w.leader, w.peer)
	w.Time.Advance(8 * 24 * time.Hour)
	err := w.mat.Vote(ctx, w.other, id, material.VoteForm{Choice: material.No, Words: "Wait."})
	refused(t, "after its day", err, fault.Refused, "material.vote.over")
	if m := w.state(t, id); m.State != material.Translating || m.DecidedVersion != 1 {
		t.Errorf("it was not counted: %+v", m)
	}
	got := w.shelf.sources[id]
	if len(got) != 1 || got[0] != (material.Source{Kind: "leaflet", Lang: "en", Text: "# Your rights at the clinic\n\n" + text}) {
		t.Errorf("went to translation: %+v", got)
	}
}

func TestTooFewVotesDecideNothing(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione", "cornice")
	w.consulted(t, id)
	w.voted(t, id, w.leader)
	must(t, w.mat.CountVotes(ctx, w.leader, id))
	if m := w.state(t, id); m.State != material.Deciding {
		t.Fatalf("counted before its day: %s", m.State)
	}
	w.Time.Advance(8 * 24 * time.Hour)
	must(t, w.mat.CountVotes(ctx, w.leader, id))
	shop, err := w.mat.Workshop(ctx, w.leader, id)
	must(t, err)
	if shop.State != material.Drafting || shop.Decisions[0].State != material.Few {
		t.Errorf("one of three: %s, %s", shop.State, shop.Decisions[0].State)
	}
}

func TestAVoteWhoseTextCannotGoOnStaysOpen(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione")
	w.consulted(t, id)
	w.voted(t, id, w.leader)
	w.shelf.fails = errors.New("no room")
	if err := w.mat.Vote(ctx, w.peer, id, material.VoteForm{Choice: material.Yes}); err == nil {
		t.Fatal("the vote counted although the text did not go on")
	}
	w.shelf.fails = nil
	must(t, w.mat.Vote(ctx, w.peer, id, material.VoteForm{Choice: material.Yes}))
	if m := w.state(t, id); m.State != material.Translating {
		t.Errorf("it stands at %s", m.State)
	}
}

func TestWhatIsPublishedStaysUntilTheNextIs(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	r, err := w.mat.Read(ctx, id, "", "it")
	must(t, err)
	if r.Body != text || !r.Instead || r.Shown.Lang != "en" || r.DecidedDay == "" || r.Review {
		t.Errorf("got %+v", r)
	}
	w.shelf.approve(id, material.Language{Lang: "it", Day: w.Today(), CheckedBy: "passerella", Machine: true}, "# I tuoi diritti\n\nPuoi venire senza documenti.")
	r, err = w.mat.Read(ctx, id, "", "it")
	must(t, err)
	if r.Title != "I tuoi diritti" || r.Body != "Puoi venire senza documenti." || r.Instead || r.Shown.CheckedBy != "passerella" || len(r.Languages) != 2 {
		t.Errorf("got %+v", r)
	}
	if r, err = w.mat.Read(ctx, id, "en", "it"); err != nil || r.Shown.Lang != "en" || r.Instead {
		t.Errorf("chosen: %+v, %v", r, err)
	}
	w.published(t)
	before := w.shelf.asked
	list, _, err := w.mat.Library(ctx, material.Filter{Lang: "it"})
	must(t, err)
	if len(list) != 1 || list[0].ID != id || w.shelf.asked != before+1 {
		t.Errorf("got %+v after %d questions", list, w.shelf.asked-before)
	}
	must(t, w.mat.Reopen(ctx, w.peer, id))
	w.save(t, id, "A new text.", 1)
	if _, err := w.mat.Asked(ctx, w.anna, id); !fault.Is(err, fault.NotFound) {
		t.Errorf("a draft of the next version: %v", err)
	}
	w.consulted(t, id)
	w.voted(t, id, w.leader, w.peer)
	if r, err = w.mat.Read(ctx, id, "", "en"); err != nil || r.Body != text {
		t.Errorf("decided and not published: %q, %v", r.Body, err)
	}
	if len(w.shelf.sources[id]) != 2 {
		t.Errorf("the new text did not go to translation: %d", len(w.shelf.sources[id]))
	}
	refused(t, "a peer publishes", w.mat.Publish(ctx, w.peer, id, 12), fault.NotFound, "")
	must(t, w.mat.Publish(ctx, w.leader, id, 1))
	if r, err = w.mat.Read(ctx, id, "", "en"); err != nil || r.Body != "A new text." {
		t.Errorf("published: %q, %v", r.Body, err)
	}
	w.Time.Advance(40 * 24 * time.Hour)
	if r, err = w.mat.Read(ctx, id, "", "en"); err != nil || !r.Review || r.Stands(w.Today()) != material.ReviewIsDue {
		t.Errorf("after its review day: %+v, %v", r, err)
	}
	must(t, w.mat.Archive(ctx, w.leader, id))
	_, err = w.mat.Read(ctx, id, "", "en")
	refused(t, "reading from the archive", err, fault.NotFound, "")
}

func TestCreditsAreHersAtAnyTime(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	credits := func() string {
		r, err := w.mat.Read(ctx, id, "", "en")
		must(t, err)
		return strings.Join(r.Credits, ", ")
	}
	if got := credits(); got != "" {
		t.Errorf("named before anybody chose it: %s", got)
	}
	must(t, w.mat.Name(ctx, w.leader, id, material.CreditForm{Credit: material.ByHandle}))
	must(t, w.mat.Name(ctx, w.peer, id, material.CreditForm{Credit: material.ByAlias, Alias: "Ginestra"}))
	if got := credits(); got != "Ginestra, lanterna" {
		t.Errorf("got %s", got)
	}
	must(t, w.mat.Name(ctx, w.peer, id, material.CreditForm{Credit: material.NotNamed, Alias: "Ginestra"}))
	if got := credits(); got != "lanterna" {
		t.Errorf("after she took it back: %s", got)
	}
	refused(t, "somebody else", w.mat.Name(ctx, w.other, id, material.CreditForm{Credit: material.ByHandle}), fault.NotFound, "")
	refused(t, "an empty name", w.mat.Name(ctx, w.peer, id, material.CreditForm{Credit: material.ByAlias}), fault.Invalid, "")
}

func TestReadersSayWhatIsMissing(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	f := material.FeedbackForm{Lang: "en", Useful: "yes", Plain: "no", Missing: "The night bus.", Nonce: "a"}
	for range 2 {
		if r, err := w.mat.GiveFeedback(ctx, id, f); err != nil || !r.Stored {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	phone := material.FeedbackForm{Missing: "Call me: +39 333 12 34 567"}
	if r, err := w.mat.GiveFeedback(ctx, id, phone); err != nil || r.Stored || len(r.Verdict.Findings) == 0 {
		t.Errorf("a phone number: %+v, %v", r, err)
	}
	phone.Insist = true
	if r, err := w.mat.GiveFeedback(ctx, id, phone); err != nil || !r.Stored {
		t.Errorf("she insists: %+v, %v", r, err)
	}
	_, err := w.mat.GiveFeedback(ctx, id, material.FeedbackForm{})
	refused(t, "nothing", err, fault.Invalid, "")
	_, err = w.mat.GiveFeedback(ctx, w.drafted(t), f)
	refused(t, "about a draft", err, fault.NotFound, "")
	shop, err := w.mat.Workshop(ctx, w.peer, id)
	must(t, err)
	if said := shop.Readers; said.UsefulYes != 1 || said.PlainNo != 1 || len(said.Missing) != 2 {
		t.Errorf("got %+v", said)
	}
}

func TestTheWorkListAsksTheSameNumberOfQuestions(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	asked := 0
	must(t, w.DB.DB.Callback().Query().After("gorm:query").Register("count", func(*gorm.DB) { asked++ }))
	must(t, w.DB.DB.Callback().Row().After("gorm:row").Register("count", func(*gorm.DB) { asked++ }))
	questions := func(ask func() (int, error)) (questions, lines int) {
		asked = 0
		lines, err := ask()
		must(t, err)
		return asked, lines
	}
	lists := map[string]func() (int, error){
		"work":          func() (int, error) { l, _, err := w.mat.Work(ctx, w.peer, store.ID{}); return len(l), err },
		"ideas":         func() (int, error) { l, err := w.mat.Ideas(ctx, w.anna); return len(l), err },
		"library":       func() (int, error) { l, _, err := w.mat.Library(ctx, material.Filter{}); return len(l), err },
		"consultations": func() (int, error) { l, err := w.mat.Consultations(ctx, w.carla); return len(l), err },
	}
	grow := func() {
		w.proposed(t)
		w.published(t)
		id := w.drafted(t, "lampione")
		must(t, w.mat.Consult(ctx, w.leader, id, survey(w, 2)))
		id = w.drafted(t, "lampione")
		w.consulted(t, id)
		w.voted(t, id, w.leader)
	}
	grow()
	first := map[string][2]int{}
	for name, ask := range lists {
		n, lines := questions(ask)
		first[name] = [2]int{n, lines}
	}
	grow()
	grow()
	for name, ask := range lists {
		n, lines := questions(ask)
		if lines != 3*first[name][1] || lines == 0 || n != first[name][0] {
			t.Errorf("%s: %d questions for %d lines, then %d for %d", name, first[name][0], first[name][1], n, lines)
		}
	}
	lines, _, err := w.mat.Work(ctx, w.peer, store.ID{})
	must(t, err)
	waits := 0
	for _, l := range lines {
		if l.ForMe(w.Today()) {
			waits++
			if l.VoteCloses == "" {
				t.Errorf("what waits is no vote: %+v", l)
			}
		}
	}
	if waits != 3 {
		t.Errorf("%d things wait for the peer; want her three votes", waits)
	}
	_, _, err = w.mat.Work(ctx, w.anna, store.ID{})
	refused(t, "a member's work list", err, fault.NotFound, "")
}

// TestNothingJoinsAMemberAcrossMaterials reads the whole database as a thief would.
func TestNothingJoinsAMemberAcrossMaterials(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	for range 3 {
		id := w.proposed(t)
		must(t, w.mat.Want(ctx, w.anna, id))
		must(t, w.mat.Want(ctx, w.peer, id))
		id = w.drafted(t, "lampione")
		must(t, w.mat.Consult(ctx, w.leader, id, survey(w, 1)))
		_, err := w.mat.Say(ctx, w.anna, id, said)
		must(t, err)
		_, err = w.mat.Suggest(ctx, w.anna, id, material.SuggestionForm{Version: 1, Part: 1, Wanted: "Shorter.", Why: "It is long."})
		must(t, err)
	}
	tables := []string{"materials", "material_wants", "material_voices", "material_replies", "material_suggestions", "material_ballots", "material_votes", "material_feedback"}
	public := map[string]bool{}
	seen := map[string]string{}
	for _, column := range []string{"id", "material_id", "consultation_id", "decision_id"} {
		public[column] = true // of what people work on, and not of people
	}
	read := 0
	for _, table := range tables {
		var rows []map[string]any
		must(t, w.DB.DB.Table(table).Find(&rows).Error)
		for i, row := range rows {
			for column, value := range row {
				raw, ok := value.([]byte)
				if !ok {
					raw = []byte(fmt.Sprint(value))
				}
				for name, who := range map[string]member.Actor{"a member": w.anna, "a person with a role": w.peer} {
					if strings.Contains(string(raw), string(who.Account[:])) || len(who.Secrets) > 0 && strings.Contains(string(raw), string(who.Secrets[0][:])) {
						t.Errorf("%s.%s holds what is %s's", table, column, name)
					}
				}
				if strings.Contains(string(raw), string(w.peer.Role.ID[:])) {
					t.Errorf("%s.%s names a role beside a tag", table, column)
				}
				if public[column] || len(raw) != 16 {
					continue
				}
				read++
				here := fmt.Sprintf("%s.%s of row %d", table, column, i)
				if there, known := seen[string(raw)]; known {
					t.Errorf("%s equals %s", here, there)
				}
				seen[string(raw)] = here
			}
		}
	}
	if read < 9 {
		t.Fatalf("only %d marks were read", read)
	}
}

func TestWhoLeavesTheTeamLeavesHerWords(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.published(t)
	idea := w.proposed(t)
	must(t, w.mat.Want(ctx, w.leader, idea))
	must(t, w.mat.Name(ctx, w.leader, id, material.CreditForm{Credit: material.ByHandle}))
	_, err := w.mat.Suggest(ctx, w.leader, id, material.SuggestionForm{Version: 1, Part: 1, Wanted: "Shorter.", Why: "It is long.", Sign: true})
	must(t, err)
	must(t, w.Tx(ctx, func(tx *gorm.DB) error { return w.mat.Erase(ctx, tx, w.leader, true) }))
	r, err := w.mat.Read(ctx, id, "", "en")
	if err != nil || len(r.Credits) != 0 || r.Body != text {
		t.Errorf("got %v, %v", r.Credits, err)
	}
	shop, err := w.mat.Workshop(ctx, w.peer, id)
	must(t, err)
	if len(shop.People) != 1 || shop.Suggestions[0].By != "" || shop.Versions[0].Handle != "" || shop.Suggestions[0].Wanted != "Shorter." {
		t.Errorf("got %+v", shop)
	}
	if lines, err := w.mat.Ideas(ctx, w.anna); err != nil || lines[0].Wants != 0 {
		t.Errorf("her want stayed: %+v, %v", lines, err)
	}
	lines, _, err := w.mat.Work(ctx, w.other, store.ID{})
	must(t, err)
	if len(lines) != 1 || !lines[0].Leaderless || lines[0].In {
		t.Errorf("got %+v", lines)
	}
	must(t, w.mat.TakeUp(ctx, w.other, id))
	if shop, err = w.mat.Workshop(ctx, w.other, id); err != nil || shop.State != material.Published {
		t.Errorf("another leader takes it up: %v, %s", err, shop.State)
	}
}

func TestWordsAndSentencesAreAdvice(t *testing.T) {
	for lang, row := range map[string]struct{ text, word string }{
		"en": {"A Prostitute may come here.", "Prostitute"},
		"it": {"Una vittima può venire.", "vittima"},
		"fr": {"On aide l’immigré clandestin.", "clandestin"},
		"ar": {"هذا للضحايا.", "للضحايا"},
	} {
		advice := material.CheckTerms(lang, row.text)
		if len(advice) != 1 || advice[0].Word != row.word || advice[0].Preferred == "" || advice[0].Times != 1 {
			t.Errorf("%s: got %+v", lang, advice)
		}
		if len(material.CheckTerms("uk", row.text)) != 0 {
			t.Errorf("%s: a language without a list gives advice", lang)
		}
	}
	short := material.MeasurePlain("en", "You may come. It is free.\n\n- Bring a friend\n- Bring nothing")
	if short.Sentences != 4 || short.Length != material.Low || short.Words != material.Low {
		t.Errorf("short: %+v", short)
	}
	long := material.MeasurePlain("en", strings.Repeat("administrative considerations notwithstanding everybody may come here whenever they want to and ", 4)+"stay.")
	if long.Length != material.High || long.Words != material.High || long.LongWords == 0 {
		t.Errorf("long: %+v", long)
	}
	if arabic := material.MeasurePlain("ar", "يمكنك أن تأتي اليوم؟ نعم."); arabic.Sentences != 2 || arabic.Words != material.Unknown {
		t.Errorf("Arabic: %+v", arabic)
	}
	if none := material.MeasurePlain("en", " "); none.Length != material.Unknown {
		t.Errorf("nothing: %+v", none)
	}
}
