package translateweb

import (
	"slices"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/translate"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// listPage is every text with its languages, and what she can check.
type listPage struct {
	*ui.Page
	ui.Again
	Lines   []translate.DocumentLine
	MayOpen bool
	Machine bool // she may read the log of what left for the machine
	Reads   []string
	At      store.ID // the document whose form came back
}

// List shows the texts.
func (a *Area) List(c *fiber.Ctx) error { return a.sendList(c, fiber.StatusOK, nil) }

func (a *Area) sendList(c *fiber.Ctx, status int, change func(*listPage)) error {
	ctx, actor := c.UserContext(), request.Actor(c)
	view := listPage{Page: a.page(c)}
	var err error
	if view.Lines, view.MayOpen, err = a.tr.Documents(ctx, actor); err != nil {
		return err
	}
	if view.Reads, err = a.tr.ReaderLanguages(ctx, actor); err != nil {
		return err
	}
	log, err := a.tr.Log(ctx, actor, 1, 1)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	view.Machine = log.Budget != "" || len(log.Lines) > 0
	view.Path = "/translate"
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, listView(view))
}

// SayLanguages keeps which languages she can check.
func (a *Area) SayLanguages(c *fiber.Ctx) error {
	var langs []string
	for _, raw := range c.Request().PostArgs().PeekMulti("lang") {
		langs = append(langs, string(raw))
	}
	if err := a.tr.SayLanguages(c.UserContext(), request.Actor(c), langs); err != nil {
		return err
	}
	return a.kit.Go(c, "/translate", ui.Done, "translate.languages.kept")
}

// Open starts a language of a text.
func (a *Area) Open(c *fiber.Ctx) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	lang := c.FormValue("lang")
	if err = a.tr.Open(c.UserContext(), request.Actor(c), doc, lang); err == nil {
		return a.kit.Go(c, sheetPath(doc, lang), ui.Done, "translate.opened")
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	for i := range back.Errs {
		back.Errs[i].Field += "-" + doc.String()
	}
	return a.sendList(c, status, func(v *listPage) { v.Again, v.At = back, doc })
}

func (v listPage) reads(tag string) bool { return slices.Contains(v.Reads, tag) }
