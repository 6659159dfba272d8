package homeweb_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
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
	"portico/app/web/homeweb"
	"portico/app/web/request"
	"portico/app/web/static"
	"portico/content"
)

// portal is the area's handlers on a fresh database, behind the least that they need.
type portal struct {
	*storetest.DB
	app   *fiber.App
	kit   *request.Kit
	forum *forum.Service
	desk  *desk.Service
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{DB: storetest.New(t), app: fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell})}
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	files, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	lines, err := content.HelpLines()
	if err != nil {
		t.Fatal(err)
	}
	members := member.New(p.Store, p.Server, member.Options{Salt: p.Salt, OpenJoin: true})
	p.kit = &request.Kit{Bundle: bundle, Static: files, Members: members, Server: p.Server, Clock: p.Clock, Lines: lines}
	p.kit.Config.Country, p.kit.Config.PlainCookie, p.kit.Config.Exit = "IT", true, "https://neutral.example/"
	queue := desk.NewQueue(p.Clock)
	p.forum = forum.New(p.Store, queue).WithLook(func() bool { return false })
	p.desk = desk.New(p.Store, queue, p.forum)
	a := homeweb.New(p.kit, p.Store, p.forum, p.desk)
	p.app.Use(p.person)
	for path, handle := range map[string]fiber.Handler{
		"/": a.Home, "/languages": a.Languages, "/about": a.About, "/rules": a.Rules, "/safety": a.Safety, "/help": a.Help,
		"/what-we-hold": a.WhatWeHold, "/link": a.Link, "/exit": a.ExitWords, "/left": a.Left, "/healthz": a.Healthz,
		"/static/:name": a.Static, "/style": a.Style, "/rules/changes": a.RuleChanges,
	} {
		p.app.Get(path, handle)
	}
	p.app.Post("/exit", a.Exit)
	p.app.Post("/rules/read", a.ReadRules)
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
	request.SetPrinter(c, p.kit.Bundle.Printer(c.Get("X-Lang", "en")))
	found, err := p.kit.Members.Recognise(c.UserContext(), p.kit.SessionCookie(c))
	if err != nil {
		return err
	}
	request.SetActor(c, found.Actor)
	return c.Next()
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// ask sends a request; headers are names and values in turn.
func (p *portal) ask(t *testing.T, method, path string, headers ...string) answer {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
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
	a := answer{res.StatusCode, res.Header, string(body)}
	if strings.HasPrefix(a.header.Get("Content-Type"), "text/html") && path != "/left" {
		judge(t, method+" "+path, a.body)
	}
	return a
}

func (p *portal) get(t *testing.T, path string, headers ...string) answer {
	t.Helper()
	return p.ask(t, http.MethodGet, path, headers...)
}

// judge holds a page to what every page keeps.
func judge(t *testing.T, where, body string) {
	t.Helper()
	if n := strings.Count(body, "<h1"); n != 1 {
		t.Errorf("%s: %d first headings, want one", where, n)
	}
	for _, bad := range []string{" style=", "<style", " onclick", "[home.", "[hold.", "[helpline.", "no value"} {
		if strings.Contains(body, bad) {
			t.Errorf("%s: the page holds %q", where, bad)
		}
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

// coordinator is a person with roles, and her cookie.
func (p *portal) coordinator(t *testing.T) (member.Actor, string) {
	t.Helper()
	ctx := context.Background()
	token, err := p.kit.Members.OfferFirstAdmin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	offer, err := p.kit.Members.ReadLink(ctx, token, "Portico")
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(offer.Factor, p.Time.Now())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := p.kit.Members.TakeUp(ctx, token, member.RoleForm{Handle: "keystone", Passphrase: offer.Passphrase, Code: code, Ticket: offer.Ticket})
	if err != nil {
		t.Fatal(err)
	}
	return opened.Actor, "portico=" + opened.Cookie
}

// joined is the cookie of a new member on a device of this kind.
func (p *portal) joined(t *testing.T, device member.Device) string {
	t.Helper()
	ctx := context.Background()
	opened, err := p.kit.Members.Join(ctx, member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	again, err := p.kit.Members.SignIn(ctx, member.KeyForm{Key: opened.Actor.NewKey, Device: device})
	if err != nil {
		t.Fatal(err)
	}
	return "portico=" + again.Cookie
}
