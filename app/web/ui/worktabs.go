package ui

import "github.com/a-h/templ"

// WorkTabs are the pages of one person's paid work, which several areas make together. The
// last two are for those who coordinate.
func WorkTabs(p *Page, here string, coordinates bool) templ.Component {
	list := []Link{
		{Word: p.T("peerwork.tab.week"), Href: "/work"}, {Word: p.T("peerwork.tab.profile"), Href: "/work/profile"},
		{Word: p.T("peerwork.tab.risk"), Href: "/work/risk"}, {Word: p.T("peerwork.contract"), Href: "/work/contract"}, {Word: p.T("supervision.title"), Href: "/supervision"},
		{Word: p.T("career.title"), Href: "/work/career"},
	}
	if coordinates {
		list = append(list, Link{Word: p.T("peerwork.tab.team"), Href: "/work/team"}, Link{Word: p.T("timesheet.tab.weeks"), Href: "/work/team/weeks"}, Link{Word: p.T("career.team.title"), Href: "/work/team/career"})
	}
	for i := range list {
		list[i].Current = list[i].Href == here
	}
	return TabLinks(p.T("nav.work"), list)
}
