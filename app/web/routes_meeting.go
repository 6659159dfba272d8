package web

// meetingRoutes are workshops and meetings. Everybody sees what is coming; a member takes a
// seat as a number; the chairs are for who hosts, which in an agreement of supervision is
// anybody of it. What is for a group or an agreement does not exist for others.
func meetingRoutes(a areas) []Route {
	return []Route{
		get("/meetings", everybody, reading, a.meeting.List),
		get("/meetings/hosted", callers, reading, a.meeting.Hosted),
		get("/meetings/new", callers, reading, a.meeting.Form),
		get("/meetings/for/:id", colleagues, reading, a.meeting.FormFor),
		get("/meetings/calendar", signedIn, reading, a.meeting.Seats),
		text("/meetings/new/:form", everybody, a.meeting.Call),
		get("/meetings/:id", everybody, reading, a.meeting.One),
		get("/meetings/:id/calendar", signedIn, reading, a.meeting.Calendar),
		post("/meetings/:id/take", signedIn, writing, a.meeting.Take),
		post("/meetings/:id/leave", signedIn, writing, a.meeting.Leave),
		get("/meetings/:id/chairs", colleagues, reading, a.meeting.Chairs),
		post("/meetings/:id/note", colleagues, writing, a.meeting.Note),
		get("/meetings/:id/change", colleagues, reading, a.meeting.ChangeForm),
		text("/meetings/:id/change", everybody, a.meeting.Change),
		get("/meetings/:id/off", colleagues, reading, a.meeting.OffForm),
		text("/meetings/:id/off", everybody, a.meeting.CallOff),
		get("/meetings/:id/rest", colleagues, reading, a.meeting.RestForm),
		text("/meetings/:id/rest", everybody, a.meeting.Rest),
		post("/meetings/:id/wake", colleagues, writing, a.meeting.Wake),
	}
}
