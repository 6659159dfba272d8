package supervisionweb_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/supervisionweb"
	"portico/app/web/webtest"
)

// portal is the area's handlers on a fresh database.
type portal struct {
	*webtest.House
	sup                           *supervision.Service
	coordinator, peer, supervisor member.Actor
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t)}
	p.Titles, p.Lists = []string{"My work"}, []string{"topics", "peer", "present", "entries"}
	p.sup = supervision.New(p.Store)
	p.coordinator = p.FirstAdmin(t).Actor
	p.peer = p.Hire(t, "lampione", member.RolePeer)
	p.supervisor = p.Hire(t, "girasole", member.RoleSupervisor)
	p.routes(supervisionweb.New(p.Kit, p.sup, thoughts{}))
	return p
}

func (p *portal) routes(a *supervisionweb.Area) {
	p.App.Get("/supervision", a.List)
	p.App.Get("/supervision/new", a.ProposeForm)
	p.App.Post("/supervision/new/:form", a.Propose)
	p.App.Get("/supervision/bring/:module", a.Bring)
	p.App.Get("/supervision/overview", a.Overview)
	p.App.Get("/supervision/entries/:id", a.Entry)
	p.App.Get("/supervision/entries/:id/edit", a.EditForm)
	p.App.Post("/supervision/entries/:id/edit", a.Edit)
	p.App.Post("/supervision/entries/:id/sign", a.Sign)
	p.App.Post("/supervision/entries/:id/mine", a.Reflect)
	p.App.Post("/supervision/actions/:id/done", a.Done)
	p.App.Get("/supervision/:id", a.Relation)
	p.App.Post("/supervision/:id/accept", a.Accept)
	p.App.Post("/supervision/:id/refuse", a.Refuse)
	p.App.Get("/supervision/:id/end", a.EndForm)
	p.App.Post("/supervision/:id/end", a.End)
	p.App.Post("/supervision/:id/plan", a.Plan)
	p.App.Get("/supervision/:id/calendar", a.Calendar)
	p.App.Get("/supervision/:id/write", a.WriteForm)
	p.App.Post("/supervision/:id/entries", a.Write)
	p.severalRoutes(a)
}

// severalRoutes are the pages of groups, and of a change of supervisor.
func (p *portal) severalRoutes(a *supervisionweb.Area) {
	p.App.Post("/supervision/entries/:id/minutes", a.EditMinutes)
	p.App.Post("/supervision/entries/:id/choice", a.Choose)
	p.App.Post("/supervision/:id/minutes", a.WriteMinutes)
	p.App.Post("/supervision/:id/review", a.Review)
	p.App.Get("/supervision/:id/invite", a.InviteForm)
	p.App.Post("/supervision/:id/invite", a.Invite)
	p.App.Get("/supervision/:id/leave", a.LeaveForm)
	p.App.Post("/supervision/:id/leave", a.Leave)
	p.App.Get("/supervision/:id/change", a.ChangeForm)
	p.App.Post("/supervision/:id/change", a.Change)
	p.App.Get("/supervision/:id/share", a.ShareForm)
	p.App.Post("/supervision/:id/share", a.Share)
	p.App.Get("/supervision/:id/readers", a.Readers)
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
	p.Who = p.peer
	a := p.Post(t, relation+"/entries", p.entry()...)
	if a.Status != 303 || !strings.HasPrefix(a.To, "/supervision/entries/") {
		t.Fatalf("write: %d to %q %s", a.Status, a.To, a.Body)
	}
	if _, ok := store.ParseID(strings.TrimPrefix(a.To, "/supervision/entries/")); !ok {
		t.Fatalf("led to %q", a.To)
	}
	return a.To
}

// entry is a filled form.
func (p *portal) entry(more ...string) []string {
	return append([]string{
		"nonce", "one", "day", p.Today(), "minutes", "٥٠", "mode", "phone", "topics", "pay", "topics", "boundary",
		"worked", "The calm <b>questions</b>.\r\n\r\nAll of them.", "hard", "The late hour.", "wellbeing", "3",
		"what1", "Ask about the rota.", "owner1", "organisation", "due1", p.DayAfter(7), "next", p.DayAfter(14),
	}, more...)
}

// thoughts are what the peer wrote while she learned.
type thoughts struct{}

func (thoughts) Reflection(_ context.Context, who member.Actor, module string) (string, error) {
	if !who.SignedIn() || module != "listening" {
		return "", fault.New(fault.NotFound, "error.missing")
	}
	return "A silence of peas", nil
}
