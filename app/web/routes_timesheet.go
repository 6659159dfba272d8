package web

// timesheetRoutes are a peer's own weeks, and for coordinators the weeks that wait, the
// months and the file for payroll.
func timesheetRoutes(a areas) []Route {
	return []Route{
		get("/work", peers, reading, a.timesheet.Week),
		get("/work/statement", peers, asking, a.timesheet.Statement),
		get("/work/weeks/:id", peers, reading, a.timesheet.WeekAt),
		get("/work/weeks/:id/statement", peers, reading, a.timesheet.WeekStatement),
		text("/work/weeks/:id/lines", everybody, a.timesheet.AddLine),
		get("/work/weeks/:id/lines/:line", peers, reading, a.timesheet.Line),
		post("/work/weeks/:id/lines/:line/remove", peers, writing, a.timesheet.RemoveLine),
		post("/work/weeks/:id/lines/:line/accept", peers, writing, a.timesheet.Accept),
		text("/work/weeks/:id/lines/:line/dispute", everybody, a.timesheet.Dispute),
		post("/work/weeks/:id/take", peers, writing, a.timesheet.Take),
		post("/work/weeks/:id/close", peers, writing, a.timesheet.Close),
		post("/work/weeks/:id/reopen", peers, writing, a.timesheet.Reopen),
		get("/work/team/weeks", inviters, reading, a.timesheet.Team),
		get("/work/team/weeks/:id", inviters, reading, a.timesheet.TeamWeek),
		post("/work/team/weeks/:id/approve", inviters, writing, a.timesheet.Approve),
		post("/work/team/weeks/:id/pay", inviters, writing, a.timesheet.Pay),
		get("/work/team/weeks/:id/lines/:line", inviters, reading, a.timesheet.TeamLine),
		text("/work/team/weeks/:id/lines/:line/decide", everybody, a.timesheet.Decide),
		text("/work/team/weeks/:id/lines/:line/settle", everybody, a.timesheet.Settle),
		get("/work/team/months/:id", inviters, reading, a.timesheet.Month),
		post("/work/team/months/:id/lock", inviters, writing, a.timesheet.Lock),
		text("/work/team/months/:id/unlock", everybody, a.timesheet.Unlock),
		get("/work/team/pay.csv", inviters, asking, a.timesheet.PayCSV),
	}
}
