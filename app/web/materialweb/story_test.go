package materialweb_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web/webtest"
)

var shownCode = regexp.MustCompile(`id="story-code">([^<]+)<`)

var allowed = []string{"recognise", "few", "removed", "place", "said", "talk", "fair", "1"}

// story marks a draft and returns the code that is shown.
func (p *portal) story(t *testing.T, path string) string {
	t.Helper()
	found := shownCode.FindStringSubmatch(p.Post(t, path+"/story").Body)
	if found == nil {
		t.Fatal("no code is shown")
	}
	return found[1]
}

func TestAStoryIsTakenBackWithItsCodeAndNoAccount(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	code := p.story(t, path)
	webtest.WantsNot(t, p.Get(t, path+"/story").Body, code)
	if a := p.Post(t, path+"/consult", p.survey()...); a.Status != http.StatusForbidden {
		t.Fatalf("asking about a story that she did not allow: %d", a.Status)
	}
	if a := p.Post(t, path+"/consents", "use", "page", "recognise", "many", "said", "talk", "until", "soon"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a consent with mistakes: %d", a.Status)
	} else {
		webtest.Wants(t, a.Body, p.Say("material.consent.recognise.hers"), p.Say("material.consent.fair.missing"), p.Say("material.consent.until.range"))
	}
	p.goes(t, path+"/consents", append([]string{"use", "page"}, allowed...)...)
	p.goes(t, path+"/consents", append([]string{"use", "print", "langs", "en"}, allowed...)...)
	webtest.Wants(t, p.Get(t, path+"/story").Body, p.Say("material.use.page"), p.Say("material.consent.lives"), p.Say("material.said.talk"), p.Say("material.trace.place"))
	p.finish(t, path)

	p.Who = member.Actor{}
	webtest.Wants(t, p.Get(t, path).Body, p.Say("material.hers.link"), path+"/print?text=en")
	webtest.WantsNot(t, p.Get(t, path+"?text=ar").Body, path+"/print")
	if a := p.Get(t, path+"/print?text=ar"); a.Status != http.StatusOK || strings.Contains(a.Body, "يمكنك") {
		t.Errorf("the sheet that she did not allow: %d", a.Status)
	}
	webtest.Wants(t, p.Post(t, "/read/story", "code", "AAAA-AAAA").Body, p.Say("material.story.code.wrong"))
	body := p.Post(t, "/read/story", "code", strings.ToLower(strings.ReplaceAll(code, "-", " "))).Body
	webtest.Wants(t, body, "What to take along", `id="take-back"`, p.Say("material.use.print"))
	webtest.WantsNot(t, body, "lanterna", p.Say("material.hers.keep"))
	if a := p.Post(t, "/read/story", "code", code, "act", "allow", "use", "nothing"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("allowing nothing: %d", a.Status)
	} else {
		webtest.Wants(t, a.Body, p.Say("material.consent.use.missing"), `id="take-back"`)
	}
	webtest.Wants(t, p.Post(t, "/read/story", append([]string{"code", code, "act", "allow", "use", "talk"}, allowed...)...).Body, p.Say("material.said.herself"))
	if to := p.goes(t, "/read/story", "code", code, "act", "back", "erase", "1"); to != "/read/story" {
		t.Errorf("taking back leads to %s", to)
	}
	for _, at := range []string{"", "?text=ar", "/text", "/print"} {
		a := p.Get(t, path+at)
		if a.Status != http.StatusGone {
			t.Errorf("%s: %d", at, a.Status)
		}
		webtest.Wants(t, a.Body, p.Say("material.gone"))
		webtest.WantsNot(t, a.Body, "What to take along", "without papers", "أوراق")
	}
	webtest.WantsNot(t, p.Get(t, "/read").Body, "What to take along", path)
	p.Who = p.leader
	webtest.Wants(t, p.Get(t, "/read/archive").Body, p.Say("material.erased"), p.Say("material.back.hers"))
	webtest.WantsNot(t, p.Get(t, path+"/group").Body, "without papers", p.Say("material.back.bring"))
}

// finish brings a draft that may be shown all the way.
func (p *portal) finish(t *testing.T, path string) {
	t.Helper()
	p.goes(t, path+"/consult", p.survey("least", "1")...)
	p.Who = p.anna
	p.goes(t, path+"/consultation", "reply1", "5")
	p.Who = p.leader
	p.goes(t, path+"/consult/close")
	p.goes(t, path+"/decide", "closes", p.DayAfter(3))
	for _, who := range []member.Actor{p.leader, p.peer} {
		p.Who = who
		p.goes(t, path+"/vote", "choice", "yes")
	}
	p.Who = p.leader
	p.goes(t, path+"/publish", "months", "12")
}

