package materialweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// hersPage is where somebody finds her story: with its code, and with no account, or among
// those that she keeps with her key. The code travels in the form and in no address.
type hersPage struct {
	form
	material.Ledger
	Open   bool // a story is open before her
	Code   string
	Claim  string // the number of one that she keeps with her key
	Kept   []material.Material
	Allow  form // what else she allows
	Forget bool // she ticked that every word goes
	Today  string
}

// Hers asks for a code, and lists what is kept with her key.
func (a *Area) Hers(c *fiber.Ctx) error {
	view, err := a.hersPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, hersView(view))
}

func (a *Area) hersPage(c *fiber.Ctx) (view hersPage, err error) {
	view = hersPage{form: form{Page: a.formPage(c)}, Today: a.kit.Clock.Today()}
	view.Kept, err = a.mat.Stories(c.UserContext(), request.Actor(c))
	return view, err
}

// HersAct opens a story for whoever has its code or key, and does what she asks with it.
func (a *Area) HersAct(c *fiber.Ctx) error {
	view, err := a.hersPage(c)
	if err != nil {
		return err
	}
	view.Code, view.Claim, view.Forget = request.Typed(c, "code"), c.FormValue("story"), c.FormValue("erase") == "1"
	if status := view.stop(c, true); status != 0 {
		return a.kit.Send(c, status, hersView(view))
	}
	claim, miss, err := a.claim(c, view)
	if err == nil {
		err = a.actOnHers(c, claim, &view)
	}
	if f := fault.As(err); f != nil && len(f.Fields) > 0 && f.Fields[0].Key == material.WrongCode {
		miss()
	}
	if err == nil && c.FormValue("act") == "back" {
		return a.kit.Go(c, "/read/story", ui.Done, "material.hers.gone")
	}
	status, rest := a.hersRefused(&view, err)
	if rest != nil {
		return rest
	}
	if status == 0 || status == fiber.StatusUnprocessableEntity || status == fiber.StatusConflict {
		if l, err := a.mat.Hers(c.UserContext(), request.Actor(c), claim); err == nil {
			view.Ledger, view.Open = l, true
		}
	}
	view.Allow = a.allowForm(c, view)
	return a.kit.Send(c, max(status, fiber.StatusOK), hersView(view))
}

// claim reads how she shows that a story is hers. A code that fits nothing makes the next
// tries slower, as a wrong key does.
func (a *Area) claim(c *fiber.Ctx, view hersPage) (claim material.Claim, miss func(), err error) {
	if id, ok := store.ParseID(view.Claim); ok && view.Code == "" {
		return material.Claim{ID: id}, func() {}, nil
	}
	claim.Code, miss, err = a.kit.Members.ReadCode(storyCode, member.TypedCode{Text: view.Code, Client: request.Client(c), Ticket: c.FormValue("wait")})
	return claim, miss, err
}

// actOnHers does what the button said, and says that it is done.
func (a *Area) actOnHers(c *fiber.Ctx, claim material.Claim, view *hersPage) (err error) {
	ctx, who, done := c.UserContext(), request.Actor(c), ""
	switch c.FormValue("act") {
	case "keep":
		err, done = a.mat.Keep(ctx, who, claim), view.T("material.hers.kept")
	case "allow":
		err, done = a.mat.Allow(ctx, who, claim, consentOf(c)), view.T("material.consent.done")
	case "end":
		consent, ok := store.ParseID(c.FormValue("consent"))
		if !ok {
			return fault.Missing()
		}
		err, done = a.mat.EndMine(ctx, who, claim, consent), view.T("material.consent.ended")
	case "back":
		err = a.mat.TakeBack(ctx, who, claim, view.Forget)
	default:
		_, err = a.mat.Hers(ctx, who, claim)
	}
	if err == nil && done != "" {
		view.Notice = &ui.Notice{Tone: ui.Done, Text: done}
	}
	return err
}

// hersRefused puts a refusal on the page; a wait comes with its ticket, so that the same
// code gets through afterwards.
func (a *Area) hersRefused(view *hersPage, err error) (status int, rest error) {
	f := fault.As(err)
	if err == nil || f == nil || f.Kind != fault.Wait {
		if err == nil {
			return 0, nil
		}
		return request.Refused(view.Page, &view.Again, err)
	}
	view.Errs, view.Wait = []ui.FieldError{{Field: "code", Text: request.Words(view.P, err)}}, request.TicketOf(err)
	return fiber.StatusTooManyRequests, nil
}

// allowForm asks her what else she allows.
func (a *Area) allowForm(c *fiber.Ctx, v hersPage) form {
	f := form{Page: v.Page, Again: v.Again, Heading: v.T("material.hers.allow"), Action: "/read/story", Button: v.T("material.hers.allow.go"), Sees: v.T("material.sees.group"), Kind: ui.Secondary}
	f.Fields = append(consentFields(c, v.Page), hidden("act", "allow"), hidden("code", v.Code), hidden("story", v.Claim))
	return fair(c, f)
}
