package magazineweb

import (
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/magazine"
	"portico/app/numeral"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// roomPage is where a board works on its issue.
type roomPage struct {
	*ui.Page
	magazine.Room
	Way   []string // the states in words
	At    int
	Me    store.ID
	Leads bool
}

// Room shows an issue to its board.
func (a *Area) Room(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	view := roomPage{}
	if view.Room, err = a.mag.Room(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	view.Page, view.Me = a.page(c), request.Actor(c).Role.ID
	for i, state := range magazine.States[:4] {
		view.Way = append(view.Way, word(view.Page, stateWords, state))
		if state == view.State {
			view.At = i
		}
	}
	for _, p := range view.People {
		view.Leads = view.Leads || p.RoleAccountID == view.Me && p.Leader
	}
	return a.kit.Send(c, fiber.StatusOK, roomView(view))
}

// Move takes an issue to another state.
func (a *Area) Move(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err == nil {
		err = a.mag.Move(c.UserContext(), request.Actor(c), id, magazine.State(c.FormValue("to")))
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, pathOf(id, room), ui.Done, "magazine.moved")
}

func (a *Area) wordsForm(c *fiber.Ctx, i magazine.WordsForm) form {
	f := a.below(c, "/words")
	f.Heading, f.Button, f.Said, f.Sees = f.T("magazine.words"), f.T("magazine.words.go"), "magazine.words.done", f.T("magazine.sees.later")
	f.Fields = []field{
		line(ui.Input{ID: "title", Label: f.T("magazine.field.title"), Value: i.Title, Max: 120}),
		line(ui.Input{ID: "greeting", Kind: ui.TextArea, Rows: 6, Label: f.T("magazine.field.greeting"), Value: i.Greeting, Optional: true}),
		line(ui.Input{ID: "imprint", Kind: ui.TextArea, Rows: 4, Label: f.T("magazine.field.imprint"), Hint: f.T("magazine.field.imprint.hint"), Value: i.Imprint, Optional: true}),
	}
	return f
}

// WordsForm asks what stands around the pieces.
func (a *Area) WordsForm(c *fiber.Ctx) error {
	return a.boardForm(c, func(r magazine.Room) form {
		return a.wordsForm(c, magazine.WordsForm{Title: r.Title, Greeting: r.Greeting, Imprint: r.Imprint})
	})
}

// Words keeps it.
func (a *Area) Words(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	words := magazine.WordsForm{Title: request.Typed(c, "title"), Greeting: request.Typed(c, "greeting"), Imprint: request.Typed(c, "imprint")}
	return a.tryPlain(c, a.wordsForm(c, words), func() error { return a.mag.Words(c.UserContext(), request.Actor(c), id, words) })
}

func (a *Area) inviteForm(c *fiber.Ctx) form {
	f := a.below(c, "/people")
	f.Heading, f.Lead, f.Button, f.Said = f.T("magazine.invite"), f.T("magazine.invite.lead"), f.T("magazine.invite.go"), "magazine.invite.done"
	f.Fields = []field{line(ui.Input{ID: "handle", Label: f.T("material.handle"), Value: request.Typed(c, "handle"), Max: 24})}
	return f
}

// InviteForm asks for a handle.
func (a *Area) InviteForm(c *fiber.Ctx) error {
	return a.boardForm(c, func(magazine.Room) form { return a.inviteForm(c) })
}

// Invite adds somebody to the board.
func (a *Area) Invite(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.inviteForm(c), func() error { return a.mag.Invite(c.UserContext(), request.Actor(c), id, request.Typed(c, "handle")) })
}

// Leave takes somebody off the board.
func (a *Area) Leave(c *fiber.Ctx) error {
	id, person, err := pairOf(c, "person")
	if err != nil {
		return err
	}
	who := request.Actor(c)
	if err := a.mag.Leave(c.UserContext(), who, id, person); err != nil {
		return err
	}
	if who.Role != nil && who.Role.ID == person {
		return a.kit.Go(c, home, ui.Done, "magazine.left")
	}
	return a.kit.Go(c, pathOf(id, room), ui.Done, "magazine.left")
}

func (a *Area) takeOverForm(c *fiber.Ctx, offers []magazine.Offer) form {
	f := a.below(c, "/pieces")
	f.Heading, f.Lead, f.Button, f.Said = f.T("magazine.over"), f.T("magazine.over.lead"), f.T("magazine.over.go"), "magazine.over.done"
	all := make([]ui.Option, len(offers))
	for i, o := range offers {
		all[i] = ui.Option{Value: o.ID.String(), Label: o.Title}
	}
	f.Fields = []field{choose(ui.Choice{ID: "material", Label: f.T("magazine.over.which"), Options: all, Value: c.FormValue("material")})}
	return f
}

// TakeOverForm asks which published material should stand in the issue.
func (a *Area) TakeOverForm(c *fiber.Ctx) error {
	return a.boardForm(c, func(r magazine.Room) form { return a.takeOverForm(c, r.Offers) })
}

// TakeOver puts it before the board.
func (a *Area) TakeOver(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	var offers []magazine.Offer
	if who := request.Actor(c); who.Colleague() {
		r, err := a.mag.Room(c.UserContext(), who, id)
		if err != nil {
			return err
		}
		offers = r.Offers
	}
	return a.tryPlain(c, a.takeOverForm(c, offers), func() error {
		material, _ := store.ParseID(c.FormValue("material"))
		return a.mag.TakeOver(c.UserContext(), request.Actor(c), id, material)
	})
}

// copiesPage is where the copies of an issue go.
type copiesPage struct {
	*ui.Page
	magazine.Distribution
	Form form
}

func (a *Area) copiesForm(c *fiber.Ctx) form {
	f := a.below(c, "/copies")
	f.Heading, f.Button, f.Said = f.T("magazine.copies.new"), f.T("magazine.copies.go"), "magazine.copies.done"
	f.Back, f.Go = f.Action, f.Action
	f.Fields = []field{
		choose(ui.Choice{ID: "place", Label: f.T("magazine.copies.place"), Hint: f.T("magazine.copies.place.hint"), Options: options(f.Page, magazine.Places, placeWords), Value: c.FormValue("place")}),
		line(ui.Input{ID: "copies", Kind: ui.Number, Label: f.T("magazine.copies.number"), Value: c.FormValue("copies"), Max: 6}),
		nonceField(c),
	}
	return f
}

// Copies shows the list for distribution.
func (a *Area) Copies(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	view := copiesPage{}
	if view.Distribution, err = a.mag.Distribution(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	view.Page, view.Form = a.page(c), a.copiesForm(c)
	return a.kit.Send(c, fiber.StatusOK, copiesView(view))
}

// AddCopies writes a line of it.
func (a *Area) AddCopies(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	return a.tryPlain(c, a.copiesForm(c), func() error {
		n, ok := numeral.Whole(c.FormValue("copies"))
		if !ok {
			n = 0
		}
		return a.mag.AddCopies(c.UserContext(), request.Actor(c), id, c.FormValue("place"), n, c.FormValue("nonce"))
	})
}

// DropCopies takes a line away.
func (a *Area) DropCopies(c *fiber.Ctx) error {
	return a.do(c, "line", func(id, copies store.ID) error {
		return a.mag.DropCopies(c.UserContext(), request.Actor(c), id, copies)
	}, "/copies", "magazine.copies.dropped")
}

// CopiesCSV is the list for other programs.
func (a *Area) CopiesCSV(c *fiber.Ctx) error {
	id, err := request.IDAt(c, "id")
	if err != nil {
		return err
	}
	d, err := a.mag.Distribution(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	rows := make([][]string, len(d.Lines))
	for i, r := range d.Lines {
		rows[i] = []string{strconv.Itoa(d.Number), r.Place, strconv.Itoa(r.Copies)}
	}
	return request.SendCSV(c, "copies.csv", []string{"issue", "place", "copies"}, rows)
}
