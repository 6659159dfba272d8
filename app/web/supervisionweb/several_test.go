package supervisionweb_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
)

// circle makes an open intervision of three through the pages, and returns its path.
func (p *portal) circle(t *testing.T, third member.Actor) string {
	t.Helper()
	p.who = p.peer
	wants(t, p.get(t, "/supervision/new").body, "/supervision/new?kind=intervision", "/supervision/new?kind=group", "/supervision/new?kind=pair")
	form := p.get(t, "/supervision/new?kind=intervision").body
	wants(t, form, `type="checkbox" id="peer"`, `name="reads"`, `name="limits"`, `name="review"`, "there is no supervisor")
	wants(t, p.get(t, "/supervision/new?kind=group").body, `id="supervisor" name="supervisor"`)
	fields := []string{"kind", "intervision", "cadence", "28", "agreement", "One question an evening.", "limits", "A danger to life.", "review", p.DayAfter(30)}
	a := p.post(t, "/supervision/new/abc", fields...)
	if a.status != 422 || !strings.Contains(a.body, `href="#peer"`) || !strings.Contains(a.body, "A danger to life.</textarea>") {
		t.Errorf("a group of nobody: %d", a.status)
	}
	for _, who := range []member.Actor{p.peer, p.supervisor, third} {
		fields = append(fields, "peer", who.Role.ID.String())
	}
	if a = p.post(t, "/supervision/new/abc", fields...); a.status != 303 {
		t.Fatalf("propose: %d %s", a.status, a.body)
	}
	relation := ""
	for _, who := range []member.Actor{p.supervisor, third} {
		p.who = who
		list := p.get(t, "/supervision").body
		wants(t, list, "waits for you", "Intervision")
		relation = regexp.MustCompile(`/supervision/[a-z2-7]{26}`).FindString(list)
		wants(t, p.get(t, relation).body, "One question an evening.", "A danger to life.", "no answer yet", "when everybody has said yes")
		p.post(t, relation+"/accept")
	}
	return relation
}

func TestAnIntervisionKeepsMinutesThatEverybodySigns(t *testing.T) {
	p := open(t)
	third := p.hire(t, "sentiero", member.RoleMediator)
	relation := p.circle(t, third)
	p.who = p.peer
	page := p.get(t, relation).body
	wants(t, page, "girasole", "sentiero", relation+"/write", relation+"/invite", relation+"/leave", "turn")
	wantsNot(t, page, relation+"/change", relation+"/end")
	wants(t, p.get(t, relation+"/write").body, relation+"/minutes", `name="present"`, "A reason is not asked", `name="norms"`, "Please write no name")
	minutes := []string{
		"nonce", "one", "day", p.Today(), "minutes", "٩٠", "mode", "person", "norms", "1", "childcare", "1", "check-in", "Slowly.",
		"owner", p.supervisor.Role.ID.String(), "question", "How do I end a <b>round</b>?", "ideas", "A bell.", "code", "new",
		"present", p.peer.Role.ID.String(), "present", p.supervisor.Role.ID.String(),
	}
	whole := []string{"Slowly.</textarea>", `value="٩٠"`, "A bell.</textarea>"}
	p.who = member.Actor{}
	a := p.post(t, relation+"/minutes", minutes...)
	if a.status != 401 {
		t.Errorf("signed out: %d; want 401", a.status)
	}
	wants(t, a.body, append(whole, `href="/sign-in/team"`, p.peer.Role.ID.String())...)
	wantsNot(t, a.body, "girasole", "sentiero")
	p.who = p.peer
	if a = p.post(t, relation+"/minutes", append(minutes, "day", "x", "owner", third.Role.ID.String())...); a.status != 422 {
		t.Errorf("bad fields: %d; want 422", a.status)
	}
	wants(t, a.body, append(whole, `href="#day"`, `href="#owner"`)...)
	if a = p.post(t, relation+"/minutes", append(minutes, "ideas", "Call +39 333 12 34 567.")...); a.status != 422 {
		t.Errorf("a number in the minutes: %d; want 422", a.status)
	}
	wants(t, a.body, `name="insist"`, "Slowly.</textarea>")
	if a = p.post(t, relation+"/minutes", minutes...); a.status != 303 {
		t.Fatalf("minutes: %d %s", a.status, a.body)
	}
	entry := a.to
	body := p.get(t, entry).body
	wants(t, body, "How do I end a &lt;b&gt;round&lt;/b&gt;?", entry+"/edit", "has not signed yet", "Whoever asked the question writes here")
	if !regexp.MustCompile(`[A-Z]{2}-[0-9]{2}`).MatchString(body) {
		t.Error("no code was drawn")
	}
	wants(t, p.get(t, entry+"/edit").body, entry+"/minutes", "A bell.</textarea>", `checked`)
	if a = p.post(t, entry+"/minutes", append(minutes, "version", "1", "ideas", "Two bells.")...); a.to != entry {
		t.Errorf("change the minutes: %d", a.status)
	}
	p.who = p.supervisor
	wants(t, p.get(t, entry).body, entry+"/choice", "Two bells.")
	if a = p.post(t, entry+"/choice", "choice", "", "version", "2"); a.status != 422 {
		t.Errorf("an empty choice: %d; want 422", a.status)
	}
	if a = p.post(t, entry+"/choice", "choice", "One bell.", "version", "2"); a.to != entry {
		t.Errorf("her choice: %d %s", a.status, a.body)
	}
	p.post(t, entry+"/sign", "verdict", "disagree", "version", "3", "words", "It was an hour.")
	p.who = third
	wants(t, p.get(t, entry).body, "One bell.", "It was an hour.")
	if a = p.post(t, entry+"/sign", "verdict", "sign", "version", "3"); a.status != 403 {
		t.Errorf("signing without having been there: %d; want 403", a.status)
	}
	p.who = p.peer
	p.post(t, entry+"/sign", "verdict", "sign", "version", "3")
	wants(t, p.get(t, entry).body, "everybody has spoken")
	wants(t, p.get(t, relation).body, "2 signatures hold")
	wants(t, p.get(t, relation+"/readers").body, "girasole", "sentiero", "Only you see this list")
	p.who = p.coordinator
	body = p.get(t, "/supervision/overview").body
	wants(t, body, "girasole, lampione, sentiero", "90 minutes")
	wantsNot(t, body, "bell", "round", "hour.")
	for _, path := range []string{relation + "/readers", relation + "/invite", relation + "/leave", relation + "/change", relation + "/share"} {
		if a := p.get(t, path); a.status != 404 {
			t.Errorf("the coordinator, %s: %d; want 404", path, a.status)
		}
	}
	for _, path := range []string{relation + "/minutes", entry + "/minutes", entry + "/choice", relation + "/invite", relation + "/leave", relation + "/change", relation + "/share", relation + "/review"} {
		if a := p.post(t, path, minutes...); a.status != 404 {
			t.Errorf("the coordinator, POST %s: %d; want 404", path, a.status)
		}
	}
}

