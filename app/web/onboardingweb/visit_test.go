package onboardingweb_test

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
	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/web/onboardingweb"
	"portico/app/web/request"
	"portico/app/web/static"
)

// portal is the area's handlers on a fresh database, behind the least that they need.
type portal struct {
	*storetest.DB
	app     *fiber.App
	kit     *request.Kit
	members *member.Service
	in      *onboarding.Service
	places  *places
	who     member.Actor // who asks
	old     bool         // the form is too old
	boss    member.Actor
	peer    member.Actor
	org     store.ID
}

// places is one organisation and who works there.
type places struct {
	org onboarding.Organisation
	at  map[store.ID]bool
}

func (p *places) All(context.Context, *gorm.DB) ([]onboarding.Organisation, error) {
	return []onboarding.Organisation{p.org}, nil
}

func (p *places) Peers(context.Context, *gorm.DB, store.ID) (ids []store.ID, err error) {
	for id := range p.at {
		ids = append(ids, id)
	}
	return ids, nil
}

func (p *places) Of(_ context.Context, _ *gorm.DB, who store.ID) (store.ID, error) {
	if p.at[who] {
		return p.org.ID, nil
	}
	return store.ID{}, nil
}

func (p *places) Place(_ context.Context, _ *gorm.DB, who, _ store.ID) error {
	p.at[who] = true
	return nil
}

func (p *places) Depart(_ context.Context, _ *gorm.DB, who store.ID) error {
	delete(p.at, who)
	return nil
}

// house is the rules of the house.
type house struct{}

func (house) Now(_ context.Context, lang string) (onboarding.RuleText, error) {
	return onboarding.RuleText{Version: 2, Lang: lang, Body: "We are **kind**."}, nil
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{DB: storetest.New(t), app: fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell}), org: store.NewID()}
	bundle, err := i18n.Load()
	must(t, err)
	files, err := static.Load()
	must(t, err)
	p.members = member.New(p.Store, p.Server, member.Options{Salt: p.Salt, OpenJoin: true})
	p.kit = &request.Kit{Bundle: bundle, Static: files, Members: p.members, Server: p.Server, Clock: p.Clock}
	p.kit.Config.PlainCookie = true
	p.places = &places{onboarding.Organisation{ID: p.org, Name: "The lantern", Mode: "membership"}, map[store.ID]bool{}}
	must(t, p.DB.DB.Exec("INSERT INTO organisations (id, name, mode) VALUES (?, 'The lantern', 'membership')", p.org).Error)
	p.in = onboarding.New(p.Store, p.members, p.places, house{})
	p.boss = p.takeUp(t, "keystone", p.members.OfferFirstAdmin)
	p.peer = p.hire(t, "lampione")
	p.routes(onboardingweb.New(p.kit, p.in))
	return p
}

func (p *portal) routes(a *onboardingweb.Area) {
	p.app.Use(func(c *fiber.Ctx) error {
		request.SetPrinter(c, p.kit.Bundle.Printer("en"))
		if p.who.SignedIn() {
			request.SetActor(c, p.who)
		}
		request.SetTrusted(c, !p.old)
		return c.Next()
	})
	for path, h := range map[string]fiber.Handler{
		"/join-us": a.Organisations, "/join-us/:id": a.Organisation, "/join-us/:id/interest": a.InterestForm, "/my-path": a.Mine, "/my-path/rules": a.Rules,
		"/my-path/stop": a.StopForm, "/team/joining": a.Team, "/team/joining/pages/:id": a.Edit, "/team/joining/:id": a.Path, "/work/joining": a.Asked,
		"/work/joining/enter": a.EnterForm, "/work/joining/steps/:id": a.Step, "/work/joining/votes/:id": a.Vote, "/work/titles": a.Titles,
		"/work/leave": a.LeaveForm, "/work/farewells": a.Farewells,
	} {
		p.app.Get(path, h)
	}
	for path, h := range map[string]fiber.Handler{
		"/join-us/:id/interest/:form": a.Interest, "/my-path/read": a.Read, "/my-path/rules": a.SignRules, "/my-path/write/:form": a.Write,
		"/my-path/stop": a.Stop, "/my-path/appeal/:form": a.Appeal, "/team/joining/pages/:id/open": a.SaveOpen, "/team/joining/pages/:id/text": a.SaveText,
		"/team/joining/pages/:id/criteria": a.SaveCriteria, "/team/joining/:id/plan": a.Plan, "/team/joining/:id/finish": a.Finish, "/team/joining/:id/vote": a.OpenVote,
		"/team/joining/:id/write/:form": a.Answer, "/team/joining/:id/link": a.NewLink, "/work/joining/steps/:id/finish": a.FinishStep,
		"/work/joining/votes/:id": a.Cast, "/work/joining/votes/:id/aside": a.StepAside, "/work/joining/enter/:form": a.Enter,
		"/work/titles/propose/:form": a.Propose, "/work/leave/:form": a.Leave,
	} {
		p.app.Post(path, h)
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
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (p *portal) hire(t *testing.T, handle string) member.Actor {
	t.Helper()
	who := p.takeUp(t, handle, func(ctx context.Context) (string, error) {
		return p.members.OfferRoles(ctx, p.boss, []member.Role{member.RolePeer})
	})
	p.places.at[who.Role.ID] = true
	return who
}

func (p *portal) takeUp(t *testing.T, handle string, offer func(context.Context) (string, error)) member.Actor {
	t.Helper()
	ctx := context.Background()
	token, err := offer(ctx)
	must(t, err)
	shown, err := p.members.ReadLink(ctx, token, "Portico")
	must(t, err)
	code, err := totp.GenerateCode(shown.Factor, p.Time.Now())
	must(t, err)
	opened, err := p.members.TakeUp(ctx, token, member.RoleForm{Handle: handle, Passphrase: shown.Passphrase, Code: code, Ticket: shown.Ticket})
	must(t, err)
	return opened.Actor
}

// answer is what a request got.
type answer struct {
	status   int
	to, body string
}

func (p *portal) send(t *testing.T, req *http.Request) answer {
	t.Helper()
	resp, err := p.app.Test(req, -1)
	must(t, err)
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	must(t, err)
	return answer{resp.StatusCode, resp.Header.Get("Location"), string(raw)}
}

func (p *portal) get(t *testing.T, path string) answer {
	t.Helper()
	return p.send(t, httptest.NewRequest(http.MethodGet, path, nil))
}

func (p *portal) post(t *testing.T, path string, pairs ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	req := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return p.send(t, req)
}

func wants(t *testing.T, body string, words ...string) {
	t.Helper()
	for _, w := range words {
		if !strings.Contains(body, w) {
			t.Errorf("the page lacks %q", w)
		}
	}
}

func wantsNot(t *testing.T, body string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(body, w) {
			t.Errorf("the page shows %q", w)
		}
	}
}
