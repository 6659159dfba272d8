package trainingweb_test

import (
	"context"
	"encoding/json"
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/training"
	"portico/app/web/trainingweb"
)

// newPaperHouse is the house with what statements need besides: the slowness after wrong
// codes, and a small module that is gone through again every year.
func newPaperHouse(t *testing.T) *house {
	t.Helper()
	h := bareHouse(t)
	modules, err := h.training.Modules(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for i := range modules {
		if modules[i].Slug == "small" {
			modules[i].RefreshMonths = 12
		}
	}
	h.training = training.New(h.Store, h.Server, modules)
	a := trainingweb.New(h.Kit, h.training)
	h.App.Get("/learn/credentials/keys.json", a.KeySet)
	h.App.Get("/learn/credentials/keys/:key", a.Key)
	h.App.Get("/learn/credentials/revoked.json", a.RevokedList)
	h.App.Get("/learn/team/statements", a.RevokeForm)
	h.App.Post("/learn/team/statements", a.Revoke)
	h.App.Post("/learn/:module/statement/make", a.MakeStatement)
	h.App.Post("/learn/:module/statement/back", a.TakeBack)
	h.routes(a)
	return h
}

var codeShown = regexp.MustCompile(`([0-9A-Z]{4}-){4}[0-9A-Z]{4}`)

// paper finishes the small module, makes a statement, and returns its code as it is shown.
func (h *house) paper(t *testing.T, her *person) string {
	t.Helper()
	h.finish(t, her)
	her.Post("/learn/small/statement/make").Leads(t, "/learn/small/statement")
	a := her.Get("/learn/small/statement")
	a.Wants(t, 200, "The statement is made")
	code := codeShown.FindString(a.Text)
	if code == "" {
		t.Fatalf("the page shows no code: %s", a.Text)
	}
	return code
}

func TestAStatementIsMadeNamedAndCheckedAndTheNameIsNowhereElse(t *testing.T) {
	h := newPaperHouse(t)
	her := h.withRole(t, "mira", member.RolePeer)
	her.Post("/learn/small/statement/make").Wants(t, 404)
	h.finish(t, her)
	a := her.Get("/learn/small/statement")
	a.Wants(t, 200, "Make a statement", "and not whose it is", `action="/learn/small/statement/make"`)
	a.Lacks(t, "certificate")
	her.Post("/learn/small/statement", "name", "Anna").Wants(t, 404)
	her.Post("/learn/small/statement/make").Leads(t, "/learn/small/statement")
	a = her.Get("/learn/small/statement")
	a.Wants(t, 200, "The statement is made", "This module was worked through", "not a diploma", "certificate", "Counts until 6 March 2027")
	code := codeShown.FindString(a.Text)
	a = her.Post("/learn/small/statement", "name", "  Anna   <i>Rossi</i> ", "as", "page")
	a.Wants(t, 200, "has worked through this module", "Anna &lt;i&gt;Rossi", "/learn/verify", "7 March 2026", code)
	her.Get("/learn/small/statement").Lacks(t, "Rossi")
	her.Post("/learn/small/statement", "name", strings.Repeat("n", 121), "as", "jwt").Wants(t, 422, `href="#name"`)
	for _, table := range []string{"training_completions", "statements", "boxes"} {
		var rows []map[string]any
		if err := h.DB.DB.Table(table).Find(&rows).Error; err != nil || len(rows) == 0 {
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
	stranger.Get("/learn/verify").Wants(t, 200, "It does not say who", `name="token"`)
	typed := strings.NewReplacer("0", "o", "1", "l", "-", " ").Replace(strings.ToLower(code))
	found := stranger.Post("/learn/verify", "code", typed)
	found.Wants(t, 200, "the statement counts", "A small one", "7 March 2026", "6 March 2027")
	found.Lacks(t, "mira", "Rossi", code)
}

func TestAStatementTakenBackSaysSoToWhoeverChecksIt(t *testing.T) {
	h := newPaperHouse(t)
	her, stranger := h.member(t), h.visitor(t)
	old := h.paper(t, her)
	her.Post("/learn/small/statement/back").Leads(t, "/learn/small/statement")
	a := her.Get("/learn/small/statement")
	a.Wants(t, 200, "Its code no longer counts", "You can make a new one", "Make a statement")
	a.Lacks(t, old, "certificate")
	a = stranger.Post("/learn/verify", "code", old)
	a.Wants(t, 200, "was taken back", "A small one", "7 March 2026")
	a.Lacks(t, "the statement counts")
	her.Post("/learn/small/statement/back").Wants(t, 404)
	her.Post("/learn/small/statement", "as", "jwt").Wants(t, 404)
	her.Post("/learn/small/statement/make").Leads(t, "/learn/small/statement")
	if fresh := codeShown.FindString(her.Get("/learn/small/statement").Text); fresh == "" || fresh == old {
		t.Errorf("the new code is %q, the old one was %q", fresh, old)
	}
}

func TestACoordinatorTakesAStatementBackByItsCode(t *testing.T) {
	h := newPaperHouse(t)
	her, boss, stranger := h.member(t), h.withRole(t, "lintel", member.RoleCoordinator), h.visitor(t)
	code := h.paper(t, her)
	const page = "/learn/team/statements"
	boss.Get(page).Wants(t, 200, "Whose it is you do not learn", `value="passed"`, `value="allow"`)
	her.Post(page, "code", code, "reason", "passed", "act", "revoke").Wants(t, 404)
	boss.Post(page, "code", code, "act", "revoke").Wants(t, 422, "Choose a reason", `value="`+code+`"`)
	boss.Post(page, "code", "ABCD", "reason", "passed", "act", "revoke").Wants(t, 422, "does not come from here", `value="passed" checked`)
	boss.Post(page, "code", code, "act", "allow").Wants(t, 422, "No coordinator has taken this statement back")
	boss.Post(page, "code", " "+strings.ToLower(code)+" ", "reason", "passed", "act", "revoke").Leads(t, page)
	boss.Get(page).Wants(t, 200, "The statement is taken back.")
	boss.Post(page, "code", code, "reason", "passed", "act", "revoke").Wants(t, 422, "was taken back already")
	stranger.Post("/learn/verify", "code", code).Wants(t, 200, "was taken back")
	stranger.Post("/learn/verify", "code", code).Lacks(t, "somebody else uses it")
	a := her.Get("/learn/small/statement")
	a.Wants(t, 200, "A coordinator took this statement back")
	a.Lacks(t, "Make a statement")
	her.Post("/learn/small/statement/make").Wants(t, 403)
	boss.Post(page, "code", code, "act", "allow").Leads(t, page)
	her.Get("/learn/small/statement").Wants(t, 200, "has allowed you to make a new one", "Make a statement")
	her.Post("/learn/small/statement/make").Leads(t, "/learn/small/statement")
}

func TestAStatementOutOfItsTimeSaysSoAndOneOfTomorrowIsShown(t *testing.T) {
	h := newPaperHouse(t)
	her, stranger := h.member(t), h.visitor(t)
	code := h.paper(t, her)
	h.Time.Advance(-400 * 24 * time.Hour)
	stranger.Post("/learn/verify", "code", code).Wants(t, 200, "the statement counts", "7 March 2026", "6 March 2027")
	her.Get("/learn/small/statement").Wants(t, 200, code, "7 March 2026")
	h.Time.Advance(800 * 24 * time.Hour)
	stranger.Post("/learn/verify", "code", code).Wants(t, 200, "its time is over", "7 March 2026")
	a := her.Get("/learn/small/statement")
	a.Wants(t, 200, "go through the module again")
	a.Lacks(t, "certificate", "Make a statement")
	her.Post("/learn/small/statement/make").Wants(t, 403)
}

func TestGuessingCodesBecomesSlowAndARightOneStillGetsThrough(t *testing.T) {
	h := newPaperHouse(t)
	code := h.paper(t, h.member(t))
	stranger := h.visitor(t)
	for _, wrong := range []string{"x", strings.Repeat("a", 20), strings.Repeat("z", 5000), "<script>x</script>", "AAAA-BBBB-CCCC-DDDD-EEEE"} {
		stranger.Post("/learn/verify", "code", wrong).Wants(t, 422, "does not come from here")
	}
	a := stranger.Post("/learn/verify", "code", code)
	a.Wants(t, 429, "Please wait", `name="wait"`)
	a.Lacks(t, "A small one")
	ticket := regexp.MustCompile(`name="wait" value="([^"]+)"`).FindStringSubmatch(a.Body)[1]
	stranger.Post("/learn/verify", "code", code, "wait", ticket).Wants(t, 429)
	h.Time.Advance(4 * time.Second)
	stranger.Post("/learn/verify", "code", "BBBB-BBBB-CCCC-DDDD-EEEE", "wait", ticket).Wants(t, 429)
	stranger.Post("/learn/verify", "code", code, "wait", ticket).Wants(t, 200, "the statement counts")
	stranger.Post("/learn/verify", "code", "").Wants(t, 422, "Type the code first")
}

func TestTheTwoFilesHaveNeutralNamesAndTheirOwnKinds(t *testing.T) {
	h := newPaperHouse(t)
	her := h.member(t)
	h.paper(t, her)
	h.Kit.Config.Origin = "https://portal.example"
	for kind, media := range map[string]string{"jwt": "application/vc+jwt", "json": "application/json"} {
		a := her.Post("/learn/small/statement", "as", kind, "name", "Anna")
		text := a.Body
		if a.Status != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), media) {
			t.Errorf("%s: status %d, kind %s", kind, a.Status, a.Header.Get("Content-Type"))
		}
		if got := a.Header.Get("Content-Disposition"); got != `attachment; filename="statement.`+kind+`"` {
			t.Errorf("%s: sent as %s", kind, got)
		}
		if kind == "json" && (!strings.Contains(text, "Anna") || !strings.Contains(text, `"https://portal.example"`) || !json.Valid([]byte(text))) {
			t.Errorf("the file to read is %s", text)
		}
		if kind == "jwt" && strings.Count(text, ".") != 2 {
			t.Errorf("the signed file is %s", text)
		}
	}
	her.Lang = "ar"
	if text := her.Post("/learn/small/statement", "as", "json", "name", "").Body; !strings.Contains(text, `"inLanguage": "en"`) || !strings.Contains(text, "Every unit of the module") {
		t.Errorf("a module that is there in English alone is described in another language: %s", text)
	}
}

func TestAPortalForRealPeopleSignsNoAddressThatARequestMadeUp(t *testing.T) {
	h := newPaperHouse(t)
	her := h.member(t)
	h.paper(t, her)
	h.Kit.Config.Env = "production"
	her.Get("/learn/small/statement").Wants(t, 200, "the host has to set the address")
	her.Get("/learn/small/statement").Lacks(t, `value="jwt"`)
	her.Post("/learn/small/statement", "as", "jwt").Wants(t, 404)
	her.Post("/learn/small/statement", "as", "page", "name", "Anna").Wants(t, 200, "Anna")
	h.Kit.Config.Origin = "https://portal.example"
	her.Get("/learn/small/statement").Wants(t, 200, `value="jwt"`)
}

func TestProgramsFindKeysAndWhatWasTakenBack(t *testing.T) {
	h := newPaperHouse(t)
	h.Kit.Config.Origin = "https://portal.example"
	stranger, her := h.visitor(t), h.member(t)
	h.paper(t, her)
	set := stranger.Get("/learn/credentials/keys.json")
	set.Wants(t, 200, `"crv":"Ed25519"`, `"kid":"https://portal.example/learn/credentials/keys/`)
	kid := regexp.MustCompile(`"kid":"https://portal.example([^"]+)"`).FindStringSubmatch(set.Body)[1]
	stranger.Get(kid).Wants(t, 200, kid, `"kty":"OKP"`)
	stranger.Get(kid+"x").Wants(t, 404)
	stranger.Get("/learn/credentials/keys/aaaa").Wants(t, 404)
	stranger.Get("/learn/credentials/revoked.json").Lacks(t, "urn:uuid")
	her.Post("/learn/small/statement/back").Leads(t, "/learn/small/statement")
	stranger.Get("/learn/credentials/revoked.json").Wants(t, 200, "urn:uuid:", `"revoked":true`)
}

func TestThesePagesSpeakEveryLanguage(t *testing.T) {
	h := newPaperHouse(t)
	her, boss, stranger := h.member(t), h.withRole(t, "lintel", member.RoleCoordinator), h.visitor(t)
	code := h.paper(t, her)
	for _, lang := range []string{"it", "fr", "ar"} {
		p := h.Kit.Bundle.Printer(lang)
		her.Lang, boss.Lang, stranger.Lang = lang, lang, lang
		her.Get("/learn/small/statement").Wants(t, 200, p.T("learn.statement.jwt.what"), p.T("learn.statement.json.what"), p.T("learn.statement.sees"), code)
		stranger.Post("/learn/verify", "code", code).Wants(t, 200, p.T("learn.verify.found"), p.Day("2026-03-07"))
		boss.Get("/learn/team/statements").Wants(t, 200, p.T("learn.revoke.sees"), p.T("learn.revoke.asked"))
	}
}
