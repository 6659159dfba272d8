package peerworkweb_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/web/peerworkweb"
)

const week = "/work/weeks/2026-03-02"

// handedIn makes a closed week of somebody and returns its page for coordinators.
func (p *portal) handedIn(t *testing.T, who member.Actor) string {
	t.Helper()
	p.who = who
	p.post(t, week+"/lines", "day", "2026-03-03", "kind", "outreach", "minutes", "٩٠", "note", "The long round", "nonce", who.Role.Handle)
	if a := p.post(t, week+"/close"); a.to != week {
		t.Fatalf("hand in: %d to %q %s", a.status, a.to, a.body)
	}
	p.who = p.boss
	for _, link := range regexp.MustCompile(`/work/team/weeks/[a-z2-7]{26}`).FindAllString(p.get(t, "/work/team").body, -1) {
		if strings.Contains(p.get(t, link).body, who.Role.Handle) {
			return link
		}
	}
	t.Fatal("the week does not wait")
	return ""
}

func (p *portal) assess(t *testing.T) {
	t.Helper()
	p.who = p.peer
	a := p.post(t, "/work/risk/"+p.peer.Role.ID.String(), "profile", "A name for members.", "hazard1", "A neighbour.", "likelihood1", "2", "consequence1", "4",
		"measures1", "Another name.", "review", p.DayAfter(300), "nonce", "r")
	if a.to != "/work/risk" {
		t.Fatalf("assess: %d %s", a.status, a.body)
	}
}

func TestFromHoursToPay(t *testing.T) {
	p := open(t)
	p.who = p.peer
	body := p.get(t, "/work").body
	wants(t, body, "Week of 2 March 2026", "Nothing stands here yet", "Hours that we know of", "2 March 2026: supervision, 1 h 0 min", "Who can see this:", week+"/lines")
	if a := p.post(t, week+"/close"); a.status != 403 {
		t.Errorf("an empty week: %d, want 403", a.status)
	}
	if a := p.post(t, week+"/take", "source", "supervision/2026-03-02", "source", "forged"); a.to != week {
		t.Errorf("take: %d to %q", a.status, a.to)
	}
	wantsNot(t, p.get(t, week).body, "Hours that we know of")
	link := p.handedIn(t, p.peer)
	body = p.get(t, link).body
	wants(t, body, "lampione", "2 h 30 min", "The long round", `value="150"`, "handed in")
	p.Time.Advance(2 * 24 * time.Hour)
	if a := p.post(t, link+"/decide", "minutes", "100", "closed", "150", "reason", " "); a.status != 422 || !strings.Contains(a.body, `href="#reason"`) {
		t.Errorf("a cut without a reason: %d", a.status)
	}
	if a := p.post(t, link+"/decide", "minutes", "120", "closed", "150", "reason", "The round was shorter."); a.to != "/work/team" {
		t.Errorf("cut: %d to %q", a.status, a.to)
	}
	wantsNot(t, p.get(t, link).body, link+"/pay", link+"/decide")
	p.who = p.peer
	wants(t, p.get(t, week).body, "The round was shorter.", "Approved: 2 h 0 min", "23 March 2026", week+"/dispute", "waits for 2 days")
	if a := p.post(t, week+"/dispute", "dispute", "My notes say more."); a.to != week {
		t.Errorf("dispute: %d to %q", a.status, a.to)
	}
	p.who = p.second
	wants(t, p.get(t, link).body, "My notes say more.", "disputed")
	p.post(t, link+"/decide", "minutes", "150", "closed", "150")
	if a := p.post(t, link+"/pay", "reference", "work of march"); a.status != 422 || !strings.Contains(a.body, `href="#reference"`) {
		t.Errorf("a reference with words: %d", a.status)
	}
	if a := p.post(t, link+"/pay", "reference", "2026-10"); a.to != "/work/team" {
		t.Errorf("pay: %d to %q %s", a.status, a.to, a.body)
	}
	p.who = p.peer
	wants(t, p.get(t, week).body, "Paid on 9 March 2026", "2026-10", "paid after 2 days")
	wantsNot(t, p.get(t, week+"/statement").body, "EUR")
	p.who = p.boss
	p.post(t, "/work/team/people/"+p.peer.Role.ID.String()+"/contract", "kind", "fixed", "from", "2026-01-01", "to", "2026-12-31", "amount", "14.55", "unit", "hour", "currency", "EUR")
	p.who = p.peer
	wants(t, p.get(t, week+"/statement").body, "36.38 EUR", "2 h 30 min", "lampione")
	wantsNot(t, p.get(t, week+"/statement").body, "outreach", "The long round")
	wants(t, p.get(t, "/work/contract").body, "14.55 EUR", "fixed-term", "present")
}

