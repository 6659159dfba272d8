package memberweb

import (
	"encoding/hex"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// mePage is her account as she sees it: what this device keeps, where she is signed in,
// and the ways to change or end it.
type mePage struct {
	*ui.Page
	Who      member.Actor
	Sessions []member.OpenSession
	Label    string
	Errs     []ui.FieldError
}

// Me shows her account.
func (a *Area) Me(c *fiber.Ctx) error {
	page, err := a.mePage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, http.StatusOK, meComponent(page))
}

// Label names this session, so that she finds it again in the list.
func (a *Area) Label(c *fiber.Ctx) error {
	typed := c.FormValue("label")
	err := a.kit.Members.NameSession(c.UserContext(), request.Actor(c), typed)
	if err == nil {
		return a.kit.Go(c, "/me", ui.Done, "me.label.kept")
	}
	errs, ok := request.Mend(request.Printer(c), err)
	if !ok {
		return err
	}
	page, err := a.mePage(c)
	if err != nil {
		return err
	}
	page.Label, page.Errs = typed, errs
	return a.kit.Send(c, http.StatusUnprocessableEntity, meComponent(page))
}

// EndSession ends one of her sessions; when it is this one, she is out here as well.
func (a *Area) EndSession(c *fiber.Ctx) error {
	who, id := request.Actor(c), c.Params("id")
	if err := a.kit.Members.EndSession(c.UserContext(), who, id); err != nil {
		return err
	}
	if id == hex.EncodeToString(who.Token.ID()) {
		a.kit.Forget(c)
		return a.kit.Go(c, "/", ui.Done, "sign-out.done")
	}
	return a.kit.Go(c, "/me", ui.Done, "me.session.ended")
}

func (a *Area) mePage(c *fiber.Ctx) (mePage, error) {
	who := request.Actor(c)
	sessions, err := a.kit.Members.Sessions(c.UserContext(), who)
	if err != nil {
		return mePage{}, err
	}
	page := mePage{Page: a.kit.Page(c, request.Printer(c).T("me.title"), ""), Who: who, Sessions: sessions}
	page.Path = "/me"
	a.kit.Keeping(c, page.Page)
	for _, s := range sessions {
		if s.Here {
			page.Label = s.Label
		}
	}
	return page, nil
}

// languageNow is the name of the page's language in its own script.
func languageNow(p *ui.Page) string { return request.LanguageName(p.P.Tag) }
