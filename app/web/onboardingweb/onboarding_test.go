package onboardingweb_test

import (
	"context"
	"regexp"
	"testing"

	"portico/app/member"
	"portico/app/onboarding"
)

var roleLink = regexp.MustCompile(`/role/([A-Za-z0-9_-]{20,})`)

// opened lets the coordinator open the organisation's page.
func (p *portal) opened(t *testing.T) {
	t.Helper()
	p.who = p.boss
	at := "/team/joining/pages/" + p.org.String()
	for path, form := range map[string][]string{
		at + "/open":     {"open", "1", "quorum", "50"},
		at + "/text":     {"lang", "en", "how", "We talk first.", "expects", "One evening.", "limits", "No guard.", "pay", "Nothing is paid.", "childcare", "There is a room."},
		at + "/criteria": {"criteria-en", "Listens.\nComes."},
	} {
		if a := p.post(t, path, form...); a.status != 303 || a.to != at {
			t.Fatalf("%s: %d %s", path, a.status, a.body)
		}
	}
	p.who = member.Actor{}
}

// comes sends interest as a visitor and takes up the link.
func (p *portal) comes(t *testing.T, handle string) member.Actor {
	t.Helper()
	a := p.post(t, "/join-us/"+p.org.String()+"/interest/f"+handle, "words", "I would like to help at night.", "adult", "1")
	token := roleLink.FindStringSubmatch(a.body)
	if a.status != 200 || token == nil {
		t.Fatalf("interest: %d %s", a.status, a.body)
	}
	return p.takeUp(t, handle, func(context.Context) (string, error) { return token[1], nil })
}

func TestAVisitorReadsAndSendsInterest(t *testing.T) {
	p := open(t)
	if a := p.get(t, "/join-us/"+p.org.String()); a.status != 404 {
		t.Errorf("a closed organisation: %d", a.status)
	}
	p.opened(t)
	wants(t, p.get(t, "/join-us").body, "The lantern", "vote against published criteria")
	wants(t, p.get(t, "/join-us/"+p.org.String()).body, "We talk first.", "Nothing is paid.", "There is a room.", "<li dir=\"auto\" lang=\"en\">Listens.</li>", "Version 1")
	to := "/join-us/" + p.org.String() + "/interest"
	wants(t, p.get(t, to).body, "No name, no phone", "the coordinators, and you on your own page")
	if a := p.post(t, to+"/a", "words", "My <b>words</b>."); a.status != 422 {
		t.Errorf("without the tick: %d", a.status)
	} else {
		wants(t, a.body, "My &lt;b&gt;words&lt;/b&gt;.", `href="#adult"`)
	}
	p.old = true
	if a := p.post(t, to+"/a", "words", "Kept words.", "adult", "1"); a.status != 409 {
		t.Errorf("an old form: %d", a.status)
	} else {
		wants(t, a.body, "Kept words.")
	}
	p.old = false
	a := p.post(t, to+"/a", "words", "My words.", "adult", "1")
	wants(t, a.body, "It is shown only now", "/role/")
	if again := p.post(t, to+"/a", "words", "My words.", "adult", "1"); again.status != 409 || roleLink.MatchString(again.body) {
		t.Errorf("the same form again: %d", again.status)
	}
}

func TestACandidateSeesWhatComesNextAndHowToStop(t *testing.T) {
	p := open(t)
	p.opened(t)
	she := p.comes(t, "willow")
	p.who = she
	wants(t, p.get(t, "/my-path").body, "What happens next: conversation", "you need not tell any story", "a peer", "I want to stop", "I would like to help at night.", "Write to the coordinators")
	if a := p.post(t, "/my-path/write/m", "message", "When do we talk?"); a.to != "/my-path" {
		t.Fatalf("a message: %d %s", a.status, a.body)
	}
	p.who = p.boss
	list := p.get(t, "/team/joining").body
	wants(t, list, "willow", "conversation", "waits for an answer")
	path := regexp.MustCompile(`/team/joining/[a-z2-7]{26}`).FindString(list)
	wants(t, p.get(t, path).body, "When do we talk?", "I would like to help at night.", "lampione")
	if a := p.post(t, path+"/plan", "step", "conversation", "owner", p.peer.Role.ID.String(), "due", p.DayAfter(9)); a.to != path {
		t.Fatalf("plan: %d %s", a.status, a.body)
	}
	p.who = she
	wants(t, p.get(t, "/my-path").body, "lampione", "16 March 2026")
	p.who = p.peer
	own := regexp.MustCompile(`/work/joining/steps/[a-z2-7]{26}`).FindString(p.get(t, "/work/joining").body)
	page := p.get(t, own).body
	wants(t, page, "willow", `name="words"`)
	wantsNot(t, page, "I would like to help", "When do we talk?")
	if a := p.post(t, own+"/finish", "step", "conversation", "words", "Call +39 333 123 4567."); a.status != 422 {
		t.Errorf("a number in a note: %d", a.status)
	} else {
		wants(t, a.body, "+39 333 123 4567", `name="insist"`)
	}
	if a := p.post(t, own+"/finish", "step", "conversation"); a.status != 303 {
		t.Errorf("finish: %d %s", a.status, a.body)
	}
	p.who = she
	wants(t, p.get(t, "/my-path").body, "One evening.", "Nothing is paid.", "I have read this")
	p.post(t, "/my-path/read")
	wants(t, p.get(t, "/my-path/rules").body, "<strong>kind</strong>", "Sign the rules")
	if a := p.post(t, "/my-path/rules", "version", "1", "lang", "en"); a.status != 409 {
		t.Errorf("an old version of the rules: %d", a.status)
	}
	p.post(t, "/my-path/rules", "version", "2", "lang", "en")
	wants(t, p.get(t, "/my-path/rules").body, "You signed version 2", "data-print")
	for _, path := range []string{"/team/joining", "/work/joining", path} {
		if a := p.get(t, path); a.status != 404 {
			t.Errorf("%s to a candidate: %d", path, a.status)
		}
	}
	wants(t, p.get(t, "/my-path/stop").body, "You need give no reason")
	p.post(t, "/my-path/stop")
	body := p.get(t, "/my-path").body
	wants(t, body, "stopped", "deleted after six months")
	wantsNot(t, body, "I want to stop", "What happens next")
}

