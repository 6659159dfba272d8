package memberweb

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// joinPage is the form for a new person, with what she has filled in so far.
type joinPage struct {
	*ui.Page
	Open   bool // joining without a code
	Code   string
	Adult  bool
	Rules  bool
	Lang   string
	Device member.Device
	Ticket string // proof of a wait after wrong codes
	Errs   []ui.FieldError
}

// JoinForm shows what this place is and the few things that it asks.
func (a *Area) JoinForm(c *fiber.Ctx) error {
	page := a.joinPage(c)
	if page.SignedIn {
		return a.kit.Send(c, http.StatusOK, joinedAlready(page.Page))
	}
	page.Code = c.Query("code")
	return a.kit.Send(c, http.StatusOK, joinComponent(page))
}

// Join makes the account and goes to her key.
func (a *Area) Join(c *fiber.Ctx) error {
	if request.Actor(c).SignedIn() {
		return c.Redirect("/join", fiber.StatusSeeOther)
	}
	form := member.JoinForm{
		Code: c.FormValue("code"), Adult: c.FormValue("adult") == "1", Rules: c.FormValue("rules") == "1", Device: deviceOf(c),
		Ticket: ticketOf(c),
	}
	opened, err := a.kit.Members.Join(c.UserContext(), form, request.Client(c))
	if err != nil {
		return a.joinAgain(c, form, err)
	}
	if err := a.kit.Members.Present(c.UserContext(), opened.Actor, request.Printer(c).Tag); err != nil {
		return err
	}
	if tag := a.kit.Bundle.Match(c.FormValue("lang")); tag != "" {
		a.kit.RememberLang(c, tag)
	}
	a.kit.Welcome(c, opened)
	return a.kit.Go(c, "/key", "", "")
}

// joinAgain shows the form again with what she filled in. Somebody who has to wait sees the
// same form with the reason and the proof of her wait.
func (a *Area) joinAgain(c *fiber.Ctx, form member.JoinForm, err error) error {
	page := a.joinPage(c)
	errs, ok := request.Mend(page.P, err)
	status := http.StatusUnprocessableEntity
	if f := fault.As(err); f != nil && f.Kind == fault.Wait {
		status, ok = http.StatusTooManyRequests, true
		errs = []ui.FieldError{{Field: "code", Text: request.Words(page.P, err)}}
		page.Ticket = argument(f, "Ticket")
	}
	if !ok {
		return err
	}
	page.Code, page.Adult, page.Rules, page.Device, page.Errs = form.Code, form.Adult, form.Rules, form.Device, errs
	if tag := a.kit.Bundle.Match(c.FormValue("lang")); tag != "" {
		page.Lang = tag
	}
	return a.kit.Send(c, status, joinComponent(page))
}

func (a *Area) joinPage(c *fiber.Ctx) joinPage {
	page := a.form(c, request.Printer(c).T("join.title"))
	return joinPage{Page: page, Open: a.kit.Members.OpenJoin(), Lang: page.P.Tag, Device: member.NoTrace}
}
