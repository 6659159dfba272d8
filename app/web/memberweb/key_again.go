package memberweb

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// gravePage asks for the key once more before something that cannot be undone. The
// likeliest stranger holds her open phone and not her key.
type gravePage struct {
	*ui.Page
	Role   bool   // asks for the passphrase instead
	Ticket string // from an earlier wait
	Posts  string // deleting: "stay" or "go"
	Errs   []ui.FieldError
}

// EndAllForm asks before all her sessions end.
func (a *Area) EndAllForm(c *fiber.Ctx) error { return a.askKey(c, "/me/end-all", endAllComponent) }

// EndAll ends every session, this one too.
func (a *Area) EndAll(c *fiber.Ctx) error {
	if err := a.kit.Members.EndAll(c.UserContext(), request.Actor(c), keyAgain(c)); err != nil {
		return a.refuse(c, "/me/end-all", err, endAllComponent)
	}
	a.kit.Forget(c)
	return a.kit.Go(c, "/sign-in", ui.Done, "me.end-all.done")
}

// ChangeKeyForm asks before a new key is drawn.
func (a *Area) ChangeKeyForm(c *fiber.Ctx) error { return a.askKey(c, "/me/key", changeKeyComponent) }

// ChangeKey draws a new key and goes to it.
func (a *Area) ChangeKey(c *fiber.Ctx) error {
	opened, err := a.kit.Members.ChangeKey(c.UserContext(), request.Actor(c), keyAgain(c))
	if err != nil {
		return a.refuse(c, "/me/key", err, changeKeyComponent)
	}
	a.kit.Welcome(c, opened)
	return a.kit.Go(c, "/key", "", "")
}

// DeleteForm says what goes and what stays, and asks.
func (a *Area) DeleteForm(c *fiber.Ctx) error { return a.askKey(c, "/me/delete", deleteComponent) }

// Delete removes the account at once. The cookies go one by one, so that the page after it
// can still say that it is done.
func (a *Area) Delete(c *fiber.Ctx) error {
	if err := a.kit.Members.DeleteAccount(c.UserContext(), request.Actor(c), keyAgain(c), c.FormValue("posts") == "go"); err != nil {
		return a.refuse(c, "/me/delete", err, deleteComponent)
	}
	a.kit.Forget(c)
	c.Set("Clear-Site-Data", `"storage"`)
	return a.kit.Go(c, "/", ui.Done, "me.delete.done")
}

func (a *Area) askKey(c *fiber.Ctx, path string, show func(gravePage) templ.Component) error {
	if ok, err := a.waiting(c, path); ok {
		return err
	}
	return a.kit.Send(c, http.StatusOK, show(a.gravePage(c)))
}

// refuse shows the same page with what is wrong about the key. Nothing was changed.
func (a *Area) refuse(c *fiber.Ctx, path string, err error, show func(gravePage) templ.Component) error {
	if ok, sent := a.sendWaiting(c, path, err); ok {
		return sent
	}
	if !fault.Is(err, fault.KeyAgain) {
		return err
	}
	page := a.gravePage(c)
	page.Ticket, page.Errs = "", []ui.FieldError{{Field: againField(page.Role), Text: request.Words(page.P, err)}}
	return a.kit.Send(c, http.StatusForbidden, show(page))
}

func (a *Area) gravePage(c *fiber.Ctx) gravePage {
	page := gravePage{
		Page: a.kit.Page(c, request.Printer(c).T("me.title"), ""), Role: request.Actor(c).Role != nil,
		Ticket: ticketOf(c), Posts: "stay",
	}
	if c.FormValue("posts") == "go" {
		page.Posts = "go"
	}
	return page
}

// againField is the field that asks: people with roles have a passphrase and no key.
func againField(role bool) string {
	if role {
		return "passphrase"
	}
	return "key"
}

func keyAgain(c *fiber.Ctx) member.Again {
	field := againField(request.Actor(c).Role != nil)
	return member.Again{Key: c.FormValue(field), Client: request.Client(c), Ticket: ticketOf(c)}
}
