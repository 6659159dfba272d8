//go:build e2e

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"

	"portico/content"
)

// learned is the module that these journeys go through.
const learned = "/learn/listening"

// learner are the words of a peer who learns and hands in her hours.
type learner struct {
	reflection, name, note, long, reason, dispute string
}

var learners = map[string]learner{
	"en": {
		reflection: "My aunt shelled peas and waited. A pergolesque silence.", name: "Ffion Ravenscroft", note: "Two rounds, calm, tea for everybody.",
		long: "A night that never ended.", reason: "The travel time is in the other sheet already.", dispute: "It is not: look at the second page of it.",
	},
	"ar": {
		reflection: "كانت خالتي تنتظر وتقشر البازلاء. صمت كالزعفران.", name: "ليلى الشهبندر", note: "جولتان هادئتان، وشاي للجميع.",
		long: "ليلة لم تنته.", reason: "وقت الطريق مكتوب في الورقة الأخرى.", dispute: "ليس كذلك: انظري الصفحة الثانية منها.",
	},
}

func TestAPeerLearnsAndIsPaidForIt(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		who, say := p.withRole(t, "peer"), learners[how.lang()]
		first := p.journey(t, how)
		first.signsInAs(who)
		text := first.moduleText()
		first.beginsToRead(text)
		first.leaves()
		first.press(sendButton)

		j := p.journey(t, how)
		j.signsInAs(who)
		j.goesOnWhereSheWas(text)
		j.answersTheQuiz(text)
		j.walksThroughTheStory(text)
		j.thinksForHerself(say.reflection)
		code := j.finishes(text, say.name)
		p.journey(t, how.other()).checksTheCode(code, []string{who.Handle, say.name, say.reflection})

		coordinator := p.journey(t, how.other())
		coordinator.signsInAs(p.withRole(t, "coordinator"))
		coordinator.press(`.areas a[href="/learn"]`)
		coordinator.follow("/learn/team")
		coordinator.sees(who.Handle)
		coordinator.seesNot(say.reflection)
		coordinator.look("who has learned what")
		p.holdsNot(t, say.reflection, say.name)

		j.fillsHerWeek(say)
		coordinator.cuts(say, who)
		j.disputes(say)
		second := p.journey(t, how)
		second.signsInAs(p.otherWithRole(t, "coordinator", p.withRole(t, "coordinator")))
		coordinator.pays(who, "14.20 EUR", "2026-113")
		j.waitsForOneLine(say, "2026-113")
		coordinator.mayNotSettle(say.dispute, who)
		second.settles(say.dispute, who)
		j.readsApproved(who)
		coordinator.pays(who, "42.60 EUR", "2026-114")
		coordinator.looksAtThePeople()
		j.readsPaid("2026-113", "2026-114")
	})
}

// moduleText is the module in the language of the page.
func (j *journey) moduleText() content.ModuleText {
	j.t.Helper()
	all, err := content.Modules()
	if err != nil {
		j.t.Fatal(err)
	}
	for _, m := range all {
		if "/learn/"+m.Slug == learned {
			return m.In(j.words().Tag)
		}
	}
	j.stop("there is no module at %s", learned)
	return content.ModuleText{}
}

// unitButton says that she has read a unit; nextStep leads on from the page of the module.
const (
	unitButton = `main form[action*="/units/"] button.primary`
	nextStep   = "main .actions a.primary"
)

// beginsToRead opens the module and reads two of its units.
func (j *journey) beginsToRead(text content.ModuleText) {
	j.t.Helper()
	j.press(`.areas a[href="/learn"]`)
	j.look("learn")
	j.follow(learned)
	j.sees(text.Title)
	j.look("module")
	j.press(nextStep)
	j.arrivedAt(learned + "/units/" + text.Units[0].ID)
	j.look("unit")
	j.press(unitButton)
	j.arrivedAt(learned + "/units/" + text.Units[1].ID)
	j.look("next unit")
	j.press(unitButton)
	j.arrivedAt(learned + "/units/" + text.Units[2].ID)
}

// goesOnWhereSheWas comes back later, finds the third unit before her, and reads the rest.
func (j *journey) goesOnWhereSheWas(text content.ModuleText) {
	j.t.Helper()
	j.press(`.areas a[href="/learn"]`)
	j.sees(j.words().N("learn.units", len(text.Units), "Done", 2))
	j.look("learn half way")
	j.follow(learned)
	j.look("module half way")
	j.press(nextStep)
	for _, unit := range text.Units[2:] {
		j.arrivedAt(learned + "/units/" + unit.ID)
		j.press(unitButton)
	}
	j.sees(j.words().T("learn.unit.last"))
	j.press(nextStep)
	j.arrivedAt(learned + "/quiz")
}

