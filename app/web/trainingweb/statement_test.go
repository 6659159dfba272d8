package trainingweb_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/training"
	"portico/app/web/trainingweb"
)

// newPaperHouse is the house with what statements need besides: the slowness after wrong
// codes, and a small module that is gone through again every year.
func newPaperHouse(t *testing.T) *house {
	t.Helper()
	h := newHouse(t)
	h.kit.Members = member.New(h.db.Store, h.db.Server, member.Options{Salt: h.db.Salt})
	modules, err := h.training.Modules(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i := range modules {
		if modules[i].Slug == "small" {
			modules[i].RefreshMonths = 12
		}
	}
	h.training = training.New(h.db.Store, h.db.Server, modules)
	h.app = fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell})
	h.app.Use(h.person)
	a := trainingweb.New(h.kit, h.training)
	h.app.Get("/learn/credentials/keys.json", a.KeySet)
	h.app.Get("/learn/credentials/keys/:key", a.Key)
	h.app.Get("/learn/credentials/revoked.json", a.RevokedList)
	h.app.Get("/learn/team/statements", a.RevokeForm)
	h.app.Post("/learn/team/statements", a.Revoke)
	h.app.Post("/learn/:module/statement/make", a.MakeStatement)
	h.app.Post("/learn/:module/statement/back", a.TakeBack)
	h.routes(a)
	return h
}

var codeShown = regexp.MustCompile(`([0-9A-Z]{4}-){4}[0-9A-Z]{4}`)

// paper finishes the small module, makes a statement, and returns its code as it is shown.
func (h *house) paper(t *testing.T, her *person) string {
	t.Helper()
	h.finish(t, her)
	her.post("/learn/small/statement/make").leads(t, "/learn/small/statement")
	a := her.get("/learn/small/statement")
	a.wants(t, 200, "The statement is made")
	code := codeShown.FindString(a.text)
	if code == "" {
		t.Fatalf("the page shows no code: %s", a.text)
	}
	return code
}

func TestAStatementIsMadeNamedAndCheckedAndTheNameIsNowhereElse(t *testing.T) {
	h := newPaperHouse(t)
	her := h.withRole(t, "mira", member.RolePeer)
	her.post("/learn/small/statement/make").wants(t, 404)
	h.finish(t, her)
	a := her.get("/learn/small/statement")
	a.wants(t, 200, "Make a statement", "and not whose it is", `action="/learn/small/statement/make"`)
	a.lacks(t, "certificate")
	her.post("/learn/small/statement", "name", "Anna").wants(t, 404)
	her.post("/learn/small/statement/make").leads(t, "/learn/small/statement")
	a = her.get("/learn/small/statement")
	a.wants(t, 200, "The statement is made", "This module was worked through", "not a diploma", "certificate", "Counts until 6 March 2027")
	code := codeShown.FindString(a.text)
	a = her.post("/learn/small/statement", "name", "  Anna   <i>Rossi</i> ", "as", "page")
	a.wants(t, 200, "has worked through this module", "Anna &lt;i&gt;Rossi", "/learn/verify", "7 March 2026", code)
	her.get("/learn/small/statement").lacks(t, "Rossi")
	her.post("/learn/small/statement", "name", strings.Repeat("n", 121), "as", "jwt").wants(t, 422, `href="#name"`)
	for _, table := range []string{"training_completions", "statements", "boxes"} {
		var rows []map[string]any
		if err := h.db.DB.Table(table).Find(&rows).Error; err != nil || len(rows) == 0 {
			t.Fatalf("%s has %d rows, %v", table, len(rows), err)
		}
		for _, row := range rows {
			for _, value := range row {
				if text, _ := json.Marshal(value); strings.Contains(string(text), "Rossi") || strings.Contains(string(text), code) {
					t.Errorf("%s holds %s", table, text)
				}
			}
		}
	}
	stranger := h.visitor(t)
	stranger.get("/learn/verify").wants(t, 200, "It does not say who", `name="token"`)
	typed := strings.NewReplacer("0", "o", "1", "l", "-", " ").Replace(strings.ToLower(code))
	found := stranger.post("/learn/verify", "code", typed)
	found.wants(t, 200, "the statement counts", "A small one", "7 March 2026", "6 March 2027")
	found.lacks(t, "mira", "Rossi", code)
}

