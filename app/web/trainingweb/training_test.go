package trainingweb_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/member"
)

func TestTheListIsOpenAndLeadsOnlyLearnersFurther(t *testing.T) {
	h := newHouse(t)
	a := h.visitor(t).get("/learn")
	a.wants(t, 200, "The role of a peer", "Listening and first contact", "4 units", "about 100 minutes", "Sign in to read the modules")
	a.lacks(t, `href="/learn/peer-role"`, "not begun", "/learn/team")
	h.member(t).get("/learn").wants(t, 200, `href="/learn/peer-role"`, "not begun")
	h.member(t).get("/learn").lacks(t, "part of your work")
	h.withRole(t, "mira", member.RolePeer).get("/learn").wants(t, 200, "part of your work")
	h.withRole(t, "lintel", member.RoleCoordinator).get("/learn").wants(t, 200, `href="/learn/team"`)
}

func TestALearnerWorksThroughAModuleWithoutScript(t *testing.T) {
	h := newHouse(t)
	for kind, her := range map[string]*person{"member": h.member(t), "peer": h.withRole(t, "mira", member.RolePeer)} {
		t.Run(kind, func(t *testing.T) {
			her.t = t
			her.get("/learn/small").wants(t, 200, "0 of 1 unit", "Begin", "To read", "The only unit")
			her.get("/learn/small/units/only").wants(t, 200, "unit 1 of 1", "<em>soft</em>", "I have read this", `href="/learn/small/quiz"`)
			her.get("/learn/small/statement").wants(t, 404)
			her.post("/learn/small/finish").wants(t, 403)
			her.post("/learn/small/units/only", "done", "1").leads(t, "/learn/small")
			her.get("/learn/small").wants(t, 200, "1 of 1 unit", "That was the last unit", `href="/learn/small/quiz"`)
			her.post("/learn/small/quiz", "q-one", "b").leads(t, "/learn/small/quiz")
			a := her.get("/learn/small/quiz")
			a.wants(t, 200, "Does not", "look again", `value="b" checked`)
			a.lacks(t, ">Fits<")
			her.post("/learn/small/quiz", "q-one", "a").leads(t, "/learn/small/quiz")
			her.get("/learn/small/quiz").wants(t, 200, "All of them fit", "that fits", `value="a" checked`)
			her.get("/learn/small").wants(t, 200, "I am through")
			her.post("/learn/small/finish").leads(t, "/learn/small")
			her.get("/learn/small").wants(t, 200, "finished on 7 March 2026", "/learn/small/statement")
			her.get("/learn").wants(t, 200, "finished on 7 March 2026")
		})
	}
}

func TestAMarkLeadsToTheNextUnitAndCanBeTakenBack(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	her.post("/learn/listening/units/being-heard", "done", "1").leads(t, "/learn/listening/units/on-the-street")
	her.get("/learn/listening").wants(t, 200, "1 of 4 units", "Go on", `href="/learn/listening/units/on-the-street"`)
	her.post("/learn/listening/units/being-heard", "done", "0").leads(t, "/learn/listening/units/being-heard")
	her.get("/learn/listening").wants(t, 200, "0 of 4 units")
}

func TestWhatDoesNotExistIsNotFound(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	for _, path := range []string{"/learn/run", "/learn/run/quiz", "/learn/run/reflection", "/learn/run/statement", "/learn/small/units/none", "/learn/team"} {
		her.get(path).wants(t, 404)
	}
	for _, path := range []string{"/learn/run/quiz", "/learn/run/finish", "/learn/run/units/only", "/learn/small/units/none", "/learn/run/reflection", "/learn/run/statement", "/learn/team/waive", "/learn/team/unwaive"} {
		her.post(path).wants(t, 404)
	}
}

func TestOddAnswersAreNotKept(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	her.post("/learn/small/quiz", "q-one", "zebra").wants(t, 422, "do not belong to these questions")
	her.post("/learn/small/quiz", "q-one", "a", "q-one", "b").wants(t, 422)
	her.get("/learn/small/quiz").lacks(t, "checked")
}

func TestNothingChosenOrWrittenIsLost(t *testing.T) {
	h := newHouse(t)
	out := h.visitor(t)
	out.post("/learn/small/quiz", "q-one", "b").wants(t, 401, `value="b" checked`, "You were signed out", "Sign in beside this page")
	out.post("/learn/small/reflection", "words", "Long thoughts").wants(t, 401, "Long thoughts", "You were signed out")
	her := h.member(t)
	her.oldForm = true
	her.post("/learn/small/quiz", "q-one", "b").wants(t, 409, `value="b" checked`, "Nothing is lost")
	her.post("/learn/small/reflection", "words", "Long thoughts").wants(t, 409, "Long thoughts")
	her.oldForm = false
	her.get("/learn/small/reflection").lacks(t, "Long thoughts")
	her.post("/learn/small/reflection", "words", strings.Repeat("ж", 8001)).wants(t, 422, `href="#words"`, "8000 characters fit")
}

func TestAReflectionComesBackToHerAlone(t *testing.T) {
	h := newHouse(t)
	her, boss := h.withRole(t, "mira", member.RolePeer), h.withRole(t, "lintel", member.RoleCoordinator)
	her.get("/learn/small/reflection").wants(t, 200, "What?", "only you. Not your supervisor")
	her.post("/learn/small/reflection", "words", "A thought <b>of mine</b>").leads(t, "/learn/small/reflection")
	her.get("/learn/small/reflection").wants(t, 200, "A thought &lt;b&gt;of mine", "Kept, for you alone")
	boss.get("/learn/small/reflection").lacks(t, "of mine")
	boss.get("/learn/team").lacks(t, "of mine")
}

