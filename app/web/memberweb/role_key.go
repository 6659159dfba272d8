package memberweb

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// RoleKeyForm explains what new keys do, and asks for passphrase and code.
func (a *Area) RoleKeyForm(c *fiber.Ctx) error {
	if request.Actor(c).Role == nil {
		return fault.New(fault.NotFound, "error.missing")
	}
	return a.askKey(c, "/me/role-key", roleKeyComponent)
}

// RoleKey draws new keys. This session goes on with them; all others of hers have ended.
func (a *Area) RoleKey(c *fiber.Ctx) error {
	if request.Actor(c).Role == nil {
		return fault.New(fault.NotFound, "error.missing")
	}
	out, err := a.kit.Members.RotateKey(c.UserContext(), request.Actor(c), member.Rotation{Again: keyAgain(c), Code: foldDigits(c.FormValue("otp"))})
	if err == nil {
		a.kit.Welcome(c, out.Opened)
		return a.kit.Go(c, "/me", ui.Done, "me.role-key.done")
	}
	if errs, ok := request.Mend(request.Printer(c), err); ok {
		page := a.gravePage(c)
		page.Ticket, page.Errs = "", errs
		return a.kit.Send(c, http.StatusUnprocessableEntity, roleKeyComponent(page))
	}
	return a.refuse(c, "/me/role-key", err, roleKeyComponent)
}
