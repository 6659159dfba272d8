package web

// statementRoutes are statements of learning: what a learner makes and takes back, where
// anybody checks one, where coordinators end one, and what programs elsewhere read. They
// come before the other routes of learning, whose variables would take their words.
func statementRoutes(a areas) []Route {
	return []Route{
		get("/learn/verify", everybody, reading, a.training.VerifyForm),
		post("/learn/verify", everybody, keys, a.training.Verify),
		get("/learn/credentials/keys.json", everybody, reading, a.training.KeySet),
		get("/learn/credentials/keys/:key", everybody, reading, a.training.Key),
		get("/learn/credentials/revoked.json", everybody, asking, a.training.RevokedList),
		get("/learn/team/statements", inviters, reading, a.training.RevokeForm),
		post("/learn/team/statements", inviters, keys, a.training.Revoke),
		get("/learn/:module/statement", signedIn, reading, a.training.Statement),
		post("/learn/:module/statement", signedIn, asking, a.training.NameStatement),
		post("/learn/:module/statement/make", signedIn, writing, a.training.MakeStatement),
		post("/learn/:module/statement/back", signedIn, writing, a.training.TakeBack),
	}
}
