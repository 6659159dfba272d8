package materialweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/material"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// termsPage lists the words that a group decided on.
type termsPage struct {
	*ui.Page
	material.Workshop
	Form form
}

func (a *Area) termForm(c *fiber.Ctx, lang string) form {
	f := a.groupForm(c, "/words")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.term.new"), f.T("material.term.lead"), f.T("material.term.go"), "material.term.done"
	f.Back, f.Go = f.Action, f.Action
	if chosen := c.FormValue("language"); chosen != "" {
		lang = chosen
	}
	f.Fields = []field{
		choose(ui.Choice{ID: "language", Label: f.T("material.field.lang"), Options: langOptions(), Value: lang}),
		line(ui.Input{ID: "preferred", Label: f.T("material.term.preferred"), Value: request.Typed(c, "preferred"), Max: 60}),
		line(ui.Input{ID: "refused", Kind: ui.TextArea, Rows: 3, Label: f.T("material.term.refused"), Hint: f.T("material.term.refused.hint"), Value: request.Typed(c, "refused")}),
		line(ui.Input{ID: "why", Label: f.T("material.term.why"), Value: request.Typed(c, "why"), Max: 600}),
		nonceField(c),
	}
	return f
}

// Terms lists the words of a group, with the form of another.
func (a *Area) Terms(c *fiber.Ctx) error {
	shop, err := a.shop(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, termsView(termsPage{a.formPage(c), shop, a.termForm(c, shop.Lang)}))
}

// DecideTerm keeps a word.
func (a *Area) DecideTerm(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.termForm(c, ""), func() error {
		lang := c.FormValue("language")
		if !known(lang) {
			lang = ""
		}
		return a.mat.DecideTerm(c.UserContext(), request.Actor(c), id, material.TermForm{
			Lang: lang, Preferred: request.Typed(c, "preferred"), Refused: request.Typed(c, "refused"), Why: request.Typed(c, "why"), Nonce: c.FormValue("nonce"),
		})
	})
}

// DropTerm takes a word away.
func (a *Area) DropTerm(c *fiber.Ctx) error {
	term, err := request.IDAt(c, "term")
	if err != nil {
		return err
	}
	return a.do(c, func(id store.ID) error { return a.mat.DropTerm(c.UserContext(), request.Actor(c), id, term) }, "/words", "material.term.dropped")
}

func (a *Area) marksForm(c *fiber.Ctx, value string) form {
	f := a.groupForm(c, "/marks")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.marks"), f.T("material.marks.lead"), f.T("material.marks.go"), "material.marks.done"
	f.Fields = []field{several(ui.Choice{ID: "subjects", Label: f.T("material.marks.what"), Options: options(f.Page, material.Subjects, subjectWords), Value: value})}
	return f
}

// MarksForm asks what a text is about.
func (a *Area) MarksForm(c *fiber.Ctx) error {
	shop, err := a.shop(c)
	if err != nil {
		return err
	}
	return a.show(c, a.marksForm(c, shop.Subjects))
}

// Mark keeps what it is about.
func (a *Area) Mark(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.marksForm(c, chosen(c, "subjects")), func() error {
		return a.mat.Mark(c.UserContext(), request.Actor(c), id, fields(chosen(c, "subjects")))
	})
}

// printsPage is the log of what was printed.
type printsPage struct {
	*ui.Page
	material.Material
	Runs   []material.PrintRun
	Copies int
	Form   form
}

func (a *Area) printForm(c *fiber.Ctx) form {
	f := a.groupForm(c, "/prints")
	f.Heading, f.Lead, f.Button, f.Said = f.T("material.prints.new"), f.T("material.prints.new.lead"), f.T("material.prints.go"), "material.prints.done"
	f.Back, f.Go = f.Action, f.Action
	day := c.FormValue("day")
	if c.Method() == fiber.MethodGet {
		day = a.kit.Clock.Today()
	}
	f.Fields = []field{
		line(ui.Input{ID: "day", Kind: ui.Day, Label: f.T("material.prints.day"), Value: day}),
		choose(ui.Choice{ID: "language", Label: f.T("material.field.lang"), Options: langOptions(), Value: c.FormValue("language")}),
		choose(ui.Choice{ID: "sheet", Label: f.T("material.prints.sheet"), Options: options(f.Page, material.Sheets, sheetWords), Value: c.FormValue("sheet")}),
		line(ui.Input{ID: "copies", Kind: ui.Number, Label: f.T("material.prints.copies"), Value: c.FormValue("copies"), Max: 6}),
		choose(ui.Choice{ID: "place", Label: f.T("material.prints.place"), Hint: f.T("material.prints.place.hint"), Options: options(f.Page, material.Places, placeWords), Value: c.FormValue("place")}),
		nonceField(c),
	}
	return f
}

// Prints shows the log with its sum, and the form of another run.
func (a *Area) Prints(c *fiber.Ctx) error {
	shop, err := a.shop(c)
	if err != nil {
		return err
	}
	view := printsPage{Page: a.formPage(c), Material: shop.Material, Form: a.printForm(c)}
	if view.Runs, view.Copies, err = a.mat.Prints(c.UserContext(), request.Actor(c), shop.ID); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, printsView(view))
}

// NotePrint keeps a run.
func (a *Area) NotePrint(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.printForm(c), func() error {
		return a.mat.NotePrint(c.UserContext(), request.Actor(c), id, material.PrintForm{
			Day: c.FormValue("day"), Lang: c.FormValue("language"), Sheet: c.FormValue("sheet"), Place: c.FormValue("place"),
			Copies: whole(c.FormValue("copies")), Nonce: c.FormValue("nonce"),
		})
	})
}

// DropPrint takes a run away that was noted wrongly.
func (a *Area) DropPrint(c *fiber.Ctx) error {
	run, err := request.IDAt(c, "run")
	if err != nil {
		return err
	}
	return a.do(c, func(id store.ID) error { return a.mat.DropPrint(c.UserContext(), request.Actor(c), id, run) }, "/prints", "material.prints.dropped")
}

// PrintsCSV is the log for other programs.
func (a *Area) PrintsCSV(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	runs, _, err := a.mat.Prints(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	rows := make([][]string, len(runs))
	for i, r := range runs {
		rows[i] = []string{r.Day, r.Lang, r.Sheet, strconv.Itoa(r.Copies), r.Place}
	}
	return request.SendCSV(c, "prints.csv", []string{"day", "language", "sheet", "copies", "place"}, rows)
}
