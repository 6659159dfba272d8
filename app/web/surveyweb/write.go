package surveyweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/survey"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// shownFirst is how many questions a new form shows; the others unfold.
const shownFirst = 3

func asks(c *fiber.Ctx) bool { return request.Actor(c).Has(member.RoleLeader, member.RoleCoordinator) }

// writePage is the form of a survey, new or in one more language.
type writePage struct {
	*ui.Page
	survey.Form
	Action string
	Of     *survey.View // the survey that is said in another language
	Again  ui.Again
}

// field is one question as the form holds it.
func (v writePage) question(i int) (kind string, q survey.Asked) {
	kind = survey.One
	if i < len(v.Types) {
		kind = v.Types[i]
	}
	if i < len(v.Questions) {
		q = v.Questions[i]
	}
	return kind, q
}

func (v writePage) answers(i int) string {
	_, q := v.question(i)
	return strings.Join(q.Answers, "\n")
}

// read takes the form out of a request.
func read(c *fiber.Ctx) survey.Form {
	f := survey.Form{
		Nonce: c.Params("form"), Kind: c.FormValue("kind"), Audience: c.FormValue("audience"), Lang: c.FormValue("lang"), ClosesDay: c.FormValue("closes"),
		Title: request.Typed(c, "title"), Intro: request.Typed(c, "intro"),
	}
	for i := range survey.MostQuestions + 1 {
		n := strconv.Itoa(i + 1)
		var answers []string
		if text := request.Typed(c, "o"+n); text != "" {
			answers = strings.Split(text, "\n")
		}
		f.Types = append(f.Types, c.FormValue("k"+n))
		f.Questions = append(f.Questions, survey.Asked{Words: request.Typed(c, "q"+n), Answers: answers})
	}
	return f
}

// NewForm asks for a new survey.
func (a *Area) NewForm(c *fiber.Ctx) error {
	view := writePage{Page: a.page(c), Action: home + "/new/" + request.NewNonce()}
	view.Lang, view.ClosesDay = view.P.Tag, a.kit.Clock.DayAfter(14)
	return a.kit.Send(c, fiber.StatusOK, writeView(view))
}

// Write keeps a draft.
func (a *Area) Write(c *fiber.Ctx) error {
	view := writePage{Page: a.page(c), Action: home + "/new/" + c.Params("form"), Form: read(c)}
	status := 0
	status, view.Again = request.Stopped(c, view.Page)
	if status != 0 {
		return a.kit.Send(c, status, writeView(view))
	}
	id, err := a.surveys.Write(c.UserContext(), request.Actor(c), view.Form)
	if err != nil {
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, writeView(view))
	}
	return a.kit.Go(c, pathOf(id, ""), ui.Done, "survey.kept")
}

// textPage starts the form that says a survey in one more language.
func (a *Area) textPage(c *fiber.Ctx) (view writePage, err error) {
	view = writePage{Page: a.page(c)}
	id, err := request.ID(c)
	if err != nil {
		return view, err
	}
	found, err := a.surveys.Find(c.UserContext(), request.Actor(c), id, c.Query("of", view.P.Tag))
	if err != nil {
		return view, err
	}
	view.Of, view.Action = &found, pathOf(id, "/words")
	view.Types = strings.Fields(found.Shape)
	return view, nil
}

// TextForm asks for the words in one more language; the words that there are stand beside it.
func (a *Area) TextForm(c *fiber.Ctx) error {
	view, err := a.textPage(c)
	if err != nil {
		return err
	}
	view.Lang = view.P.Tag
	return a.kit.Send(c, fiber.StatusOK, writeView(view))
}

// Translate keeps them.
func (a *Area) Translate(c *fiber.Ctx) error {
	page := a.page(c)
	form := read(c)
	status, back := request.Stopped(c, page)
	view, err := a.textPage(c)
	if err != nil && !(status != 0 && fault.Is(err, fault.NotFound)) {
		return err
	}
	form.Types, view.Form, view.Again = view.Types, form, back
	for len(view.Types) < len(view.Questions) {
		view.Types = append(view.Types, survey.One)
	}
	if status != 0 {
		return a.kit.Send(c, status, writeView(view))
	}
	id, err := request.ID(c)
	if err == nil {
		err = a.surveys.Translate(c.UserContext(), request.Actor(c), id, view.Form)
	}
	if err != nil {
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, writeView(view))
	}
	return a.kit.Go(c, pathOf(id, ""), ui.Done, "survey.kept")
}

// press is the handler of a button below a survey.
func (a *Area) press(c *fiber.Ctx, verb func(id store.ID) error, to, said string) error {
	id, err := request.ID(c)
	if err == nil {
		err = verb(id)
	}
	if err != nil {
		return err
	}
	if to == "" {
		to = pathOf(id, "")
	}
	return a.kit.Go(c, to, ui.Done, said)
}

// Begin opens it for answers.
func (a *Area) Begin(c *fiber.Ctx) error {
	return a.press(c, func(id store.ID) error { return a.surveys.Begin(c.UserContext(), request.Actor(c), id) }, "", "survey.begun")
}

// Stop ends the answering.
func (a *Area) Stop(c *fiber.Ctx) error {
	return a.press(c, func(id store.ID) error { return a.surveys.Stop(c.UserContext(), request.Actor(c), id) }, "", "survey.stopped")
}

// Drop throws a draft away.
func (a *Area) Drop(c *fiber.Ctx) error {
	return a.press(c, func(id store.ID) error { return a.surveys.Drop(c.UserContext(), request.Actor(c), id) }, home, "survey.dropped")
}
