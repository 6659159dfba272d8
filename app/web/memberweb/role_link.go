package memberweb

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// issuer is the name that an authenticator shows beside the codes.
const issuer = "Portico"

// rolePage is what a role link opens: the roles, a proposal for a passphrase and the
// secret of the second factor, which her authenticator takes in.
type rolePage struct {
	*ui.Page
	Action string
	Offer  member.Offer
	QR     ui.QR
	Handle string
	Errs   []ui.FieldError
}

// RoleForm shows what the link offers. Nothing is stored until she takes it up.
func (a *Area) RoleForm(c *fiber.Ctx) error {
	offer, err := a.kit.Members.ReadLink(c.UserContext(), c.Params("token"), issuer)
	if err != nil {
		return err
	}
	return a.sendRole(c, http.StatusOK, rolePage{Offer: offer})
}

// TakeUpRole makes the role account and signs her in.
func (a *Area) TakeUpRole(c *fiber.Ctx) error {
	form := roleForm(c)
	opened, err := a.kit.Members.TakeUp(c.UserContext(), c.Params("token"), form)
	if err != nil {
		return a.roleAgain(c, form, err)
	}
	if request.Actor(c).SignedIn() {
		if err := a.kit.Members.SignOut(c.UserContext(), a.kit.SessionCookie(c)); err != nil {
			return err
		}
	}
	a.kit.Welcome(c, opened)
	return a.kit.Go(c, "/", ui.Done, "role.welcome")
}

// roleAgain shows the form with the same second factor, which is in her authenticator by
// now, and the same proposal, which she may have written down.
func (a *Area) roleAgain(c *fiber.Ctx, form member.RoleForm, err error) error {
	errs, ok := request.Mend(request.Printer(c), err)
	if !ok {
		return err
	}
	offer, err := a.kit.Members.OfferAgain(c.UserContext(), c.Params("token"), issuer, form.Ticket)
	if err != nil {
		return err
	}
	if proposal := c.FormValue("proposal"); proposal != "" && len(proposal) <= 200 {
		offer.Passphrase = proposal
	}
	return a.sendRole(c, http.StatusUnprocessableEntity, rolePage{Offer: offer, Handle: form.Handle, Errs: errs})
}

func (a *Area) sendRole(c *fiber.Ctx, status int, page rolePage) error {
	var err error
	if page.QR, err = ui.DrawQR(page.Offer.FactorURL); err != nil {
		return err
	}
	page.Page = a.form(c, request.Printer(c).T("role.tab"))
	page.Action = "/role/" + c.Params("token")
	return a.kit.Send(c, status, roleComponent(page))
}
