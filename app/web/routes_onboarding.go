package web

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
)

// The audiences of coming in: somebody on her path, also when she has become a peer, who may
// enter others, and whom a farewell may be written to.
var (
	onPath   = Audience{name: "on their way in", roles: []member.Role{member.RoleCandidate, member.RolePeer}}
	enterers = Audience{name: "enterers", roles: []member.Role{member.RolePeer, member.RoleCoordinator}}
	trusted  = Audience{name: "trusted", roles: []member.Role{member.RoleCoordinator, member.RoleSupervisor}}
)

// onboardingRoutes are the public pages about joining, a candidate's own page, the
// coordinators' list, and what is asked of colleagues.
func onboardingRoutes(a areas) []Route {
	in := a.onboarding
	return []Route{
		get("/join-us", everybody, reading, in.Organisations),
		get("/join-us/:id", everybody, reading, in.Organisation),
		get("/join-us/:id/interest", everybody, reading, in.InterestForm),
		{fiber.MethodPost, "/join-us/:id/interest/:form", everybody, keys, never, keepText, in.Interest},
		get("/my-path", onPath, reading, in.Mine),
		post("/my-path/read", onPath, writing, in.Read),
		get("/my-path/rules", onPath, reading, in.Rules),
		post("/my-path/rules", onPath, writing, in.SignRules),
		text("/my-path/write/:form", everybody, in.Write),
		text("/my-path/appeal/:form", everybody, in.Appeal),
		post("/my-path/offer", onPath, writing, in.AnswerOffer),
		get("/my-path/stop", onPath, reading, in.StopForm),
		post("/my-path/stop", onPath, writing, in.Stop),
		get("/team/joining", inviters, reading, in.Team),
		get("/team/joining/pages/:id", inviters, reading, in.Edit),
		post("/team/joining/pages/:id/open", inviters, writing, in.SaveOpen),
		text("/team/joining/pages/:id/text", everybody, in.SaveText),
		text("/team/joining/pages/:id/criteria", everybody, in.SaveCriteria),
		text("/team/joining/pages/:id/postings/:form", everybody, in.Post),
		post("/team/joining/postings/:id/close", inviters, writing, in.ClosePosting),
		get("/team/joining/:id", inviters, reading, in.Path),
		post("/team/joining/:id/link", inviters, writing, in.NewLink),
		post("/team/joining/:id/plan", inviters, writing, in.Plan),
		text("/team/joining/:id/finish", everybody, in.Finish),
		post("/team/joining/:id/vote", inviters, writing, in.OpenVote),
		text("/team/joining/:id/appeal", everybody, in.DecideAppeal),
		post("/team/joining/:id/panel", inviters, writing, in.NamePanel),
		text("/team/joining/:id/panel/settle", everybody, in.SettlePanel),
		text("/team/joining/:id/offer", everybody, in.MakeOffer),
		text("/team/joining/:id/write/:form", everybody, in.Answer),
		get("/work/joining", colleagues, reading, in.Asked),
		get("/work/joining/enter", enterers, reading, in.EnterForm),
		text("/work/joining/enter/:form", everybody, in.Enter),
		get("/work/joining/steps/:id", colleagues, reading, in.Step),
		text("/work/joining/steps/:id/finish", everybody, in.FinishStep),
		get("/work/joining/votes/:id", peers, reading, in.Vote),
		text("/work/joining/votes/:id", everybody, in.Cast),
		post("/work/joining/votes/:id/aside", peers, writing, in.StepAside),
		get("/work/joining/panel/:id", colleagues, reading, in.Panel),
		text("/work/joining/panel/:id", everybody, in.NotePanel),
		get("/work/titles", peers, reading, in.Titles),
		text("/work/titles/propose/:form", everybody, in.Propose),
		post("/work/titles/rounds/:id/open", peers, writing, in.OpenTitles),
		post("/work/titles/rounds/:id/vote", peers, writing, in.VoteTitle),
		get("/work/leave", peers, reading, in.LeaveForm),
		text("/work/leave/:form", everybody, in.Leave),
		get("/work/farewells", trusted, reading, in.Farewells),
	}
}
