package trainingweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/markup"
	"portico/app/store"
	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// practicePage is a task that somebody watches, for who learns it.
type practicePage struct {
	lesson
	Signers []training.Signer
	Chosen  string
	HTML    string
}

// Practice shows the task, what was seen of it, and who can be asked to watch.
func (a *Area) Practice(c *fiber.Ctx) error {
	view, err := a.practice(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, practiceView(view))
}

// AskPractice asks somebody to watch.
func (a *Area) AskPractice(c *fiber.Ctx) error {
	view, err := a.practice(c)
	if err != nil {
		return err
	}
	view.Chosen = c.FormValue("signer")
	signer, _ := store.ParseID(view.Chosen)
	if err := a.training.AskPractice(c.UserContext(), request.Actor(c), view.Slug, signer); err != nil {
		status, rest := request.Refused(view.Page, &view.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, practiceView(view))
	}
	return a.kit.Go(c, view.path("/practice"), ui.Done, "learn.practice.sent")
}

func (a *Area) practice(c *fiber.Ctx) (practicePage, error) {
	l, err := a.lesson(c)
	if err != nil {
		return practicePage{}, err
	}
	if !l.Role || !l.Practised() {
		return practicePage{}, notFound()
	}
	view := practicePage{lesson: l, HTML: markup.Page(l.Text.Practice.Task)}
	view.Signers, err = a.training.Signers(c.UserContext(), request.Actor(c), l.Slug)
	return view, err
}

// signerOptions are the people who can be asked.
func (v practicePage) signerOptions() []ui.Option {
	options := []ui.Option{{Value: "", Label: v.T("learn.waive.choose")}}
	for _, one := range v.Signers {
		options = append(options, ui.Option{Value: one.ID.String(), Label: one.Handle})
	}
	return options
}

// watchPage is the practices that wait for somebody.
type watchPage struct {
	*ui.Page
	Waiting []watched
}

// watched is one of them with its words.
type watched struct {
	training.Watching
	Text content.ModuleText
	Dir  string
}

// Watch shows the practices that others asked her to watch.
func (a *Area) Watch(c *fiber.Ctx) error {
	view := watchPage{Page: a.page(c)}
	waiting, err := a.training.ToWatch(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	all, err := a.training.Modules(c.UserContext())
	if err != nil {
		return err
	}
	for _, one := range waiting {
		for _, m := range all {
			if m.Slug == one.Module {
				text := m.In(view.P.Tag)
				view.Waiting = append(view.Waiting, watched{one, text, a.dir(text)})
			}
		}
	}
	return a.kit.Send(c, fiber.StatusOK, watchView(view))
}

// Witness keeps what she saw.
func (a *Area) Witness(c *fiber.Ctx) error {
	person, ok := store.ParseID(c.Params("id"))
	if !ok {
		return notFound()
	}
	var seen []string
	for _, item := range c.Request().PostArgs().PeekMulti("seen") {
		seen = append(seen, string(item))
	}
	if err := a.training.Witness(c.UserContext(), request.Actor(c), person, c.Params("module"), seen); err != nil {
		return err
	}
	return a.kit.Go(c, "/learn/practice", ui.Done, "learn.practice.witnessed")
}
