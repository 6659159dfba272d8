package materialweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/material"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// consultForm asks for a survey: up to five questions, of which three are proposed.
func (a *Area) consultForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/consult")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.consult"), f.T("material.consult.lead"), f.T("material.consult.go"), "material.consult.done"
	f.Sees = f.T("material.sees.members")
	kinds := []ui.Option{{Value: material.Scale, Label: f.T("material.question.scale")}, {Value: material.Words, Label: f.T("material.question.words")}}
	proposed := [material.MostQuestions][2]string{
		{f.T("material.question.draft.clear"), material.Scale}, {f.T("material.question.draft.give"), material.Scale},
		{f.T("material.question.draft.missing"), material.Words}, {"", material.Words}, {"", material.Words},
	}
	fresh := c.Method() == fiber.MethodGet
	for i, q := range proposed {
		n := strconv.Itoa(i + 1)
		if !fresh {
			q = [2]string{request.Typed(c, "question"+n), c.FormValue("kind" + n)}
		}
		f.Fields = append(f.Fields,
			line(ui.Input{ID: "question" + n, Label: f.T("material.question", "Number", n), Value: q[0], Optional: i >= material.FewestQuestions}),
			choose(ui.Choice{ID: "kind" + n, Label: f.T("material.question.kind.n", "Number", n), Options: kinds, Value: q[1]}))
	}
	least, closes := c.FormValue("least"), c.FormValue("closes")
	if fresh {
		least, closes = "10", a.kit.Clock.DayAfter(21)
	}
	f.Fields = append(f.Fields,
		line(ui.Input{ID: "least", Kind: ui.Number, Label: f.T("material.least"), Hint: f.T("material.least.hint"), Value: least, Max: 4}),
		line(ui.Input{ID: "closes", Kind: ui.Day, Label: f.T("material.closes"), Value: closes}),
		line(ui.Input{ID: "not_asked", Kind: ui.TextArea, Rows: 3, Label: f.T("material.not-asked"), Hint: f.T("material.not-asked.hint"), Value: request.Typed(c, "not_asked")}))
	return f
}

// ConsultForm asks for a survey.
func (a *Area) ConsultForm(c *fiber.Ctx) error { return a.showGroup(c, a.consultForm) }

// Consult opens a consultation.
func (a *Area) Consult(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.consultForm(c), func() error {
		form := material.ConsultForm{Least: whole(c.FormValue("least")), ClosesDay: c.FormValue("closes"), NotAsked: request.Typed(c, "not_asked")}
		for i := 1; i <= material.MostQuestions; i++ {
			n := strconv.Itoa(i)
			if words := request.Typed(c, "question"+n); words != "" {
				form.Questions = append(form.Questions, material.Question{Kind: c.FormValue("kind" + n), Words: words})
			}
		}
		return a.mat.Consult(c.UserContext(), request.Actor(c), id, form)
	})
}

// CloseConsultation ends a consultation.
func (a *Area) CloseConsultation(c *fiber.Ctx) error {
	return a.do(c, func(id store.ID) error {
		return a.mat.CloseConsultation(c.UserContext(), request.Actor(c), id)
	}, groupRoom, "material.consultation.closed")
}

func (a *Area) prolongForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/consult/longer")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.prolong"), f.T("material.prolong.lead"), f.T("material.prolong.go"), "material.prolong.done"
	f.Sees = f.T("material.sees.members")
	f.Fields = []field{line(ui.Input{ID: "closes", Kind: ui.Day, Label: f.T("material.closes"), Value: c.FormValue("closes")})}
	return f
}

// ProlongForm asks for a later day.
func (a *Area) ProlongForm(c *fiber.Ctx) error { return a.showGroup(c, a.prolongForm) }

// Prolong gives people more time.
func (a *Area) Prolong(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.prolongForm(c), func() error {
		return a.mat.Prolong(c.UserContext(), request.Actor(c), id, c.FormValue("closes"))
	})
}

func (a *Area) decideForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/decide")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.decide"), f.T("material.decide.lead"), f.T("material.decide.go"), "material.decide.done"
	closes := c.FormValue("closes")
	if c.Method() == fiber.MethodGet {
		closes = a.kit.Clock.DayAfter(14)
	}
	f.Fields = []field{line(ui.Input{ID: "closes", Kind: ui.Day, Label: f.T("material.vote.closes"), Value: closes})}
	return f
}

// DecideForm asks until when the group votes.
func (a *Area) DecideForm(c *fiber.Ctx) error { return a.showGroup(c, a.decideForm) }

// Decide opens a vote.
func (a *Area) Decide(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.decideForm(c), func() error {
		return a.mat.OpenVote(c.UserContext(), request.Actor(c), id, c.FormValue("closes"))
	})
}

func (a *Area) voteForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/vote")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.vote"), f.T("material.vote.lead"), f.T("material.vote.go"), "material.vote.done"
	f.Sees = f.T("material.sees.vote")
	var options []ui.Option
	for _, code := range material.Choices {
		options = append(options, ui.Option{Value: code, Label: word(f.Page, choiceWords, code)})
	}
	f.Fields = []field{
		cards(ui.Choice{ID: "choice", Label: f.T("material.vote.what"), Options: options, Value: c.FormValue("choice")}),
		line(ui.Input{ID: "words", Kind: ui.TextArea, Rows: 3, Label: f.T("material.vote.words"), Hint: f.T("material.vote.words.hint"), Value: request.Typed(c, "words"), Optional: true}),
	}
	return f
}

// VoteForm asks for her vote.
func (a *Area) VoteForm(c *fiber.Ctx) error {
	shop, err := a.shop(c)
	if err != nil {
		return err
	}
	if shop.State != material.Deciding {
		return fault.Missing()
	}
	return a.show(c, a.voteForm(c))
}

// Vote keeps her vote.
func (a *Area) Vote(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.voteForm(c), func() error {
		return a.mat.Vote(c.UserContext(), request.Actor(c), id, material.VoteForm{Choice: c.FormValue("choice"), Words: request.Typed(c, "words")})
	})
}

// Count closes a vote whose day is over.
func (a *Area) Count(c *fiber.Ctx) error {
	return a.do(c, func(id store.ID) error { return a.mat.CountVotes(c.UserContext(), request.Actor(c), id) }, groupRoom, "material.vote.counted")
}
