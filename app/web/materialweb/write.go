package materialweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/markup"
	"portico/app/material"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// writePage is where a text is written, with advice on its words.
type writePage struct {
	form
	Action, Back      string
	Title, Body, Note string
	Base              int
	Lang, Dir         string
	Checked           bool // she asked for advice
	Measure           material.Measure
	Advice            []material.Advice
	Standing          material.Version // what somebody else kept in between
	Between           []ui.Stretch     // from that to her text
}

func (a *Area) writePage(c *fiber.Ctx) writePage {
	path := "/read/" + c.Params("id")
	return writePage{form: form{Page: a.formPage(c)}, Action: path + "/write", Back: path + groupRoom}
}

// WriteForm shows the newest text for writing on.
func (a *Area) WriteForm(c *fiber.Ctx) error {
	shop, err := a.shop(c)
	if err != nil {
		return err
	}
	if shop.State != material.Drafting && shop.State != material.Consulting {
		return fault.Missing()
	}
	view := a.writePage(c)
	view.Title, view.Body, view.Base = shop.Material.Title, shop.Text.Body, shop.Material.Version
	if view.Base > 0 {
		view.Title = shop.Text.Title
	}
	return a.sendWrite(c, fiber.StatusOK, view.in(a, shop))
}

// in adds the advice in the language of the text.
func (v writePage) in(a *Area, shop material.Workshop) writePage {
	lang := shop.Lang
	v.Lang, v.Dir = lang, a.dir(lang)
	v.Measure, v.Advice = material.MeasurePlain(lang, v.Body), material.CheckTerms(lang, v.Title+"\n"+v.Body, shop.Terms...)
	return v
}

func (a *Area) sendWrite(c *fiber.Ctx, status int, v writePage) error {
	return a.kit.Send(c, status, writeView(v))
}

// Write keeps a version, or only looks at its words. Whatever stands in the way, her text
// comes back.
func (a *Area) Write(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := a.writePage(c)
	view.Title, view.Body, view.Note, view.Base = request.Typed(c, "title"), request.Typed(c, "body"), request.Typed(c, "note"), whole(c.FormValue("base"))
	if status := view.stop(c, false); status != 0 {
		return a.sendWrite(c, status, view)
	}
	shop, err := a.shop(c)
	if err != nil {
		return err
	}
	view = view.in(a, shop)
	if c.FormValue("act") == "check" {
		view.Checked = true
		return a.sendWrite(c, fiber.StatusOK, view)
	}
	saved, err := a.mat.Save(c.UserContext(), request.Actor(c), id, material.VersionForm{Title: view.Title, Body: view.Body, Note: view.Note, Base: view.Base})
	if err == nil {
		return a.kit.Go(c, pathOf(id, groupRoom), ui.Done, "material.saved")
	}
	if fault.Is(err, fault.Conflict) && saved.Standing.Number > view.Base {
		// She has the other text before her now, so her next press keeps hers on top of it.
		view.Standing, view.Base = saved.Standing, saved.Standing.Number
		view.Between = stretches(markup.Differences(saved.Standing.Body, view.Body))
	}
	status, rest := request.Refused(view.Page, &view.Again, err)
	if rest != nil {
		return rest
	}
	return a.sendWrite(c, status, view)
}

// comparePage is two versions and what differs.
type comparePage struct {
	*ui.Page
	material.Change
	Dir string
}

// Compare shows what changed between two versions.
func (a *Area) Compare(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := comparePage{Page: a.page(c)}
	if view.Change, err = a.mat.Compare(c.UserContext(), request.Actor(c), id, whole(c.Query("from")), whole(c.Query("to"))); err != nil {
		return err
	}
	view.Dir = a.dir(view.Lang)
	return a.kit.Send(c, fiber.StatusOK, compareView(view))
}

// stretches are pieces as a page draws them: numbers keep their order in every direction.
func stretches(pieces []markup.Piece) []ui.Stretch {
	all := make([]ui.Stretch, len(pieces))
	for i, p := range pieces {
		all[i] = ui.Stretch{Text: p.Text, Taken: p.Turn == markup.Taken, Added: p.Turn == markup.Added, Draw: drawn}
	}
	return all
}

func comparePath(m material.Material, from, to int) string {
	return pathOf(m.ID, "/compare") + "?from=" + strconv.Itoa(from) + "&to=" + strconv.Itoa(to)
}
