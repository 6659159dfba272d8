package translateweb_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/shopspring/decimal"
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/job"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/translate"
	"portico/app/translate/modeltest"
	"portico/app/vault"
	"portico/app/web/request"
	"portico/app/web/static"
	"portico/app/web/translateweb"
	"portico/content"
)

var ctx = context.Background()

// portal is the area's handlers on a fresh database, behind the least that they need.
type portal struct {
	*storetest.DB
	app                            *fiber.App
	kit                            *request.Kit
	tr                             *translate.Service
	jobs                           *job.Queue
	model                          *modeltest.Server
	doc                            store.ID
	who                            member.Actor // who asks
	old                            bool         // the form is too old
	mediator, second, peer, leader member.Actor
}

func open(t *testing.T, machine bool) *portal {
	t.Helper()
	p := &portal{DB: storetest.New(t), doc: store.NewID(), app: fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell})}
	bundle, err := i18n.Load()
	must(t, err)
	files, err := static.Load()
	must(t, err)
	p.kit = &request.Kit{Bundle: bundle, Static: files, Server: p.Server, Clock: p.Clock}
	p.kit.Config.PlainCookie = true
	log := slog.New(slog.NewTextHandler(p.Logs, nil))
	var settings *translate.Settings
	if machine {
		p.model = modeltest.New(map[string]string{"You can say no.": "Puoi dire di no."})
		t.Cleanup(p.model.Close)
		settings = &translate.Settings{Drafter: translate.NewModel(p.model.URL(), p.model.Key, "small"), Model: "small",
			Budget: decimal.NewFromInt(5), PriceIn: decimal.NewFromInt(100), PriceOut: decimal.NewFromInt(100)}
	}
	p.tr = translate.New(p.Store, log, settings)
	p.jobs = job.New(p.Store, log)
	p.jobs.Handle(translate.DraftJob, p.tr.Draft)
	p.mediator, p.second = p.hire(t, "ponte", member.RoleMediator), p.hire(t, "varco", member.RoleMediator)
	p.peer, p.leader = p.hire(t, "lampione", member.RolePeer), p.hire(t, "bussola", member.RoleLeader)
	terms, err := content.Glossary()
	must(t, err)
	must(t, p.tr.LoadTerms(ctx, terms))
	p.routes(translateweb.New(p.kit, p.tr))
	return p
}

// hire makes a person with roles without her keys, which nothing here asks for.
func (p *portal) hire(t *testing.T, handle string, roles ...member.Role) member.Actor {
	t.Helper()
	row := member.RoleAccount{ID: store.NewID(), Handle: handle, Roles: string(roles[0]), Salt: []byte("s"), Sealed: []byte("s"), Gen: []byte("g")}
	must(t, gorm.G[member.RoleAccount](p.DB.DB).Create(ctx, &row))
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Role: &member.RoleActor{ID: row.ID, Handle: handle, Roles: roles}}
}

func (p *portal) routes(a *translateweb.Area) {
	p.app.Use(func(c *fiber.Ctx) error {
		request.SetPrinter(c, p.kit.Bundle.Printer("en"))
		if p.who.SignedIn() {
			request.SetActor(c, p.who)
		}
		request.SetTrusted(c, p.who.SignedIn() && !p.old)
		return c.Next()
	})
	p.app.Get("/translate", a.List)
	p.app.Post("/translate/languages", a.SayLanguages)
	p.app.Get("/translate/glossary", a.Terms)
	p.app.Get("/translate/glossary/:id", a.Term)
	p.app.Post("/translate/glossary/:id", a.KeepTerm)
	p.app.Post("/translate/glossary/:id/remove", a.RemoveTerm)
	p.app.Post("/translate/:doc/open", a.Open)
	p.app.Get("/translate/:doc/:lang", a.Sheet)
	p.app.Post("/translate/:doc/:lang/draft", a.Draft)
	p.app.Post("/translate/:doc/:lang/approve", a.Approve)
	p.app.Get("/translate/:doc/:lang/:n", a.Segment)
	p.app.Post("/translate/:doc/:lang/:n", a.Save)
	p.app.Post("/translate/:doc/:lang/:n/review", a.Review)
	p.app.Post("/translate/:doc/:lang/:n/use", a.Use)
}

// tell answers an error with its kind, as far as these tests ask.
func tell(c *fiber.Ctx, err error) error {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return c.SendStatus(http.StatusNotFound)
	case fault.Conflict:
		return c.SendStatus(http.StatusConflict)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

func (p *portal) source(t *testing.T, text string) {
	t.Helper()
	must(t, p.Tx(ctx, func(tx *gorm.DB) error {
		return p.tr.SourceChanged(ctx, tx, p.doc, translate.Document{Kind: "leaflet", Lang: "en", Text: text})
	}))
}

func (p *portal) path(rest string) string { return "/translate/" + p.doc.String() + rest }

// answer is what came back.
type answer struct {
	status   int
	to, body string
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
	must(t, err)
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	must(t, err)
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
	for _, bad := range []string{" style=", "<style", " onclick", "[translate.", "[error.", "no value"} {
		if strings.Contains(body, bad) {
			t.Errorf("%s: the page holds %q", where, bad)
		}
	}
	if !strings.Contains(body, "<title>Translations</title>") {
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

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
