package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// outsOf are the decisions that closed a group to her, or with "" all groups.
func (a *Area) outsOf(c *fiber.Ctx, slug string) (outs []judged, err error) {
	tags, err := a.forum.OutTags(c.UserContext(), request.Actor(c))
	if err != nil || len(tags) == 0 {
		return nil, err
	}
	decisions, err := a.desk.DecisionsFor(c.UserContext(), request.Actor(c), tags)
	for _, d := range a.judged(decisions) {
		if d.Action == desk.Out && (slug == "" || d.Board == slug) {
			outs = append(outs, d)
		}
	}
	return outs, err
}

// outPage is where a moderator closes a group to the author of a post.
type outPage struct {
	*ui.Page
	ui.Again
	Case          forum.OutCase // empty when the session is over
	Path          string
	Reason, Words string
}

// OutForm asks her why.
func (a *Area) OutForm(c *fiber.Ctx) error {
	view, err := a.outPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, outView(view))
}

func (a *Area) outPage(c *fiber.Ctx) (outPage, error) {
	a.kit.NeedPreToken(c)
	id, err := idOf(c, "id")
	if err != nil {
		return outPage{}, err
	}
	view := outPage{Page: a.page(c), Path: postPath(id, "out")}
	if who := request.Actor(c); who.SignedIn() {
		view.Case, err = a.forum.OutCase(c.UserContext(), who, id, view.P.Tag)
	}
	return view, err
}

// Out does it, or takes it back. What stands in the way leaves her words in the form.
func (a *Area) Out(c *fiber.Ctx) error {
	if who := request.Actor(c); who.SignedIn() && !who.Has(member.RoleModerator) {
		return nowhere()
	}
	view, err := a.outPage(c)
	if err != nil {
		return err
	}
	view.Reason, view.Words = words(c, "reason"), request.Typed(c, "words")
	status := 0
	if status, view.Again, err = request.StoppedTeam(c, view.Page); err != nil {
		return err
	}
	if status != 0 {
		return a.kit.Send(c, status, outView(view))
	}
	id, ctx, who := view.Case.Post, c.UserContext(), request.Actor(c)
	if c.FormValue("on") == "0" {
		if err := a.desk.LetIn(ctx, who, id); err != nil {
			return err
		}
		return a.kit.Go(c, view.Path, ui.Done, "forum.group.in.done")
	}
	err = a.desk.PutOut(ctx, who, id, desk.Choice{Reason: view.Reason, Words: view.Words}, forum.Reasons)
	if err == nil {
		return a.kit.Go(c, view.Path, ui.Done, "forum.group.out.done")
	}
	if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
		return err
	}
	return a.kit.Send(c, status, outView(view))
}

// ruleOptions are the house rules that a decision can name.
func ruleOptions(p *ui.Page) []ui.Option {
	options := []ui.Option{{Value: "", Label: p.T("desk.reason.choose")}}
	for _, code := range forum.Reasons {
		options = append(options, ui.Option{Value: code, Label: request.ReasonWord(p.P, code)})
	}
	return options
}
