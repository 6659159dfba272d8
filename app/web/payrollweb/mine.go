package payrollweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/payroll"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// minePage is her own page.
type minePage struct {
	*ui.Page
	ui.Again
	payroll.Mine
	Form        payroll.Details
	Coordinates bool
}

// Mine shows what she has given and who has opened it.
func (a *Area) Mine(c *fiber.Ctx) error { return a.sendMine(c, fiber.StatusOK, nil) }

func (a *Area) sendMine(c *fiber.Ctx, status int, change func(*minePage)) error {
	who := request.Actor(c)
	view := minePage{Page: a.page(c), Coordinates: who.Has(member.RoleCoordinator)}
	var err error
	if view.Mine, err = a.pay.Mine(c.UserContext(), who); err != nil {
		return err
	}
	view.Form, view.Path = view.Details, "/work/payroll"
	if view.Form.Method == "iban" {
		view.Form.IBAN = payroll.ShowIBAN(view.Form.IBAN)
	}
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, mineView(view))
}

// Save keeps her details.
func (a *Area) Save(c *fiber.Ctx) error {
	page := a.page(c)
	d := payroll.Details{
		Name: request.Typed(c, "name"), Method: c.FormValue("method"), IBAN: request.Typed(c, "iban"), Words: request.Typed(c, "words"), Tax: request.Typed(c, "tax"),
	}
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptView(minePage{Page: page, Again: back, Form: d}))
	}
	if status == 0 {
		err := a.pay.Save(c.UserContext(), request.Actor(c), d)
		if err == nil {
			return a.kit.Go(c, "/work/payroll", ui.Done, "payroll.kept")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendMine(c, status, func(v *minePage) { v.Again, v.Form = back, d })
}

// Remove takes her details away.
func (a *Area) Remove(c *fiber.Ctx) error {
	if err := a.pay.Remove(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return a.kit.Go(c, "/work/payroll", ui.Done, "payroll.removed")
}
