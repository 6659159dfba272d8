package deskweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/moderation"
)

// againPage is a decision that a second person looks at: a pause or a shut account that
// needs her, or an appeal of the author.
type againPage struct {
	*ui.Page
	item      desk.Item
	appeal    bool
	post      *forum.Brought // nil when the post is not there any more
	board     string
	waits     string
	taken     string
	left      int
	aside     bool
	decisions []judgedBefore
	words     string // what she typed
	notice    *ui.Notice
	errs      []ui.FieldError
}

// judgedBefore is one decision with what its author says against it.
type judgedBefore struct {
	desk.Decision
	note   string // the author's words, where they could be opened
	locked bool   // there are words, and this moderator has no key or not the item in hand
}

func isAgain(item desk.Item) bool {
	return item.Kind == moderation.Second || item.Kind == moderation.Appeal
}

// sendAgain shows a second look.
func (a *Area) sendAgain(c *fiber.Ctx, status int, item desk.Item, back againPage) error {
	ctx, who, now := c.UserContext(), request.Actor(c), a.kit.Clock.Time()
	v := back
	v.Page, v.item, v.appeal = a.page(c), item, item.Kind == moderation.Appeal
	v.waits, v.taken, v.left = waited(v.Page, item.Since, now), item.TakenBy(who, now), minutesLeft(item, now)
	boards, err := a.boardNames(ctx, v.Page, who)
	if err != nil {
		return err
	}
	v.board = boardName(boards, item.Board)
	posts, err := a.forum.ForDesk(ctx, who, []store.ID{item.PostID})
	if err != nil {
		return err
	}
	if post, there := posts[item.PostID]; there {
		v.post = &post
	}
	left, err := a.desk.Asides(ctx, who, []desk.Item{item})
	if err != nil {
		return err
	}
	v.aside = left[item.ID]
	decisions, err := a.desk.LookAgain(ctx, who, item)
	if err != nil {
		return err
	}
	for _, d := range decisions {
		one := judgedBefore{Decision: d}
		if v.appeal && !d.AppealNoteID.IsZero() {
			one.locked = true
			if v.taken == "me" {
				words, err := a.desk.NoteFor(ctx, who, d.AppealNoteID)
				if err != nil && !fault.Is(err, fault.NotFound) {
					return err
				}
				one.note, one.locked = words, err != nil
			}
		}
		v.decisions = append(v.decisions, one)
	}
	return a.kit.Send(c, status, againView(v))
}

// Settle is the second person's answer. Whatever stands in the way, her words come back.
func (a *Area) Settle(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	ctx, who, words := c.UserContext(), request.Actor(c), oneBreak(c.FormValue("words"))
	if !who.SignedIn() {
		p := a.page(c)
		return a.kit.Send(c, fiber.StatusUnauthorized, settleKept(p, id.String(), words))
	}
	if !who.Has(member.RoleModerator) {
		return fault.Missing()
	}
	item, err := a.desk.Item(ctx, who, id)
	if err != nil {
		return a.sendGone(c, err, form{words: words})
	}
	if !isAgain(item) {
		return fault.Missing()
	}
	if !request.Trusted(c) {
		return a.sendAgain(c, fiber.StatusConflict, item, againPage{words: words, notice: &ui.Notice{Tone: ui.Due, Text: request.Printer(c).T("desk.old")}})
	}
	answer := c.FormValue("stand")
	if answer != "1" && answer != "0" {
		return fault.Missing()
	}
	err = a.desk.Settle(ctx, who, id, answer == "1", words)
	if err == nil {
		return a.kit.Go(c, "/desk", ui.Done, "desk.decided")
	}
	if errs, ok := request.Mend(request.Printer(c), err); ok {
		return a.sendAgain(c, fiber.StatusUnprocessableEntity, item, againPage{words: words, errs: errs})
	}
	if queueMessage(err) == "" {
		return err
	}
	if _, gone := a.desk.Item(ctx, who, id); gone != nil {
		return a.sendGone(c, err, form{words: words})
	}
	return a.sendAgain(c, fiber.StatusConflict, item, againPage{words: words, notice: &ui.Notice{Tone: ui.Due, Text: request.Words(request.Printer(c), err)}})
}

// StepAside leaves an item to others, or asks for a second pair of eyes.
func (a *Area) StepAside(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	second := c.FormValue("second") == "1"
	err := a.desk.StepAside(c.UserContext(), request.Actor(c), id, second)
	if message := queueMessage(err); err != nil && message != "" {
		return a.kit.Go(c, "/desk", ui.Due, message)
	}
	if err != nil {
		return err
	}
	if second {
		return a.kit.Go(c, "/desk", ui.Done, "desk.asked")
	}
	return a.kit.Go(c, "/desk", ui.Done, "desk.stepped")
}

// actionWord says in a few words what was decided.
func actionWord(p *ui.Page, d desk.Decision) string {
	switch d.Action {
	case desk.Mask:
		return p.T("desk.did.mask")
	case desk.Hide:
		return p.T("desk.did.hide")
	case desk.Remove:
		return p.T("desk.did.remove")
	case desk.Close:
		return p.T("desk.did.close")
	case desk.Shut:
		return p.T("desk.did.shut")
	case desk.Out:
		return p.T("desk.did.out")
	}
	return p.N("desk.did.pause", d.Days)
}
