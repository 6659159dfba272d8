package materialweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/material"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// field is one thing that a form asks; exactly one of the parts is set.
type field struct {
	Input  *ui.Input
	Select *ui.Choice
	Cards  *ui.Choice
	Tick   *ui.Tick
	Many   *ui.Choice // any number of answers; Value holds those that are chosen, with a space between
	Hidden [2]string  // name and value
}

// form is a page that asks for words. The same page meets her again when something stands
// in the way, so that nothing typed is lost.
type form struct {
	*ui.Page
	ui.Again
	Heading, Lead    string
	Action, Back     string
	Quote, QuoteLang string // what the form is about
	Fields           []field
	Sees, Button, Go string // who will read; the word on the button; where it leads when done
	Said             string // the message of success
	Kind             ui.ButtonKind
	Icon             string
	Never            bool   // what screening found has to be mended, because many will read it
	Wait             string // proof that she waited after several wrong codes
}

func line(in ui.Input) field           { return field{Input: &in} }
func choose(c ui.Choice) field         { return field{Select: &c} }
func cards(c ui.Choice) field          { return field{Cards: &c} }
func tick(t ui.Tick) field             { return field{Tick: &t} }
func several(c ui.Choice) field        { return field{Many: &c} }
func hidden(name, value string) field  { return field{Hidden: [2]string{name, value}} }
func hiddenN(name string, n int) field { return hidden(name, strconv.Itoa(n)) }

// stop says why a form is shown again before anything is tried: her session is over, or
// the form is from an older one. Open forms need no session. Status 0 is no reason.
func (f *form) stop(c *fiber.Ctx, open bool) (status int) {
	status, f.Again = request.Stopped(c, f.Page)
	if open && f.SignIn {
		f.SignIn, f.Notice, status = false, nil, 0
		if !request.Trusted(c) {
			f.Notice, status = &ui.Notice{Tone: ui.Due, Text: f.T("common.again.stale")}, fiber.StatusConflict
		}
	}
	return status
}

// show sends a form as it is.
func (a *Area) show(c *fiber.Ctx, f form) error { return a.kit.Send(c, fiber.StatusOK, formView(f)) }

// try sends what a form asks to one verb; whatever stands in the way, every word comes
// back. Open forms need no session.
func (a *Area) try(c *fiber.Ctx, f form, open bool, verb func(f form) (material.Receipt, error)) error {
	if status := f.stop(c, open); status != 0 {
		return a.kit.Send(c, status, formView(f))
	}
	made, err := verb(f)
	if err != nil {
		status, rest := request.Refused(f.Page, &f.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, formView(f))
	}
	if !made.Stored {
		request.Warn(f.Page, &f.Again, made.Verdict)
		f.Never = f.Never || f.Refuse
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, formView(f))
	}
	return a.kit.Go(c, f.Go, ui.Done, f.Said)
}

// tryPlain is try for a verb that screens nothing.
func (a *Area) tryPlain(c *fiber.Ctx, f form, verb func() error) error {
	return a.try(c, f, false, func(form) (material.Receipt, error) { return material.Receipt{Stored: true}, verb() })
}
