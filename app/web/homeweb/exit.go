package homeweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// clearSite asks the browser to forget. It never names the cache: browsers can take
// seconds to empty it, in the one moment when seconds count, and no page is in it anyway.
const clearSite = `"cookies", "storage"`

// Exit ends the session and leads away. Nothing may stop it: an error of the session table
// leaves a session that ends by itself, and a person who is gone from the page.
func (a *Area) Exit(c *fiber.Ctx) error {
	device := request.Actor(c).Device
	if cookie := a.kit.SessionCookie(c); cookie != "" {
		_ = a.kit.Members.SignOut(c.UserContext(), cookie)
	}
	a.kit.Forget(c)
	for _, name := range []string{"pre", "flash"} {
		a.kit.DropCookie(c, name)
	}
	// On a phone that is hers alone the pages that she saved stay.
	if device != member.Mine {
		a.kit.DropCookie(c, "lang")
		c.Set("Clear-Site-Data", clearSite)
	}
	return c.Redirect("/left", fiber.StatusSeeOther)
}

// Left stands for a moment after Exit: empty, neutral, and already leading on. It is a
// page of its own because a form may not lead to another site.
func (a *Area) Left(c *fiber.Ctx) error {
	page := &ui.Page{P: request.Printer(c)}
	neutral := a.kit.ExitHref(page.P.Tag)
	c.Set("Refresh", "0; url="+neutral)
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	return a.kit.Send(c, fiber.StatusOK, ui.LeftPage(page, neutral))
}
