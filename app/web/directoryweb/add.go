package directoryweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/fault"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// newPage is where a coordinator writes an entry that nobody shipped. Its fields are those of
// a change, after what it is and in which country.
type newPage struct {
	changePage
	Nonce, Kind, Country string
	Kinds, Countries     []ui.Option
}

// NewForm shows the empty form.
func (a *Area) NewForm(c *fiber.Ctx) error {
	if !tends(c) {
		return fault.Missing()
	}
	view := a.newPage(c)
	view.Nonce, view.Country, view.Change.Lang = store.NewID().String(), a.kit.Config.Country, view.P.Tag
	return a.kit.Send(c, fiber.StatusOK, newView(view))
}

func (a *Area) newPage(c *fiber.Ctx) newPage {
	page := a.page(c)
	view := newPage{changePage: changePage{Page: page}, Kinds: kindOptions(page)}
	view.Path = "/directory/new"
	list := listPage{Page: page, Filter: directory.Filter{Home: a.kit.Config.Country}}
	list.Choices.Countries = directory.Countries()
	view.Countries = list.countryOptions()
	return view
}

// Add writes it. What she typed stays, whatever became of it.
func (a *Area) Add(c *fiber.Ctx) error {
	if !tends(c) {
		return fault.Missing()
	}
	view := a.newPage(c)
	view.Nonce, view.Kind, view.Country = c.Params("form"), words(c, "kind"), words(c, "country")
	view.Change = changeOf(c, view.P.Tag)
	if view.Notice = again(c, view.Page); view.Notice != nil {
		return a.kit.Send(c, fiber.StatusConflict, newView(view))
	}
	id, err := a.directory.Add(c.UserContext(), request.Actor(c), view.Nonce, view.Kind, view.Country, view.Change)
	if errs, ok := request.Mend(view.P, err); ok {
		view.Errs = errs
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, newView(view))
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, entryPath(id), ui.Done, "directory.new.done")
}
