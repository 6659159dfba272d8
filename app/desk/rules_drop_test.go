package desk_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/member"
)

func TestADraftIsThrownAwayAndTheRulesThatHoldStay(t *testing.T) {
	p, ctx, boss := open(t), context.Background(), team("chiave", member.RoleCoordinator)
	second := texts.Shipped["en"] + "Nobody is photographed."
	p.decideRules(t, boss, second, texts.Shipped["it"]+" Niente foto.")
	p.save(t, boss, "en", second+" And nobody is filmed with a canary.", "")
	p.save(t, boss, "it", texts.Shipped["it"]+" Niente video.", voted)
	standing := p.draft(t, boss).Drafts["en"]
	if err := p.desk.DropRules(ctx, boss, texts, p.draft(t, boss).Base); err != nil {
		t.Fatal(err)
	}
	if d := p.draft(t, boss); len(d.Drafts) != 0 || d.Number != 3 || d.Now["en"] != second {
		t.Errorf("after it: %+v", d)
	}
	if now, ok, err := p.desk.Rules(ctx, "it"); err != nil || !ok || now.Number != 2 || !strings.HasSuffix(now.Body, "Niente foto.") {
		t.Errorf("the rules that hold: %+v, %v", now, err)
	}
	if c, err := p.desk.RuleChange(ctx, "en", 0); err != nil || len(c.Versions) != 2 {
		t.Errorf("the versions: %+v, %v", c.Versions, err)
	}
	matter := p.audited(t, "rules")
	if all := strings.Join(matter, ""); len(matter) != 2 || !strings.Contains(all, `"act":"thrown away","version":3,"by":"`+boss.Role.ID.String()) || strings.Contains(all, "canary") {
		t.Errorf("audited %q", matter)
	}
	// Whoever still had it open loses nothing: her text comes back, and the next press keeps it.
	f := desk.RuleForm{Lang: "en", Body: second + " Mine.", Base: desk.RuleBase(standing)}
	other, err := p.desk.SaveRules(ctx, boss, texts, f)
	if !fault.Is(err, fault.Conflict) || other.Body != "" {
		t.Fatalf("a form from before: %+v, %v", other, err)
	}
	f.Base = desk.RuleBase(other)
	if _, err := p.desk.SaveRules(ctx, boss, texts, f); err != nil || len(p.draft(t, boss).Drafts) != 1 {
		t.Errorf("a new draft after it: %v", err)
	}
}

func TestADraftThatSomebodyChangedIsNotThrownAwayUnread(t *testing.T) {
	p, ctx, boss := open(t), context.Background(), team("chiave", member.RoleCoordinator)
	drop := func(who member.Actor, base string) *fault.Error {
		return fault.As(p.desk.DropRules(ctx, who, texts, base))
	}
	if f := drop(boss, p.draft(t, boss).Base); f == nil || f.Key != "rules.drop.none" {
		t.Errorf("nothing to throw away: %v", f)
	}
	p.save(t, boss, "en", strings.Repeat("Hers. ", 30), voted)
	base := p.draft(t, boss).Base
	p.save(t, team("arco", member.RoleCoordinator), "it", strings.Repeat("Di un'altra. ", 20), "")
	if f := drop(boss, base); f == nil || f.Key != "rules.drop.faster" || len(p.draft(t, boss).Drafts) != 2 {
		t.Errorf("an older look: %v", f)
	}
	for _, who := range []member.Actor{{}, someone(), p.mod, team("gate", member.RoleAdmin)} {
		if f := drop(who, p.draft(t, boss).Base); f == nil || f.Kind != fault.NotFound {
			t.Errorf("somebody else: %v", f)
		}
	}
	if len(p.draft(t, boss).Drafts) != 2 || len(p.audited(t, "rules")) != 0 {
		t.Error("what was refused left a trace")
	}
}
