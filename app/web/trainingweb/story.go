package trainingweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/markup"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// storyPage is one scene of a story and how she came there.
type storyPage struct {
	lesson
	Scene content.Scene
	Said  string
	Steps int
	HTML  string
}

// Story shows the scene in which she stands.
func (a *Area) Story(c *fiber.Ctx) error {
	l, err := a.lesson(c)
	if err != nil {
		return err
	}
	story := l.Text.Scenario
	if len(story.Scenes) == 0 {
		return notFound()
	}
	view := storyPage{lesson: l}
	view.Scene, view.Said, view.Steps = story.Walk(l.Progress.Steps)
	view.HTML = markup.Page(view.Scene.Text)
	return a.light(c, l.Page, storyView(view))
}

// Step goes on by a choice, or back by one step or to the beginning.
func (a *Area) Step(c *fiber.Ctx) error {
	l, err := a.bareLesson(c)
	if err != nil {
		return err
	}
	who, back := request.Actor(c), c.FormValue("back")
	if back != "" {
		err = a.training.BackInStory(c.UserContext(), who, l.Slug, back == "all")
	} else if choice := c.FormValue("choice"); choice == "" {
		return a.kit.Go(c, l.path("/story"), ui.Due, "learn.story.choose")
	} else {
		err = a.training.Step(c.UserContext(), who, l.Slug, c.FormValue("from"), choice)
	}
	if fault.Is(err, fault.Invalid) { // a choice that an older version had
		return a.kit.Go(c, l.path("/story"), ui.Due, "learn.story.odd")
	}
	if err != nil {
		return err
	}
	return c.Redirect(l.path("/story"), fiber.StatusSeeOther)
}
