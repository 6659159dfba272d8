package web

// groupRoutes are the rooms that let people in by vouching, and the codes of that.
func groupRoutes(a areas) []Route {
	return []Route{
		get("/groups", everybody, reading, a.forum.Groups),
		get("/groups/new", hosts, reading, a.forum.NewGroupForm),
		text("/groups/new/:form", everybody, a.forum.NewGroup),
		get("/groups/:board", everybody, reading, a.forum.Group),
		post("/groups/:board/ask", signedIn, writing, a.forum.AskIn),
		text("/groups/:board/code", everybody, a.forum.UseGroupCode),
		get("/groups/:board/edit", signedIn, reading, a.forum.GroupForm),
		text("/groups/:board/edit", everybody, a.forum.SaveGroup),
		post("/groups/:board/close", signedIn, writing, a.forum.CloseGroup),
		post("/groups/:board/keep", signedIn, writing, a.forum.KeepGroup),
		post("/groups/:board/leave", signedIn, writing, a.forum.LeaveGroup),
		post("/groups/:board/starters", hosts, writing, a.forum.NewStarters),
	}
}

// questionRoutes are what people ask the peers alone, and where peers with the key answer.
func questionRoutes(a areas) []Route {
	return []Route{
		get("/ask", everybody, reading, a.forum.AskForm),
		text("/ask", everybody, a.forum.Ask),
		get("/ask/:id", signedIn, reading, a.forum.MyQuestion),
		text("/ask/:id/more", everybody, a.forum.AskMore),
		post("/ask/:id/close", signedIn, writing, a.forum.CloseQuestion),
		get("/ask/:id/delete", signedIn, reading, a.forum.DeleteQuestionForm),
		post("/ask/:id/delete", signedIn, writing, a.forum.DeleteQuestion),
		get("/asked", peers, reading, a.forum.Questions),
		get("/asked/keys", peers, reading, a.forum.DutyKeys),
		post("/asked/keys/:id", peers, writing, a.forum.GrantDutyKey),
		get("/asked/:id", peers, reading, a.forum.Question),
		text("/asked/:id/answer", everybody, a.forum.Answer),
	}
}
