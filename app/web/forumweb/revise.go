package forumweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// editPage is the form that changes the words of a post.
type editPage struct {
	*ui.Page
	ID       store.ID
	Topic    forum.Topic
	No       int
	Lang     string
	Audience forum.Audience
	Openly   bool // signed with a handle
	Hidden   bool // a moderator took it out of sight; a change brings it back to them
	Body     string
	Version  int
	Insist   bool
	Standing string // what stands now, when it changed while she wrote
	cameBack
}

// EditForm shows the words of her post.
func (a *Area) EditForm(c *fiber.Ctx) error {
	view, err := a.editPage(c)
	if err != nil {
		return err
	}
	if view.Topic.State != forum.Open {
		return fault.New(fault.Refused, "forum.topic.closed")
	}
	return a.kit.Send(c, fiber.StatusOK, editView(view))
}

func (a *Area) editPage(c *fiber.Ctx) (editPage, error) {
	view := editPage{Page: a.page(c)}
	var err error
	if view.ID, err = idOf(c, "id"); err != nil {
		return view, err
	}
	post, topic, err := a.forum.Mine(c.UserContext(), request.Actor(c), view.ID)
	if err != nil {
		return view, err
	}
	board, err := a.forum.Board(c.UserContext(), request.Actor(c), topic.Board, view.P.Tag)
	view.Topic, view.No, view.Lang, view.Audience = topic, post.No, post.Lang, board.Audience
	view.Body, view.Version, view.Hidden = post.Body, post.Version, post.State == forum.Hidden
	view.Openly = post.Handle != ""
	return view, err
}

// typed fills the form with what was sent. The version is that of the form, not of the post.
func (e editPage) typed(c *fiber.Ctx) editPage {
	e.Body, e.Insist = words(c, "body"), c.FormValue("insist") == "1"
	e.Version, _ = strconv.Atoi(c.FormValue("version"))
	return e
}

// Edit changes the words of her post.
func (a *Area) Edit(c *fiber.Ctx) error {
	entered, err := a.enter(c)
	if err != nil {
		return err
	}
	who := request.Actor(c)
	if !who.SignedIn() {
		return a.keepEdit(c, entered)
	}
	view, err := a.editPage(c)
	if err != nil {
		return err
	}
	standing, version := view.Body, view.Version
	view = view.typed(c)
	status := 0
	if status, view.cameBack = entered.stop(c, view.Page); status != 0 {
		return a.kit.Send(c, status, editView(view))
	}
	revised, err := a.forum.Revise(c.UserContext(), who, view.ID, forum.Revision{Body: view.Body, Version: view.Version, Insist: view.Insist})
	if fault.Is(err, fault.Conflict) {
		// Both texts are shown; sending again means that hers stands.
		view.Standing, view.Version = standing, version
		if revised.Standing != "" {
			view.Standing = revised.Standing
		}
	}
	return a.revised(c, view, revised, err)
}

// keepEdit shows the words of somebody whose session is over, and nothing else.
func (a *Area) keepEdit(c *fiber.Ctx, e entry) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	view := editPage{Page: a.page(c), ID: id, Audience: sameRoom}.typed(c)
	status, back := e.stop(c, view.Page)
	view.cameBack = back
	return a.kit.Send(c, status, editView(view))
}

func (a *Area) revised(c *fiber.Ctx, view editPage, revised forum.Revised, err error) error {
	if err != nil {
		status, back, rest := mend(view.Page, err)
		if rest != nil {
			return rest
		}
		view.cameBack = back
		return a.kit.Send(c, status, editView(view))
	}
	if !revised.Stored {
		view.cameBack = warning(revised.Verdict)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, editView(view))
	}
	return a.arrive(c, revised.Receipt)
}

// deletePage asks before words are gone for good.
type deletePage struct {
	*ui.Page
	Post  forum.Post
	Topic forum.Topic
}

// DeleteForm asks whether her post should go.
func (a *Area) DeleteForm(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	view := deletePage{Page: a.page(c)}
	if view.Post, view.Topic, err = a.forum.Mine(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, deleteView(view))
}

// Delete removes her post at once and leads to what is left of the talk.
func (a *Area) Delete(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	who := request.Actor(c)
	topic, gone, err := a.forum.Withdraw(c.UserContext(), who, id)
	if err != nil {
		return err
	}
	path := topicPath(topic)
	if !gone {
		// A talk without any shown post may be out of her sight now.
		_, err = a.forum.Conversation(c.UserContext(), who, topic.ID, topic.LastNo)
		gone = fault.Is(err, fault.NotFound)
	}
	if gone {
		path = boardPath(topic.Board)
	}
	if _, err := a.forum.Board(c.UserContext(), who, topic.Board, "en"); fault.Is(err, fault.NotFound) {
		path = groupPath(topic.Board) // a group that is closed to her
	}
	return a.kit.Go(c, path, ui.Done, "forum.deleted")
}
