package desk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/member"
)

const voted = "Vote of nine leaders, eight in favour."

// texts are two languages with what the portal came with.
var texts = desk.RuleTexts{Langs: []string{"en", "it"}, Shipped: map[string]string{
	"en": strings.Repeat("Nobody can be recognised. ", 6), "it": strings.Repeat("Nessuno si deve riconoscere. ", 6),
}}

func (p *place) draft(t *testing.T, who member.Actor) desk.RuleDraft {
	t.Helper()
	d, err := p.desk.RulesFor(context.Background(), who, texts)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (p *place) save(t *testing.T, who member.Actor, lang, body, decided string) {
	t.Helper()
	f := desk.RuleForm{Lang: lang, Body: body, Decided: decided, Base: desk.RuleBase(p.draft(t, who).Drafts[lang])}
	if _, err := p.desk.SaveRules(context.Background(), who, texts, f); err != nil {
		t.Fatalf("save the rules in %s: %v", lang, err)
	}
}

func (p *place) decideRules(t *testing.T, who member.Actor, en, it string) {
	t.Helper()
	p.save(t, who, "en", en, voted)
	p.save(t, who, "it", it, voted)
	if err := p.desk.DecideRules(context.Background(), who, texts, p.draft(t, who).Base); err != nil {
		t.Fatalf("decide the rules: %v", err)
	}
}

func TestRulesAreDecidedInEveryLanguageAndEveryVersionStays(t *testing.T) {
	p, ctx, boss := open(t), context.Background(), team("chiave", member.RoleCoordinator)
	if _, ok, err := p.desk.Rules(ctx, "en"); ok || err != nil {
		t.Fatalf("before anything was decided: %v, %v", ok, err)
	}
	second := texts.Shipped["en"] + "Nobody is photographed."
	p.save(t, boss, "en", second, "")
	refused := func(why, key string) {
		t.Helper()
		err := p.desk.DecideRules(ctx, boss, texts, p.draft(t, boss).Base)
		if f := fault.As(err); f == nil || f.Key != key {
			t.Errorf("%s: %v", why, err)
		}
	}
	refused("one language", "rules.incomplete")
	p.save(t, boss, "it", texts.Shipped["it"], voted)
	refused("without how it was decided", "rules.incomplete")
	p.save(t, boss, "en", strings.TrimSpace(texts.Shipped["en"]), voted)
	p.save(t, boss, "it", strings.TrimSpace(texts.Shipped["it"]), voted)
	shipped := texts.Shipped
	texts.Shipped = map[string]string{"en": strings.TrimSpace(shipped["en"]), "it": strings.TrimSpace(shipped["it"])}
	defer func() { texts.Shipped = shipped }()
	refused("nothing new", "rules.same")
	if err := p.desk.DecideRules(ctx, boss, texts, "old"); !fault.Is(err, fault.Conflict) {
		t.Errorf("an older look: %v", err)
	}
	p.decideRules(t, boss, second, texts.Shipped["it"]+" Niente foto.")
	now, ok, err := p.desk.Rules(ctx, "it")
	if err != nil || !ok || now.Number != 2 || now.Lang != "it" || now.Day != p.Today() || now.Decided != voted || !strings.HasSuffix(now.Body, "Niente foto.") {
		t.Errorf("the rules in Italian: %+v, %v", now, err)
	}
	if now, _, _ = p.desk.Rules(ctx, "uk"); now.Lang != "en" {
		t.Errorf("another language gets %s", now.Lang)
	}
	p.decideRules(t, boss, second+" And nobody is filmed.", texts.Shipped["it"]+" Niente foto, niente video.")
	c, err := p.desk.RuleChange(ctx, "it", 0)
	if err != nil || c.After.Number != 3 || c.Before.Number != 2 || c.Before.Lang != "it" || len(c.Versions) != 3 {
		t.Errorf("the newest change: %+v, %v", c, err)
	}
	if c, err = p.desk.RuleChange(ctx, "en", 2); err != nil || c.Before.Body != texts.Shipped["en"] || c.After.Body != second {
		t.Errorf("the first change: %+v, %v", c, err)
	}
	for _, n := range []int{1, 4, -1} {
		if _, err := p.desk.RuleChange(ctx, "en", n); !fault.Is(err, fault.NotFound) {
			t.Errorf("version %d: %v", n, err)
		}
	}
	if matter := p.audited(t, "rules"); len(matter) != 2 || !strings.Contains(strings.Join(matter, ""), `"version":3`) {
		t.Errorf("audited %q", matter)
	}
}

func TestTwoWhoWriteAtOnceLoseNothing(t *testing.T) {
	p, ctx, boss := open(t), context.Background(), team("chiave", member.RoleCoordinator)
	base := desk.RuleBase(p.draft(t, boss).Drafts["en"])
	first := desk.RuleForm{Lang: "en", Body: strings.Repeat("Hers. ", 30), Base: base}
	if _, err := p.desk.SaveRules(ctx, boss, texts, first); err != nil {
		t.Fatal(err)
	}
	other := desk.RuleForm{Lang: "en", Body: strings.Repeat("Mine. ", 30), Base: base}
	standing, err := p.desk.SaveRules(ctx, team("arco", member.RoleCoordinator), texts, other)
	if !fault.Is(err, fault.Conflict) || !strings.HasPrefix(standing.Body, "Hers.") {
		t.Fatalf("the slower one: %+v, %v", standing, err)
	}
	other.Base = desk.RuleBase(standing)
	if _, err := p.desk.SaveRules(ctx, boss, texts, other); err != nil || !strings.HasPrefix(p.draft(t, boss).Drafts["en"].Body, "Mine.") {
		t.Errorf("on top of the other: %v", err)
	}
}

func TestRulesAreMendedAndOnlyCoordinatorsWriteThem(t *testing.T) {
	p, ctx, boss := open(t), context.Background(), team("chiave", member.RoleCoordinator)
	long := strings.Repeat("x", desk.ShortestRules)
	for name, f := range map[string]desk.RuleForm{
		"body":    {Lang: "en", Body: "Be kind."},
		"decided": {Lang: "en", Body: long, Decided: "yes"},
	} {
		_, err := p.desk.SaveRules(ctx, boss, texts, f)
		if e := fault.As(err); e == nil || len(e.Fields) != 1 || e.Fields[0].Name != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := p.desk.SaveRules(ctx, boss, texts, desk.RuleForm{Lang: "xx", Body: long})
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("another language: %v", err)
	}
	for _, who := range []member.Actor{{}, someone(), p.mod, team("gate", member.RoleAdmin)} {
		_, read := p.desk.RulesFor(ctx, who, texts)
		_, save := p.desk.SaveRules(ctx, who, texts, desk.RuleForm{Lang: "en", Body: long, Base: desk.RuleBase(desk.RuleVersion{})})
		for verb, err := range map[string]error{"read": read, "save": save, "decide": p.desk.DecideRules(ctx, who, texts, "")} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s by somebody else: %v", verb, err)
			}
		}
	}
}

