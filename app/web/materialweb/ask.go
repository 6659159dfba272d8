package materialweb

import (
	"strconv"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/markup"
	"portico/app/material"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// askedPage is a text that people are asked about.
type askedPage struct {
	*ui.Page
	material.Asked
	Dir  string
	HTML string
	Form form
}

// Consultation shows what is asked, with the survey.
func (a *Area) Consultation(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := askedPage{Page: a.formPage(c)}
	if view.Asked, err = a.mat.Asked(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	if view.Ended {
		return a.kit.Send(c, fiber.StatusOK, cameView(view))
	}
	view.Dir, view.HTML = a.dir(view.Lang), markup.Page(view.Version.Body)
	view.Form = a.sayForm(c, view.Page)
	view.Form.Fields = replyFields(c, view.Page, view.Questions)
	return a.kit.Send(c, fiber.StatusOK, askedView(view))
}

// sayForm asks the questions; without a session it can only keep what was typed.
func (a *Area) sayForm(c *fiber.Ctx, p *ui.Page) form {
	back := "/read/" + c.Params("id") + "/consultation"
	return form{Page: p, Heading: p.T("material.say"), Action: back, Back: back, Go: back, Sees: p.T("material.sees.answers"),
		Button: p.T("material.say.go"), Said: "material.say.done"}
}

func replyName(number int) string { return "reply" + strconv.Itoa(number) }

func replyFields(c *fiber.Ctx, p *ui.Page, questions []material.Question) []field {
	var fields []field
	for _, q := range questions {
		name := replyName(q.Number)
		if q.Kind == material.Scale {
			fields = append(fields, choose(ui.Choice{ID: name, Label: q.Words, Options: scaleOptions(p), Value: c.FormValue(name)}))
		} else {
			fields = append(fields, line(ui.Input{ID: name, Kind: ui.TextArea, Rows: 3, Label: q.Words, Value: request.Typed(c, name), Optional: true}))
		}
	}
	return fields
}

func scaleOptions(p *ui.Page) []ui.Option {
	list := []ui.Option{{Label: p.T("material.feedback.skip")}}
	for i, key := range scaleWords {
		list = append(list, ui.Option{Value: strconv.Itoa(i + 1), Label: p.T(key)})
	}
	return list
}

// keptReplies hold what somebody typed while nobody knows which questions they answer.
func keptReplies(c *fiber.Ctx, p *ui.Page) []field {
	var fields []field
	for n := 1; n <= material.MostQuestions; n++ {
		name := replyName(n)
		switch value := request.Typed(c, name); {
		case whole(value) > 0:
			fields = append(fields, hidden(name, value))
		case value != "":
			fields = append(fields, line(ui.Input{ID: name, Kind: ui.TextArea, Rows: 3, Label: p.T("material.say.words"), Value: value}))
		}
	}
	return fields
}

// Say keeps her answers.
func (a *Area) Say(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	f := a.sayForm(c, a.formPage(c))
	asked, err := a.mat.Asked(c.UserContext(), request.Actor(c), id)
	if err == nil {
		f.Fields = replyFields(c, f.Page, asked.Questions)
	} else {
		f.Fields = keptReplies(c, f.Page)
	}
	return a.try(c, f, false, func(f form) (material.Receipt, error) {
		say := material.SayForm{Insist: f.Insist}
		for n := 1; n <= material.MostQuestions; n++ {
			value := request.Typed(c, replyName(n))
			say.Replies = append(say.Replies, material.Reply{Number: n, Scale: whole(value), Words: value})
		}
		return a.mat.Say(c.UserContext(), request.Actor(c), id, say)
	})
}

// suggestPage lists the passages about which she may suggest something.
type suggestPage struct {
	*ui.Page
	material.Passages
	Dir string
}

// SuggestForm lists the passages, or asks for the change of one.
func (a *Area) SuggestForm(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	p := a.formPage(c)
	found, err := a.mat.Passages(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	part := whole(c.Query("part"))
	if part < 1 || part > len(found.Parts) {
		return a.kit.Send(c, fiber.StatusOK, suggestView(suggestPage{p, found, a.dir(found.Lang)}))
	}
	f := a.suggestForm(c, p)
	f.Quote, f.QuoteLang = found.Parts[part-1], found.Lang
	f.Fields[0] = line(ui.Input{ID: "wanted", Kind: ui.TextArea, Label: p.T("material.suggest.wanted"), Hint: p.T("material.suggest.wanted.hint"), Value: found.Parts[part-1], Lang: found.Lang})
	f.Fields = append(f.Fields, hiddenN("part", part), hiddenN("version", found.Version.Number))
	return a.show(c, f)
}

// suggestForm asks what to change and why; the passage itself is known to those alone who
// may see it.
func (a *Area) suggestForm(c *fiber.Ctx, p *ui.Page) form {
	path := "/read/" + c.Params("id")
	f := form{Page: p, Heading: p.T("material.suggest"), Lead: p.T("material.suggest.lead"), Action: path + "/suggest", Back: path + "/suggest", Go: path,
		Sees: p.T("material.sees.suggestion"), Button: p.T("material.suggest.go"), Said: "material.suggest.done"}
	f.Never = true
	nonce := c.FormValue("nonce")
	if nonce == "" {
		nonce = request.NewNonce()
	}
	f.Fields = []field{
		line(ui.Input{ID: "wanted", Kind: ui.TextArea, Label: p.T("material.suggest.wanted"), Value: request.Typed(c, "wanted")}),
		line(ui.Input{ID: "why", Kind: ui.TextArea, Rows: 3, Label: p.T("material.suggest.why"), Value: request.Typed(c, "why")}),
		hidden("nonce", nonce),
	}
	if request.Actor(c).Role != nil {
		f.Fields = append(f.Fields, signTick(c, p))
	}
	return f
}

// Suggest keeps a suggestion.
func (a *Area) Suggest(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	f := a.suggestForm(c, a.formPage(c))
	part, version := whole(c.FormValue("part")), whole(c.FormValue("version"))
	f.Fields = append(f.Fields, hiddenN("part", part), hiddenN("version", version))
	return a.try(c, f, false, func(form) (material.Receipt, error) {
		return a.mat.Suggest(c.UserContext(), request.Actor(c), id, material.SuggestionForm{
			Version: version, Part: part, Wanted: request.Typed(c, "wanted"), Why: request.Typed(c, "why"), Sign: c.FormValue("sign") == "1",
			Nonce: c.FormValue("nonce"),
		})
	})
}

// drawn keeps the numbers of a text in their order, in whichever direction it runs.
func drawn(text string) templ.Component { return templ.Raw(markup.Line(text)) }

// suggestionOf draws one suggestion.
func suggestionOf(p *ui.Page, s material.SuggestionLine, lang, dir string) ui.Suggestion {
	one := ui.Suggestion{Draw: drawn, Passage: s.Passage, Wanted: s.Wanted, Why: s.Why, By: s.By, Lang: lang, Dir: dir}
	switch s.State {
	case material.Changed:
		one.Answer = p.T("material.answer.changed")
	case material.Kept:
		one.Answer = p.T("material.answer.kept")
	}
	if s.Answer != "" {
		one.Answer += " " + s.Answer
	}
	return one
}