func TestNobodyDecidesAboutHerself(t *testing.T) {
	p := open(t)
	link := p.handedIn(t, p.second)
	p.who = p.second
	wants(t, p.get(t, "/work/team").body, "yours: somebody else decides")
	wantsNot(t, p.get(t, link).body, link+"/decide")
	if a := p.post(t, link+"/decide", "minutes", "90", "closed", "90"); a.status != 403 {
		t.Errorf("she approves her own week: %d, want 403", a.status)
	}
	own := "/work/team/people/" + p.second.Role.ID.String()
	wantsNot(t, p.get(t, own).body, own+"/contract")
	if a := p.post(t, own+"/contract", "kind", "permanent", "from", "2026-01-01"); a.status != 403 {
		t.Errorf("she saves her own contract: %d, want 403", a.status)
	}
}

func TestPaidIsSaidOnlyWhereItIsTrue(t *testing.T) {
	p := open(t)
	p.who = p.boss
	person := "/work/team/people/" + p.peer.Role.ID.String()
	wants(t, p.get(t, "/work/team").body, "no contract")
	wants(t, p.get(t, person).body, "pay it like work")
	wantsNot(t, p.get(t, person).body, "paid peer worker</")
	if a := p.post(t, person+"/contract", "kind", "voucher", "from", "2026-01-01", "amount", "50", "unit", "month", "currency", "EUR"); a.to != person {
		t.Errorf("a voucher: %d to %q", a.status, a.to)
	}
	wants(t, p.get(t, person).body, "not pay: voucher", "pay it like work")
	for field, fields := range map[string][]string{
		"#amount": {"amount", "-5"}, "#from": {"from", "never"}, "#kind": {"kind", "favour"}, "#hours": {"hours", "all"}, "#currency": {"currency", "ABC"},
	} {
		a := p.post(t, person+"/contract", append([]string{"kind", "fixed", "from", "2026-01-01", "to", "2026-12-31", "amount", "14,55", "unit", "hour", "currency", "EUR", "leave", "Careful & whole"}, fields...)...)
		if a.status != 422 || !strings.Contains(a.body, `href="`+field+`"`) || !strings.Contains(a.body, ` id="`+field[1:]+`"`) {
			t.Errorf("%v: %d, or no message for %s", fields, a.status, field)
		}
		wants(t, a.body, `value="Careful &amp; whole"`)
	}
	p.post(t, person+"/contract", "kind", "fixed", "from", "2026-01-01", "to", "2026-12-31", "amount", "١٤٫٥٥", "unit", "hour", "currency", "EUR")
	body := p.get(t, person).body
	wants(t, body, "paid peer worker", "14.55 EUR", "earlier")
	wantsNot(t, body, "pay it like work")
	p.who = p.second
	body = p.get(t, person).body
	wants(t, body, "This was sealed for other people", "paid peer worker")
	wantsNot(t, body, "14.55")
}

func TestBeingShownTakesTwoPeopleAndHidingOne(t *testing.T) {
	p := open(t)
	p.who = p.peer
	wants(t, p.get(t, "/work/profile").body, "Everything starts hidden", "hidden", "not past its day")
	fields := []string{"name", "Marigold", "for-name", "public", "skills", "Kept skills", "for-skills", "me"}
	if a := p.post(t, "/work/profile/abc", append(fields, "scope", "Call +39 333 12 34 567", "for-scope", "public")...); a.status != 422 || !strings.Contains(a.body, "333 12 34 567") {
		t.Errorf("a number for everybody: %d, want it shown to her first", a.status)
	}
	if a := p.post(t, "/work/profile/abc", fields...); a.to != "/work/profile" {
		t.Fatalf("keep: %d to %q %s", a.status, a.to, a.body)
	}
	if a := p.post(t, "/work/profile/ask", "consent", "public"); a.status != 403 {
		t.Errorf("without an assessment: %d, want 403", a.status)
	}
	p.assess(t)
	wants(t, p.get(t, "/work/risk").body, "A neighbour.", "Look at it again by 1 January 2027")
	if a := p.post(t, "/work/profile/ask"); a.status != 422 || !strings.Contains(a.body, `href="#consent"`) {
		t.Errorf("without consent: %d, want 422", a.status)
	}
	p.post(t, "/work/profile/ask", "consent", "public")
	wants(t, p.get(t, "/work/profile").body, "waits for a coordinator")
	p.who = member.Actor{}
	wantsNot(t, p.get(t, "/peers").body, "Marigold")
	p.who = p.boss
	person := "/work/team/people/" + p.peer.Role.ID.String()
	body := p.get(t, person).body
	wants(t, body, "Marigold", "everybody", person+"/show")
	wantsNot(t, body, "Kept skills")
	if a := p.post(t, person+"/show"); a.to != person {
		t.Fatalf("show: %d %s", a.status, a.body)
	}
	if a := p.post(t, person+"/show"); a.status != 409 {
		t.Errorf("show again: %d, want 409", a.status)
	}
	p.who = member.Actor{}
	body = p.get(t, "/peers").body
	wants(t, body, "Marigold")
	wantsNot(t, body, "lampione", "Kept skills", p.peer.Role.ID.String())
	p.who = p.peer
	p.post(t, "/work/profile/low", "low", "on")
	wants(t, p.get(t, "/work/profile").body, "low profile", "Leave low profile")
	for _, who := range []member.Actor{{}, p.boss} {
		p.who = who
		wantsNot(t, p.get(t, "/peers").body, "Marigold")
	}
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	link := p.handedIn(t, p.peer)
	account := p.peer.Role.ID.String()
	p.who = member.Actor{}
	for path, c := range map[string][2]string{
		week + "/lines":                              {"note", `value="Careful words"`},
		week + "/dispute":                            {"dispute", "Careful words</textarea>"},
		"/work/profile/abc":                          {"scope", `value="Careful words"`},
		"/work/risk/" + account:                      {"profile", "Careful words</textarea>"},
		"/work/team/people/" + account + "/contract": {"leave", `value="Careful words"`},
		link + "/decide":                             {"reason", "Careful words</textarea>"},
	} {
		a := p.post(t, path, c[0], "Careful words")
		if a.status != 401 {
			t.Errorf("%s signed out: %d, want 401", path, a.status)
		}
		wants(t, a.body, c[1], `href="/sign-in/team"`, `action="`+path+`"`)
		wantsNot(t, a.body, "lampione", "The long round")
	}
	p.who, p.old = p.boss, true
	a := p.post(t, link+"/decide", "minutes", "60", "closed", "90", "reason", "Careful words")
	if a.status != 409 {
		t.Errorf("an old form: %d, want 409", a.status)
	}
	wants(t, a.body, "Careful words</textarea>", "lampione")
	p.who, p.old = p.peer, false
	p.post(t, week+"/reopen")
	a = p.post(t, week+"/lines", "day", "2026-03-09", "kind", "", "minutes", "-5", "note", "Careful words")
	if a.status != 422 {
		t.Errorf("a bad line: %d, want 422", a.status)
	}
	wants(t, a.body, `href="#day"`, `href="#kind"`, `href="#minutes"`, `value="Careful words"`, `value="-5"`)
}

