//go:build e2e

package e2e

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"portico/app/translate/modeltest"
)

// making is everybody who makes a leaflet, and where it is.
type making struct {
	p       *portal
	say     leaflet
	machine *modeltest.Server
	path    string // of the material
	// Two members; the four of the group, of whom only the mediator is staff; a peer and another
	// mediator, who are not of it.
	ana, bea, leader, second, third, mediator, peer, colleague, arabic *journey
	thirdPerson                                                        *person
	handles                                                            []string // first those of the group
	peerHandle, colleagueHandle                                        string
}

func TestALeafletComesFromAnIdeaToReadersInFourLanguages(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		m := &making{say: leaflets[how.lang()]}
		m.machine = modeltest.New(m.say.italian())
		t.Cleanup(m.machine.Close)
		m.p = start(t, furnished(t), "PORTICO_MODEL_URL="+m.machine.URL(), "PORTICO_MODEL_KEY="+m.machine.Key, "PORTICO_MODEL_NAME=small-model",
			"PORTICO_MODEL_TIMEOUT=1s", "PORTICO_MODEL_BUDGET=5", "PORTICO_MODEL_PRICE_IN=50", "PORTICO_MODEL_PRICE_OUT=100")
		m.comeIn(t, how)

		m.wish()
		m.takeUp()
		m.draft()
		m.twoAtOnce()
		m.askTheCommunity()
		m.answerForTheCommunity()
		m.decide()

		sheet := m.openItalian()
		m.machineFails(sheet)
		m.machineIsFasterThanShe(sheet)
		m.twoOnOneSegment(sheet)
		m.numberIsWrong(sheet)
		m.reviewed(sheet)
		m.inOtherTongues(m.tongues(how))
		m.published()
		m.read(t, how)
		m.machineHeardTheTextAlone(t)
	})
}

// allWith lists everybody of the cast with exactly this role before any other.
func (p *portal) allWith(t *testing.T, role string, least int) (all []*person) {
	t.Helper()
	for _, who := range p.cast.People {
		if slices.Contains(who.Roles, role) && (role != "member" || len(who.Roles) == 1) {
			all = append(all, who)
		}
	}
	if len(all) < least {
		t.Fatalf("demo-cast.json has %d people with the role %q, want %d", len(all), role, least)
	}
	return all
}

// comeIn lets everybody sign in.
func (m *making) comeIn(t *testing.T, how opts) {
	members, leaders := m.p.allWith(t, "member", 2), m.p.allWith(t, "leader", 2)
	mediators, peer := m.p.allWith(t, "mediator", 2), m.p.withRole(t, "peer")
	in := func(who *person) *journey {
		j := m.p.journey(t, how)
		j.signsInAs(who)
		return j
	}
	m.ana, m.bea = in(members[0]), in(members[1])
	m.leader, m.second, m.peer = in(leaders[0]), in(leaders[1]), in(peer)
	m.mediator, m.colleague = in(mediators[0]), in(mediators[1])
	m.third, m.thirdPerson = m.newLeader(t, how)
	m.peerHandle, m.colleagueHandle = peer.Handle, mediators[1].Handle
	m.handles = []string{leaders[0].Handle, leaders[1].Handle, mediators[0].Handle, m.thirdPerson.Handle}
}

// newLeader is somebody whom the coordinator makes a leader with a link: two of the cast are
// leaders, and this group has three.
func (m *making) newLeader(t *testing.T, how opts) (*journey, *person) {
	coordinator, j := m.p.journey(t, how), m.p.journey(t, how)
	coordinator.signsInAs(m.p.withRole(t, "coordinator"))
	coordinator.open("/team")
	coordinator.tick("#role-leader")
	coordinator.press(sendButton)
	link, err := url.Parse(coordinator.text("#role-link"))
	if err != nil {
		coordinator.stop("no link: %v", err)
	}
	j.open(link.Path)
	fresh := &person{Name: "the third leader", Roles: []string{"leader"}, Handle: "rosmarino", Passphrase: "warm stone quiet arch seven lamps"}
	fresh.TOTP = strings.Join(strings.Fields(j.text("#factor")), "")
	j.fill("#handle", fresh.Handle)
	j.fill("#passphrase", fresh.Passphrase)
	j.fill("#otp", fresh.code(t))
	j.press(sendButton)
	j.in()
	return j, fresh
}

