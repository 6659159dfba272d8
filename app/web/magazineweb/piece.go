package magazineweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/magazine"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// piecePage is one piece, for its author and for the board.
type piecePage struct {
	*ui.Page
	magazine.Seen
	Dir     string
	Opinion form
}

// Piece shows one piece.
func (a *Area) Piece(c *fiber.Ctx) error {
	id, piece, err := pairOf(c, "piece")
	if err != nil {
		return err
	}
	view := piecePage{}
	if view.Seen, err = a.mag.Piece(c.UserContext(), request.Actor(c), id, piece); err != nil {
		return err
	}
	view.Page, view.Dir, view.Opinion = a.page(c), a.dir(view.Issue.Lang), a.opinionForm(c)
	return a.kit.Send(c, fiber.StatusOK, pieceView(view))
}

// belowPiece starts a form of a piece.
func (a *Area) belowPiece(c *fiber.Ctx, rest string) form {
	path := "/pieces/" + c.Params("piece")
	f := a.below(c, path+rest)
	f.Back = home + "/" + c.Params("id") + path
	f.Go = f.Back
	return f
}

func (a *Area) opinionForm(c *fiber.Ctx) form {
	f := a.belowPiece(c, "/opinion")
	f.Heading, f.Lead, f.Button, f.Said = f.T("magazine.opinion"), f.T("magazine.opinion.lead"), f.T("magazine.opinion.go"), "magazine.opinion.done"
	f.Sees = f.T("magazine.sees.opinion")
	f.Fields = []field{
		cards(ui.Choice{ID: "choice", Label: f.T("magazine.opinion.choice"), Options: options(f.Page, magazine.Choices, choiceWords), Value: c.FormValue("choice")}),
		line(ui.Input{ID: "words", Kind: ui.TextArea, Rows: 4, Label: f.T("magazine.opinion.words"), Hint: f.T("magazine.opinion.hint"), Value: request.Typed(c, "words"), Optional: true}),
	}
	return f
}

// Opine gives her opinion of a piece.
func (a *Area) Opine(c *fiber.Ctx) error {
	id, piece, err := pairOf(c, "piece")
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.opinionForm(c), func() error {
		return a.mag.Opine(c.UserContext(), request.Actor(c), id, piece, magazine.OpinionForm{Choice: magazine.PieceState(c.FormValue("choice")), Words: request.Typed(c, "words")})
	})
}

func (a *Area) editForm(c *fiber.Ctx, e magazine.EditForm) form {
	f := a.belowPiece(c, "/edit")
	f.Heading, f.Lead, f.Button, f.Said = f.T("magazine.edit"), f.T("magazine.edit.lead"), f.T("magazine.edit.go"), "magazine.edit.done"
	f.Sees = f.T("magazine.sees.edit")
	f.Fields = []field{
		line(ui.Input{ID: "title", Label: f.T("magazine.field.title"), Value: e.Title, Max: 120}),
		line(ui.Input{ID: "body", Kind: ui.TextArea, Rows: 16, Label: f.T("magazine.field.body"), Value: e.Body}),
		hidden("mark", e.Mark),
	}
	return f
}

// EditForm asks for the changes to a piece.
func (a *Area) EditForm(c *fiber.Ctx) error {
	id, piece, err := pairOf(c, "piece")
	if err != nil {
		return err
	}
	v, err := a.mag.Piece(c.UserContext(), request.Actor(c), id, piece)
	if err == nil && !v.MayEdit {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	return a.show(c, a.editForm(c, magazine.EditForm{Title: v.Title, Body: v.Body, Mark: v.Mark()}))
}

// Edit writes the changes. When somebody else was faster, both texts stand on the page, and
// what is sent next goes in the place of the one that stands.
func (a *Area) Edit(c *fiber.Ctx) error {
	id, piece, err := pairOf(c, "piece")
	if err != nil {
		return err
	}
	who := request.Actor(c)
	e := magazine.EditForm{Title: request.Typed(c, "title"), Body: request.Typed(c, "body"), Mark: c.FormValue("mark")}
	f := a.editForm(c, e)
	if !who.Colleague() || !request.Trusted(c) {
		return a.tryPlain(c, f, func() error { return fault.Missing() })
	}
	err = a.mag.Edit(c.UserContext(), who, id, piece, e)
	if stale(err) {
		v, readErr := a.mag.Piece(c.UserContext(), who, id, piece)
		if readErr != nil {
			return readErr
		}
		e.Mark = v.Mark()
		f = a.editForm(c, e)
		f.Beside, f.Lang = v.Body, v.Issue.Lang
	}
	return a.tryPlain(c, f, func() error { return err })
}

// TakeBack is an author's own act.
func (a *Area) TakeBack(c *fiber.Ctx) error {
	return a.do(c, "piece", func(id, piece store.ID) error { return a.mag.TakeBack(c.UserContext(), request.Actor(c), id, piece) }, "", "magazine.piece.back.done")
}

// Up moves a piece one place up.
func (a *Area) Up(c *fiber.Ctx) error { return a.shift(c, true) }

// Down moves it one place down.
func (a *Area) Down(c *fiber.Ctx) error { return a.shift(c, false) }

func (a *Area) shift(c *fiber.Ctx, up bool) error {
	return a.do(c, "piece", func(id, piece store.ID) error { return a.mag.Shift(c.UserContext(), request.Actor(c), id, piece, up) }, room, "magazine.shifted")
}
