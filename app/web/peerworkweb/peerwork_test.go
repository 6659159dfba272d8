package peerworkweb_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web/peerworkweb"
)

func (p *portal) assess(t *testing.T) {
	t.Helper()
	p.who = p.peer
	a := p.post(t, "/work/risk/"+p.peer.Role.ID.String(), "profile", "A name for members.", "hazard1", "A neighbour.", "likelihood1", "2", "consequence1", "4",
		"measures1", "Another name.", "review", p.DayAfter(300), "nonce", "r")
	if a.to != "/work/risk" {
		t.Fatalf("assess: %d %s", a.status, a.body)
	}
}

func TestNobodyDecidesAboutHerself(t *testing.T) {
	p := open(t)
	p.who = p.second
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
	voucher := []string{"kind", "voucher", "from", "2026-01-01", "amount", "50", "unit", "month", "currency", "EUR"}
	a := p.post(t, person+"/contract", voucher...)
	if a.status != 422 {
		t.Errorf("a voucher that nobody has read about: %d", a.status)
	}
	wants(t, a.body, "does not buy bread", `name="known"`, `value="50"`)
	if a = p.post(t, person+"/contract", append(voucher, "known", "1")...); a.to != person {
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
	fixed := []string{"kind", "fixed", "from", "2026-01-01", "to", "2026-12-31", "amount", "١٤٫٥٥", "unit", "hour", "currency", "EUR"}
	a = p.post(t, person+"/contract", fixed...)
	if a.status != 422 || !strings.Contains(a.body, `href="#from"`) {
		t.Errorf("two contracts on one day: %d", a.status)
	}
	list, err := p.work.ContractsOf(context.Background(), p.boss, p.peer.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, p.get(t, person+"?instead="+list[0].ID.String()).body, `name="replaces" value="`+list[0].ID.String()+`"`, `value="50.00"`)
	if a = p.post(t, person+"/contract", append(fixed, "replaces", list[0].ID.String())...); a.to != person {
		t.Errorf("in its place: %d to %q", a.status, a.to)
	}
	body := p.get(t, person).body
	wants(t, body, "paid peer worker", "14.55 EUR", "replaced")
	wantsNot(t, body, "pay it like work")
	p.who = p.second
	wants(t, p.get(t, person).body, "14.55 EUR", "paid peer worker")
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
	account := p.peer.Role.ID.String()
	p.who = member.Actor{}
	for path, c := range map[string][2]string{
		"/work/profile/abc":                          {"scope", `value="Careful words"`},
		"/work/risk/" + account:                      {"profile", "Careful words</textarea>"},
		"/work/team/people/" + account + "/contract": {"leave", `value="Careful words"`},
	} {
		a := p.post(t, path, c[0], "Careful words")
		if a.status != 401 {
			t.Errorf("%s signed out: %d, want 401", path, a.status)
		}
		wants(t, a.body, c[1], `href="/sign-in/team"`, `action="`+path+`"`)
		wantsNot(t, a.body, "lampione")
	}
}

func TestNobodyElseFindsAnything(t *testing.T) {
	p := open(t)
	person := "/work/team/people/" + p.peer.Role.ID.String()
	joined, err := p.members.Join(t.Context(), member.JoinForm{Adult: true, Rules: true}, "")
	if err != nil {
		t.Fatal(err)
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": joined.Actor, "a peer": p.peer} {
		p.who = who
		for _, path := range []string{"/work/team", person, person + "/risk"} {
			if a := p.get(t, path); a.status != 404 && (name != "a peer" || !strings.HasSuffix(path, "/risk")) {
				t.Errorf("%s, %s: %d; want 404", name, path, a.status)
			}
		}
		for _, path := range []string{person + "/show", person + "/not-now", person + "/organisation", "/work/team/organisations"} {
			if a := p.post(t, path); a.status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.status)
			}
		}
		if !who.SignedIn() {
			continue
		}
		if a := p.post(t, person+"/contract", "kind", "fixed", "from", "2026-01-01"); a.status != 404 {
			t.Errorf("%s saves a contract: %d; want 404", name, a.status)
		}
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": joined.Actor, "a coordinator": p.boss} {
		p.who = who
		for _, path := range []string{"/work/profile", "/work/risk", "/work/contract"} {
			if a := p.get(t, path); a.status != 404 {
				t.Errorf("%s, %s: %d; want 404", name, path, a.status)
			}
		}
		for _, path := range []string{"/work/profile/ask", "/work/profile/hide", "/work/profile/low", "/work/profile/withdraw"} {
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
}
