package materialweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/material"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/moderation"
)

// cameBack is what a form says when it is shown again.
type cameBack struct {
	Notice *ui.Notice
	SignIn bool // her session is over
	Errs   []ui.FieldError
	Found  []spoken
	Danger bool // the words speak of somebody who may need help
	Insist bool
	Never  bool // what was found has to be mended; insisting is no way around it
}

// spoken are the words that one screening rule speaks about.
type spoken struct {
	Rule  string
	Words []string
}

// field is one thing that a form asks; exactly one of the parts is set.
type field struct {
	Input  *ui.Input
	Select *ui.Choice
	Cards  *ui.Choice
	Tick   *ui.Tick
	Hidden [2]string // name and value
}

// form is a page that asks for words. The same page meets her again when something stands
// in the way, so that nothing typed is lost.
type form struct {
	*ui.Page
	cameBack
	Heading, Lead    string
	Action, Back     string
	Quote, QuoteLang string // what the form is about
	Fields           []field
	Sees, Button, Go string // who will read; the word on the button; where it leads when done
	Said             string // the message of success
	Kind             ui.ButtonKind
	Icon             string
}

func line(in ui.Input) field           { return field{Input: &in} }
func choose(c ui.Choice) field         { return field{Select: &c} }
func cards(c ui.Choice) field          { return field{Cards: &c} }
func tick(t ui.Tick) field             { return field{Tick: &t} }
func hidden(name, value string) field  { return field{Hidden: [2]string{name, value}} }
func hiddenN(name string, n int) field { return hidden(name, strconv.Itoa(n)) }

// stop says why a form is shown again before anything is tried: her session is over, or
// the form is from an older one. Status 0 is no reason.
func (f *form) stop(c *fiber.Ctx, open bool) (status int) {
	f.Insist = c.FormValue("insist") == "1"
	switch {
	case !request.Actor(c).SignedIn() && !open:
		f.SignIn, f.Notice = true, &ui.Notice{Tone: ui.Due, Text: f.T("material.again.signin")}
		return fiber.StatusUnauthorized
	case !request.Trusted(c):
		f.Notice = &ui.Notice{Tone: ui.Due, Text: f.T("material.again.stale")}
		return fiber.StatusConflict
	}
	return 0
}

// mend turns a refusal into words on the same form. What is broken on our side, or does
// not exist, stays an error.
func (b *cameBack) mend(p *ui.Page, err error) (status int, rest error) {
	if errs, ok := request.Mend(p.P, err); ok {
		b.Errs = errs
		return fiber.StatusUnprocessableEntity, nil
	}
	switch fault.KindOf(err) {
	case fault.Refused:
		status = fiber.StatusForbidden
	case fault.Conflict:
		status = fiber.StatusConflict
	case fault.Busy:
		status = fiber.StatusServiceUnavailable
	default:
		return 0, err
	}
	b.Notice = &ui.Notice{Tone: ui.Due, Text: request.Words(p.P, err)}
	return status, nil
}

// warn holds what screening found, rule by rule in the order of the text.
func (b *cameBack) warn(v moderation.Verdict) {
	b.Danger, b.Never = v.Danger, b.Never || v.Outcome == moderation.Refuse
	at := map[string]int{}
	for _, f := range v.Findings {
		if f.Outcome == moderation.Publish {
			continue
		}
		i, seen := at[f.Rule]
		if !seen {
			i = len(b.Found)
			at[f.Rule] = i
			b.Found = append(b.Found, spoken{Rule: f.Rule})
		}
		b.Found[i].Words = append(b.Found[i].Words, f.Text)
	}
}

// show sends a form as it is.
func (a *Area) show(c *fiber.Ctx, f form) error { return a.kit.Send(c, fiber.StatusOK, formView(f)) }

// try sends what a form asks to one verb; whatever stands in the way, every word comes
// back. Open forms need no session.
func (a *Area) try(c *fiber.Ctx, f form, open bool, verb func(f form) (material.Receipt, error)) error {
	if status := f.stop(c, open); status != 0 {
		return a.kit.Send(c, status, formView(f))
	}
	made, err := verb(f)
	if err != nil {
		status, rest := f.mend(f.Page, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, formView(f))
	}
	if !made.Stored {
		f.warn(made.Verdict)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, formView(f))
	}
	return a.kit.Go(c, f.Go, ui.Done, f.Said)
}

// tryPlain is try for a verb that screens nothing.
func (a *Area) tryPlain(c *fiber.Ctx, f form, verb func() error) error {
	return a.try(c, f, false, func(form) (material.Receipt, error) { return material.Receipt{Stored: true}, verb() })
}
