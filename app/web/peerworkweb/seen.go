package peerworkweb

import (
	"slices"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// seenPage is what others may see of peer workers.
type seenPage struct {
	*ui.Page
	People []peerwork.Visible
}

// Seen lists the profiles that this person may see.
func (a *Area) Seen(c *fiber.Ctx) error {
	page := a.kit.Page(c, "", "talk")
	page.Title = page.T("peerwork.seen.tab")
	people, err := a.work.Seen(c.UserContext(), request.Actor(c), page.P.Tag)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, seenView(seenPage{page, people}))
}

// asPage is her own profile with somebody else's eyes.
type asPage struct {
	*ui.Page
	Eyes        string
	One         peerwork.Visible
	There       bool
	Coordinates bool
}

// SeenAs shows her what an audience sees of her now.
func (a *Area) SeenAs(c *fiber.Ctx) error {
	page, who := a.page(c), request.Actor(c)
	view := asPage{Page: page, Eyes: c.Params("eyes"), Coordinates: who.Has(member.RoleCoordinator)}
	if !slices.Contains(peerwork.Audiences, view.Eyes) {
		return fault.Missing()
	}
	var err error
	if view.One, view.There, err = a.work.SeenAs(c.UserContext(), who, view.Eyes, page.P.Tag); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, asView(view))
}

func (v asPage) links() []ui.Link {
	var list []ui.Link
	for _, audience := range peerwork.Audiences {
		list = append(list, ui.Link{Word: word(v.Page, audienceWords, audience), Href: "/work/profile/as/" + audience, Current: audience == v.Eyes})
	}
	return list
}

// viewsPage is who looked.
type viewsPage struct {
	*ui.Page
	Views       []peerwork.View
	Coordinates bool
}

// Views shows her who of the team opened what of hers.
func (a *Area) Views(c *fiber.Ctx) error {
	who := request.Actor(c)
	views, err := a.work.Views(c.UserContext(), who)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, viewsView(viewsPage{a.page(c), views, who.Has(member.RoleCoordinator)}))
}

func (v viewsPage) table() ui.Table {
	table := ui.Table{Head: []string{v.T("peerwork.views.day"), v.T("peerwork.views.what"), v.T("peerwork.views.who")}}
	for _, one := range v.Views {
		table.Rows = append(table.Rows, []templ.Component{ui.Words(v.P.Day(one.Day)), ui.Words(word(v.Page, viewWords, one.What)), ui.Isolated(one.Handle)})
	}
	return table
}

// askHref is the form of a private question, in a language that both speak where there is
// one. It goes to the peers on duty, never to one person's own address.
func askHref(p *ui.Page, list []peerwork.Tongue) string {
	best := ""
	for _, t := range list {
		if t.Tag == p.P.Tag {
			return "/ask?in=" + t.Tag
		}
		if best == "" && request.LanguageName(t.Tag) != t.Tag {
			best = "/ask?in=" + t.Tag
		}
	}
	if best == "" {
		return "/ask"
	}
	return best
}
