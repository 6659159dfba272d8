package peerworkweb_test

import (
	"testing"

	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/web/peerworkweb"
	"portico/app/web/webtest"
)

// portal is the area's handlers on a fresh database.
type portal struct {
	*webtest.House
	work               *peerwork.Service
	boss, second, peer member.Actor // two coordinators, of whom the second is a peer as well
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t)}
	p.Titles, p.Lists = []string{"My work", "People here"}, []string{"source", "consent"}
	p.work = peerwork.New(p.Store)
	p.boss = p.FirstAdmin(t).Actor
	p.second = p.Hire(t, "bussola", member.RoleCoordinator, member.RolePeer)
	p.peer = p.Hire(t, "lampione", member.RolePeer)
	p.routes(peerworkweb.New(p.Kit, p.work))
	return p
}

func (p *portal) routes(a *peerworkweb.Area) {
	p.App.Get("/peers", a.Seen)
	p.App.Get("/work/contract", a.Contract)
	p.App.Get("/work/profile", a.Profile)
	p.App.Post("/work/profile/ask", a.AskToBeShown)
	p.App.Post("/work/profile/hide", a.Hide)
	p.App.Post("/work/profile/low", a.LowProfile)
	p.App.Post("/work/profile/withdraw", a.Withdraw)
	p.App.Post("/work/profile/:form", a.SaveProfile)
	p.App.Get("/work/risk", a.MyRisk)
	p.App.Post("/work/risk/:id", a.Assess)
	p.App.Get("/work/team", a.Team)
	p.App.Post("/work/team/organisations", a.AddOrganisation)
	p.App.Get("/work/team/people/:id", a.Person)
	p.App.Get("/work/team/people/:id/risk", a.RiskOf)
	p.App.Post("/work/team/people/:id/contract", a.SaveContract)
	p.App.Get("/work/contract/texts/:id", a.Text)
	p.App.Get("/work/contract/texts/:id/print", a.PrintText)
	p.App.Get("/work/contract/texts/:id/parts/:part", a.Part)
	p.App.Post("/work/contract/texts/:id/parts/:part/explained", a.Explain)
	p.App.Post("/work/contract/texts/:id/parts/:part/question", a.AskAbout)
	p.App.Get("/work/team/contracts/:id/text", a.TextForm)
	p.App.Post("/work/team/contracts/:id/text", a.SaveText)
	p.App.Get("/work/team/texts/:id", a.Text)
	p.App.Post("/work/team/texts/:id/answers/:question", a.Answer)
	p.App.Post("/work/team/people/:id/show", a.Show)
	p.App.Post("/work/team/people/:id/not-now", a.NotNow)
	p.App.Post("/work/team/people/:id/organisation", a.Place)
}
