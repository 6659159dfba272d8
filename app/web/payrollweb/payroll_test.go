package payrollweb_test

import (
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web/payrollweb"
)

func TestShePutsHerDetailsDownAndSeesWhoOpensThem(t *testing.T) {
	p := open(t)
	p.who = p.peer
	wants(t, p.get(t, "/work/payroll").body, "Nobody does payroll here yet", "Nobody has opened it")
	fields := []string{"name", "Ersilia & Co", "method", "iban", "iban", "IT60X0542811101000000123456", "tax", ""}
	if a := p.post(t, "/work/payroll/keep/mine", fields...); a.status != 403 || !strings.Contains(a.body, `value="Ersilia &amp; Co"`) {
		t.Errorf("while nobody does payroll: %d, or her words are gone", a.status)
	}
	p.who = p.boss
	wants(t, p.get(t, "/work/team/circles/payroll").body, "I take up payroll")
	if a := p.post(t, "/work/team/circles/payroll/take-up"); a.to != "/work/team/circles/payroll" {
		t.Fatalf("take up: %d %s", a.status, a.body)
	}
	wants(t, p.get(t, "/work/team/circles/payroll").body, "nothing given yet", "bussola")
	p.who = p.peer
	if a := p.post(t, "/work/payroll/keep/mine", append(fields, "iban", "IT60X0542811101000000123457")...); a.status != 422 || !strings.Contains(a.body, `href="#iban"`) {
		t.Errorf("a wrong number: %d", a.status)
	}
	if a := p.post(t, "/work/payroll/keep/mine", fields...); a.to != "/work/payroll" {
		t.Fatalf("keep: %d %s", a.status, a.body)
	}
	wants(t, p.get(t, "/work/payroll").body, "keystone", "IT60 X054 2811")
	p.who = p.boss
	page := p.get(t, "/work/team/circles/payroll").body
	wants(t, page, p.peer.Role.ID.String())
	wantsNot(t, page, "Ersilia")
	if a := p.post(t, "/work/team/circles/payroll/open", "person", p.peer.Role.ID.String()); a.status != 422 || !strings.Contains(a.body, `href="#purpose"`) || strings.Contains(a.body, "Ersilia") {
		t.Errorf("without a purpose: %d", a.status)
	}
	a := p.post(t, "/work/team/circles/payroll/open", "person", p.peer.Role.ID.String(), "purpose", "pay")
	if a.status != 200 {
		t.Fatalf("open: %d", a.status)
	}
	wants(t, a.body, "Ersilia &amp; Co", "IT60 X054 2811", "Shown this once")
	p.who = p.peer
	wants(t, p.get(t, "/work/payroll").body, "to pay")
	if a := p.post(t, "/work/payroll/remove"); a.to != "/work/payroll" {
		t.Errorf("remove: %d", a.status)
	}
	wantsNot(t, p.get(t, "/work/payroll").body, "Ersilia")
	p.who = member.Actor{}
	if a := p.post(t, "/work/payroll/keep/mine", fields...); a.status != 401 || !strings.Contains(a.body, `value="Ersilia &amp; Co"`) {
		t.Errorf("signed out: %d, or her words are gone", a.status)
	}
}

func TestWithoutTheKeyThereIsNothing(t *testing.T) {
	p := open(t)
	p.who = p.boss
	p.post(t, "/work/team/circles/payroll/take-up")
	for name, who := range map[string]member.Actor{
		"another coordinator": p.second, "an administrator": p.hire(t, "faggio", member.RoleAdmin), "a moderator": p.hire(t, "nocciola", member.RoleModerator),
	} {
		p.who = who
		if a := p.get(t, "/work/team/circles/payroll"); a.status != 404 {
			t.Errorf("%s meets the page: %d", name, a.status)
		}
		for _, path := range []string{"/take-up", "/open", "/keys/" + p.second.Role.ID.String()} {
			if a := p.post(t, "/work/team/circles/payroll"+path, "person", p.peer.Role.ID.String(), "purpose", "pay"); a.status != 404 {
				t.Errorf("%s, %s: %d", name, path, a.status)
			}
		}
	}
}

func TestEveryCodeHasWords(t *testing.T) {
	p := open(t)
	for _, key := range payrollweb.Keys() {
		if text := p.kit.Bundle.Printer("en").T(key); strings.HasPrefix(text, "[") {
			t.Errorf("%s has no words", key)
		}
	}
}