func TestSomebodyComesIntoAGroupAndSomebodyLeaves(t *testing.T) {
	p := open(t)
	third, fourth := p.hire(t, "sentiero", member.RoleMediator), p.hire(t, "ottone", member.RoleLeader)
	relation := p.circle(t, third)
	p.who = p.peer
	if a := p.post(t, relation+"/invite", "account", "x", "part", "peer"); a.status != 422 || !strings.Contains(a.body, `href="#account"`) {
		t.Errorf("inviting nobody: %d", a.status)
	}
	if a := p.post(t, relation+"/invite", "account", fourth.Role.ID.String(), "part", "peer"); a.to != relation {
		t.Fatalf("invite: %d %s", a.status, a.body)
	}
	p.who = fourth
	wants(t, p.get(t, "/supervision").body, "waits for you")
	wants(t, p.get(t, relation).body, "The group invites you", "One question an evening.", relation+"/accept")
	p.post(t, relation+"/accept")
	wants(t, p.get(t, relation).body, relation+"/leave")
	p.who = third
	wants(t, p.get(t, relation+"/leave").body, "No reason is needed")
	if a := p.post(t, relation+"/leave"); a.to != relation {
		t.Errorf("leave: %d", a.status)
	}
	wants(t, p.get(t, relation).body, "You have left this group")
	wantsNot(t, p.get(t, relation).body, relation+"/write")
	wants(t, p.get(t, "/supervision").body, "left")
	p.Time.Advance(31 * 24 * time.Hour)
	p.who = p.coordinator
	wants(t, p.get(t, "/supervision/overview").body, "1 agreement is to be looked at again")
	p.who = p.peer
	wants(t, p.get(t, relation).body, "was to be looked at again")
	if a := p.post(t, relation+"/review", "review", "2020-01-01"); a.status != 422 || !strings.Contains(a.body, `href="#review"`) {
		t.Errorf("a day in the past: %d", a.status)
	}
	p.post(t, relation+"/review", "review", p.DayAfter(60))
	wantsNot(t, p.get(t, relation).body, "was to be looked at again")
}