// invites asks somebody into the group.
func (m *making) invites(handle string) {
	j := m.leader
	j.open(m.path + "/people")
	j.fill("#handle", handle)
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	j.sees(handle)
}

// wish is an idea that one proposes and another wants, beside one that nobody takes up. In
// the forum there is talk as well.
func (m *making) wish() {
	j, say := m.ana, m.say
	j.starts("start", say.talk, say.talkBody)
	j.press(`.areas a[href="/read"]`)
	j.look("library for a member")
	j.follow("/read/ideas")
	j.look("ideas")
	j.fill("#purpose", say.purpose)
	j.press(sendButton)
	j.refused("title")
	if got := j.value("#purpose"); got != say.purpose {
		j.stop("her words came back as %q", got)
	}
	j.propose(say.title, say.purpose, say.audience)
	j.propose(say.unmet, say.unmetWhy, say.audience)
	j.look("two ideas")

	m.bea.open("/read/ideas")
	want := m.bea.inTheRow(`main form[action$="/want"]`, say.title)
	m.bea.press(fmt.Sprintf("main form[action=%q] button", want))
	m.bea.sees(m.bea.words().T("material.wanted"))
	m.bea.sees(m.bea.words().T("material.want.mine"))
	m.bea.look("she wants it")
	m.path = strings.TrimSuffix(want, "/want")
}

// propose sends an idea.
func (j *journey) propose(title, purpose, audience string) {
	j.t.Helper()
	j.fill("#title", title)
	j.fill("#purpose", purpose)
	j.fill("#audience", audience)
	j.press(sendButton)
	j.arrivedAt("/read/ideas")
	j.sees(j.words().T("material.idea.done"))
	j.sees(title)
}

// takeUp is a leader who makes the idea a draft and invites its group.
func (m *making) takeUp() {
	j := m.leader
	j.press(`.areas a[href="/read"]`)
	j.follow("/read/ideas")
	j.look("ideas for a leader")
	j.press(fmt.Sprintf("main form[action=%q] button", m.path+"/take"))
	j.arrivedAt(m.path + "/group")
	j.sees(j.words().T("material.taken"))
	j.look("a group of one")
	j.follow(m.path + "/people")
	j.fill("#handle", "nobodyhere")
	j.press(sendButton)
	j.refused("handle")
	j.look("invite nobody")
	m.colleague.openAs(m.path+"/group", 404)
	for _, handle := range []string{m.handles[1], m.handles[2], m.colleagueHandle} {
		m.invites(handle)
	}
	j.look("a group of four, and half of them staff")
}

// draft is the first text, with advice on its words.
func (m *making) draft() {
	j, say := m.leader, m.say
	j.follow(m.path + "/write")
	j.look("write")
	j.paste("#body", say.body)
	j.press("main form.form button[name=act]")
	j.sees(j.words().T("material.advice"))
	j.sees(j.words().T("material.advice.words"))
	if got := j.text("main mark.warned"); got != say.unloved {
		j.stop("the advice marks %q, want %q", got, say.unloved)
	}
	if got := j.value("#body"); got != say.body {
		j.stop("the text came back as %q", got)
	}
	j.look("advice on words")
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	j.sees(j.words().T("material.saved"))
	j.look("first version")
}

// twoAtOnce are two leaders who write on the same version. The second to keep hers sees
// both texts.
func (m *making) twoAtOnce() {
	say := m.say
	m.leader.follow(m.path + "/write")
	m.second.goesTo("/read/work")
	m.second.look("work of groups")
	m.second.follow(m.path + "/group")
	m.second.follow(m.path + "/write")
	m.second.paste("#body", say.second())
	m.second.fill("#note", say.note)
	m.second.press(sendButton)
	m.second.arrivedAt(m.path + "/group")
	m.second.sees(say.note)

	j := m.leader
	j.paste("#body", say.added(say.body))
	j.press(sendButton)
	if j.status != 409 {
		j.stop("the second of two texts was answered %d, want 409", j.status)
	}
	j.sees(j.words().T("material.text.stale"))
	j.sees(say.loved)
	if got := j.value("#body"); got != say.added(say.body) {
		j.stop("her text came back as %q", got)
	}
	j.look("two texts at once")
	j.paste("#body", say.added(say.second()))
	j.press(sendButton)
	j.arrivedAt(m.path + "/group")
	j.look("both texts in one")
	j.follow(m.path + "/compare?from=2&to=3")
	j.look("what changed")
}