func TestAStatementTakenBackSaysSoToWhoeverChecksIt(t *testing.T) {
	h := newPaperHouse(t)
	her, stranger := h.member(t), h.visitor(t)
	old := h.paper(t, her)
	her.post("/learn/small/statement/back").leads(t, "/learn/small/statement")
	a := her.get("/learn/small/statement")
	a.wants(t, 200, "Its code no longer counts", "You can make a new one", "Make a statement")
	a.lacks(t, old, "certificate")
	a = stranger.post("/learn/verify", "code", old)
	a.wants(t, 200, "was taken back", "A small one", "7 March 2026")
	a.lacks(t, "the statement counts")
	her.post("/learn/small/statement/back").wants(t, 404)
	her.post("/learn/small/statement", "as", "jwt").wants(t, 404)
	her.post("/learn/small/statement/make").leads(t, "/learn/small/statement")
	if fresh := codeShown.FindString(her.get("/learn/small/statement").text); fresh == "" || fresh == old {
		t.Errorf("the new code is %q, the old one was %q", fresh, old)
	}
}

func TestACoordinatorTakesAStatementBackByItsCode(t *testing.T) {
	h := newPaperHouse(t)
	her, boss, stranger := h.member(t), h.withRole(t, "lintel", member.RoleCoordinator), h.visitor(t)
	code := h.paper(t, her)
	const page = "/learn/team/statements"
	boss.get(page).wants(t, 200, "Whose it is you do not learn", `value="passed"`, `value="allow"`)
	her.post(page, "code", code, "reason", "passed", "act", "revoke").wants(t, 404)
	boss.post(page, "code", code, "act", "revoke").wants(t, 422, "Choose a reason", `value="`+code+`"`)
	boss.post(page, "code", "ABCD", "reason", "passed", "act", "revoke").wants(t, 422, "does not come from here", `value="passed" checked`)
	boss.post(page, "code", code, "act", "allow").wants(t, 422, "No coordinator has taken this statement back")
	boss.post(page, "code", " "+strings.ToLower(code)+" ", "reason", "passed", "act", "revoke").leads(t, page)
	boss.get(page).wants(t, 200, "The statement is taken back.")
	boss.post(page, "code", code, "reason", "passed", "act", "revoke").wants(t, 422, "was taken back already")
	stranger.post("/learn/verify", "code", code).wants(t, 200, "was taken back")
	stranger.post("/learn/verify", "code", code).lacks(t, "somebody else uses it")
	a := her.get("/learn/small/statement")
	a.wants(t, 200, "A coordinator took this statement back")
	a.lacks(t, "Make a statement")
	her.post("/learn/small/statement/make").wants(t, 403)
	boss.post(page, "code", code, "act", "allow").leads(t, page)
	her.get("/learn/small/statement").wants(t, 200, "has allowed you to make a new one", "Make a statement")
	her.post("/learn/small/statement/make").leads(t, "/learn/small/statement")
}

func TestAStatementOutOfItsTimeSaysSoAndOneOfTomorrowIsShown(t *testing.T) {
	h := newPaperHouse(t)
	her, stranger := h.member(t), h.visitor(t)
	code := h.paper(t, her)
	h.db.Time.Advance(-400 * 24 * time.Hour)
	stranger.post("/learn/verify", "code", code).wants(t, 200, "the statement counts", "7 March 2026", "6 March 2027")
	her.get("/learn/small/statement").wants(t, 200, code, "7 March 2026")
	h.db.Time.Advance(800 * 24 * time.Hour)
	stranger.post("/learn/verify", "code", code).wants(t, 200, "its time is over", "7 March 2026")
	a := her.get("/learn/small/statement")
	a.wants(t, 200, "go through the module again")
	a.lacks(t, "certificate", "Make a statement")
	her.post("/learn/small/statement/make").wants(t, 403)
}

func TestGuessingCodesBecomesSlowAndARightOneStillGetsThrough(t *testing.T) {
	h := newPaperHouse(t)
	code := h.paper(t, h.member(t))
	stranger := h.visitor(t)
	for _, wrong := range []string{"x", strings.Repeat("a", 20), strings.Repeat("z", 5000), "<script>x</script>", "AAAA-BBBB-CCCC-DDDD-EEEE"} {
		stranger.post("/learn/verify", "code", wrong).wants(t, 422, "does not come from here")
	}
	a := stranger.post("/learn/verify", "code", code)
	a.wants(t, 429, "Please wait", `name="wait"`)
	a.lacks(t, "A small one")
	ticket := regexp.MustCompile(`name="wait" value="([^"]+)"`).FindStringSubmatch(a.body)[1]
	stranger.post("/learn/verify", "code", code, "wait", ticket).wants(t, 429)
	h.db.Time.Advance(4 * time.Second)
	stranger.post("/learn/verify", "code", "BBBB-BBBB-CCCC-DDDD-EEEE", "wait", ticket).wants(t, 429)
	stranger.post("/learn/verify", "code", code, "wait", ticket).wants(t, 200, "the statement counts")
	stranger.post("/learn/verify", "code", "").wants(t, 422, "Type the code first")
}

