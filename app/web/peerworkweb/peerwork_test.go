package peerworkweb_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web/peerworkweb"
	"portico/app/web/webtest"
)

func (p *portal) assess(t *testing.T) {
	t.Helper()
	p.Who = p.peer
	a := p.Post(t, "/work/risk/"+p.peer.Role.ID.String(), "profile", "A name for members.", "hazard1", "A neighbour.", "likelihood1", "2", "consequence1", "4",
		"measures1", "Another name.", "review", p.DayAfter(300), "nonce", "r")
	if a.To != "/work/risk" {
		t.Fatalf("assess: %d %s", a.Status, a.Body)
	}
}

func TestNobodyDecidesAboutHerself(t *testing.T) {
	p := open(t)
	p.Who = p.second
	own := "/work/team/people/" + p.second.Role.ID.String()
	webtest.WantsNot(t, p.Get(t, own).Body, own+"/contract")
	if a := p.Post(t, own+"/contract", "kind", "permanent", "from", "2026-01-01"); a.Status != 403 {
		t.Errorf("she saves her own contract: %d, want 403", a.Status)
	}
}

func TestPaidIsSaidOnlyWhereItIsTrue(t *testing.T) {
	p := open(t)
	p.Who = p.boss
	person := "/work/team/people/" + p.peer.Role.ID.String()
	webtest.Wants(t, p.Get(t, "/work/team").Body, "no contract")
	webtest.Wants(t, p.Get(t, person).Body, "pay it like work")
	webtest.WantsNot(t, p.Get(t, person).Body, "paid peer worker</")
	voucher := []string{"kind", "voucher", "from", "2026-01-01", "amount", "50", "unit", "month", "currency", "EUR"}
	a := p.Post(t, person+"/contract", voucher...)
	if a.Status != 422 {
		t.Errorf("a voucher that nobody has read about: %d", a.Status)
	}
	webtest.Wants(t, a.Body, "does not buy bread", `name="known"`, `value="50"`)
	if a = p.Post(t, person+"/contract", append(voucher, "known", "1")...); a.To != person {
		t.Errorf("a voucher: %d to %q", a.Status, a.To)
	}
	webtest.Wants(t, p.Get(t, person).Body, "not pay: voucher", "pay it like work")
	for field, fields := range map[string][]string{
		"#amount": {"amount", "-5"}, "#from": {"from", "never"}, "#kind": {"kind", "favour"}, "#hours": {"hours", "all"}, "#currency": {"currency", "ABC"},
	} {
		a := p.Post(t, person+"/contract", append([]string{"kind", "fixed", "from", "2026-01-01", "to", "2026-12-31", "amount", "14,55", "unit", "hour", "currency", "EUR", "leave", "Careful & whole"}, fields...)...)
		if a.Status != 422 || !strings.Contains(a.Body, `href="`+field+`"`) || !strings.Contains(a.Body, ` id="`+field[1:]+`"`) {
			t.Errorf("%v: %d, or no message for %s", fields, a.Status, field)
		}
		webtest.Wants(t, a.Body, `value="Careful &amp; whole"`)
	}
	fixed := []string{"kind", "fixed", "from", "2026-01-01", "to", "2026-12-31", "amount", "١٤٫٥٥", "unit", "hour", "currency", "EUR"}
	a = p.Post(t, person+"/contract", fixed...)
	if a.Status != 422 || !strings.Contains(a.Body, `href="#from"`) {
		t.Errorf("two contracts on one day: %d", a.Status)
	}
	list, err := p.work.ContractsOf(context.Background(), p.boss, p.peer.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	webtest.Wants(t, p.Get(t, person+"?instead="+list[0].ID.String()).Body, `name="replaces" value="`+list[0].ID.String()+`"`, `value="50.00"`)
	if a = p.Post(t, person+"/contract", append(fixed, "replaces", list[0].ID.String())...); a.To != person {
		t.Errorf("in its place: %d to %q", a.Status, a.To)
	}
	body := p.Get(t, person).Body
	webtest.Wants(t, body, "paid peer worker", "14.55 EUR", "replaced")
	webtest.WantsNot(t, body, "pay it like work")
	p.Who = p.second
	webtest.Wants(t, p.Get(t, person).Body, "14.55 EUR", "paid peer worker")
}

func TestBeingShownTakesTwoPeopleAndHidingOne(t *testing.T) {
	p := open(t)
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, "/work/profile").Body, "Everything starts hidden", "hidden", "not past its day")
	fields := []string{"name", "Marigold", "for-name", "public", "skills", "Kept skills", "for-skills", "me"}
	if a := p.Post(t, "/work/profile/abc", append(fields, "scope", "Call +39 333 12 34 567", "for-scope", "public")...); a.Status != 422 || !strings.Contains(a.Body, "333 12 34 567") {
		t.Errorf("a number for everybody: %d, want it shown to her first", a.Status)
	}
	if a := p.Post(t, "/work/profile/abc", fields...); a.To != "/work/profile" {
		t.Fatalf("keep: %d to %q %s", a.Status, a.To, a.Body)
	}
	if a := p.Post(t, "/work/profile/ask", "consent", "public"); a.Status != 403 {
		t.Errorf("without an assessment: %d, want 403", a.Status)
	}
	p.assess(t)
	webtest.Wants(t, p.Get(t, "/work/risk").Body, "A neighbour.", "Look at it again by 1 January 2027")
	if a := p.Post(t, "/work/profile/ask"); a.Status != 422 || !strings.Contains(a.Body, `href="#consent"`) {
		t.Errorf("without consent: %d, want 422", a.Status)
	}
	p.Post(t, "/work/profile/ask", "consent", "public")
	webtest.Wants(t, p.Get(t, "/work/profile").Body, "waits for a coordinator")
	p.Who = member.Actor{}
	webtest.WantsNot(t, p.Get(t, "/peers").Body, "Marigold")
	p.Who = p.boss
	person := "/work/team/people/" + p.peer.Role.ID.String()
	body := p.Get(t, person).Body
	webtest.Wants(t, body, "Marigold", "everybody", person+"/show")
	webtest.WantsNot(t, body, "Kept skills")
	if a := p.Post(t, person+"/show"); a.To != person {
		t.Fatalf("show: %d %s", a.Status, a.Body)
	}
	if a := p.Post(t, person+"/show"); a.Status != 409 {
		t.Errorf("show again: %d, want 409", a.Status)
	}
	p.Who = member.Actor{}
	body = p.Get(t, "/peers").Body
	webtest.Wants(t, body, "Marigold")
	webtest.WantsNot(t, body, "lampione", "Kept skills", p.peer.Role.ID.String())
	p.Who = p.peer
	p.Post(t, "/work/profile/low", "low", "on")
	webtest.Wants(t, p.Get(t, "/work/profile").Body, "low profile", "Leave low profile")
	for _, who := range []member.Actor{{}, p.boss} {
		p.Who = who
		webtest.WantsNot(t, p.Get(t, "/peers").Body, "Marigold")
	}
}

