package onboardingweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/onboarding"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// listPage is the organisations that are open.
type listPage struct {
	*ui.Page
	Pages []onboarding.Page
}

// publicPage starts a page that everybody reads.
func (a *Area) publicPage(c *fiber.Ctx) *ui.Page {
	a.kit.NeedPreToken(c)
	return a.kit.Page(c, request.Printer(c).T("joining.title"), "")
}

// Organisations lists them with how each brings people in.
func (a *Area) Organisations(c *fiber.Ctx) error {
	v := listPage{Page: a.publicPage(c)}
	var err error
	if v.Pages, err = a.in.Pages(c.UserContext(), v.P.Tag); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, listView(v))
}

// onePage is one organisation in public.
type onePage struct {
	*ui.Page
	Org onboarding.Page
	Dir string // of its text
}

// Organisation shows what one organisation says.
func (a *Area) Organisation(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	v := onePage{Page: a.publicPage(c)}
	if v.Org, err = a.in.Page(c.UserContext(), id, v.P.Tag); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, oneView(v))
}

// interestForm is the form with what she has typed.
func (a *Area) interestForm(c *fiber.Ctx, p *ui.Page, id store.ID, nonce string) form {
	return form{
		Page: p, Title: p.T("joining.interest"), Lead: p.T("joining.interest.lead"), Back: orgPath(id), BackWord: p.T("joining.title"),
		Action: orgPath(id) + "/interest/" + nonce, Button: p.T("joining.interest.send"), Sees: p.T("joining.sees.interest"),
		Fields: []field{
			area("words", p.T("joining.interest.words"), p.T("joining.interest.words.hint"), request.Typed(c, "words"), false),
			tick(ui.Tick{ID: "adult", Label: p.T("joining.adult"), Checked: c.FormValue("adult") == "1"}),
			hidden("posting", firstOf(c.FormValue("posting"), c.Query("posting"))),
		},
	}
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// InterestForm shows an empty form.
func (a *Area) InterestForm(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	p := a.publicPage(c)
	if _, err := a.in.Page(c.UserContext(), id, p.P.Tag); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, formPage(a.interestForm(c, p, id, request.NewNonce())))
}

// linkPage shows a new link this once.
type linkPage struct {
	*ui.Page
	Link string
	Hers bool   // she sent the interest herself
	Back string // where a colleague goes on
}

// Interest takes in interest from anybody. The answer is the page itself and no redirect:
// the link is stored as a keyed hash alone, so that no second page could show it.
func (a *Area) Interest(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	p := a.publicPage(c)
	f := a.interestForm(c, p, id, c.Params("form"))
	if !request.Trusted(c) {
		f.Notice = &ui.Notice{Tone: ui.Due, Text: p.T("common.again.stale")}
		return a.kit.Send(c, fiber.StatusConflict, formPage(f))
	}
	posting, _ := store.ParseID(c.FormValue("posting"))
	receipt, err := a.in.Interest(c.UserContext(), onboarding.InterestForm{
		Organisation: id, Posting: posting, Words: request.Typed(c, "words"), Lang: p.P.Tag, Nonce: c.Params("form"), Adult: c.FormValue("adult") == "1",
	})
	if fault.Is(err, fault.Conflict) && fault.As(err).Key == "error.changed" {
		f.Notice = &ui.Notice{Tone: ui.Due, Text: p.T("joining.interest.twice")}
		return a.kit.Send(c, fiber.StatusConflict, formPage(f))
	}
	if err != nil {
		status, rest := request.Refused(p, &f.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, formPage(f))
	}
	return a.kit.Send(c, fiber.StatusOK, linkView(linkPage{Page: p, Link: a.origin(c) + "/role/" + receipt.Token, Hers: true}))
}

// origin is this portal's own address, for a link that somebody writes down.
func (a *Area) origin(c *fiber.Ctx) string {
	if o := a.kit.Config.Origin; o != "" {
		return strings.TrimSuffix(o, "/")
	}
	return c.BaseURL()
}

func orgPath(id store.ID) string { return "/join-us/" + id.String() }
