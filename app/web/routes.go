package web

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/web/aloudweb"
	"portico/app/web/careerweb"
	"portico/app/web/deskweb"
	"portico/app/web/directoryweb"
	"portico/app/web/figuresweb"
	"portico/app/web/forumweb"
	"portico/app/web/homeweb"
	"portico/app/web/magazineweb"
	"portico/app/web/materialweb"
	"portico/app/web/meetingweb"
	"portico/app/web/memberweb"
	"portico/app/web/noticeweb"
	"portico/app/web/onboardingweb"
	"portico/app/web/payrollweb"
	"portico/app/web/peerworkweb"
	"portico/app/web/practiceweb"
	"portico/app/web/supervisionweb"
	"portico/app/web/surveyweb"
	"portico/app/web/timesheetweb"
	"portico/app/web/trainingweb"
	"portico/app/web/translateweb"
)

// Audience says who may use a route. Everybody else gets the page of an unknown address.
type Audience struct {
	name     string
	everyone bool
	roles    []member.Role
}

// The audiences of the table.
var (
	everybody   = Audience{name: "everybody", everyone: true}
	signedIn    = Audience{name: "members", roles: []member.Role{member.RoleMember}}
	moderators  = Audience{name: "moderators", roles: []member.Role{member.RoleModerator}}
	leads       = Audience{name: "leads", roles: []member.Role{member.RoleCoordinator, member.RoleAdmin}}
	colleagues  = Audience{name: "colleagues", roles: member.GivenRoles}
	peers       = Audience{name: "peers", roles: []member.Role{member.RolePeer}}
	translators = Audience{name: "translators", roles: []member.Role{member.RoleMediator, member.RoleLeader, member.RolePeer, member.RoleCoordinator}}
	wordKeepers = Audience{name: "keepers of words", roles: []member.Role{member.RoleMediator, member.RoleCoordinator}}
	hosts       = Audience{name: "hosts", roles: []member.Role{member.RoleCoordinator, member.RoleAdmin, member.RoleModerator}}
	contacts    = Audience{name: "contacts", roles: []member.Role{member.RolePeer, member.RoleLeader, member.RoleMediator, member.RoleSupervisor, member.RoleModerator}}
	authors     = Audience{name: "authors", roles: []member.Role{member.RoleCoordinator, member.RoleLeader, member.RoleMediator}}
	callers     = Audience{name: "callers", roles: []member.Role{member.RoleCoordinator, member.RoleSupervisor, member.RoleLeader}}
	keepers     = Audience{name: "keepers", roles: []member.Role{member.RoleLeader, member.RoleCoordinator}}
	inviters    = Audience{name: "inviters", roles: []member.Role{member.RoleCoordinator}}
)

// Admits reports whether a person belongs to the audience.
func (a Audience) Admits(who member.Actor) bool { return a.everyone || who.Has(a.roles...) }

// String names the audience.
func (a Audience) String() string { return a.name }

// Rate is how often one person (or one visitor's address) may use a route.
type Rate string

// The rate classes.
const (
	reading Rate = "reading" // no limit of its own
	asking  Rate = "asking"  // search and other costly reading
	writing Rate = "writing" // stores something
	keys    Rate = "keys"    // costs a key derivation, or becomes slow after wrong codes
)

// Cache is what a browser or proxy may keep.
type Cache string

// The cache classes.
const (
	never   Cache = "never"   // all HTML: no-store
	forever Cache = "forever" // static files under hashed names
)

// Forged says how a route meets a form without the right token.
type Forged int

const (
	refuse   Forged = iota // the page of an old form
	keepText               // the handler shows the text again: nothing typed is lost
	always                 // leaving works with a dead session too; another site is still refused
)

// Route is one line of the table.
type Route struct {
	Method string
	Path   string
	For    Audience
	Rate   Rate
	Cache  Cache
	Forged Forged
	Handle fiber.Handler
}

// shared reports whether the page is the same for everybody who is not signed in, so that the
// server may keep it.
func (r Route) shared() bool {
	return r.Method == fiber.MethodGet && r.For.everyone && r.Rate == reading && r.Cache == never
}