func TestNothingTypedIsLost(t *testing.T) {
	p := open(t)
	account := p.peer.Role.ID.String()
	p.Who = member.Actor{}
	for path, c := range map[string][2]string{
		"/work/profile/abc":                          {"scope", `value="Careful words"`},
		"/work/risk/" + account:                      {"profile", "Careful words</textarea>"},
		"/work/team/people/" + account + "/contract": {"leave", `value="Careful words"`},
	} {
		a := p.Post(t, path, c[0], "Careful words")
		if a.Status != 401 {
			t.Errorf("%s signed out: %d, want 401", path, a.Status)
		}
		webtest.Wants(t, a.Body, c[1], `href="/sign-in/team"`, `action="`+path+`"`)
		webtest.WantsNot(t, a.Body, "lampione")
	}
}

func TestNobodyElseFindsAnything(t *testing.T) {
	p := open(t)
	person := "/work/team/people/" + p.peer.Role.ID.String()
	joined := p.Joined(t)
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": joined, "a peer": p.peer} {
		p.Who = who
		for _, path := range []string{"/work/team", person, person + "/risk"} {
			if a := p.Get(t, path); a.Status != 404 && (name != "a peer" || !strings.HasSuffix(path, "/risk")) {
				t.Errorf("%s, %s: %d; want 404", name, path, a.Status)
			}
		}
		for _, path := range []string{person + "/show", person + "/not-now", person + "/organisation", "/work/team/organisations"} {
			if a := p.Post(t, path); a.Status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.Status)
			}
		}
		if !who.SignedIn() {
			continue
		}
		if a := p.Post(t, person+"/contract", "kind", "fixed", "from", "2026-01-01"); a.Status != 404 {
			t.Errorf("%s saves a contract: %d; want 404", name, a.Status)
		}
	}
	for name, who := range map[string]member.Actor{"a visitor": {}, "a member": joined, "a coordinator": p.boss} {
		p.Who = who
		for _, path := range []string{"/work/profile", "/work/risk", "/work/contract"} {
			if a := p.Get(t, path); a.Status != 404 {
				t.Errorf("%s, %s: %d; want 404", name, path, a.Status)
			}
		}
		for _, path := range []string{"/work/profile/ask", "/work/profile/hide", "/work/profile/low", "/work/profile/withdraw"} {
			if a := p.Post(t, path); a.Status != 404 {
				t.Errorf("%s, POST %s: %d; want 404", name, path, a.Status)
			}
		}
	}
}

func TestOrganisationsOnThePage(t *testing.T) {
	p := open(t)
	p.Who = p.boss
	if a := p.Post(t, "/work/team/organisations", "name", " ", "mode", "x"); a.Status != 422 || !strings.Contains(a.Body, `href="#name"`) {
		t.Errorf("a bad one: %d, want 422", a.Status)
	}
	p.Post(t, "/work/team/organisations", "name", "The <Walk>", "mode", "membership")
	webtest.Wants(t, p.Get(t, "/work/team").Body, "The &lt;Walk&gt;", "members vote")
	person := "/work/team/people/" + p.peer.Role.ID.String()
	id := regexp.MustCompile(`<option value="([a-z2-7]{26})"`).FindStringSubmatch(p.Get(t, person).Body)
	if id == nil {
		t.Fatal("no organisation to choose")
	}
	p.Post(t, person+"/organisation", "organisation", id[1])
	webtest.Wants(t, p.Get(t, "/work/team").Body, "The &lt;Walk&gt;</bdi>")
}

func TestEveryCodeHasItsWords(t *testing.T) {
	p := open(t)
	for _, family := range peerworkweb.Families() {
		if len(family.Words) != len(family.Codes) {
			t.Errorf("%d words for the codes %v", len(family.Words), family.Codes)
		}
		for _, code := range family.Codes {
			if text := p.Kit.Bundle.Printer("en").T(family.Words[code]); strings.HasPrefix(text, "[") {
				t.Errorf("%s has no words", code)
			}
		}
	}
}