func TestTheNewsOfAChangeEndsWhenSheHasReadItOrWithTime(t *testing.T) {
	p, ctx, boss, anna := open(t), context.Background(), team("chiave", member.RoleCoordinator), someone()
	news := func(who member.Actor) bool {
		t.Helper()
		_, news, err := p.desk.RulesNews(ctx, who)
		if err != nil {
			t.Fatal(err)
		}
		return news
	}
	if news(anna) {
		t.Error("news of rules that nobody changed")
	}
	p.decideRules(t, boss, texts.Shipped["en"]+"New.", texts.Shipped["it"]+"Nuovo.")
	boxes := p.count(t, "boxes", "1 = 1")
	first, again := news(anna), news(anna)
	if !first || !again || news(member.Actor{}) || p.count(t, "boxes", "1 = 1") != boxes {
		t.Error("the news is not told, is told to a visitor, or reading writes")
	}
	if err := p.desk.HaveRead(ctx, anna, 99); err != nil || news(anna) || !news(someone()) {
		t.Errorf("after she has read it: %v", err)
	}
	p.decideRules(t, boss, texts.Shipped["en"]+"Newer.", texts.Shipped["it"]+"Più nuovo.")
	if !news(anna) {
		t.Error("a number that was too high hides the next change")
	}
	p.Time.Advance((desk.NewsDays + 1) * 24 * time.Hour)
	if news(anna) {
		t.Error("old news")
	}
	if err := p.desk.HaveRead(ctx, member.Actor{}, 2); !fault.Is(err, fault.SignIn) {
		t.Errorf("a visitor: %v", err)
	}
}
