package payrollweb_test

import (
	"testing"

	"portico/app/member"
	"portico/app/payroll"
	"portico/app/web/payrollweb"
	"portico/app/web/webtest"
)

// portal is the area's handlers on a fresh database.
type portal struct {
	*webtest.House
	work               *payroll.Service
	boss, second, peer member.Actor // two coordinators, of whom the second is a peer as well
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t)}
	p.Titles, p.Lists = []string{"My work", "People here"}, []string{"source", "consent"}
	p.work = payroll.New(p.Store, p.Members)
	p.boss = p.FirstAdmin(t).Actor
	p.second = p.Hire(t, "bussola", member.RoleCoordinator, member.RolePeer)
	p.peer = p.Hire(t, "lampione", member.RolePeer)
	p.routes(payrollweb.New(p.Kit, p.work))
	return p
}

func (p *portal) routes(a *payrollweb.Area) {
	p.App.Get("/work/payroll", a.Mine)
	p.App.Post("/work/payroll/keep/:form", a.Save)
	p.App.Post("/work/payroll/remove", a.Remove)
	p.App.Get("/work/team/circles/:circle", a.Desk)
	p.App.Post("/work/team/circles/:circle/take-up", a.TakeUp)
	p.App.Post("/work/team/circles/:circle/open", a.Open)
	p.App.Post("/work/team/circles/:circle/keys/:id", a.HandOn)
}
