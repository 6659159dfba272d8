package web

import "github.com/gofiber/fiber/v2"

// noticeRoutes are telling and reading without an account, the page with numbers that are open
// now, and the moderators' rooms for what was told. What has a name of its own stands before
// what the number of a tip would match.
func noticeRoutes(a areas) []Route {
	return []Route{
		get("/help/now", everybody, reading, a.notice.Now),
		get("/help/now/:country", everybody, reading, a.notice.NowIn),
		get("/notices", everybody, reading, a.notice.Home),
		get("/notices/choose", everybody, reading, a.notice.Choose),
		get("/notices/tell/:country", everybody, reading, a.notice.TellForm),
		text("/notices/tell/:country/:form", everybody, a.notice.Tell),
		get("/notices/answer", everybody, reading, a.notice.AnswerForm),
		{fiber.MethodPost, "/notices/answer/:form", everybody, keys, never, keepText, a.notice.Answer},
		get("/notices/tips", everybody, reading, a.notice.Tips),
		get("/desk/notices", moderators, reading, a.notice.Desk),
		get("/desk/notices/:id", moderators, reading, a.notice.Item),
		post("/desk/notices/:id/claim", moderators, writing, a.notice.Claim),
		post("/desk/notices/:id/release", moderators, writing, a.notice.Release),
		post("/desk/notices/:id/close", moderators, writing, a.notice.Close),
		text("/desk/notices/:id/answer", everybody, a.notice.Reply),
		get("/desk/tips", moderators, reading, a.notice.DeskTips),
		get("/desk/tips/new", moderators, reading, a.notice.WriteForm),
		text("/desk/tips/new/:form", everybody, a.notice.Write),
		get("/desk/tips/:id/write", moderators, reading, a.notice.WriteForm),
		text("/desk/tips/:id/write", everybody, a.notice.Write),
		post("/desk/tips/:id/show", moderators, writing, a.notice.ShowTip),
		post("/desk/tips/:id/down", moderators, writing, a.notice.TakeDown),
	}
}
