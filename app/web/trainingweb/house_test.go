package trainingweb_test

import (
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/training"
	"portico/app/vault"
	"portico/app/web/request"
	"portico/app/web/static"
	"portico/app/web/trainingweb"
	"portico/content"
)

// house is the pages of training over the shipped modules, behind the least that they need.
type house struct {
	app      *fiber.App
	kit      *request.Kit
	db       *storetest.DB
	training *training.Service
	next     *person // who asks
}

// person is somebody with the language and the form that she sends.
type person struct {
	t       *testing.T
	h       *house
	actor   member.Actor
	lang    string
	oldForm bool // her form is from an older session
	flash   string
}

func newHouse(t *testing.T) *house {
	t.Helper()
	db := storetest.New(t)
	bundle, err := i18n.Load()
	if err != nil {
		t.Fatal(err)
	}
	files, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	modules, err := content.Modules()
	if err != nil {
		t.Fatal(err)
	}
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
	h := &house{db: db, training: training.New(db.Store, db.Server, modules)}
	h.kit = &request.Kit{Bundle: bundle, Static: files, Server: db.Server, Clock: db.Store.Clock}
	h.kit.Config.Lang, h.kit.Config.PlainCookie, h.kit.Config.Country = "en", true, "IT"
	h.app = fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell})
	h.app.Use(h.person)
	h.routes(trainingweb.New(h.kit, h.training))
	return h
}

// tell answers an error with its kind, as far as these tests ask.
func tell(c *fiber.Ctx, err error) error {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return c.SendStatus(http.StatusNotFound)
	case fault.SignIn:
		return c.SendStatus(http.StatusUnauthorized)
	case fault.Refused:
		return c.SendStatus(http.StatusForbidden)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

func (h *house) person(c *fiber.Ctx) error {
	request.SetPrinter(c, h.kit.Bundle.Printer(h.next.lang))
	request.SetActor(c, h.next.actor)
	request.SetTrusted(c, !h.next.oldForm)
	return c.Next()
}

func (h *house) routes(a *trainingweb.Area) {
	get, post := h.app.Get, h.app.Post
	get("/learn", a.List)
	get("/learn/verify", a.VerifyForm)
	post("/learn/verify", a.Verify)
	get("/learn/practice", a.Watch)
	post("/learn/practice/:id/:module", a.Witness)
	get("/learn/shelf", a.Shelf)
	post("/learn/shelf", a.Bring)
	get("/learn/shelf/:module/:version", a.Preview)
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
func (h *house) visitor(t *testing.T) *person { return &person{t: t, h: h, lang: "en"} }

// member is somebody with a key.
func (h *house) member(t *testing.T) *person {
	p := h.visitor(t)
	p.actor = member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
	return p
}

// withRole is somebody who signed in with a role and whom the coordinators' table knows.
func (h *house) withRole(t *testing.T, handle string, role member.Role) *person {
	t.Helper()
	p := h.member(t)
	row := member.RoleAccount{ID: store.NewID(), Handle: handle, Roles: string(role), Salt: []byte("s"), Sealed: []byte("s"), Gen: []byte("g")}
	if err := h.db.DB.Create(&row).Error; err != nil {
		t.Fatal(err)
	}
	p.actor.Role = &member.RoleActor{ID: row.ID, Handle: handle, Roles: []member.Role{role}, Identity: vault.NewIdentity()}
	return p
}

// answer is what came back. Text is the page without its elements.
type answer struct {
	status int
	to     string
	body   string
	text   string
}

func (p *person) get(path string) answer { p.t.Helper(); return p.ask(http.MethodGet, path, nil) }

// post sends a form; fields are names and values in turn.
func (p *person) post(path string, fields ...string) answer {
	p.t.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return p.ask(http.MethodPost, path, form)
}

var elements = regexp.MustCompile(`<[^>]*>`)

func (p *person) ask(method, path string, form url.Values) answer {
	p.t.Helper()
	p.h.next = p
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if p.flash != "" {
		r.AddCookie(&http.Cookie{Name: "flash", Value: p.flash})
	}
	res, err := p.h.app.Test(r, -1)
	if err != nil {
		p.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	for _, cookie := range res.Cookies() {
		if cookie.Name == "flash" {
			p.flash = cookie.Value
		}
	}
	a := answer{status: res.StatusCode, to: res.Header.Get("Location"), body: string(body)}
	a.text = folded(html.UnescapeString(elements.ReplaceAllString(a.body, " ")))
	if strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
		p.judge(method+" "+path, a)
	}
	return a
}

// folded makes every white space one plain space, those of French included.
func folded(text string) string { return strings.Join(strings.Fields(text), " ") }

// judge holds a page to what every page keeps.
func (p *person) judge(where string, a answer) {
	p.t.Helper()
	if n := strings.Count(a.body, "<h1"); n != 1 {
		p.t.Errorf("%s: %d first headings, want one", where, n)
	}
	if !strings.Contains(a.body, "<title>"+p.h.kit.Bundle.Printer(p.lang).T("learn.title")+"</title>") {
		p.t.Errorf("%s: the title of the tab is not neutral", where)
	}
	for _, bad := range []string{" style=", "<style", "onclick", "<script>x", "[learn.", "[role.", "[frame.", "[home.", "no value", "\x00"} {
		if strings.Contains(a.body, bad) {
			p.t.Errorf("%s: the page holds %q", where, bad)
		}
	}
}

// wants stops the test unless the answer has a status and all of these words.
func (a answer) wants(t *testing.T, status int, texts ...string) {
	t.Helper()
	if a.status != status {
		t.Fatalf("status %d, want %d; to %q; page: %s", a.status, status, a.to, a.text)
	}
	for _, text := range texts {
		if !strings.Contains(a.text, folded(text)) && !strings.Contains(a.body, text) {
			t.Errorf("the page does not hold %q: %s", text, a.text)
		}
	}
}

func (a answer) lacks(t *testing.T, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(a.text, folded(text)) || strings.Contains(a.body, text) {
			t.Errorf("the page holds %q, and should not", text)
		}
	}
}

// leads wants a redirect to a path.
func (a answer) leads(t *testing.T, to string) {
	t.Helper()
	if a.status != http.StatusSeeOther || a.to != to {
		t.Fatalf("status %d to %q, want %q; page: %s", a.status, a.to, to, a.text)
	}
}