// areas are the handlers that the table names.
type areas struct {
	home        *homeweb.Area
	member      *memberweb.Area
	forum       *forumweb.Area
	desk        *deskweb.Area
	directory   *directoryweb.Area
	practice    *practiceweb.Area
	supervision *supervisionweb.Area
	peerwork    *peerworkweb.Area
	payroll     *payrollweb.Area
	career      *careerweb.Area
	onboarding  *onboardingweb.Area
	timesheet   *timesheetweb.Area
	training    *trainingweb.Area
	meeting     *meetingweb.Area
	material    *materialweb.Area
	magazine    *magazineweb.Area
	figures     *figuresweb.Area
	translate   *translateweb.Area
	notice      *noticeweb.Area
	survey      *surveyweb.Area
	aloud       *aloudweb.Area
}

func get(path string, who Audience, rate Rate, h fiber.Handler) Route {
	return Route{Method: fiber.MethodGet, Path: path, For: who, Rate: rate, Cache: never, Handle: h}
}

func post(path string, who Audience, rate Rate, h fiber.Handler) Route {
	return Route{Method: fiber.MethodPost, Path: path, For: who, Rate: rate, Cache: never, Handle: h}
}

// text is a POST whose form holds words that must not be lost: an expired session meets
// the same form with its text and a sign-in.
func text(path string, who Audience, h fiber.Handler) Route {
	return Route{Method: fiber.MethodPost, Path: path, For: who, Rate: writing, Cache: never, Forged: keepText, Handle: h}
}

// table is every route of Portico, by area. A path that is not here does not exist.
func table(a areas) []Route {
	return slices.Concat(frameRoutes(a), memberRoutes(a), forumRoutes(a), groupRoutes(a), questionRoutes(a), deskRoutes(a), directoryRoutes(a), practiceRoutes(a), offlineRoutes(a), statementRoutes(a), trainingRoutes(a), meetingRoutes(a), dutyRoutes(a), supervisionRoutes(a), peerworkRoutes(a), payrollRoutes(a), careerRoutes(a), timesheetRoutes(a), onboardingRoutes(a), materialRoutes(a), careRoutes(a), magazineRoutes(a), figureRoutes(a), translateRoutes(a), noticeRoutes(a), surveyRoutes(a), aloudRoutes(a))
}

func frameRoutes(a areas) []Route {
	return []Route{
		get("/", everybody, reading, a.home.Home),
		get("/my", colleagues, reading, a.home.Mine),
		get("/languages", everybody, reading, a.home.Languages),
		get("/about", everybody, reading, a.home.About),
		get("/rules", everybody, reading, a.home.Rules),
		get("/rules/changes", everybody, reading, a.home.RuleChanges),
		post("/rules/read", signedIn, writing, a.home.ReadRules),
		get("/safety", everybody, reading, a.home.Safety),
		get("/help", everybody, reading, a.home.Help),
		get("/what-we-hold", everybody, reading, a.home.WhatWeHold),
		get("/what-we-hold/:table", everybody, reading, a.home.Held),
		get("/link", everybody, reading, a.home.Link),
		get("/exit", everybody, reading, a.home.ExitWords),
		{fiber.MethodPost, "/exit", everybody, reading, never, always, a.home.Exit},
		get("/left", everybody, reading, a.home.Left),
		get("/healthz", everybody, reading, a.home.Healthz),
		{fiber.MethodGet, "/static/:name", everybody, reading, forever, refuse, a.home.Static},
	}
}

