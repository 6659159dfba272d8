package careerweb_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/career"
	"portico/app/member"
	"portico/app/web/careerweb"
	"portico/app/web/webtest"
)

// portal is the area's handlers on a fresh database.
type portal struct {
	*webtest.House
	path              *career.Service
	boss, peer, outer member.Actor
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t)}
	p.Titles = []string{"My work"}
	p.path = career.New(p.Store)
	p.boss = p.FirstAdmin(t).Actor
	p.peer, p.outer = p.Hire(t, "lampione", member.RolePeer), p.Hire(t, "traghetto", member.RoleSupervisor)
	p.routes(careerweb.New(p.Kit, p.path))
	return p
}

func (p *portal) routes(a *careerweb.Area) {
	p.App.Get("/work/career", a.Path)
	p.App.Post("/work/career/plan/:form", a.Plan)
	p.App.Get("/work/career/talks/:id", a.Talk)
	p.App.Post("/work/career/talks/:id/note", a.Note)
	p.App.Post("/work/career/talks/:id/answer", a.Answer)
	p.App.Post("/work/career/skills/:form", a.SaveSkill)
	p.App.Get("/work/career/outside", a.Outside)
	p.App.Post("/work/career/outside/:form", a.Write)
	p.App.Get("/work/career/outside/:id", a.OneNote)
	p.App.Post("/work/career/outside/:id/step-back", a.StepBack)
	p.App.Get("/work/career/notes", a.Inbox)
	p.App.Get("/work/career/notes/:id", a.ForContact)
	p.App.Post("/work/career/notes/:id/more", a.Respond)
	p.App.Get("/work/team/career", a.Team)
	p.App.Post("/work/team/career/steps/:form", a.TakeStep)
	p.App.Post("/work/team/career/contacts", a.NameContact)
}

// answer is what came back; its words are looked for under a name.
type answer struct{ webtest.Answer }

// ask opens a page, or sends a form of names and values in turn.
func (p *portal) ask(t *testing.T, who member.Actor, path string, fields ...string) answer {
	t.Helper()
	p.Who = who
	if len(fields) == 0 {
		return answer{p.Get(t, path)}
	}
	return answer{p.Post(t, path, fields...)}
}

func (a answer) wants(t *testing.T, what string, status int, words ...string) {
	t.Helper()
	if a.Status != status {
		t.Errorf("%s: status %d; want %d", what, a.Status, status)
	}
	for _, w := range words {
		if !strings.Contains(a.Body, w) {
			t.Errorf("%s: the page does not hold %q", what, w)
		}
	}
}

func TestAPathOnThePages(t *testing.T) {
	p := open(t)
	p.ask(t, p.peer, "/work/career").wants(t, "her path", 200, "The six-month talk", "The next one is due by", "What I can do")
	p.ask(t, p.peer, "/work/career/skills/one", "skill", "Calm", "kind", "soft", "evidence", "Three winters", "reader", p.outer.Role.ID.String()).wants(t, "a skill", 303)
	p.ask(t, p.outer, "/work/career").wants(t, "whom she named", 200, "Calm", "Three winters", "lampione")
	if a := p.ask(t, p.boss, "/work/career"); strings.Contains(a.Body, "Three winters") {
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
	id := sent.To[strings.LastIndex(sent.To, "/")+1:]
	p.ask(t, p.peer, "/work/career/outside/"+id).wants(t, "her note", 200, "The walnut table", "Step back and shred it")
	p.ask(t, p.outer, "/work/career/notes").wants(t, "the inbox", 200, "lampione", "waits for you")
	p.ask(t, p.outer, "/work/career/notes/"+id+"/more", "words", "I hear you", "nonce", "n").wants(t, "an answer", 303)
	for name, who := range map[string]member.Actor{"a coordinator": p.boss, "the contact as herself": p.outer} {
		p.ask(t, who, "/work/career/outside/"+id).wants(t, name, 404)
	}
	for _, path := range []string{"/work/career/notes", "/work/career/notes/" + id} {
		p.ask(t, p.boss, path).wants(t, "a coordinator at "+path, 404)
	}
	if a := p.ask(t, p.boss, "/work/team/career"); strings.Contains(a.Body, "walnut") || strings.Contains(a.Body, id) {
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
	p.Old = true
	p.ask(t, p.peer, "/work/career/skills/one", "skill", "Careful words", "kind", "soft").wants(t, "an old form", 409, "Careful words")
}
