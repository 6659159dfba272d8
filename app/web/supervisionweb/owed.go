package supervisionweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// owedPage is what the organisation owes her around supervision.
type owedPage struct {
	*ui.Page
	Due supervision.Due
	Who member.Actor
}

// Owed shows it to her alone.
func (a *Area) Owed(c *fiber.Ctx) error {
	who := request.Actor(c)
	due, err := a.sup.MyDue(c.UserContext(), who)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, owedView(owedPage{a.page(c), due, who}))
}

// nothing reports whether the organisation owes her nothing and nobody told her anything.
func (v owedPage) nothing() bool {
	return len(v.Due.Debriefs)+len(v.Due.Told)+len(v.Due.CheckIns)+len(v.Due.Overdue)+len(v.Due.Reviews)+len(v.Due.Hours) == 0
}

// heavyPage is the form that says that something heavy happened.
type heavyPage struct {
	*ui.Page
	ui.Again
	People             []ui.Option // her supervisors
	Words, Told, Nonce string
}

// HeavyForm shows an empty form.
func (a *Area) HeavyForm(c *fiber.Ctx) error {
	view := heavyPage{Page: a.page(c), Nonce: request.NewNonce()}
	if err := a.fillTold(c, &view); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, heavyView(view))
}

// fillTold lists whom she may tell.
func (a *Area) fillTold(c *fiber.Ctx, v *heavyPage) error {
	people, err := a.sup.MySupervisors(c.UserContext(), request.Actor(c))
	if err != nil || len(people) == 0 {
		return err
	}
	v.People = []ui.Option{{Label: v.T("supervision.heavy.told.nobody")}}
	for _, r := range people {
		v.People = append(v.People, ui.Option{Value: r.ID.String(), Label: r.Handle})
	}
	return nil
}

// Heavy stores it.
func (a *Area) Heavy(c *fiber.Ctx) error {
	view := heavyPage{Page: a.page(c), Words: request.Typed(c, "words"), Told: c.FormValue("told"), Nonce: c.Params("form")}
	status, back, err := request.StoppedTeam(c, view.Page)
	if err != nil {
		return err
	}
	view.Again = back
	if !back.SignIn {
		if err := a.fillTold(c, &view); err != nil {
			return err
		}
	}
	if status != 0 {
		return a.kit.Send(c, status, heavyView(view))
	}
	form := supervision.FlagForm{Words: view.Words, Nonce: view.Nonce, Insist: view.Insist}
	form.Told = idIn(view.Told)
	made, err := a.sup.Flag(c.UserContext(), request.Actor(c), form)
	if err != nil {
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, heavyView(view))
	}
	if !made.Stored {
		request.Warn(view.Page, &view.Again, made.Verdict)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, heavyView(view))
	}
	return a.kit.Go(c, "/supervision/owed", ui.Done, "supervision.heavy.asked")
}

// debriefPage is one debrief with the words that came with it.
type debriefPage struct {
	*ui.Page
	Debrief supervision.OpenDebrief
	Words   string
	Mine    bool
}

// Debrief shows it to her, and to the supervisor whom she told.
func (a *Area) Debrief(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	who, view := request.Actor(c), debriefPage{Page: a.page(c)}
	if view.Debrief, view.Words, err = a.sup.ReadDebrief(c.UserContext(), who, id); err != nil {
		return err
	}
	view.Mine = view.Debrief.AccountID == who.Role.ID
	return a.kit.Send(c, fiber.StatusOK, debriefView(view))
}

// DebriefHeld notes by her word that it took place.
func (a *Area) DebriefHeld(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.sup.HoldDebrief(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/supervision/owed", ui.Done, "desk.debrief.noted")
}

// checkInBadge says what became of an early conversation.
func checkInBadge(p *ui.Page, c supervision.CheckIn) (ui.BadgeKind, string) {
	switch {
	case c.Held != "":
		return ui.BadgeVerified, p.T("supervision.kept.yes")
	case c.Later != "":
		return ui.BadgePlain, p.T("supervision.checkin.later", "Day", p.P.Day(c.Later))
	case c.Missed:
		return ui.BadgeDanger, p.T("supervision.owed.missed")
	case c.Ahead:
		return ui.BadgePlain, p.T("supervision.checkin.ahead")
	}
	return ui.BadgeDue, p.T("supervision.owed.open")
}

// kindOrAny names the kind of a promise.
func kindOrAny(p *ui.Page, kind supervision.Kind) string {
	if kind == supervision.AnyKind {
		return p.T("supervision.hours.any")
	}
	return word(p, kindWords, kind)
}

// coordinates reports whether she sees the organisation's side.
func coordinates(who member.Actor) bool { return who.Has(member.RoleCoordinator) }
