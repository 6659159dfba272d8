package materialweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/material"
	"portico/app/recording"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// audioRoom is where recordings of a text are made.
const audioRoom = "/audio"

// studioPage is the recordings of a text, for those who make them.
type studioPage struct {
	*ui.Page
	ui.Again
	material.Studio
	Langs   []ui.Option // in which she may send one
	Lang    string
	Credits ui.Choice
	Alias   string
	Agreed  bool
}

// Audio shows the recordings of a text and the form of another.
func (a *Area) Audio(c *fiber.Ctx) error {
	view, err := a.studioPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, studioView(view))
}

func (a *Area) studioPage(c *fiber.Ctx) (studioPage, error) {
	id, err := request.ID(c)
	if err != nil {
		return studioPage{}, err
	}
	view := studioPage{}
	if view.Studio, err = a.mat.Studio(c.UserContext(), request.Actor(c), id, request.Printer(c).Tag); err != nil {
		return view, err
	}
	view.Page = a.formPage(c)
	view.Path = pathOf(id, audioRoom)
	for _, tag := range view.Studio.Langs {
		view.Langs = append(view.Langs, ui.Option{Value: tag, Label: request.LanguageName(tag), Lang: tag})
	}
	view.Lang, view.Alias, view.Agreed = c.FormValue("language"), request.Typed(c, "alias"), c.FormValue("agreed") == "1"
	view.Credits = ui.Choice{ID: "credit", Label: view.T("material.audio.credit"), Value: c.FormValue("credit")}
	for _, code := range []material.Credit{material.NotNamed, material.ByHandle, material.ByAlias} {
		view.Credits.Options = append(view.Credits.Options, ui.Option{Value: string(code), Label: word(view.Page, audioCredits, code)})
	}
	return view, nil
}

// audioCredits name how somebody may be named who reads aloud.
var audioCredits = map[material.Credit]string{
	material.NotNamed: "material.audio.credit.none", material.ByHandle: "material.audio.credit.handle", material.ByAlias: "material.audio.credit.alias",
}

// SendRecording takes a recording. What is wrong with it is said on the same form; a browser
// does not give a file back, so that she has to choose it again.
func (a *Area) SendRecording(c *fiber.Ctx) error {
	view, err := a.studioPage(c)
	if err != nil {
		return err
	}
	status, back := request.Stopped(c, view.Page)
	if view.Again = back; status != 0 {
		return a.kit.Send(c, status, studioView(view))
	}
	file, err := request.SentFile(c, "recording", recording.LargestFile)
	if err == nil {
		err = a.mat.SendRecording(c.UserContext(), request.Actor(c), view.ID, material.RecordingForm{
			Lang: view.Lang, Credit: material.Credit(view.Credits.Value), Alias: view.Alias, Agreed: view.Agreed, File: file,
		})
	}
	if err != nil {
		status, rest := request.Refused(view.Page, &view.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, studioView(view))
	}
	return a.kit.Go(c, pathOf(view.ID, audioRoom), ui.Done, "material.audio.done")
}

// Listened says that she has listened as the second person.
func (a *Area) Listened(c *fiber.Ctx) error {
	rec, err := request.IDAt(c, "recording")
	if err != nil {
		return err
	}
	return a.do(c, func(id store.ID) error { return a.mat.Listened(c.UserContext(), request.Actor(c), id, rec) }, audioRoom, "material.audio.heard.done")
}

// DropRecording takes a recording away.
func (a *Area) DropRecording(c *fiber.Ctx) error {
	rec, err := request.IDAt(c, "recording")
	if err != nil {
		return err
	}
	return a.do(c, func(id store.ID) error { return a.mat.DropRecording(c.UserContext(), request.Actor(c), id, rec) }, "", "material.audio.dropped")
}

// Sound sends a recording, or the part of it that a player asks for. Nothing of it stays
// with the browser, as no page does; its number changes with every recording.
func (a *Area) Sound(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	rec, err := request.IDAt(c, "recording")
	if err != nil {
		return err
	}
	r, err := a.mat.Listen(c.UserContext(), request.Actor(c), id, rec)
	if err != nil {
		return err
	}
	return request.SendSound(c, request.Sound{ID: rec, Type: r.Type, Size: r.Size, Part: func(from, n int) ([]byte, error) {
		return a.mat.Sound(c.UserContext(), r, from, n)
	}})
}
