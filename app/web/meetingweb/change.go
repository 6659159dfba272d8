package meetingweb

import (
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/meeting"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// changePage is one of the forms that change a date: move it, call it off, let the series
// rest. Each is a page of its own, so that a thumb in a hurry does one thing.
type changePage struct {
	*ui.Page
	ui.Again
	meeting.Standing // empty when the session is over
	To               string
	Move             meeting.Change
	Minutes          string // as typed
	Off              meeting.Calling
	Pause            meeting.Pause
}

// change starts such a page with the date as it is.
func (a *Area) change(c *fiber.Ctx) (changePage, store.ID, error) {
	view := changePage{Page: a.page(c)}
	id, err := request.ID(c)
	if err != nil {
		return view, id, err
	}
	view.To = pathOf(id)
	if !request.Actor(c).SignedIn() {
		return view, id, nil
	}
	if view.Standing, err = a.meetings.Meeting(c.UserContext(), request.Actor(c), id); err == nil && !view.Hosts {
		err = fault.Missing()
	}
	return view, id, err
}

func (a *Area) ask(c *fiber.Ctx, show func(changePage) templ.Component) error {
	view, _, err := a.change(c)
	if err != nil {
		return err
	}
	if view.State != meeting.Open && view.SeriesID == nil {
		return fault.Missing()
	}
	view.Move = meeting.Change{Day: view.Day, Begins: view.Begins, Place: view.Place}
	view.Minutes = strconv.Itoa(view.Standing.Minutes)
	return a.kit.Send(c, fiber.StatusOK, show(view))
}

// ChangeForm asks where a date moves to.
func (a *Area) ChangeForm(c *fiber.Ctx) error { return a.ask(c, moveView) }

// OffForm asks whether a date does not take place.
func (a *Area) OffForm(c *fiber.Ctx) error { return a.ask(c, offView) }

// RestForm asks from when to when a series rests.
func (a *Area) RestForm(c *fiber.Ctx) error { return a.ask(c, restView) }

// Change moves a date.
func (a *Area) Change(c *fiber.Ctx) error {
	view, id, err := a.change(c)
	if err != nil {
		return err
	}
	view.Minutes = c.FormValue("minutes")
	view.Move = meeting.Change{
		Day: c.FormValue("day"), Begins: c.FormValue("begins"), Place: request.Typed(c, "place"), Note: request.Typed(c, "note"), Minutes: request.Whole(view.Minutes),
	}
	return a.do(c, view, step{moveView, "meeting.moved", func() error {
		return a.meetings.Change(c.UserContext(), request.Actor(c), id, view.Move)
	}})
}

// CallOff says that a date does not take place, or this one and all that follow.
func (a *Area) CallOff(c *fiber.Ctx) error {
	view, id, err := a.change(c)
	if err != nil {
		return err
	}
	view.Off = meeting.Calling{Following: c.FormValue("following") == "1", Note: request.Typed(c, "note")}
	return a.do(c, view, step{offView, "meeting.off", func() error {
		return a.meetings.CallOff(c.UserContext(), request.Actor(c), id, view.Off)
	}})
}

// Rest lets the series of a date rest.
func (a *Area) Rest(c *fiber.Ctx) error {
	view, id, err := a.change(c)
	if err != nil {
		return err
	}
	view.Pause = meeting.Pause{From: c.FormValue("from"), Until: c.FormValue("until"), Note: request.Typed(c, "note")}
	return a.do(c, view, step{restView, "meeting.rested", func() error {
		_, err := a.meetings.Rest(c.UserContext(), request.Actor(c), id, view.Pause)
		return err
	}})
}

// Wake lets a date that rests take place after all.
func (a *Area) Wake(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.meetings.Wake(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, pathOf(id), ui.Done, "meeting.woken")
}

// step is what a form does: its page when it comes back, the word when it is done.
type step struct {
	show func(changePage) templ.Component
	done string
	try  func() error
}

// do tries a form and shows it again with what was typed when it cannot be.
func (a *Area) do(c *fiber.Ctx, view changePage, s step) error {
	status, back, err := request.StoppedTeam(c, view.Page)
	if err != nil {
		return err
	}
	if view.Again = back; status != 0 {
		return a.kit.Send(c, status, s.show(view))
	}
	if err := s.try(); err != nil {
		status, rest := request.Refused(view.Page, &view.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, s.show(view))
	}
	return a.kit.Go(c, view.To, ui.Done, s.done)
}
