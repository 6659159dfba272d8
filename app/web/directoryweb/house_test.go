package directoryweb_test

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

	"portico/app/directory"
	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
	"portico/app/web/directoryweb"
	"portico/app/web/request"
	"portico/app/web/static"
	"portico/content"
)

// house is the directory with everything that is shipped, behind the least its pages need.
type house struct {
	app  *fiber.App
	kit  *request.Kit
	db   *storetest.DB
	dir  *directory.Service
	next *person // who asks
}

// person is somebody with a language and the form that she sends.
type person struct {
	t       *testing.T
	h       *house
	actor   member.Actor
	lang    string
	oldForm bool
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
	h := &house{db: db, dir: directory.New(db.Store)}
	entries, err := content.Directory()
	if err != nil {
		t.Fatal(err)
	}
	if err := h.dir.Load(context.Background(), entries); err != nil {
		t.Fatal(err)
	}
	h.kit = &request.Kit{Bundle: bundle, Static: files, Server: db.Server, Clock: db.Store.Clock}
	h.kit.Config.Lang, h.kit.Config.PlainCookie, h.kit.Config.Country = "en", true, "IT"
	h.app = fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell})
	h.app.Use(h.person)
	a := directoryweb.New(h.kit, h.dir)
	get, post := h.app.Get, h.app.Post
	get("/directory", a.List)
	post("/directory", a.ListPosted)
	get("/directory.csv", a.CSV)
	get("/directory/corrections", a.Corrections)
	post("/directory/corrections/:id", a.Settle)
	get("/directory/:id", a.Entry)
	get("/directory/:id/correct", a.CorrectForm)
	post("/directory/:id/correct", a.Correct)
	post("/directory/:id/verify", a.Verify)
	get("/directory/:id/change", a.ChangeForm)
	post("/directory/:id/change", a.Change)
	return h
}

// tell answers an error with its kind, as far as these tests ask.
func tell(c *fiber.Ctx, err error) error {
	if fault.Is(err, fault.NotFound) {
		return c.SendStatus(http.StatusNotFound)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

func (h *house) person(c *fiber.Ctx) error {
	request.SetPrinter(c, h.kit.Bundle.Printer(h.next.lang))
	request.SetActor(c, h.next.actor)
	request.SetTrusted(c, !h.next.oldForm)
	return c.Next()
}

// visitor is somebody without a key.
func (h *house) visitor(t *testing.T) *person { return &person{t: t, h: h, lang: "en"} }

// member is somebody with a key.
func (h *house) member(t *testing.T) *person {
	p := h.visitor(t)
	p.actor = member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
	return p
}

func (h *house) coordinator(t *testing.T) *person {
	p := h.member(t)
	p.actor.Role = &member.RoleActor{ID: store.NewID(), Handle: "Rowan", Roles: []member.Role{member.RoleCoordinator}}
	return p
}

// answer is what came back. Text is the page without its elements.
type answer struct {
	status int
	to     string
	kind   string
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
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
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
	a := answer{status: res.StatusCode, to: res.Header.Get("Location"), kind: res.Header.Get("Content-Type"), body: string(body)}
	a.text = strings.Join(strings.Fields(html.UnescapeString(elements.ReplaceAllString(a.body, " "))), " ")
	if strings.HasPrefix(a.kind, "text/html") {
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
	if !strings.Contains(a.body, "<title>"+p.h.kit.Bundle.Printer(p.lang).T("directory.title")+"</title>") {
		p.t.Errorf("%s: the title of the tab is not neutral", where)
	}
	for _, bad := range []string{" style=", "<style", "onclick", "[directory.", "[common.", "no value", "\x00"} {
		if strings.Contains(a.body, bad) {
			p.t.Errorf("%s: the page holds %q", where, bad)
		}
	}
}

// wants stops the test unless the answer has a status and all of these words.
func (a answer) wants(t *testing.T, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d; to %q; page: %s", a.status, status, a.to, a.text)
	}
	for _, text := range texts {
		if !strings.Contains(a.text, text) && !strings.Contains(a.body, text) {
			t.Errorf("the page does not hold %q: %s", text, a.text)
		}
	}
}

func (a answer) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.text, text) || strings.Contains(a.body, text) {
			t.Errorf("the page holds %q, and should not", text)
		}
	}
}
