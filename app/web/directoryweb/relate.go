package directoryweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// relateForm is what a coordinator says about how an entry stands to another.
type relateForm struct {
	Kind, To string
	Errs     []ui.FieldError
}

// Relate writes down how an entry stands to another. A wrong address comes back on the page
// of the entry, with what she typed.
func (a *Area) Relate(c *fiber.Ctx) error {
	r := directory.Relation{FromID: c.Params("id"), Kind: c.FormValue("kind"), ToID: words(c, "to")}
	err := a.directory.Relate(c.UserContext(), request.Actor(c), r)
	errs, ok := request.Mend(request.Printer(c), err)
	if !ok {
		if err != nil {
			return err
		}
		return a.kit.Go(c, entryPath(r.FromID), ui.Done, "directory.related.done")
	}
	e, err := a.directory.Entry(c.UserContext(), r.FromID)
	if err != nil {
		return err
	}
	view, err := a.entryPage(c, e)
	if err != nil {
		return err
	}
	view.Path = entryPath(e.ID)
	view.Relate = relateForm{Kind: r.Kind, To: r.ToID, Errs: errs}
	return a.kit.Send(c, fiber.StatusUnprocessableEntity, entryView(view))
}

// Unrelate takes back what a coordinator wrote.
func (a *Area) Unrelate(c *fiber.Ctx) error {
	r := directory.Relation{FromID: c.Params("id"), Kind: c.FormValue("kind"), ToID: words(c, "to")}
	if err := a.directory.Unrelate(c.UserContext(), request.Actor(c), r); err != nil {
		return err
	}
	return a.kit.Go(c, entryPath(r.FromID), ui.Done, "directory.related.done")
}
