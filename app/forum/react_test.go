package forum_test

import (
	"context"
	"slices"
	"testing"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
)

// talk is a topic that everybody sees, with one post of its author and one answer.
func (p *place) talk(t *testing.T) (topic forum.Receipt, author, answerer member.Actor) {
	t.Helper()
	author, answerer = p.join(t), p.join(t)
	topic = p.start(t, author, "home", hello)
	p.keep(t)
	if _, err := p.forum.Reply(context.Background(), answerer, topic.Topic, forum.Draft{Body: "With a scarf over my eyes."}); err != nil {
		t.Fatal(err)
	}
	p.keep(t)
	return topic, author, answerer
}

func (p *place) read(t *testing.T, who member.Actor, r forum.Receipt) forum.Conversation {
	t.Helper()
	c, err := p.forum.Conversation(context.Background(), who, r.Topic, 1)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAReactionIsAWordAndNeverANumber(t *testing.T) {
	p, ctx := open(t), context.Background()
	topic, author, answerer := p.talk(t)
	reader := p.join(t)
	for _, step := range []struct {
		who  member.Actor
		kind string
		want []string
		mine string // of the reader
	}{
		{reader, "with", []string{"with"}, "with"},
		{answerer, "with", []string{"with"}, "with"}, // a second one changes nothing that is shown
		{reader, "thanks", []string{"thanks", "with"}, "thanks"},
		{reader, "thanks", []string{"with"}, ""}, // the same again takes it back
	} {
		if err := p.forum.React(ctx, step.who, topic.Topic, 1, step.kind); err != nil {
			t.Fatal(err)
		}
		seen := p.read(t, reader, topic).Posts[0]
		if !slices.Equal(seen.Reactions, step.want) || seen.MyReaction != step.mine {
			t.Errorf("after %q: %v and hers %q, want %v and %q", step.kind, seen.Reactions, seen.MyReaction, step.want, step.mine)
		}
	}
	for name, err := range map[string]error{
		"to her own post":        p.forum.React(ctx, author, topic.Topic, 1, "thanks"),
		"to a post that is none": p.forum.React(ctx, reader, topic.Topic, 9, "thanks"),
		"of no known kind":       p.forum.React(ctx, reader, topic.Topic, 1, "clap"),
	} {
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("a reaction %s: %v", name, err)
		}
	}
	if err := p.forum.React(ctx, member.Actor{}, topic.Topic, 1, "thanks"); !fault.Is(err, fault.SignIn) {
		t.Errorf("a visitor reacts: %v", err)
	}
}

func TestReactionsLeaveWithThePostAndWithTheAccount(t *testing.T) {
	p, ctx := open(t), context.Background()
	topic, author, answerer := p.talk(t)
	count := func() (n int64) {
		if err := p.Store.DB.Model(&forum.Reaction{}).Count(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, who := range []member.Actor{author, answerer} {
		no := 1
		if who.Account == author.Account {
			no = 2
		}
		if err := p.forum.React(ctx, who, topic.Topic, no, "too"); err != nil {
			t.Fatal(err)
		}
	}
	if count() != 2 {
		t.Fatalf("%d reactions, want 2", count())
	}
	if _, _, err := p.forum.Withdraw(ctx, answerer, p.read(t, answerer, topic).Posts[1].ID); err != nil {
		t.Fatal(err)
	}
	if count() != 1 {
		t.Errorf("a deleted post left %d reactions, want the one to the other post", count())
	}
	if err := p.Store.Tx(ctx, erase(ctx, p, answerer)); err != nil {
		t.Fatal(err)
	}
	if count() != 0 {
		t.Error("somebody deleted her account with her words, and her reaction is still there")
	}
}

func TestWhatIsNewAndADraftAreKeptForHerAlone(t *testing.T) {
	p, ctx := open(t), context.Background()
	topic, author, answerer := p.talk(t)
	if err := p.forum.Arrive(ctx, author, topic.Topic, 1); err != nil {
		t.Fatal(err)
	}
	if kept, _ := p.forum.Kept(ctx, author, topic.Topic); kept.Read != 0 {
		t.Error("reading is remembered although she does not follow")
	}
	steps := []error{
		p.forum.Follow(ctx, author, topic.Topic, true),
		p.forum.Arrive(ctx, author, topic.Topic, 1),
		p.forum.KeepDraft(ctx, author, topic.Topic, "  I tried that and  "),
	}
	for _, err := range steps {
		if err != nil {
			t.Fatal(err)
		}
	}
	talks, err := p.forum.MyTalks(ctx, author)
	if err != nil || len(talks) != 1 || talks[0].New != 2 || !talks[0].Draft {
		t.Fatalf("her list: %+v, %v; want the second post as new, and a draft", talks, err)
	}
	if kept, _ := p.forum.Kept(ctx, answerer, topic.Topic); kept != (forum.Kept{}) {
		t.Errorf("another person finds %+v", kept)
	}
	if err := p.forum.Arrive(ctx, author, topic.Topic, 2); err != nil {
		t.Fatal(err)
	}
	if _, err := p.forum.Reply(ctx, author, topic.Topic, forum.Draft{Body: "I tried that and it helps."}); err != nil {
		t.Fatal(err)
	}
	kept, err := p.forum.Kept(ctx, author, topic.Topic)
	if err != nil || kept.Draft != "" || kept.Read != 2 || !kept.Follow {
		t.Errorf("after sending she keeps %+v, %v; want no draft", kept, err)
	}
	if talks, err = p.forum.MyTalks(ctx, author); err != nil || talks[0].New != 0 {
		t.Errorf("what she has read is new again: %+v, %v", talks, err)
	}
	if err := p.forum.KeepDraft(ctx, member.Actor{}, topic.Topic, "words"); !fault.Is(err, fault.SignIn) {
		t.Errorf("a visitor keeps a draft: %v", err)
	}
}

func erase(ctx context.Context, p *place, who member.Actor) func(*gorm.DB) error {
	return func(tx *gorm.DB) error { return p.forum.Erase(ctx, tx, who, true) }
}