func memberRoutes(a areas) []Route {
	return []Route{
		get("/join", everybody, reading, a.member.JoinForm),
		post("/join", everybody, keys, a.member.Join),
		get("/key", signedIn, reading, a.member.Key),
		get("/key/card", signedIn, reading, a.member.KeyCard),
		get("/key/practice", signedIn, reading, a.member.Practice),
		post("/key/practice", signedIn, writing, a.member.CheckPractice),
		get("/sign-in", everybody, reading, a.member.SignInForm),
		get("/sign-in/team", everybody, reading, a.member.TeamForm),
		post("/sign-in", everybody, keys, a.member.SignIn),
		get("/sign-out", everybody, reading, a.member.SignOutWords),
		{fiber.MethodPost, "/sign-out", everybody, reading, never, always, a.member.SignOut},
		get("/me", signedIn, reading, a.member.Me),
		post("/me/label", signedIn, writing, a.member.Label),
		post("/me/sessions/:id/end", signedIn, writing, a.member.EndSession),
		get("/me/end-all", signedIn, reading, a.member.EndAllForm),
		post("/me/end-all", signedIn, keys, a.member.EndAll),
		get("/me/key", signedIn, reading, a.member.ChangeKeyForm),
		post("/me/key", signedIn, keys, a.member.ChangeKey),
		get("/me/data", signedIn, reading, a.member.DataForm),
		post("/me/data", signedIn, keys, a.member.Data),
		get("/me/delete", signedIn, reading, a.member.DeleteForm),
		post("/me/delete", signedIn, keys, a.member.Delete),
		get("/role/:token", everybody, reading, a.member.RoleForm),
		post("/role/:token", everybody, keys, a.member.TakeUpRole),
		get("/team", leads, reading, a.member.Team),
		post("/team/links", leads, writing, a.member.OfferRoles),
		get("/team/people/:id/end", leads, reading, a.member.EndAccessForm),
		post("/team/people/:id/end", leads, keys, a.member.EndAccess),
		get("/team/invitations", inviters, reading, a.member.Invitations),
		post("/team/invitations", inviters, writing, a.member.Invite),
		get("/team/invitations/:id/cards", inviters, reading, a.member.InvitationCards),
		post("/team/invitations/:id/close", inviters, writing, a.member.CloseInvitations),
	}
}

func forumRoutes(a areas) []Route {
	return []Route{
		get("/forum", everybody, reading, a.forum.Boards),
		get("/forum/search", everybody, asking, a.forum.Search),
		post("/forum/search", signedIn, asking, a.forum.SearchPosted),
		get("/my/talks", signedIn, reading, a.forum.MyTalks),
		get("/forum/:board", everybody, reading, a.forum.Board),
		get("/forum/:board/start", everybody, reading, a.forum.StartForm),
		text("/forum/:board/topics", everybody, a.forum.Start),
		get("/forum/:board/:topic", everybody, reading, a.forum.Topic),
		text("/forum/:board/:topic/posts", everybody, a.forum.Reply),
		post("/forum/:board/:topic/react", signedIn, writing, a.forum.React),
		post("/forum/:board/:topic/follow", signedIn, writing, a.forum.Follow),
		get("/posts/:id", everybody, reading, a.forum.Permalink),
		get("/posts/:id/edit", signedIn, reading, a.forum.EditForm),
		text("/posts/:id/edit", everybody, a.forum.Edit),
		get("/posts/:id/delete", signedIn, reading, a.forum.DeleteForm),
		post("/posts/:id/delete", signedIn, writing, a.forum.Delete),
		get("/decisions/:id/appeal", signedIn, reading, a.forum.AppealForm),
		text("/decisions/:id/appeal", everybody, a.forum.Appeal),
		get("/posts/:id/picture", everybody, reading, a.forum.Picture),
		get("/posts/:id/picture/new", signedIn, reading, a.forum.PictureForm),
		post("/posts/:id/picture", signedIn, writing, a.forum.AddPicture),
		post("/posts/:id/picture/remove", signedIn, writing, a.forum.RemovePicture),
		get("/posts/:id/report", signedIn, reading, a.forum.ReportForm),
		text("/posts/:id/report", everybody, a.forum.Report),
		get("/posts/:id/out", moderators, reading, a.forum.OutForm),
		text("/posts/:id/out", everybody, a.forum.Out),
	}
}

