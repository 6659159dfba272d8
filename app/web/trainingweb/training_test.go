package trainingweb_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/training"
)

func TestTheListIsOpenAndLeadsOnlyLearnersFurther(t *testing.T) {
	h := newHouse(t)
	a := h.visitor(t).get("/learn")
	a.wants(t, 200, "The role of a peer", "Listening and first contact", "4 units", "about 55 minutes", "Sign in to read the modules")
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
			her.post("/learn/small/finish").wants(t, 403)
			her.get("/learn/small").wants(t, 200, "A short story", `class="button primary" href="/learn/small/story"`)
			her.get("/learn/small/story").wants(t, 200, "You stand there.", "I go", "Nobody sees which way you took")
			her.post("/learn/small/story", "from", "start").leads(t, "/learn/small/story")
			her.post("/learn/small/story", "from", "start", "choice", "run").leads(t, "/learn/small/story")
			her.post("/learn/small/story", "from", "start", "choice", "go").leads(t, "/learn/small/story")
			her.post("/learn/small/story", "from", "start", "choice", "stay").leads(t, "/learn/small/story")
			her.get("/learn/small/story").wants(t, 200, "You went.", "Good night.", "one of its ends")
			her.post("/learn/small/story", "back", "one").leads(t, "/learn/small/story")
			her.get("/learn/small/story").wants(t, 200, "You stand there.")
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

// finish brings somebody through the small module.
func (h *house) finish(t *testing.T, p *person) {
	t.Helper()
	ctx := context.Background()
	err := h.training.DoUnit(ctx, p.actor, "small", "only", true)
	if err == nil {
		err = h.training.Answer(ctx, p.actor, "small", training.Answers{Chosen: map[string][]string{"one": {"a"}}})
	}
	if err == nil {
		err = h.training.Step(ctx, p.actor, "small", "start", "go")
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
	boss.get("/learn/team").wants(t, 200, "mira", "0 of 8 steps", "You see no answers", "no path for this role")
	id := mira.actor.Role.ID.String()
	hers := "/learn/team/" + id
	boss.get(hers).wants(t, 200, "mira", "finished on 7 March 2026", "1 of 4 units", "part of the work")
	mira.get("/learn/team").wants(t, 404)
	mira.get(hers).wants(t, 404)
	boss.get("/learn/team/nobody").wants(t, 404)
	boss.post("/learn/team/waive", "person", id, "waived", "none", "reason", "").wants(t, 422, "Choose a module", "Choose a reason")
	boss.post("/learn/team/waive", "person", boss.actor.Role.ID.String(), "waived", "safety", "reason", "elsewhere").wants(t, 422, "Somebody else has to note this for you")
	boss.post("/learn/team/waive", "person", id, "waived", "small", "reason", "elsewhere").wants(t, 422, "has finished this module")
	boss.post("/learn/team/waive", "person", id, "waived", "listening", "reason", "elsewhere").leads(t, hers)
	boss.get(hers).wants(t, 200, "not needed: learned somewhere else", "Take this back")
	mira.get("/learn").wants(t, 200, "not needed for you")
	mira.get("/learn/listening").wants(t, 200, "you need not do this module (learned somewhere else)")
	boss.post("/learn/team/unwaive", "person", id, "module", "listening").leads(t, hers)
	boss.post("/learn/team/unwaive", "person", id, "module", "listening").wants(t, 404)
	boss.get(hers).lacks(t, "Take this back")
}

func TestACoordinatorAsksForAModuleByADay(t *testing.T) {
	h := newHouse(t)
	boss, mira := h.withRole(t, "lintel", member.RoleCoordinator), h.withRole(t, "mira", member.RolePeer)
	id := mira.actor.Role.ID.String()
	hers := "/learn/team/" + id
	boss.post("/learn/team/assign", "person", id, "module", "", "until", "2026-03-01").wants(t, 422, "Choose a module", "within two years")
	boss.post("/learn/team/assign", "person", id, "module", "safety", "until", "tomorrow").wants(t, 422, "within two years", `value="safety" selected`)
	boss.post("/learn/team/assign", "person", id, "module", "safety", "until", "2026-04-01").leads(t, hers)
	boss.get(hers).wants(t, 200, "asked until 1 April 2026")
	mira.get("/learn").wants(t, 200, "asked until 1 April 2026")
	mira.get("/learn/safety").wants(t, 200, "A coordinator asks you", "1 April 2026")
	mira.post("/learn/team/assign", "person", id, "module", "safety", "until", "2026-04-01").wants(t, 404)
	boss.get("/learn/team.csv").wants(t, 200, "handle,roles,module", "mira,peer,safety,not-begun,0,4,,,,2026-04-01,,")
	boss.post("/learn/team/unassign", "person", id, "module", "safety").leads(t, hers)
	mira.get("/learn/safety").lacks(t, "A coordinator asks you")
}

func TestAPracticeIsSignedByWhoWatched(t *testing.T) {
	h := newHouse(t)
	mira, sup, other := h.withRole(t, "mira", member.RolePeer), h.withRole(t, "nadia", member.RoleSupervisor), h.withRole(t, "olga", member.RolePeer)
	h.member(t).get("/learn/listening/practice").wants(t, 404)
	mira.get("/learn/small/practice").wants(t, 404)
	mira.get("/learn/listening/practice").wants(t, 200, "nadia", "What there is to see")
	mira.post("/learn/listening/practice", "signer", other.actor.Role.ID.String()).wants(t, 422, "Choose somebody from the list")
	mira.post("/learn/listening/practice", "signer", sup.actor.Role.ID.String()).leads(t, "/learn/listening/practice")
	sup.get("/learn").wants(t, 200, "Practice to watch")
	form := "/learn/practice/" + mira.actor.Role.ID.String() + "/listening"
	sup.get("/learn/practice").wants(t, 200, "mira", `action="`+form+`"`)
	other.post(form, "seen", "x").wants(t, 404)
	items := h.items(t, "listening")
	sup.post(form, "seen", items[0]).leads(t, "/learn/practice")
	mira.get("/learn/listening/practice").wants(t, 200, "Part of it was seen", ">seen<")
	sup.post(form, "seen", items[0]).wants(t, 404)
	mira.post("/learn/listening/practice", "signer", sup.actor.Role.ID.String()).leads(t, "/learn/listening/practice")
	var all []string
	for _, item := range items {
		all = append(all, "seen", item)
	}
	sup.post(form, all...).leads(t, "/learn/practice")
	mira.get("/learn/listening/practice").wants(t, 200, "Seen and signed")
	mira.get("/learn/listening").wants(t, 200, "practice signed")
	sup.get("/learn/practice").wants(t, 200, "Nobody waits for you")
}

// items are what there is to see in the practice of a shipped module.
func (h *house) items(t *testing.T, slug string) (ids []string) {
	t.Helper()
	all, err := h.training.Modules(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if m.Slug == slug {
			for _, item := range m.In("en").Practice.Items {
				ids = append(ids, item.ID)
			}
		}
	}
	if len(ids) < 2 {
		t.Fatalf("%s has the items %v", slug, ids)
	}
	return ids
}

func TestAModuleIsPreviewedWithEverythingThatIsRight(t *testing.T) {
	h := newHouse(t)
	leader := h.withRole(t, "vesna", member.RoleLeader)
	h.withRole(t, "mira", member.RolePeer).get("/learn/shelf").wants(t, 404)
	leader.get("/learn/shelf").wants(t, 200, "Listening and first contact", "ZIP file")
	leader.get("/learn/shelf/listening/1").wants(t, 200, "Being", "that fits", "scene-")
	leader.get("/learn/shelf/listening/1?in=it").wants(t, 200, "Ascolto e primo contatto")
	leader.get("/learn/shelf/listening/2").wants(t, 404)
	a := leader.get("/learn/shelf/listening/1/whole")
	if a.status != 200 || !strings.HasPrefix(a.body, "PK") {
		t.Errorf("status %d, %d bytes", a.status, len(a.body))
	}
	leader.post("/learn/shelf/listening/1/open").wants(t, 404)
	leader.post("/learn/shelf/listening/1/drop").wants(t, 404)
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
