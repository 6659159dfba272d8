//go:build e2e

package e2e

import (
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// askedWords are the title, a question, its answers and what was done at last.
var askedWords = map[string][5]string{
	"en": {"A room for the winter", "Do you need a warm room at night?", "yes\nno", "What else would help?", "The room opens in January."},
	"ar": {"غرفة للشتاء", "هل تحتاج إلى غرفة دافئة ليلًا؟", "نعم\nلا", "ماذا يساعد أيضًا؟", "تفتح الغرفة في يناير."},
}

// free is what somebody writes in her own words.
const free = "A kettle, and nobody who asks."

func TestASurveyIsAnsweredWithoutANameAndAnswered(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		say := askedWords[how.lang()]
		leader := p.journey(t, how)
		leader.signsInAs(p.withRole(t, "leader"))
		survey := leader.asksTheCommunity(say)

		her := p.journey(t, how)
		her.answersWithoutAName(survey, say)
		if strings.Contains(p.logs(), free) {
			t.Error("the log holds what she wrote")
		}
		p.holdsNot(t, free)
		for n := range 21 {
			p.answers(t, survey, n%2+1)
		}
		leader.open(survey)
		leader.press(`main form[action$="/stop"] button`)
		leader.sees(free)
		leader.sees(leader.words().T("survey.about", "Number", 10))
		leader.look("counted")
		leader.press(`main form[action$="/close"] button`)
		leader.refused("did")
		leader.fill("#did", say[4])
		leader.press(`main form[action$="/close"] button`)
		leader.sees(leader.words().T("survey.closed.done"))

		her.open("/surveys")
		her.press(her.linkOf(survey))
		her.sees(say[4])
		her.sees(her.words().T("survey.about", "Number", 10))
		her.seesNot(free)
		her.look("what came out and what was done")
	})
}

// asksTheCommunity writes a survey for everybody, first without a title, and opens it.
func (j *journey) asksTheCommunity(say [5]string) (path string) {
	j.t.Helper()
	j.open("/surveys")
	j.look("surveys")
	j.press(`main a[href="/surveys/new"]`)
	j.choose("#audience", "everybody")
	j.choose("#lang", j.how.lang())
	j.fill("#q1", say[1])
	j.fill("#o1", say[2])
	j.fill("#q2", say[3])
	j.choose("#k2", "words")
	j.press(sendButton)
	j.refused("title")
	j.look("a survey without a title")
	j.fill("#title", say[0])
	j.press(sendButton)
	j.look("a draft")
	path = j.path()
	j.press(`main form[action$="/begin"] button`)
	j.sees(j.words().T("survey.begun"))
	return path
}

// answersWithoutAName finds it in the library, sends it empty once, then answers.
func (j *journey) answersWithoutAName(survey string, say [5]string) {
	j.t.Helper()
	j.open("/read")
	j.press(`main a[href="/surveys"]`)
	j.press(j.linkOf(survey))
	j.look("the questions")
	j.press(sendButton)
	j.refused("a1")
	j.click(`label:has(input[name="a1"][value="1"])`)
	j.fill("#a2", free)
	j.look("answered")
	j.press(sendButton)
	j.sees(j.words().T("survey.thanks"))
	j.out()
}

var (
	formAction = regexp.MustCompile(`action="(/surveys/[a-z0-9]+/answer/[^"]+)"`)
	formToken  = regexp.MustCompile(`name="token"[^>]*value="([^"]*)"`)
)

// answers sends the form as one more person without a key would, without a browser.
func (p *portal) answers(t *testing.T, survey string, choice int) {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := http.Client{Jar: jar}
	resp, err := client.Get(p.base + survey)
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	action, token := formAction.FindSubmatch(page), formToken.FindSubmatch(page)
	if err != nil || action == nil || token == nil {
		t.Fatalf("there is no form to answer: %v", err)
	}
	form := url.Values{"token": {string(token[1])}, "a1": {strconv.Itoa(choice)}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.base+html.UnescapeString(string(action[1])), strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if resp, err = client.Do(r); err != nil || resp.StatusCode != http.StatusOK || !strings.HasSuffix(resp.Request.URL.Path, "/surveys") {
		t.Fatalf("the answer leads to %v: %v", resp, err)
	}
	_ = resp.Body.Close()
}
