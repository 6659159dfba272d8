package trainingweb_test

import (
	"testing"

	"portico/app/member"
	"portico/app/training"
	"portico/app/web/trainingweb"
	"portico/app/web/webtest"
	"portico/content"
)

// house is the pages of training over the shipped modules.
type house struct {
	*webtest.House
	training *training.Service
}

// person is somebody who learns, or looks after those who do.
type person struct{ *webtest.Person }

func newHouse(t *testing.T) *house {
	t.Helper()
	h := bareHouse(t)
	h.routes(trainingweb.New(h.Kit, h.training))
	return h
}

// bareHouse has no pages yet.
func bareHouse(t *testing.T) *house {
	t.Helper()
	h := &house{House: webtest.Open(t)}
	h.Keyless, h.TitleKeys, h.Kit.Config.Country = true, []string{"learn.title"}, "IT"
	modules, err := content.Modules()
	webtest.Must(t, err)
	// One small module in English alone, for what the shipped ones do not show.
	modules = append(modules, content.Module{Slug: "small", Version: 1, Minutes: 5, Texts: map[string]content.ModuleText{"en": {
		Lang: "en", Review: content.ReviewSource, Title: "A small one", Objectives: []string{"Know"}, Reflection: "What?", Sources: "Us",
		Units: []content.Unit{{ID: "only", Title: "The only unit", Minutes: 5, Body: "Words, *soft* <script>x</script>"}},
		Scenario: content.Scenario{Title: "A short story", Scenes: []content.Scene{
			{ID: "start", Text: "You stand there.", Choices: []content.Choice{{ID: "go", Text: "I go", Says: "You went.", To: "end"}, {ID: "stay", Text: "I stay", To: "start"}}},
			{ID: "end", Text: "Good night."},
		}},
		Questions: []content.Question{{ID: "one", Kind: content.Single, Ask: "One?", Answers: []content.Answer{{ID: "a", Text: "So", Right: true, Feedback: "Fits"}, {ID: "b", Text: "Not", Feedback: "Does not"}}}},
	}}})
	h.training = training.New(h.Store, h.Server, modules)
	return h
}

func (h *house) routes(a *trainingweb.Area) {
	get, post := h.App.Get, h.App.Post
	get("/learn", a.List)
	get("/learn/verify", a.VerifyForm)
	post("/learn/verify", a.Verify)
	get("/learn/practice", a.Watch)
	post("/learn/practice/:id/:module", a.Witness)
	get("/learn/shelf", a.Shelf)
	post("/learn/shelf", a.Bring)
	get("/learn/shelf/:module/:version", a.Preview)
	get("/learn/shelf/:module/:version/questions", a.PreviewQuestions)
	get("/learn/shelf/:module/:version/whole", a.Packed)
	post("/learn/shelf/:module/:version/open", a.OpenDraft)
	post("/learn/shelf/:module/:version/drop", a.DropDraft)
	get("/learn/team", a.Team)
	get("/learn/team.csv", a.TeamCSV)
	post("/learn/team/assign", a.Assign)
	post("/learn/team/unassign", a.Unassign)
	get("/learn/team/:id", a.Trainee)
	post("/learn/team/waive", a.Waive)
	post("/learn/team/unwaive", a.Unwaive)
	get("/learn/:module", a.Module)
	post("/learn/:module/finish", a.Finish)
	post("/learn/:module/refresh", a.Refresh)
	get("/learn/:module/story", a.Story)
	post("/learn/:module/story", a.Step)
	get("/learn/:module/practice", a.Practice)
	post("/learn/:module/practice", a.AskPractice)
	get("/learn/:module/units/:unit/voice", a.Voice)
	get("/learn/:module/units/:unit", a.Unit)
	post("/learn/:module/units/:unit", a.DoUnit)
	get("/learn/:module/quiz", a.Quiz)
	post("/learn/:module/quiz", a.AnswerQuiz)
	get("/learn/:module/reflection", a.Reflection)
	post("/learn/:module/reflection", a.Reflect)
	get("/learn/:module/statement", a.Statement)
	post("/learn/:module/statement", a.NameStatement)
}

// visitor is somebody without a key.
func (h *house) visitor(t *testing.T) *person { return &person{h.Visitor(t)} }

// member is somebody with a key.
func (h *house) member(t *testing.T) *person { return &person{h.Person(t, webtest.Member())} }

// withRole is somebody who signed in with a role and whom the coordinators' table knows.
func (h *house) withRole(t *testing.T, handle string, role member.Role) *person {
	t.Helper()
	return &person{h.Person(t, h.Colleague(t, handle, role))}
}
