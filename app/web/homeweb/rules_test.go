package homeweb_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"portico/app/desk"
	"portico/app/member"
	"portico/content"

	"portico/app/web/webtest"
)

// change decides a version of the rules that ends with new words in each language.
func (p *portal) change(t *testing.T, who member.Actor, ending string) {
	t.Helper()
	ctx, texts := context.Background(), desk.RuleTexts{Shipped: map[string]string{}}
	for _, l := range p.Kit.Bundle.Languages() {
		if l.Tag == "uk" {
			continue // these rules were decided before Ukrainian came into the menu
		}
		shipped, _ := content.Page("rules", l.Tag)
		texts.Langs, texts.Shipped[l.Tag] = append(texts.Langs, l.Tag), shipped.Body
	}
	for _, lang := range texts.Langs {
		f := desk.RuleForm{Lang: lang, Body: texts.Shipped[lang] + "\n\n" + ending + " " + lang, Decided: "Vote of nine leaders, eight in favour", Base: desk.RuleBase(desk.RuleVersion{})}
		if _, err := p.desk.SaveRules(ctx, who, texts, f); err != nil {
			t.Fatal(err)
		}
	}
	d, err := p.desk.RulesFor(ctx, who, texts)
	if err == nil {
		err = p.desk.DecideRules(ctx, who, texts, d.Base)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheRulesSayTheirVersionAndWhatChanged(t *testing.T) {
	p := open(t)
	boss, _ := p.coordinator(t)
	webtest.Wants(t, p.get(t, "/rules").Body, "Version 1, the first.")
	webtest.Wants(t, p.get(t, "/rules/changes").Body, "These are the first house rules.")
	p.change(t, boss, "No **photos**")
	a := p.get(t, "/rules", "X-Lang", "ar")
	webtest.Wants(t, a.Body, "<strong>photos</strong> ar", `href="/rules/changes"`, "Vote of nine leaders, eight in favour", `<div class="prose" lang="ar" dir="rtl">`)
	webtest.Wants(t, p.get(t, "/rules", "X-Lang", "uk").Body, "<strong>photos</strong> en", `<div class="prose" lang="en" dir="ltr">`)
	changes := p.get(t, "/rules/changes", "X-Lang", "it").Body
	_, added, _ := strings.Cut(changes, "<ins>")
	added, _, _ = strings.Cut(added, "</ins>")
	if !strings.Contains(added, "**photos** it") || strings.Contains(changes, "<del>") {
		t.Errorf("added is %q", added)
	}
	if strings.Contains(changes, "/rules/read") {
		t.Error("a visitor is asked whether she has read it")
	}
	p.change(t, boss, "No videos")
	webtest.Wants(t, p.get(t, "/rules/changes").Body, "videos", `href="/rules/changes?version=2"`, "Earlier changes")
	webtest.Wants(t, p.get(t, "/rules/changes?version=2").Body, "photos", `href="/rules/changes?version=3"`)
	for _, version := range []string{"1", "9", "99999999999999999999"} {
		if a := p.get(t, "/rules/changes?version="+version); a.Status != http.StatusNotFound && version != "99999999999999999999" {
			t.Errorf("version %s: %d", version, a.Status)
		}
	}
}

func TestAMemberIsToldOfAChangeUntilSheHasReadIt(t *testing.T) {
	p := open(t)
	boss, _ := p.coordinator(t)
	cookie := p.joined(t, member.NoTrace)
	const news = "The house rules changed on"
	if strings.Contains(p.get(t, "/", "Cookie", cookie).Body, news) {
		t.Error("news of nothing")
	}
	p.change(t, boss, "No photos")
	webtest.Wants(t, p.get(t, "/", "Cookie", cookie).Body, news, `href="/rules/changes"`)
	if strings.Contains(p.get(t, "/").Body, news) {
		t.Error("a stranger is told")
	}
	webtest.Wants(t, p.get(t, "/rules/changes", "Cookie", cookie).Body, `action="/rules/read"`, `name="version" value="2"`)
	webtest.Wants(t, p.get(t, "/", "Cookie", cookie).Body, news)
	if a := p.ask(t, http.MethodPost, "/rules/read?version=2", "Cookie", cookie); a.Status != http.StatusSeeOther {
		t.Fatalf("I have read it: %d", a.Status)
	}
	if strings.Contains(p.get(t, "/", "Cookie", cookie).Body, news) || strings.Contains(p.get(t, "/rules/changes", "Cookie", cookie).Body, "/rules/read") {
		t.Error("she is told again")
	}
}
