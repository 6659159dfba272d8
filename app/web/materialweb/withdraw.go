package materialweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/material"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// gonePage says that a text was taken back, to whoever still has its address.
type gonePage struct {
	*ui.Page
	material.Gone
}

// gone answers instead of a text that is not there: with what became of it where it was
// published, and otherwise with the error that there was.
func (a *Area) gone(c *fiber.Ctx, was error) error {
	id, err := request.ID(c)
	if err != nil || !fault.Is(was, fault.NotFound) {
		return was
	}
	view := gonePage{}
	if view.Gone, err = a.mat.Gone(c.UserContext(), id); err != nil {
		return err
	}
	view.Page = a.page(c)
	return a.kit.Send(c, fiber.StatusGone, goneView(view))
}

func (a *Area) withdrawForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/withdraw")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.withdraw"), f.T("material.withdraw.lead"), f.T("material.withdraw.go"), "material.withdraw.done"
	f.Kind, f.Sees, f.Go, f.Back = ui.Grave, f.T("material.sees.everybody"), "/read/work", "/read/"+c.Params("id")
	f.Fields = []field{cards(ui.Choice{ID: "why", Label: f.T("material.withdraw.why"), Options: options(f.Page, material.Reasons, whyWords), Value: c.FormValue("why")})}
	return f
}

// WithdrawForm asks why a published text should go.
func (a *Area) WithdrawForm(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	who := request.Actor(c)
	d, err := a.mat.Door(c.UserContext(), who, id)
	if err != nil {
		return err
	}
	if !d.MayWithdraw(who, d.Group) {
		return fault.Missing()
	}
	return a.show(c, a.withdrawForm(c))
}

// Withdraw takes it from its readers.
func (a *Area) Withdraw(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.withdrawForm(c), func() error { return a.mat.Withdraw(c.UserContext(), request.Actor(c), id, c.FormValue("why")) })
}

// archivePage lists what lies in the archive.
type archivePage struct {
	*ui.Page
	List []material.Material
	Next string
}

// Archived lists what may be brought back.
func (a *Area) Archived(c *fiber.Ctx) error {
	view := archivePage{Page: a.formPage(c)}
	list, next, err := a.mat.Archived(c.UserContext(), request.Actor(c), after(c))
	if err != nil {
		return err
	}
	view.List, view.Next = list, numberOf(next)
	return a.kit.Send(c, fiber.StatusOK, archiveView(view))
}

// after is the last line of the page before, zero for the first page.
func after(c *fiber.Ctx) store.ID {
	id, _ := store.ParseID(c.Query("after"))
	return id
}

// numberOf is where a list goes on, "" for nowhere.
func numberOf(next store.ID) string {
	if next.IsZero() {
		return ""
	}
	return next.String()
}

// BringBack takes a material out of the archive.
func (a *Area) BringBack(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.mat.BringBack(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/read/work", ui.Done, "material.back.done")
}
