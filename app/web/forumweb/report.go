package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/forum"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// reportPage is where somebody tells the moderators about a post.
type reportPage struct {
	*ui.Page
	ID     store.ID
	Post   forum.Post // empty when the session is over: then nothing of it is shown
	Topic  forum.Topic
	Reason string
	Note   string
	cameBack
}

// ReportForm asks what is wrong with a post.
func (a *Area) ReportForm(c *fiber.Ctx) error {
	view, err := a.reportPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, reportView(view))
}

func (a *Area) reportPage(c *fiber.Ctx) (reportPage, error) {
	view := reportPage{Page: a.page(c)}
	var err error
	if view.ID, err = idOf(c, "id"); err != nil {
		return view, err
	}
	if !request.Actor(c).SignedIn() {
		return view, nil
	}
	view.Post, view.Topic, err = a.forum.PostFor(c.UserContext(), request.Actor(c), view.ID)
	return view, err
}

// Report puts a post before the moderators. Reporting twice is answered like once: who
// reported is nobody's business, also not of the page.
func (a *Area) Report(c *fiber.Ctx) error {
	entered, err := a.enter(c)
	if err != nil {
		return err
	}
	view, err := a.reportPage(c)
	if err != nil {
		return err
	}
	view.Reason, view.Note = c.FormValue("reason"), words(c, "note")
	status := 0
	if status, view.cameBack = entered.stop(c, view.Page); status != 0 {
		return a.kit.Send(c, status, reportView(view))
	}
	topic, err := a.forum.Report(c.UserContext(), request.Actor(c), view.ID, view.Reason, view.Note)
	if err != nil {
		status, back, rest := mend(view.Page, err)
		if rest != nil {
			return rest
		}
		view.cameBack = back
		return a.kit.Send(c, status, reportView(view))
	}
	return a.kit.Go(c, hrefAt(topic, view.Post.No), ui.Done, "forum.reported")
}

// reasonOptions are the house rules as cards.
func reasonOptions(p *ui.Page) []ui.Option {
	options := make([]ui.Option, len(forum.Reasons))
	for i, code := range forum.Reasons {
		options[i] = ui.Option{Value: code, Label: request.ReasonWord(p.P, code), Hint: request.ReasonHint(p.P, code)}
	}
	return options
}
