package payrollweb_test

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

	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/payroll"
	"portico/app/store/storetest"
	"portico/app/web/payrollweb"
	"portico/app/web/request"
	"portico/app/web/static"
)

// portal is the area's handlers on a fresh database, behind the least that they need.
type portal struct {
	*storetest.DB
	app                *fiber.App
	kit                *request.Kit
	members            *member.Service
	work               *payroll.Service
	who                member.Actor // who asks
	old                bool         // the form is too old
	boss, second, peer member.Actor // two coordinators, of whom the second is a peer as well
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
	p.members = member.New(p.Store, p.Server, member.Options{Salt: p.Salt, OpenJoin: true})
	p.kit = &request.Kit{Bundle: bundle, Static: files, Members: p.members, Server: p.Server, Clock: p.Clock}
	p.kit.Config.PlainCookie = true
	p.work = payroll.New(p.Store, p.members)
	p.boss = p.takeUp(t, "keystone", p.members.OfferFirstAdmin)
	p.second = p.hire(t, "bussola", member.RoleCoordinator, member.RolePeer)
	p.peer = p.hire(t, "lampione", member.RolePeer)
	p.routes(payrollweb.New(p.kit, p.work))
	return p
}

func (p *portal) routes(a *payrollweb.Area) {
	p.app.Use(func(c *fiber.Ctx) error {
		request.SetPrinter(c, p.kit.Bundle.Printer("en"))
		if p.who.SignedIn() {
			request.SetActor(c, p.who)
		}
		request.SetTrusted(c, p.who.SignedIn() && !p.old)
		return c.Next()
	})
	p.app.Get("/work/payroll", a.Mine)
	p.app.Post("/work/payroll/keep/:form", a.Save)
	p.app.Post("/work/payroll/remove", a.Remove)
	p.app.Get("/work/team/circles/:circle", a.Desk)
	p.app.Post("/work/team/circles/:circle/take-up", a.TakeUp)
	p.app.Post("/work/team/circles/:circle/open", a.Open)
	p.app.Post("/work/team/circles/:circle/keys/:id", a.HandOn)
}

// tell answers an error with its kind, as far as these tests ask.
func tell(c *fiber.Ctx, err error) error {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return c.SendStatus(http.StatusNotFound)
	case fault.Conflict:
		return c.SendStatus(http.StatusConflict)
	case fault.Refused:
		return c.SendStatus(http.StatusForbidden)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

func (p *portal) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	return p.takeUp(t, handle, func(ctx context.Context) (string, error) { return p.members.OfferRoles(ctx, p.boss, roles) })
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

// answer is what came back.
type answer struct {
	status int
	to     string
	body   string
	header http.Header
}

func (p *portal) get(t *testing.T, path string) answer {
	t.Helper()
	return p.ask(t, http.MethodGet, path, nil)
}

// post sends a form; fields are names and values in turn. A later value of a name that is
// no list stands in the place of the first.
func (p *portal) post(t *testing.T, path string, fields ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		if fields[i] == "source" || fields[i] == "consent" {
			form.Add(fields[i], fields[i+1])
		} else {
			form.Set(fields[i], fields[i+1])
		}
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
	a := answer{res.StatusCode, res.Header.Get("Location"), string(body), res.Header}
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
	for _, bad := range []string{" style=", "<style", " onclick", "[peerwork.", "[supervision.", "[rule.", "[error.", "[nav.", "no value"} {
		if strings.Contains(body, bad) {
			t.Errorf("%s: the page holds %q", where, bad)
		}
	}
	if !strings.Contains(body, "<title>My work</title>") && !strings.Contains(body, "<title>People here</title>") {
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
