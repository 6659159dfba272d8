package forum_test

import (
	"bytes"
	"context"
	"math/rand/v2"
	"testing"
	"time"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
)

// A name belongs to one person in one topic: the same in every session of hers, and
// nothing of it in any other topic.
func TestAPersonHasOneNamePerTopicAndNothingJoinsTwo(t *testing.T) {
	p, ctx := open(t), context.Background()
	draw := rand.New(rand.NewPCG(7, 11))
	people := make([]member.Actor, 4)
	keys := make([]string, len(people))
	for i := range people {
		people[i] = p.join(t)
		keys[i] = people[i].NewKey
	}
	var topics []forum.Receipt
	for range 5 {
		topics = append(topics, p.start(t, people[0], "home", hello))
		p.keep(t)
	}
	names := map[[2]int]map[string]bool{}
	for range 60 {
		who, topic := draw.IntN(len(people)), draw.IntN(len(topics))
		if draw.IntN(4) == 0 { // a new session in between
			opened, err := p.members.SignIn(ctx, member.KeyForm{Key: keys[who], Client: "here"})
			if err != nil {
				t.Fatal(err)
			}
			people[who] = opened.Actor
		}
		if _, err := p.forum.Reply(ctx, people[who], topics[topic].Topic, forum.Draft{Body: "I sleep with a scarf."}); err != nil {
			t.Fatal(err)
		}
		at := [2]int{who, topic}
		if names[at] == nil {
			names[at] = map[string]bool{}
		}
		names[at][p.read(t, people[who], topics[topic]).MyName] = true
	}
	for at, drawn := range names {
		if len(drawn) != 1 {
			t.Errorf("person %d has %d names in topic %d", at[0], len(drawn), at[1])
		}
	}
	var voices []forum.Voice
	if err := p.Store.DB.Find(&voices).Error; err != nil || len(voices) < len(topics) {
		t.Fatalf("%d voices, %v", len(voices), err)
	}
	for i, a := range voices {
		for _, b := range voices[:i] {
			for n := 0; n+8 <= len(a.Tag); n++ {
				if bytes.Contains(b.Tag, a.Tag[n:n+8]) {
					t.Fatalf("two voices share bytes of their tags")
				}
			}
		}
	}
}

func TestAPausedPersonStaysPausedInEverySession(t *testing.T) {
	p, ctx := open(t), context.Background()
	author := p.join(t)
	p.start(t, author, "home", hello)
	items, err := p.desk.Waiting(ctx, p.team, "")
	if err != nil || len(items) != 1 {
		t.Fatalf("%d items, %v", len(items), err)
	}
	if err := p.desk.Claim(ctx, p.team, items[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := p.desk.Decide(ctx, p.team, items[0].ID, desk.Choice{Action: desk.Pause, Reason: "threat", Days: 2}, forum.Reasons); err != nil {
		t.Fatal(err)
	}
	again, err := p.members.SignIn(ctx, member.KeyForm{Key: author.NewKey, Client: "here"})
	if err != nil {
		t.Fatal(err)
	}
	for name, who := range map[string]member.Actor{"the old session": author, "a new session": again.Actor} {
		for _, board := range []string{"home", "care"} {
			if _, err := p.forum.StartTalk(ctx, who, board, hello); !fault.Is(err, fault.Refused) {
				t.Errorf("%s writes on %s: %v", name, board, err)
			}
		}
	}
	p.Time.Advance(4 * 24 * time.Hour)
	if _, err := p.forum.StartTalk(ctx, again.Actor, "care", hello); err != nil {
		t.Errorf("after the pause, with no job run: %v", err)
	}
}