func TestAVoteKeepsItsSecretOnEveryPage(t *testing.T) {
	p := open(t)
	p.opened(t)
	peers := []member.Actor{p.peer, p.hire(t, "girasole"), p.hire(t, "mandorla")}
	she := p.comes(t, "willow")
	ctx := context.Background()
	v, _, err := p.in.Mine(ctx, she, "en")
	must(t, err)
	must(t, p.in.Plan(ctx, p.boss, v.ID, "conversation", onboarding.PlanForm{Owner: p.peer.Role.ID}))
	for _, step := range []struct {
		who   member.Actor
		name  string
		words string
	}{{p.boss, "conversation", ""}, {she, "expectations", ""}, {she, "rules", ""}, {p.boss, "risk", ""}, {p.boss, "report", "A calm talk."}} {
		if step.name == "rules" {
			must(t, p.in.SignRules(ctx, she, 2, "en"))
			continue
		}
		if step.name == "report" {
			must(t, p.in.Plan(ctx, p.boss, v.ID, "report", onboarding.PlanForm{Owner: p.peer.Role.ID}))
		}
		_, err := p.in.Finish(ctx, step.who, v.ID, step.name, onboarding.FinishForm{Words: step.words})
		must(t, err)
	}
	p.who = p.boss
	path := "/team/joining/" + v.ID.String()
	if a := p.post(t, path+"/vote", "closes", p.DayAfter(5)); a.to != path {
		t.Fatalf("open: %d %s", a.status, a.body)
	}
	vote := ""
	for i, peer := range peers {
		p.who = peer
		if vote == "" {
			vote = regexp.MustCompile(`/work/joining/votes/[a-z2-7]{26}`).FindString(p.get(t, "/work/joining").body)
		}
		wants(t, p.get(t, vote).body, "A calm talk.", "Listens.", "Nobody sees a count before it is over")
		if a := p.post(t, vote, "choice", "no", "reason", "Kept reason."); a.status != 422 {
			t.Errorf("a no without a criterion: %d", a.status)
		} else {
			wants(t, a.body, "Kept reason.", `href="#criterion"`)
		}
		if a := p.post(t, vote, "choice", "no", "criterion", "2", "reason", "She did not come."); a.to != vote {
			t.Fatalf("vote: %d %s", a.status, a.body)
		}
		p.who = p.boss
		if body := p.get(t, path).body; i < 2 {
			wants(t, body, "Nobody sees a count before it is over")
			wantsNot(t, body, "She did not come.", "of 3 voted")
		}
	}
	p.who = p.boss
	wants(t, p.get(t, path).body, "The group said no", "3 of 3 voted", "She did not come.")
	p.who = p.peer
	wantsNot(t, p.get(t, vote).body, "She did not come.")
	p.who = she
	wants(t, p.get(t, "/my-path").body, "The group said no", "Comes.", "She did not come.", "Until 21 March 2026 you can say why")
	if a := p.post(t, "/my-path/appeal/x", "words", "The train."); a.to != "/my-path" {
		t.Errorf("an appeal: %d %s", a.status, a.body)
	}
}

func TestWordsStayWhenTheSessionIsOver(t *testing.T) {
	p := open(t)
	p.opened(t)
	she := p.comes(t, "willow")
	v, _, err := p.in.Mine(context.Background(), she, "en")
	must(t, err)
	p.who = member.Actor{}
	for path, name := range map[string]string{
		"/my-path/write/x": "message", "/my-path/appeal/x": "words", "/team/joining/" + v.ID.String() + "/write/x": "message", "/team/joining/" + v.ID.String() + "/finish": "words",
		"/work/joining/enter/x": "words", "/work/titles/propose/x": "title", "/work/leave/x": "words", "/work/joining/votes/" + v.ID.String(): "reason",
	} {
		a := p.post(t, path, name, "Words that stay.")
		if a.status != 401 {
			t.Errorf("%s: %d", path, a.status)
		}
		wants(t, a.body, "Words that stay.", "/sign-in/team")
	}
}
