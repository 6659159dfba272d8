package noticeweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/notice"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
	"portico/moderation"
)

// tipsPage is what everybody may read.
type tipsPage struct {
	*ui.Page
	Country string
	List    []notice.Written
	Dir     func(lang string) string
}

// Tips lists the warnings, of one country where the address names one.
func (a *Area) Tips(c *fiber.Ctx) error {
	view := tipsPage{Page: a.page(c), Dir: a.dir, Country: c.Query("country")}
	if !slices.Contains(countries, view.Country) {
		view.Country = ""
	}
	var err error
	if view.List, err = a.notices.Tips(c.UserContext(), view.Country); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, tipsView(view))
}

// dir is the direction of a text in a language.
func (a *Area) dir(lang string) string { return a.kit.Bundle.Printer(lang).Dir }

// deskTipsPage is every tip, with the texts that wait for a second reader.
type deskTipsPage struct {
	*ui.Page
	List []notice.Written
	Dir  func(lang string) string
	Own  func(notice.TipText) bool
}

// DeskTips lists the tips for moderators.
func (a *Area) DeskTips(c *fiber.Ctx) error {
	who := request.Actor(c)
	view := deskTipsPage{Page: a.page(c), Dir: a.dir, Own: func(t notice.TipText) bool { return who.Role != nil && t.WrittenBy == who.Role.ID }}
	var err error
	if view.List, err = a.notices.Desk(c.UserContext(), who); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, deskTipsView(view))
}

// writePage is the form of a tip.
type writePage struct {
	*ui.Page
	notice.TipForm
	Action string
	Again  ui.Again
}

func (v writePage) fresh() bool { return v.ID.IsZero() }

func (a *Area) writePage(c *fiber.Ctx) (view writePage, err error) {
	view = writePage{Page: a.page(c)}
	if c.Params("id") == "" {
		view.Nonce = request.NewNonce()
		view.Country, view.Lang = a.kit.Config.Country, view.P.Tag
		view.Action = tipsPath + "/new/" + view.Nonce
		return view, nil
	}
	view.ID, err = request.ID(c)
	view.Action = tipsPath + "/" + view.ID.String() + "/write"
	view.Lang = c.Query("lang", view.P.Tag)
	return view, err
}

// WriteForm asks for a new tip, or for one more language of one.
func (a *Area) WriteForm(c *fiber.Ctx) error {
	view, err := a.writePage(c)
	if err != nil {
		return err
	}
	if !view.fresh() {
		list, err := a.notices.Desk(c.UserContext(), request.Actor(c))
		if err != nil {
			return err
		}
		for _, w := range list {
			for _, t := range w.Texts {
				if w.ID == view.ID && t.Lang == view.Lang {
					view.TipForm.Title, view.Words = t.Title, t.Body
				}
			}
		}
	}
	return a.kit.Send(c, fiber.StatusOK, writeView(view))
}

// Write keeps a tip for a second moderator. What screening finds is shown on the form.
func (a *Area) Write(c *fiber.Ctx) error {
	view, err := a.writePage(c)
	if err != nil {
		return err
	}
	status := 0
	if status, view.Again, err = request.StoppedTeam(c, view.Page); err != nil {
		return err
	}
	view.TipForm = notice.TipForm{
		ID: view.ID, Nonce: c.Params("form"), Country: c.FormValue("country"), Region: c.FormValue("region"), Kind: c.FormValue("kind"),
		Lang: c.FormValue("lang"), Title: request.Typed(c, "title"), Words: request.Typed(c, "words"), Insist: view.Again.Insist,
	}
	if view.fresh() {
		view.Action = tipsPath + "/new/" + view.Nonce
	}
	if status != 0 {
		return a.kit.Send(c, status, writeView(view))
	}
	verdict, err := a.notices.Write(c.UserContext(), request.Actor(c), view.TipForm, langs)
	if err != nil {
		if status, err = request.Refused(view.Page, &view.Again, err); err != nil {
			return err
		}
		return a.kit.Send(c, status, writeView(view))
	}
	if len(verdict.Findings) > 0 {
		request.Warn(view.Page, &view.Again, verdict)
		view.Again.Refuse = verdict.Outcome == moderation.Refuse
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, writeView(view))
	}
	return a.kit.Go(c, tipsPath, ui.Done, "notice.tip.kept")
}

// ShowTip makes a text public for a second moderator who has read it.
func (a *Area) ShowTip(c *fiber.Ctx) error {
	return a.press(c, func(id store.ID) error {
		return a.notices.Show(c.UserContext(), request.Actor(c), id, c.FormValue("lang"), c.FormValue("read"))
	}, func(store.ID) string { return tipsPath }, "notice.tip.shown")
}

// TakeDown removes a tip.
func (a *Area) TakeDown(c *fiber.Ctx) error {
	return a.press(c, func(id store.ID) error { return a.notices.TakeDown(c.UserContext(), request.Actor(c), id) }, func(store.ID) string { return tipsPath }, "notice.tip.gone")
}

// regionsOfAll offers every region with its country: without script a form cannot follow the
// country that is chosen in it.
func regionsOfAll(p *ui.Page) []ui.Option {
	list := []ui.Option{{Value: "", Label: p.T("notice.region.none")}}
	for _, code := range countries {
		for _, name := range content.Regions(code) {
			list = append(list, ui.Option{Value: name, Label: place(p, code, name)})
		}
	}
	return list
}
