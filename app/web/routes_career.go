package web

// careerRoutes are somebody's way through this work. Everybody with a role has the page,
// because talks and notes come to others too; what is not hers does not exist for her.
func careerRoutes(a areas) []Route {
	return []Route{
		get("/work/career", colleagues, reading, a.career.Path),
		text("/work/career/plan/:form", everybody, a.career.Plan),
		get("/work/career/talks/:id", colleagues, reading, a.career.Talk),
		text("/work/career/talks/:id/note", everybody, a.career.Note),
		post("/work/career/talks/:id/answer", peers, writing, a.career.Answer),
		post("/work/career/talks/:id/off", colleagues, writing, a.career.CallOff),
		text("/work/career/skills/:form", everybody, a.career.SaveSkill),
		get("/work/career/skills/:id/edit", peers, reading, a.career.EditSkill),
		post("/work/career/skills/:id/remove", peers, writing, a.career.RemoveSkill),
		post("/work/career/skills/:id/confirm", colleagues, writing, a.career.Confirm),
		post("/work/career/steps/:id/kept", peers, writing, a.career.Kept),
		get("/work/career/outside", colleagues, reading, a.career.Outside),
		text("/work/career/outside/:form", everybody, a.career.Write),
		get("/work/career/outside/:id", colleagues, reading, a.career.OneNote),
		text("/work/career/outside/:id/more", everybody, a.career.More),
		post("/work/career/outside/:id/step-back", colleagues, writing, a.career.StepBack),
		get("/work/career/notes", contacts, reading, a.career.Inbox),
		get("/work/career/notes/:id", contacts, reading, a.career.ForContact),
		text("/work/career/notes/:id/more", everybody, a.career.Respond),
		get("/work/team/career", inviters, reading, a.career.Team),
		text("/work/team/career/steps/:form", everybody, a.career.TakeStep),
		post("/work/team/career/contacts", inviters, writing, a.career.NameContact),
		post("/work/team/career/contacts/:id/drop", inviters, writing, a.career.DropContact),
	}
}