// sent asks for a file and returns the whole answer.
func (p *person) sent(kind, name string) (*http.Response, string) {
	p.t.Helper()
	p.h.next = p
	form := url.Values{"as": {kind}, "name": {name}}
	r := httptest.NewRequest(http.MethodPost, "/learn/small/statement", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := p.h.app.Test(r, -1)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var body strings.Builder
	if err := res.Write(&body); err != nil {
		p.t.Fatal(err)
	}
	_, text, _ := strings.Cut(body.String(), "\r\n\r\n")
	return res, text
}

func TestTheTwoFilesHaveNeutralNamesAndTheirOwnKinds(t *testing.T) {
	h := newPaperHouse(t)
	her := h.member(t)
	h.paper(t, her)
	h.kit.Config.Origin = "https://portal.example"
	for kind, media := range map[string]string{"jwt": "application/vc+jwt", "json": "application/json"} {
		res, text := her.sent(kind, "Anna")
		if res.StatusCode != 200 || !strings.HasPrefix(res.Header.Get("Content-Type"), media) {
			t.Errorf("%s: status %d, kind %s", kind, res.StatusCode, res.Header.Get("Content-Type"))
		}
		if got := res.Header.Get("Content-Disposition"); got != `attachment; filename="statement.`+kind+`"` {
			t.Errorf("%s: sent as %s", kind, got)
		}
		if kind == "json" && (!strings.Contains(text, "Anna") || !strings.Contains(text, `"https://portal.example"`) || !json.Valid([]byte(text))) {
			t.Errorf("the file to read is %s", text)
		}
		if kind == "jwt" && strings.Count(text, ".") != 2 {
			t.Errorf("the signed file is %s", text)
		}
	}
	her.lang = "ar"
	if _, text := her.sent("json", ""); !strings.Contains(text, `"inLanguage": "en"`) || !strings.Contains(text, "Every unit of the module") {
		t.Errorf("a module that is there in English alone is described in another language: %s", text)
	}
}

func TestAPortalForRealPeopleSignsNoAddressThatARequestMadeUp(t *testing.T) {
	h := newPaperHouse(t)
	her := h.member(t)
	h.paper(t, her)
	h.kit.Config.Env = "production"
	her.get("/learn/small/statement").wants(t, 200, "the host has to set the address")
	her.get("/learn/small/statement").lacks(t, `value="jwt"`)
	her.post("/learn/small/statement", "as", "jwt").wants(t, 404)
	her.post("/learn/small/statement", "as", "page", "name", "Anna").wants(t, 200, "Anna")
	h.kit.Config.Origin = "https://portal.example"
	her.get("/learn/small/statement").wants(t, 200, `value="jwt"`)
}

func TestProgramsFindKeysAndWhatWasTakenBack(t *testing.T) {
	h := newPaperHouse(t)
	h.kit.Config.Origin = "https://portal.example"
	stranger, her := h.visitor(t), h.member(t)
	h.paper(t, her)
	set := stranger.get("/learn/credentials/keys.json")
	set.wants(t, 200, `"crv":"Ed25519"`, `"kid":"https://portal.example/learn/credentials/keys/`)
	kid := regexp.MustCompile(`"kid":"https://portal.example([^"]+)"`).FindStringSubmatch(set.body)[1]
	stranger.get(kid).wants(t, 200, kid, `"kty":"OKP"`)
	stranger.get(kid+"x").wants(t, 404)
	stranger.get("/learn/credentials/keys/aaaa").wants(t, 404)
	stranger.get("/learn/credentials/revoked.json").lacks(t, "urn:uuid")
	her.post("/learn/small/statement/back").leads(t, "/learn/small/statement")
	stranger.get("/learn/credentials/revoked.json").wants(t, 200, "urn:uuid:", `"revoked":true`)
}

func TestThesePagesSpeakEveryLanguage(t *testing.T) {
	h := newPaperHouse(t)
	her, boss, stranger := h.member(t), h.withRole(t, "lintel", member.RoleCoordinator), h.visitor(t)
	code := h.paper(t, her)
	for _, lang := range []string{"it", "fr", "ar"} {
		p := h.kit.Bundle.Printer(lang)
		her.lang, boss.lang, stranger.lang = lang, lang, lang
		her.get("/learn/small/statement").wants(t, 200, p.T("learn.statement.jwt.what"), p.T("learn.statement.json.what"), p.T("learn.statement.sees"), code)
		stranger.post("/learn/verify", "code", code).wants(t, 200, p.T("learn.verify.found"), p.Day("2026-03-07"))
		boss.get("/learn/team/statements").wants(t, 200, p.T("learn.revoke.sees"), p.T("learn.revoke.asked"))
	}
}
