package forumweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// groupEditPage is where the people of a group write its words.
type groupEditPage struct {
	*ui.Page
	cameBack
	Form     forum.BoardForm
	Standing *forum.EditBoard // what somebody else kept meanwhile
	Langs    []string
}

// text are the words in one language.
func (v groupEditPage) text(lang string) forum.BoardText {
	if i := slices.IndexFunc(v.Form.Texts, func(t forum.BoardText) bool { return t.Lang == lang }); i >= 0 {
		return v.Form.Texts[i]
	}
	return forum.BoardText{}
}

// GroupForm shows its words in all languages.
func (a *Area) GroupForm(c *fiber.Ctx) error {
	view := a.groupEditPage(c)
	now, err := a.forum.GroupToEdit(c.UserContext(), request.Actor(c), view.Form.Slug)
	if err != nil {
		return err
	}
	if now.Archived {
		return fault.New(fault.Refused, "forum.board.closed")
	}
	view.Form.Base = now.Base()
	for _, text := range now.Texts {
		view.Form.Texts = append(view.Form.Texts, text)
	}
	view.also(now)
	return a.kit.Send(c, fiber.StatusOK, groupEditView(view))
}

// groupEditPage has a place for the languages of the interface; a group may have words in
// others as well.
func (a *Area) groupEditPage(c *fiber.Ctx) groupEditPage {
	view := groupEditPage{Page: a.page(c), Form: forum.BoardForm{Slug: c.Params("board")}}
	for _, l := range a.kit.Bundle.Languages() {
		view.Langs = append(view.Langs, l.Tag)
	}
	return view
}

// also makes room for the languages in which a group has words.
func (v *groupEditPage) also(now forum.EditBoard) {
	for _, lang := range forum.Languages {
		if _, there := now.Texts[lang]; there && !slices.Contains(v.Langs, lang) {
			v.Langs = append(v.Langs, lang)
		}
	}
}

// SaveGroup changes the words. Whatever stands in the way, hers come back.
func (a *Area) SaveGroup(c *fiber.Ctx) error {
	entered, err := a.enter(c)
	if err != nil {
		return err
	}
	view, who, status := a.groupEditPage(c), request.Actor(c), 0
	for _, lang := range forum.Languages {
		text := forum.BoardText{Lang: lang, Name: words(c, "name-"+lang), Purpose: words(c, "purpose-"+lang), Rules: words(c, "rules-"+lang)}
		if slices.Contains(view.Langs, lang) || text.Name+text.Purpose+text.Rules != "" || c.FormValue("has-"+lang) == "1" {
			view.Form.Texts = append(view.Form.Texts, text)
		}
		if c.FormValue("has-"+lang) == "1" && !slices.Contains(view.Langs, lang) {
			view.Langs = append(view.Langs, lang)
		}
	}
	view.Form.Base = c.FormValue("base")
	if who.SignedIn() {
		if _, err := a.forum.GroupToEdit(c.UserContext(), who, view.Form.Slug); err != nil {
			return err
		}
	}
	if status, view.cameBack = entered.stop(c, view.Page); status != 0 {
		return a.kit.Send(c, status, groupEditView(view))
	}
	change, err := a.forum.ChangeGroup(c.UserContext(), who, view.Form)
	if err == nil && change.Stored {
		return a.kit.Go(c, groupPath(view.Form.Slug), ui.Done, "forum.group.edit.saved")
	}
	return a.groupNotSaved(c, view, change, err)
}

func (a *Area) groupNotSaved(c *fiber.Ctx, view groupEditPage, change forum.GroupChange, err error) error {
	status := fiber.StatusUnprocessableEntity
	if err == nil {
		view.cameBack = warning(change.Verdict)
		view.Refuse = true // nobody looks at these words first, so there is no way around
		return a.kit.Send(c, status, groupEditView(view))
	}
	status, back, rest := mend(view.Page, err)
	if rest != nil {
		return rest
	}
	view.cameBack = back
	if fault.Is(err, fault.Conflict) && change.Standing.Slug != "" {
		// She has the other words before her now, so her next press keeps hers on top.
		view.Standing, view.Form.Base = &change.Standing, change.Standing.Base()
		view.also(change.Standing)
	}
	return a.kit.Send(c, status, groupEditView(view))
}

// CloseGroup is the wish of somebody inside to close the room, or to open it again.
func (a *Area) CloseGroup(c *fiber.Ctx) error {
	view, err := a.groupPage(c)
	if err != nil {
		return err
	}
	did, err := a.forum.CloseGroup(c.UserContext(), request.Actor(c), view.Group.Slug, c.FormValue("shut") == "1")
	if err != nil {
		return a.groupBack(c, view, err)
	}
	said := map[forum.Closing]string{forum.ClosingAsked: "forum.group.close.asked", forum.RoomClosed: "forum.group.close.done", forum.RoomOpened: "forum.group.reopen.done"}
	return a.kit.Go(c, groupPath(view.Group.Slug), ui.Done, said[did])
}

// KeepGroup takes a wish back.
func (a *Area) KeepGroup(c *fiber.Ctx) error {
	view, err := a.groupPage(c)
	if err != nil {
		return err
	}
	if err := a.forum.KeepGroup(c.UserContext(), request.Actor(c), view.Group.Slug); err != nil {
		return err
	}
	return a.kit.Go(c, groupPath(view.Group.Slug), ui.Done, "forum.group.keep.done")
}
