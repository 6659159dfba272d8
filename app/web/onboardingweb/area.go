// Package onboardingweb is the pages of coming in: what organisations say in public, the
// form for interest, a candidate's own page, the coordinators' list of paths, and for
// colleagues the steps, votes and panels that are asked of them.
//
// Invariants: a candidate's page says what comes next, who does it and by when, and always
// how to stop; nothing that she does herself is ever called late. No page shows a count
// before a vote is over. Whatever somebody typed comes back with the form. Titles of the
// browser's tab are neutral.
package onboardingweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/onboarding"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Area holds the handlers.
type Area struct {
	kit *request.Kit
	in  *onboarding.Service
}

// New makes the area.
func New(kit *request.Kit, in *onboarding.Service) *Area { return &Area{kit, in} }

// page starts a page of the area; all have the same title.
func (a *Area) page(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("nav.work"), "own")
}

// form is one form: alone on a page when it comes back, or among others.
type form struct {
	*ui.Page
	ui.Again
	Title, Lead    string // of the page that it stands alone on
	Back, BackWord string // the way back from there
	Action, Button string
	Kind           ui.ButtonKind
	Sees           string // who sees what is sent, "" where nobody reads anything
	Fields         []field
}

// field is one part of a form; exactly one of its kinds is set.
type field struct {
	Line   *ui.Input
	Select *ui.Choice
	Cards  *ui.Choice
	Tick   *ui.Tick
	Many   *many
	Hidden *ui.Option
}

// many is a question with several answers.
type many struct {
	ID, Label, Hint string
	Options         []ui.Option
	Chosen          []string
}

func line(in ui.Input) field        { return field{Line: &in} }
func choose(c ui.Choice) field      { return field{Select: &c} }
func cards(c ui.Choice) field       { return field{Cards: &c} }
func tick(t ui.Tick) field          { return field{Tick: &t} }
func hidden(name, val string) field { return field{Hidden: &ui.Option{Label: name, Value: val}} }

// area is a field for several lines of words.
func area(id, label, hint, value string, optional bool) field {
	return line(ui.Input{ID: id, Kind: ui.TextArea, Label: label, Hint: hint, Value: value, Optional: optional, Max: onboarding.LongestWords})
}

// act is what a form does, and where it goes on.
type act struct {
	do    func() (onboarding.Receipt, error)
	to    string
	flash string
}

// plain is an act without words that could be looked at again.
func plain(err error) (onboarding.Receipt, error) { return onboarding.Receipt{Stored: true}, err }

// send runs a form of the team. Whatever stands in the way is said above the same form.
func (a *Area) send(c *fiber.Ctx, f form, do act) error {
	status, back, err := request.StoppedTeam(c, f.Page)
	if err != nil {
		return err
	}
	return a.run(c, f, do, status, back)
}

// sendHers runs a form of a candidate.
func (a *Area) sendHers(c *fiber.Ctx, f form, do act) error {
	who := request.Actor(c)
	if who.SignedIn() && who.Role == nil {
		return fault.Missing()
	}
	status, back := request.Stopped(c, f.Page)
	return a.run(c, f, do, status, back)
}

func (a *Area) run(c *fiber.Ctx, f form, do act, status int, back ui.Again) error {
	if f.Again = back; status != 0 {
		return a.kit.Send(c, status, formPage(f))
	}
	receipt, err := do.do()
	if err != nil {
		if status, err = request.Refused(f.Page, &f.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, formPage(f))
	}
	if !receipt.Stored {
		request.Warn(f.Page, &f.Again, receipt.Verdict)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, formPage(f))
	}
	return a.kit.Go(c, do.to, ui.Done, do.flash)
}

// languageOptions are the languages of public pages.
func languageOptions() []ui.Option {
	var list []ui.Option
	for _, tag := range onboarding.Langs {
		list = append(list, ui.Option{Value: tag, Label: request.LanguageName(tag), Lang: tag})
	}
	return list
}
