package careerweb_test

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

	"portico/app/career"
	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/store/storetest"
	"portico/app/web/careerweb"
	"portico/app/web/request"
	"portico/app/web/static"
)

// portal is the area's handlers on a fresh database, behind the least that they need.
type portal struct {
	*storetest.DB
	app               *fiber.App
	kit               *request.Kit
	members           *member.Service
	path              *career.Service
	who               member.Actor // who asks
	old               bool         // the form is too old
	boss, peer, outer member.Actor
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
	p.path = career.New(p.Store)
	p.boss = p.takeUp(t, "keystone", p.members.OfferFirstAdmin)
	hire := func(handle string, role member.Role) member.Actor {
		return p.takeUp(t, handle, func(ctx context.Context) (string, error) {
			return p.members.OfferRoles(ctx, p.boss, []member.Role{role})
		})
	}
	p.peer, p.outer = hire("lampione", member.RolePeer), hire("traghetto", member.RoleSupervisor)
	p.routes(careerweb.New(p.kit, p.path))
	return p
}

func (p *portal) routes(a *careerweb.Area) {
	p.app.Use(func(c *fiber.Ctx) error {
		request.SetPrinter(c, p.kit.Bundle.Printer("en"))
		if p.who.SignedIn() {
			request.SetActor(c, p.who)
		}
		request.SetTrusted(c, p.who.SignedIn() && !p.old)
		return c.Next()
	})
	p.app.Get("/work/career", a.Path)
	p.app.Post("/work/career/plan/:form", a.Plan)
	p.app.Get("/work/career/talks/:id", a.Talk)
	p.app.Post("/work/career/talks/:id/note", a.Note)
	p.app.Post("/work/career/talks/:id/answer", a.Answer)
	p.app.Post("/work/career/skills/:form", a.SaveSkill)
	p.app.Get("/work/career/outside", a.Outside)
	p.app.Post("/work/career/outside/:form", a.Write)
	p.app.Get("/work/career/outside/:id", a.OneNote)
	p.app.Post("/work/career/outside/:id/step-back", a.StepBack)
	p.app.Get("/work/career/notes", a.Inbox)
	p.app.Get("/work/career/notes/:id", a.ForContact)
	p.app.Post("/work/career/notes/:id/more", a.Respond)
	p.app.Get("/work/team/career", a.Team)
	p.app.Post("/work/team/career/steps/:form", a.TakeStep)
	p.app.Post("/work/team/career/contacts", a.NameContact)
}

// tell answers an error with its kind, as far as these tests ask.
func tell(c *fiber.Ctx, err error) error {
	if fault.KindOf(err) == fault.NotFound {
		return c.SendStatus(http.StatusNotFound)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
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
	status   int
	to, body string
}

// ask opens a page, or sends a form of names and values in turn.
func (p *portal) ask(t *testing.T, who member.Actor, path string, fields ...string) answer {
	t.Helper()
	p.who = who
	method, form := http.MethodGet, url.Values{}
	if len(fields) > 0 {
		method = http.MethodPost
	}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
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
		for _, bad := range []string{" style=", "<style", " onclick", "[career.", "[peerwork.", "no value"} {
			if strings.Contains(a.body, bad) {
				t.Errorf("%s %s: the page holds %q", method, path, bad)
			}
		}
		if n := strings.Count(a.body, "<h1"); n != 1 || !strings.Contains(a.body, "<title>My work</title>") {
			t.Errorf("%s %s: %d first headings, or no neutral title", method, path, n)
		}
	}
	return a
}

func (a answer) wants(t *testing.T, what string, status int, words ...string) {
	t.Helper()
	if a.status != status {
		t.Errorf("%s: status %d; want %d", what, a.status, status)
	}
	for _, w := range words {
		if !strings.Contains(a.body, w) {
			t.Errorf("%s: the page does not hold %q", what, w)
		}
	}
}

