package directoryweb

import (
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"portico/app/web/ui"
)

// takePage is a paper that a person carries to a service herself: she decides what it says
// and who reads it. Nothing of it reaches the database, a cookie, an address or a log.
type takePage struct {
	*ui.Page
	Shown    shown
	Need     string
	Speaks   string
	Agreed   bool
	Ready    bool
	Place    *ui.Page // in the language of the place, nil where that is hers or not ours
	Notice   *ui.Notice
	Errs     []ui.FieldError
	Language string
}

// longestNeed is what fits on the paper, in characters.
const longestNeed = 300

// TakeForm asks what the paper should say.
func (a *Area) TakeForm(c *fiber.Ctx) error {
	view, err := a.takePage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, takeView(view))
}

func (a *Area) takePage(c *fiber.Ctx) (takePage, error) {
	e, err := a.directory.Entry(c.UserContext(), c.Params("id"))
	if err != nil {
		return takePage{}, err
	}
	page := a.form(c)
	page.Path = entryPath(e.ID) + "/take"
	view := takePage{Page: page, Shown: a.show(page, e), Speaks: page.P.Tag}
	if tag := placeLanguage[e.Country]; tag != "" && tag != page.P.Tag {
		there := *page
		there.P = a.kit.Bundle.Printer(tag)
		view.Place = &there
	}
	return view, nil
}

// placeLanguage is the language in which people at a service of a country read, where the
// portal speaks it.
var placeLanguage = map[string]string{"IT": "it", "FR": "fr", "BE": "fr", "CH": "fr", "GB": "en", "IE": "en"}

// Take shows the paper. What she typed goes back to her alone, on this one page.
func (a *Area) Take(c *fiber.Ctx) error {
	view, err := a.takePage(c)
	if err != nil {
		return err
	}
	view.Need = strings.TrimSpace(words(c, "need"))
	view.Agreed = c.FormValue("yes") == "1"
	if tag := c.FormValue("speaks"); a.kit.Bundle.Match(tag) == tag {
		view.Speaks = tag
	}
	view.Language = languageName(view.Speaks)
	if view.Notice = again(c, view.Page); view.Notice != nil {
		return a.kit.Send(c, fiber.StatusConflict, takeView(view))
	}
	if utf8.RuneCountInString(view.Need) > longestNeed {
		view.Errs = append(view.Errs, ui.FieldError{Field: "need", Text: view.T("directory.take.long", "Most", longestNeed)})
	}
	if !view.Agreed {
		view.Errs = append(view.Errs, ui.FieldError{Field: "yes", Text: view.T("directory.take.no")})
	}
	if len(view.Errs) > 0 {
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, takeView(view))
	}
	view.Ready = true
	return a.kit.Send(c, fiber.StatusOK, takeView(view))
}

func (v takePage) speaksOptions() []ui.Option {
	var options []ui.Option
	for _, l := range v.Langs {
		options = append(options, ui.Option{Value: l.Tag, Label: l.Name, Lang: l.Tag})
	}
	return options
}
