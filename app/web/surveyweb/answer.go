package surveyweb

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/smallcells"
	"portico/app/survey"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/moderation"
)

// onePage is a survey: its questions, or what came of it.
type onePage struct {
	*ui.Page
	survey.View
	Dir   string
	Nonce string
	Given []survey.Given
	Did   string
	Words map[int][]string // for the people who ask
	Again ui.Again
}

func (a *Area) onePage(c *fiber.Ctx) (view onePage, err error) {
	view = onePage{Page: a.page(c), Nonce: request.NewNonce()}
	id, err := request.ID(c)
	if err != nil {
		return view, err
	}
	if view.View, err = a.surveys.Find(c.UserContext(), request.Actor(c), id, c.Query("in", view.P.Tag)); err != nil {
		return view, err
	}
	view.Dir = a.dir(view.Text.Lang)
	if view.Asks && (view.State == survey.Ended || view.State == survey.Closed) {
		view.Words, err = a.surveys.Words(c.UserContext(), request.Actor(c), id)
	}
	return view, err
}

// One shows a survey.
func (a *Area) One(c *fiber.Ctx) error {
	view, err := a.onePage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, oneView(view))
}

// Answer takes the answers. Whatever is in the way, they stay in the form.
func (a *Area) Answer(c *fiber.Ctx) error {
	view, err := a.onePage(c)
	if err != nil {
		return err
	}
	view.Nonce = c.Params("form")
	for i := range view.Text.List() {
		view.Given = append(view.Given, given(c, i+1))
	}
	view.Again.Insist = c.FormValue("insist") == "1"
	if !request.Trusted(c) {
		view.Again.Notice = &ui.Notice{Tone: ui.Due, Text: view.T("directory.again")}
		return a.kit.Send(c, fiber.StatusConflict, oneView(view))
	}
	verdict, err := a.surveys.Reply(c.UserContext(), request.Actor(c), view.ID, survey.Reply{Nonce: view.Nonce, Lang: view.Text.Lang, Given: view.Given, Insist: view.Again.Insist})
	if fault.Is(err, fault.SignIn) {
		view.Again.SignIn, view.Again.Notice = true, &ui.Notice{Tone: ui.Due, Text: view.T("common.again.signin")}
		return a.kit.Send(c, fiber.StatusUnauthorized, oneView(view))
	}
	if err != nil {
		status, rest := request.Refused(view.Page, &view.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, oneView(view))
	}
	if len(verdict.Findings) > 0 {
		request.Warn(view.Page, &view.Again, verdict)
		view.Again.Refuse = verdict.Outcome == moderation.Refuse
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, oneView(view))
	}
	return a.kit.Go(c, home, ui.Done, "survey.thanks")
}

// given reads the answer to one question.
func given(c *fiber.Ctx, no int) survey.Given {
	name := "a" + strconv.Itoa(no)
	g := survey.Given{Words: request.Typed(c, name)}
	for _, value := range c.Request().PostArgs().PeekMulti(name) {
		if n, err := strconv.Atoi(string(value)); err == nil {
			g.Choices = append(g.Choices, n)
		} else if len(value) > 0 && len(value) < 3 {
			g.Choices = append(g.Choices, -1) // no number: no answer of ours
		}
	}
	return g
}

// Close publishes the figures with what was done.
func (a *Area) Close(c *fiber.Ctx) error {
	page := a.page(c)
	status, back := request.Stopped(c, page)
	did := request.Typed(c, "did")
	if status == 0 {
		id, err := request.ID(c)
		if err == nil {
			err = a.surveys.Close(c.UserContext(), request.Actor(c), id, c.FormValue("lang"), did)
		}
		if err == nil {
			return a.kit.Go(c, pathOf(id, ""), ui.Done, "survey.closed.done")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	view, err := a.onePage(c)
	if err != nil {
		return err
	}
	view.Page, view.Again, view.Did = page, back, did
	return a.kit.Send(c, status, oneView(view))
}

// typeOf is the kind of a question.
func (v onePage) typeOf(i int) string { return strings.Fields(v.Shape)[i] }

// shownFigures are whether anybody may read figures now.
func (v onePage) shownFigures() bool {
	return v.State == survey.Closed || v.State == survey.Ended && v.Asks
}

// figure is the chart of a question: what is hidden has no bar.
func (v onePage) figure(i int, q survey.Asked, r smallcells.Released) ui.Chart {
	chart := ui.Chart{ID: "figure-" + strconv.Itoa(i+1), Title: q.Words, LabelAs: v.T("survey.answer"), ValueAs: v.T("survey.people")}
	for k := range r.Rows {
		label := strconv.Itoa(k + 1)
		if k < len(q.Answers) {
			label = q.Answers[k]
		}
		bar := ui.Bar{Label: label, Shown: v.T("survey.few")}
		if n := r.Cells[k][0]; n != smallcells.Hidden {
			bar.Value, bar.Shown = n, v.T("survey.about", "Number", n)
		}
		chart.Bars = append(chart.Bars, bar)
	}
	return chart
}

// nothingShown says that a question has no number that may be shown.
func nothingShown(r smallcells.Released) bool {
	for _, row := range r.Cells {
		if row[0] != smallcells.Hidden {
			return false
		}
	}
	return true
}

func scaleOptions(p *ui.Page) []ui.Option {
	list := make([]ui.Option, survey.TopOfScale)
	for i := range list {
		n := strconv.Itoa(i + 1)
		list[i] = ui.Option{Value: n, Label: n}
	}
	list[0].Label, list[survey.TopOfScale-1].Label = p.T("survey.scale.low"), p.T("survey.scale.high")
	return list
}

func answerOptions(q survey.Asked, lang string) []ui.Option {
	list := make([]ui.Option, len(q.Answers))
	for i, words := range q.Answers {
		list[i] = ui.Option{Value: strconv.Itoa(i + 1), Label: words, Lang: lang}
	}
	return list
}

// chosen is the value of a choice that was made, "" for none.
func (v onePage) chosen(i int) string {
	if i < len(v.Given) && len(v.Given[i].Choices) == 1 {
		return strconv.Itoa(v.Given[i].Choices[0])
	}
	return ""
}

func (v onePage) ticked(i, k int) bool {
	if i >= len(v.Given) {
		return false
	}
	for _, c := range v.Given[i].Choices {
		if c == k {
			return true
		}
	}
	return false
}

func (v onePage) wrote(i int) string {
	if i < len(v.Given) {
		return v.Given[i].Words
	}
	return ""
}
