package noticeweb

import (
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/notice"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// homePage is the door: tell, read the answer, or read what others were warned of.
type homePage struct {
	*ui.Page
	Country string
	CanTell bool
}

// Home shows the ways. The country of the host is chosen already.
func (a *Area) Home(c *fiber.Ctx) error {
	view := homePage{Page: a.page(c), Country: a.kit.Config.Country}
	var err error
	if view.CanTell, err = a.notices.CanTell(c.UserContext()); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, homeView(view))
}

// Choose leads to the form of the country that was chosen, so that it works without script.
func (a *Area) Choose(c *fiber.Ctx) error {
	to := home + "/tell/"
	if c.Query("to") == "now" {
		to = "/help/now/"
	}
	for _, code := range countries {
		if code == c.Query("country", c.Query("now-country")) {
			return c.Redirect(to+code, fiber.StatusSeeOther)
		}
	}
	return c.Redirect(home, fiber.StatusSeeOther)
}

// risks are what telling an office may cost, in her language or in English.
type risks struct {
	Country   string // in words
	Sentences []string
	Lang, Dir string
	Own       bool // there are sentences of this country
}

func (a *Area) risks(p *ui.Page, country string) risks {
	r := risks{Country: countryName(p, country)}
	r.Sentences, r.Lang, r.Own = content.RisksIn(country, p.P.Tag)
	r.Dir = a.kit.Bundle.Printer(r.Lang).Dir
	return r
}

// tellPage is the form with the risks above it.
type tellPage struct {
	*ui.Page
	notice.Telling
	Risks  risks
	Lines  []request.Line
	Closed bool // nobody could read it
	Notice *ui.Notice
	Errs   []ui.FieldError
}

func (v tellPage) path() string { return home + "/tell/" + v.Country }

func (a *Area) tellPage(c *fiber.Ctx) (tellPage, error) {
	view := tellPage{Page: a.page(c)}
	code, known := country(c)
	if !known {
		return view, fault.Missing()
	}
	view.Country, view.Risks = code, a.risks(view.Page, code)
	view.Lines = open(a.kit.LinesOf(code, ""), view.P.Tag)
	can, err := a.notices.CanTell(c.UserContext())
	view.Closed = !can
	return view, err
}

// TellForm asks what happened. It asks for nobody's name, and for no place smaller than a region.
func (a *Area) TellForm(c *fiber.Ctx) error {
	view, err := a.tellPage(c)
	if err != nil {
		return err
	}
	view.Nonce = request.NewNonce()
	return a.kit.Send(c, fiber.StatusOK, tellView(view))
}

// Tell takes it and shows the code, this one time.
func (a *Area) Tell(c *fiber.Ctx) error {
	view, err := a.tellPage(c)
	if err != nil {
		return err
	}
	view.Telling = notice.Telling{
		Country: view.Country, Region: c.FormValue("region"), Kind: c.FormValue("kind"), Wish: c.FormValue("wish"), Lang: view.P.Tag,
		Words: request.Typed(c, "words"), Nonce: c.Params("form"),
	}
	if view.Notice = again(c, view.Page); view.Notice != nil {
		return a.kit.Send(c, fiber.StatusConflict, tellView(view))
	}
	// The code follows from the form and the words, so that the same form sent twice shows the
	// same code, and only the server can work it out.
	code := a.kit.Members.LongCode(codeOf, view.Nonce+"|"+strings.TrimSpace(view.Words))
	danger, err := a.notices.Tell(c.UserContext(), view.Telling, notice.Code{Hash: code.Hash, Key: a.kit.Members.CodeKey(codeOf, code.Shown)})
	if errs, ok := request.Mend(view.P, err); ok {
		view.Errs = errs
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, tellView(view))
	}
	if fault.Is(err, fault.Refused) {
		view.Notice = &ui.Notice{Tone: ui.Due, Text: request.Words(view.P, err)}
		return a.kit.Send(c, fiber.StatusForbidden, tellView(view))
	}
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, toldView(toldPage{view.Page, code.Shown, danger, view.Lines}))
}

// toldPage shows the code once.
type toldPage struct {
	*ui.Page
	Code   string
	Danger bool
	Lines  []request.Line
}
