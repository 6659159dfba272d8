package web

// meetingRoutes are workshops and meetings. Everybody sees what is coming; a member takes a
// seat as a number; the chairs are for who hosts.
func meetingRoutes(a areas) []Route {
	return []Route{
		get("/meetings", everybody, reading, a.meeting.List),
		get("/meetings/hosted", callers, reading, a.meeting.Hosted),
		get("/meetings/new", callers, reading, a.meeting.Form),
		text("/meetings/new/:form", everybody, a.meeting.Call),
		get("/meetings/:id", everybody, reading, a.meeting.One),
		get("/meetings/:id/calendar", signedIn, reading, a.meeting.Calendar),
		post("/meetings/:id/take", signedIn, writing, a.meeting.Take),
		post("/meetings/:id/leave", signedIn, writing, a.meeting.Leave),
		get("/meetings/:id/chairs", callers, reading, a.meeting.Chairs),
		post("/meetings/:id/note", callers, writing, a.meeting.Note),
		post("/meetings/:id/off", callers, writing, a.meeting.CallOff),
	}
}
