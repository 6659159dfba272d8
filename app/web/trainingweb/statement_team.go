package trainingweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// revokePage is where coordinators take a statement back by its code, or let its holder
// make a new one. There is no list: the portal does not know whose statements there are.
type revokePage struct {
	*ui.Page
	typedCode
	Reason string
}

// RevokeForm shows it.
func (a *Area) RevokeForm(c *fiber.Ctx) error {
	return a.kit.Send(c, fiber.StatusOK, revokeView(revokePage{Page: a.page(c)}))
}

// Revoke takes one back, or with the other button allows a new one.
func (a *Area) Revoke(c *fiber.Ctx) error {
	view := revokePage{Page: a.page(c), Reason: c.FormValue("reason")}
	typed, hash, miss, err := a.readCode(c)
	view.typedCode = typed
	done := "learn.revoke.done"
	if err == nil && c.FormValue("act") == "allow" {
		done = "learn.allow.done"
		err = a.training.AllowAnew(c.UserContext(), request.Actor(c), hash)
	} else if err == nil {
		err = a.training.Revoke(c.UserContext(), request.Actor(c), hash, view.Reason)
	}
	if err == nil {
		return a.kit.Go(c, "/learn/team/statements", ui.Done, done)
	}
	if f := fault.As(err); f != nil && len(f.Fields) > 0 && f.Fields[0].Key == training.WrongCode {
		miss()
	}
	status, rest := view.refused(view.Page, err)
	if rest != nil {
		return rest
	}
	return a.kit.Send(c, status, revokeView(view))
}

func (v revokePage) reasons() []ui.Option {
	options := make([]ui.Option, len(training.BackReasons))
	for i, reason := range training.BackReasons {
		options[i] = ui.Option{Value: reason, Label: backWord(v.Page, reason)}
	}
	return options
}

// backWord names a reason for taking a statement back.
func backWord(p *ui.Page, reason string) string {
	switch reason {
	case training.ByMistake:
		return p.T("learn.revoke.mistake")
	case training.PassedOn:
		return p.T("learn.revoke.passed")
	case training.Outdated:
		return p.T("learn.revoke.outdated")
	}
	return p.T("learn.revoke.asked")
}
