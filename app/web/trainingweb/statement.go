package trainingweb

import (
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// longestName is in characters: names can be long, a line on paper is not.
const longestName = 120

// statementPage is a finished module as a page to print.
type statementPage struct {
	lesson
	Name   string // typed for this one answer
	Code   string
	Issuer string
}

// Statement shows the statement without a name, and asks which name shall stand on it.
func (a *Area) Statement(c *fiber.Ctx) error {
	view, err := a.statement(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, statementView(view))
}

// NameStatement shows the statement with a name. The name is on this answer alone: it is not
// stored, and it was sent in the body of a form, so that no history keeps it.
func (a *Area) NameStatement(c *fiber.Ctx) error {
	view, err := a.statement(c)
	if err != nil {
		return err
	}
	view.Name = strings.Join(strings.Fields(c.FormValue("name")), " ")
	if utf8.RuneCountInString(view.Name) > longestName {
		view.Errs = []ui.FieldError{{Field: "name", Text: view.T("learn.statement.long")}}
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, statementView(view))
	}
	return a.kit.Send(c, fiber.StatusOK, statementView(view))
}

func (a *Area) statement(c *fiber.Ctx) (statementPage, error) {
	l, err := a.lesson(c)
	if err != nil {
		return statementPage{}, err
	}
	if l.Done == nil {
		return statementPage{}, notFound()
	}
	code := a.training.Code(training.Statement{Module: l.Slug, Version: l.Done.Version, Day: l.Done.Day})
	return statementPage{lesson: l, Code: training.FormatCode(code), Issuer: a.issuer(c)}, nil
}

// issuer is the address of this portal as people type it.
func (a *Area) issuer(c *fiber.Ctx) string {
	if a.kit.Config.Origin != "" {
		return a.kit.Config.Origin
	}
	return c.BaseURL()
}

// verifyPage is where anybody checks a code.
type verifyPage struct {
	*ui.Page
	Typed  string
	Found  *training.Statement
	Text   content.ModuleText
	Issuer string
	Errs   []ui.FieldError
}

// VerifyForm asks for a code.
func (a *Area) VerifyForm(c *fiber.Ctx) error {
	a.kit.NeedPreToken(c)
	return a.kit.Send(c, fiber.StatusOK, verifyView(verifyPage{Page: a.page(c)}))
}

// Verify says what a code stands for: module, day and issuer, and no person.
func (a *Area) Verify(c *fiber.Ctx) error {
	a.kit.NeedPreToken(c)
	view := verifyPage{Page: a.page(c), Typed: c.FormValue("code"), Issuer: a.issuer(c)}
	found, ok := a.training.Verify(view.Typed)
	if !ok {
		view.Errs = []ui.FieldError{{Field: "code", Text: view.T("learn.verify.unknown")}}
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, verifyView(view))
	}
	view.Found = &found
	for _, m := range a.training.Modules() {
		if m.Slug == found.Module {
			view.Text = m.In(request.Printer(c).Tag)
		}
	}
	return a.kit.Send(c, fiber.StatusOK, verifyView(view))
}
