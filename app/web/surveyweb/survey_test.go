package surveyweb_test

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/survey"
	"portico/app/web/surveyweb"
	"portico/app/web/webtest"
)

// house is the surveys, with a leader who asks.
type house struct {
	*webtest.House
	surveys *survey.Service
	leader  *webtest.Person
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{House: webtest.Open(t)}
	h.Keyless, h.TitleKeys = true, []string{"survey.title"}
	h.surveys = survey.New(h.Store)
	a := surveyweb.New(h.Kit, h.surveys)
	get, post := h.App.Get, h.App.Post
	get("/surveys", a.List)
	get("/surveys/new", a.NewForm)
	post("/surveys/new/:form", a.Write)
	get("/surveys/:id", a.One)
	post("/surveys/:id/answer/:form", a.Answer)
	get("/surveys/:id/words", a.TextForm)
	post("/surveys/:id/words", a.Translate)
	post("/surveys/:id/begin", a.Begin)
	post("/surveys/:id/stop", a.Stop)
	post("/surveys/:id/drop", a.Drop)
	post("/surveys/:id/close", a.Close)
	_ = h.FirstAdmin(t)
	h.leader = h.Person(t, h.Hire(t, "lena", member.RoleLeader))
	return h
}

// asked is what a leader asks: one answer, several, a scale, and words.
func asked(day string, more ...string) []string {
	return append([]string{"kind", "needs", "audience", "members", "lang", "en", "closes", day, "title", "What is missing at night", "intro", "We plan the winter.",
		"k1", "one", "q1", "Do you know whom to call?", "o1", "yes\nno", "k2", "many", "q2", "What would help?", "o2", "a bus\na room\ntea",
		"k3", "scale", "q3", "How safe do you feel?", "k4", "words", "q4", "What else?"}, more...)
}

// begun writes a survey and opens it.
func (h *house) begun(t *testing.T, more ...string) string {
	t.Helper()
	h.Lists = []string{"a2"}
	sent := h.leader.Post("/surveys/new/"+fmt.Sprint(len(more)), asked(h.Store.DayAfter(10), more...)...)
	path := sent.Wants(t, 303).To
	h.leader.Get(path).Wants(t, 200, "What is missing at night", "Open it for answers")
	h.leader.Post(path+"/begin").Wants(t, 303)
	return path
}

func TestASurveyIsAnsweredCountedAndAnswered(t *testing.T) {
	h := newHouse(t)
	path := h.begun(t)
	h.Visitor(t).Get(path).Wants(t, 404)
	h.Visitor(t).Get("/surveys").Lacks(t, "What is missing at night")
	for n := range 24 {
		her := h.Person(t, webtest.Member())
		choice := "1"
		if n >= 11 {
			choice = "2"
		}
		her.Get("/surveys").Wants(t, 200, "What is missing at night")
		her.Post(fmt.Sprintf("%s/answer/x%d", path, n), "a1", choice, "a2", "1", "a2", "3", "a3", "4", "a4", fmt.Sprintf("Light at the stop, number %c.", 'a'+n)).Leads(t, "/surveys")
		if n == 0 {
			her.Post(path+"/answer/y", "a1", "2").Leads(t, "/surveys") // she counts once, with what she said first
			her.Get(path).Wants(t, 200, "You have answered")
		}
	}
	h.leader.Get(path).Lacks(t, "about 10")
	h.leader.Post(path+"/stop").Wants(t, 303)
	h.Person(t, webtest.Member()).Get(path).Wants(t, 200, "The answers are being read").Lacks(t, "about 10")
	h.Person(t, webtest.Member()).Post(path+"/answer/z", "a1", "1", "a4", "Too late words").Wants(t, 403, "were not counted", "Too late words")
	// Eleven said yes and thirteen said no. Nobody wanted a room: where an
	// answer is small, what would give it away is hidden with it.
	h.leader.Get(path).Wants(t, 200, "about 10", "they would show what fewer than ten people said", "Light at the stop, number a.")
	h.leader.Post(path+"/close", "lang", "en", "did", "").Wants(t, 422, "Without these words nothing is closed")
	h.leader.Post(path+"/close", "lang", "fr", "did", "A bus runs.").Wants(t, 422, "no questions in this language", "A bus runs.")
	h.leader.Post(path+"/close", "lang", "en", "did", "A bus runs from January.").Wants(t, 303)
	h.Person(t, webtest.Member()).Get(path).Wants(t, 200, "A bus runs from January.", "about 10").Lacks(t, "Light at the stop")
	for _, table := range []string{"survey_answers", "survey_voices"} {
		var n int64
		webtest.Must(t, h.Store.DB.Raw("SELECT count(*) FROM "+table).Scan(&n).Error)
		if n != 0 {
			t.Errorf("%s keeps %d rows after the end", table, n)
		}
	}
}

// TestAnAnswerIsJoinedToNobody looks at what is stored while a survey is open.
func TestAnAnswerIsJoinedToNobody(t *testing.T) {
	h := newHouse(t)
	path := h.begun(t)
	her := h.Person(t, webtest.Member())
	her.Post(path+"/answer/n0nce", "a1", "1", "a3", "5", "a4", "Nobody listens on Sundays.").Leads(t, "/surveys")
	dump := h.Dump(t)
	for _, canary := range []string{"Sundays", "n0nce", her.Actor.Account.String()} {
		if strings.Contains(dump, canary) {
			t.Errorf("%q is stored in clear", canary)
		}
	}
	var columns []string
	types, err := h.Store.DB.Migrator().ColumnTypes("survey_answers")
	webtest.Must(t, err)
	for _, c := range types {
		columns = append(columns, c.Name())
	}
	if got := strings.Join(columns, " "); got != "id survey_id no choice" {
		t.Errorf("an answer holds %s", got)
	}
}

