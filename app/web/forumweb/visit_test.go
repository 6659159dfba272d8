package forumweb_test

import (
	"context"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
	"portico/app/web/forumweb"
	"portico/app/web/request"
	"portico/app/web/static"
	"portico/content"
)

// house is the forum with two rooms, behind the least that its pages need.
type house struct {
	app   *fiber.App
	kit   *request.Kit
	db    *storetest.DB
	forum *forum.Service
	desk  *desk.Service
	next  *person // who asks
	admin *person // the first administrator, where a test needs one
}

// person is somebody with the language and the form that she sends.
type person struct {
	t       *testing.T
	h       *house
	actor   member.Actor
	lang    string
	oldForm bool // her form is from an older session
	flash   string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	db := storetest.New(t)
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	files, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	queue := desk.NewQueue(db.Store.Clock)
	h := &house{db: db, forum: forum.New(db.Store, queue).WithLook(func() bool { return false })}
	h.desk = desk.New(db.Store, queue, h.forum)
	h.kit = &request.Kit{Bundle: bundle, Static: files, Server: db.Server, Clock: db.Store.Clock}
	h.kit.Members = member.New(db.Store, db.Server, member.Options{Salt: db.Salt, OpenJoin: true})
	h.kit.Config.Lang, h.kit.Config.PlainCookie, h.kit.Config.Country = "en", true, "IT"
	h.kit.Lines = []content.HelpLine{
		{Country: "IT", Name: "Line A", Phone: "02 1234", Kinds: []string{"self-harm"}},
		{Country: "EU", Name: "Line B", Phone: "112", Kinds: []string{"emergency"}},
	}
	err = h.forum.SetUpBoards(context.Background(), []forum.NewBoard{
		{Board: forum.Board{Slug: "home", Audience: forum.Public}, Texts: []forum.BoardText{{Lang: "en", Name: "Start here", Purpose: "For first questions"}}},
		{Board: forum.Board{Slug: "b4", Audience: forum.Members, Position: 1}, Texts: []forum.BoardText{{Lang: "en", Name: "Among us"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	h.app = fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell})
	h.app.Use(h.person)
	h.routes(forumweb.New(h.kit, h.forum, h.desk))
	return h
}

// tell answers an error with its kind, as far as these tests ask.
func tell(c *fiber.Ctx, err error) error {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return c.SendStatus(http.StatusNotFound)
	case fault.Refused:
		return c.SendStatus(http.StatusForbidden)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

func (h *house) person(c *fiber.Ctx) error {
	request.SetPrinter(c, h.kit.Bundle.Printer(h.next.lang))
	request.SetActor(c, h.next.actor)
	request.SetTrusted(c, !h.next.oldForm)
	return c.Next()
}

func (h *house) routes(a *forumweb.Area) {
	get, post := h.app.Get, h.app.Post
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
func (h *house) visitor(t *testing.T) *person { return &person{t: t, h: h, lang: "en"} }

// member is somebody with a key.
func (h *house) member(t *testing.T) *person {
	p := h.visitor(t)
	p.actor = member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
	return p
}

// withRole is somebody who signed in with a role.
func (h *house) withRole(t *testing.T, handle string, roles ...member.Role) *person {
	p := h.member(t)
	p.actor.Role = &member.RoleActor{ID: store.NewID(), Handle: handle, Roles: roles, Identity: vault.NewIdentity()}
	return p
}

// answer is what came back. Text is the page without its elements.
type answer struct {
	status int
	to     string
	body   string
	text   string
}

func (p *person) get(path string) answer { p.t.Helper(); return p.ask(http.MethodGet, path, nil) }

// post sends a form; fields are names and values in turn.
func (p *person) post(path string, fields ...string) answer {
	p.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return p.ask(http.MethodPost, path, form)
}

var elements = regexp.MustCompile(`<[^>]*>`)

func (p *person) ask(method, path string, form url.Values) answer {
	p.t.Helper()
	p.h.next = p
	path, _, _ = strings.Cut(path, "#")
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if p.flash != "" {
		r.AddCookie(&http.Cookie{Name: "flash", Value: p.flash})
	}
	res, err := p.h.app.Test(r, -1)
	if err != nil {
		p.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, cookie := range res.Cookies() {
		if cookie.Name == "flash" {
			p.flash = cookie.Value
		}
	}
	a := answer{status: res.StatusCode, to: res.Header.Get("Location"), body: string(body)}
	a.text = strings.Join(strings.Fields(html.UnescapeString(elements.ReplaceAllString(a.body, " "))), " ")
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		p.judge(method+" "+path, a)
	}
	return a
}

// judge holds a page to what every page keeps.
func (p *person) judge(where string, a answer) {
	p.t.Helper()
	if n := strings.Count(a.body, "<h1"); n != 1 {
		p.t.Errorf("%s: %d first headings, want one", where, n)
	}
	if !strings.Contains(a.body, "<title>"+p.h.kit.Bundle.Printer(p.lang).T("nav.talk")+"</title>") &&
		!strings.Contains(a.body, "<title>"+p.h.kit.Bundle.Printer(p.lang).T("nav.mine")+"</title>") {
		p.t.Errorf("%s: the title of the tab is not neutral", where)
	}
	for _, bad := range []string{" style=", "<style", "onclick", "[forum.", "[reason.", "[rule.", "[role.", "[frame.", "no value", "\x00"} {
		if strings.Contains(a.body, bad) {
			p.t.Errorf("%s: the page holds %q", where, bad)
		}
	}
}

// wants stops the test unless the answer has a status and all of these words.
func (a answer) wants(t *testing.T, status int, texts ...string) answer {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d; to %q; page: %s", a.status, status, a.to, a.text)
	}
	for _, text := range texts {
		if !strings.Contains(a.text, text) && !strings.Contains(a.body, text) {
			t.Errorf("the page does not hold %q: %s", text, a.text)
		}
	}
	return a
}

func (a answer) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.text, text) || strings.Contains(a.body, text) {
			t.Errorf("the page holds %q, and should not", text)
		}
	}
}

// talk starts a talk and returns where it is.
func (p *person) talk(board, title, body string, more ...string) string {
	p.t.Helper()
	fields := append([]string{"title", title, "body", body, "lang", "en", "nonce", title}, more...)
	a := p.post("/forum/"+board+"/topics", fields...)
	if a.status != http.StatusSeeOther {
		p.t.Fatalf("the talk was not started: %d %s", a.status, a.text)
	}
	path, _, _ := strings.Cut(a.to, "#")
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
	items, err := h.desk.Waiting(ctx, mod.actor, "")
	if err != nil || len(items) == 0 {
		t.Fatalf("nothing waits: %v", err)
	}
	for _, item := range items {
		if err := h.desk.Claim(ctx, mod.actor, item.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.desk.Decide(ctx, mod.actor, item.ID, choice, forum.Reasons); err != nil {
			t.Fatal(err)
		}
	}
}

var postID = regexp.MustCompile(`/posts/([a-z2-7]{26})/(?:edit|report)`)

// postIn returns the last post of a page that this person can act on.
func (a answer) postIn(t *testing.T) string {
	t.Helper()
	all := postID.FindAllStringSubmatch(a.body, -1)
	if len(all) == 0 {
		t.Fatalf("no post on the page: %s", a.text)
	}
	return all[len(all)-1][1]
}
