package forumweb

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// queuePage is what waits for the peers.
type queuePage struct {
	*ui.Page
	Holds   bool // she has the key
	Waiting int  // people who wait for the key
	Lines   []forum.QuestionLine
	Older   bool // there are questions that her key does not open
	Filter  forum.AskedFilter
}

// Questions lists what people asked privately, for a peer with the key.
func (a *Area) Questions(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), request.Actor(c)
	view := queuePage{Page: a.page(c), Filter: forum.AskedFilter{Lang: talkLang(c.Query("in")), Answered: c.Query("show") == "answered"}}
	var err error
	if view.Holds, err = a.kit.Members.HoldsKey(ctx, who, member.CircleDuty); err != nil {
		return err
	}
	if !view.Holds {
		return a.kit.Send(c, fiber.StatusOK, queueView(view))
	}
	waiting, err := a.kit.Members.WaitingForKey(ctx, who, member.CircleDuty)
	if err != nil {
		return err
	}
	view.Waiting = len(waiting)
	if view.Lines, view.Older, err = a.forum.Asked(ctx, who, view.Filter); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, queueView(view))
}

// tabs are what waits and what was answered.
func (q queuePage) tabs() []ui.Link {
	return []ui.Link{
		{Word: q.T("forum.asked.waiting"), Href: queueHref(false, q.Filter.Lang), Current: !q.Filter.Answered},
		{Word: q.T("forum.asked.answered"), Href: queueHref(true, q.Filter.Lang), Current: q.Filter.Answered},
	}
}

func queueHref(answered bool, lang string) string {
	ask := url.Values{}
	if answered {
		ask.Set("show", "answered")
	}
	if lang != "" {
		ask.Set("in", lang)
	}
	if len(ask) == 0 {
		return "/asked"
	}
	return "/asked?" + ask.Encode()
}

func answerPath(id store.ID) string { return "/asked/" + id.String() }

// Question shows one question to a peer with the key.
func (a *Area) Question(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	view := a.answerPage(c, id)
	if view.Thread, err = a.forum.AskedOne(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, questionView(view))
}

func (a *Area) answerPage(c *fiber.Ctx, id store.ID) askedPage {
	return askedPage{Page: a.page(c), Peer: true, Form: askForm{Action: answerPath(id) + "/answer", Nonce: request.NewNonce()}}
}

// Answer adds a peer's words. What was typed comes back whatever happened meanwhile: she
// may have been signed out, and the question may have been closed or deleted.
func (a *Area) Answer(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	a.kit.NeedPreToken(c)
	view := a.answerPage(c, id)
	view.Form = view.Form.typed(c)
	status := 0
	if status, view.again, err = request.StoppedTeam(c, view.Page); err != nil {
		return err
	}
	who := request.Actor(c)
	if who.SignedIn() && !who.Has(member.RolePeer) {
		return nowhere()
	}
	if status != 0 {
		return a.kit.Send(c, status, questionView(view))
	}
	err = a.forum.Answer(c.UserContext(), who, id, view.Form.draft())
	if err == nil {
		return a.kit.Go(c, answerPath(id), ui.Done, "forum.asked.sent")
	}
	if view.Thread, status, err = a.answerFailed(c, &view, id, err); err != nil {
		return err
	}
	return a.kit.Send(c, status, questionView(view))
}

func (a *Area) answerFailed(c *fiber.Ctx, view *askedPage, id store.ID, cause error) (thread forum.QuestionThread, status int, err error) {
	if fault.Is(cause, fault.NotFound) {
		view.again.Notice = &ui.Notice{Tone: ui.Due, Text: view.T("forum.asked.gone")}
		return thread, fiber.StatusNotFound, nil
	}
	if status, err = request.Refused(view.Page, &view.again, cause); err != nil {
		return thread, 0, err
	}
	thread, err = a.forum.AskedOne(c.UserContext(), request.Actor(c), id)
	return thread, status, err
}

// keyWaiting is a peer who waits for the key.
type keyWaiting struct{ id, handle, roles string }

// dutyKeys lists who waits for the key to the questions. Only a holder sees them.
type dutyKeys struct {
	*ui.Page
	Holds bool
	List  []keyWaiting
}

// DutyKeys is where the key of the peers on duty is handed on.
func (a *Area) DutyKeys(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), request.Actor(c)
	view := dutyKeys{Page: a.page(c)}
	var err error
	if view.Holds, err = a.kit.Members.HoldsKey(ctx, who, member.CircleDuty); err != nil {
		return err
	}
	rows, err := a.kit.Members.WaitingForKey(ctx, who, member.CircleDuty)
	if err != nil {
		return err
	}
	for _, row := range rows {
		var roles []string
		for _, role := range row.RoleList() {
			roles = append(roles, request.RoleWord(view.P, string(role)))
		}
		view.List = append(view.List, keyWaiting{row.ID.String(), row.Handle, view.P.List(roles)})
	}
	return a.kit.Send(c, fiber.StatusOK, dutyKeysView(view))
}

// GrantDutyKey hands it on to one peer.
func (a *Area) GrantDutyKey(c *fiber.Ctx) error {
	to, err := idOf(c, "id")
	if err != nil {
		return err
	}
	if err := a.kit.Members.GrantKey(c.UserContext(), request.Actor(c), member.CircleDuty, to); err != nil {
		return err
	}
	return a.kit.Go(c, "/asked/keys", ui.Done, "forum.asked.keys.given")
}