func TestEverybodyMayAnswerWhereTheTeamSaysSo(t *testing.T) {
	h := newHouse(t)
	path := h.begun(t, "audience", "everybody")
	v := h.Visitor(t)
	v.Get(path).Wants(t, 200, "Do you know whom to call?")
	v.Post(path+"/answer/one", "a1", "1").Leads(t, "/surveys")
	v.Post(path+"/answer/one", "a1", "1").Leads(t, "/surveys")
	var n int64
	webtest.Must(t, h.Store.DB.Raw("SELECT count(*) FROM survey_answers").Scan(&n).Error)
	if n != 1 {
		t.Errorf("the same form twice is %d answers", n)
	}
}

func TestWhatIsWrongWithAnswersIsSaid(t *testing.T) {
	h := newHouse(t)
	path := h.begun(t)
	her := h.Person(t, webtest.Member())
	her.Post(path+"/answer/x").Wants(t, 422, "Answer one question at least")
	her.Post(path+"/answer/x", "a1", "9").Wants(t, 422, "Choose one of the answers")
	her.Post(path+"/answer/x", "a1", "zz").Wants(t, 422, "Choose one of the answers")
	her.Post(path+"/answer/x", "a4", strings.Repeat("long ", 300_000/5)).Wants(t, 422, "1000 characters fit")
	her.Post(path+"/answer/x", "a4", "Call me at 333 1234567 please.").Wants(t, 422, "Could they lead to you", "333 1234567")
	her.Post(path+"/answer/x", "a4", "Broken \xff\x00 words").Leads(t, "/surveys")
	h.Visitor(t).Post(path+"/answer/x", "a1", "1").Wants(t, 404)
	old := h.Person(t, webtest.Member())
	old.OldForm = true
	old.Post(path+"/answer/x", "a4", "Kept words").Wants(t, 409, "Kept words")
}

func TestWhatIsWrongWithASurveyIsSaid(t *testing.T) {
	h := newHouse(t)
	h.Lists = []string{}
	day := h.Store.DayAfter(10)
	write := func(more ...string) webtest.Answer { return h.leader.Post("/surveys/new/f", asked(day, more...)...) }
	write("q1", "", "o1", "", "q2", "", "o2", "", "q3", "", "q4", "").Wants(t, 422, "Write one question at least")
	write("o1", "only one").Wants(t, 422, "two answers at least")
	write("title", "").Wants(t, 422, "Write a title")
	write("closes", h.Store.DayAfter(-1)).Wants(t, 422, "Choose a day from tomorrow")
	write("closes", "soon").Wants(t, 422, "Choose a day from tomorrow")
	write("kind", "spy").Wants(t, 422, "Choose what it is for")
	var many []string
	for n := 1; n <= 11; n++ {
		many = append(many, fmt.Sprintf("k%d", n), "words", fmt.Sprintf("q%d", n), "Why?")
	}
	write(many...).Wants(t, 422, "and 10 at most")
	h.Person(t, webtest.Member()).Post("/surveys/new/f", asked(day)...).Wants(t, 404)
	h.Visitor(t).Post("/surveys/new/f", asked(day)...).Wants(t, 401, "What is missing at night")
	h.leader.Get("/surveys/new").Wants(t, 200, "Ten questions at most")
}

func TestEveryLanguageHasTheSameQuestions(t *testing.T) {
	h := newHouse(t)
	path := h.begun(t)
	h.Lists = []string{}
	it := []string{"lang", "it", "title", "Che cosa manca di notte", "q1", "Sai chi chiamare?", "o1", "sì\nno", "q2", "Che cosa aiuterebbe?", "o2", "un autobus\nuna stanza\nun tè", "q3", "Quanto ti senti al sicuro?", "q4", "Che altro?"}
	h.leader.Get(path+"/words").Wants(t, 200, "Do you know whom to call?")
	h.leader.Post(path+"/words", append(it, "o2", "un autobus")...).Wants(t, 422, "Each question must be there", "un autobus")
	h.leader.Post(path+"/words", it...).Wants(t, 303)
	her := h.Person(t, webtest.Member())
	her.Lang = "it"
	her.Get(path).Wants(t, 200, "Sai chi chiamare?")
	h.leader.Post(path+"/words", append(it, "q1", "Altro?")...).Wants(t, 403, "They stay")
	h.Visitor(t).Get(path+"/words").Wants(t, 404)
}

func TestASurveyEndsWithItsLastDay(t *testing.T) {
	h := newHouse(t)
	path := h.begun(t)
	h.Time.Advance(11 * 24 * time.Hour)
	h.Person(t, webtest.Member()).Post(path+"/answer/x", "a1", "1").Wants(t, 403, "were not counted")
	webtest.Must(t, h.surveys.EndDue(context.Background()))
	page := h.leader.Get(path).Wants(t, 200, "What came out", "they would show what fewer than ten")
	if !regexp.MustCompile(`being read`).MatchString(page.Body) {
		t.Error("the survey does not say that it has ended")
	}
	h.leader.Post(path+"/stop").Wants(t, 409)
	h.leader.Post(path+"/drop").Wants(t, 409)
}
