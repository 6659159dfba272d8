package practiceweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/practice"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// interviewsPage is what the team works on.
type interviewsPage struct {
	*ui.Page
	Lines []practice.Line
}

// Interviews lists the interviews.
func (a *Area) Interviews(c *fiber.Ctx) error {
	view := interviewsPage{Page: a.page(c)}
	var err error
	if view.Lines, err = a.library.Open(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, interviewsView(view))
}

// beginPage asks for what is known before the first question.
type beginPage struct {
	*ui.Page
	ui.Again
	Guide content.Guide
	Form  practice.BeginForm
}

// BeginForm shows it.
func (a *Area) BeginForm(c *fiber.Ctx) error {
	if !talks(c) {
		return fault.Missing()
	}
	page := a.page(c)
	return a.kit.Send(c, fiber.StatusOK, beginView(beginPage{Page: page, Guide: a.library.Guide(), Form: practice.BeginForm{Lang: page.P.Tag, Nonce: request.NewNonce()}}))
}

// Begin starts an interview.
func (a *Area) Begin(c *fiber.Ctx) error {
	view := beginPage{Page: a.form(c), Guide: a.library.Guide(), Form: practice.BeginForm{
		Name: request.Typed(c, "name"), Country: c.FormValue("country"), Lang: c.FormValue("language"), Nonce: c.Params("form"),
	}}
	status, back, err := request.StoppedTeam(c, view.Page)
	if err != nil {
		return err
	}
	view.Again = back
	if status == 0 {
		id, err := a.library.Begin(c.UserContext(), request.Actor(c), view.Form)
		if err == nil {
			return a.kit.Go(c, stepPath(id, practice.StepAbout), ui.Done, "practice.begun")
		}
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
	}
	return a.kit.Send(c, status, beginView(view))
}

// languageOptions are the languages in which an interview can be written.
func languageOptions() []ui.Option {
	options := make([]ui.Option, len(content.Spoken))
	for i, tag := range content.Spoken {
		options[i] = ui.Option{Value: tag, Label: request.LanguageName(tag), Lang: tag}
	}
	return options
}

// roomPage is one interview with what she may do with it.
type roomPage struct {
	*ui.Page
	ui.Again
	Room  practice.Room
	Guide content.Guide
	Steps []string
	Sheet practice.Texts
	Why   string
}

// Room shows one interview.
func (a *Area) Room(c *fiber.Ctx) error { return a.sendRoom(c, fiber.StatusOK, ui.Again{}, "") }

func (a *Area) sendRoom(c *fiber.Ctx, status int, back ui.Again, why string) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := roomPage{Page: a.page(c), Again: back, Guide: a.library.Guide(), Steps: a.library.Steps(), Why: why}
	if view.Room, err = a.library.Interview(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	view.Path, view.Sheet = roomPath(id), a.library.Fields(view.Room.Interview)
	return a.kit.Send(c, status, roomView(view))
}

// HandOn gives an interview to a second person.
func (a *Area) HandOn(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	if err := a.library.HandOn(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, roomPath(id), ui.Done, "practice.handed")
}

// TakeBack brings an interview back from the check, from a second person with the reason.
func (a *Area) TakeBack(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	page, why := a.form(c), request.Typed(c, "why")
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptWhyView(roomPage{Page: page, Again: back, Room: practice.Room{Interview: practice.Interview{ID: id}}, Why: why}))
	}
	if status == 0 {
		err := a.library.TakeBack(c.UserContext(), request.Actor(c), id, why)
		if err == nil {
			return a.kit.Go(c, roomPath(id), ui.Done, "practice.taken")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendRoom(c, status, back, why)
}

// Publish makes it a sheet of the library.
func (a *Area) Publish(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	sheet, err := a.library.Publish(c.UserContext(), request.Actor(c), id, request.Whole(c.FormValue("version")))
	if err != nil {
		return err
	}
	return a.kit.Go(c, sheetPath(sheet), ui.Done, "practice.published")
}

// Drop throws an interview away.
func (a *Area) Drop(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	if err := a.library.Drop(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, interviews, ui.Done, "practice.dropped")
}

// stepWord names a step: the sections of the guide have words of their own.
func stepWord(p *ui.Page, guide content.Guide, step string) string {
	switch step {
	case practice.StepAbout:
		return p.T("practice.step.about")
	case practice.StepSheet:
		return p.T("practice.sheet")
	case practice.StepCriteria:
		return p.T("practice.criteria")
	}
	for _, section := range guide.Sections {
		if section.ID == step {
			words, _ := practice.Texts(section.Title).In(p.P.Tag)
			return words
		}
	}
	return step
}

func stageWord(p *ui.Page, s practice.Stage) string {
	if s == practice.InCheck {
		return p.T("practice.stage.check")
	}
	return p.T("practice.stage.draft")
}
