package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// appealPage is where an author asks another moderator to look at a decision again.
type appealPage struct {
	*ui.Page
	ID       store.ID
	Decision desk.Decision // empty when the session is over
	Words    string
	cameBack
}

// AppealForm asks what she wants to say; saying nothing is possible.
func (a *Area) AppealForm(c *fiber.Ctx) error {
	view, err := a.appealPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, appealView(view))
}

func (a *Area) appealPage(c *fiber.Ctx) (appealPage, error) {
	view := appealPage{Page: a.kit.Page(c, request.Printer(c).T("nav.mine"), "mine")}
	var err error
	if view.ID, err = idOf(c, "id"); err != nil || !request.Actor(c).SignedIn() {
		return view, err
	}
	view.Decision, err = a.desk.Hers(c.UserContext(), request.Actor(c), view.ID)
	return view, err
}

// Appeal sends it. What stands in the way leaves her words in the form.
func (a *Area) Appeal(c *fiber.Ctx) error {
	entered, err := a.enter(c)
	if err != nil {
		return err
	}
	view, err := a.appealPage(c)
	if err != nil {
		return err
	}
	view.Words = words(c, "words")
	status := 0
	if status, view.cameBack = entered.stop(c, view.Page); status != 0 {
		return a.kit.Send(c, status, appealView(view))
	}
	if err := a.desk.Appeal(c.UserContext(), request.Actor(c), view.ID, view.Words); err != nil {
		status, back, rest := mend(view.Page, err)
		if rest != nil {
			return rest
		}
		view.cameBack = back
		return a.kit.Send(c, status, appealView(view))
	}
	return a.kit.Go(c, "/my/talks", ui.Done, "forum.appeal.sent")
}
