package homeweb_test

import (
	"cmp"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/homeweb"
	"portico/app/web/request"
	"portico/app/web/webtest"
	"portico/content"
)

// portal is the area's handlers on a fresh database.
type portal struct {
	*webtest.House
	forum *forum.Service
	desk  *desk.Service
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t)}
	lines, err := content.HelpLines()
	webtest.Must(t, err)
	p.Kit.Lines = func() []request.Line { return request.Shipped(lines) }
	p.Kit.Config.Country, p.Kit.Config.Exit = "IT", "https://neutral.example/"
	queue := desk.NewQueue(p.Clock)
	p.forum = forum.New(p.Store, queue).WithLook(func() bool { return false })
	p.desk = desk.New(p.Store, queue, p.forum)
	a := homeweb.New(p.Kit, p.Store, p.forum, p.desk)
	for path, handle := range map[string]fiber.Handler{
		"/": a.Home, "/languages": a.Languages, "/about": a.About, "/rules": a.Rules, "/safety": a.Safety, "/help": a.Help,
		"/what-we-hold": a.WhatWeHold, "/what-we-hold/:table": a.Held, "/link": a.Link, "/exit": a.ExitWords, "/left": a.Left, "/healthz": a.Healthz,
		"/static/:name": a.Static, "/style": a.Style, "/rules/changes": a.RuleChanges,
	} {
		p.App.Get(path, handle)
	}
	p.App.Post("/exit", a.Exit)
	p.App.Post("/rules/read", a.ReadRules)
	return p
}

// ask sends a request; headers are names and values in turn, and X-Lang is the language.
func (p *portal) ask(t *testing.T, method, path string, headers ...string) webtest.Answer {
	t.Helper()
	r := httptest.NewRequest(method, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	p.Lang = cmp.Or(r.Header.Get("X-Lang"), "en")
	if path == "/left" { // an empty page, which says of itself as little as it can
		return p.Send(t, r)
	}
	return p.Ask(t, r)
}

func (p *portal) get(t *testing.T, path string, headers ...string) webtest.Answer {
	t.Helper()
	return p.ask(t, http.MethodGet, path, headers...)
}

// coordinator is a person with roles, and her cookie.
func (p *portal) coordinator(t *testing.T) (member.Actor, string) {
	t.Helper()
	opened := p.FirstAdmin(t)
	return opened.Actor, "portico=" + opened.Cookie
}

// joined is the cookie of a new member on a device of this kind.
func (p *portal) joined(t *testing.T, device member.Device) string {
	t.Helper()
	again, err := p.Members.SignIn(context.Background(), member.KeyForm{Key: p.Joined(t).NewKey, Device: device})
	webtest.Must(t, err)
	return "portico=" + again.Cookie
}
