package desk_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/moderation"
)

// room is a group with two people, one of whom has written.
type room struct {
	slug        string
	author, one member.Actor
	talk        forum.Receipt
}

func (p *place) room(t *testing.T) room {
	t.Helper()
	ctx, r := context.Background(), room{author: someone(), one: someone()}
	id := store.NewID()
	codes := [][]byte{append([]byte("a"), id[:]...), append([]byte("b"), id[:]...)}
	var err error
	if r.slug, err = p.forum.SetUpGroup(ctx, p.mod, forum.NewGroup{Name: "Mothers", Purpose: "For us", Lang: "it"}, codes); err != nil {
		t.Fatal(err)
	}
	for i, who := range []member.Actor{r.author, r.one} {
		if _, err := p.forum.UseCode(ctx, who, r.slug, codes[i]); err != nil {
			t.Fatal(err)
		}
	}
	if r.talk, err = p.forum.StartTalk(ctx, r.author, r.slug, forum.Draft{Title: "Among us", Body: "Something unkind.", Lang: "it"}); err != nil {
		t.Fatal(err)
	}
	p.decide(t, p.itemOf(t, r.talk.Post), desk.Choice{Action: desk.Keep})
	return r
}

func (p *place) inRoom(who member.Actor, slug string) bool {
	_, err := p.forum.Board(context.Background(), who, slug, "it")
	return err == nil
}

