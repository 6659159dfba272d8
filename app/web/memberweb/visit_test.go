package memberweb_test

import (
	"context"
	"testing"

	"portico/app/member"
	"portico/app/web/memberweb"
	"portico/app/web/webtest"
)

// portal is the area's handlers on a fresh database.
type portal struct{ *webtest.House }

// newPortal lets everybody join.
func newPortal(t *testing.T) *portal {
	t.Helper()
	p := &portal{webtest.Open(t)}
	p.Kit.Config.Origin = "https://walk.example"
	p.routes(memberweb.New(p.Kit))
	return p
}

// closedPortal lets only people with a code join.
func closedPortal(t *testing.T) *portal {
	t.Helper()
	p := newPortal(t)
	p.Members = member.New(p.Store, p.Server, member.Options{Salt: p.Salt})
	p.Kit.Members = p.Members
	return p
}

func (p *portal) routes(a *memberweb.Area) {
	get, post := p.App.Get, p.App.Post
	get("/join", a.JoinForm)
	post("/join", a.Join)
	get("/key", a.Key)
	get("/key/card", a.KeyCard)
	get("/key/practice", a.Practice)
	post("/key/practice", a.CheckPractice)
	get("/sign-in", a.SignInForm)
	get("/sign-in/team", a.TeamForm)
	post("/sign-in", a.SignIn)
	get("/sign-out", a.SignOutWords)
	post("/sign-out", a.SignOut)
	get("/me", a.Me)
	post("/me/label", a.Label)
	post("/me/sessions/:id/end", a.EndSession)
	get("/me/end-all", a.EndAllForm)
	post("/me/end-all", a.EndAll)
	get("/me/key", a.ChangeKeyForm)
	post("/me/key", a.ChangeKey)
	get("/me/delete", a.DeleteForm)
	post("/me/delete", a.Delete)
	get("/role/:token", a.RoleForm)
	post("/role/:token", a.TakeUpRole)
	get("/team", a.Team)
	post("/team/links", a.OfferRoles)
	get("/team/invitations", a.Invitations)
	post("/team/invitations", a.Invite)
	get("/team/invitations/:id/cards", a.InvitationCards)
	post("/team/invitations/:id/close", a.CloseInvitations)
}

// browser keeps cookies between visits; her session is one of them.
type browser struct{ *webtest.Person }

func (p *portal) visitor(t *testing.T) *browser { return &browser{p.Visitor(t)} }

// joined is a browser in its first session, with its key.
func (p *portal) joined(t *testing.T) (*browser, string) {
	t.Helper()
	b := p.visitor(t)
	if a := b.Post("/join", "adult", "1", "rules", "1", "lang", "en"); a.Status != 303 || a.To != "/key" {
		t.Fatalf("join: %d to %q, want 303 to /key", a.Status, a.To)
	}
	return b, b.actor().NewKey
}

func (b *browser) actor() member.Actor {
	b.T.Helper()
	found, err := b.House.Members.Recognise(context.Background(), b.Cookies["portico"])
	webtest.Must(b.T, err)
	return found.Actor
}
