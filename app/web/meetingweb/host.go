package meetingweb

import (
	"slices"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/meeting"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// formPage is the form that calls a meeting.
type formPage struct {
	*ui.Page
	ui.Again
	Form           meeting.Form
	Minutes, Seats string // as typed
	Nonce          string
	Modules        []ui.Option
	Groups, Rooms  []ui.Option // groups of the forum, agreements of supervision
	OnlyRooms      bool        // she may plan supervision and nothing else
}

// Form shows an empty form.
func (a *Area) Form(c *fiber.Ctx) error {
	view, err := a.form(c)
	if err != nil {
		return err
	}
	view.Nonce, view.Minutes, view.Seats = store.NewID().String(), "90", "12"
	view.Form.Lang, view.Form.Paid, view.Form.Kind = view.P.Tag, true, meeting.Workshop
	return a.kit.Send(c, fiber.StatusOK, formView(view))
}

// FormFor shows the form that plans dates for one agreement of supervision.
func (a *Area) FormFor(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view, err := a.form(c)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(view.Rooms, func(o ui.Option) bool { return o.Value == id.String() }) {
		return fault.Missing()
	}
	view.Nonce, view.Minutes, view.Seats = store.NewID().String(), "90", "12"
	view.Form.Lang, view.Form.Kind, view.Form.Agreement, view.Form.Every = view.P.Tag, meeting.Supervision, id.String(), 2
	return a.kit.Send(c, fiber.StatusOK, formView(view))
}

func (a *Area) form(c *fiber.Ctx) (formPage, error) {
	view := formPage{Page: a.page(c)}
	view.Modules = []ui.Option{{Value: "", Label: view.T("meeting.module.none")}}
	for _, m := range a.modules {
		text := m.In(view.P.Tag)
		view.Modules = append(view.Modules, ui.Option{Value: m.Slug, Label: text.Title, Lang: text.Lang})
	}
	if !request.Actor(c).Colleague() {
		return view, nil
	}
	groups, rooms, err := a.meetings.Rooms(c.UserContext(), request.Actor(c), view.P.Tag)
	view.Groups, view.Rooms = roomOptions(view.Page, groups), roomOptions(view.Page, rooms)
	view.OnlyRooms = !hosts(request.Actor(c))
	return view, err
}

// roomOptions are groups or agreements to choose from; none is the first choice.
func roomOptions(p *ui.Page, rooms []meeting.Room) []ui.Option {
	if len(rooms) == 0 {
		return nil
	}
	options := []ui.Option{{Value: "", Label: p.T("meeting.module.none")}}
	for _, room := range rooms {
		options = append(options, ui.Option{Value: room.ID, Label: room.Name})
	}
	return options
}

// Call makes a meeting.
func (a *Area) Call(c *fiber.Ctx) error {
	view, err := a.form(c)
	if err != nil {
		return err
	}
	view.Minutes, view.Seats, view.Nonce = c.FormValue("minutes"), c.FormValue("seats"), c.Params("form")
	view.Form = meeting.Form{
		Title: request.Typed(c, "title"), What: request.Typed(c, "what"), Place: request.Typed(c, "place"),
		Day: c.FormValue("day"), Begins: c.FormValue("begins"), Minutes: request.Whole(view.Minutes), Seats: request.Whole(view.Seats),
		Childcare: c.FormValue("childcare") == "1", Paid: c.FormValue("paid") == "1", Lang: view.P.Tag,
		Kind: meeting.Kind(c.FormValue("kind")), Every: request.Whole(c.FormValue("every")), Until: c.FormValue("until"),
		Board: c.FormValue("board"), Agreement: c.FormValue("agreement"),
	}
	view.Form.Nonce, _ = store.ParseID(view.Nonce)
	for _, m := range a.modules {
		if m.Slug == c.FormValue("module") {
			view.Form.Module = m.Slug
		}
	}
	for _, lang := range view.Langs {
		if c.FormValue("in-"+lang.Tag) == "1" {
			view.Form.Languages = append(view.Form.Languages, lang.Tag)
		}
	}
	status, back, err := request.StoppedTeam(c, view.Page)
	if err != nil {
		return err
	}
	if view.Again = back; status != 0 {
		return a.kit.Send(c, status, formView(view))
	}
	id, err := a.meetings.Call(c.UserContext(), request.Actor(c), view.Form)
	if err != nil {
		status, rest := request.Refused(view.Page, &view.Again, err)
		if rest != nil {
			return rest
		}
		return a.kit.Send(c, status, formView(view))
	}
	return a.kit.Go(c, pathOf(id), ui.Done, "meeting.called")
}

// hostPage is the chairs of a meeting.
type hostPage struct {
	*ui.Page
	meeting.Standing
	Chairs []meeting.Chair
	Today  string
}

// Chairs shows who has which chair and what she needs.
func (a *Area) Chairs(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := hostPage{Page: a.page(c), Today: a.kit.Clock.Today()}
	if view.Standing, view.Chairs, err = a.meetings.Chairs(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, chairsView(view))
}

// Note keeps who came.
func (a *Area) Note(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	var came meeting.Attendance
	for _, no := range c.Request().PostArgs().PeekMulti("came") {
		if n, err := strconv.Atoi(string(no)); err == nil {
			came.Came = append(came.Came, n)
		}
	}
	if err := a.meetings.Note(c.UserContext(), request.Actor(c), id, came); err != nil {
		return err
	}
	return a.kit.Go(c, pathOf(id)+"/chairs", ui.Done, "meeting.noted")
}

// Hosted lists the meetings that somebody hosts.
func (a *Area) Hosted(c *fiber.Ctx) error {
	view := listPage{Page: a.page(c), Hosts: true}
	all, err := a.meetings.Hosted(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	view.order(all)
	return a.kit.Send(c, fiber.StatusOK, hostedView(view))
}
