package forumweb_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
	"portico/app/web/forumweb"
	"portico/app/web/request"
	"portico/app/web/webtest"
)

// house is the forum with two rooms.
type house struct {
	*webtest.House
	forum *forum.Service
	desk  *desk.Service
	admin *person // the first administrator, where a test needs one
}

// person is somebody who reads and writes.
type person struct{ *webtest.Person }

// answer is what came back.
type answer struct{ webtest.Answer }

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{House: webtest.Open(t)}
	h.Keyless, h.TitleKeys = true, []string{"nav.talk", "nav.mine"}
	queue := desk.NewQueue(h.Clock)
	h.forum = forum.New(h.Store, queue).WithLook(func() bool { return false })
	h.desk = desk.New(h.Store, queue, h.forum)
	h.Kit.Config.Country = "IT"
	h.Kit.Lines = func() []request.Line {
		return []request.Line{
			{Country: "IT", Name: "Line A", Phone: "02 1234", Kinds: []string{"self-harm"}},
			{Country: "EU", Name: "Line B", Phone: "112", Kinds: []string{"emergency"}},
		}
	}
	webtest.Must(t, h.forum.SetUpBoards(context.Background(), []forum.NewBoard{
		{Board: forum.Board{Slug: "home", Audience: forum.Public}, Texts: []forum.BoardText{{Lang: "en", Name: "Start here", Purpose: "For first questions"}}},
		{Board: forum.Board{Slug: "b4", Audience: forum.Members, Position: 1}, Texts: []forum.BoardText{{Lang: "en", Name: "Among us"}}},
	}))
	h.routes(forumweb.New(h.Kit, h.forum, h.desk))
	return h
}

func (h *house) routes(a *forumweb.Area) {
	get, post := h.App.Get, h.App.Post
	get("/forum", a.Boards)
	get("/forum/search", a.Search)
	post("/forum/search", a.SearchPosted)
	get("/my/talks", a.MyTalks)
	get("/forum/:board", a.Board)
	get("/forum/:board/start", a.StartForm)
	post("/forum/:board/topics", a.Start)
	get("/forum/:board/:topic", a.Topic)
	post("/forum/:board/:topic/posts", a.Reply)
	post("/forum/:board/:topic/follow", a.Follow)
	get("/posts/:id", a.Permalink)
	get("/posts/:id/edit", a.EditForm)
	post("/posts/:id/edit", a.Edit)
	get("/posts/:id/delete", a.DeleteForm)
	post("/posts/:id/delete", a.Delete)
	get("/posts/:id/report", a.ReportForm)
	post("/posts/:id/report", a.Report)
	h.privateRoutes(a)
}

// visitor is somebody without a key.
func (h *house) visitor(t *testing.T) *person { return &person{h.Visitor(t)} }

// member is somebody with a key.
func (h *house) member(t *testing.T) *person { return &person{h.Person(t, webtest.Member())} }

// withRole is somebody who signed in with a role, and whom no table knows.
func (h *house) withRole(t *testing.T, handle string, roles ...member.Role) *person {
	p := h.member(t)
	p.Actor.Role = &member.RoleActor{ID: store.NewID(), Handle: handle, Roles: roles, Identity: vault.NewIdentity()}
	return p
}

func (p *person) get(path string) answer { p.T.Helper(); return answer{p.Get(path)} }

func (p *person) post(path string, fields ...string) answer {
	p.T.Helper()
	return answer{p.Post(path, fields...)}
}

// talk starts a talk and returns where it is.
func (p *person) talk(board, title, body string, more ...string) string {
	p.T.Helper()
	fields := append([]string{"title", title, "body", body, "lang", "en", "nonce", title}, more...)
	a := p.post("/forum/"+board+"/topics", fields...)
	if a.Status != http.StatusSeeOther {
		p.T.Fatalf("the talk was not started: %d %s", a.Status, a.Text)
	}
	path, _, _ := strings.Cut(a.To, "#")
	path, _, _ = strings.Cut(path, "?")
	return path
}

// shown lets a moderator keep everything that waits.
func (h *house) shown(t *testing.T, mod *person) {
	t.Helper()
	h.decide(t, mod, desk.Choice{Action: desk.Keep})
}

// decide settles everything that waits in one way.
func (h *house) decide(t *testing.T, mod *person, choice desk.Choice) {
	t.Helper()
	ctx := context.Background()
	items, err := h.desk.Waiting(ctx, mod.Actor, "")
	if err != nil || len(items) == 0 {
		t.Fatalf("nothing waits: %v", err)
	}
	for _, item := range items {
		if err := h.desk.Claim(ctx, mod.Actor, item.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.desk.Decide(ctx, mod.Actor, item.ID, choice, forum.Reasons); err != nil {
			t.Fatal(err)
		}
	}
}

var postID = regexp.MustCompile(`/posts/([a-z2-7]{26})/(?:edit|report)`)

// postIn returns the last post of a page that this person can act on.
func (a answer) postIn(t *testing.T) string {
	t.Helper()
	all := postID.FindAllStringSubmatch(a.Body, -1)
	if len(all) == 0 {
		t.Fatalf("no post on the page: %s", a.Text)
	}
	return all[len(all)-1][1]
}
