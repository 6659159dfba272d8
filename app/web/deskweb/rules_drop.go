package deskweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// DropRulesForm asks before the draft is thrown away, and lists what would go.
func (a *Area) DropRulesForm(c *fiber.Ctx) error {
	texts := a.ruleTexts()
	draft, err := a.desk.RulesFor(c.UserContext(), request.Actor(c), texts)
	if err != nil {
		return err
	}
	v := rulesPage{Page: a.teamPage(c), draft: draft, langs: texts.Langs}
	return a.kit.Send(c, fiber.StatusOK, dropRulesView(v))
}

// DropRules throws the draft away. What somebody else wrote meanwhile is shown to her first.
func (a *Area) DropRules(c *fiber.Ctx) error {
	err := a.desk.DropRules(c.UserContext(), request.Actor(c), a.ruleTexts(), c.FormValue("base"))
	switch {
	case err == nil:
		return a.kit.Go(c, "/team/rules", ui.Done, "rules.dropped")
	case fault.Is(err, fault.Conflict):
		return a.kit.Go(c, "/team/rules/drop", ui.Due, "rules.drop.faster")
	case fault.Is(err, fault.Refused):
		return a.kit.Go(c, "/team/rules", ui.Due, "rules.drop.none")
	}
	return err
}
