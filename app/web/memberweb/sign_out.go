package memberweb

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"portico/app/web/request"
	"portico/app/web/ui"
)

// signOutPage asks for the key in her hand before it is needed.
type signOutPage struct {
	*ui.Page
	Role     bool
	KeyShown bool // this session can still show the key
}

// SignOutWords reminds her of the key and asks; somebody who is out already is told so.
func (a *Area) SignOutWords(c *fiber.Ctx) error {
	actor := request.Actor(c)
	page := signOutPage{a.form(c, request.Printer(c).T("sign-out.title")), actor.Role != nil, actor.NewKey != ""}
	a.kit.Keeping(c, page.Page)
	return a.kit.Send(c, http.StatusOK, signOutComponent(page))
}

// SignOut ends the session and clears what the browser holds of this place, on a phone that
// she called hers the pages that she kept as well: who signs out is done here, and Exit, which
// is for a fright, leaves them. The cache is never named: browsers may hang on it, and no page
// of ours is in it.
func (a *Area) SignOut(c *fiber.Ctx) error {
	if err := a.kit.Members.SignOut(c.UserContext(), a.kit.SessionCookie(c)); err != nil {
		return err
	}
	a.kit.Forget(c)
	c.Set("Clear-Site-Data", `"cookies", "storage"`)
	// A message for the next page would be cleared with the other cookies, so that page says
	// by itself that she is out.
	return c.Redirect("/sign-out", fiber.StatusSeeOther)
}
