package deskweb_test

import (
	"context"
	"testing"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/webtest"
)

func TestTheDeskLeadsToClosingAGroupWhereTheRoomIsOne(t *testing.T) {
	p, ctx := open(t), context.Background()
	codes := [][]byte{p.Members.NewCode("group").Hash, p.Members.NewCode("group").Hash}
	slug, err := p.forum.SetUpGroup(ctx, p.mod, forum.NewGroup{Name: "Mothers", Purpose: "For us", Lang: "en"}, codes)
	if err != nil {
		t.Fatal(err)
	}
	author := p.Joined(t)
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
	webtest.WantsNot(t, p.Get(t, item).Body, out)
	p.Post(t, item+"/claim")
	webtest.Wants(t, p.Get(t, item).Body, out, "This room is a group.")
	open := p.waits(t, p.Joined(t), forum.Draft{Title: "Night", Body: "Words.", Lang: "en"})
	p.Post(t, open+"/claim")
	webtest.WantsNot(t, p.Get(t, open).Body, "/out")
	if err := p.desk.PutOut(ctx, p.mod, receipt.Post, desk.Choice{Reason: "blame"}, forum.Reasons); err != nil {
		t.Fatal(err)
	}
	webtest.WantsNot(t, p.Get(t, item).Body, out)
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
			webtest.Wants(t, p.Get(t, "/desk/items/"+i.ID.String()).Body, "Group closed to the author")
		}
	}
}

func TestTheRulesOfABoardAreEditedWithIt(t *testing.T) {
	p := open(t)
	p.Who = p.admin
	webtest.Wants(t, p.Get(t, "/team/boards/new").Body, `name="rules-en"`, `name="rules-ar"`, "One thing at a time")
	fields := []string{"slug", "b4", "audience", "members", "name-en", "Quiet corner", "purpose-en", "To rest", "rules-en", "No names of places.", "rules-it", "Solo questo"}
	a := p.Post(t, "/team/boards/new", fields...)
	if a.Status != 422 {
		t.Errorf("rules without a name in that language: %d", a.Status)
	}
	webtest.Wants(t, a.Body, "No names of places.", "Solo questo", `href="#name-it"`)
	if a = p.Post(t, "/team/boards/new", fields[:10]...); a.Status != 303 {
		t.Fatalf("a new board: %d", a.Status)
	}
	webtest.Wants(t, p.Get(t, "/team/boards/b4").Body, "No names of places.")
}
