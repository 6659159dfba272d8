package memberweb

import (
	"net/http"
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// teamPage lists people with roles and makes links that give roles.
type teamPage struct {
	*ui.Page
	People  []member.RoleAccount
	Give    []member.Role // the roles that she may give
	Chosen  []string
	Link    string // a new link, shown this once
	Inviter bool
	Self    store.ID // her own row
	Admin   bool
	Errs    []ui.FieldError
}

// Team lists the people with roles: handles and roles, nothing else.
func (a *Area) Team(c *fiber.Ctx) error {
	page, err := a.teamPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, http.StatusOK, teamComponent(page))
}

// OfferRoles makes a link. The answer is the page itself and no redirect: the link is
// stored as a keyed hash alone, so that no second page could show it.
func (a *Area) OfferRoles(c *fiber.Ctx) error {
	var roles []member.Role
	var chosen []string
	for _, value := range c.Request().PostArgs().PeekMulti("roles") {
		roles, chosen = append(roles, member.Role(value)), append(chosen, string(value))
	}
	token, err := a.kit.Members.OfferRoles(c.UserContext(), request.Actor(c), roles)
	errs, mend := request.Mend(request.Printer(c), err)
	if err != nil && !mend {
		return err
	}
	page, err := a.teamPage(c)
	if err != nil {
		return err
	}
	if mend {
		page.Errs, page.Chosen = errs, chosen
		return a.kit.Send(c, http.StatusUnprocessableEntity, teamComponent(page))
	}
	page.Link = a.origin(c) + "/role/" + token
	return a.kit.Send(c, http.StatusOK, teamComponent(page))
}

func (a *Area) teamPage(c *fiber.Ctx) (teamPage, error) {
	who := request.Actor(c)
	people, err := a.kit.Members.Team(c.UserContext(), who)
	if err != nil {
		return teamPage{}, err
	}
	give := slices.Clone(member.GivenRoles)
	if !who.Has(member.RoleAdmin) {
		give = slices.DeleteFunc(give, func(r member.Role) bool { return r == member.RoleAdmin })
	}
	page := a.kit.Page(c, request.Printer(c).T("nav.team"), "team")
	return teamPage{Page: page, People: people, Give: give, Inviter: who.Has(member.RoleCoordinator), Self: who.Role.ID, Admin: who.Has(member.RoleAdmin)}, nil
}

// teamTabs are the pages of the team. Invitations are the coordinators' alone.
func teamTabs(p *ui.Page, inviter, invitations bool) []ui.Link {
	tabs := []ui.Link{{Word: p.T("team.people"), Href: "/team", Current: !invitations}}
	if inviter {
		tabs = append(tabs, ui.Link{Word: p.T("invite.title"), Href: "/team/invitations", Current: invitations})
		tabs = append(tabs, ui.Link{Word: p.T("joining.tab"), Href: "/team/joining"})
	}
	tabs = append(tabs, ui.Link{Word: p.T("desk.owed"), Href: "/team/duties"}, ui.Link{Word: p.T("board.title"), Href: "/team/boards"}, ui.Link{Word: p.T("recovery.title"), Href: "/team/recovery"})
	if inviter {
		tabs = append(tabs, ui.Link{Word: p.T("rules.title"), Href: "/team/rules"})
	}
	return tabs
}
