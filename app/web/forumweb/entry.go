package forumweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// entry is what became of a key that was typed into a form of words.
type entry struct {
	status int
	back   cameBack
}

// enter signs in whoever typed her key into a form that came back because her session was
// over: one press then sends her words. The device keeps nothing, because nobody asked her
// about it here. Only a form of our own page in this same browser counts, or a stranger
// could make her write in his account.
func (a *Area) enter(c *fiber.Ctx) (entry, error) {
	if request.Actor(c).SignedIn() {
		return entry{}, nil
	}
	a.kit.NeedPreToken(c)
	key := c.FormValue("key")
	if key == "" || !request.Trusted(c) {
		return entry{}, nil
	}
	opened, err := a.kit.Members.SignIn(c.UserContext(), member.KeyForm{
		Key: key, Device: member.NoTrace, Client: request.Client(c), Ticket: c.FormValue("ticket"),
	})
	if err != nil {
		return refusedKey(c, err)
	}
	a.kit.Welcome(c, opened)
	return entry{}, nil
}

// refusedKey says on the same form what is wrong about the key, or how long to wait. The
// key itself never comes back.
func refusedKey(c *fiber.Ctx, err error) (entry, error) {
	p := request.Printer(c)
	if errs, ok := request.Mend(p, err); ok {
		return entry{fiber.StatusUnprocessableEntity, cameBack{Errs: errs}}, nil
	}
	f := fault.As(err)
	if f == nil || f.Kind != fault.Wait {
		return entry{}, err
	}
	back := cameBack{Errs: []ui.FieldError{{Field: "key", Text: request.Words(p, err)}}, Ticket: request.TicketOf(err)}
	return entry{fiber.StatusTooManyRequests, back}, nil
}

// stop says why a form with words is shown again before anything is tried: the session is
// over, or the form is from an older one. Status 0 is no reason.
func (e entry) stop(c *fiber.Ctx, p *ui.Page) (status int, back cameBack) {
	switch {
	case !request.Actor(c).SignedIn():
		back, status = e.back, e.status
		if status == 0 {
			status = fiber.StatusUnauthorized
		}
		back.SignIn, back.Notice = true, &ui.Notice{Tone: ui.Due, Text: p.T("forum.again.signin")}
		return status, back
	case !request.Trusted(c):
		return fiber.StatusConflict, cameBack{Notice: &ui.Notice{Tone: ui.Due, Text: p.T("forum.again.stale")}}
	}
	return 0, cameBack{}
}
