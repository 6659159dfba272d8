package web

import "portico/app/practice"

// interviewers are whoever speaks with organisations for the library, and checks it.
var interviewers = Audience{name: "interviewers", roles: practice.Interviews}

// practiceRoutes are the good-practice library. What has a name of its own stands before
// what the name of a sheet would match.
func practiceRoutes(a areas) []Route {
	return []Route{
		get("/practices", everybody, asking, a.practice.List),
		post("/practices", signedIn, asking, a.practice.ListPosted),
		get("/practices.csv", everybody, asking, a.practice.CSV),
		get("/practices/corrections", inviters, reading, a.practice.Corrections),
		post("/practices/corrections/:id", inviters, writing, a.practice.Settle),
		get("/practices/interviews", interviewers, reading, a.practice.Interviews),
		get("/practices/interviews/new", interviewers, reading, a.practice.BeginForm),
		text("/practices/interviews/new/:form", everybody, a.practice.Begin),
		get("/practices/interviews/:id", interviewers, reading, a.practice.Room),
		post("/practices/interviews/:id/hand", interviewers, writing, a.practice.HandOn),
		text("/practices/interviews/:id/back", everybody, a.practice.TakeBack),
		post("/practices/interviews/:id/publish", interviewers, writing, a.practice.Publish),
		post("/practices/interviews/:id/drop", interviewers, writing, a.practice.Drop),
		get("/practices/interviews/:id/steps/:step", interviewers, reading, a.practice.Step),
		text("/practices/interviews/:id/steps/:step", everybody, a.practice.SaveStep),
		get("/practices/:id", everybody, reading, a.practice.Sheet),
		get("/practices/:id/correct", everybody, reading, a.practice.CorrectForm),
		text("/practices/:id/correct", everybody, a.practice.Correct),
		post("/practices/:id/verify", inviters, writing, a.practice.Verify),
		post("/practices/:id/again", interviewers, writing, a.practice.Again),
	}
}
