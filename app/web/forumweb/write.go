package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// writePage is a form with words on a page of its own.
type writePage struct {
	*ui.Page
	Back    ui.Link // where she came from
	Lang    string  // of the way back
	Heading string
	Form    draftForm
}

// StartForm is the page where a talk begins.
func (a *Area) StartForm(c *fiber.Ctx) error {
	page, who := a.page(c), request.Actor(c)
	board, err := a.forum.Board(c.UserContext(), who, c.Params("board"), page.P.Tag)
	if err != nil {
		return err
	}
	if board.Archived {
		return fault.New(fault.Refused, "forum.board.closed")
	}
	view := a.startPage(page, board)
	if view.Form, err = a.withCompany(c, newTalk(board, who, page.P.Tag), page.P.Tag); err != nil {
		return err
	}
	kept, found, err := a.forum.KeptStart(c.UserContext(), who, board.Slug)
	if err != nil {
		return err
	}
	if found {
		view.Form = view.Form.kept(kept)
	}
	return a.kit.Send(c, fiber.StatusOK, writeView(view))
}

func (a *Area) startPage(page *ui.Page, board forum.BoardView) writePage {
	view := writePage{Page: page, Heading: page.T("forum.start"), Back: ui.Link{Word: page.T("forum.boards.all"), Href: "/forum"}}
	if board.Name != "" {
		view.Back, view.Lang = ui.Link{Word: board.Name, Href: boardPath(board.Slug)}, board.TextLang
	}
	return view
}

// Start opens a talk.
func (a *Area) Start(c *fiber.Ctx) error {
	entered, err := a.enter(c)
	if err != nil {
		return err
	}
	page, who := a.page(c), request.Actor(c)
	slug := c.Params("board")
	board, err := a.forum.Board(c.UserContext(), who, slug, page.P.Tag)
	if fault.Is(err, fault.NotFound) && !who.SignedIn() {
		// Whoever was signed out keeps her words; of the board nothing is said.
		board, err = forum.BoardView{Board: forum.Board{Slug: slug, Audience: sameRoom}}, nil
	}
	if err != nil {
		return err
	}
	view := a.startPage(page, board)
	view.Form = newTalk(board, who, page.P.Tag).typed(c)
	status := 0
	if status, view.Form.cameBack = entered.stop(c, page); status != 0 {
		return a.kit.Send(c, status, writeView(view))
	}
	if keep := c.FormValue("keep"); keep != "" {
		return a.keepStart(c, view, slug, keep == "1")
	}
	if view.Form.Errs = view.Form.check(page); len(view.Form.Errs) > 0 {
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, writeView(view))
	}
	receipt, err := a.forum.StartTalk(c.UserContext(), who, slug, view.Form.draft())
	return a.written(c, view, receipt, err)
}

// keepStart keeps a talk that is not begun where only she finds it again, or forgets it.
func (a *Area) keepStart(c *fiber.Ctx, view writePage, slug string, keep bool) error {
	path, said, draft := boardPath(slug)+"/start", "forum.start.kept", view.Form.draft()
	if !keep {
		path, said, draft = boardPath(slug), "forum.start.dropped", forum.Draft{}
	}
	if err := a.forum.KeepStart(c.UserContext(), request.Actor(c), slug, draft); err != nil {
		return a.written(c, view, forum.Receipt{}, err)
	}
	return a.kit.Go(c, path, ui.Done, said)
}

// Reply adds an answer to a talk.
func (a *Area) Reply(c *fiber.Ctx) error {
	entered, err := a.enter(c)
	if err != nil {
		return err
	}
	page, who := a.page(c), request.Actor(c)
	view, where, err := a.replyPage(c, page)
	if err != nil {
		return err
	}
	status := 0
	if status, view.Form.cameBack = entered.stop(c, page); status != 0 {
		return a.kit.Send(c, status, writeView(view))
	}
	if c.FormValue("keep") == "1" {
		return a.keepDraft(c, view, where)
	}
	if !where.writable() {
		closed := fault.New(fault.Refused, "forum.topic.closed")
		return a.written(c, view, forum.Receipt{}, closed)
	}
	if view.Form.Errs = view.Form.check(page); len(view.Form.Errs) > 0 {
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, writeView(view))
	}
	receipt, err := a.forum.Reply(c.UserContext(), who, where.conv.Topic.ID, view.Form.draft())
	return a.written(c, view, receipt, err)
}

// keepDraft keeps an unfinished answer where only she finds it again.
func (a *Area) keepDraft(c *fiber.Ctx, view writePage, where place) error {
	err := a.forum.KeepDraft(c.UserContext(), request.Actor(c), where.conv.Topic.ID, view.Form.Body)
	if err != nil {
		return a.written(c, view, forum.Receipt{}, err)
	}
	return a.kit.Go(c, topicPath(where.conv.Topic)+"#answer", ui.Done, "forum.draft.kept")
}

// replyPage is the page on which an answer is shown again. For somebody whose session is
// over the talk may be out of sight; then the page holds her words alone.
func (a *Area) replyPage(c *fiber.Ctx, page *ui.Page) (writePage, place, error) {
	who := request.Actor(c)
	view := writePage{Page: page, Heading: page.T("forum.reply.title"), Back: ui.Link{Word: page.T("forum.boards.all"), Href: "/forum"}}
	where, err := a.placeOf(c, 1)
	if fault.Is(err, fault.NotFound) && !who.SignedIn() {
		view.Form = draftForm{Action: c.Path(), Audience: sameRoom}.typed(c)
		return view, where, nil
	}
	if err != nil {
		return view, where, err
	}
	view.Back = ui.Link{Word: where.conv.Topic.Title, Href: topicPath(where.conv.Topic)}
	view.Lang = where.conv.Topic.Lang
	view.Form = newReply(where, who).typed(c)
	return view, where, nil
}

// written answers a form: the talk with the new post, or the same form with every word
// still in it.
func (a *Area) written(c *fiber.Ctx, view writePage, receipt forum.Receipt, err error) error {
	if err != nil {
		status, back, rest := mend(view.Page, err)
		if rest != nil {
			return rest
		}
		view.Form.cameBack = back
		return a.kit.Send(c, status, writeView(view))
	}
	if !receipt.Stored {
		view.Form.cameBack = warning(receipt.Verdict)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, writeView(view))
	}
	return a.arrive(c, receipt)
}

// arrive leads to a post that was just written. After words of danger the help lines
// stand on that page at once.
func (a *Area) arrive(c *fiber.Ctx, receipt forum.Receipt) error {
	post, topic, err := a.forum.Mine(c.UserContext(), request.Actor(c), receipt.Post)
	if err != nil {
		return err
	}
	path := hrefWith(topic, post.No, careKind(receipt.Verdict))
	if receipt.Held {
		return a.kit.Go(c, path, ui.Info, "forum.held")
	}
	return a.kit.Go(c, path, ui.Done, "forum.sent")
}
