package supervisionweb_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/pquerna/otp/totp"

	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/static"
	"portico/app/web/supervisionweb"
)

// portal is the area's handlers on a fresh database, behind the least that they need.
type portal struct {
	*storetest.DB
	app                           *fiber.App
	kit                           *request.Kit
	members                       *member.Service
	sup                           *supervision.Service
	who                           member.Actor // who asks
	old                           bool         // the form is too old
	coordinator, peer, supervisor member.Actor
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
	p.sup = supervision.New(p.Store)
	p.coordinator = p.takeUp(t, "keystone", p.members.OfferFirstAdmin)
	p.peer = p.hire(t, "lampione", member.RolePeer)
	p.supervisor = p.hire(t, "girasole", member.RoleSupervisor)
	p.routes(supervisionweb.New(p.kit, p.sup, thoughts{}))
	return p
}

func (p *portal) routes(a *supervisionweb.Area) {
	p.app.Use(func(c *fiber.Ctx) error {
		request.SetPrinter(c, p.kit.Bundle.Printer("en"))
		if p.who.SignedIn() {
			request.SetActor(c, p.who)
		}
		request.SetTrusted(c, p.who.SignedIn() && !p.old)
		return c.Next()
	})
	p.app.Get("/supervision", a.List)
	p.app.Get("/supervision/new", a.ProposeForm)
	p.app.Post("/supervision/new/:form", a.Propose)
	p.app.Get("/supervision/bring/:module", a.Bring)
	p.app.Get("/supervision/overview", a.Overview)
	p.app.Get("/supervision/entries/:id", a.Entry)
	p.app.Get("/supervision/entries/:id/edit", a.EditForm)
	p.app.Post("/supervision/entries/:id/edit", a.Edit)
	p.app.Post("/supervision/entries/:id/sign", a.Sign)
	p.app.Post("/supervision/entries/:id/mine", a.Reflect)
	p.app.Post("/supervision/actions/:id/done", a.Done)
	p.app.Get("/supervision/:id", a.Relation)
	p.app.Post("/supervision/:id/accept", a.Accept)
	p.app.Post("/supervision/:id/refuse", a.Refuse)
	p.app.Get("/supervision/:id/end", a.EndForm)
	p.app.Post("/supervision/:id/end", a.End)
	p.app.Post("/supervision/:id/plan", a.Plan)
	p.app.Get("/supervision/:id/calendar", a.Calendar)
	p.app.Get("/supervision/:id/write", a.WriteForm)
	p.app.Post("/supervision/:id/entries", a.Write)
	p.severalRoutes(a)
}

// severalRoutes are the pages of groups, and of a change of supervisor.
func (p *portal) severalRoutes(a *supervisionweb.Area) {
	p.app.Post("/supervision/entries/:id/minutes", a.EditMinutes)
	p.app.Post("/supervision/entries/:id/choice", a.Choose)
	p.app.Post("/supervision/:id/minutes", a.WriteMinutes)
	p.app.Post("/supervision/:id/review", a.Review)
	p.app.Get("/supervision/:id/invite", a.InviteForm)
	p.app.Post("/supervision/:id/invite", a.Invite)
	p.app.Get("/supervision/:id/leave", a.LeaveForm)
	p.app.Post("/supervision/:id/leave", a.Leave)
	p.app.Get("/supervision/:id/change", a.ChangeForm)
	p.app.Post("/supervision/:id/change", a.Change)
	p.app.Get("/supervision/:id/share", a.ShareForm)
	p.app.Post("/supervision/:id/share", a.Share)
	p.app.Get("/supervision/:id/readers", a.Readers)
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
	return p.takeUp(t, handle, func(ctx context.Context) (string, error) { return p.members.OfferRoles(ctx, p.coordinator, roles) })
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

// running makes an open relation and returns its path.
func (p *portal) running(t *testing.T) string {
	t.Helper()
	ctx := context.Background()
	made, err := p.sup.Propose(ctx, p.supervisor, supervision.ProposalForm{
		Peers: []store.ID{p.peer.Role.ID}, Supervisors: []store.ID{p.supervisor.Role.ID}, Kind: "individual", CadenceDays: 14, Agreement: "Every two weeks.",
	})
	if err == nil {
		err = p.sup.Accept(ctx, p.peer, made.ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	return "/supervision/" + made.ID.String()
}

// written makes an entry in a relation and returns its path.
func (p *portal) written(t *testing.T, relation string) string {
	t.Helper()
	p.who = p.peer
	a := p.post(t, relation+"/entries", p.entry()...)
	if a.status != 303 || !strings.HasPrefix(a.to, "/supervision/entries/") {
		t.Fatalf("write: %d to %q %s", a.status, a.to, a.body)
	}
	if _, ok := store.ParseID(strings.TrimPrefix(a.to, "/supervision/entries/")); !ok {
		t.Fatalf("led to %q", a.to)
	}
	return a.to
}

// entry is a filled form.
func (p *portal) entry(more ...string) []string {
	return append([]string{
		"nonce", "one", "day", p.Today(), "minutes", "٥٠", "mode", "phone", "topics", "pay", "topics", "boundary",
		"worked", "The calm <b>questions</b>.\r\n\r\nAll of them.", "hard", "The late hour.", "wellbeing", "3",
		"what1", "Ask about the rota.", "owner1", "organisation", "due1", p.DayAfter(7), "next", p.DayAfter(14),
	}, more...)
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
		if slices.Contains([]string{"topics", "peer", "present", "entries"}, fields[i]) {
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
	for _, bad := range []string{" style=", "<style", " onclick", "[supervision.", "[rule.", "[error.", "[nav.", "no value"} {
		if strings.Contains(body, bad) {
			t.Errorf("%s: the page holds %q", where, bad)
		}
	}
	if !strings.Contains(body, "<title>My work</title>") {
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

// thoughts are what the peer wrote while she learned.
type thoughts struct{}

func (thoughts) Reflection(_ context.Context, who member.Actor, module string) (string, error) {
	if !who.SignedIn() || module != "listening" {
		return "", fault.New(fault.NotFound, "error.missing")
	}
	return "A silence of peas", nil
}
