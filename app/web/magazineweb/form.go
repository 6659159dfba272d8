package magazineweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/magazine"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// field is one thing that a form asks; exactly one of the parts is set.
type field struct {
	Input  *ui.Input
	Select *ui.Choice
	Cards  *ui.Choice
	Hidden [2]string // name and value
}

// form is a page that asks for words. The same page meets her again when something stands
// in the way, so that nothing typed is lost.
type form struct {
	*ui.Page
	ui.Again
	Heading, Lead    string
	Action, Back, Go string // Go is where it leads when it is done
	Fields           []field
	Sees, Button     string // who will read; the word on the button
	Said             string // the message of success
	Kind             ui.ButtonKind
	Beside           string // words that stand meanwhile, as Markdown shown as it is
	Lang             string // of them
	Never            bool   // what screening found has to be mended
}

func line(in ui.Input) field          { return field{Input: &in} }
func choose(c ui.Choice) field        { return field{Select: &c} }
func cards(c ui.Choice) field         { return field{Cards: &c} }
func hidden(name, value string) field { return field{Hidden: [2]string{name, value}} }

// nonceField makes a form that is sent twice count once.
func nonceField(c *fiber.Ctx) field {
	nonce := c.FormValue("nonce")
	if nonce == "" {
		nonce = request.NewNonce()
	}
	return hidden("nonce", nonce)
}

// door says who may send a form.
type door int

const (
	signed door = iota // whoever is signed in
	team               // people with a role; for everybody else who is signed in it does not exist
	open               // everybody
)

func (a *Area) show(c *fiber.Ctx, f form) error { return a.kit.Send(c, fiber.StatusOK, formView(f)) }

// try sends what a form asks to one verb; whatever stands in the way, every word comes back.
func (a *Area) try(c *fiber.Ctx, f form, who door, verb func(f form) (magazine.Receipt, error)) error {
	status, back := request.Stopped(c, f.Page)
	if person := request.Actor(c); who == team && person.SignedIn() && !person.Colleague() {
		return fault.Missing()
	}
	if who == open && back.SignIn {
		back, status = ui.Again{Insist: back.Insist}, 0
		if !request.Trusted(c) {
			back.Notice, status = &ui.Notice{Tone: ui.Due, Text: f.T("common.again.stale")}, fiber.StatusConflict
		}
	}
	if f.Again = back; status != 0 {
		return a.kit.Send(c, status, formView(f))
	}
	made, err := verb(f)
	if err != nil {
		status, rest := request.Refused(f.Page, &f.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, formView(f))
	}
	if !made.Stored {
		request.Warn(f.Page, &f.Again, made.Verdict)
		f.Never = f.Never || f.Refuse
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, formView(f))
	}
	return a.kit.Go(c, f.Go, ui.Done, f.Said)
}

// tryPlain is try for a verb of the board that screens nothing.
func (a *Area) tryPlain(c *fiber.Ctx, f form, verb func() error) error {
	return a.try(c, f, team, func(form) (magazine.Receipt, error) { return magazine.Receipt{Stored: true}, verb() })
}

// boardForm shows a form of the board; nobody else finds it.
func (a *Area) boardForm(c *fiber.Ctx, make func(r magazine.Room) form) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	r, err := a.mag.Room(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	return a.show(c, make(r))
}

// below starts a form of an issue.
func (a *Area) below(c *fiber.Ctx, rest string) form {
	p, path := a.page(c), home+"/"+c.Params("id")
	return form{Page: p, Action: path + rest, Back: path + room, Go: path + room, Sees: p.T("magazine.sees.board")}
}

// stale reports whether an error says that somebody else was faster.
func stale(err error) bool {
	f := fault.As(err)
	return f != nil && f.Key == "magazine.piece.stale"
}
