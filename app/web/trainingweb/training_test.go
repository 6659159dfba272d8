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
	a := h.visitor(t).Get("/learn")
	a.Wants(t, 200, "The role of a peer", "Listening and first contact", "4 units", "about 55 minutes", "Sign in to read the modules")
	a.Lacks(t, `href="/learn/peer-role"`, "not begun", "/learn/team")
	h.member(t).Get("/learn").Wants(t, 200, `href="/learn/peer-role"`, "not begun")
	h.member(t).Get("/learn").Lacks(t, "part of your work")
	h.withRole(t, "mira", member.RolePeer).Get("/learn").Wants(t, 200, "part of your work")
	h.withRole(t, "lintel", member.RoleCoordinator).Get("/learn").Wants(t, 200, `href="/learn/team"`)
}

func TestALearnerWorksThroughAModuleWithoutScript(t *testing.T) {
	h := newHouse(t)
	for kind, her := range map[string]*person{"member": h.member(t), "peer": h.withRole(t, "mira", member.RolePeer)} {
		t.Run(kind, func(t *testing.T) {
			her.T = t
			her.Get("/learn/small").Wants(t, 200, "0 of 1 unit", "Begin", "To read", "The only unit")
			her.Get("/learn/small/units/only").Wants(t, 200, "unit 1 of 1", "<em>soft</em>", "I have read this", `href="/learn/small/quiz"`)
			her.Get("/learn/small/statement").Wants(t, 404)
			her.Post("/learn/small/finish").Wants(t, 403)
			her.Post("/learn/small/units/only", "done", "1").Leads(t, "/learn/small")
			her.Get("/learn/small").Wants(t, 200, "1 of 1 unit", "That was the last unit", `href="/learn/small/quiz"`)
			her.Post("/learn/small/quiz", "q-one", "b").Leads(t, "/learn/small/quiz")
			a := her.Get("/learn/small/quiz")
			a.Wants(t, 200, "Does not", "look again", `value="b" checked`)
			a.Lacks(t, ">Fits<")
			her.Post("/learn/small/quiz", "q-one", "a").Leads(t, "/learn/small/quiz")
			her.Get("/learn/small/quiz").Wants(t, 200, "All of them fit", "that fits", `value="a" checked`)
			her.Post("/learn/small/finish").Wants(t, 403)
			her.Get("/learn/small").Wants(t, 200, "A short story", `class="button primary" href="/learn/small/story"`)
			her.Get("/learn/small/story").Wants(t, 200, "You stand there.", "I go", "Nobody sees which way you took")
			her.Post("/learn/small/story", "from", "start").Leads(t, "/learn/small/story")
			her.Post("/learn/small/story", "from", "start", "choice", "run").Leads(t, "/learn/small/story")
			her.Post("/learn/small/story", "from", "start", "choice", "go").Leads(t, "/learn/small/story")
			her.Post("/learn/small/story", "from", "start", "choice", "stay").Leads(t, "/learn/small/story")
			her.Get("/learn/small/story").Wants(t, 200, "You went.", "Good night.", "one of its ends")
			her.Post("/learn/small/story", "back", "one").Leads(t, "/learn/small/story")
			her.Get("/learn/small/story").Wants(t, 200, "You stand there.")
			her.Get("/learn/small").Wants(t, 200, "I am through")
			her.Post("/learn/small/finish").Leads(t, "/learn/small")
			her.Get("/learn/small").Wants(t, 200, "finished on 7 March 2026", "/learn/small/statement")
			her.Get("/learn").Wants(t, 200, "finished on 7 March 2026")
		})
	}
}

func TestAMarkLeadsToTheNextUnitAndCanBeTakenBack(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	her.Post("/learn/listening/units/being-heard", "done", "1").Leads(t, "/learn/listening/units/on-the-street")
	her.Get("/learn/listening").Wants(t, 200, "1 of 4 units", "Go on", `href="/learn/listening/units/on-the-street"`)
	her.Post("/learn/listening/units/being-heard", "done", "0").Leads(t, "/learn/listening/units/being-heard")
	her.Get("/learn/listening").Wants(t, 200, "0 of 4 units")
}

func TestWhatDoesNotExistIsNotFound(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	for _, path := range []string{"/learn/run", "/learn/run/quiz", "/learn/run/reflection", "/learn/run/statement", "/learn/small/units/none", "/learn/team"} {
		her.Get(path).Wants(t, 404)
	}
	for _, path := range []string{"/learn/run/quiz", "/learn/run/finish", "/learn/run/units/only", "/learn/small/units/none", "/learn/run/reflection", "/learn/run/statement", "/learn/team/waive", "/learn/team/unwaive"} {
		her.Post(path).Wants(t, 404)
	}
}

func TestOddAnswersAreNotKept(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	her.Post("/learn/small/quiz", "q-one", "zebra").Wants(t, 422, "do not belong to these questions")
	her.Post("/learn/small/quiz", "q-one", "a", "q-one", "b").Wants(t, 422)
	her.Get("/learn/small/quiz").Lacks(t, "checked")
}

