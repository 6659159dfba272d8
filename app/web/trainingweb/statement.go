package trainingweb

import (
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// longestName is in characters: names can be long, a line on paper is not.
const longestName = 120

// issuerName is how a file names the portal. It says nothing about who meets there.
const issuerName = "Portico"

// verifyPath is where anybody checks a code.
const verifyPath = "/learn/verify"

// statementPage is a finished module as a statement: to make, to print, to take along, to
// take back.
type statementPage struct {
	lesson
	Held   training.Held
	Name   string // typed for this one answer
	Issuer string
	QR     *ui.QR // leads to where a code is checked, without the code; nil when the address is too long
	Files  bool   // whether files can be made here
}

// Statement shows her statement without a name, or how to make one.
func (a *Area) Statement(c *fiber.Ctx) error {
	view, err := a.statement(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, statementView(view))
}

// NameStatement answers with the statement under a name: as a page, or as one of the two
// files. The name is on this answer alone: it is not stored, and it was sent in the body of
// a form, so that no history keeps it.
func (a *Area) NameStatement(c *fiber.Ctx) error {
	view, err := a.statement(c)
	if err != nil {
		return err
	}
	if view.Held.State != training.Counts {
		return notFound()
	}
	view.Name = strings.Join(strings.Fields(request.Typed(c, "name")), " ")
	if utf8.RuneCountInString(view.Name) > longestName {
		view.Errs = []ui.FieldError{{Field: "name", Text: view.T("learn.statement.long")}}
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, statementView(view))
	}
	switch kind := training.BadgeKind(c.FormValue("as")); kind {
	case training.SignedFile, training.ReadableFile:
		return a.file(c, view, kind)
	}
	return a.kit.Send(c, fiber.StatusOK, statementView(view))
}

// file sends the statement as a file under a name that says nothing.
func (a *Area) file(c *fiber.Ctx, view statementPage, kind training.BadgeKind) error {
	if !view.Files {
		return notFound()
	}
	words := a.kit.Bundle.Printer(view.Text.Lang)
	form := training.BadgeForm{Origin: view.Issuer, Issuer: issuerName, Lang: view.P.Tag, Criteria: words.T("learn.badge.criteria"), Name: view.Name}
	file, err := a.training.BadgeFile(c.UserContext(), request.Actor(c), view.Slug, kind, form)
	if err != nil {
		return err
	}
	media := "application/vc+jwt"
	if kind == training.ReadableFile {
		media = "application/json; charset=utf-8"
	}
	c.Set(fiber.HeaderContentType, media)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="statement.`+string(kind)+`"`)
	return c.Send(file)
}

// MakeStatement makes one, with a code that she finds here again.
func (a *Area) MakeStatement(c *fiber.Ctx) error {
	l, err := a.bareLesson(c)
	if err != nil {
		return err
	}
	if err := a.training.MakeStatement(c.UserContext(), request.Actor(c), l.Slug); err != nil {
		return err
	}
	return a.kit.Go(c, l.path("/statement"), ui.Done, "learn.statement.made")
}

// TakeBack ends what she holds.
func (a *Area) TakeBack(c *fiber.Ctx) error {
	l, err := a.bareLesson(c)
	if err != nil {
		return err
	}
	if err := a.training.TakeBack(c.UserContext(), request.Actor(c), l.Slug); err != nil {
		return err
	}
	return a.kit.Go(c, l.path("/statement"), ui.Info, "learn.statement.gone")
}

func (a *Area) statement(c *fiber.Ctx) (view statementPage, err error) {
	if view.lesson, err = a.lesson(c); err != nil {
		return view, err
	}
	if view.Done == nil {
		return view, notFound()
	}
	view.Issuer, view.Files = a.origin(c)
	if picture, err := ui.DrawQR(view.Issuer + verifyPath); err == nil {
		view.QR = &picture
	}
	view.Held, err = a.training.Held(c.UserContext(), request.Actor(c), view.Slug)
	return view, err
}

// origin is the address of this portal as people type it, and whether it may be signed: what
// a request calls the host proves nothing, so a portal for real people needs the setting.
func (a *Area) origin(c *fiber.Ctx) (address string, sure bool) {
	if a.kit.Config.Origin != "" {
		return a.kit.Config.Origin, true
	}
	return c.BaseURL(), !a.kit.Config.Production()
}

// counts reports whether she holds a statement that can be shown to somebody.
func (v statementPage) counts() bool { return v.Held.State == training.Counts }

// same reports whether what she holds is about the last time that she finished the module.
func (v statementPage) same() bool {
	return v.Held.Day == v.Done.Day && v.Held.Version == v.Done.Version
}

// canMake reports whether there is a statement to be made.
func (v statementPage) canMake() bool {
	switch {
	case v.State() == training.Due:
		return false
	case v.Held.State == training.Counts, v.Held.State == training.Revoked, v.Held.State == training.Expired:
		return !v.same()
	}
	return true
}

// standing says why what she holds does not count, "" when nothing is to be said.
func (v statementPage) standing() string {
	switch v.Held.State {
	case training.Back:
		return v.T("learn.statement.isback")
	case training.Revoked:
		return v.T("learn.statement.revoked")
	case training.Allowed:
		return v.T("learn.statement.allowed")
	case training.Expired:
		return v.T("learn.statement.expired", "Day", v.P.Day(v.Held.Ends))
	}
	if v.State() == training.Due {
		return v.T("learn.statement.refresh")
	}
	return ""
}
