package supervisionweb

import (
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// listPage is her relations.
type listPage struct {
	*ui.Page
	Lines    []supervision.Line
	Who      member.Actor
	Overview bool // she coordinates
	Propose  bool // she may propose
}

// List shows her relations.
func (a *Area) List(c *fiber.Ctx) error {
	who := request.Actor(c)
	lines, err := a.sup.Mine(c.UserContext(), who)
	if err != nil {
		return err
	}
	view := listPage{Page: a.page(c), Lines: lines, Who: who, Overview: who.Has(member.RoleCoordinator)}
	view.Propose = mayPropose(who)
	return a.kit.Send(c, fiber.StatusOK, listView(view))
}

// mayPropose mirrors whom supervision lets propose: everybody who works here.
func mayPropose(who member.Actor) bool {
	return who.Has(member.RolePeer, member.RoleSupervisor, member.RoleModerator, member.RoleMediator, member.RoleLeader, member.RoleCoordinator)
}

// overviewPage is the coordinator's view.
type overviewPage struct {
	*ui.Page
	Lines   []supervision.Line
	Overdue int
	Review  int // agreements that are to be looked at again
}

// Overview shows days, minutes, rhythm and open actions, and no word that was said.
func (a *Area) Overview(c *fiber.Ctx) error {
	lines, err := a.sup.Overview(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	view := overviewPage{Page: a.page(c), Lines: lines}
	for _, l := range lines {
		if l.Overdue {
			view.Overdue++
		}
		if l.ReviewDue {
			view.Review++
		}
	}
	return a.kit.Send(c, fiber.StatusOK, overviewView(view))
}

func overviewTable(v overviewPage) ui.Table {
	p := v.Page
	table := ui.Table{Head: []string{
		p.T("supervision.peer"), p.T("supervision.supervisor"), p.T("supervision.rhythm"), p.T("supervision.last"),
		p.T("supervision.minutes.total"), p.T("supervision.next"), p.T("supervision.actions.open"), p.T("supervision.kept"),
	}}
	for _, l := range v.Lines {
		table.Rows = append(table.Rows, []templ.Component{
			ui.Isolated(l.Peer), ui.Isolated(l.Supervisor),
			ui.Words(word(p, kindWords, l.Kind) + " · " + p.N("supervision.every", l.CadenceDays)),
			ui.Words(dayOr(p, l.LastDay)), ui.Words(p.N("supervision.minutes.n", l.Minutes)), ui.Words(nextDay(p, l)),
			ui.Words(actionsLine(p, l)), keptBadge(p, l),
		})
	}
	return table
}

func dayOr(p *ui.Page, day string) string {
	if day == "" {
		return p.T("supervision.none-yet")
	}
	return p.P.Day(day)
}

func nextDay(p *ui.Page, l supervision.Line) string {
	if l.NextDay == nil {
		return p.T("supervision.none-yet")
	}
	return p.P.Day(*l.NextDay)
}

func actionsLine(p *ui.Page, l supervision.Line) string {
	if l.FirstDue == "" {
		return p.N("supervision.actions.n", l.OpenActions)
	}
	return p.N("supervision.actions.due", l.OpenActions, "Day", p.P.Day(l.FirstDue))
}

// other names whoever is there beside her, or the kind where there are several.
func other(p *ui.Page, l supervision.Line, who member.Actor) string {
	var handles []string
	for _, one := range l.People {
		if one.LeftDay == nil && one.AccountID != who.Role.ID {
			handles = append(handles, one.Handle)
		}
	}
	if l.Several() || len(handles) == 0 {
		return word(p, kindWords, l.Kind)
	}
	return strings.Join(handles, " · ")
}

func lineMeta(p *ui.Page, l supervision.Line) string {
	return p.T("supervision.line", "Kind", word(p, kindWords, l.Kind), "Rhythm", p.N("supervision.every", l.CadenceDays), "State", word(p, relationWords, l.State))
}
