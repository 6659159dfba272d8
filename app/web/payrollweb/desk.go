package payrollweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/payroll"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// deskPage is the page of who does payroll.
type deskPage struct {
	*ui.Page
	ui.Again
	payroll.Desk
	Opened  *payroll.Opened // details that were just opened, on this answer alone
	Chosen  string
	Purpose string
}

// ours reports whether an address names the circle of payroll: the pages of a circle exist
// for those who hold its key, and this area has the pages of one.
func ours(c *fiber.Ctx) error {
	if c.Params("circle") != member.CirclePayroll {
		return fault.New(fault.NotFound, "error.missing")
	}
	return nil
}

// Desk shows the people.
func (a *Area) Desk(c *fiber.Ctx) error {
	if err := ours(c); err != nil {
		return err
	}
	return a.sendDesk(c, fiber.StatusOK, nil)
}

func (a *Area) sendDesk(c *fiber.Ctx, status int, change func(*deskPage)) error {
	view := deskPage{Page: a.page(c)}
	var err error
	if view.Desk, err = a.pay.Desk(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	view.Path = "/work/team/circles/payroll"
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, deskView(view))
}

// TakeUp takes payroll up.
func (a *Area) TakeUp(c *fiber.Ctx) error {
	if err := ours(c); err != nil {
		return err
	}
	if err := a.pay.TakeUp(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return a.kit.Go(c, "/work/team/circles/payroll", ui.Done, "payroll.taken")
}

// HandOn hands the key on.
func (a *Area) HandOn(c *fiber.Ctx) error {
	if err := ours(c); err != nil {
		return err
	}
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	if err := a.pay.HandOn(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, "/work/team/circles/payroll", ui.Done, "payroll.handed")
}

// Open opens somebody's details for a purpose. The answer is the page itself and no
// redirect: a link to it would open them again without a line in the log.
func (a *Area) Open(c *fiber.Ctx) error {
	if err := ours(c); err != nil {
		return err
	}
	chosen, purpose := c.FormValue("person"), c.FormValue("purpose")
	id, _ := store.ParseID(chosen)
	one, err := a.pay.Open(c.UserContext(), request.Actor(c), id, purpose)
	if err == nil {
		return a.sendDesk(c, fiber.StatusOK, func(v *deskPage) { v.Opened = &one })
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendDesk(c, status, func(v *deskPage) { v.Again, v.Chosen, v.Purpose = back, chosen, purpose })
}

// peopleOptions are those who have given details.
func peopleOptions(v deskPage) []ui.Option {
	list := []ui.Option{{Label: v.T("payroll.choose")}}
	for _, p := range v.People {
		if p.Given {
			list = append(list, ui.Option{Value: p.ID.String(), Label: p.Handle})
		}
	}
	return list
}
