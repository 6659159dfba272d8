package trainingweb

import (
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// teamPage is the coordinators' table: a row for each person with a role.
type teamPage struct {
	*ui.Page
	People []training.Trainee
	Titles map[string]title
	Only   string // "stuck", "due" or "" for everybody
}

func coordinates(who member.Actor) bool { return who.Has(member.RoleCoordinator) }

// authors work on modules: they bring them, look at drafts and hand copies on.
func authors(who member.Actor) bool {
	return who.Has(member.RoleCoordinator) || who.Has(member.RoleLeader) || who.Has(member.RoleMediator)
}

// Team shows who is where.
func (a *Area) Team(c *fiber.Ctx) error {
	view, err := a.team(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, teamView(view))
}

func (a *Area) team(c *fiber.Ctx) (teamPage, error) {
	view := teamPage{Page: a.page(c), Only: c.Query("only")}
	people, err := a.training.Team(c.UserContext(), request.Actor(c))
	if err != nil {
		return view, err
	}
	all, err := a.training.Modules(c.UserContext())
	if err != nil {
		return view, err
	}
	view.Titles = titlesOf(all, view.P.Tag)
	for _, person := range people {
		if view.Only == "stuck" && len(person.Stuck()) == 0 || view.Only == "due" && len(person.Expiring()) == 0 {
			continue
		}
		view.People = append(view.People, person)
	}
	return view, nil
}

// tabs lead to everybody, to who is stuck and to whose time is nearly over.
func (v teamPage) tabs() []ui.Link {
	return []ui.Link{
		{Word: v.T("learn.team.everybody"), Href: "/learn/team", Current: v.Only == ""},
		{Word: v.T("learn.team.stuck"), Href: "/learn/team?only=stuck", Current: v.Only == "stuck"},
		{Word: v.T("learn.team.expiring"), Href: "/learn/team?only=due", Current: v.Only == "due"},
	}
}

// table is who is where.
func (v teamPage) table() ui.Table {
	t := ui.Table{Caption: v.T("learn.team.caption"), Head: []string{v.T("learn.team.person"), v.T("learn.team.way"), v.T("learn.team.stuck"), v.T("learn.team.expiring")}}
	for _, person := range v.People {
		t.Rows = append(t.Rows, []templ.Component{
			ui.Anchor("/learn/team/"+person.ID.String(), person.Handle), ui.Words(v.ways(person)),
			moduleNames(v, person.Stuck()), moduleNames(v, person.Expiring()),
		})
	}
	return t
}

// ways is how far somebody is on the paths of her roles.
func (v teamPage) ways(person training.Trainee) string {
	var words []string
	for _, way := range person.Ways() {
		held, all := way.Held()
		words = append(words, v.N("learn.path.steps", all, "Done", held))
	}
	if len(words) == 0 {
		return v.T("learn.team.noway")
	}
	return strings.Join(words, " · ")
}

// columns of the file, in English for every language: programs read them.
var columns = []string{"handle", "roles", "module", "state", "units_done", "units", "version", "finished_on", "expires_on", "asked_until", "practice", "waived"}

// TeamCSV sends the same as a file, a line for each person and module that has anything to say.
func (a *Area) TeamCSV(c *fiber.Ctx) error {
	people, err := a.training.Team(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	var rows [][]string
	for _, person := range people {
		for _, pr := range person.Progress {
			if pr.State() == training.NotBegun && pr.Assigned == nil && pr.Practice == nil {
				continue
			}
			rows = append(rows, csvLine(person, pr))
		}
	}
	return request.SendCSV(c, "learning.csv", columns, rows)
}

// csvLine is one person in one module.
func csvLine(person training.Trainee, pr training.Progress) []string {
	roles := make([]string, len(person.Roles))
	for i, role := range person.Roles {
		roles[i] = string(role)
	}
	done, all := pr.UnitsDone()
	line := []string{person.Handle, strings.Join(roles, " "), pr.Module.Slug, string(pr.State()), strconv.Itoa(done), strconv.Itoa(all), "", "", pr.Expires(), "", "", ""}
	if pr.Done != nil {
		line[6], line[7] = strconv.Itoa(pr.Done.Version), pr.Done.Day
	}
	if pr.Assigned != nil {
		line[9] = pr.Assigned.Until
	}
	if pr.Practice != nil {
		line[10] = pr.Practice.State
	}
	if pr.Waiver != nil {
		line[11] = pr.Waiver.Reason
	}
	return line
}
