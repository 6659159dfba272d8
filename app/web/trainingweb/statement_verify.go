package trainingweb

import (
	"context"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// typedCode is the field of a code with what goes with it: the errors of its form, and the
// proof that somebody has waited after several wrong ones.
type typedCode struct {
	Typed string
	Wait  string
	Errs  []ui.FieldError
}

// readCode reads the field. Miss is to be called when nothing has the code: as with keys,
// wrong ones make the next tries slower, for this client and, when many are wrong, for all.
func (a *Area) readCode(c *fiber.Ctx) (typed typedCode, hash []byte, miss func(), err error) {
	typed.Typed = request.Typed(c, "code")
	given := member.TypedCode{Text: training.FoldCode(typed.Typed), Client: request.Client(c), Ticket: c.FormValue("wait")}
	hash, miss, err = a.kit.Members.ReadCode(training.CodePurpose, given)
	return typed, hash, miss, err
}

// refused puts a fault about the code beside its field; rest is what has to be answered
// elsewhere. A wait comes with its ticket, so that the same code gets through afterwards.
func (t *typedCode) refused(p *ui.Page, err error) (status int, rest error) {
	if errs, ok := request.Mend(p.P, err); ok {
		t.Errs = errs
		return fiber.StatusUnprocessableEntity, nil
	}
	f := fault.As(err)
	if f == nil || f.Kind != fault.Wait {
		return 0, err
	}
	t.Errs, t.Wait = []ui.FieldError{{Field: "code", Text: request.Words(p.P, err)}}, request.TicketOf(err)
	return fiber.StatusTooManyRequests, nil
}

// unknown is the fault of a code that fits nothing.
func unknown() error { return fault.Mend(fault.Field{Name: "code", Key: training.WrongCode}) }

// verifyPage is where anybody checks a code.
type verifyPage struct {
	*ui.Page
	typedCode
	Found  *training.Statement
	Text   content.ModuleText
	Issuer string
}

// VerifyForm asks for a code.
func (a *Area) VerifyForm(c *fiber.Ctx) error {
	a.kit.NeedPreToken(c)
	return a.kit.Send(c, fiber.StatusOK, verifyView(verifyPage{Page: a.page(c)}))
}

// Verify says what a code stands for: module, version, day and issuer, whether it still
// counts, and no person.
func (a *Area) Verify(c *fiber.Ctx) error {
	a.kit.NeedPreToken(c)
	view := verifyPage{Page: a.page(c)}
	view.Issuer, _ = a.origin(c)
	typed, hash, miss, err := a.readCode(c)
	view.typedCode = typed
	if err == nil {
		var found training.Statement
		ok := false
		if found, ok, err = a.training.Verify(c.UserContext(), hash); err == nil && !ok {
			miss()
			err = unknown()
		}
		view.Found = &found
	}
	if err != nil {
		view.Found = nil
		status, rest := view.refused(view.Page, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, verifyView(view))
	}
	if view.Text, err = a.textOf(c.UserContext(), view.Found.Module, view.P.Tag); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, verifyView(view))
}

// textOf is a module in a language; of one that is not here any more its short name is left.
func (a *Area) textOf(ctx context.Context, slug, lang string) (content.ModuleText, error) {
	all, err := a.training.Modules(ctx)
	for _, m := range all {
		if m.Slug == slug {
			return m.In(lang), err
		}
	}
	return content.ModuleText{Lang: "en", Title: slug}, err
}

// finding says what came of it, and how grave that is.
func (v verifyPage) finding() ui.Notice {
	switch {
	case v.Found.Gone():
		return ui.Notice{Tone: ui.Danger, Text: v.T("learn.verify.back")}
	case v.Found.State == training.Expired:
		return ui.Notice{Tone: ui.Due, Text: v.T("learn.verify.expired", "Day", v.P.Day(v.Found.Ends))}
	}
	return ui.Notice{Tone: ui.Done, Text: v.T("learn.verify.found")}
}
