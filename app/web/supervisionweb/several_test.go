package supervisionweb_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/web/webtest"
)

// circle makes an open intervision of three through the pages, and returns its path.
func (p *portal) circle(t *testing.T, third member.Actor) string {
	t.Helper()
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, "/supervision/new").Body, "/supervision/new?kind=intervision", "/supervision/new?kind=group", "/supervision/new?kind=pair")
	form := p.Get(t, "/supervision/new?kind=intervision").Body
	webtest.Wants(t, form, `type="checkbox" id="peer"`, `name="reads"`, `name="limits"`, `name="review"`, "there is no supervisor")
	webtest.Wants(t, p.Get(t, "/supervision/new?kind=group").Body, `id="supervisor" name="supervisor"`)
	fields := []string{"kind", "intervision", "cadence", "28", "agreement", "One question an evening.", "limits", "A danger to life.", "review", p.DayAfter(30)}
	a := p.Post(t, "/supervision/new/abc", fields...)
	if a.Status != 422 || !strings.Contains(a.Body, `href="#peer"`) || !strings.Contains(a.Body, "A danger to life.</textarea>") {
		t.Errorf("a group of nobody: %d", a.Status)
	}
	for _, who := range []member.Actor{p.peer, p.supervisor, third} {
		fields = append(fields, "peer", who.Role.ID.String())
	}
	if a = p.Post(t, "/supervision/new/abc", fields...); a.Status != 303 {
		t.Fatalf("propose: %d %s", a.Status, a.Body)
	}
	relation := ""
	for _, who := range []member.Actor{p.supervisor, third} {
		p.Who = who
		list := p.Get(t, "/supervision").Body
		webtest.Wants(t, list, "waits for you", "Intervision")
		relation = regexp.MustCompile(`/supervision/[a-z2-7]{26}`).FindString(list)
		webtest.Wants(t, p.Get(t, relation).Body, "One question an evening.", "A danger to life.", "no answer yet", "when everybody has said yes")
		p.Post(t, relation+"/accept")
	}
	return relation
}

func TestAnIntervisionKeepsMinutesThatEverybodySigns(t *testing.T) {
	p := open(t)
	third := p.Hire(t, "sentiero", member.RoleMediator)
	relation := p.circle(t, third)
	p.Who = p.peer
	page := p.Get(t, relation).Body
	webtest.Wants(t, page, "girasole", "sentiero", relation+"/write", relation+"/invite", relation+"/leave", "turn")
	webtest.WantsNot(t, page, relation+"/change", relation+"/end")
	webtest.Wants(t, p.Get(t, relation+"/write").Body, relation+"/minutes", `name="present"`, "A reason is not asked", `name="norms"`, "Please write no name")
	minutes := []string{
		"nonce", "one", "day", p.Today(), "minutes", "٩٠", "mode", "person", "norms", "1", "childcare", "1", "check-in", "Slowly.",
		"owner", p.supervisor.Role.ID.String(), "question", "How do I end a <b>round</b>?", "ideas", "A bell.", "code", "new",
		"present", p.peer.Role.ID.String(), "present", p.supervisor.Role.ID.String(),
	}
	whole := []string{"Slowly.</textarea>", `value="٩٠"`, "A bell.</textarea>"}
	p.Who = member.Actor{}
	a := p.Post(t, relation+"/minutes", minutes...)
	if a.Status != 401 {
		t.Errorf("signed out: %d; want 401", a.Status)
	}
	webtest.Wants(t, a.Body, append(whole, `href="/sign-in/team"`, p.peer.Role.ID.String())...)
	webtest.WantsNot(t, a.Body, "girasole", "sentiero")
	p.Who = p.peer
	if a = p.Post(t, relation+"/minutes", append(minutes, "day", "x", "owner", third.Role.ID.String())...); a.Status != 422 {
		t.Errorf("bad fields: %d; want 422", a.Status)
	}
	webtest.Wants(t, a.Body, append(whole, `href="#day"`, `href="#owner"`)...)
	if a = p.Post(t, relation+"/minutes", append(minutes, "ideas", "Call +39 333 12 34 567.")...); a.Status != 422 {
		t.Errorf("a number in the minutes: %d; want 422", a.Status)
	}
	webtest.Wants(t, a.Body, `name="insist"`, "Slowly.</textarea>")
	if a = p.Post(t, relation+"/minutes", minutes...); a.Status != 303 {
		t.Fatalf("minutes: %d %s", a.Status, a.Body)
	}
	entry := a.To
	body := p.Get(t, entry).Body
	webtest.Wants(t, body, "How do I end a &lt;b&gt;round&lt;/b&gt;?", entry+"/edit", "has not signed yet", "Whoever asked the question writes here")
	if !regexp.MustCompile(`[A-Z]{2}-[0-9]{2}`).MatchString(body) {
		t.Error("no code was drawn")
	}
	webtest.Wants(t, p.Get(t, entry+"/edit").Body, entry+"/minutes", "A bell.</textarea>", `checked`)
	if a = p.Post(t, entry+"/minutes", append(minutes, "version", "1", "ideas", "Two bells.")...); a.To != entry {
		t.Errorf("change the minutes: %d", a.Status)
	}
	p.Who = p.supervisor
	webtest.Wants(t, p.Get(t, entry).Body, entry+"/choice", "Two bells.")
	if a = p.Post(t, entry+"/choice", "choice", "", "version", "2"); a.Status != 422 {
		t.Errorf("an empty choice: %d; want 422", a.Status)
	}
	if a = p.Post(t, entry+"/choice", "choice", "One bell.", "version", "2"); a.To != entry {
		t.Errorf("her choice: %d %s", a.Status, a.Body)
	}
	p.Post(t, entry+"/sign", "verdict", "disagree", "version", "3", "words", "It was an hour.")
	p.Who = third
	webtest.Wants(t, p.Get(t, entry).Body, "One bell.", "It was an hour.")
	if a = p.Post(t, entry+"/sign", "verdict", "sign", "version", "3"); a.Status != 403 {
		t.Errorf("signing without having been there: %d; want 403", a.Status)
	}
	p.Who = p.peer
	p.Post(t, entry+"/sign", "verdict", "sign", "version", "3")
	webtest.Wants(t, p.Get(t, entry).Body, "everybody has spoken")
	webtest.Wants(t, p.Get(t, relation).Body, "2 signatures hold")
	webtest.Wants(t, p.Get(t, relation+"/readers").Body, "girasole", "sentiero", "Only you see this list")
	p.Who = p.coordinator
	body = p.Get(t, "/supervision/overview").Body
	webtest.Wants(t, body, "girasole, lampione, sentiero", "90 minutes")
	webtest.WantsNot(t, body, "bell", "round", "hour.")
	for _, path := range []string{relation + "/readers", relation + "/invite", relation + "/leave", relation + "/change", relation + "/share"} {
		if a := p.Get(t, path); a.Status != 404 {
			t.Errorf("the coordinator, %s: %d; want 404", path, a.Status)
		}
	}
	for _, path := range []string{relation + "/minutes", entry + "/minutes", entry + "/choice", relation + "/invite", relation + "/leave", relation + "/change", relation + "/share", relation + "/review"} {
		if a := p.Post(t, path, minutes...); a.Status != 404 {
			t.Errorf("the coordinator, POST %s: %d; want 404", path, a.Status)
		}
	}
}