func TestAPathOnThePages(t *testing.T) {
	p := open(t)
	p.ask(t, p.peer, "/work/career").wants(t, "her path", 200, "The six-month talk", "The next one is due by", "What I can do")
	p.ask(t, p.peer, "/work/career/skills/one", "skill", "Calm", "kind", "soft", "evidence", "Three winters", "reader", p.outer.Role.ID.String()).wants(t, "a skill", 303)
	p.ask(t, p.outer, "/work/career").wants(t, "whom she named", 200, "Calm", "Three winters", "lampione")
	if a := p.ask(t, p.boss, "/work/career"); strings.Contains(a.body, "Three winters") {
		t.Error("a coordinator reads a skill that is not for her")
	}
	p.ask(t, p.peer, "/work/career/skills/two", "skill", "", "kind", "soft", "evidence", "Kept words").wants(t, "a bad skill", 422, "Kept words", "Write in a few words")
	p.ask(t, p.peer, "/work/career/plan/three", "with", p.outer.Role.ID.String(), "day", p.Today(), "agenda", "Pay").wants(t, "a talk", 303)
	talks, err := p.path.Talks(context.Background(), p.peer)
	if err != nil || len(talks) != 1 {
		t.Fatal(len(talks), err)
	}
	path := "/work/career/talks/" + talks[0].ID.String()
	p.ask(t, p.outer, path+"/note", "day", p.Today(), "there", "Two", "steps", "More hours").wants(t, "the other one's notes", 303)
	p.ask(t, p.peer, path).wants(t, "her question", 200, "More hours", "Yes, it took place")
	p.ask(t, p.boss, path).wants(t, "a coordinator at the talk", 404)
	p.ask(t, p.peer, path+"/answer", "held", "yes").wants(t, "her yes", 303)
	p.ask(t, p.boss, "/work/team/career/steps/new", "account", p.peer.Role.ID.String(), "step", "mentor", "day", p.Today(), "promise", "An hour").wants(t, "a step", 303)
	p.ask(t, p.boss, "/work/team/career").wants(t, "the team", 200, "lampione", "mentor", "No contact is named")
	p.ask(t, p.peer, "/work/team/career").wants(t, "a peer at the team", 404)
	p.ask(t, p.peer, "/work/career").wants(t, "her step", 200, "An hour", "It was kept")
}

func TestANoteOutsideOnThePages(t *testing.T) {
	p := open(t)
	p.ask(t, p.peer, "/work/career/outside").wants(t, "without a contact", 200, "Nobody is named yet")
	p.ask(t, p.boss, "/work/team/career/contacts", "handle", "keystone", "organisation", "Us").wants(t, "a coordinator as contact", 422, "cannot be a contact", "Us")
	p.ask(t, p.boss, "/work/team/career/contacts", "handle", "traghetto", "organisation", "Elsewhere").wants(t, "a contact", 303)
	sent := p.ask(t, p.peer, "/work/career/outside/one", "contact", p.outer.Role.ID.String(), "words", "The walnut table")
	sent.wants(t, "a note", 303)
	id := sent.to[strings.LastIndex(sent.to, "/")+1:]
	p.ask(t, p.peer, "/work/career/outside/"+id).wants(t, "her note", 200, "The walnut table", "Step back and shred it")
	p.ask(t, p.outer, "/work/career/notes").wants(t, "the inbox", 200, "lampione", "waits for you")
	p.ask(t, p.outer, "/work/career/notes/"+id+"/more", "words", "I hear you", "nonce", "n").wants(t, "an answer", 303)
	for name, who := range map[string]member.Actor{"a coordinator": p.boss, "the contact as herself": p.outer} {
		p.ask(t, who, "/work/career/outside/"+id).wants(t, name, 404)
	}
	for _, path := range []string{"/work/career/notes", "/work/career/notes/" + id} {
		p.ask(t, p.boss, path).wants(t, "a coordinator at "+path, 404)
	}
	if a := p.ask(t, p.boss, "/work/team/career"); strings.Contains(a.body, "walnut") || strings.Contains(a.body, id) {
		t.Error("the coordinator's page knows of the note")
	}
	p.ask(t, p.peer, "/work/career/outside/"+id+"/step-back", "x", "y").wants(t, "stepping back", 303)
	p.ask(t, p.outer, "/work/career/notes/"+id).wants(t, "the contact afterwards", 404)
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	for path, field := range map[string]string{
		"/work/career/skills/one": "evidence", "/work/career/plan/one": "agenda", "/work/career/outside/one": "words",
		"/work/career/notes/aaaaaaaaaaaaaaaaaaaaaaaaaa/more": "words", "/work/career/talks/aaaaaaaaaaaaaaaaaaaaaaaaaa/note": "steps", "/work/team/career/steps/new": "promise",
	} {
		p.ask(t, member.Actor{}, path, field, "Long and careful words").wants(t, path+" signed out", 401, "Long and careful words")
	}
	p.old = true
	p.ask(t, p.peer, "/work/career/skills/one", "skill", "Careful words", "kind", "soft").wants(t, "an old form", 409, "Careful words")
}
