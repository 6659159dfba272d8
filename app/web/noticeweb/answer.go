package noticeweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/notice"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// answerPage is where somebody reads what was answered. The code travels in the form and in no
// address, and the page keeps it so that she types it once.
type answerPage struct {
	*ui.Page
	notice.Thread
	Code, Words string
	Nonce       string
	Wait        string // a ticket through the wait after wrong codes
	Open        bool
	Risks       risks
	Notice      *ui.Notice
	Errs        []ui.FieldError
}

// AnswerForm asks for the code.
func (a *Area) AnswerForm(c *fiber.Ctx) error {
	return a.kit.Send(c, fiber.StatusOK, answerView(answerPage{Page: a.page(c), Nonce: request.NewNonce()}))
}

// Answer opens a notice for whoever has its code, and does what the button said.
func (a *Area) Answer(c *fiber.Ctx) error {
	view := answerPage{Page: a.page(c), Nonce: request.NewNonce(), Code: request.Typed(c, "code"), Words: request.Typed(c, "words")}
	if view.Notice = again(c, view.Page); view.Notice != nil {
		return a.kit.Send(c, fiber.StatusConflict, answerView(view))
	}
	hash, miss, err := a.kit.Members.ReadCode(codeOf, member.TypedCode{Text: view.Code, Client: request.Client(c), Ticket: c.FormValue("wait")})
	code := notice.Code{Hash: hash, Key: a.kit.Members.CodeKey(codeOf, view.Code)}
	if err == nil {
		if err = a.act(c, code, &view); err == nil && c.FormValue("act") == "back" {
			return a.kit.Go(c, home, ui.Done, "notice.withdrawn")
		}
	}
	if f := fault.As(err); f != nil && len(f.Fields) > 0 && f.Fields[0].Key == notice.WrongCode {
		miss()
	}
	status, rest := a.refused(&view, err)
	if rest != nil {
		return rest
	}
	if status == fiber.StatusOK || len(view.Errs) == 0 || view.Errs[0].Field != "code" {
		if view.Thread, err = a.notices.Hers(c.UserContext(), code); err == nil {
			view.Open, view.Risks = true, a.risks(view.Page, view.Country)
		}
	}
	return a.kit.Send(c, status, answerView(view))
}

// act does what the button said; without a word it only reads.
func (a *Area) act(c *fiber.Ctx, code notice.Code, view *answerPage) (err error) {
	ctx, done := c.UserContext(), ""
	switch c.FormValue("act") {
	case "more":
		err, done = a.notices.More(ctx, code, c.Params("form"), view.Words), "notice.more.done"
	case "yes":
		err, done = a.notices.Go(ctx, code, notice.Yes), "notice.step.yes.done"
	case "no":
		err, done = a.notices.Go(ctx, code, notice.No), "notice.step.no.done"
	case "back":
		return a.notices.Withdraw(ctx, code)
	default:
		_, err = a.notices.Hers(ctx, code)
	}
	if err == nil && done != "" {
		view.Notice, view.Words = &ui.Notice{Tone: ui.Done, Text: doneWord(view.Page, done)}, ""
	}
	return err
}

func doneWord(p *ui.Page, key string) string {
	switch key {
	case "notice.more.done":
		return p.T("notice.more.done")
	case "notice.step.yes.done":
		return p.T("notice.step.yes.done")
	}
	return p.T("notice.step.no.done")
}

// refused puts a refusal on the page; a wait comes with its ticket, so that the same code gets
// through afterwards.
func (a *Area) refused(view *answerPage, err error) (status int, rest error) {
	if err == nil {
		return fiber.StatusOK, nil
	}
	if view.Wait = request.TicketOf(err); view.Wait != "" {
		view.Errs = []ui.FieldError{{Field: "code", Text: request.Words(view.P, err)}}
		return fiber.StatusTooManyRequests, nil
	}
	var back ui.Again
	status, rest = request.Refused(view.Page, &back, err)
	view.Errs, view.Notice = back.Errs, back.Notice
	return status, rest
}
