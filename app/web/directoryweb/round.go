package directoryweb

import (
	"net/url"

	"github.com/gofiber/fiber/v2"

	"portico/app/directory"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// roundPage is what has to be asked again, on a phone between two calls.
type roundPage struct {
	*ui.Page
	Country   string
	Countries []ui.Option
	Count     int64
	Shown     []shown
	After     string
}

// Round lists what nobody has checked within the year.
func (a *Area) Round(c *fiber.Ctx) error {
	page := a.page(c)
	view := roundPage{Page: page, Country: a.kit.Config.Country}
	if code := c.Query("country"); content.KnownCountry(code) {
		view.Country = code
	}
	due, err := a.directory.Round(c.UserContext(), request.Actor(c), []string{view.Country}, c.Query("after"))
	if err != nil {
		return err
	}
	choices, err := a.directory.Choices(c.UserContext())
	if err != nil {
		return err
	}
	list := listPage{Page: page, Choices: choices, Filter: directory.Filter{Home: a.kit.Config.Country}}
	view.Countries = list.countryOptions()[1:] // a round goes through one country
	view.Count = due.Count
	for _, e := range due.Entries {
		view.Shown = append(view.Shown, a.show(page, e))
	}
	if due.More {
		view.After = due.Entries[len(due.Entries)-1].ID
	}
	return a.kit.Send(c, fiber.StatusOK, roundView(view))
}

// StillTrue says that everything was right when she asked today.
func (a *Area) StillTrue(c *fiber.Ctx) error {
	if err := a.directory.Verify(c.UserContext(), request.Actor(c), c.Params("id")); err != nil {
		return err
	}
	return a.kit.Go(c, roundPath(c.FormValue("country")), ui.Done, "directory.round.checked")
}

// NoAnswer says that nobody answered.
func (a *Area) NoAnswer(c *fiber.Ctx) error {
	if err := a.directory.NoAnswer(c.UserContext(), request.Actor(c), c.Params("id")); err != nil {
		return err
	}
	return a.kit.Go(c, roundPath(c.FormValue("country")), ui.Info, "directory.round.later")
}

// roundPath leads back to the round of a country.
func roundPath(country string) string {
	if !content.KnownCountry(country) {
		return "/directory/round"
	}
	return "/directory/round?country=" + country
}

func (r roundPage) nextHref() string {
	return "/directory/round?" + url.Values{"country": {r.Country}, "after": {r.After}}.Encode()
}
