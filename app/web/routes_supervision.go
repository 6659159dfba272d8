package web

import "portico/app/member"

// proposers may have supervision of their own, and so propose it.
var proposers = Audience{name: "proposers", roles: []member.Role{
	member.RoleCoordinator, member.RoleSupervisor, member.RolePeer, member.RoleModerator, member.RoleMediator, member.RoleLeader,
}}

// supervisionRoutes are for everybody with a role; of a relation that is not hers she
// learns nothing, not even that it exists.
func supervisionRoutes(a areas) []Route {
	return []Route{
		get("/supervision", colleagues, reading, a.supervision.List),
		get("/supervision/new", proposers, reading, a.supervision.ProposeForm),
		text("/supervision/new/:form", everybody, a.supervision.Propose),
		get("/supervision/bring/:module", colleagues, reading, a.supervision.Bring),
		get("/supervision/overview", inviters, reading, a.supervision.Overview),
		get("/supervision/entries/:id", colleagues, reading, a.supervision.Entry),
		get("/supervision/entries/:id/edit", colleagues, reading, a.supervision.EditForm),
		text("/supervision/entries/:id/edit", everybody, a.supervision.Edit),
		text("/supervision/entries/:id/minutes", everybody, a.supervision.EditMinutes),
		text("/supervision/entries/:id/choice", everybody, a.supervision.Choose),
		text("/supervision/entries/:id/sign", everybody, a.supervision.Sign),
		text("/supervision/entries/:id/mine", everybody, a.supervision.Reflect),
		post("/supervision/actions/:id/done", colleagues, writing, a.supervision.Done),
		get("/supervision/:id", colleagues, reading, a.supervision.Relation),
		post("/supervision/:id/accept", colleagues, writing, a.supervision.Accept),
		post("/supervision/:id/refuse", colleagues, writing, a.supervision.Refuse),
		get("/supervision/:id/end", colleagues, reading, a.supervision.EndForm),
		post("/supervision/:id/end", colleagues, writing, a.supervision.End),
		post("/supervision/:id/plan", colleagues, writing, a.supervision.Plan),
		get("/supervision/:id/calendar", colleagues, reading, a.supervision.Calendar),
		get("/supervision/:id/write", colleagues, reading, a.supervision.WriteForm),
		text("/supervision/:id/entries", everybody, a.supervision.Write),
		text("/supervision/:id/minutes", everybody, a.supervision.WriteMinutes),
		post("/supervision/:id/review", colleagues, writing, a.supervision.Review),
		get("/supervision/:id/invite", colleagues, reading, a.supervision.InviteForm),
		post("/supervision/:id/invite", colleagues, writing, a.supervision.Invite),
		get("/supervision/:id/leave", colleagues, reading, a.supervision.LeaveForm),
		post("/supervision/:id/leave", colleagues, writing, a.supervision.Leave),
		get("/supervision/:id/change", colleagues, reading, a.supervision.ChangeForm),
		post("/supervision/:id/change", colleagues, writing, a.supervision.Change),
		get("/supervision/:id/share", colleagues, reading, a.supervision.ShareForm),
		post("/supervision/:id/share", colleagues, writing, a.supervision.Share),
		get("/supervision/:id/readers", colleagues, reading, a.supervision.Readers),
	}
}