func TestSheChoosesAnotherSupervisorAndShares(t *testing.T) {
	p := open(t)
	next := p.hire(t, "ottone", member.RoleSupervisor)
	relation := p.running(t)
	entry := p.written(t, relation)
	p.who = p.peer
	wants(t, p.get(t, relation).body, relation+"/change")
	wants(t, p.get(t, relation+"/change").body, "You choose", "ottone")
	if a := p.post(t, relation+"/change", "supervisor", "x"); a.status != 422 || !strings.Contains(a.body, `href="#supervisor"`) {
		t.Errorf("choosing nobody: %d", a.status)
	}
	a := p.post(t, relation+"/change", "supervisor", next.Role.ID.String(), "nonce", "one", "outside", "1")
	if a.status != 303 {
		t.Fatalf("change: %d %s", a.status, a.body)
	}
	now := a.to
	if a = p.post(t, relation+"/change", "supervisor", next.Role.ID.String(), "nonce", "two"); a.status != 409 {
		t.Errorf("a second choice: %d; want 409", a.status)
	}
	wants(t, a.body, "You have asked somebody already")
	p.who = next
	p.post(t, now+"/accept")
	wantsNot(t, p.get(t, now).body, entry)
	if a := p.get(t, entry); a.status != 404 {
		t.Errorf("before it is shared: %d; want 404", a.status)
	}
	p.who = p.peer
	wants(t, p.get(t, relation).body, "ended")
	wants(t, p.get(t, now).body, "From before", entry, now+"/share")
	wants(t, p.get(t, now+"/share").body, "some of it, all of it, or nothing", `name="all"`)
	if a := p.post(t, now+"/share"); a.status != 422 || !strings.Contains(a.body, `href="#entries"`) {
		t.Errorf("sharing nothing: %d", a.status)
	}
	if a := p.post(t, now+"/share", "entries", strings.TrimPrefix(entry, "/supervision/entries/")); a.to != now {
		t.Errorf("share: %d %s", a.status, a.body)
	}
	wants(t, p.get(t, now+"/share").body, "is shared already")
	p.who = next
	wants(t, p.get(t, now).body, entry, "This was shared with you")
	shared := p.get(t, entry).body
	wants(t, shared, "The late hour.")
	wantsNot(t, shared, entry+"/sign", entry+"/edit", "/supervision/actions/")
	p.who = p.peer
	wants(t, p.get(t, relation+"/readers").body, "ottone")
}

func TestAPairAndAMentoringHaveFieldsOfTheirOwn(t *testing.T) {
	p := open(t)
	p.who = p.coordinator
	for kind, people := range map[string][]string{
		"pair":      {"peer", p.peer.Role.ID.String(), "peer", p.supervisor.Role.ID.String()},
		"mentoring": {"peer", p.peer.Role.ID.String(), "supervisor", p.supervisor.Role.ID.String()},
	} {
		p.who = p.coordinator
		a := p.post(t, "/supervision/new/"+kind, append([]string{"kind", kind, "cadence", "14", "agreement", "Words."}, people...)...)
		if a.status != 303 {
			t.Fatalf("%s: %d %s", kind, a.status, a.body)
		}
		relation := ""
		for _, who := range []member.Actor{p.peer, p.supervisor} {
			p.who = who
			for _, path := range regexp.MustCompile(`/supervision/[a-z2-7]{26}`).FindAllString(p.get(t, "/supervision").body, -1) {
				if strings.Contains(p.get(t, path).body, path+"/accept") {
					relation = path
					p.post(t, path+"/accept")
				}
			}
		}
		p.who = p.peer
		form := p.get(t, relation+"/write").body
		if kind == "pair" {
			wants(t, form, "Day of the shift", `name="mirror"`, `name="change-pair"`)
			wantsNot(t, form, `name="goal"`)
			if a = p.post(t, relation+"/entries", p.entry("kind", kind)...); a.status != 422 || !strings.Contains(a.body, `href="#mirror"`) {
				t.Errorf("a pair without its answers: %d", a.status)
			}
			if a = p.post(t, relation+"/entries", p.entry("kind", kind, "mirror", "yes", "change-pair", "no")...); a.status != 303 {
				t.Errorf("a pair: %d %s", a.status, a.body)
			}
			wants(t, p.get(t, a.to).body, "mirror effect")
			continue
		}
		wants(t, form, `name="goal"`, `name="trust"`)
		if a = p.post(t, relation+"/entries", p.entry("nonce", "two", "kind", kind, "goal", "My own round.", "trust", p.DayAfter(20))...); a.status != 303 {
			t.Errorf("a mentoring: %d %s", a.status, a.body)
		}
		wants(t, p.get(t, a.to).body, "My own round.", "27 March 2026")
		wants(t, p.get(t, relation+"/end").body, `name="reason"`)
		if a = p.post(t, relation+"/end", "reason", "Call +39 333 12 34 567."); a.status != 422 || !strings.Contains(a.body, `name="insist"`) {
			t.Errorf("a number in the reason: %d", a.status)
		}
		p.post(t, relation+"/end", "reason", "She goes alone now.")
		wants(t, p.get(t, relation).body, "She goes alone now.", "ended")
	}
}
