package trainingweb

import (
	"path"
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// listPage is the list of what can be learned. A visitor sees what there is, without links.
type listPage struct {
	*ui.Page
	Ways        []listedWay
	Modules     []listed // those on no path
	Coordinates bool
	Authors     bool
	Watches     bool // somebody asked her to watch a practice
}

// listedWay is one path with its steps in order.
type listedWay struct {
	training.Way
	Title, Lang string
	Mine        bool     // it belongs to a role of hers
	Rows        []listed // its steps, without those that stand on a path before it
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
	view := listPage{Page: a.page(c), Coordinates: coordinates(who), Authors: authors(who)}
	modules, err := a.training.Modules(c.UserContext())
	if err != nil {
		return err
	}
	var all []listed
	for _, m := range modules {
		text := m.In(view.P.Tag)
		all = append(all, listed{Slug: m.Slug, Text: text, Dir: a.dir(text), Minutes: m.Minutes, Units: len(text.Units), Needed: needed(who, m)})
	}
	if who.SignedIn() {
		stands, err := a.training.Overview(c.UserContext(), who)
		if err != nil {
			return err
		}
		for i := range stands {
			all[i].Progress = &stands[i]
		}
	}
	if who.Role != nil {
		waiting, err := a.training.ToWatch(c.UserContext(), who)
		if err != nil {
			return err
		}
		view.Watches = len(waiting) > 0
	}
	view.sort(who, all)
	return a.kit.Send(c, fiber.StatusOK, listView(view))
}

// sort puts each module on the first path that has it; the rest follow.
func (v *listPage) sort(who member.Actor, all []listed) {
	taken := map[string]bool{}
	for _, path := range content.Paths() {
		way := listedWay{Way: training.Way{Path: path}, Mine: path.Role != "" && who.Has(member.Role(path.Role))}
		way.Title, way.Lang = path.Title(v.P.Tag)
		for _, slug := range path.Modules {
			at := slices.IndexFunc(all, func(m listed) bool { return m.Slug == slug })
			if at < 0 {
				continue
			}
			if all[at].Progress != nil {
				way.Steps = append(way.Steps, *all[at].Progress)
			}
			if !taken[slug] {
				way.Rows = append(way.Rows, all[at])
			}
			taken[slug] = true
		}
		if len(way.Rows) > 0 {
			v.Ways = append(v.Ways, way)
		}
	}
	for _, m := range all {
		if !taken[m.Slug] {
			v.Modules = append(v.Modules, m)
		}
	}
}

// Module shows one module: what it is about, its units, and what is left to do.
func (a *Area) Module(c *fiber.Ctx) error {
	l, err := a.lesson(c)
	if err != nil {
		return err
	}
	if l.Keep, err = a.offer(c, l); err != nil {
		return err
	}
	return a.light(c, l.Page, moduleView(l))
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
	return a.light(c, l.Page, unitView(unitPage{lesson: l, Unit: unit, Place: place, HTML: a.body(l, unit)}))
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

// Refresh begins a finished module anew.
func (a *Area) Refresh(c *fiber.Ctx) error {
	l, err := a.bareLesson(c)
	if err != nil {
		return err
	}
	if err := a.training.Refresh(c.UserContext(), request.Actor(c), l.Slug); err != nil {
		return err
	}
	return a.kit.Go(c, l.path(""), ui.Done, "learn.refresh.begun")
}

// voices are the kinds of recordings, by the end of their names.
var voices = map[string]string{".mp3": "audio/mpeg", ".ogg": "audio/ogg", ".opus": "audio/ogg", ".m4a": "audio/mp4"}

// Voice sends the recorded voice of a unit.
func (a *Area) Voice(c *fiber.Ctx) error {
	l, err := a.bareLesson(c)
	if err != nil {
		return err
	}
	unit, _, ok := l.Text.Unit(c.Params("unit"))
	if !ok || unit.Audio == "" {
		return notFound()
	}
	sound, err := l.Module.Recording(unit)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, voices[path.Ext(unit.Audio)])
	return c.Send(sound)
}
