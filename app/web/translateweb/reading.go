package translateweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/translate"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// reading is the form of what a reader of the community said.
type reading struct{ Understood, Hard string }

// keptReading holds what she wrote down while she has no session.
type keptReading struct {
	*ui.Page
	ui.Again
	Path string
	Form reading
}

// Reading writes down what somebody of the community said who read a language.
func (a *Area) Reading(c *fiber.Ctx) error {
	doc, err := docOf(c)
	if err != nil {
		return err
	}
	page, lang, f := a.page(c), c.Params("lang"), reading{c.FormValue("understood"), request.Typed(c, "hard")}
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptReadingView(keptReading{page, back, sheetPath(doc, lang), f}))
	}
	if status == 0 {
		if err = a.tr.NoteReading(c.UserContext(), request.Actor(c), doc, lang, f.Understood, f.Hard); err == nil {
			return a.kit.Go(c, sheetPath(doc, lang), ui.Done, "translate.reading.done")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendSheet(c, status, back, func(v *sheetPage) { v.Reading = f })
}

func understoodOptions(p *ui.Page) []ui.Option {
	list := []ui.Option{{Value: "", Label: p.T("translate.reading.choose")}}
	for _, code := range translate.Understandings {
		list = append(list, ui.Option{Value: code, Label: word(p, understoodWords, code)})
	}
	return list
}
