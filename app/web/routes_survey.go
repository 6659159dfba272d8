package web

// surveyRoutes are the surveys. What has a name of its own stands before what the number of one
// would match.
func surveyRoutes(a areas) []Route {
	return []Route{
		get("/surveys", everybody, reading, a.survey.List),
		get("/surveys/new", keepers, reading, a.survey.NewForm),
		text("/surveys/new/:form", everybody, a.survey.Write),
		get("/surveys/:id", everybody, reading, a.survey.One),
		text("/surveys/:id/answer/:form", everybody, a.survey.Answer),
		get("/surveys/:id/words", colleagues, reading, a.survey.TextForm),
		text("/surveys/:id/words", everybody, a.survey.Translate),
		post("/surveys/:id/begin", keepers, writing, a.survey.Begin),
		post("/surveys/:id/stop", keepers, writing, a.survey.Stop),
		post("/surveys/:id/drop", keepers, writing, a.survey.Drop),
		text("/surveys/:id/close", everybody, a.survey.Close),
	}
}
