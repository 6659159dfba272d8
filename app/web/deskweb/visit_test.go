package deskweb_test

import (
	"context"
	"testing"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/deskweb"
	"portico/app/web/webtest"
)

// portal is the area's handlers on a fresh database.
type portal struct {
	*webtest.House
	forum *forum.Service
	desk  *desk.Service
	admin member.Actor
	mod   member.Actor // holds the circle's key
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t)}
	p.Titles = []string{"Desk", "Team"}
	queue := desk.NewQueue(p.Clock)
	p.forum = forum.New(p.Store, queue).WithLook(func() bool { return false })
	p.desk = desk.New(p.Store, queue, p.forum)
	webtest.Must(t, p.forum.SetUpBoards(context.Background(), []forum.NewBoard{
		{Board: forum.Board{Slug: "home", Audience: forum.Public}, Texts: []forum.BoardText{{Lang: "en", Name: "The doorway"}}},
	}))
	p.admin = p.FirstAdmin(t).Actor
	p.mod = p.moderator(t, "lampione")
	p.Who = p.mod
	p.routes(deskweb.New(p.Kit, p.forum, p.desk))
	return p
}

func (p *portal) routes(a *deskweb.Area) {
	p.App.Get("/desk", a.Queue)
	p.App.Get("/desk/items/:id", a.Item)
	p.App.Post("/desk/items/:id/claim", a.Claim)
	p.App.Post("/desk/items/:id/release", a.Release)
	p.App.Post("/desk/items/:id/decide", a.Decide)
	p.App.Get("/desk/keys", a.Keys)
	p.App.Post("/desk/keys/:id", a.GrantKey)
	p.App.Get("/desk/terms", a.Terms)
	p.App.Post("/desk/terms/:form", a.AddTerm)
	p.App.Post("/desk/terms/:id/remove", a.RemoveTerm)
	p.App.Get("/team/boards", a.Boards)
	p.App.Get("/team/boards/:board", a.BoardForm)
	p.App.Post("/team/boards/:board", a.SaveBoard)
	p.App.Post("/team/boards/:board/archive", a.ArchiveBoard)
	p.App.Post("/team/boards/:board/move", a.MoveBoard)
	p.App.Get("/team/rules", a.RulesDraft)
	p.App.Post("/team/rules/decide", a.DecideRules)
	p.App.Get("/team/rules/drop", a.DropRulesForm)
	p.App.Post("/team/rules/drop", a.DropRules)
	p.App.Get("/team/rules/:lang", a.RuleForm)
	p.App.Post("/team/rules/:lang", a.SaveRules)
}

func (p *portal) moderator(t *testing.T, handle string) member.Actor {
	t.Helper()
	return p.Hire(t, handle, member.RoleModerator)
}

// waits posts as a person and returns the path of the item that waits for a moderator.
func (p *portal) waits(t *testing.T, who member.Actor, d forum.Draft) string {
	t.Helper()
	d.Insist = true
	receipt, err := p.forum.StartTalk(context.Background(), who, "home", d)
	if err != nil || !receipt.Held {
		t.Fatalf("the post does not wait: %v", err)
	}
	return p.itemOf(t, receipt)
}

func (p *portal) itemOf(t *testing.T, receipt forum.Receipt) string {
	t.Helper()
	items, err := p.desk.Waiting(context.Background(), p.mod, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range items {
		if item.PostID == receipt.Post {
			return "/desk/items/" + item.ID.String()
		}
	}
	t.Fatal("the post is not in the queue")
	return ""
}
