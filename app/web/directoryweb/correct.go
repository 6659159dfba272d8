package directoryweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/fault"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// correctPage is where somebody says what is wrong with an entry.
type correctPage struct {
	*ui.Page
	Entry  directory.Entry
	Words  string
	Notice *ui.Notice
	Errs   []ui.FieldError
}

// CorrectForm asks what is wrong. Nobody needs a key for it.
func (a *Area) CorrectForm(c *fiber.Ctx) error {
	view, err := a.correctPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, correctView(view))
}

func (a *Area) correctPage(c *fiber.Ctx) (correctPage, error) {
	e, err := a.directory.Entry(c.UserContext(), c.Params("id"))
	if err != nil {
		return correctPage{}, err
	}
	return correctPage{Page: a.form(c), Entry: e}, nil
}

// Correct takes what somebody says. What was typed stays on the form, whatever became of it.
func (a *Area) Correct(c *fiber.Ctx) error {
	view, err := a.correctPage(c)
	if err != nil {
		return err
	}
	view.Words = words(c, "words")
	if view.Notice = again(c, view.Page); view.Notice != nil {
		return a.kit.Send(c, fiber.StatusConflict, correctView(view))
	}
	err = a.directory.Suggest(c.UserContext(), view.Entry.ID, view.Words)
	if errs, ok := request.Mend(view.P, err); ok {
		view.Errs = errs
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, correctView(view))
	}
	if fault.Is(err, fault.Refused) {
		view.Notice = &ui.Notice{Tone: ui.Due, Text: request.Words(view.P, err)}
		return a.kit.Send(c, fiber.StatusForbidden, correctView(view))
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, entryPath(view.Entry.ID), ui.Done, "directory.corrected")
}

// correctionsPage is what waits for a coordinator.
type correctionsPage struct {
	*ui.Page
	Waiting []directory.Waiting
	More    bool
}

// Corrections lists what people said is wrong.
func (a *Area) Corrections(c *fiber.Ctx) error {
	view := correctionsPage{Page: a.page(c)}
	var err error
	if view.Waiting, view.More, err = a.directory.Corrections(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, correctionsView(view))
}

// Settle ends one of them.
func (a *Area) Settle(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.New(fault.NotFound, "error.missing")
	}
	if err := a.directory.Settle(c.UserContext(), request.Actor(c), id, directory.State(c.FormValue("state"))); err != nil {
		return err
	}
	return a.kit.Go(c, "/directory/corrections", ui.Done, "directory.settled")
}
