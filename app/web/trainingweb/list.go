package trainingweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// listPage is the list of what can be learned. A visitor sees what there is, without links.
type listPage struct {
	*ui.Page
	Modules     []listed
	Coordinates bool
}

// listed is one module of the list.
type listed struct {
	Slug     string
	Text     content.ModuleText
	Dir      string
	Minutes  int
	Units    int
	Needed   bool
	Progress *training.Progress // nil for a visitor
}

// List shows what can be learned here, and to a learner how far she is.
func (a *Area) List(c *fiber.Ctx) error {
	who := request.Actor(c)
	view := listPage{Page: a.page(c), Coordinates: coordinates(who)}
	for _, m := range a.training.Modules() {
		text := m.In(view.P.Tag)
		view.Modules = append(view.Modules, listed{Slug: m.Slug, Text: text, Dir: a.dir(text), Minutes: m.Minutes, Units: len(text.Units), Needed: needed(who, m)})
	}
	if who.SignedIn() {
		all, err := a.training.Overview(c.UserContext(), who)
		if err != nil {
			return err
		}
		for i := range all {
			view.Modules[i].Progress = &all[i]
		}
	}
	return a.kit.Send(c, fiber.StatusOK, listView(view))
}

// Module shows one module: what it is about, its units, and what is left to do.
func (a *Area) Module(c *fiber.Ctx) error {
	l, err := a.lesson(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, moduleView(l))
}

// unitPage is one unit.
type unitPage struct {
	lesson
	Unit  content.Unit
	Place int // from 0
	HTML  string
}

// Unit shows one unit.
func (a *Area) Unit(c *fiber.Ctx) error {
	l, err := a.lesson(c)
	if err != nil {
		return err
	}
	unit, place, ok := l.Text.Unit(c.Params("unit"))
	if !ok {
		return notFound()
	}
	return a.kit.Send(c, fiber.StatusOK, unitView(unitPage{lesson: l, Unit: unit, Place: place, HTML: a.body(l, unit)}))
}

// DoUnit marks a unit as done, or takes the mark back, and leads on to what comes next.
func (a *Area) DoUnit(c *fiber.Ctx) error {
	l, err := a.bareLesson(c)
	if err != nil {
		return err
	}
	unit, place, ok := l.Text.Unit(c.Params("unit"))
	if !ok {
		return notFound()
	}
	done := c.FormValue("done") != "0"
	if err := a.training.DoUnit(c.UserContext(), request.Actor(c), l.Slug, unit.ID, done); err != nil {
		return err
	}
	if !done {
		return a.kit.Go(c, l.path("/units/"+unit.ID), ui.Info, "learn.unit.undone")
	}
	if place+1 < len(l.Text.Units) {
		return a.kit.Go(c, l.path("/units/"+l.Text.Units[place+1].ID), ui.Done, "learn.unit.next")
	}
	return a.kit.Go(c, l.path(""), ui.Done, "learn.unit.last")
}

// Finish notes that she is through with a module.
func (a *Area) Finish(c *fiber.Ctx) error {
	l, err := a.bareLesson(c)
	if err != nil {
		return err
	}
	if _, err := a.training.Complete(c.UserContext(), request.Actor(c), l.Slug); err != nil {
		return err
	}
	return a.kit.Go(c, l.path(""), ui.Done, "learn.finished")
}