func deskRoutes(a areas) []Route {
	return []Route{
		get("/desk", moderators, reading, a.desk.Queue),
		get("/desk/items/:id", moderators, reading, a.desk.Item),
		post("/desk/items/:id/claim", moderators, writing, a.desk.Claim),
		post("/desk/items/:id/release", moderators, writing, a.desk.Release),
		text("/desk/items/:id/decide", everybody, a.desk.Decide),
		text("/desk/items/:id/settle", everybody, a.desk.Settle),
		post("/desk/items/:id/aside", moderators, writing, a.desk.StepAside),
		get("/desk/care", moderators, reading, a.desk.Care),
		post("/desk/debrief", moderators, writing, a.desk.AskDebrief),
		post("/desk/debrief/:id/held", moderators, writing, a.desk.HoldDebrief),
		get("/team/duties", leads, reading, a.desk.Owed),
		get("/team/audit.csv", leads, asking, a.desk.AuditCSV),
		get("/transparency", everybody, reading, a.desk.Openness),
		get("/desk/rota", moderators, reading, a.desk.Rota),
		post("/desk/rota", moderators, writing, a.desk.TakeShift),
		post("/desk/rota/:id/leave", moderators, writing, a.desk.LeaveShift),
		get("/desk/terms", moderators, reading, a.desk.Terms),
		text("/desk/terms/:form", everybody, a.desk.AddTerm),
		post("/desk/terms/:id/remove", moderators, writing, a.desk.RemoveTerm),
		get("/team/boards", leads, reading, a.desk.Boards),
		get("/team/boards/:board", leads, reading, a.desk.BoardForm),
		text("/team/boards/:board", everybody, a.desk.SaveBoard),
		post("/team/boards/:board/archive", leads, writing, a.desk.ArchiveBoard),
		post("/team/boards/:board/move", leads, writing, a.desk.MoveBoard),
		get("/team/rules", inviters, reading, a.desk.RulesDraft),
		post("/team/rules/decide", inviters, writing, a.desk.DecideRules),
		get("/team/rules/drop", inviters, reading, a.desk.DropRulesForm),
		post("/team/rules/drop", inviters, writing, a.desk.DropRules),
		get("/team/rules/:lang", inviters, reading, a.desk.RuleForm),
		text("/team/rules/:lang", everybody, a.desk.SaveRules),
		get("/desk/keys", moderators, reading, a.desk.Keys),
		post("/desk/keys/:id", moderators, writing, a.desk.GrantKey),
	}
}

func directoryRoutes(a areas) []Route {
	return []Route{
		get("/directory", everybody, asking, a.directory.List),
		post("/directory", signedIn, asking, a.directory.ListPosted),
		get("/directory.csv", everybody, asking, a.directory.CSV),
		get("/directory/corrections", inviters, reading, a.directory.Corrections),
		post("/directory/corrections/:id", inviters, writing, a.directory.Settle),
		get("/directory.json", everybody, asking, a.directory.JSON),
		get("/directory/everything.csv", everybody, asking, a.directory.Everything),
		get("/directory/files", inviters, reading, a.directory.Files),
		post("/directory/files", inviters, writing, a.directory.TryFile),
		post("/directory/files/write", inviters, writing, a.directory.TakeFile),
		get("/directory/new", inviters, reading, a.directory.NewForm),
		text("/directory/new/:form", inviters, a.directory.Add),
		get("/directory/round", inviters, reading, a.directory.Round),
		get("/directory/:id", everybody, reading, a.directory.Entry),
		get("/directory/:id/take", everybody, reading, a.directory.TakeForm),
		text("/directory/:id/take", everybody, a.directory.Take),
		post("/directory/:id/still", inviters, writing, a.directory.StillTrue),
		post("/directory/:id/no-answer", inviters, writing, a.directory.NoAnswer),
		post("/directory/:id/relate", inviters, writing, a.directory.Relate),
		post("/directory/:id/unrelate", inviters, writing, a.directory.Unrelate),
		get("/directory/:id/correct", everybody, reading, a.directory.CorrectForm),
		text("/directory/:id/correct", everybody, a.directory.Correct),
		post("/directory/:id/verify", inviters, writing, a.directory.Verify),
		get("/directory/:id/change", inviters, reading, a.directory.ChangeForm),
		text("/directory/:id/change", inviters, a.directory.Change),
	}
}

