package deskweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/markup"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// ruleTexts are the complete languages with the house rules that the portal came with.
func (a *Area) ruleTexts() desk.RuleTexts {
	texts := desk.RuleTexts{Langs: a.langs(), Shipped: map[string]string{}}
	for _, lang := range texts.Langs {
		if text, ok := content.Page("rules", lang); ok {
			texts.Shipped[lang] = text.Body
		}
	}
	return texts
}

// rulesPage is the next version of the house rules in all languages.
type rulesPage struct {
	*ui.Page
	draft   desk.RuleDraft
	langs   []string
	missing []string
}

// RulesDraft shows how far the next version is.
func (a *Area) RulesDraft(c *fiber.Ctx) error {
	texts := a.ruleTexts()
	draft, err := a.desk.RulesFor(c.UserContext(), request.Actor(c), texts)
	if err != nil {
		return err
	}
	v := rulesPage{Page: a.teamPage(c), draft: draft, langs: texts.Langs, missing: draft.Missing(texts.Langs)}
	return a.kit.Send(c, fiber.StatusOK, rulesView(v))
}

// state says what a language still lacks.
func (v rulesPage) state(lang string) string {
	switch row := v.draft.Drafts[lang]; {
	case row.Body == "":
		return v.T("rules.state.none")
	case row.Decided == "":
		return v.T("rules.state.undecided")
	}
	return v.T("rules.state.ready")
}

// rulePage is the draft in one language.
type rulePage struct {
	*ui.Page
	ui.Again
	lang, dir string
	form      desk.RuleForm
	standing  *desk.RuleVersion // what somebody else kept meanwhile
	between   []ui.Stretch      // from the rules that hold now to her text
}

// RuleForm shows the draft in one language, or the text that holds now to begin with.
func (a *Area) RuleForm(c *fiber.Ctx) error {
	v, ok := a.rulePage(c)
	if !ok {
		return fault.Missing()
	}
	draft, err := a.desk.RulesFor(c.UserContext(), request.Actor(c), a.ruleTexts())
	if err != nil {
		return err
	}
	row := draft.Drafts[v.lang]
	v.form = desk.RuleForm{Lang: v.lang, Body: row.Body, Decided: row.Decided, Base: desk.RuleBase(row)}
	if row.Body == "" {
		v.form.Body = draft.Now[v.lang]
	} else {
		v.between = compared(draft.Now[v.lang], row.Body)
	}
	return a.kit.Send(c, fiber.StatusOK, ruleView(v))
}

func (a *Area) rulePage(c *fiber.Ctx) (rulePage, bool) {
	v := rulePage{Page: a.teamPage(c), lang: c.Params("lang")}
	v.dir = a.kit.Bundle.Printer(v.lang).Dir
	return v, slices.Contains(a.langs(), v.lang)
}

// SaveRules keeps the draft in one language. Whatever stands in the way, her text comes back.
func (a *Area) SaveRules(c *fiber.Ctx) error {
	who := request.Actor(c)
	v, ok := a.rulePage(c)
	if !ok || who.SignedIn() && !who.Has(member.RoleCoordinator) {
		return fault.Missing()
	}
	v.form = desk.RuleForm{Lang: v.lang, Body: request.Typed(c, "body"), Decided: request.Typed(c, "decided"), Base: c.FormValue("base")}
	status, back := request.Stopped(c, v.Page)
	v.Again = back
	if status != 0 {
		return a.kit.Send(c, status, ruleView(v))
	}
	standing, err := a.desk.SaveRules(c.UserContext(), who, a.ruleTexts(), v.form)
	if err == nil {
		return a.kit.Go(c, "/team/rules", ui.Done, "rules.saved")
	}
	if fault.Is(err, fault.Conflict) {
		// She has the other text before her now, so her next press keeps hers on top of it.
		v.standing, v.form.Base = &standing, desk.RuleBase(standing)
		v.between = compared(standing.Body, v.form.Body)
	}
	if status, err = request.Refused(v.Page, &v.Again, err); err != nil {
		return err
	}
	return a.kit.Send(c, status, ruleView(v))
}

// DecideRules makes the draft the house rules.
func (a *Area) DecideRules(c *fiber.Ctx) error {
	err := a.desk.DecideRules(c.UserContext(), request.Actor(c), a.ruleTexts(), c.FormValue("base"))
	if f := fault.As(err); f != nil && (f.Kind == fault.Refused || f.Kind == fault.Conflict) {
		return a.kit.Go(c, "/team/rules", ui.Due, f.Key)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/rules", ui.Done, "rules.decided.now")
}

// compared are two versions of a text as a page shows them.
func compared(before, after string) []ui.Stretch {
	var stretches []ui.Stretch
	for _, piece := range markup.Differences(before, after) {
		stretches = append(stretches, ui.Stretch{Text: piece.Text, Taken: piece.Turn == markup.Taken, Added: piece.Turn == markup.Added})
	}
	return stretches
}
