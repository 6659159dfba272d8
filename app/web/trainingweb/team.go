package trainingweb

import (
	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/store"
	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// teamPage is the coordinators' table with the form of a waiver.
type teamPage struct {
	*ui.Page
	People  []training.Trainee
	Titles  []ui.Option // the modules, by slug and title
	Mine    store.ID
	Person  string
	Module  string
	Reason  string
	Waivers []waived
	Errs    []ui.FieldError
}

// waived is a waiver that can be taken back.
type waived struct {
	ID, Handle, Slug, Title, Lang, Words string
}

func coordinates(who member.Actor) bool { return who.Has(member.RoleCoordinator) }

// Team shows who is where.
func (a *Area) Team(c *fiber.Ctx) error {
	view, err := a.team(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, teamView(view))
}

// Waive lets somebody off a module.
func (a *Area) Waive(c *fiber.Ctx) error {
	person, _ := store.ParseID(c.FormValue("person"))
	form := training.WaiverForm{Person: person, Module: c.FormValue("module"), Reason: c.FormValue("reason")}
	err := a.training.Waive(c.UserContext(), request.Actor(c), form)
	if err == nil {
		return a.kit.Go(c, "/learn/team", ui.Done, "learn.waive.kept")
	}
	errs, ok := request.Mend(request.Printer(c), err)
	if !ok {
		return err
	}
	view, err := a.team(c)
	if err != nil {
		return err
	}
	view.Errs, view.Person, view.Module, view.Reason = errs, c.FormValue("person"), form.Module, form.Reason
	return a.kit.Send(c, fiber.StatusUnprocessableEntity, teamView(view))
}

// Unwaive takes a waiver back.
func (a *Area) Unwaive(c *fiber.Ctx) error {
	person, ok := store.ParseID(c.FormValue("person"))
	if !ok {
		return notFound()
	}
	if err := a.training.Unwaive(c.UserContext(), request.Actor(c), person, c.FormValue("module")); err != nil {
		return err
	}
	return a.kit.Go(c, "/learn/team", ui.Done, "learn.waive.gone")
}

func (a *Area) team(c *fiber.Ctx) (teamPage, error) {
	who := request.Actor(c)
	view := teamPage{Page: a.page(c)}
	people, err := a.training.Team(c.UserContext(), who)
	if err != nil {
		return view, err
	}
	view.People, view.Mine = people, who.Role.ID
	for _, m := range a.training.Modules() {
		text := m.In(view.P.Tag)
		view.Titles = append(view.Titles, ui.Option{Value: m.Slug, Label: text.Title, Lang: text.Lang})
	}
	for _, person := range people {
		for i, pr := range person.Progress {
			if pr.Done == nil && pr.Waiver != nil {
				view.Waivers = append(view.Waivers, waived{
					person.ID.String(), person.Handle, pr.Module.Slug, view.Titles[i].Label, view.Titles[i].Lang, waiverWord(view.Page, pr.Waiver.Reason),
				})
			}
		}
	}
	return view, nil
}

// table is who is where: a row for each person, a column for each module.
func (v teamPage) table() ui.Table {
	t := ui.Table{Caption: v.T("learn.team.caption"), Head: []string{v.T("learn.team.person")}}
	for _, title := range v.Titles {
		t.Head = append(t.Head, title.Label)
	}
	for _, person := range v.People {
		row := []templ.Component{ui.Isolated(person.Handle)}
		for _, pr := range person.Progress {
			row = append(row, teamCell(v.Page, person, pr))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// cellWords say where one person stands, and why she need not learn something.
func cellWords(p *ui.Page, pr training.Progress) string {
	if pr.State() == training.Waived {
		return p.T("learn.team.waived", "Reason", waiverWord(p, pr.Waiver.Reason))
	}
	return stateWords(p, pr)
}

// mustLearn reports whether somebody's work needs a module that she has not learned yet.
func mustLearn(person training.Trainee, pr training.Progress) bool {
	if pr.State() == training.Finished || pr.State() == training.Waived {
		return false
	}
	who := member.Actor{Role: &member.RoleActor{Roles: person.Roles}}
	return needed(who, pr.Module)
}

// peopleOptions are those for whom she can waive: everybody but herself.
func (v teamPage) peopleOptions() []ui.Option {
	options := []ui.Option{{Value: "", Label: v.T("learn.waive.choose")}}
	for _, person := range v.People {
		if person.ID != v.Mine {
			options = append(options, ui.Option{Value: person.ID.String(), Label: person.Handle})
		}
	}
	return options
}

func (v teamPage) moduleOptions() []ui.Option {
	return append([]ui.Option{{Value: "", Label: v.T("learn.waive.choose")}}, v.Titles...)
}

func (v teamPage) reasonOptions() []ui.Option {
	options := make([]ui.Option, len(training.WaiverReasons))
	for i, reason := range training.WaiverReasons {
		options[i] = ui.Option{Value: reason, Label: waiverWord(v.Page, reason)}
	}
	return options
}
