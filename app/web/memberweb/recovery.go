package memberweb

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// recoveryPage is the drawer that two of three people open together.
type recoveryPage struct {
	*ui.Page
	ui.Again
	member.RecoveryState
	Inviter       bool
	Me            store.ID
	Second, Third string
	Ask           recoveryTyped
}

// recoveryTyped is what somebody typed into the form of a request.
type recoveryTyped struct{ Purpose, For, Leaves, Why, Nonce string }

// Recovery shows how the recovery stands and what waits.
func (a *Area) Recovery(c *fiber.Ctx) error { return a.sendRecovery(c, http.StatusOK, nil) }

func (a *Area) sendRecovery(c *fiber.Ctx, status int, change func(*recoveryPage)) error {
	who := request.Actor(c)
	view := recoveryPage{Page: a.form(c, request.Printer(c).T("nav.team")), Inviter: who.Has(member.RoleCoordinator)}
	view.Ask.Nonce = request.NewNonce()
	var err error
	if view.RecoveryState, err = a.kit.Members.RecoveryNow(c.UserContext(), who); err != nil {
		return err
	}
	view.Me, view.Path = who.Role.ID, "/team/recovery"
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, recoveryComponent(view))
}

// SetUpRecovery names the two others.
func (a *Area) SetUpRecovery(c *fiber.Ctx) error {
	second, third := c.FormValue("second"), c.FormValue("third")
	one, _ := store.ParseID(second)
	two, _ := store.ParseID(third)
	err := a.kit.Members.SetUpRecovery(c.UserContext(), request.Actor(c), one, two)
	if err == nil {
		return a.kit.Go(c, "/team/recovery", ui.Done, "recovery.set.done")
	}
	return a.recoveryAgain(c, err, func(v *recoveryPage) { v.Second, v.Third = second, third })
}

func (a *Area) recoveryAgain(c *fiber.Ctx, err error, keep func(*recoveryPage)) error {
	var back ui.Again
	status, err := request.Refused(a.form(c, ""), &back, err)
	if err != nil {
		return err
	}
	return a.sendRecovery(c, status, func(v *recoveryPage) {
		v.Again = back
		keep(v)
	})
}

// AskRecovery is the first of the two people.
func (a *Area) AskRecovery(c *fiber.Ctx) error {
	typed := recoveryTyped{c.FormValue("purpose"), c.FormValue("for"), c.FormValue("leaves"), request.Typed(c, "why"), c.FormValue("nonce")}
	page := a.form(c, request.Printer(c).T("nav.team"))
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptRecoveryComponent(recoveryPage{Page: page, Again: back, Ask: typed}))
	}
	if status != 0 {
		return a.sendRecovery(c, status, func(v *recoveryPage) { v.Again, v.Ask = back, typed })
	}
	f := member.RecoveryAsk{Purpose: typed.Purpose, Why: typed.Why, Nonce: typed.Nonce}
	f.For, _ = store.ParseID(typed.For)
	f.Leaves, _ = store.ParseID(typed.Leaves)
	err = a.kit.Members.AskRecovery(c.UserContext(), request.Actor(c), f)
	if err == nil {
		return a.kit.Go(c, "/team/recovery", ui.Done, "recovery.asked.done")
	}
	return a.recoveryAgain(c, err, func(v *recoveryPage) { v.Ask = typed })
}

// ConfirmRecovery is the second.
func (a *Area) ConfirmRecovery(c *fiber.Ctx) error {
	return a.onRequest(c, "recovery.confirmed.done", func(id store.ID) error {
		_, err := a.kit.Members.ConfirmRecovery(c.UserContext(), request.Actor(c), id)
		return err
	})
}

// CloseRecovery takes a request back or refuses it.
func (a *Area) CloseRecovery(c *fiber.Ctx) error {
	return a.onRequest(c, "recovery.closed.done", func(id store.ID) error {
		return a.kit.Members.CloseRecovery(c.UserContext(), request.Actor(c), id)
	})
}

func (a *Area) onRequest(c *fiber.Ctx, done string, do func(store.ID) error) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.New(fault.NotFound, "error.missing")
	}
	if err := do(id); err != nil {
		return a.recoveryAgain(c, err, func(*recoveryPage) {})
	}
	return a.kit.Go(c, "/team/recovery", ui.Done, done)
}

// CoverRecords brings what she can read under the present key.
func (a *Area) CoverRecords(c *fiber.Ctx) error {
	if _, err := a.kit.Members.CoverRecords(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return a.kit.Go(c, "/team/recovery", ui.Done, "recovery.covered.done")
}

// hereAmong marks the tab of an address.
func hereAmong(tabs []ui.Link, here string) []ui.Link {
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == here
	}
	return tabs
}

// otherPeople are the answers of a question about somebody else.
func otherPeople(v recoveryPage, choose string) []ui.Option {
	list := []ui.Option{{Label: choose}}
	for _, p := range v.People {
		if p.ID != v.Me {
			list = append(list, ui.Option{Value: p.ID.String(), Label: p.Handle})
		}
	}
	return list
}

// everybody are the answers of a question about anybody who coordinates or administers.
func everybody(v recoveryPage, choose string) []ui.Option {
	list := []ui.Option{{Label: choose}}
	if len(v.People) == 0 && v.Ask.For != "" { // her session is over: nobody is named, and her choice stays
		list = append(list, ui.Option{Value: v.Ask.For, Label: v.T("recovery.chosen")})
	}
	for _, p := range v.People {
		list = append(list, ui.Option{Value: p.ID.String(), Label: p.Handle})
	}
	return list
}

// leaving are the holders whose place somebody else may take.
func leaving(v recoveryPage) []ui.Option {
	list := []ui.Option{{Label: v.T("recovery.leaves.none")}}
	if len(v.People) == 0 && v.Ask.Leaves != "" {
		list = append(list, ui.Option{Value: v.Ask.Leaves, Label: v.T("recovery.chosen")})
	}
	for _, h := range v.Holders {
		if h.ID != v.Me {
			list = append(list, ui.Option{Value: h.ID.String(), Label: h.Handle})
		}
	}
	return list
}

// isolated keeps the direction of a name inside a sentence.
func isolated(text string) string { return "\u2068" + text + "\u2069" }
