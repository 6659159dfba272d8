package figuresweb_test

import (
	"context"
	"net/http"
	"regexp"
	"testing"

	"gorm.io/gorm"

	"portico/app/figures"
	"portico/app/member"
	"portico/app/web/figuresweb"
	"portico/app/web/webtest"
)

// portal is the pages of figures on a fresh database, where the areas count what stands here.
type portal struct {
	*webtest.House
	coord, peer, second, leader, mediator, member member.Actor
}

func open(t *testing.T) *portal {
	t.Helper()
	p := &portal{House: webtest.Open(t)}
	p.Keyless, p.TitleKeys, p.Lists = true, []string{"nav.work"}, []string{}
	counts := func(context.Context, string) (figures.Cells, error) {
		return figures.Cells{{"it", "talk"}: 43, {"it", "answer"}: 78, {"sq", "talk"}: 4, {"ro", "answer"}: 26, {"ro", "talk"}: 31, {"it", ""}: 17, {"sq", ""}: 3}, nil
	}
	sums := func(context.Context, string) (int, int, error) { return 148, 4, nil }
	cases := func(context.Context, string) ([]int, int, error) { return []int{2, 2, 2, 2, 2, 2, 2, 2, 2, 2}, 3, nil }
	f := figures.New(p.Store, figures.Sources{
		Contacts: counts, Materials: counts, Peers: counts, Trainings: sums, Supervision: sums, Paid: sums, Joined: sums, Leaving: sums, PayDays: cases, Moderation: cases,
		People: func(context.Context, member.Actor, string) (map[string]int, error) {
			return map[string]int{"it": 40, "ro": 22}, nil
		},
		Forget:        func(context.Context, *gorm.DB, string) error { return nil },
		Organisations: func(context.Context) ([]string, error) { return []string{"=House of two"}, nil },
	})
	p.coord = p.Colleague(t, "keystone", member.RoleCoordinator)
	p.peer, p.second = p.Colleague(t, "lampione", member.RolePeer), p.Colleague(t, "finestra", member.RolePeer)
	p.leader = p.Colleague(t, "lanterna", member.RoleLeader)
	p.mediator = p.Colleague(t, "passerella", member.RoleMediator)
	p.member = webtest.Member()
	a := figuresweb.New(p.Kit, f)
	p.App.Get("/figures", a.List)
	p.App.Get("/figures/new", a.ProposeForm)
	p.App.Post("/figures/new/:form", a.Propose)
	p.App.Post("/figures/keys/:id", a.GrantKey)
	p.App.Get("/figures/:id", a.Release)
	p.App.Post("/figures/:id/read", a.Read)
	p.App.Post("/figures/:id/csv", a.ReadCSV)
	p.App.Get("/figures/:id/table.csv", a.CSV)
	p.App.Post("/figures/:id/say", a.Say)
	p.App.Post("/figures/:id/code", a.Code)
	p.App.Post("/figures/:id/close", a.Close)
	return p
}

func (p *portal) by(who member.Actor) *portal {
	p.Who = who
	return p
}

func (p *portal) month() string {
	return p.Now().In(p.Zone).AddDate(0, 0, -p.Now().In(p.Zone).Day()).Format("2006-01")
}

func (p *portal) proposed(t *testing.T, measure, split string) string {
	t.Helper()
	a := p.by(p.coord).Post(t, "/figures/new/table", "measure", measure, "split", split, "month", p.month(), "recipient", "An office", "nonce", measure+split)
	if a.Status != http.StatusSeeOther {
		t.Fatalf("%s by %q: %d %s", measure, split, a.Status, a.Text)
	}
	return a.To
}

// agreed is a table that the three of the group agreed to, with its code.
func (p *portal) agreed(t *testing.T, measure, split string) (path, code string) {
	t.Helper()
	path = p.proposed(t, measure, split)
	for _, who := range []member.Actor{p.peer, p.second, p.leader} {
		p.by(who).Post(t, path+"/say", "say", "yes").Leads(t, path)
	}
	m := regexp.MustCompile(`id="code">([a-z2-7]{26})<`).FindStringSubmatch(p.by(p.coord).Post(t, path+"/code").Wants(t, 200, path).Body)
	if m == nil {
		t.Fatal("the page shows no code")
	}
	return path, m[1]
}

