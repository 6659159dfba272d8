package web

// offlineRoutes are what a phone that is hers keeps of learning, and what it sends later.
// They come before the modules, whose variable would take their words.
func offlineRoutes(a areas) []Route {
	return []Route{
		get("/learn/offline", signedIn, reading, a.training.KeptHome),
		get("/learn/offline/worker.js", everybody, reading, a.training.Worker),
		get("/learn/offline/live.json", signedIn, reading, a.training.Live),
		get("/learn/offline/:module", signedIn, reading, a.training.Kept),
		post("/learn/offline/:module", signedIn, writing, a.training.TakeLater),
		get("/learn/offline/:module/units/:unit", signedIn, reading, a.training.Kept),
		get("/learn/offline/:module/quiz", signedIn, reading, a.training.Kept),
		get("/learn/offline/:module/story", signedIn, reading, a.training.Kept),
	}
}
