package memberweb

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// signInPage is both sign-in forms. It has no place for a key or a passphrase: what was
// typed into those fields never comes back.
type signInPage struct {
	*ui.Page
	Device member.Device
	Next   string // a path of this portal, "" for none
	Ticket string
	Handle string
	Errs   []ui.FieldError
	// Restored is the day of the backup that this portal was restored from, "" for none: keys
	// that were changed later are the old ones again.
	Restored string
}

// SignInForm asks for the key.
func (a *Area) SignInForm(c *fiber.Ctx) error {
	if ok, err := a.waiting(c, "/sign-in"); ok {
		return err
	}
	page, err := a.signInPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, http.StatusOK, signInComponent(page))
}

// TeamForm asks for handle, passphrase and the code of the second factor.
func (a *Area) TeamForm(c *fiber.Ctx) error {
	if ok, err := a.waiting(c, "/sign-in/team"); ok {
		return err
	}
	page, err := a.signInPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, http.StatusOK, teamSignInComponent(page))
}

// SignIn opens a session with whichever of the two forms was sent.
func (a *Area) SignIn(c *fiber.Ctx) error {
	if c.Request().PostArgs().Has("handle") {
		opened, err := a.kit.Members.SignInRole(c.UserContext(), roleForm(c))
		if err != nil {
			return a.signInAgain(c, "/sign-in/team", err)
		}
		return a.enter(c, opened)
	}
	opened, err := a.kit.Members.SignIn(c.UserContext(), member.KeyForm{
		Key: c.FormValue("key"), Device: deviceOf(c), Client: request.Client(c), Ticket: ticketOf(c),
	})
	if err != nil {
		return a.signInAgain(c, "/sign-in", err)
	}
	if err := a.kit.Members.Present(c.UserContext(), opened.Actor, request.Printer(c).Tag); err != nil {
		return err
	}
	return a.enter(c, opened)
}

// enter makes the new session that of this browser. One that was open here before ends, or
// it would live on without anybody who could see it.
func (a *Area) enter(c *fiber.Ctx, opened member.Opened) error {
	if request.Actor(c).SignedIn() {
		if err := a.kit.Members.SignOut(c.UserContext(), a.kit.SessionCookie(c)); err != nil {
			return err
		}
	}
	a.kit.Welcome(c, opened)
	return a.kit.Go(c, request.LocalPath(c.FormValue("next"), "/"), "", "")
}

func (a *Area) signInAgain(c *fiber.Ctx, path string, err error) error {
	if ok, sent := a.sendWaiting(c, path, err); ok {
		return sent
	}
	page, failed := a.signInPage(c)
	if failed != nil {
		return failed
	}
	errs, ok := request.Mend(page.P, err)
	if !ok {
		return err
	}
	page.Errs, page.Ticket = errs, ""
	var show templ.Component = signInComponent(page)
	if path == "/sign-in/team" {
		show = teamSignInComponent(page)
	}
	return a.kit.Send(c, http.StatusUnprocessableEntity, show)
}

func (a *Area) signInPage(c *fiber.Ctx) (signInPage, error) {
	restored, err := a.kit.Members.RestoredFrom(c.UserContext())
	return signInPage{
		Page: a.form(c, request.Printer(c).T("sign-in.title")), Device: deviceOf(c), Ticket: ticketOf(c),
		Next: request.LocalPath(c.FormValue("next", c.Query("next")), ""), Handle: c.FormValue("handle"), Restored: restored,
	}, err
}

// roleForm reads what a person with roles types, here and when she takes up a role.
func roleForm(c *fiber.Ctx) member.RoleForm {
	return member.RoleForm{
		Handle: strings.ToLower(strings.TrimSpace(c.FormValue("handle"))), Passphrase: c.FormValue("passphrase"),
		Code: foldDigits(c.FormValue("otp")), Client: request.Client(c), Ticket: ticketOf(c),
	}
}

// withNext keeps the way back when she changes from one form to the other.
func withNext(path, next string) templ.SafeURL {
	if next == "" {
		return templ.SafeURL(path)
	}
	return templ.SafeURL(path + "?next=" + url.QueryEscape(next))
}
