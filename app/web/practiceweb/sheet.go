package practiceweb

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/practice"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// sheetPage is everything that is known about one practice.
type sheetPage struct {
	*ui.Page
	Practice  practice.Practice
	Checked   bool
	Words     string // the summary
	WordsLang string
	Answers   []practice.Correction
	Tends     bool
	Talks     bool
}

// Sheet shows one practice.
func (a *Area) Sheet(c *fiber.Ctx) error {
	s, err := a.library.One(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	view := sheetPage{Page: a.page(c), Practice: s, Checked: a.library.Checked(s), Tends: tends(c), Talks: talks(c)}
	view.Words, view.WordsLang = s.Summary.In(view.P.Tag)
	if view.Answers, err = a.library.Answers(c.UserContext(), s.ID); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, sheetView(view))
}

// foreign reports whether the sheet is in another language than the page.
func (v sheetPage) foreign() bool { return v.Practice.Lang != v.P.Tag }

// Verify says that a coordinator checked a sheet today.
func (a *Area) Verify(c *fiber.Ctx) error {
	id := c.Params("id")
	if err := a.library.Verify(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, sheetPath(id), ui.Done, "practice.verified")
}

// Again starts an interview about a sheet.
func (a *Area) Again(c *fiber.Ctx) error {
	id, err := a.library.Again(c.UserContext(), request.Actor(c), c.Params("id"))
	if err != nil {
		return err
	}
	return a.kit.Go(c, roomPath(id), ui.Done, "practice.begun")
}

// answerLine tells what became of a correction that somebody sent.
func answerLine(p *ui.Page, c practice.Correction) string {
	if c.State == practice.Used {
		return p.T("directory.answer.used", "Day", p.P.Day(c.Day))
	}
	return p.T("directory.answer.not", "Day", p.P.Day(c.Day))
}

// criteriaTable is a table of criteria; lang is the language of the grounds.
func criteriaTable(p *ui.Page, caption string, list []criterion, lang string) ui.Table {
	t := ui.Table{Caption: caption, Head: []string{p.T("practice.criterion"), p.T("practice.answer"), p.T("practice.ground")}}
	for _, one := range list {
		t.Rows = append(t.Rows, []templ.Component{ui.Words(p.T(one.key)), ui.Words(p.T(answerKeys[one.judged.Answer])), inLanguage(one.judged.Ground, lang)})
	}
	return t
}

// correctPage is where somebody says what is wrong with a sheet.
type correctPage struct {
	*ui.Page
	ui.Again
	Practice practice.Practice
	Words    string
}

// CorrectForm asks what is wrong. Nobody needs a key for it.
func (a *Area) CorrectForm(c *fiber.Ctx) error {
	s, err := a.library.One(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, correctView(correctPage{Page: a.form(c), Practice: s}))
}

// Correct takes what somebody says. What was typed stays on the form, whatever became of it.
func (a *Area) Correct(c *fiber.Ctx) error {
	s, err := a.library.One(c.UserContext(), c.Params("id"))
	if err != nil {
		return err
	}
	view := correctPage{Page: a.form(c), Practice: s, Words: request.Typed(c, "words")}
	status := fiber.StatusConflict
	if request.Trusted(c) {
		err := a.library.Suggest(c.UserContext(), s.ID, view.Words)
		if err == nil {
			return a.kit.Go(c, sheetPath(s.ID), ui.Done, "directory.corrected")
		}
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
	} else {
		view.Notice = &ui.Notice{Tone: ui.Due, Text: view.T("common.again.stale")}
	}
	return a.kit.Send(c, status, correctView(view))
}

// correctionsPage is what waits for a coordinator.
type correctionsPage struct {
	*ui.Page
	Waiting []practice.Waiting
	More    bool
}

// Corrections lists what people said is wrong.
func (a *Area) Corrections(c *fiber.Ctx) error {
	view := correctionsPage{Page: a.page(c)}
	var err error
	if view.Waiting, view.More, err = a.library.Corrections(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, correctionsView(view))
}

// Settle ends one of them.
func (a *Area) Settle(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	if err := a.library.Settle(c.UserContext(), request.Actor(c), id, practice.State(c.FormValue("state"))); err != nil {
		return err
	}
	return a.kit.Go(c, library+"/corrections", ui.Done, "directory.settled")
}
