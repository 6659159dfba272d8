package noticeweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/notice"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// deskPage is what waits for a moderator.
type deskPage struct {
	*ui.Page
	List []notice.Notice
	Hand func(notice.Notice) string
}

// Desk lists the open notices.
func (a *Area) Desk(c *fiber.Ctx) error {
	who := request.Actor(c)
	view := deskPage{Page: a.page(c), Hand: func(n notice.Notice) string { return n.TakenBy(who, a.kit.Clock.Time()) }}
	var err error
	if view.List, err = a.notices.Waiting(c.UserContext(), who); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, deskView(view))
}

// itemPage is one notice, in hand or not.
type itemPage struct {
	*ui.Page
	notice.Thread
	Hand   string // "me", "other" or ""
	Left   int    // minutes that she still has it
	Locked bool   // she has not got the key
	Reply  notice.Reply
	Again  ui.Again
}

func (v itemPage) path(rest string) string { return deskPath + "/" + v.ID.String() + rest }

func (a *Area) itemPage(c *fiber.Ctx) (view itemPage, err error) {
	view = itemPage{Page: a.page(c)}
	id, err := request.ID(c)
	if err != nil {
		return view, err
	}
	who := request.Actor(c)
	if view.Thread, view.Locked, err = a.notices.Open(c.UserContext(), who, id); err != nil {
		return view, err
	}
	now := a.kit.Clock.Time()
	view.Hand, view.Reply.Nonce = view.TakenBy(who, now), request.NewNonce()
	if until, err := store.ParseMinute(view.ClaimedUntil); err == nil {
		view.Left = max(0, int(until.Sub(now).Minutes()))
	}
	return view, nil
}

// Item shows a notice; her words are opened only while this moderator has it in hand.
func (a *Area) Item(c *fiber.Ctx) error {
	view, err := a.itemPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, itemView(view))
}

// press is the handler of a button on a notice.
func (a *Area) press(c *fiber.Ctx, verb func(id store.ID) error, to func(id store.ID) string, said string) error {
	id, err := request.ID(c)
	if err == nil {
		err = verb(id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, to(id), ui.Done, said)
}

func itemPath(id store.ID) string { return deskPath + "/" + id.String() }

func listPath(store.ID) string { return deskPath }

// Claim takes it in hand.
func (a *Area) Claim(c *fiber.Ctx) error {
	return a.press(c, func(id store.ID) error { return a.notices.Claim(c.UserContext(), request.Actor(c), id) }, itemPath, "")
}

// Release hands it back.
func (a *Area) Release(c *fiber.Ctx) error {
	return a.press(c, func(id store.ID) error { return a.notices.Release(c.UserContext(), request.Actor(c), id) }, listPath, "")
}

// Close ends it.
func (a *Area) Close(c *fiber.Ctx) error {
	return a.press(c, func(id store.ID) error { return a.notices.Close(c.UserContext(), request.Actor(c), id) }, listPath, "notice.closed.done")
}

// Reply sends an answer. What was typed stays on the page, whatever became of it.
func (a *Area) Reply(c *fiber.Ctx) error {
	reply := notice.Reply{Words: request.Typed(c, "words"), Step: c.FormValue("step"), Nonce: c.FormValue("nonce")}
	page := a.page(c)
	status, back := request.Stopped(c, page)
	if status == 0 {
		id, err := request.ID(c)
		if err == nil {
			err = a.notices.Answer(c.UserContext(), request.Actor(c), id, reply)
		}
		if err == nil {
			return a.kit.Go(c, itemPath(id), ui.Done, "notice.answered")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	view, err := a.itemPage(c)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	view.Page = page
	view.Again, view.Reply = back, reply
	return a.kit.Send(c, status, itemView(view))
}