func TestAStoryIsKeptWithAKey(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	code := p.story(t, path)
	p.Who = p.anna
	webtest.Wants(t, p.Post(t, "/read/story", "code", code).Body, p.Say("material.hers.keep"))
	webtest.Wants(t, p.Post(t, "/read/story", "code", code, "act", "keep").Body, p.Say("material.hers.kept"))
	id := strings.TrimPrefix(path, "/read/")
	webtest.Wants(t, p.Get(t, "/read/story").Body, p.Say("material.hers.mine"), id)
	webtest.Wants(t, p.Post(t, "/read/story", "story", id, "act", "open").Body, `id="take-back"`)
	p.Who = p.bianca
	webtest.WantsNot(t, p.Get(t, "/read/story").Body, id)
	if a := p.Post(t, "/read/story", "story", id); a.Status != http.StatusNotFound {
		t.Errorf("another's story: %d", a.Status)
	}
	p.Old = true
	if a := p.Post(t, "/read/story", "code", code); a.Status != http.StatusConflict {
		t.Errorf("an old form: %d", a.Status)
	} else {
		webtest.Wants(t, a.Body, code)
	}
}

func TestATextIsTakenBackWithAReasonAndBroughtBack(t *testing.T) {
	p := open(t)
	path := p.published(t)
	webtest.Wants(t, p.Get(t, path).Body, path+"/withdraw")
	if a := p.Post(t, path+"/withdraw"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", a.Status)
	}
	p.goes(t, path+"/withdraw", "why", "harm")
	p.Who = member.Actor{}
	a := p.Get(t, path)
	if a.Status != http.StatusGone {
		t.Errorf("its address: %d", a.Status)
	}
	webtest.Wants(t, a.Body, p.Say("material.why.harm"))
	for _, rest := range []string{"/withdraw", "/story", "/prints", "/words", "/marks"} {
		if a := p.Get(t, path+rest); a.Status != http.StatusNotFound {
			t.Errorf("%s for a visitor: %d", rest, a.Status)
		}
	}
	p.Who = p.leader
	webtest.Wants(t, p.Get(t, path+"/group").Body, p.Say("material.back.bring"))
	webtest.Wants(t, p.Get(t, "/read/archive").Body, "What to take along", path+"/back")
	p.goes(t, path+"/back")
	webtest.Wants(t, p.Get(t, path+"/group").Body, p.Say("material.next.draft"))
}

func TestAGroupsWordsMarksAndPrintRuns(t *testing.T) {
	p := open(t)
	path := p.drafted(t)
	if a := p.Post(t, path+"/words", "language", "en", "preferred", "belongings", "refused", "", "why", "x"); a.Status != http.StatusUnprocessableEntity || !strings.Contains(a.Body, "belongings") {
		t.Errorf("a word with mistakes: %d", a.Status)
	}
	p.goes(t, path+"/words", "language", "en", "preferred", "residence permit", "refused", "papers", "why", "We decided it.")
	day := p.Say("material.term.decided", "Day", p.Kit.Bundle.Printer("en").Day(p.Today()))
	webtest.Wants(t, p.Get(t, path+"/words").Body, "residence permit", day)
	webtest.Wants(t, p.Get(t, path+"/write").Body, `<mark class="warned" lang="en"><bdi>papers</bdi></mark>`, "residence permit", day)
	p.goes(t, path+"/marks", "subjects", "health")
	webtest.Wants(t, p.Get(t, path+"/group").Body, p.Say("material.subject.health"))
	webtest.Wants(t, p.Get(t, path+"/prints").Body, p.Say("material.prints.later"))
	p.finish(t, path)
	if a := p.Post(t, path+"/prints", "day", p.Today(), "language", "en", "sheet", "pocket", "copies", "none", "place", "Via Roma 3"); a.Status != http.StatusUnprocessableEntity {
		t.Errorf("a run with mistakes: %d", a.Status)
	}
	p.goes(t, path+"/prints", "day", p.Today(), "language", "en", "sheet", "pocket", "copies", "٢٠٠", "place", "clinic")
	webtest.Wants(t, p.Get(t, path+"/prints").Body, "200 copies", p.Say("material.place.clinic"))
	csv := p.Get(t, path+"/prints.csv")
	webtest.Wants(t, csv.Body, "day,language,sheet,copies,place\n", p.Today()+",en,pocket,200,clinic\n")
	p.Who = p.anna
	body := p.Get(t, path).Body
	webtest.Wants(t, body, "200 copies", p.Say("material.because"))
	webtest.WantsNot(t, body, p.Say("material.place.clinic"))
	webtest.Wants(t, p.Get(t, path+"/consultation").Body, p.Say("material.because"), p.Say("material.came.read"), "People without a phone.")
	p.Lang = "ar"
	webtest.Wants(t, p.Get(t, "/read").Body, `lang="en" dir="auto"`)
}
