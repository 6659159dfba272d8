package homeweb

import (
	"net/url"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/web/request"
)

// longestAddress is the longest address of another site that a page repeats.
const longestAddress = 2000

// outside is another site and the way back to where the link stood.
type outside struct {
	address string
	host    string
	back    templ.SafeURL
}

// Link stands between a post and another site. Only web addresses pass; anything else
// looks like an address that leads nowhere.
func (a *Area) Link(c *fiber.Ctx) error {
	raw := c.Query("to")
	u, err := url.Parse(raw)
	if err != nil || len(raw) > longestAddress || (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return fault.Missing()
	}
	page := a.kit.Page(c, "", "")
	page.Title = page.T("home.link")
	page.Path = "/"
	return a.kit.Send(c, fiber.StatusOK, linkPage(page, outside{
		address: u.String(), host: u.Hostname(), back: templ.URL(backFrom(c)),
	}))
}

// backFrom is the page of this portal that she came from, or the front page.
func backFrom(c *fiber.Ctx) string {
	from, err := url.Parse(c.Get(fiber.HeaderReferer))
	if err != nil || from.Host != string(c.Request().Host()) {
		return "/"
	}
	return request.LocalPath(from.RequestURI(), "/")
}
