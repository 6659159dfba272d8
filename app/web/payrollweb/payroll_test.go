package payrollweb_test

import (
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web/payrollweb"
	"portico/app/web/webtest"
)

func TestShePutsHerDetailsDownAndSeesWhoOpensThem(t *testing.T) {
	p := open(t)
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, "/work/payroll").Body, "Nobody does payroll here yet", "Nobody has opened it")
	fields := []string{"name", "Ersilia & Co", "method", "iban", "iban", "IT60X0542811101000000123456", "tax", ""}
	if a := p.Post(t, "/work/payroll/keep/mine", fields...); a.Status != 403 || !strings.Contains(a.Body, `value="Ersilia &amp; Co"`) {
		t.Errorf("while nobody does payroll: %d, or her words are gone", a.Status)
	}
	p.Who = p.boss
	webtest.Wants(t, p.Get(t, "/work/team/circles/payroll").Body, "I take up payroll")
	if a := p.Post(t, "/work/team/circles/payroll/take-up"); a.To != "/work/team/circles/payroll" {
		t.Fatalf("take up: %d %s", a.Status, a.Body)
	}
	webtest.Wants(t, p.Get(t, "/work/team/circles/payroll").Body, "nothing given yet", "bussola")
	p.Who = p.peer
	if a := p.Post(t, "/work/payroll/keep/mine", append(fields, "iban", "IT60X0542811101000000123457")...); a.Status != 422 || !strings.Contains(a.Body, `href="#iban"`) {
		t.Errorf("a wrong number: %d", a.Status)
	}
	if a := p.Post(t, "/work/payroll/keep/mine", fields...); a.To != "/work/payroll" {
		t.Fatalf("keep: %d %s", a.Status, a.Body)
	}
	webtest.Wants(t, p.Get(t, "/work/payroll").Body, "keystone", "IT60 X054 2811")
	p.Who = p.boss
	page := p.Get(t, "/work/team/circles/payroll").Body
	webtest.Wants(t, page, p.peer.Role.ID.String())
	webtest.WantsNot(t, page, "Ersilia")
	if a := p.Post(t, "/work/team/circles/payroll/open", "person", p.peer.Role.ID.String()); a.Status != 422 || !strings.Contains(a.Body, `href="#purpose"`) || strings.Contains(a.Body, "Ersilia") {
		t.Errorf("without a purpose: %d", a.Status)
	}
	a := p.Post(t, "/work/team/circles/payroll/open", "person", p.peer.Role.ID.String(), "purpose", "pay")
	if a.Status != 200 {
		t.Fatalf("open: %d", a.Status)
	}
	webtest.Wants(t, a.Body, "Ersilia &amp; Co", "IT60 X054 2811", "Shown this once")
	p.Who = p.peer
	webtest.Wants(t, p.Get(t, "/work/payroll").Body, "to pay")
	if a := p.Post(t, "/work/payroll/remove"); a.To != "/work/payroll" {
		t.Errorf("remove: %d", a.Status)
	}
	webtest.WantsNot(t, p.Get(t, "/work/payroll").Body, "Ersilia")
	p.Who = member.Actor{}
	if a := p.Post(t, "/work/payroll/keep/mine", fields...); a.Status != 401 || !strings.Contains(a.Body, `value="Ersilia &amp; Co"`) {
		t.Errorf("signed out: %d, or her words are gone", a.Status)
	}
}

func TestWithoutTheKeyThereIsNothing(t *testing.T) {
	p := open(t)
	p.Who = p.boss
	p.Post(t, "/work/team/circles/payroll/take-up")
	for name, who := range map[string]member.Actor{
		"another coordinator": p.second, "an administrator": p.Hire(t, "faggio", member.RoleAdmin), "a moderator": p.Hire(t, "nocciola", member.RoleModerator),
	} {
		p.Who = who
		if a := p.Get(t, "/work/team/circles/payroll"); a.Status != 404 {
			t.Errorf("%s meets the page: %d", name, a.Status)
		}
		for _, path := range []string{"/take-up", "/open", "/keys/" + p.second.Role.ID.String()} {
			if a := p.Post(t, "/work/team/circles/payroll"+path, "person", p.peer.Role.ID.String(), "purpose", "pay"); a.Status != 404 {
				t.Errorf("%s, %s: %d", name, path, a.Status)
			}
		}
	}
}

func TestEveryCodeHasWords(t *testing.T) {
	p := open(t)
	for _, key := range payrollweb.Keys() {
		if text := p.Kit.Bundle.Printer("en").T(key); strings.HasPrefix(text, "[") {
			t.Errorf("%s has no words", key)
		}
	}
}
