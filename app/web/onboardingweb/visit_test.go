package onboardingweb_test

import (
	"context"
	"testing"

	"github.com/gofiber/fiber/v2"
	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/store"
	"portico/app/web/onboardingweb"
	"portico/app/web/webtest"
)

// portal is the area's handlers on a fresh database.
type portal struct {
	*webtest.House
	in     *onboarding.Service
	places *places
	boss   member.Actor
	peer   member.Actor
	org    store.ID
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
	p := &portal{House: webtest.Open(t), org: store.NewID()}
	p.Keyless = true
	p.places = &places{onboarding.Organisation{ID: p.org, Name: "The lantern", Mode: "membership"}, map[store.ID]bool{}}
	webtest.Must(t, p.DB.DB.Exec("INSERT INTO organisations (id, name, mode) VALUES (?, 'The lantern', 'membership')", p.org).Error)
	p.in = onboarding.New(p.Store, p.Members, p.places, house{})
	p.boss = p.FirstAdmin(t).Actor
	p.peer = p.hire(t, "lampione")
	p.routes(onboardingweb.New(p.Kit, p.in))
	return p
}

func (p *portal) routes(a *onboardingweb.Area) {
	for path, h := range map[string]fiber.Handler{
		"/join-us": a.Organisations, "/join-us/:id": a.Organisation, "/join-us/:id/interest": a.InterestForm, "/my-path": a.Mine, "/my-path/rules": a.Rules,
		"/my-path/stop": a.StopForm, "/team/joining": a.Team, "/team/joining/pages/:id": a.Edit, "/team/joining/:id": a.Path, "/work/joining": a.Asked,
		"/work/joining/enter": a.EnterForm, "/work/joining/steps/:id": a.Step, "/work/joining/votes/:id": a.Vote, "/work/titles": a.Titles,
		"/work/leave": a.LeaveForm, "/work/farewells": a.Farewells,
	} {
		p.App.Get(path, h)
	}
	for path, h := range map[string]fiber.Handler{
		"/join-us/:id/interest/:form": a.Interest, "/my-path/read": a.Read, "/my-path/rules": a.SignRules, "/my-path/write/:form": a.Write,
		"/my-path/stop": a.Stop, "/my-path/appeal/:form": a.Appeal, "/team/joining/pages/:id/open": a.SaveOpen, "/team/joining/pages/:id/text": a.SaveText,
		"/team/joining/pages/:id/criteria": a.SaveCriteria, "/team/joining/:id/plan": a.Plan, "/team/joining/:id/finish": a.Finish, "/team/joining/:id/vote": a.OpenVote,
		"/team/joining/:id/write/:form": a.Answer, "/team/joining/:id/link": a.NewLink, "/work/joining/steps/:id/finish": a.FinishStep,
		"/work/joining/votes/:id": a.Cast, "/work/joining/votes/:id/aside": a.StepAside, "/work/joining/enter/:form": a.Enter,
		"/work/titles/propose/:form": a.Propose, "/work/leave/:form": a.Leave,
	} {
		p.App.Post(path, h)
	}
}

// hire is a peer who works at the organisation.
func (p *portal) hire(t *testing.T, handle string) member.Actor {
	t.Helper()
	who := p.Hire(t, handle, member.RolePeer)
	p.places.at[who.Role.ID] = true
	return who
}
