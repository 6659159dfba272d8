package desk_test

import (
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// shown is a post that everybody sees at once, because it is signed openly.
func (p *place) shown(t *testing.T, board string, d forum.Draft) forum.Receipt {
	t.Helper()
	if d.Title == "" {
		d.Title = "A quiet question"
	}
	if d.Lang == "" {
		d.Lang = "en"
	}
	d.Mode = forum.ByHandle
	r, err := p.forum.StartTalk(context.Background(), p.other, board, d)
	if err != nil || !r.Stored || r.Held {
		t.Fatalf("a shown post: %+v, %v", r, err)
	}
	return r
}

func (p *place) watch(t *testing.T, f desk.TermForm) {
	t.Helper()
	if _, err := p.desk.AddTerm(context.Background(), p.mod, f); err != nil {
		t.Fatalf("watch %q: %v", f.Term, err)
	}
}

func TestAWatchedTermHoldsFromTheNextPostOn(t *testing.T) {
	p, ctx := open(t), context.Background()
	p.watch(t, desk.TermForm{Term: " Night  Express ", Outcome: moderation.Hold})
	p.watch(t, desk.TermForm{Term: "trappola", Lang: "it", Outcome: moderation.Warn})
	draft := func(body, lang string) forum.Draft {
		return forum.Draft{Title: "A quiet question", Body: body, Lang: lang, Mode: forum.ByHandle}
	}
	r, err := p.forum.StartTalk(ctx, p.other, "home", draft("They call it the níght-express.", "en"))
	if err != nil || !r.Held {
		t.Fatalf("a watched term: %+v, %v", r, err)
	}
	item := p.itemOf(t, r.Post)
	if item.Reasons != "watched" {
		t.Errorf("it waits because of %q", item.Reasons)
	}
	brought, err := p.forum.ForDesk(ctx, p.mod, []store.ID{r.Post})
	if err != nil || len(brought[r.Post].Findings) != 1 || brought[r.Post].Findings[0].Text != "níght-express" {
		t.Errorf("the desk does not mark the words: %+v, %v", brought[r.Post].Findings, err)
	}
	if r, err = p.forum.StartTalk(ctx, p.other, "home", draft("Una trappola.", "it")); err != nil || r.Stored {
		t.Errorf("a term that warns: %+v, %v", r, err)
	}
	if r, err = p.forum.StartTalk(ctx, p.other, "home", draft("Una trappola.", "en")); err != nil || !r.Stored || r.Held {
		t.Errorf("a term of another language: %+v, %v", r, err)
	}
	if r, err = p.forum.Reply(ctx, p.other, r.Topic, forum.Draft{Body: "Una trappola.", Mode: forum.ByHandle}); err != nil || r.Stored {
		t.Errorf("an answer that names no language is a way around: %+v, %v", r, err)
	}
	post := p.shown(t, "home", forum.Draft{Body: "Nothing."})
	if _, err := p.forum.Revise(ctx, p.other, post.Post, forum.Revision{Body: "The night express.", Version: 1}); err != nil {
		t.Fatal(err)
	}
	if p.itemOf(t, post.Post).Reasons != "watched" {
		t.Error("a change of a post is a way around")
	}
	terms, err := p.desk.WatchedTerms(ctx, p.mod)
	if err != nil || len(terms) != 2 || terms[0].Term != "night express" {
		t.Fatalf("the list: %+v, %v", terms, err)
	}
	if err := p.desk.RemoveTerm(ctx, p.mod, terms[0].ID); err != nil {
		t.Fatal(err)
	}
	p.shown(t, "home", forum.Draft{Body: "They call it the night express."})
	if err := p.desk.RemoveTerm(ctx, p.mod, terms[0].ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("taking it off twice: %v", err)
	}
}

func TestTheDryRunReadsWhatEveryMemberCanReadAndNothingElse(t *testing.T) {
	p, ctx := open(t), context.Background()
	err := p.forum.SetUpBoards(ctx, []forum.NewBoard{
		{Board: forum.Board{Slug: "group1", Audience: forum.Group}}, {Board: forum.Board{Slug: "round", Audience: forum.Peers}},
	})
	if err != nil {
		t.Fatal(err)
	}
	p.shown(t, "home", forum.Draft{Body: "Beware of the grey wolf. It bites."})
	p.Time.Advance(31 * 24 * time.Hour)
	for i := range 19 {
		p.shown(t, "home", forum.Draft{Body: "Calm words, number " + strconv.Itoa(i)})
	}
	p.shown(t, "round", forum.Draft{Body: "A wolf among peers."})
	seen := p.shown(t, "home", forum.Draft{Title: "The wolf", Body: "Beware."})
	inside := p.shown(t, "care", forum.Draft{Body: "Wolves and a wolf."})
	p.shown(t, "home", forum.Draft{Body: "Ein wolf.", Lang: "sq"})
	p.held(t, someone(), "A wolf that waits.")
	for _, secret := range []string{"group1"} {
		group := p.shown(t, "care", forum.Draft{Body: "A wolf in a group."})
		if err := p.DB.DB.Exec("UPDATE topics SET board = ? WHERE id = ?", secret, group.Topic).Error; err != nil {
			t.Fatal(err)
		}
	}
	trial, err := p.desk.TryTerm(ctx, p.mod, desk.TermForm{Term: "wolf", Lang: "en", Outcome: moderation.Hold})
	if err != nil || trial.Looked != 21 || trial.Found != 2 || trial.Wide() || len(trial.Examples) != 2 {
		t.Fatalf("the dry run: %+v, %v", trial, err)
	}
	for _, e := range trial.Examples {
		if id := store.ID(e.Post); id != seen.Post && id != inside.Post || !strings.EqualFold(e.Words, "wolf") {
			t.Errorf("an example that nobody should see: %+v", e)
		}
	}
	if n := p.count(t, "host_terms", "1 = 1"); n != 0 {
		t.Error("a dry run stored something")
	}
}

func TestATermThatFindsVeryMuchHasToBeTicked(t *testing.T) {
	p, ctx := open(t), context.Background()
	for range 5 {
		p.shown(t, "home", forum.Draft{Body: "The street is quiet."})
	}
	f := desk.TermForm{Term: "street", Outcome: moderation.Warn}
	trial, err := p.desk.AddTerm(ctx, p.mod, f)
	if !fault.Is(err, fault.Invalid) || fault.As(err).Fields[0].Name != "sure" || !trial.Wide() || trial.Found != 5 {
		t.Fatalf("without a tick: %+v, %v", trial, err)
	}
	f.Sure = true
	p.watch(t, f)
	if _, err := p.desk.AddTerm(ctx, p.mod, f); !fault.Is(err, fault.Invalid) || fault.As(err).Fields[0].Key != "desk.term.there" {
		t.Errorf("the same term again: %v", err)
	}
	if matter := p.audited(t, "term"); len(matter) != 1 || strings.Contains(matter[0], "street") || !strings.Contains(matter[0], `"act":"watch"`) {
		t.Errorf("audited %q", matter)
	}
}

func TestABadTermIsMendedAndNobodyElseTouchesTheList(t *testing.T) {
	p, ctx := open(t), context.Background()
	for name, row := range map[string]struct {
		form       desk.TermForm
		field, key string
	}{
		"empty":            {desk.TermForm{Outcome: moderation.Hold}, "term", "desk.term.empty"},
		"one letter":       {desk.TermForm{Term: "x", Outcome: moderation.Hold}, "term", "desk.term.short"},
		"200 signs":        {desk.TermForm{Term: strings.Repeat("x", 200), Outcome: moderation.Hold}, "term", "desk.term.long"},
		"a pattern":        {desk.TermForm{Term: "(wolf)+", Outcome: moderation.Hold}, "term", "desk.term.pattern"},
		"another language": {desk.TermForm{Term: "wolf", Lang: "';--", Outcome: moderation.Hold}, "lang", "forum.lang.unknown"},
		"refuse":           {desk.TermForm{Term: "wolf", Outcome: moderation.Refuse}, "outcome", "desk.term.outcome.missing"},
		"a long reason":    {desk.TermForm{Term: "wolf", Outcome: moderation.Hold, Note: strings.Repeat("x", 201)}, "note", "desk.term.note.long"},
	} {
		_, err := p.desk.AddTerm(ctx, p.mod, row.form)
		if f := fault.As(err); f == nil || len(f.Fields) != 1 || f.Fields[0].Name != row.field || f.Fields[0].Key != row.key {
			t.Errorf("%s: %v", name, err)
		}
	}
	p.watch(t, desk.TermForm{Term: "wolf", Outcome: moderation.Hold})
	terms, err := p.desk.WatchedTerms(ctx, p.mod)
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []member.Actor{{}, someone(), team("chiave", member.RoleCoordinator, member.RoleAdmin)} {
		_, list := p.desk.WatchedTerms(ctx, who)
		_, try := p.desk.TryTerm(ctx, who, desk.TermForm{Term: "fox", Outcome: moderation.Hold})
		_, add := p.desk.AddTerm(ctx, who, desk.TermForm{Term: "fox", Outcome: moderation.Hold})
		_, look := p.forum.Try(ctx, who, moderation.Term{Text: "fox"}, "")
		for verb, err := range map[string]error{"list": list, "try": try, "add": add, "look": look, "remove": p.desk.RemoveTerm(ctx, who, terms[0].ID)} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s by somebody else: %v", verb, err)
			}
		}
	}
}