func TestSomebodyComesIntoAGroupAndSomebodyLeaves(t *testing.T) {
	p := open(t)
	third, fourth := p.Hire(t, "sentiero", member.RoleMediator), p.Hire(t, "ottone", member.RoleLeader)
	relation := p.circle(t, third)
	p.Who = p.peer
	if a := p.Post(t, relation+"/invite", "account", "x", "part", "peer"); a.Status != 422 || !strings.Contains(a.Body, `href="#account"`) {
		t.Errorf("inviting nobody: %d", a.Status)
	}
	if a := p.Post(t, relation+"/invite", "account", fourth.Role.ID.String(), "part", "peer"); a.To != relation {
		t.Fatalf("invite: %d %s", a.Status, a.Body)
	}
	p.Who = fourth
	webtest.Wants(t, p.Get(t, "/supervision").Body, "waits for you")
	webtest.Wants(t, p.Get(t, relation).Body, "The group invites you", "One question an evening.", relation+"/accept")
	p.Post(t, relation+"/accept")
	webtest.Wants(t, p.Get(t, relation).Body, relation+"/leave")
	p.Who = third
	webtest.Wants(t, p.Get(t, relation+"/leave").Body, "No reason is needed")
	if a := p.Post(t, relation+"/leave"); a.To != relation {
		t.Errorf("leave: %d", a.Status)
	}
	webtest.Wants(t, p.Get(t, relation).Body, "You have left this group")
	webtest.WantsNot(t, p.Get(t, relation).Body, relation+"/write")
	webtest.Wants(t, p.Get(t, "/supervision").Body, "left")
	p.Time.Advance(31 * 24 * time.Hour)
	p.Who = p.coordinator
	webtest.Wants(t, p.Get(t, "/supervision/overview").Body, "1 agreement is to be looked at again")
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, relation).Body, "was to be looked at again")
	if a := p.Post(t, relation+"/review", "review", "2020-01-01"); a.Status != 422 || !strings.Contains(a.Body, `href="#review"`) {
		t.Errorf("a day in the past: %d", a.Status)
	}
	p.Post(t, relation+"/review", "review", p.DayAfter(60))
	webtest.WantsNot(t, p.Get(t, relation).Body, "was to be looked at again")
}

