package onboardingweb_test

import (
	"context"
	"regexp"
	"testing"

	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/web/webtest"
)

var roleLink = regexp.MustCompile(`/role/([A-Za-z0-9_-]{20,})`)

// opened lets the coordinator open the organisation's page.
func (p *portal) opened(t *testing.T) {
	t.Helper()
	p.Who = p.boss
	at := "/team/joining/pages/" + p.org.String()
	for path, form := range map[string][]string{
		at + "/open":     {"open", "1", "quorum", "50"},
		at + "/text":     {"lang", "en", "how", "We talk first.", "expects", "One evening.", "limits", "No guard.", "pay", "Nothing is paid.", "childcare", "There is a room."},
		at + "/criteria": {"criteria-en", "Listens.\nComes."},
	} {
		if a := p.Post(t, path, form...); a.Status != 303 || a.To != at {
			t.Fatalf("%s: %d %s", path, a.Status, a.Body)
		}
	}
	p.Who = member.Actor{}
}

// comes sends interest as a visitor and takes up the link.
func (p *portal) comes(t *testing.T, handle string) member.Actor {
	t.Helper()
	a := p.Post(t, "/join-us/"+p.org.String()+"/interest/f"+handle, "words", "I would like to help at night.", "adult", "1")
	token := roleLink.FindStringSubmatch(a.Body)
	if a.Status != 200 || token == nil {
		t.Fatalf("interest: %d %s", a.Status, a.Body)
	}
	opened, _ := p.TakeUp(t, p.Members, handle, func(context.Context) (string, error) { return token[1], nil })
	return opened.Actor
}

func TestAVisitorReadsAndSendsInterest(t *testing.T) {
	p := open(t)
	if a := p.Get(t, "/join-us/"+p.org.String()); a.Status != 404 {
		t.Errorf("a closed organisation: %d", a.Status)
	}
	p.opened(t)
	webtest.Wants(t, p.Get(t, "/join-us").Body, "The lantern", "vote against published criteria")
	webtest.Wants(t, p.Get(t, "/join-us/"+p.org.String()).Body, "We talk first.", "Nothing is paid.", "There is a room.", "<li><bdi lang=\"en\">Listens.</bdi></li>", "Version 1")
	to := "/join-us/" + p.org.String() + "/interest"
	webtest.Wants(t, p.Get(t, to).Body, "No name, no phone", "the coordinators, and you on your own page")
	if a := p.Post(t, to+"/a", "words", "My <b>words</b>."); a.Status != 422 {
		t.Errorf("without the tick: %d", a.Status)
	} else {
		webtest.Wants(t, a.Body, "My &lt;b&gt;words&lt;/b&gt;.", `href="#adult"`)
	}
	p.Old = true
	if a := p.Post(t, to+"/a", "words", "Kept words.", "adult", "1"); a.Status != 409 {
		t.Errorf("an old form: %d", a.Status)
	} else {
		webtest.Wants(t, a.Body, "Kept words.")
	}
	p.Old = false
	a := p.Post(t, to+"/a", "words", "My words.", "adult", "1")
	webtest.Wants(t, a.Body, "It is shown only now", "/role/")
	if again := p.Post(t, to+"/a", "words", "My words.", "adult", "1"); again.Status != 409 || roleLink.MatchString(again.Body) {
		t.Errorf("the same form again: %d", again.Status)
	}
}

func TestACandidateSeesWhatComesNextAndHowToStop(t *testing.T) {
	p := open(t)
	p.opened(t)
	she := p.comes(t, "willow")
	p.Who = she
	webtest.Wants(t, p.Get(t, "/my-path").Body, "What happens next: conversation", "you need not tell any story", "a peer", "I want to stop", "I would like to help at night.", "Write to the coordinators")
	if a := p.Post(t, "/my-path/write/m", "message", "When do we talk?"); a.To != "/my-path" {
		t.Fatalf("a message: %d %s", a.Status, a.Body)
	}
	p.Who = p.boss
	list := p.Get(t, "/team/joining").Body
	webtest.Wants(t, list, "willow", "conversation", "waits for an answer")
	path := regexp.MustCompile(`/team/joining/[a-z2-7]{26}`).FindString(list)
	webtest.Wants(t, p.Get(t, path).Body, "When do we talk?", "I would like to help at night.", "lampione")
	if a := p.Post(t, path+"/plan", "step", "conversation", "owner", p.peer.Role.ID.String(), "due", p.DayAfter(9)); a.To != path {
		t.Fatalf("plan: %d %s", a.Status, a.Body)
	}
	p.Who = she
	webtest.Wants(t, p.Get(t, "/my-path").Body, "lampione", "16 March 2026")
	p.Who = p.peer
	own := regexp.MustCompile(`/work/joining/steps/[a-z2-7]{26}`).FindString(p.Get(t, "/work/joining").Body)
	page := p.Get(t, own).Body
	webtest.Wants(t, page, "willow", `name="words"`)
	webtest.WantsNot(t, page, "I would like to help", "When do we talk?")
	if a := p.Post(t, own+"/finish", "step", "conversation", "words", "Call +39 333 123 4567."); a.Status != 422 {
		t.Errorf("a number in a note: %d", a.Status)
	} else {
		webtest.Wants(t, a.Body, "+39 333 123 4567", `name="insist"`)
	}
	if a := p.Post(t, own+"/finish", "step", "conversation"); a.Status != 303 {
		t.Errorf("finish: %d %s", a.Status, a.Body)
	}
	p.Who = she
	webtest.Wants(t, p.Get(t, "/my-path").Body, "One evening.", "Nothing is paid.", "I have read this")
	p.Post(t, "/my-path/read")
	webtest.Wants(t, p.Get(t, "/my-path/rules").Body, "<strong>kind</strong>", "Sign the rules")
	if a := p.Post(t, "/my-path/rules", "version", "1", "lang", "en"); a.Status != 409 {
		t.Errorf("an old version of the rules: %d", a.Status)
	}
	p.Post(t, "/my-path/rules", "version", "2", "lang", "en")
	webtest.Wants(t, p.Get(t, "/my-path/rules").Body, "You signed version 2", "data-print")
	for _, path := range []string{"/team/joining", "/work/joining", path} {
		if a := p.Get(t, path); a.Status != 404 {
			t.Errorf("%s to a candidate: %d", path, a.Status)
		}
	}
	webtest.Wants(t, p.Get(t, "/my-path/stop").Body, "You need give no reason")
	p.Post(t, "/my-path/stop")
	body := p.Get(t, "/my-path").Body
	webtest.Wants(t, body, "stopped", "deleted after six months")
	webtest.WantsNot(t, body, "I want to stop", "What happens next")
}

