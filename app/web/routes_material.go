package web

// materialRoutes are the library that everybody reads, and the co-design behind it.
func materialRoutes(a areas) []Route {
	return []Route{
		get("/read", everybody, reading, a.material.Library),
		get("/read/ideas", signedIn, reading, a.material.Ideas),
		text("/read/ideas", everybody, a.material.Propose),
		get("/read/work", colleagues, reading, a.material.Work),
		get("/read/:id", everybody, reading, a.material.Read),
		get("/read/:id/text", everybody, reading, a.material.Text),
		get("/read/:id/print", everybody, reading, a.material.Print),
		text("/read/:id/feedback", everybody, a.material.Feedback),
		post("/read/:id/want", signedIn, writing, a.material.Want),
		post("/read/:id/take", colleagues, writing, a.material.TakeUp),
		get("/read/:id/consultation", signedIn, reading, a.material.Consultation),
		text("/read/:id/consultation", everybody, a.material.Say),
		get("/read/:id/suggest", signedIn, reading, a.material.SuggestForm),
		text("/read/:id/suggest", everybody, a.material.Suggest),
		get("/read/:id/group", colleagues, reading, a.material.Group),
		get("/read/:id/write", colleagues, reading, a.material.WriteForm),
		text("/read/:id/write", everybody, a.material.Write),
		get("/read/:id/compare", colleagues, reading, a.material.Compare),
		get("/read/:id/people", colleagues, reading, a.material.InviteForm),
		text("/read/:id/people", everybody, a.material.Invite),
		post("/read/:id/people/:person/leave", colleagues, writing, a.material.Leave),
		get("/read/:id/credit", colleagues, reading, a.material.CreditForm),
		text("/read/:id/credit", everybody, a.material.Credit),
		get("/read/:id/time", colleagues, reading, a.material.SpentForm),
		text("/read/:id/time", everybody, a.material.Spend),
		get("/read/:id/suggestions/:suggestion", colleagues, reading, a.material.AnswerForm),
		text("/read/:id/suggestions/:suggestion", everybody, a.material.Answer),
		get("/read/:id/consult", colleagues, reading, a.material.ConsultForm),
		text("/read/:id/consult", everybody, a.material.Consult),
		post("/read/:id/consult/close", colleagues, writing, a.material.CloseConsultation),
		get("/read/:id/consult/longer", colleagues, reading, a.material.ProlongForm),
		text("/read/:id/consult/longer", everybody, a.material.Prolong),
		get("/read/:id/decide", colleagues, reading, a.material.DecideForm),
		text("/read/:id/decide", everybody, a.material.Decide),
		get("/read/:id/vote", colleagues, reading, a.material.VoteForm),
		text("/read/:id/vote", everybody, a.material.Vote),
		post("/read/:id/vote/count", colleagues, writing, a.material.Count),
		get("/read/:id/publish", colleagues, reading, a.material.PublishForm),
		text("/read/:id/publish", everybody, a.material.Publish),
		get("/read/:id/reopen", colleagues, reading, a.material.ReopenForm),
		text("/read/:id/reopen", everybody, a.material.Reopen),
		get("/read/:id/archive", colleagues, reading, a.material.ArchiveForm),
		text("/read/:id/archive", everybody, a.material.Archive),
	}
}

// translateRoutes are the mediators' rooms. The glossary stands before what a document's
// number would match.
func translateRoutes(a areas) []Route {
	return []Route{
		get("/translate", translators, reading, a.translate.List),
		post("/translate/languages", translators, writing, a.translate.SayLanguages),
		get("/translate/glossary", translators, reading, a.translate.Terms),
		get("/translate/glossary/:id", translators, reading, a.translate.Term),
		text("/translate/glossary/:id", everybody, a.translate.KeepTerm),
		post("/translate/glossary/:id/remove", translators, writing, a.translate.RemoveTerm),
		post("/translate/:doc/open", translators, writing, a.translate.Open),
		get("/translate/:doc/:lang", translators, reading, a.translate.Sheet),
		post("/translate/:doc/:lang/draft", translators, writing, a.translate.Draft),
		post("/translate/:doc/:lang/approve", translators, writing, a.translate.Approve),
		post("/translate/:doc/:lang/time", translators, writing, a.translate.Spend),
		get("/translate/:doc/:lang/:n", translators, reading, a.translate.Segment),
		text("/translate/:doc/:lang/:n", everybody, a.translate.Save),
		post("/translate/:doc/:lang/:n/review", translators, writing, a.translate.Review),
		post("/translate/:doc/:lang/:n/use", translators, writing, a.translate.Use),
	}
}
