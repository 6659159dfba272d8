package web

// figureRoutes are the figures: the team's log of releases, and the page that somebody
// outside opens with a code.
func figureRoutes(a areas) []Route {
	return []Route{
		get("/figures", colleagues, reading, a.figures.List),
		get("/figures/new", inviters, reading, a.figures.ProposeForm),
		text("/figures/new/:form", everybody, a.figures.Propose),
		post("/figures/keys/:id", inviters, writing, a.figures.GrantKey),
		get("/figures/:id", everybody, reading, a.figures.Release),
		text("/figures/:id/read", everybody, a.figures.Read),
		text("/figures/:id/csv", everybody, a.figures.ReadCSV),
		get("/figures/:id/table.csv", colleagues, asking, a.figures.CSV),
		post("/figures/:id/say", colleagues, writing, a.figures.Say),
		post("/figures/:id/code", inviters, writing, a.figures.Code),
		post("/figures/:id/close", keepers, writing, a.figures.Close),
	}
}