func TestSheChoosesAnotherSupervisorAndShares(t *testing.T) {
	p := open(t)
	next := p.Hire(t, "ottone", member.RoleSupervisor)
	relation := p.running(t)
	entry := p.written(t, relation)
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, relation).Body, relation+"/change")
	webtest.Wants(t, p.Get(t, relation+"/change").Body, "You choose", "ottone")
	if a := p.Post(t, relation+"/change", "supervisor", "x"); a.Status != 422 || !strings.Contains(a.Body, `href="#supervisor"`) {
		t.Errorf("choosing nobody: %d", a.Status)
	}
	a := p.Post(t, relation+"/change", "supervisor", next.Role.ID.String(), "nonce", "one", "outside", "1")
	if a.Status != 303 {
		t.Fatalf("change: %d %s", a.Status, a.Body)
	}
	now := a.To
	if a = p.Post(t, relation+"/change", "supervisor", next.Role.ID.String(), "nonce", "two"); a.Status != 409 {
		t.Errorf("a second choice: %d; want 409", a.Status)
	}
	webtest.Wants(t, a.Body, "You have asked somebody already")
	p.Who = next
	p.Post(t, now+"/accept")
	webtest.WantsNot(t, p.Get(t, now).Body, entry)
	if a := p.Get(t, entry); a.Status != 404 {
		t.Errorf("before it is shared: %d; want 404", a.Status)
	}
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, relation).Body, "ended")
	webtest.Wants(t, p.Get(t, now).Body, "From before", entry, now+"/share")
	webtest.Wants(t, p.Get(t, now+"/share").Body, "some of it, all of it, or nothing", `name="all"`)
	if a := p.Post(t, now+"/share"); a.Status != 422 || !strings.Contains(a.Body, `href="#entries"`) {
		t.Errorf("sharing nothing: %d", a.Status)
	}
	if a := p.Post(t, now+"/share", "entries", strings.TrimPrefix(entry, "/supervision/entries/")); a.To != now {
		t.Errorf("share: %d %s", a.Status, a.Body)
	}
	webtest.Wants(t, p.Get(t, now+"/share").Body, "is shared already")
	p.Who = next
	webtest.Wants(t, p.Get(t, now).Body, entry, "This was shared with you")
	shared := p.Get(t, entry).Body
	webtest.Wants(t, shared, "The late hour.")
	webtest.WantsNot(t, shared, entry+"/sign", entry+"/edit", "/supervision/actions/")
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, relation+"/readers").Body, "ottone")
}

func TestAPairAndAMentoringHaveFieldsOfTheirOwn(t *testing.T) {
	p := open(t)
	p.Who = p.coordinator
	for kind, people := range map[string][]string{
		"pair":      {"peer", p.peer.Role.ID.String(), "peer", p.supervisor.Role.ID.String()},
		"mentoring": {"peer", p.peer.Role.ID.String(), "supervisor", p.supervisor.Role.ID.String()},
	} {
		p.Who = p.coordinator
		a := p.Post(t, "/supervision/new/"+kind, append([]string{"kind", kind, "cadence", "14", "agreement", "Words."}, people...)...)
		if a.Status != 303 {
			t.Fatalf("%s: %d %s", kind, a.Status, a.Body)
		}
		relation := ""
		for _, who := range []member.Actor{p.peer, p.supervisor} {
			p.Who = who
			for _, path := range regexp.MustCompile(`/supervision/[a-z2-7]{26}`).FindAllString(p.Get(t, "/supervision").Body, -1) {
				if strings.Contains(p.Get(t, path).Body, path+"/accept") {
					relation = path
					p.Post(t, path+"/accept")
				}
			}
		}
		p.Who = p.peer
		form := p.Get(t, relation+"/write").Body
		if kind == "pair" {
			webtest.Wants(t, form, "Day of the shift", `name="mirror"`, `name="change-pair"`)
			webtest.WantsNot(t, form, `name="goal"`)
			if a = p.Post(t, relation+"/entries", p.entry("kind", kind)...); a.Status != 422 || !strings.Contains(a.Body, `href="#mirror"`) {
				t.Errorf("a pair without its answers: %d", a.Status)
			}
			if a = p.Post(t, relation+"/entries", p.entry("kind", kind, "mirror", "yes", "change-pair", "no")...); a.Status != 303 {
				t.Errorf("a pair: %d %s", a.Status, a.Body)
			}
			webtest.Wants(t, p.Get(t, a.To).Body, "mirror effect")
			continue
		}
		webtest.Wants(t, form, `name="goal"`, `name="trust"`)
		if a = p.Post(t, relation+"/entries", p.entry("nonce", "two", "kind", kind, "goal", "My own round.", "trust", p.DayAfter(20))...); a.Status != 303 {
			t.Errorf("a mentoring: %d %s", a.Status, a.Body)
		}
		webtest.Wants(t, p.Get(t, a.To).Body, "My own round.", "27 March 2026")
		webtest.Wants(t, p.Get(t, relation+"/end").Body, `name="reason"`)
		if a = p.Post(t, relation+"/end", "reason", "Call +39 333 12 34 567."); a.Status != 422 || !strings.Contains(a.Body, `name="insist"`) {
			t.Errorf("a number in the reason: %d", a.Status)
		}
		p.Post(t, relation+"/end", "reason", "She goes alone now.")
		webtest.Wants(t, p.Get(t, relation).Body, "She goes alone now.", "ended")
	}
}
