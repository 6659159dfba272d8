package memberweb_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/store/storetest"
	"portico/app/web/memberweb"
	"portico/app/web/request"
	"portico/app/web/static"
)

// portal is the area's handlers on a fresh database, behind the least that they need.
type portal struct {
	app *fiber.App
	kit *request.Kit
	db  *storetest.DB
}

// newPortal lets everybody join.
func newPortal(t *testing.T) *portal {
	t.Helper()
	return openPortal(t, true)
}

func openPortal(t *testing.T, openJoin bool) *portal {
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
	members := member.New(db.Store, db.Server, member.Options{Salt: db.Salt, OpenJoin: openJoin})
	p := &portal{app: fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell}), db: db}
	p.kit = &request.Kit{Bundle: bundle, Static: files, Members: members, Server: db.Server, Clock: db.Store.Clock}
	p.kit.Config.Lang, p.kit.Config.PlainCookie, p.kit.Config.Origin = "en", true, "https://walk.example"
	p.app.Use(p.person)
	p.routes(memberweb.New(p.kit))
	return p
}

// tell answers an error with its kind, as far as these tests ask.
func tell(c *fiber.Ctx, err error) error {
	if fault.Is(err, fault.NotFound) {
		return c.SendStatus(http.StatusNotFound)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

func (p *portal) person(c *fiber.Ctx) error {
	request.SetPrinter(c, p.kit.Bundle.Printer("en"))
	found, err := p.kit.Members.Recognise(c.UserContext(), p.kit.SessionCookie(c))
	if err != nil {
		return err
	}
	request.SetActor(c, found.Actor)
	return c.Next()
}

func (p *portal) routes(a *memberweb.Area) {
	get, post := p.app.Get, p.app.Post
	get("/join", a.JoinForm)
	post("/join", a.Join)
	get("/key", a.Key)
	get("/key/card", a.KeyCard)
	get("/key/practice", a.Practice)
	post("/key/practice", a.CheckPractice)
	get("/sign-in", a.SignInForm)
	get("/sign-in/team", a.TeamForm)
	post("/sign-in", a.SignIn)
	get("/sign-out", a.SignOutWords)
	post("/sign-out", a.SignOut)
	get("/me", a.Me)
	post("/me/label", a.Label)
	post("/me/sessions/:id/end", a.EndSession)
	get("/me/end-all", a.EndAllForm)
	post("/me/end-all", a.EndAll)
	get("/me/key", a.ChangeKeyForm)
	post("/me/key", a.ChangeKey)
	get("/me/delete", a.DeleteForm)
	post("/me/delete", a.Delete)
	get("/role/:token", a.RoleForm)
	post("/role/:token", a.TakeUpRole)
	get("/team", a.Team)
	post("/team/links", a.OfferRoles)
	get("/team/invitations", a.Invitations)
	post("/team/invitations", a.Invite)
	get("/team/invitations/:id/cards", a.InvitationCards)
	post("/team/invitations/:id/close", a.CloseInvitations)
}

// browser keeps cookies between visits and holds each page to the rules of every page.
type browser struct {
	t       *testing.T
	p       *portal
	cookies map[string]string
}

func (p *portal) visitor(t *testing.T) *browser {
	return &browser{t: t, p: p, cookies: map[string]string{}}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) to() string { return a.header.Get("Location") }

func (b *browser) get(path string) answer { return b.ask(http.MethodGet, path, nil) }

// post sends a form; fields are names and values in turn.
func (b *browser) post(path string, fields ...string) answer {
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.ask(http.MethodPost, path, form)
}

func (b *browser) ask(method, path string, form url.Values) answer {
	b.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	res, err := b.p.app.Test(r, -1)
	if err != nil {
		b.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, cookie := range res.Cookies() {
		if cookie.MaxAge < 0 {
			delete(b.cookies, cookie.Name)
		} else {
			b.cookies[cookie.Name] = cookie.Value
		}
	}
	a := answer{res.StatusCode, res.Header, string(body)}
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		b.judge(method+" "+path, a.body)
	}
	return a
}

// judge holds a page to what every page keeps.
func (b *browser) judge(where, body string) {
	b.t.Helper()
	if n := strings.Count(body, "<h1"); n != 1 {
		b.t.Errorf("%s: %d first headings, want one", where, n)
	}
	for _, bad := range []string{" style=", "<style", "onclick", "[sign-in.", "[me.", "[role.", "[invite.", "[key.", "[join.", "[team.", "[wait.", "no value"} {
		if strings.Contains(body, bad) {
			b.t.Errorf("%s: the page holds %q", where, bad)
		}
	}
}

// joined is a browser in its first session, with its key.
func (p *portal) joined(t *testing.T) (*browser, string) {
	t.Helper()
	b := p.visitor(t)
	if a := b.post("/join", "adult", "1", "rules", "1", "lang", "en"); a.status != 303 || a.to() != "/key" {
		t.Fatalf("join: %d to %q, want 303 to /key", a.status, a.to())
	}
	return b, b.actor().NewKey
}

func (b *browser) actor() member.Actor {
	b.t.Helper()
	found, err := b.p.kit.Members.Recognise(context.Background(), b.cookies["portico"])
	if err != nil {
		b.t.Fatal(err)
	}
	return found.Actor
}
