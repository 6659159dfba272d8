package deskweb_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/web/deskweb"
)

// owing is another area with a list of duties.
type owing struct {
	list []deskweb.Duty
	err  error
}

func (o owing) Duties(context.Context, member.Actor) ([]deskweb.Duty, error) { return o.list, o.err }

func TestTheListOfDutiesHoldsThoseOfEveryArea(t *testing.T) {
	p := open(t)
	empty := deskweb.New(p.kit, p.forum, p.desk)
	full := deskweb.New(p.kit, p.forum, p.desk, owing{list: []deskweb.Duty{
		{Kind: deskweb.OweDebrief, Person: "lanterna", Day: "2026-03-09"},
		{Kind: deskweb.OweTalk, Person: "ginestra · faro", Day: "2026-03-01", Missed: true, Href: "/supervision/overview"},
		{Kind: deskweb.OweHours, Person: "ginestra", Minutes: 200, Missed: true},
	}}, owing{list: []deskweb.Duty{{Kind: deskweb.OweWeek, Person: "ponte", Day: "2026-03-02", Href: "/work/team/weeks/x"}}})
	broken := deskweb.New(p.kit, p.forum, p.desk, owing{err: errors.New("the list is broken")})
	p.app.Get("/empty", empty.Owed)
	p.app.Get("/full", full.Owed)
	p.app.Get("/broken", broken.Owed)
	if err := p.desk.AskDebrief(context.Background(), p.mod); err != nil {
		t.Fatal(err)
	}
	p.Time.Advance(4 * 24 * time.Hour)
	p.who = p.admin
	body := p.get(t, "/full").body
	wants(t, body, "lampione", "lanterna", "ginestra · faro", "Due by 1 March 2026.", "3 h 20 min from a time that is over.", "Week of 2 March 2026.", "missed by the organisation", `href="/supervision/overview"`)
	if red := strings.Count(body, "missed by the organisation"); red != 3 {
		t.Errorf("%d duties are red; want the moderator's, the overdue one and the hours", red)
	}
	if at := func(words string) int { return strings.Index(body, words) }; at("lampione") > at("ginestra") || at("ginestra") > at("ponte") {
		t.Error("the list is not in its order")
	}
	if a := p.get(t, "/broken"); a.status < 500 {
		t.Errorf("a list that cannot be read answers %d", a.status)
	}
	p.who = p.mod
	if a := p.get(t, "/full"); a.status == 200 && strings.Contains(a.body, "keystone") {
		t.Error("a moderator sees more than her own")
	}
	p.who = p.admin
	wants(t, p.get(t, "/empty").body, "lampione")
}
