package web

// dutyRoutes are what the organisation owes around supervision, and what belongs to the
// person alone: her hours, her statement, her log. They come before the routes of the
// relations, whose variables would take their words.
func dutyRoutes(a areas) []Route {
	return []Route{
		get("/supervision/owed", colleagues, reading, a.supervision.Owed),
		get("/supervision/heavy", colleagues, reading, a.supervision.HeavyForm),
		text("/supervision/heavy/:form", everybody, a.supervision.Heavy),
		get("/supervision/debriefs/:id", colleagues, reading, a.supervision.Debrief),
		post("/supervision/debriefs/:id/held", colleagues, writing, a.supervision.DebriefHeld),
		get("/supervision/hours", inviters, reading, a.supervision.Hours),
		post("/supervision/hours", inviters, writing, a.supervision.Require),
		post("/supervision/hours/:id/end", inviters, writing, a.supervision.Unrequire),
		get("/supervision/statement", colleagues, reading, a.supervision.Statement),
		get("/supervision/log", colleagues, asking, a.supervision.Log),
		get("/supervision/log.csv", colleagues, asking, a.supervision.LogCSV),
	}
}