func TestTheGroupSeesWhatTheFunderSees(t *testing.T) {
	p := open(t)
	path, code := p.agreed(t, "contacts", "language,kind")
	chart := regexp.MustCompile(`(?s)<figure.*</figure>.*?</table>`)
	inside := chart.FindString(p.by(p.peer).Get(t, path).Wants(t, 200, "An office", "hidden", "<svg").Body)
	p.by(member.Actor{}).Get(t, path).Wants(t, 200).Lacks(t, "An office", "<figure")
	p.Post(t, path+"/read", "code", "wrong").Wants(t, 422, "wrong").Lacks(t, "<figure")
	outside := chart.FindString(p.Post(t, path+"/read", "code", code).Wants(t, 200, "An office").Body)
	if inside == "" || inside != outside {
		t.Errorf("the group sees %s, the funder %s", inside, outside)
	}
	file := p.Post(t, path+"/csv", "code", code)
	file.Wants(t, 200, "measure,month,rows,row,columns,column,count", "language,it,kind,answer,75", "language,sq,kind,talk,\n")
	if own := p.by(p.mediator).Get(t, path+"/table.csv"); own.Body != file.Body {
		t.Errorf("the team's file is %s, the funder's %s", own.Body, file.Body)
	}
	p.by(member.Actor{}).Post(t, path+"/csv", "code", "").Wants(t, 422)
	p.by(p.leader).Post(t, path+"/close").Leads(t, path)
	p.by(member.Actor{}).Post(t, path+"/read", "code", code).Wants(t, 404)
}

func TestOneNumberIsSaidInWords(t *testing.T) {
	p := open(t)
	for measure, want := range map[string]string{"hours": "145", "pay-days": "2 days", "moderation": p.Say("open.waited.day"), "peers": "hidden"} {
		p.by(p.peer).Get(t, p.proposed(t, measure, "")).Wants(t, 200, want)
	}
	p.Get(t, p.proposed(t, "materials", "language")).Wants(t, 200, "15")
	p.by(p.peer).Get(t, p.proposed(t, "peers", "organisation")+"/table.csv").Wants(t, 200, "organisation,'=House of two")
	p.by(p.peer).Get(t, "/figures").Wants(t, 200, "An office").Lacks(t, "/figures/new")
}

func TestWrongInputComesBackAsItWasTyped(t *testing.T) {
	p := open(t)
	p.by(p.coord)
	for name, fields := range map[string][]string{
		"measure":   {"measure", "people", "split", "", "month", p.month(), "recipient", "A long name"},
		"split":     {"measure", "contacts", "split", "language,kind,month", "month", p.month(), "recipient", "A long name"},
		"month":     {"measure", "contacts", "split", "", "month", p.Now().Format("2006-01"), "recipient", "A long name"},
		"recipient": {"measure", "contacts", "split", "", "month", p.month(), "recipient", "x"},
	} {
		p.Post(t, "/figures/new/table", fields...).Wants(t, 422, `href="#`+name+`"`, fields[7])
	}
	path := p.proposed(t, "contacts", "kind")
	if again := p.proposed(t, "contacts", "kind"); again != path {
		t.Errorf("the form sent twice leads to %s and %s", path, again)
	}
	p.by(p.peer).Post(t, path+"/say", "say", "perhaps").Leads(t, path)
	for name, who := range map[string]member.Actor{"a member": p.member, "nobody": {}} {
		p.by(who)
		for _, get := range []string{"/figures", "/figures/new", path, path + "/table.csv"} {
			if a := p.Get(t, get); a.Status != 404 {
				t.Errorf("%s opens %s: %d", name, get, a.Status)
			}
		}
		p.Post(t, path+"/read", "code", "x").Wants(t, 404)
	}
	p.by(p.peer).Post(t, "/figures/new/table", "measure", "contacts").Wants(t, 404)
	p.by(member.Actor{}).Post(t, "/figures/new/table", "recipient", "Kept words").Wants(t, 401, "Kept words")
}
