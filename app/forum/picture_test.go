package forum_test

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"testing"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/moderation"
)

func photo(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, image.NewGray(image.Rect(0, 0, 20, 10)), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAPictureIsSeenByAModeratorBeforeAnybodyElse(t *testing.T) {
	p, ctx := open(t), context.Background()
	topic, author, other := p.talk(t)
	for name, err := range map[string]error{
		"somebody else": p.forum.AddPicture(ctx, other, topic.Post, photo(t), "A lamp"),
		"a visitor":     p.forum.AddPicture(ctx, member.Actor{}, topic.Post, photo(t), "A lamp"),
	} {
		if !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.SignIn) {
			t.Errorf("%s puts a picture to her post: %v", name, err)
		}
	}
	if err := p.forum.AddPicture(ctx, author, topic.Post, []byte("no picture"), "A lamp"); !fault.Is(err, fault.Invalid) {
		t.Errorf("what is no picture: %v", err)
	}
	if err := p.forum.AddPicture(ctx, author, topic.Post, photo(t), " "); !fault.Is(err, fault.Invalid) {
		t.Errorf("without words for those who cannot see it: %v", err)
	}
	if err := p.forum.AddPicture(ctx, author, topic.Post, photo(t), "A lamp"); err != nil {
		t.Fatal(err)
	}
	sees := func(who member.Actor) bool {
		row, err := p.forum.Picture(ctx, who, topic.Post)
		return err == nil && row.Width == 20 && row.Shows == "A lamp"
	}
	if !sees(author) || !sees(p.team) || sees(other) || sees(member.Actor{}) {
		t.Errorf("while it waits: author %v, moderator %v, others %v, visitors %v", sees(author), sees(p.team), sees(other), sees(member.Actor{}))
	}
	items, err := p.desk.Waiting(ctx, p.team, "")
	if err != nil || len(items) != 1 || items[0].Kind != moderation.Look || items[0].Reasons != forum.WithPicture {
		t.Fatalf("the desk has %+v, %v", items, err)
	}
	p.keep(t)
	if !sees(other) || !sees(member.Actor{}) {
		t.Error("after the look others do not see it")
	}
	if err := p.forum.RemovePicture(ctx, author, topic.Post); err != nil || sees(author) {
		t.Errorf("taken off, it is still there: %v", err)
	}
}

func TestAPictureLeavesWithItsPost(t *testing.T) {
	p, ctx := open(t), context.Background()
	topic, author, _ := p.talk(t)
	if err := p.forum.AddPicture(ctx, author, topic.Post, photo(t), "A lamp"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := p.forum.Withdraw(ctx, author, topic.Post); err != nil {
		t.Fatal(err)
	}
	var n int64
	if err := p.Store.DB.Model(&forum.PictureRow{}).Count(&n).Error; err != nil || n != 0 {
		t.Errorf("%d pictures stay without a post, %v", n, err)
	}
}