func TestAStatementCarriesANameThatIsNowhereElse(t *testing.T) {
	h := newHouse(t)
	her := h.withRole(t, "mira", member.RolePeer)
	h.finish(t, her)
	a := her.get("/learn/small/statement")
	a.wants(t, 200, "This module was worked through", "not a diploma", "certificate")
	a = her.post("/learn/small/statement", "name", "  Anna   <i>Rossi</i> ")
	a.wants(t, 200, "has worked through this module", "Anna &lt;i&gt;Rossi", "/learn/verify", "7 March 2026")
	code := a.text[strings.Index(a.text, "about the person:")+len("about the person: "):]
	code, _, _ = strings.Cut(code, " ")
	her.get("/learn/small/statement").lacks(t, "Rossi")
	her.post("/learn/small/statement", "name", strings.Repeat("n", 121)).wants(t, 422, `href="#name"`)
	var dump []string
	for _, table := range []string{"training_completions", "training_units", "boxes"} {
		var rows []map[string]any
		if err := h.db.DB.Table(table).Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, value := range row {
				if raw, ok := value.([]byte); ok {
					dump = append(dump, string(raw))
				}
			}
		}
	}
	if strings.Contains(strings.Join(dump, "\n"), "Rossi") {
		t.Error("the name was stored")
	}
	stranger := h.visitor(t)
	stranger.get("/learn/verify").wants(t, 200, "It does not say who", `name="token"`)
	found := stranger.post("/learn/verify", "code", strings.ToLower(code))
	found.wants(t, 200, "This code was made here", "A small one", "7 March 2026")
	found.lacks(t, "mira", "Rossi")
	for _, wrong := range []string{"", "x", strings.Repeat("a", 26), strings.Repeat("z", 5000), "<script>x</script>"} {
		stranger.post("/learn/verify", "code", wrong).wants(t, 422, "does not come from here")
	}
}

// finish brings somebody through the small module.
func (h *house) finish(t *testing.T, p *person) {
	t.Helper()
	ctx := context.Background()
	err := h.training.DoUnit(ctx, p.actor, "small", "only", true)
	if err == nil {
		err = h.training.Answer(ctx, p.actor, "small", map[string][]string{"one": {"a"}})
	}
	if err == nil {
		_, err = h.training.Complete(ctx, p.actor, "small")
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheCoordinatorsTableAndWaivers(t *testing.T) {
	h := newHouse(t)
	boss, mira := h.withRole(t, "lintel", member.RoleCoordinator), h.withRole(t, "mira", member.RolePeer)
	h.finish(t, mira)
	mira.post("/learn/safety/units/being-seen", "done", "1")
	boss.get("/learn/team").wants(t, 200, "mira", "finished on 7 March 2026", "1 of 4 units", "part of the work", "You see no answers")
	mira.get("/learn/team").wants(t, 404)
	id := mira.actor.Role.ID.String()
	boss.post("/learn/team/waive", "person", "nobody", "module", "none", "reason", "").wants(t, 422, "Choose a person", "Choose a module", "Choose a reason")
	boss.post("/learn/team/waive", "person", boss.actor.Role.ID.String(), "module", "safety", "reason", "elsewhere").wants(t, 422, "Somebody else has to note this for you")
	boss.post("/learn/team/waive", "person", id, "module", "small", "reason", "elsewhere").wants(t, 422, "has finished this module")
	boss.post("/learn/team/waive", "person", id, "module", "listening", "reason", "elsewhere").leads(t, "/learn/team")
	boss.get("/learn/team").wants(t, 200, "not needed: learned somewhere else", "Take this back")
	mira.get("/learn").wants(t, 200, "not needed for you")
	mira.get("/learn/listening").wants(t, 200, "you need not do this module (learned somewhere else)")
	boss.post("/learn/team/unwaive", "person", id, "module", "listening").leads(t, "/learn/team")
	boss.post("/learn/team/unwaive", "person", id, "module", "listening").wants(t, 404)
	boss.get("/learn/team").lacks(t, "Take this back")
}

func TestALanguageThatIsMissingIsSaid(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	her.lang = "ar"
	her.get("/learn/small").wants(t, 200, h.kit.Bundle.Printer("ar").T("home.text.english"), `lang="en" dir="ltr"`)
	her.get("/learn/small/units/only").wants(t, 200, h.kit.Bundle.Printer("ar").T("home.text.english"))
}

func TestATranslationThatNobodyHasReadSaysSo(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	for _, lang := range []string{"it", "fr", "ar"} {
		her.lang = lang
		p := h.kit.Bundle.Printer(lang)
		her.get("/learn").wants(t, 200, p.T("learn.review.awaiting"))
		a := her.get("/learn/peer-role/units/the-pair")
		a.wants(t, 200, p.T("learn.review.text"), `lang="`+lang+`" dir="`+p.Dir+`"`)
		a.lacks(t, p.T("home.text.english"))
	}
	her.lang = "en"
	her.get("/learn/peer-role").lacks(t, h.kit.Bundle.Printer("en").T("learn.review.text"))
}