func TestAVoteKeepsItsSecretOnEveryPage(t *testing.T) {
	p := open(t)
	p.opened(t)
	peers := []member.Actor{p.peer, p.hire(t, "girasole"), p.hire(t, "mandorla")}
	she := p.comes(t, "willow")
	ctx := context.Background()
	v, _, err := p.in.Mine(ctx, she, "en")
	webtest.Must(t, err)
	webtest.Must(t, p.in.Plan(ctx, p.boss, v.ID, "conversation", onboarding.PlanForm{Owner: p.peer.Role.ID}))
	for _, step := range []struct {
		who   member.Actor
		name  string
		words string
	}{{p.boss, "conversation", ""}, {she, "expectations", ""}, {she, "rules", ""}, {p.boss, "risk", ""}, {p.boss, "report", "A calm talk."}} {
		if step.name == "rules" {
			webtest.Must(t, p.in.SignRules(ctx, she, 2, "en"))
			continue
		}
		if step.name == "report" {
			webtest.Must(t, p.in.Plan(ctx, p.boss, v.ID, "report", onboarding.PlanForm{Owner: p.peer.Role.ID}))
		}
		_, err := p.in.Finish(ctx, step.who, v.ID, step.name, onboarding.FinishForm{Words: step.words})
		webtest.Must(t, err)
	}
	p.Who = p.boss
	path := "/team/joining/" + v.ID.String()
	if a := p.Post(t, path+"/vote", "closes", p.DayAfter(5)); a.To != path {
		t.Fatalf("open: %d %s", a.Status, a.Body)
	}
	vote := ""
	for i, peer := range peers {
		p.Who = peer
		if vote == "" {
			vote = regexp.MustCompile(`/work/joining/votes/[a-z2-7]{26}`).FindString(p.Get(t, "/work/joining").Body)
		}
		webtest.Wants(t, p.Get(t, vote).Body, "A calm talk.", "Listens.", "Nobody sees a count before it is over")
		if a := p.Post(t, vote, "choice", "no", "reason", "Kept reason."); a.Status != 422 {
			t.Errorf("a no without a criterion: %d", a.Status)
		} else {
			webtest.Wants(t, a.Body, "Kept reason.", `href="#criterion"`)
		}
		if a := p.Post(t, vote, "choice", "no", "criterion", "2", "reason", "She did not come."); a.To != vote {
			t.Fatalf("vote: %d %s", a.Status, a.Body)
		}
		p.Who = p.boss
		if body := p.Get(t, path).Body; i < 2 {
			webtest.Wants(t, body, "Nobody sees a count before it is over")
			webtest.WantsNot(t, body, "She did not come.", "of 3 voted")
		}
	}
	p.Who = p.boss
	webtest.Wants(t, p.Get(t, path).Body, "The group said no", "3 of 3 voted", "She did not come.")
	p.Who = p.peer
	webtest.WantsNot(t, p.Get(t, vote).Body, "She did not come.")
	p.Who = she
	webtest.Wants(t, p.Get(t, "/my-path").Body, "The group said no", "Comes.", "She did not come.", "Until 21 March 2026 you can say why")
	if a := p.Post(t, "/my-path/appeal/x", "words", "The train."); a.To != "/my-path" {
		t.Errorf("an appeal: %d %s", a.Status, a.Body)
	}
}

func TestWordsStayWhenTheSessionIsOver(t *testing.T) {
	p := open(t)
	p.opened(t)
	she := p.comes(t, "willow")
	v, _, err := p.in.Mine(context.Background(), she, "en")
	webtest.Must(t, err)
	p.Who = member.Actor{}
	for path, name := range map[string]string{
		"/my-path/write/x": "message", "/my-path/appeal/x": "words", "/team/joining/" + v.ID.String() + "/write/x": "message", "/team/joining/" + v.ID.String() + "/finish": "words",
		"/work/joining/enter/x": "words", "/work/titles/propose/x": "title", "/work/leave/x": "words", "/work/joining/votes/" + v.ID.String(): "reason",
	} {
		a := p.Post(t, path, name, "Words that stay.")
		if a.Status != 401 {
			t.Errorf("%s: %d", path, a.Status)
		}
		webtest.Wants(t, a.Body, "Words that stay.", "/sign-in/team")
	}
}