func TestNothingChosenOrWrittenIsLost(t *testing.T) {
	h := newHouse(t)
	out := h.visitor(t)
	out.Post("/learn/small/quiz", "q-one", "b").Wants(t, 401, `value="b" checked`, "You were signed out", "Sign in beside this page")
	out.Post("/learn/small/reflection", "words", "Long thoughts").Wants(t, 401, "Long thoughts", "You were signed out")
	her := h.member(t)
	her.OldForm = true
	her.Post("/learn/small/quiz", "q-one", "b").Wants(t, 409, `value="b" checked`, "Nothing is lost")
	her.Post("/learn/small/reflection", "words", "Long thoughts").Wants(t, 409, "Long thoughts")
	her.OldForm = false
	her.Get("/learn/small/reflection").Lacks(t, "Long thoughts")
	her.Post("/learn/small/reflection", "words", strings.Repeat("ж", 8001)).Wants(t, 422, `href="#words"`, "8000 characters fit")
}

func TestAReflectionComesBackToHerAlone(t *testing.T) {
	h := newHouse(t)
	her, boss := h.withRole(t, "mira", member.RolePeer), h.withRole(t, "lintel", member.RoleCoordinator)
	her.Get("/learn/small/reflection").Wants(t, 200, "What?", "only you. Not your supervisor")
	her.Post("/learn/small/reflection", "words", "A thought <b>of mine</b>").Leads(t, "/learn/small/reflection")
	her.Get("/learn/small/reflection").Wants(t, 200, "A thought &lt;b&gt;of mine", "Kept, for you alone")
	boss.Get("/learn/small/reflection").Lacks(t, "of mine")
	boss.Get("/learn/team").Lacks(t, "of mine")
}

