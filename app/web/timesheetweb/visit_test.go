package timesheetweb_test

import (
	"context"
	"testing"

	"github.com/shopspring/decimal"

	"portico/app/member"
	"portico/app/store"
	"portico/app/timesheet"
	"portico/app/web/timesheetweb"
	"portico/app/web/webtest"
)

// portal is the area's handlers on a fresh database.
type portal struct {
	*webtest.House
	work               *timesheet.Service
	boss, second, peer member.Actor // two coordinators, of whom the second is a peer as well
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t)}
	p.Titles, p.Lists = []string{"My work"}, []string{"source"}
	p.work = timesheet.New(p.Store, contracts{}, hours{})
	p.boss = p.FirstAdmin(t).Actor
	p.second = p.Hire(t, "bussola", member.RoleCoordinator, member.RolePeer)
	p.peer = p.Hire(t, "lampione", member.RolePeer)
	p.routes(timesheetweb.New(p.Kit, p.work))
	return p
}

func (p *portal) routes(a *timesheetweb.Area) {
	p.App.Get("/work", a.Week)
	p.App.Get("/work/statement", a.Statement)
	p.App.Get("/work/weeks/:id", a.WeekAt)
	p.App.Get("/work/weeks/:id/statement", a.WeekStatement)
	p.App.Post("/work/weeks/:id/lines", a.AddLine)
	p.App.Get("/work/weeks/:id/lines/:line", a.Line)
	p.App.Post("/work/weeks/:id/lines/:line/remove", a.RemoveLine)
	p.App.Post("/work/weeks/:id/lines/:line/accept", a.Accept)
	p.App.Post("/work/weeks/:id/lines/:line/dispute", a.Dispute)
	p.App.Post("/work/weeks/:id/take", a.Take)
	p.App.Post("/work/weeks/:id/close", a.Close)
	p.App.Post("/work/weeks/:id/reopen", a.Reopen)
	p.App.Get("/work/team/weeks", a.Team)
	p.App.Get("/work/team/weeks/:id", a.TeamWeek)
	p.App.Post("/work/team/weeks/:id/approve", a.Approve)
	p.App.Post("/work/team/weeks/:id/pay", a.Pay)
	p.App.Get("/work/team/weeks/:id/lines/:line", a.TeamLine)
	p.App.Post("/work/team/weeks/:id/lines/:line/decide", a.Decide)
	p.App.Post("/work/team/weeks/:id/lines/:line/settle", a.Settle)
	p.App.Get("/work/team/months/:id", a.Month)
	p.App.Post("/work/team/months/:id/lock", a.Lock)
	p.App.Post("/work/team/months/:id/unlock", a.Unlock)
	p.App.Get("/work/team/pay.csv", a.PayCSV)
}

// hours is an area that proposes an hour of supervision to everybody in every week.
type hours struct{}

func (hours) Proposals(_ context.Context, _ store.ID, from, _ string) ([]timesheet.Proposal, error) {
	return []timesheet.Proposal{{Source: "supervision/" + from, Day: from, Kind: "supervision", Minutes: 60}}, nil
}

// contracts is an area in which everybody has a contract by the hour.
type contracts struct{}

func (contracts) TermsOn(_ context.Context, _ member.Actor, _ store.ID, days []string) (map[string]timesheet.Terms, error) {
	terms := map[string]timesheet.Terms{}
	for _, day := range days {
		terms[day] = timesheet.Terms{Kind: "fixed", Unit: "hour", Amount: decimal.RequireFromString("14.55"), Currency: "EUR"}
	}
	return terms, nil
}
