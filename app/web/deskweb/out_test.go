package deskweb_test

import (
	"context"
	"testing"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/member"
)

func TestTheDeskLeadsToClosingAGroupWhereTheRoomIsOne(t *testing.T) {
	p, ctx := open(t), context.Background()
	codes := [][]byte{p.members.NewCode("group").Hash, p.members.NewCode("group").Hash}
	slug, err := p.forum.SetUpGroup(ctx, p.mod, forum.NewGroup{Name: "Mothers", Purpose: "For us", Lang: "en"}, codes)
	if err != nil {
		t.Fatal(err)
	}
	author := p.member(t)
	for i, who := range []member.Actor{author, p.mod} {
		if _, err := p.forum.UseCode(ctx, who, slug, codes[i]); err != nil {
			t.Fatal(err)
		}
	}
	receipt, err := p.forum.StartTalk(ctx, author, slug, forum.Draft{Title: "Among us", Body: "Something unkind.", Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	item, out := p.itemOf(t, receipt), `href="/posts/`+receipt.Post.String()+`/out"`
	wantsNot(t, p.get(t, item).body, out)
	p.post(t, item+"/claim")
	wants(t, p.get(t, item).body, out, "This room is a group.")
	open := p.waits(t, p.member(t), forum.Draft{Title: "Night", Body: "Words.", Lang: "en"})
	p.post(t, open+"/claim")
	wantsNot(t, p.get(t, open).body, "/out")
	if err := p.desk.PutOut(ctx, p.mod, receipt.Post, desk.Choice{Reason: "blame"}, forum.Reasons); err != nil {
		t.Fatal(err)
	}
	wantsNot(t, p.get(t, item).body, out)
	tags, err := p.forum.OutTags(ctx, author)
	if err != nil {
		t.Fatal(err)
	}
	outs, err := p.desk.DecisionsFor(ctx, author, tags)
	if err != nil || len(outs) != 1 {
		t.Fatalf("%d decisions, %v", len(outs), err)
	}
	if err := p.desk.Appeal(ctx, author, outs[0].ID, ""); err != nil {
		t.Fatal(err)
	}
	items, err := p.desk.Waiting(ctx, p.mod, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range items {
		if i.Kind == "appeal" {
			wants(t, p.get(t, "/desk/items/"+i.ID.String()).body, "Group closed to the author")
		}
	}
}

func TestTheRulesOfABoardAreEditedWithIt(t *testing.T) {
	p := open(t)
	p.who = p.admin
	wants(t, p.get(t, "/team/boards/new").body, `name="rules-en"`, `name="rules-ar"`, "One thing at a time")
	fields := []string{"slug", "b4", "audience", "members", "name-en", "Quiet corner", "purpose-en", "To rest", "rules-en", "No names of places.", "rules-it", "Solo questo"}
	a := p.post(t, "/team/boards/new", fields...)
	if a.status != 422 {
		t.Errorf("rules without a name in that language: %d", a.status)
	}
	wants(t, a.body, "No names of places.", "Solo questo", `href="#name-it"`)
	if a = p.post(t, "/team/boards/new", fields[:10]...); a.status != 303 {
		t.Fatalf("a new board: %d", a.status)
	}
	wants(t, p.get(t, "/team/boards/b4").body, "No names of places.")
}