// finish brings somebody through the small module.
func (h *house) finish(t *testing.T, p *person) {
	t.Helper()
	ctx := context.Background()
	err := h.training.DoUnit(ctx, p.Actor, "small", "only", true)
	if err == nil {
		err = h.training.Answer(ctx, p.Actor, "small", training.Answers{Chosen: map[string][]string{"one": {"a"}}})
	}
	if err == nil {
		err = h.training.Step(ctx, p.Actor, "small", "start", "go")
	}
	if err == nil {
		_, err = h.training.Complete(ctx, p.Actor, "small")
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheCoordinatorsTableAndWaivers(t *testing.T) {
	h := newHouse(t)
	boss, mira := h.withRole(t, "lintel", member.RoleCoordinator), h.withRole(t, "mira", member.RolePeer)
	h.finish(t, mira)
	mira.Post("/learn/safety/units/being-seen", "done", "1")
	boss.Get("/learn/team").Wants(t, 200, "mira", "0 of 8 steps", "You see no answers", "no path for this role")
	id := mira.Actor.Role.ID.String()
	hers := "/learn/team/" + id
	boss.Get(hers).Wants(t, 200, "mira", "finished on 7 March 2026", "1 of 4 units", "part of the work")
	mira.Get("/learn/team").Wants(t, 404)
	mira.Get(hers).Wants(t, 404)
	boss.Get("/learn/team/nobody").Wants(t, 404)
	boss.Post("/learn/team/waive", "person", id, "waived", "none", "reason", "").Wants(t, 422, "Choose a module", "Choose a reason")
	boss.Post("/learn/team/waive", "person", boss.Actor.Role.ID.String(), "waived", "safety", "reason", "elsewhere").Wants(t, 422, "Somebody else has to note this for you")
	boss.Post("/learn/team/waive", "person", id, "waived", "small", "reason", "elsewhere").Wants(t, 422, "has finished this module")
	boss.Post("/learn/team/waive", "person", id, "waived", "listening", "reason", "elsewhere").Leads(t, hers)
	boss.Get(hers).Wants(t, 200, "not needed: learned somewhere else", "Take this back")
	mira.Get("/learn").Wants(t, 200, "not needed for you")
	mira.Get("/learn/listening").Wants(t, 200, "you need not do this module (learned somewhere else)")
	boss.Post("/learn/team/unwaive", "person", id, "module", "listening").Leads(t, hers)
	boss.Post("/learn/team/unwaive", "person", id, "module", "listening").Wants(t, 404)
	boss.Get(hers).Lacks(t, "Take this back")
}

func TestACoordinatorAsksForAModuleByADay(t *testing.T) {
	h := newHouse(t)
	boss, mira := h.withRole(t, "lintel", member.RoleCoordinator), h.withRole(t, "mira", member.RolePeer)
	id := mira.Actor.Role.ID.String()
	hers := "/learn/team/" + id
	boss.Post("/learn/team/assign", "person", id, "module", "", "until", "2026-03-01").Wants(t, 422, "Choose a module", "within two years")
	boss.Post("/learn/team/assign", "person", id, "module", "safety", "until", "tomorrow").Wants(t, 422, "within two years", `value="safety" selected`)
	boss.Post("/learn/team/assign", "person", id, "module", "safety", "until", "2026-04-01").Leads(t, hers)
	boss.Get(hers).Wants(t, 200, "asked until 1 April 2026")
	mira.Get("/learn").Wants(t, 200, "asked until 1 April 2026")
	mira.Get("/learn/safety").Wants(t, 200, "A coordinator asks you", "1 April 2026")
	mira.Post("/learn/team/assign", "person", id, "module", "safety", "until", "2026-04-01").Wants(t, 404)
	boss.Get("/learn/team.csv").Wants(t, 200, "handle,roles,module", "mira,peer,safety,not-begun,0,4,,,,2026-04-01,,")
	boss.Post("/learn/team/unassign", "person", id, "module", "safety").Leads(t, hers)
	mira.Get("/learn/safety").Lacks(t, "A coordinator asks you")
}

func TestAPracticeIsSignedByWhoWatched(t *testing.T) {
	h := newHouse(t)
	mira, sup, other := h.withRole(t, "mira", member.RolePeer), h.withRole(t, "nadia", member.RoleSupervisor), h.withRole(t, "olga", member.RolePeer)
	h.member(t).Get("/learn/listening/practice").Wants(t, 404)
	mira.Get("/learn/small/practice").Wants(t, 404)
	mira.Get("/learn/listening/practice").Wants(t, 200, "nadia", "What there is to see")
	mira.Post("/learn/listening/practice", "signer", other.Actor.Role.ID.String()).Wants(t, 422, "Choose somebody from the list")
	mira.Post("/learn/listening/practice", "signer", sup.Actor.Role.ID.String()).Leads(t, "/learn/listening/practice")
	sup.Get("/learn").Wants(t, 200, "Practice to watch")
	form := "/learn/practice/" + mira.Actor.Role.ID.String() + "/listening"
	sup.Get("/learn/practice").Wants(t, 200, "mira", `action="`+form+`"`)
	other.Post(form, "seen", "x").Wants(t, 404)
	items := h.items(t, "listening")
	sup.Post(form, "seen", items[0]).Leads(t, "/learn/practice")
	mira.Get("/learn/listening/practice").Wants(t, 200, "Part of it was seen", ">seen<")
	sup.Post(form, "seen", items[0]).Wants(t, 404)
	mira.Post("/learn/listening/practice", "signer", sup.Actor.Role.ID.String()).Leads(t, "/learn/listening/practice")
	var all []string
	for _, item := range items {
		all = append(all, "seen", item)
	}
	sup.Post(form, all...).Leads(t, "/learn/practice")
	mira.Get("/learn/listening/practice").Wants(t, 200, "Seen and signed")
	mira.Get("/learn/listening").Wants(t, 200, "practice signed")
	sup.Get("/learn/practice").Wants(t, 200, "Nobody waits for you")
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
	h.withRole(t, "mira", member.RolePeer).Get("/learn/shelf").Wants(t, 404)
	leader.Get("/learn/shelf").Wants(t, 200, "Listening and first contact", "ZIP file")
	leader.Get("/learn/shelf/listening/1").Wants(t, 200, "Being", "/learn/shelf/listening/1/questions")
	leader.Get("/learn/shelf/listening/1/questions").Wants(t, 200, "that fits", "scene-")
	leader.Get("/learn/shelf/listening/1?in=it").Wants(t, 200, "Ascolto e primo contatto")
	leader.Get("/learn/shelf/listening/2").Wants(t, 404)
	a := leader.Get("/learn/shelf/listening/1/whole")
	if a.Status != 200 || !strings.HasPrefix(a.Body, "PK") {
		t.Errorf("status %d, %d bytes", a.Status, len(a.Body))
	}
	leader.Post("/learn/shelf/listening/1/open").Wants(t, 404)
	leader.Post("/learn/shelf/listening/1/drop").Wants(t, 404)
}

func TestALanguageThatIsMissingIsSaid(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	her.Lang = "ar"
	her.Get("/learn/small").Wants(t, 200, h.Kit.Bundle.Printer("ar").T("home.text.english"), `lang="en" dir="ltr"`)
	her.Get("/learn/small/units/only").Wants(t, 200, h.Kit.Bundle.Printer("ar").T("home.text.english"))
}

func TestATranslationThatNobodyHasReadSaysSo(t *testing.T) {
	h := newHouse(t)
	her := h.member(t)
	for _, lang := range []string{"it", "fr", "ar"} {
		her.Lang = lang
		p := h.Kit.Bundle.Printer(lang)
		her.Get("/learn").Wants(t, 200, p.T("learn.review.awaiting"))
		a := her.Get("/learn/peer-role/units/the-pair")
		a.Wants(t, 200, p.T("learn.review.text"), `lang="`+lang+`" dir="`+p.Dir+`"`)
		a.Lacks(t, p.T("home.text.english"))
	}
	her.Lang = "en"
	her.Get("/learn/peer-role").Lacks(t, h.Kit.Bundle.Printer("en").T("learn.review.text"))
}
