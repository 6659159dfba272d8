package web

// aloudRoutes are the recordings of the portal's own pages.
func aloudRoutes(a areas) []Route {
	return []Route{
		get("/aloud", translators, reading, a.aloud.Studio),
		text("/aloud", everybody, a.aloud.Send),
		get("/aloud/:id", everybody, reading, a.aloud.Sound),
		post("/aloud/:id/heard", translators, writing, a.aloud.Heard),
		post("/aloud/:id/drop", translators, writing, a.aloud.Drop),
	}
}
