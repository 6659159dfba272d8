package directoryweb_test

import (
	"context"
	"testing"

	"portico/app/directory"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/directoryweb"
	"portico/app/web/webtest"
	"portico/content"
)

// house is the directory with everything that is shipped.
type house struct {
	*webtest.House
	dir *directory.Service
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{House: webtest.Open(t)}
	h.Keyless, h.TitleKeys, h.Kit.Config.Country = true, []string{"directory.title"}, "IT"
	entries, err := content.Directory()
	webtest.Must(t, err)
	h.dir = directory.New(h.Store)
	webtest.Must(t, h.dir.Load(context.Background(), entries))
	a := directoryweb.New(h.Kit, h.dir)
	get, post := h.App.Get, h.App.Post
	get("/directory", a.List)
	post("/directory", a.ListPosted)
	get("/directory.csv", a.CSV)
	get("/directory/corrections", a.Corrections)
	post("/directory/corrections/:id", a.Settle)
	get("/directory.json", a.JSON)
	get("/directory/everything.csv", a.Everything)
	get("/directory/files", a.Files)
	post("/directory/files", a.TryFile)
	post("/directory/files/write", a.TakeFile)
	get("/directory/new", a.NewForm)
	post("/directory/new/:form", a.Add)
	get("/directory/round", a.Round)
	get("/directory/:id", a.Entry)
	get("/directory/:id/take", a.TakeForm)
	post("/directory/:id/take", a.Take)
	post("/directory/:id/still", a.StillTrue)
	post("/directory/:id/no-answer", a.NoAnswer)
	post("/directory/:id/relate", a.Relate)
	post("/directory/:id/unrelate", a.Unrelate)
	get("/directory/:id/correct", a.CorrectForm)
	post("/directory/:id/correct", a.Correct)
	post("/directory/:id/verify", a.Verify)
	get("/directory/:id/change", a.ChangeForm)
	post("/directory/:id/change", a.Change)
	return h
}

// member is somebody with a key.
func (h *house) member(t *testing.T) *webtest.Person { return h.Person(t, webtest.Member()) }

func (h *house) coordinator(t *testing.T) *webtest.Person {
	p := h.member(t)
	p.Actor.Role = &member.RoleActor{ID: store.NewID(), Handle: "Rowan", Roles: []member.Role{member.RoleCoordinator}}
	return p
}
