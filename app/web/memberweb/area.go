// Package memberweb is the pages about a person's way in and out: joining, her key, signing
// in and out, her account, and for coordinators people with roles and invitations.
//
// Invariants: a key or passphrase that somebody typed never comes back on a page; what ends
// or replaces an account asks for the key again; no page waits by sleeping, a person who
// has to wait gets a page that comes back by itself; what is printed betrays nothing.
package memberweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/owndata"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit     *request.Kit
	own     *owndata.Service
	explain Explain
}

// New makes the area.
func New(kit *request.Kit) *Area { return &Area{kit: kit} }

// form starts a page that holds a form, also for somebody who is not signed in.
func (a *Area) form(c *fiber.Ctx, title string) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, title, "")
}

// origin is the address of this portal as people type it. Behind an onion or a proxy only
// the setting knows it.
func (a *Area) origin(c *fiber.Ctx) string {
	if a.kit.Config.Origin != "" {
		return a.kit.Config.Origin
	}
	return c.BaseURL()
}

// deviceOf reads what she chose for this device; whatever is not clear leaves no trace.
func deviceOf(c *fiber.Ctx) member.Device {
	if wish := c.FormValue("device", c.Query("device")); wish == string(member.Mine) {
		return member.Mine
	}
	return member.NoTrace
}

// groups cuts digits or letters into fours, for the eye.
func groups(text string) []string {
	var cut []string
	for len(text) > 4 {
		cut, text = append(cut, text[:4]), text[4:]
	}
	return append(cut, text)
}

// zeros are the noughts of the digits that people here have on their keyboards.
var zeros = [...]rune{'0', '٠', '۰', '०', '০', '０'}

// foldDigits writes digits of any of these scripts as 0 to 9 and drops spaces and the
// invisible marks of direction that a phone puts between them.
func foldDigits(typed string) string {
	return strings.Map(func(r rune) rune {
		for _, zero := range zeros {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		switch r {
		case ' ', '\u00a0', '\u200e', '\u200f', '\u2066', '\u2067', '\u2068', '\u2069':
			return -1
		}
		return r
	}, typed)
}

// roleWord names a role as its badge does.
func roleWord(p *ui.Page, r member.Role) string { return request.RoleWord(p.P, string(r)) }

// roleDoes says in one line what a role may do.
func roleDoes(p *ui.Page, r member.Role) string {
	switch r {
	case member.RolePeer:
		return p.T("role.does.peer")
	case member.RoleLeader:
		return p.T("role.does.leader")
	case member.RoleMediator:
		return p.T("role.does.mediator")
	case member.RoleSupervisor:
		return p.T("role.does.supervisor")
	case member.RoleModerator:
		return p.T("role.does.moderator")
	case member.RoleCoordinator:
		return p.T("role.does.coordinator")
	case member.RoleAdmin:
		return p.T("role.does.admin")
	case member.RoleCandidate:
		return p.T("role.does.candidate")
	}
	return ""
}
