// Package aloudweb is where people read the portal's own pages aloud, and where everybody
// hears them.
package aloudweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/aloud"
	"portico/app/recording"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// room is where recordings of pages are made.
const room = "/aloud"

// Area holds the handlers.
type Area struct {
	kit   *request.Kit
	aloud *aloud.Service
}

// New makes the area.
func New(kit *request.Kit, s *aloud.Service) *Area { return &Area{kit: kit, aloud: s} }

// studioPage is every recording of a page, and the form of another.
type studioPage struct {
	*ui.Page
	ui.Again
	Lines      []aloud.Line
	Pages      []ui.Option
	Langs      []ui.Option
	Name, Lang string
	Agreed     bool
}

// pageTitles are the words of the pages that can be read aloud.
var pageTitles = map[string]string{
	"join": "frame.join", "consent": "material.story", "exit": "frame.exit", "help": "home.help", "now": "notice.now",
	"notices": "notice.title", "safety": "frame.promise", "rules": "frame.rules",
}

// Studio shows the recordings of pages.
func (a *Area) Studio(c *fiber.Ctx) error {
	view, err := a.page(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, studioView(view))
}

func (a *Area) page(c *fiber.Ctx) (view studioPage, err error) {
	a.kit.NeedPreToken(c)
	view.Page = a.kit.Page(c, "", "read")
	view.Title = view.T("aloud.title")
	for _, name := range aloud.Pages {
		view.Pages = append(view.Pages, ui.Option{Value: name, Label: view.T(pageTitles[name])})
	}
	for _, l := range view.Page.Langs {
		view.Langs = append(view.Langs, ui.Option{Value: l.Tag, Label: l.Name, Lang: l.Tag})
	}
	view.Name, view.Lang, view.Agreed = c.FormValue("page"), c.FormValue("language"), c.FormValue("agreed") == "1"
	if who := request.Actor(c); who.SignedIn() {
		view.Lines, err = a.aloud.Studio(c.UserContext(), who)
	}
	return view, err
}

// Send takes a recording. What is wrong with it is said on the same form; a browser does not
// give a file back, so that she has to choose it again.
func (a *Area) Send(c *fiber.Ctx) error {
	view, err := a.page(c)
	if err != nil {
		return err
	}
	status, back := request.Stopped(c, view.Page)
	if view.Again = back; status != 0 {
		return a.kit.Send(c, status, studioView(view))
	}
	file, err := request.SentFile(c, "recording", recording.LargestFile)
	if err == nil {
		form := aloud.Form{Page: view.Name, Lang: view.Lang, Agreed: view.Agreed, File: file}
		for _, l := range view.Langs {
			form.Langs = append(form.Langs, l.Value)
		}
		err = a.aloud.Send(c.UserContext(), request.Actor(c), form)
	}
	if err != nil {
		status, rest := request.Refused(view.Page, &view.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, studioView(view))
	}
	return a.kit.Go(c, room, ui.Done, "material.audio.done")
}

// Heard says that she has listened as the second person.
func (a *Area) Heard(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.aloud.Heard(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, room, ui.Done, "material.audio.heard.done")
}

// Drop takes a recording away.
func (a *Area) Drop(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.aloud.Drop(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, room, ui.Done, "material.audio.dropped")
}

// Sound sends a recording, or the part of it that a player asks for.
func (a *Area) Sound(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	r, err := a.aloud.Listen(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	return request.SendSound(c, request.Sound{ID: id, Type: r.Type, Size: r.Size, Part: func(from, n int) ([]byte, error) {
		return a.aloud.Sound(c.UserContext(), r, from, n)
	}})
}
