package materialweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/numeral"
	"portico/app/web/request"
	"portico/app/web/ui"
)

func (a *Area) spentForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/time")
	f.Heading, f.Lead, f.Button, f.Said = f.T("timesheet.spent"), f.T("timesheet.spent.text"), f.T("timesheet.spent.go"), "timesheet.spent.done"
	f.Sees = f.T("timesheet.sees.spent")
	day := c.FormValue("day")
	if day == "" {
		day = a.kit.Clock.Today()
	}
	f.Fields = []field{
		line(ui.Input{ID: "day", Kind: ui.Day, Label: f.T("peerwork.day"), Value: day}),
		line(ui.Input{ID: "minutes", Kind: ui.Number, Label: f.T("peerwork.minutes"), Hint: f.T("peerwork.minutes.hint"), Value: c.FormValue("minutes"), Max: 5}),
	}
	return f
}

// SpentForm asks a peer of the group how long she worked for the text on a day.
func (a *Area) SpentForm(c *fiber.Ctx) error {
	if !request.Actor(c).Has(member.RolePeer) {
		return fault.Missing()
	}
	return a.showGroup(c, a.spentForm)
}

// Spend notes it.
func (a *Area) Spend(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.spentForm(c), func() error {
		minutes, _ := numeral.Whole(c.FormValue("minutes"))
		return a.mat.Spend(c.UserContext(), request.Actor(c), id, c.FormValue("day"), minutes)
	})
}
