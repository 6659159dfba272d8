package materialweb_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
	"portico/app/web/materialweb"
	"portico/app/web/request"
	"portico/app/web/static"
)

// portal is the area's handlers on a fresh database, behind the least that they need.
type portal struct {
	*storetest.DB
	app                                  *fiber.App
	kit                                  *request.Kit
	mat                                  *material.Service
	who                                  member.Actor // who asks
	lang                                 string
	old                                  bool // the form is too old
	leader, peer, mediator, anna, bianca member.Actor
}

// arabic is a keeper of translations with one approved language.
type arabic struct{}

func (arabic) SourceChanged(context.Context, *gorm.DB, store.ID, material.Source) error { return nil }

func (arabic) Languages(context.Context, store.ID) ([]material.Language, error) {
	return []material.Language{{Lang: "ar", Day: "2026-03-07", CheckedBy: "passerella", Machine: true, Stale: true}}, nil
}

func (arabic) Text(context.Context, store.ID, string) (string, error) {
	return "# حقوقك\n\nيمكنك أن تأتي بلا أوراق.", nil
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{DB: storetest.New(t), lang: "en", app: fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell})}
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	files, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	p.kit = &request.Kit{Bundle: bundle, Static: files, Server: p.Server, Clock: p.Clock}
	p.kit.Config.PlainCookie = true
	p.mat = material.New(p.Store, arabic{})
	p.leader = p.hire(t, "lanterna", member.RoleLeader)
	p.peer = p.hire(t, "lampione", member.RolePeer)
	p.mediator = p.hire(t, "passerella", member.RoleMediator)
	p.anna, p.bianca = person(), person()
	p.routes(materialweb.New(p.kit, p.mat))
	return p
}

func (p *portal) routes(a *materialweb.Area) {
	p.app.Use(func(c *fiber.Ctx) error {
		request.SetPrinter(c, p.kit.Bundle.Printer(p.lang))
		if p.who.SignedIn() {
			request.SetActor(c, p.who)
		}
		request.SetTrusted(c, !p.old)
		return c.Next()
	})
	for path, h := range map[string]fiber.Handler{"/read": a.Library, "/read/ideas": a.Ideas, "/read/work": a.Work} {
		p.app.Get(path, h)
	}
	p.app.Post("/read/ideas", a.Propose)
	for path, h := range map[string]fiber.Handler{
		"": a.Read, "/text": a.Text, "/print": a.Print, "/consultation": a.Consultation, "/suggest": a.SuggestForm, "/group": a.Group,
		"/write": a.WriteForm, "/compare": a.Compare, "/people": a.InviteForm, "/credit": a.CreditForm, "/suggestions/:suggestion": a.AnswerForm,
		"/consult": a.ConsultForm, "/consult/longer": a.ProlongForm, "/decide": a.DecideForm, "/vote": a.VoteForm, "/publish": a.PublishForm,
		"/reopen": a.ReopenForm, "/archive": a.ArchiveForm,
	} {
		p.app.Get("/read/:id"+path, h)
	}
	for path, h := range map[string]fiber.Handler{
		"/feedback": a.Feedback, "/want": a.Want, "/take": a.TakeUp, "/consultation": a.Say, "/suggest": a.Suggest, "/write": a.Write,
		"/people": a.Invite, "/people/:person/leave": a.Leave, "/credit": a.Credit, "/suggestions/:suggestion": a.Answer,
		"/consult": a.Consult, "/consult/close": a.CloseConsultation, "/consult/longer": a.Prolong, "/decide": a.Decide, "/vote": a.Vote,
		"/vote/count": a.Count, "/publish": a.Publish, "/reopen": a.Reopen, "/archive": a.Archive,
	} {
		p.app.Post("/read/:id"+path, h)
	}
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
	case fault.SignIn:
		return c.SendStatus(http.StatusUnauthorized)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

// person has a live session. Deriving her keys would take long and is tested elsewhere.
func person() member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
}

func (p *portal) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	who := person()
	who.Role = &member.RoleActor{ID: store.NewID(), Handle: handle, Roles: roles, Identity: vault.NewIdentity()}
	row := member.RoleAccount{ID: who.Role.ID, Handle: handle, Roles: string(roles[0]), Salt: vault.Random(16), Sealed: vault.Random(64), Gen: vault.Random(8)}
	if err := gorm.G[member.RoleAccount](p.DB.DB).Create(context.Background(), &row); err != nil {
		t.Fatal(err)
	}
	return who
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

// post sends a form; fields are names and values in turn.
func (p *portal) post(t *testing.T, path string, fields ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return p.ask(t, http.MethodPost, path, form)
}

// goes sends a form that has to work, and returns where it leads.
func (p *portal) goes(t *testing.T, path string, fields ...string) string {
	t.Helper()
	a := p.post(t, path, fields...)
	if a.status != http.StatusSeeOther {
		t.Fatalf("POST %s: %d %s", path, a.status, a.body)
	}
	return a.to
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
		p.judge(t, method+" "+path, a.body)
	}
	return a
}

// judge holds a page to what every page keeps.
func (p *portal) judge(t *testing.T, where, body string) {
	t.Helper()
	if n := strings.Count(body, "<h1"); n != 1 {
		t.Errorf("%s: %d first headings, want one", where, n)
	}
	for _, bad := range []string{" style=", "<style", " onclick", "[material.", "[rule.", "[error.", "[nav.", "no value", "<script>"} {
		if strings.Contains(body, bad) {
			t.Errorf("%s: the page holds %q", where, bad)
		}
	}
	if !strings.Contains(body, "<title>"+p.say("material.title")+"</title>") {
		t.Errorf("%s: the title is not the neutral one", where)
	}
}

// say is a message in the language of the test.
func (p *portal) say(key string, args ...any) string {
	return p.kit.Bundle.Printer(p.lang).T(key, args...)
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
