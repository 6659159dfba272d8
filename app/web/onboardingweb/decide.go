package onboardingweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// do runs one form of the coordinators about a path.
func (a *Area) do(c *fiber.Ctx, f form, flash string, verb func(id store.ID) error) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.send(c, f, act{func() (onboarding.Receipt, error) { return plain(verb(id)) }, pathOf(id), flash})
}

func (a *Area) voteForm(c *fiber.Ctx) form {
	f := a.at(c, t(c, "joining.vote.open"), "/vote")
	f.Lead, f.Button = t(c, "joining.vote.open.what"), t(c, "joining.vote.open.send")
	day := c.FormValue("closes")
	if day == "" {
		day = a.kit.Clock.DayAfter(10)
	}
	f.Fields = []field{line(ui.Input{ID: "closes", Kind: ui.Day, Label: t(c, "joining.vote.closes"), Value: day})}
	return f
}

// OpenVote lets the group decide.
func (a *Area) OpenVote(c *fiber.Ctx) error {
	return a.do(c, a.voteForm(c), "joining.vote.opened", func(id store.ID) error {
		return a.in.OpenVote(c.UserContext(), request.Actor(c), id, c.FormValue("closes"))
	})
}

func (a *Area) appealForm(c *fiber.Ctx) form {
	f := a.at(c, t(c, "joining.appeal.decide"), "/appeal")
	f.Lead, f.Button, f.Sees = t(c, "joining.appeal.decide.what"), t(c, "joining.appeal.decide.send"), t(c, "joining.sees.message")
	f.Fields = []field{
		cards(ui.Choice{ID: "outcome", Label: t(c, "joining.appeal.outcome"), Options: []ui.Option{
			{Value: onboarding.AppealAgain, Label: t(c, "joining.appeal.state.again")}, {Value: onboarding.AppealStands, Label: t(c, "joining.appeal.state.stands")},
		}, Value: c.FormValue("outcome")}),
		area("reason", t(c, "joining.appeal.reason"), "", request.Typed(c, "reason"), true),
	}
	return f
}

// DecideAppeal says what comes of an appeal.
func (a *Area) DecideAppeal(c *fiber.Ctx) error {
	return a.do(c, a.appealForm(c), "joining.appeal.decided.now", func(id store.ID) error {
		return a.in.DecideAppeal(c.UserContext(), request.Actor(c), id, c.FormValue("outcome") == onboarding.AppealAgain, request.Typed(c, "reason"))
	})
}

func several(c *fiber.Ctx, name string) (chosen []string) {
	for _, v := range c.Request().PostArgs().PeekMulti(name) {
		chosen = append(chosen, string(v))
	}
	return chosen
}

func ids(chosen []string) (list []store.ID) {
	for _, text := range chosen {
		if id, ok := store.ParseID(text); ok {
			list = append(list, id)
		}
	}
	return list
}

func (a *Area) panelForm(c *fiber.Ctx, team []member.RoleAccount) form {
	f := a.at(c, t(c, "joining.panel.name"), "/panel")
	f.Button = t(c, "joining.panel.name.send")
	f.Fields = []field{{Many: &many{ID: "panel", Label: t(c, "joining.panel.who"), Hint: t(c, "joining.panel.who.hint"), Options: people(f.Page, team, ""), Chosen: several(c, "panel")}}}
	return f
}

// NamePanel names who reads an application.
func (a *Area) NamePanel(c *fiber.Ctx) error {
	_, team, err := a.in.Choices(c.UserContext(), request.Actor(c), store.ID{})
	if err != nil {
		return err
	}
	return a.do(c, a.panelForm(c, team), "joining.panel.named", func(id store.ID) error {
		return a.in.NamePanel(c.UserContext(), request.Actor(c), id, ids(several(c, "panel")))
	})
}

func (a *Area) settleForm(c *fiber.Ctx) form {
	f := a.at(c, t(c, "joining.panel.settle"), "/panel/settle")
	f.Lead, f.Button, f.Sees = t(c, "joining.panel.settle.what"), t(c, "joining.panel.settle.send"), t(c, "joining.sees.message")
	f.Fields = []field{
		cards(ui.Choice{ID: "outcome", Label: t(c, "joining.panel.outcome"), Options: []ui.Option{
			{Value: "offer", Label: t(c, "joining.panel.offer")}, {Value: "no", Label: t(c, "joining.panel.no")},
		}, Value: c.FormValue("outcome")}),
		area("reason", t(c, "joining.panel.reason"), "", request.Typed(c, "reason"), true),
	}
	return f
}

// SettlePanel says what the panel came to.
func (a *Area) SettlePanel(c *fiber.Ctx) error {
	return a.do(c, a.settleForm(c), "joining.finished", func(id store.ID) error {
		return a.in.SettlePanel(c.UserContext(), request.Actor(c), id, c.FormValue("outcome") == "offer", request.Typed(c, "reason"))
	})
}

func (a *Area) offerForm(c *fiber.Ctx) form {
	f := a.at(c, t(c, "joining.offer.make"), "/offer")
	f.Button, f.Sees = t(c, "joining.offer.send"), t(c, "joining.sees.offer")
	f.Fields = []field{
		area("terms", t(c, "joining.offer.terms"), t(c, "joining.offer.terms.hint"), request.Typed(c, "terms"), false),
		line(ui.Input{ID: "until", Kind: ui.Day, Label: t(c, "joining.offer.until"), Value: c.FormValue("until")}),
	}
	return f
}

// MakeOffer offers a job.
func (a *Area) MakeOffer(c *fiber.Ctx) error {
	return a.do(c, a.offerForm(c), "joining.offer.made", func(id store.ID) error {
		return a.in.MakeOffer(c.UserContext(), request.Actor(c), id, request.Typed(c, "terms"), c.FormValue("until"))
	})
}