func trainingRoutes(a areas) []Route {
	return []Route{
		get("/learn", everybody, reading, a.training.List),
		get("/learn/practice", colleagues, reading, a.training.Watch),
		post("/learn/practice/:id/:module", colleagues, writing, a.training.Witness),
		get("/learn/shelf", authors, reading, a.training.Shelf),
		post("/learn/shelf", authors, writing, a.training.Bring),
		get("/learn/shelf/:module/:version", authors, reading, a.training.Preview),
		get("/learn/shelf/:module/:version/questions", authors, reading, a.training.PreviewQuestions),
		get("/learn/shelf/:module/:version/whole", authors, asking, a.training.Packed),
		post("/learn/shelf/:module/:version/open", inviters, writing, a.training.OpenDraft),
		post("/learn/shelf/:module/:version/drop", authors, writing, a.training.DropDraft),
		get("/learn/team", inviters, reading, a.training.Team),
		get("/learn/team.csv", inviters, asking, a.training.TeamCSV),
		post("/learn/team/assign", inviters, writing, a.training.Assign),
		post("/learn/team/unassign", inviters, writing, a.training.Unassign),
		post("/learn/team/waive", inviters, writing, a.training.Waive),
		post("/learn/team/unwaive", inviters, writing, a.training.Unwaive),
		get("/learn/team/:id", inviters, reading, a.training.Trainee),
		get("/learn/:module", signedIn, reading, a.training.Module),
		post("/learn/:module/finish", signedIn, writing, a.training.Finish),
		post("/learn/:module/refresh", signedIn, writing, a.training.Refresh),
		get("/learn/:module/story", signedIn, reading, a.training.Story),
		post("/learn/:module/story", signedIn, writing, a.training.Step),
		get("/learn/:module/practice", colleagues, reading, a.training.Practice),
		post("/learn/:module/practice", colleagues, writing, a.training.AskPractice),
		get("/learn/:module/units/:unit/voice", signedIn, reading, a.training.Voice),
		get("/learn/:module/units/:unit", signedIn, reading, a.training.Unit),
		post("/learn/:module/units/:unit", signedIn, writing, a.training.DoUnit),
		get("/learn/:module/quiz", signedIn, reading, a.training.Quiz),
		text("/learn/:module/quiz", everybody, a.training.AnswerQuiz),
		get("/learn/:module/reflection", signedIn, reading, a.training.Reflection),
		text("/learn/:module/reflection", everybody, a.training.Reflect),
	}
}

// peerworkRoutes are a peer's own profile and risk, and for coordinators the people.
func peerworkRoutes(a areas) []Route {
	return []Route{
		get("/peers", everybody, reading, a.peerwork.Seen),
		get("/work/contract", peers, reading, a.peerwork.Contract),
		get("/work/profile", peers, reading, a.peerwork.Profile),
		post("/work/profile/ask", peers, writing, a.peerwork.AskToBeShown),
		post("/work/profile/hide", peers, writing, a.peerwork.Hide),
		post("/work/profile/low", peers, writing, a.peerwork.LowProfile),
		post("/work/profile/withdraw", peers, writing, a.peerwork.Withdraw),
		get("/work/profile/views", peers, reading, a.peerwork.Views),
		get("/work/profile/as/:eyes", peers, reading, a.peerwork.SeenAs),
		text("/work/profile/:form", everybody, a.peerwork.SaveProfile),
		get("/work/risk", peers, reading, a.peerwork.MyRisk),
		text("/work/risk/:id", everybody, a.peerwork.Assess),
		get("/work/team", inviters, reading, a.peerwork.Team),
		post("/work/team/organisations", inviters, writing, a.peerwork.AddOrganisation),
		get("/work/team/people/:id", inviters, reading, a.peerwork.Person),
		get("/work/team/people/:id/risk", inviters, reading, a.peerwork.RiskOf),
		text("/work/team/people/:id/contract", everybody, a.peerwork.SaveContract),
		post("/work/team/people/:id/show", inviters, writing, a.peerwork.Show),
		post("/work/team/people/:id/not-now", inviters, writing, a.peerwork.NotNow),
		post("/work/team/people/:id/come-back", inviters, writing, a.peerwork.ComeBack),
		post("/work/team/people/:id/organisation", inviters, writing, a.peerwork.Place),
	}
}

// development are routes that production does not have.
func development(a areas) []Route {
	return []Route{get("/style", everybody, reading, a.home.Style)}
}
