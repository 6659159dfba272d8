package web

// magazineRoutes are the magazine. What has a name of its own stands before what the number
// of an issue would match.
func magazineRoutes(a areas) []Route {
	return []Route{
		get("/magazine", everybody, reading, a.magazine.List),
		get("/magazine/new", keepers, reading, a.magazine.BeginForm),
		text("/magazine/new/:form", everybody, a.magazine.Begin),
		get("/magazine/:id", everybody, reading, a.magazine.Issue),
		get("/magazine/:id/print", everybody, reading, a.magazine.Print),
		get("/magazine/:id/text", everybody, reading, a.magazine.Text),
		text("/magazine/:id/said", everybody, a.magazine.Say),
		text("/magazine/:id/topics", everybody, a.magazine.Propose),
		post("/magazine/:id/topics/:topic/want", signedIn, writing, a.magazine.Want),
		post("/magazine/:id/topics/:topic/drop", colleagues, writing, a.magazine.DropTopic),
		get("/magazine/:id/send", signedIn, reading, a.magazine.SendForm),
		text("/magazine/:id/send", everybody, a.magazine.Send),
		get("/magazine/:id/room", colleagues, reading, a.magazine.Room),
		post("/magazine/:id/move", colleagues, writing, a.magazine.Move),
		get("/magazine/:id/words", colleagues, reading, a.magazine.WordsForm),
		text("/magazine/:id/words", everybody, a.magazine.Words),
		get("/magazine/:id/people", colleagues, reading, a.magazine.InviteForm),
		text("/magazine/:id/people", everybody, a.magazine.Invite),
		post("/magazine/:id/people/:person/leave", colleagues, writing, a.magazine.Leave),
		get("/magazine/:id/pieces", colleagues, reading, a.magazine.TakeOverForm),
		text("/magazine/:id/pieces", everybody, a.magazine.TakeOver),
		get("/magazine/:id/pieces/:piece", signedIn, reading, a.magazine.Piece),
		text("/magazine/:id/pieces/:piece/opinion", everybody, a.magazine.Opine),
		get("/magazine/:id/pieces/:piece/edit", colleagues, reading, a.magazine.EditForm),
		text("/magazine/:id/pieces/:piece/edit", everybody, a.magazine.Edit),
		post("/magazine/:id/pieces/:piece/back", signedIn, writing, a.magazine.TakeBack),
		post("/magazine/:id/pieces/:piece/up", colleagues, writing, a.magazine.Up),
		post("/magazine/:id/pieces/:piece/down", colleagues, writing, a.magazine.Down),
		get("/magazine/:id/copies", colleagues, reading, a.magazine.Copies),
		text("/magazine/:id/copies", everybody, a.magazine.AddCopies),
		get("/magazine/:id/copies.csv", colleagues, asking, a.magazine.CopiesCSV),
		post("/magazine/:id/copies/:line/drop", colleagues, writing, a.magazine.DropCopies),
	}
}