func TestNobodyElseFindsAnything(t *testing.T) {
	p := open(t)
	link := p.handedIn(t, p.peer)
	person := "/work/team/people/" + p.peer.Role.ID.String()
	joined, err := p.members.Join(t.Context(), member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": joined.Actor, "a peer": p.peer} {
		p.who = who
		for _, path := range []string{"/work/team", person, person + "/risk", link} {
			if a := p.get(t, path); a.status != 404 && (name != "a peer" || !strings.HasSuffix(path, "/risk")) {
				t.Errorf("%s, %s: %d; want 404", name, path, a.status)
			}
		}
		for _, path := range []string{person + "/show", person + "/not-now", person + "/organisation", link + "/pay", "/work/team/organisations"} {
			if a := p.post(t, path); a.status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.status)
			}
		}
		if !who.SignedIn() {
			continue
		}
		for _, path := range []string{person + "/contract", link + "/decide"} {
			if a := p.post(t, path, "kind", "fixed", "from", "2026-01-01", "minutes", "1"); a.status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.status)
			}
		}
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": joined.Actor, "a coordinator": p.boss} {
		p.who = who
		for _, path := range []string{"/work", week, week + "/statement", "/work/profile", "/work/risk", "/work/contract", "/work/weeks/2026-03-03", "/work/weeks/x"} {
			if a := p.get(t, path); a.status != 404 {
				t.Errorf("%s, %s: %d; want 404", name, path, a.status)
			}
		}
		for _, path := range []string{week + "/close", week + "/reopen", week + "/take", week + "/accept", "/work/profile/ask", "/work/profile/hide", "/work/profile/low", "/work/profile/withdraw"} {
			if a := p.post(t, path); a.status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.status)
			}
		}
	}
}

func TestOrganisationsOnThePage(t *testing.T) {
	p := open(t)
	p.who = p.boss
	if a := p.post(t, "/work/team/organisations", "name", " ", "mode", "x"); a.status != 422 || !strings.Contains(a.body, `href="#name"`) {
		t.Errorf("a bad one: %d, want 422", a.status)
	}
	p.post(t, "/work/team/organisations", "name", "The <Walk>", "mode", "membership")
	wants(t, p.get(t, "/work/team").body, "The &lt;Walk&gt;", "members vote")
	person := "/work/team/people/" + p.peer.Role.ID.String()
	id := regexp.MustCompile(`<option value="([a-z2-7]{26})"`).FindStringSubmatch(p.get(t, person).body)
	if id == nil {
		t.Fatal("no organisation to choose")
	}
	p.post(t, person+"/organisation", "organisation", id[1])
	wants(t, p.get(t, "/work/team").body, "The &lt;Walk&gt;</bdi>")
}

func TestEveryCodeHasItsWords(t *testing.T) {
	p := open(t)
	for _, family := range peerworkweb.Families() {
		if len(family.Words) != len(family.Codes) {
			t.Errorf("%d words for the codes %v", len(family.Words), family.Codes)
		}
		for _, code := range family.Codes {
			if text := p.kit.Bundle.Printer("en").T(family.Words[code]); strings.HasPrefix(text, "[") {
				t.Errorf("%s has no words", code)
			}
		}
	}
	if len(peerwork.Kinds) == 0 {
		t.Error("no kinds of work")
	}
}
