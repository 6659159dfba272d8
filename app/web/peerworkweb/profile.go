package peerworkweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// profilePage is her own profile.
type profilePage struct {
	*ui.Page
	ui.Again
	Profile     peerwork.Profile
	Card        peerwork.Card
	Consents    []string // purposes to which she said yes
	Risk        peerwork.OpenRisk
	Nonce       string
	Coordinates bool
	Today       string
	Veil        member.VeilLevel
	Tongues     []tongueField
	People      map[string][]ui.Option // for the fields that name a colleague
}

// Profile shows her own profile.
func (a *Area) Profile(c *fiber.Ctx) error { return a.sendProfile(c, fiber.StatusOK, nil) }

func (a *Area) sendProfile(c *fiber.Ctx, status int, change func(*profilePage)) error {
	ctx, who := c.UserContext(), request.Actor(c)
	view := profilePage{Page: a.page(c), Nonce: request.NewNonce(), Today: a.kit.Clock.Today(), Coordinates: who.Has(member.RoleCoordinator)}
	profile, card, consents, err := a.work.MyProfile(ctx, who)
	if err != nil {
		return err
	}
	view.Profile, view.Card, view.Path = profile, card, "/work/profile"
	for _, one := range consents {
		view.Consents = append(view.Consents, one.Purpose)
	}
	if view.Risk, err = a.work.RiskOf(ctx, who, who.Role.ID); err != nil {
		return err
	}
	if view.Veil, err = a.work.MyVeil(ctx, who); err != nil {
		return err
	}
	if view.People, err = a.peopleOptions(c, card); err != nil {
		return err
	}
	if change != nil {
		change(&view)
	}
	view.Tongues = tongueFields(view.Card["languages"].Words)
	return a.kit.Send(c, status, profileView(view))
}

// SaveProfile keeps her words and for whom each is.
func (a *Area) SaveProfile(c *fiber.Ctx) error {
	page, card := a.page(c), peerwork.Card{}
	for _, name := range peerwork.Fields {
		card[name] = peerwork.Field{Words: request.Typed(c, name), Audience: c.FormValue("for-" + name)}
	}
	card["languages"] = peerwork.Field{Words: typedTongues(c), Audience: c.FormValue("for-languages")}
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptProfileView(profilePage{Page: page, Again: back, Card: card, Nonce: c.Params("form"), Tongues: tongueFields(card["languages"].Words)}))
	}
	if status == 0 {
		made, err := a.work.SaveProfile(c.UserContext(), request.Actor(c), card, back.Insist)
		switch {
		case err == nil && made.Stored:
			return a.kit.Go(c, "/work/profile", ui.Done, "peerwork.profile.kept")
		case err == nil:
			request.Warn(page, &back, made.Verdict)
			status = fiber.StatusUnprocessableEntity
		default:
			if status, err = request.Refused(page, &back, err); err != nil {
				return err
			}
		}
	}
	return a.sendProfile(c, status, func(v *profilePage) { v.Again, v.Card = back, card })
}

// AskToBeShown is the first of the two people.
func (a *Area) AskToBeShown(c *fiber.Ctx) error {
	var purposes []string
	for _, raw := range c.Request().PostArgs().PeekMulti("consent") {
		purposes = append(purposes, string(raw))
	}
	return a.change(c, "peerwork.show.asked", func(who member.Actor) error {
		return a.work.AskToBeShown(c.UserContext(), who, purposes)
	})
}

// Hide takes away what members and everybody read.
func (a *Area) Hide(c *fiber.Ctx) error {
	return a.change(c, "peerwork.hidden", func(who member.Actor) error { return a.work.Hide(c.UserContext(), who) })
}

// LowProfile is the one switch.
func (a *Area) LowProfile(c *fiber.Ctx) error {
	on, done := c.FormValue("low") == "on", "peerwork.low.left"
	if on {
		done = "peerwork.low.entered"
	}
	return a.change(c, done, func(who member.Actor) error { return a.work.LowProfile(c.UserContext(), who, on) })
}

// Withdraw takes back the consent for one use.
func (a *Area) Withdraw(c *fiber.Ctx) error {
	purpose := c.FormValue("purpose")
	return a.change(c, "peerwork.withdrawn", func(who member.Actor) error { return a.work.Withdraw(c.UserContext(), who, purpose) })
}

func (a *Area) change(c *fiber.Ctx, done string, do func(member.Actor) error) error {
	err := do(request.Actor(c))
	if err == nil {
		return a.kit.Go(c, "/work/profile", ui.Done, done)
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendProfile(c, status, func(v *profilePage) { v.Again = back })
}

// consented reports whether she said yes to a use.
func (v profilePage) consented(purpose string) bool { return slices.Contains(v.Consents, purpose) }
