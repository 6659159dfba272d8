package request

import (
	"strings"

	"portico/app/i18n"
	"portico/app/member"
	"portico/app/web/ui"
)

// ownPlace is the main area that holds what belongs to this person alone.
const ownPlace = "own"

// nav lists the main areas that exist for this person. Five fit in one row on the narrowest
// phone, so whoever works here finds her rooms behind one of them.
func nav(p *i18n.Printer, actor member.Actor) []ui.NavItem {
	items := []ui.NavItem{
		{Place: "read", Icon: "read", Word: p.T("material.title"), Href: "/read"},
		{Place: "talk", Icon: "talk", Word: p.T("nav.talk"), Href: "/forum"},
		{Place: "learn", Icon: "learn", Word: p.T("learn.title"), Href: "/learn"},
		{Place: "find", Icon: "pin", Word: p.T("nav.find"), Href: "/directory"},
	}
	switch {
	case actor.Role != nil && !actor.Colleague():
		return append(items, ui.NavItem{Place: ownPlace, Icon: "person", Word: p.T("joining.path.room"), Href: "/my-path"})
	case actor.Role != nil:
		return append(items, ui.NavItem{Place: ownPlace, Icon: "work", Word: p.T("nav.work"), Href: "/my"})
	case actor.SignedIn():
		return append(items, ui.NavItem{Place: "mine", Icon: "person", Word: p.T("nav.mine"), Href: "/my/talks"})
	}
	return append([]ui.NavItem{{Place: "home", Icon: "home", Word: p.T("nav.home"), Href: "/"}}, items...)
}

// rooms lists what this person has beside the main areas, what waits for others first.
func rooms(p *i18n.Printer, actor member.Actor, machine bool) []ui.Room {
	if !actor.SignedIn() {
		return nil
	}
	var list []ui.Room
	add := func(word, href, text string) { list = append(list, ui.Room{Word: word, Href: href, Text: text}) }
	if actor.Has(member.RoleModerator) {
		add(p.T("nav.desk"), "/desk", p.T("home.desk"))
	}
	if actor.Has(member.RolePeer) {
		add(p.T("forum.asked.title"), "/asked", p.T("forum.asked.room"))
		add(p.T("peerwork.tab.week"), "/work", p.T("home.work"))
	}
	if actor.Has(member.RoleCoordinator) {
		add(p.T("peerwork.tab.team"), "/work/team", p.T("home.work.team"))
	}
	if actor.Has(member.RoleCandidate) {
		add(p.T("joining.path.room"), "/my-path", p.T("joining.path.room.text"))
	}
	if actor.Colleague() {
		add(p.T("career.title"), "/work/career", p.T("career.room"))
	}
	if actor.Colleague() {
		add(p.T("supervision.title"), "/supervision", p.T("home.supervision"))
		add(p.T("joining.tab"), "/work/joining", p.T("joining.asked.lead"))
		add(p.T("material.work"), "/read/work", p.T("material.work.lead"))
		add(p.T("figures.title"), "/figures", p.T("figures.lead"))
	}
	if actor.Has(member.RoleMediator, member.RoleLeader, member.RolePeer, member.RoleCoordinator) {
		add(p.T("translate.title"), "/translate", p.T("home.translate"))
	}
	if actor.Has(member.RolePeer, member.RoleLeader, member.RoleCoordinator) {
		add(p.T("practice.interviews"), "/practices/interviews", p.T("home.practices.room"))
	}
	if actor.Has(member.RoleCoordinator, member.RoleAdmin) {
		add(p.T("nav.team"), "/team", p.T("home.team"))
	}
	// Whoever translates, or leads those who do, finds the log in the list of texts.
	if machine && actor.Has(member.RoleAdmin) && !actor.Has(member.RoleMediator, member.RoleLeader, member.RolePeer, member.RoleCoordinator) {
		add(p.T("translate.egress"), "/translate/machine", p.T("translate.egress.lead"))
	}
	add(p.T("nav.mine"), "/my/talks", p.T("home.mine"))
	return list
}

// roomOf finds the room that an address lies in: the longest that it begins with.
func roomOf(list []ui.Room, path string) string {
	best := ""
	for _, r := range list {
		if (path == r.Href || strings.HasPrefix(path, r.Href+"/")) && len(r.Href) > len(best) {
			best = r.Href
		}
	}
	return best
}