// answersTheQuiz gives one answer that does not fit, reads what is said to it and to no
// other, and gives the one that fits.
func (j *journey) answersTheQuiz(text content.ModuleText) {
	j.t.Helper()
	at := slices.IndexFunc(text.Questions, func(q content.Question) bool { return q.Kind == content.Single })
	missed := text.Questions[at]
	slip := slices.IndexFunc(missed.Answers, func(a content.Answer) bool { return !a.Right })
	fit := slices.IndexFunc(missed.Answers, func(a content.Answer) bool { return a.Right })
	j.look("quiz")
	for _, q := range text.Questions {
		if q.ID == missed.ID {
			j.tick(answerBox(q, missed.Answers[slip]))
			continue
		}
		j.answersAsItFits(q)
	}
	j.press(sendButton)
	j.sees(j.words().T("learn.quiz.kept"))
	j.sees(missed.Answers[slip].Feedback)
	j.sees(j.words().T("learn.quiz.notyet"))
	j.seesNot(missed.Answers[fit].Feedback)
	j.look("quiz with one to look at again")
	if !j.exists(answerBox(missed, missed.Answers[slip]) + ":checked") {
		j.stop("her answer is lost")
	}
	j.tick(answerBox(missed, missed.Answers[fit]))
	j.press(sendButton)
	j.sees(j.words().T("learn.quiz.all"))
	j.sees(missed.Answers[fit].Feedback)
	j.look("quiz that fits")
}

// answersAsItFits gives the answer that fits, in the way of its kind.
func (j *journey) answersAsItFits(q content.Question) {
	j.t.Helper()
	for _, fitting := range q.Right() {
		id, to, _ := strings.Cut(fitting, ":")
		switch q.Kind {
		case content.Order, content.Match:
			j.choose(fmt.Sprintf("select[name=%q]", "q-"+q.ID+"-"+id), to)
		case content.Short:
			j.fill(fmt.Sprintf("input[name=%q]", "q-"+q.ID), fitting)
		default:
			j.tick(answerBox(q, content.Answer{ID: id}))
		}
	}
}

// walksThroughTheStory goes one step, back again, and then to an end.
func (j *journey) walksThroughTheStory(text content.ModuleText) {
	j.t.Helper()
	j.follow(learned)
	j.press(nextStep)
	j.arrivedAt(learned + "/story")
	j.look("story")
	for i, step := range text.Scenario.Through() {
		_, choice, _ := strings.Cut(step, "/")
		j.tick(fmt.Sprintf("input[name=choice][value=%q]", choice))
		j.press(sendButton)
		if i == 0 {
			j.look("story second scene")
			j.press(`button[name=back][value=one]`)
			j.tick(fmt.Sprintf("input[name=choice][value=%q]", choice))
			j.press(sendButton)
		}
	}
	j.sees(j.words().T("learn.story.end"))
	j.look("story end")
}

func answerBox(q content.Question, a content.Answer) string {
	return fmt.Sprintf("input[name=%q][value=%q]", "q-"+q.ID, a.ID)
}

// thinksForHerself writes what nobody else reads, and finds it again.
func (j *journey) thinksForHerself(words string) {
	j.t.Helper()
	j.follow(learned)
	j.follow(learned + "/reflection")
	j.look("reflection")
	j.fill("#words", words)
	j.press(sendButton)
	j.sees(j.words().T("learn.reflection.kept"))
	j.open(learned)
	j.seesNot(words)
	j.follow(learned + "/reflection")
	if got := j.value("#words"); got != words {
		j.stop("her words are %q", got)
	}
	j.look("reflection again")
}

// finishes completes the module and prints the statement; it returns the code.
func (j *journey) finishes(text content.ModuleText, name string) (code string) {
	j.t.Helper()
	j.follow(learned)
	j.look("module ready")
	j.press(fmt.Sprintf("main form[action=%q] button", learned+"/finish"))
	j.sees(j.words().T("learn.finished"))
	j.look("module finished")
	j.follow(learned + "/statement")
	j.press(fmt.Sprintf("main form[action=%q] button", learned+"/statement/make"))
	j.look("statement")
	j.fill("#name", name)
	j.press("main form.form button[type=submit]")
	j.look("statement with a name")
	j.onPaper("statement on paper", ".certificate")
	if paper := j.text(".certificate"); !strings.Contains(paper, name) || !strings.Contains(paper, text.Title) {
		j.stop("the paper says %q", paper)
	}
	code = j.text(".certificate strong bdi")
	j.open(learned + "/statement")
	j.seesNot(name) // it was on one answer alone
	return code
}

// onPaper looks at the page as a printer would: the sheet is there, and nothing around it.
func (j *journey) onPaper(name, sheet string) {
	j.t.Helper()
	j.do("print", command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print"}))
	j.picture(name)
	j.wait(sheet)
	for _, frame := range []string{".top", ".side", ".foot", ".exit", "main form"} {
		j.waitGone(frame)
	}
	j.do("screen", command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{}))
}

// checksTheCode is somebody else with the paper in her hand: she learns module, version,
// day and issuer, and not whose it is.
func (j *journey) checksTheCode(code string, unsaid []string) {
	j.t.Helper()
	j.open("/learn")
	j.look("learn for a visitor")
	j.follow("/learn/verify")
	j.fill("#code", "ABCD")
	j.press(sendButton)
	j.refused("code")
	j.look("code unknown")
	j.fill("#code", strings.ToLower(strings.ReplaceAll(code, "-", "")))
	j.press(sendButton)
	j.sees(j.words().T("learn.verify.found"))
	j.look("code known")
	want := []string{
		j.words().T("learn.verify.module"), j.moduleText().Title, j.words().T("learn.verify.version"), "1",
		j.words().T("learn.verify.day"), j.words().Day(j.today()), j.words().T("learn.verify.issuer"), j.base,
	}
	got := strings.FieldsFunc(j.text("dl.facts"), func(r rune) bool { return r == '\n' })
	if !slices.Equal(got, want) {
		j.stop("a code reveals %q, want %q", got, want)
	}
	for _, words := range unsaid {
		j.seesNot(words)
	}
}
