package deskweb_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/web/deskweb"
	"portico/app/web/webtest"
)

// owing is another area with a list of duties.
type owing struct {
	list []deskweb.Duty
	err  error
}

func (o owing) Duties(context.Context, member.Actor) ([]deskweb.Duty, error) { return o.list, o.err }

func TestTheListOfDutiesHoldsThoseOfEveryArea(t *testing.T) {
	p := open(t)
	empty := deskweb.New(p.Kit, p.forum, p.desk)
	full := deskweb.New(p.Kit, p.forum, p.desk, owing{list: []deskweb.Duty{
		{Kind: deskweb.OweDebrief, Person: "lanterna", Day: "2026-03-09"},
		{Kind: deskweb.OweTalk, Person: "ginestra · faro", Day: "2026-03-01", Missed: true, Href: "/supervision/overview"},
		{Kind: deskweb.OweHours, Person: "ginestra", Minutes: 200, Missed: true},
	}}, owing{list: []deskweb.Duty{{Kind: deskweb.OweWeek, Person: "ponte", Day: "2026-03-02", Href: "/work/team/weeks/x"}}})
	broken := deskweb.New(p.Kit, p.forum, p.desk, owing{err: errors.New("the list is broken")})
	p.App.Get("/empty", empty.Owed)
	p.App.Get("/full", full.Owed)
	p.App.Get("/broken", broken.Owed)
	if err := p.desk.AskDebrief(context.Background(), p.mod); err != nil {
		t.Fatal(err)
	}
	p.Time.Advance(4 * 24 * time.Hour)
	p.Who = p.admin
	body := p.Get(t, "/full").Body
	webtest.Wants(t, body, "lampione", "lanterna", "ginestra · faro", "Due by 1 March 2026.", "3 h 20 min from a time that is over.", "Week of 2 March 2026.", "missed by the organisation", `href="/supervision/overview"`)
	if red := strings.Count(body, "missed by the organisation"); red != 3 {
		t.Errorf("%d duties are red; want the moderator's, the overdue one and the hours", red)
	}
	if at := func(words string) int { return strings.Index(body, words) }; at("lampione") > at("ginestra") || at("ginestra") > at("ponte") {
		t.Error("the list is not in its order")
	}
	if a := p.Get(t, "/broken"); a.Status < 500 {
		t.Errorf("a list that cannot be read answers %d", a.Status)
	}
	p.Who = p.mod
	if a := p.Get(t, "/full"); a.Status == 200 && strings.Contains(a.Body, "keystone") {
		t.Error("a moderator sees more than her own")
	}
	p.Who = p.admin
	webtest.Wants(t, p.Get(t, "/empty").Body, "lampione")
}
