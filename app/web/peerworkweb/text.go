package peerworkweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/peerwork"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// textPage is the text of a contract, whole or one part of it.
type textPage struct {
	*ui.Page
	ui.Again
	peerwork.OpenText
	Part     int // the part she has opened, 0 for the whole
	Print    bool
	Answer   store.ID // the question that a coordinator answers
	Explain  peerwork.ExplainForm
	Question string
	Words    string // of the answer
	Nonce    string
	Today    string
}

// textPath is the page of a text; hers and the coordinators' are not the same.
func textPath(id store.ID, own bool) string {
	if own {
		return "/work/contract/texts/" + id.String()
	}
	return "/work/team/texts/" + id.String()
}

func partPath(id store.ID, part int) string {
	return textPath(id, true) + "/parts/" + strconv.Itoa(part)
}

// langOptions are the languages in which a contract may be written or explained.
func langOptions(choose string) []ui.Option {
	list := []ui.Option{{Label: choose}}
	for _, tag := range forum.Languages {
		list = append(list, ui.Option{Value: tag, Label: request.LanguageName(tag), Lang: tag})
	}
	return list
}

// Text shows a text: to her with what she can tick and ask, to a coordinator with what was
// ticked and asked.
func (a *Area) Text(c *fiber.Ctx) error { return a.sendText(c, fiber.StatusOK, nil) }

// PrintText shows it for paper.
func (a *Area) PrintText(c *fiber.Ctx) error {
	return a.sendText(c, fiber.StatusOK, func(v *textPage) { v.Print = true })
}

// Part shows one part with its two forms.
func (a *Area) Part(c *fiber.Ctx) error {
	part := request.Whole(c.Params("part"))
	if part == 0 {
		return fault.Missing()
	}
	return a.sendText(c, fiber.StatusOK, func(v *textPage) { v.Part = part })
}

func (a *Area) sendText(c *fiber.Ctx, status int, change func(*textPage)) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := textPage{Page: a.page(c), Today: a.kit.Clock.Today(), Nonce: request.NewNonce()}
	if view.OpenText, err = a.work.Text(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	view.Explain = peerwork.ExplainForm{Day: view.Today, Lang: view.Lang}
	view.Answer, _ = store.ParseID(c.Query("answer"))
	if change != nil {
		change(&view)
	}
	if view.Part > len(view.List) {
		return fault.Missing()
	}
	view.Path = textPath(id, view.Mine)
	return a.kit.Send(c, status, textView(view))
}

// Explain is her tick.
func (a *Area) Explain(c *fiber.Ctx) error {
	f := peerwork.ExplainForm{Day: c.FormValue("day"), Lang: c.FormValue("lang"), By: request.Typed(c, "by")}
	part := request.Whole(c.Params("part"))
	return a.onPart(c, partSent{
		part: part, said: "peerwork.explained.done", keep: func(v *textPage) { v.Explain = f },
		try: func(id store.ID) error { return a.work.Explain(c.UserContext(), request.Actor(c), id, part, f) },
	})
}

// AskAbout is her question to a part.
func (a *Area) AskAbout(c *fiber.Ctx) error {
	f := peerwork.AskForm{Part: request.Whole(c.Params("part")), Words: request.Typed(c, "question"), Nonce: c.FormValue("nonce")}
	return a.onPart(c, partSent{
		part: f.Part, said: "peerwork.question.done", keep: func(v *textPage) { v.Question, v.Nonce = f.Words, f.Nonce },
		try: func(id store.ID) error { return a.work.AskAbout(c.UserContext(), request.Actor(c), id, f) },
	})
}

// partSent is a form about one part on its way.
type partSent struct {
	part int
	said string
	keep func(*textPage)
	try  func(store.ID) error
}

func (a *Area) onPart(c *fiber.Ctx, sent partSent) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	page := a.page(c)
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		view := textPage{Page: page, Again: back, Part: sent.part, Nonce: request.NewNonce(), Today: a.kit.Clock.Today()}
		view.ID, view.Mine, view.Newest = id, true, true
		sent.keep(&view)
		return a.kit.Send(c, status, keptPartView(view))
	}
	if status == 0 {
		err := sent.try(id)
		if err == nil {
			return a.kit.Go(c, textPath(id, true), ui.Done, sent.said)
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendText(c, status, func(v *textPage) {
		v.Again, v.Part = back, sent.part
		sent.keep(v)
	})
}

// Answer is a coordinator's answer to a question about a part.
func (a *Area) Answer(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	question, ok := store.ParseID(c.Params("question"))
	if !ok {
		return fault.Missing()
	}
	page, words := a.page(c), request.Typed(c, "answer")
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		view := textPage{Page: page, Again: back, Answer: question, Words: words}
		view.ID = id
		return a.kit.Send(c, status, keptAnswerView(view))
	}
	if status == 0 {
		_, err := a.work.AnswerAbout(c.UserContext(), request.Actor(c), question, words)
		if err == nil {
			return a.kit.Go(c, textPath(id, false), ui.Done, "peerwork.answer.done")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendText(c, status, func(v *textPage) { v.Again, v.Answer, v.Words = back, question, words })
}

// writePage is the form in which a coordinator keeps the text of a contract.
type writePage struct {
	*ui.Page
	ui.Again
	Contract, Account store.ID
	Form              peerwork.TextForm
}

// TextForm shows the form, with the text as it stands in a language that was chosen.
func (a *Area) TextForm(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	lang := c.Query("in")
	row, parts, err := a.work.TextBefore(c.UserContext(), request.Actor(c), id, lang)
	if err != nil {
		return err
	}
	f := peerwork.TextForm{Lang: lang, Words: peerwork.JoinParts(parts), Nonce: request.NewNonce()}
	return a.kit.Send(c, fiber.StatusOK, writeTextView(writePage{Page: a.page(c), Contract: id, Account: row.AccountID, Form: f}))
}

// SaveText keeps the text.
func (a *Area) SaveText(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := writePage{Page: a.page(c), Contract: id, Form: peerwork.TextForm{Lang: c.FormValue("lang"), Words: request.Typed(c, "words"), Nonce: c.FormValue("nonce")}}
	status, back, err := request.StoppedTeam(c, view.Page)
	if err != nil {
		return err
	}
	if status == 0 {
		ctx, who := c.UserContext(), request.Actor(c)
		row, _, err := a.work.TextBefore(ctx, who, id, "")
		if err != nil {
			return err
		}
		view.Account = row.AccountID
		if err = a.work.SaveText(ctx, who, id, view.Form); err == nil {
			return a.kit.Go(c, personPath(row.AccountID), ui.Done, "peerwork.text.kept")
		}
		if status, err = request.Refused(view.Page, &back, err); err != nil {
			return err
		}
	}
	view.Again = back
	return a.kit.Send(c, status, writeTextView(view))
}
