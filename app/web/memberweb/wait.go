package memberweb

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/web/ui"
)

// longestRefresh bounds how long a page stands still, whatever its address says.
const longestRefresh = 60

// kept are the values that survive a wait. Nothing that somebody typed is among them.
var kept = [...]string{"next", "device", "posts"}

// waitPage stands while she has to wait.
type waitPage struct {
	*ui.Page
	Seconds int
	Href    string // where it leads by itself, and by hand
}

// sendWaiting answers a fault that asks to wait with the page that does the waiting: a
// request that slept would hold a place that somebody with the right key needs. ok is
// false for any other error.
func (a *Area) sendWaiting(c *fiber.Ctx, path string, err error) (ok bool, sent error) {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Wait {
		return false, nil
	}
	values := url.Values{"wait": {argument(f, "Seconds")}, "t": {argument(f, "Ticket")}}
	if values.Get("t") == "" {
		return false, nil
	}
	for _, name := range kept {
		if value := c.FormValue(name); value != "" {
			values.Set(name, value)
		}
	}
	return true, c.Redirect(path+"?"+values.Encode(), fiber.StatusSeeOther)
}

// waiting shows the page that waits, when the address asks for one. The form it comes back
// to carries the ticket, and she types her key again: it was never on a page.
func (a *Area) waiting(c *fiber.Ctx, path string) (ok bool, sent error) {
	seconds, err := strconv.Atoi(c.Query("wait"))
	if err != nil || seconds < 1 {
		return false, nil
	}
	seconds = min(seconds, longestRefresh)
	values := url.Values{"t": {c.Query("t")}}
	for _, name := range kept {
		if value := c.Query(name); value != "" {
			values.Set(name, value)
		}
	}
	href := path + "?" + values.Encode()
	page := a.kit.Page(c, "", "")
	page.Title = page.T("wait.title")
	c.Set("Refresh", fmt.Sprintf("%d; url=%s", seconds, href))
	return true, a.kit.Send(c, fiber.StatusOK, waitComponent(waitPage{page, seconds, href}))
}

// ticketOf is the proof of an earlier wait, from the form or from the address.
func ticketOf(c *fiber.Ctx) string { return c.FormValue("ticket", c.Query("t")) }

// argument returns one value of a fault's message.
func argument(f *fault.Error, name string) string {
	for i := 0; i+1 < len(f.Args); i += 2 {
		if f.Args[i] == name {
			return fmt.Sprint(f.Args[i+1])
		}
	}
	return ""
}
