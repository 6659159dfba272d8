package memberweb

import (
	"crypto/subtle"
	"math/rand/v2"
	"net/http"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/web/request"
	"portico/app/web/ui"
)

// keyPage shows a new key while its first session lasts.
type keyPage struct {
	*ui.Page
	Groups []string // none when the key can no longer be shown
	Again  bool     // the key is behind a tap: she has seen it, and others may see the screen
	Role   bool     // a session of somebody with roles has a passphrase and no key
}

// practicePage asks for one group of the key.
type practicePage struct {
	*ui.Page
	Group int // from 0
	Right bool
	Errs  []ui.FieldError
}

// Key shows the key, or says that nobody can show it any more.
func (a *Area) Key(c *fiber.Ctx) error {
	return a.kit.Send(c, http.StatusOK, keyComponent(a.keyPage(c)))
}

// KeyCard shows the digits as two entries of a phone list, for print.
func (a *Area) KeyCard(c *fiber.Ctx) error {
	page := a.keyPage(c)
	if len(page.Groups) == 0 {
		return c.Redirect("/key", fiber.StatusSeeOther)
	}
	page.Title = page.T("key.card.title")
	return a.kit.Send(c, http.StatusOK, keyCardComponent(page))
}

func (a *Area) keyPage(c *fiber.Ctx) keyPage {
	actor := request.Actor(c)
	page := keyPage{Page: a.kit.Page(c, request.Printer(c).T("key.tab"), ""), Again: c.Query("again") != "", Role: actor.Role != nil}
	if actor.NewKey != "" {
		page.Groups = groups(actor.NewKey)
	}
	return page
}

// Practice asks for a group drawn anew each time.
func (a *Area) Practice(c *fiber.Ctx) error {
	if request.Actor(c).NewKey == "" {
		return c.Redirect("/key", fiber.StatusSeeOther)
	}
	return a.kit.Send(c, http.StatusOK, practiceComponent(a.practicePage(c, rand.IntN(5))))
}

// CheckPractice compares one group. What she typed is compared and nothing else: it is
// neither shown again nor kept.
func (a *Area) CheckPractice(c *fiber.Ctx) error {
	key := request.Actor(c).NewKey
	if key == "" {
		return c.Redirect("/key", fiber.StatusSeeOther)
	}
	all := groups(key)
	group, err := strconv.Atoi(c.FormValue("group"))
	if err != nil || group < 0 || group >= len(all) {
		group = 2
	}
	page, status := a.practicePage(c, group), http.StatusOK
	page.Right = subtle.ConstantTimeCompare([]byte(foldDigits(c.FormValue("digits"))), []byte(all[group])) == 1
	if !page.Right {
		status = http.StatusUnprocessableEntity
		page.Errs = []ui.FieldError{{Field: "digits", Text: page.T("key.practice.wrong")}}
	}
	return a.kit.Send(c, status, practiceComponent(page))
}

func (a *Area) practicePage(c *fiber.Ctx, group int) practicePage {
	return practicePage{Page: a.kit.Page(c, request.Printer(c).T("key.tab"), ""), Group: group}
}

// groupWord asks for one group by its place.
func groupWord(p *ui.Page, group int) string {
	switch group {
	case 0:
		return p.T("key.practice.first")
	case 1:
		return p.T("key.practice.second")
	case 2:
		return p.T("key.practice.third")
	case 3:
		return p.T("key.practice.fourth")
	}
	return p.T("key.practice.fifth")
}
