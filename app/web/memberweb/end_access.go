package memberweb

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// endAccessPage asks before the access of a colleague ends.
type endAccessPage struct {
	gravePage
	Who member.RoleAccount
}

// EndAccessForm says what ends and what stays.
func (a *Area) EndAccessForm(c *fiber.Ctx) error {
	who, err := a.colleague(c)
	if err != nil {
		return err
	}
	return a.askKey(c, endAccessPath(who), showEnding(who))
}

// EndAccess ends it.
func (a *Area) EndAccess(c *fiber.Ctx) error {
	who, err := a.colleague(c)
	if err != nil {
		return err
	}
	if err := a.kit.Members.EndAccess(c.UserContext(), request.Actor(c), who.ID, keyAgain(c)); err != nil {
		return a.refuse(c, endAccessPath(who), err, showEnding(who))
	}
	return a.kit.Go(c, "/team", ui.Done, "team.end.done")
}

func (a *Area) colleague(c *fiber.Ctx) (member.RoleAccount, error) {
	id, err := request.ID(c)
	if err != nil {
		return member.RoleAccount{}, err
	}
	return a.kit.Members.Colleague(c.UserContext(), request.Actor(c), id)
}

func endAccessPath(who member.RoleAccount) string { return "/team/people/" + who.ID.String() + "/end" }

func showEnding(who member.RoleAccount) func(gravePage) templ.Component {
	return func(p gravePage) templ.Component { return endAccessComponent(endAccessPage{p, who}) }
}

// mayEnd reports whether a row of the team has the link: not her own, and not an administrator's
// for somebody who is none.
func (p teamPage) mayEnd(person member.RoleAccount) bool {
	if person.ID == p.Self {
		return false
	}
	for _, role := range person.RoleList() {
		if role == member.RoleAdmin && !p.Admin {
			return false
		}
	}
	return true
}
