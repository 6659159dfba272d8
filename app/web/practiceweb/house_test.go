package practiceweb_test

import (
	"context"
	"testing"

	"portico/app/member"
	"portico/app/practice"
	"portico/app/web/practiceweb"
	"portico/app/web/webtest"
	"portico/content"
)

// house is the library with everything that is shipped.
type house struct {
	*webtest.House
	lib *practice.Service
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{House: webtest.Open(t)}
	h.Keyless, h.TitleKeys = true, []string{"practice.title"}
	guide, err := content.InterviewGuide()
	webtest.Must(t, err)
	sheets, err := content.FactSheets()
	webtest.Must(t, err)
	h.lib = practice.New(h.Store, guide)
	webtest.Must(t, h.lib.Load(context.Background(), sheets))
	a := practiceweb.New(h.Kit, h.lib)
	get, post := h.App.Get, h.App.Post
	get("/practices", a.List)
	post("/practices", a.ListPosted)
	get("/practices.csv", a.CSV)
	get("/practices/corrections", a.Corrections)
	post("/practices/corrections/:id", a.Settle)
	get("/practices/interviews", a.Interviews)
	get("/practices/interviews/new", a.BeginForm)
	post("/practices/interviews/new/:form", a.Begin)
	get("/practices/interviews/:id", a.Room)
	post("/practices/interviews/:id/hand", a.HandOn)
	post("/practices/interviews/:id/back", a.TakeBack)
	post("/practices/interviews/:id/publish", a.Publish)
	post("/practices/interviews/:id/drop", a.Drop)
	get("/practices/interviews/:id/steps/:step", a.Step)
	post("/practices/interviews/:id/steps/:step", a.SaveStep)
	get("/practices/:id", a.Sheet)
	get("/practices/:id/correct", a.CorrectForm)
	post("/practices/:id/correct", a.Correct)
	post("/practices/:id/verify", a.Verify)
	post("/practices/:id/again", a.Again)
	return h
}

func (h *house) colleague(t *testing.T, handle string, role member.Role) *webtest.Person {
	return h.Person(t, h.Colleague(t, handle, role))
}