// outs are the decisions that she finds about groups that were closed to her.
func (p *place) outs(t *testing.T, who member.Actor) []desk.Decision {
	t.Helper()
	tags, err := p.forum.OutTags(context.Background(), who)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := p.desk.DecisionsFor(context.Background(), who, tags)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

var unkind = desk.Choice{Reason: "blame", Words: "Nobody here is to blame."}

func TestBeingPutOutOfAGroupCanBeAppealed(t *testing.T) {
	for _, row := range []struct {
		what  string
		stand bool
		state string
	}{
		{"it stands", true, desk.Stays},
		{"it is undone", false, desk.Changed},
	} {
		t.Run(row.what, func(t *testing.T) {
			p, ctx := open(t), context.Background()
			r := p.room(t)
			if err := p.desk.PutOut(ctx, p.mod, r.talk.Post, unkind, forum.Reasons); err != nil {
				t.Fatal(err)
			}
			if err := p.desk.PutOut(ctx, p.other, r.talk.Post, unkind, forum.Reasons); err != nil {
				t.Errorf("the same press twice: %v", err)
			}
			outs := p.outs(t, r.author)
			if len(outs) != 1 || outs[0].Reason != "blame" || outs[0].Words != unkind.Words || outs[0].Board != r.slug || outs[0].AppealUntil() != "2026-03-21" {
				t.Fatalf("she reads %+v", outs)
			}
			if len(p.outs(t, r.one)) != 0 || p.inRoom(r.author, r.slug) || !p.inRoom(r.one, r.slug) {
				t.Error("the wrong person is out")
			}
			if err := p.desk.Appeal(ctx, r.one, outs[0].ID, ""); !fault.Is(err, fault.NotFound) {
				t.Errorf("somebody else appeals: %v", err)
			}
			if err := p.desk.Appeal(ctx, r.author, outs[0].ID, ""); err != nil {
				t.Fatal(err)
			}
			appeal := p.waits(t, moderation.Appeal)
			if appeal.Board != r.slug || appeal.Lang != "it" || appeal.Reasons != "blame" {
				t.Errorf("the appeal in the queue: %+v", appeal)
			}
			if err := p.desk.Claim(ctx, p.mod, appeal.ID); !fault.Is(err, fault.Refused) {
				t.Errorf("whoever decided answers the appeal: %v", err)
			}
			if err := p.desk.Claim(ctx, p.other, appeal.ID); err != nil {
				t.Fatal(err)
			}
			if err := p.desk.Settle(ctx, p.other, appeal.ID, row.stand, "I read it."); err != nil {
				t.Fatal(err)
			}
			if got := p.inRoom(r.author, r.slug); got == row.stand {
				t.Errorf("she is in: %v", got)
			}
			d, err := p.desk.Hers(ctx, r.author, outs[0].ID)
			if err != nil || d.Appeal != row.state || d.Answer != "I read it." {
				t.Errorf("she reads %+v, %v", d, err)
			}
			if err := p.desk.Appeal(ctx, r.author, d.ID, ""); !fault.Is(err, fault.Conflict) {
				t.Errorf("a second appeal: %v", err)
			}
		})
	}
}

func TestAnAppealAgainstBeingPutOutHasADeadline(t *testing.T) {
	p, ctx := open(t), context.Background()
	r := p.room(t)
	if err := p.desk.PutOut(ctx, p.mod, r.talk.Post, unkind, forum.Reasons); err != nil {
		t.Fatal(err)
	}
	p.Time.Advance((desk.AppealDays + 1) * 24 * time.Hour)
	if err := p.desk.Appeal(ctx, r.author, p.outs(t, r.author)[0].ID, ""); !fault.Is(err, fault.Refused) {
		t.Errorf("a late appeal: %v", err)
	}
}

func TestPuttingOutIsMendedAndHeldToModerators(t *testing.T) {
	p, ctx := open(t), context.Background()
	r := p.room(t)
	open, _ := p.held(t, someone(), "How do you sleep?")
	for what, row := range map[string]struct {
		who  member.Actor
		post store.ID
		c    desk.Choice
		want fault.Kind
	}{
		"a member":              {r.one, r.talk.Post, unkind, fault.NotFound},
		"somebody without role": {someone(), r.talk.Post, unkind, fault.NotFound},
		"a peer":                {team("girasole", member.RolePeer), r.talk.Post, unkind, fault.NotFound},
		"a post of no group":    {p.mod, open.Post, unkind, fault.NotFound},
		"a post that is none":   {p.mod, store.NewID(), unkind, fault.NotFound},
		"no reason":             {p.mod, r.talk.Post, desk.Choice{}, fault.Invalid},
		"an invented reason":    {p.mod, r.talk.Post, desk.Choice{Reason: "because"}, fault.Invalid},
		"too many words":        {p.mod, r.talk.Post, desk.Choice{Reason: "blame", Words: fmt.Sprintf("%0700d", 0)}, fault.Invalid},
	} {
		if err := p.desk.PutOut(ctx, row.who, row.post, row.c, forum.Reasons); !fault.Is(err, row.want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if !p.inRoom(r.author, r.slug) || len(p.outs(t, r.author)) != 0 {
		t.Error("somebody was put out all the same")
	}
}

func TestLettingInAgainEndsTheDecisionAndItsAppealAlone(t *testing.T) {
	p, ctx := open(t), context.Background()
	r := p.room(t)
	if _, err := p.forum.Report(ctx, r.one, r.talk.Post, "blame", ""); err != nil {
		t.Fatal(err)
	}
	p.decide(t, p.itemOf(t, r.talk.Post), desk.Choice{Action: desk.Hide, Reason: "blame"})
	if err := p.desk.PutOut(ctx, p.mod, r.talk.Post, unkind, forum.Reasons); err != nil {
		t.Fatal(err)
	}
	for _, d := range p.outs(t, r.author) {
		if err := p.desk.Appeal(ctx, r.author, d.ID, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.desk.LetIn(ctx, r.one, r.talk.Post); !fault.Is(err, fault.NotFound) {
		t.Errorf("a member lets her in: %v", err)
	}
	if err := p.desk.LetIn(ctx, p.mod, r.talk.Post); err != nil {
		t.Fatal(err)
	}
	if !p.inRoom(r.author, r.slug) {
		t.Error("she is still out")
	}
	appeal := p.waits(t, moderation.Appeal)
	if left, err := p.desk.LookAgain(ctx, p.other, appeal); err != nil || len(left) != 1 || left[0].Action != desk.Hide {
		t.Errorf("what waits is %+v, %v; want the appeal about her post alone", left, err)
	}
}

// TestADecisionAboutAGroupNamesNoAccount looks at the rows that it leaves.
func TestADecisionAboutAGroupNamesNoAccount(t *testing.T) {
	p, ctx := open(t), context.Background()
	r := p.room(t)
	if err := p.desk.PutOut(ctx, p.mod, r.talk.Post, unkind, forum.Reasons); err != nil {
		t.Fatal(err)
	}
	var d desk.Decision
	if err := p.DB.DB.First(&d).Error; err != nil {
		t.Fatal(err)
	}
	var rows []forum.BoardMember
	if err := p.DB.DB.Find(&rows).Error; err != nil || len(rows) != 2 {
		t.Fatalf("%d member rows, %v", len(rows), err)
	}
	for _, row := range rows {
		if string(row.Tag) == string(d.Tag) {
			t.Error("the decision holds the value of a member row")
		}
	}
	if !d.RoleAccountID.IsZero() || string(d.Tag) == string(r.author.Account[:]) {
		t.Error("the decision holds an account")
	}
	var matters []string
	if err := p.DB.DB.Table("audit_rows").Where("kind = 'decision' AND matter LIKE '%\"out\"%'").Pluck("matter", &matters).Error; err != nil || len(matters) != 1 {
		t.Errorf("audited %q, %v", matters, err)
	}
}
