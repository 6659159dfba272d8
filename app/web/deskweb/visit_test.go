package deskweb_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/pquerna/otp/totp"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/store/storetest"
	"portico/app/web/deskweb"
	"portico/app/web/request"
	"portico/app/web/static"
)

// portal is the area's handlers on a fresh database, behind the least that they need.
type portal struct {
	*storetest.DB
	app     *fiber.App
	kit     *request.Kit
	members *member.Service
	forum   *forum.Service
	desk    *desk.Service
	who     member.Actor // who asks
	old     bool         // the form is too old
	admin   member.Actor
	mod     member.Actor // holds the circle's key
}

func open(t *testing.T) *portal {
	t.Helper()
	ctx := context.Background()
	p := &portal{DB: storetest.New(t), app: fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell})}
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	files, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	p.members = member.New(p.Store, p.Server, member.Options{Salt: p.Salt, OpenJoin: true})
	p.kit = &request.Kit{Bundle: bundle, Static: files, Members: p.members, Server: p.Server, Clock: p.Clock}
	p.kit.Config.PlainCookie = true
	queue := desk.NewQueue(p.Clock)
	p.forum = forum.New(p.Store, queue).WithLook(func() bool { return false })
	p.desk = desk.New(p.Store, queue, p.forum)
	err = p.forum.SetUpBoards(ctx, []forum.NewBoard{
		{Board: forum.Board{Slug: "home", Audience: forum.Public}, Texts: []forum.BoardText{{Lang: "en", Name: "The doorway"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	p.admin = p.takeUp(t, "keystone", p.members.OfferFirstAdmin)
	p.mod = p.moderator(t, "lampione")
	p.who = p.mod
	p.routes(deskweb.New(p.kit, p.forum, p.desk))
	return p
}

func (p *portal) routes(a *deskweb.Area) {
	p.app.Use(func(c *fiber.Ctx) error {
		request.SetPrinter(c, p.kit.Bundle.Printer("en"))
		if p.who.SignedIn() {
			request.SetActor(c, p.who)
		}
		request.SetTrusted(c, p.who.SignedIn() && !p.old)
		return c.Next()
	})
	p.app.Get("/desk", a.Queue)
	p.app.Get("/desk/items/:id", a.Item)
	p.app.Post("/desk/items/:id/claim", a.Claim)
	p.app.Post("/desk/items/:id/release", a.Release)
	p.app.Post("/desk/items/:id/decide", a.Decide)
	p.app.Get("/desk/keys", a.Keys)
	p.app.Post("/desk/keys/:id", a.GrantKey)
	p.app.Get("/desk/terms", a.Terms)
	p.app.Post("/desk/terms/:form", a.AddTerm)
	p.app.Post("/desk/terms/:id/remove", a.RemoveTerm)
	p.app.Get("/team/boards", a.Boards)
	p.app.Get("/team/boards/:board", a.BoardForm)
	p.app.Post("/team/boards/:board", a.SaveBoard)
	p.app.Post("/team/boards/:board/archive", a.ArchiveBoard)
	p.app.Post("/team/boards/:board/move", a.MoveBoard)
	p.app.Get("/team/rules", a.RulesDraft)
	p.app.Post("/team/rules/decide", a.DecideRules)
	p.app.Get("/team/rules/drop", a.DropRulesForm)
	p.app.Post("/team/rules/drop", a.DropRules)
	p.app.Get("/team/rules/:lang", a.RuleForm)
	p.app.Post("/team/rules/:lang", a.SaveRules)
}

// tell answers an error with its kind, as far as these tests ask.
func tell(c *fiber.Ctx, err error) error {
	if fault.Is(err, fault.NotFound) {
		return c.SendStatus(http.StatusNotFound)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

func (p *portal) moderator(t *testing.T, handle string) member.Actor {
	t.Helper()
	return p.takeUp(t, handle, func(ctx context.Context) (string, error) {
		return p.members.OfferRoles(ctx, p.admin, []member.Role{member.RoleModerator})
	})
}

func (p *portal) takeUp(t *testing.T, handle string, offer func(context.Context) (string, error)) member.Actor {
	t.Helper()
	ctx := context.Background()
	token, err := offer(ctx)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := p.members.ReadLink(ctx, token, "Portico")
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(shown.Factor, p.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := p.members.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: shown.Passphrase, Code: code, Ticket: shown.Ticket})
	if err != nil {
		t.Fatal(err)
	}
	return opened.Actor
}

func (p *portal) member(t *testing.T) member.Actor {
	t.Helper()
	opened, err := p.members.Join(context.Background(), member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	return opened.Actor
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

// answer is what came back.
type answer struct {
	status int
	to     string
	body   string
}

func (p *portal) get(t *testing.T, path string) answer {
	t.Helper()
	return p.ask(t, http.MethodGet, path, nil)
}

// post sends a form; fields are names and values in turn.
func (p *portal) post(t *testing.T, path string, fields ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return p.ask(t, http.MethodPost, path, form)
}

func (p *portal) ask(t *testing.T, method, path string, form url.Values) answer {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := p.app.Test(r, -1)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	a := answer{res.StatusCode, res.Header.Get("Location"), string(body)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		judge(t, method+" "+path, a.body)
	}
	return a
}

// judge holds a page to what every page keeps.
func judge(t *testing.T, where, body string) {
	t.Helper()
	if n := strings.Count(body, "<h1"); n != 1 {
		t.Errorf("%s: %d first headings, want one", where, n)
	}
	for _, bad := range []string{" style=", "<style", " onclick", "[desk.", "[board.", "[rules.", "[rule.", "[reason.", "[role.", "no value"} {
		if strings.Contains(body, bad) {
			t.Errorf("%s: the page holds %q", where, bad)
		}
	}
	if !strings.Contains(body, "<title>Desk</title>") && !strings.Contains(body, "<title>Team</title>") {
		t.Errorf("%s: the title is not the neutral one", where)
	}
}

func wants(t *testing.T, body string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(body, w) {
			t.Errorf("the page does not hold %q", w)
		}
	}
}

func wantsNot(t *testing.T, body string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(body, w) {
			t.Errorf("the page holds %q", w)
		}
	}
}
