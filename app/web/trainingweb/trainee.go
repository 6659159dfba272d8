package trainingweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/store"
	"portico/app/training"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// traineePage is one person with a role, for the coordinator.
type traineePage struct {
	*ui.Page
	Person training.Trainee
	Titles map[string]title
	Self   bool
	Form   string // "assign" or "waive" when that form came back
	Typed  map[string]string
	Errs   []ui.FieldError
}

// Trainee shows where one person stands in each module, and what can be asked of her or
// taken off her.
func (a *Area) Trainee(c *fiber.Ctx) error {
	view, err := a.trainee(c, c.Params("id"))
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, traineeView(view))
}

func (a *Area) trainee(c *fiber.Ctx, id string) (traineePage, error) {
	person, ok := store.ParseID(id)
	if !ok {
		return traineePage{}, notFound()
	}
	team, err := a.team(c)
	if err != nil {
		return traineePage{}, err
	}
	view := traineePage{Page: team.Page, Titles: team.Titles}
	for _, one := range team.People {
		if one.ID == person {
			view.Person, view.Self = one, person == request.Actor(c).Role.ID
			return view, nil
		}
	}
	return view, notFound()
}

// Assign asks somebody to learn a module until a day.
func (a *Area) Assign(c *fiber.Ctx) error {
	person, _ := store.ParseID(c.FormValue("person"))
	form := training.AssignForm{Person: person, Module: c.FormValue("module"), Until: c.FormValue("until")}
	err := a.training.Assign(c.UserContext(), request.Actor(c), form)
	return a.back(c, err, "assign", map[string]string{"module": form.Module, "until": form.Until}, "learn.assign.kept")
}

// Unassign takes it back.
func (a *Area) Unassign(c *fiber.Ctx) error {
	person, _ := store.ParseID(c.FormValue("person"))
	if err := a.training.Unassign(c.UserContext(), request.Actor(c), person, c.FormValue("module")); err != nil {
		return err
	}
	return a.kit.Go(c, "/learn/team/"+person.String(), ui.Done, "learn.assign.gone")
}

// Waive lets somebody off a module.
func (a *Area) Waive(c *fiber.Ctx) error {
	person, _ := store.ParseID(c.FormValue("person"))
	form := training.WaiverForm{Person: person, Module: c.FormValue("waived"), Reason: c.FormValue("reason")}
	err := a.training.Waive(c.UserContext(), request.Actor(c), form)
	return a.back(c, err, "waive", map[string]string{"module": form.Module, "reason": form.Reason}, "learn.waive.kept")
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
	return a.kit.Go(c, "/learn/team/"+person.String(), ui.Done, "learn.waive.gone")
}

// back leads to the person's page, or shows it with the form that has to be mended.
func (a *Area) back(c *fiber.Ctx, err error, form string, typed map[string]string, done string) error {
	id := c.FormValue("person")
	if err == nil {
		return a.kit.Go(c, "/learn/team/"+id, ui.Done, done)
	}
	errs, ok := request.Mend(request.Printer(c), err)
	if !ok {
		return err
	}
	view, missing := a.trainee(c, id)
	if missing != nil {
		return missing
	}
	for i := range errs {
		if form == "waive" && errs[i].Field == "module" {
			errs[i].Field = "waived"
		}
	}
	view.Form, view.Typed, view.Errs = form, typed, errs
	return a.kit.Send(c, fiber.StatusUnprocessableEntity, traineeView(view))
}

func (v traineePage) errsOf(form string) []ui.FieldError {
	if v.Form == form {
		return v.Errs
	}
	return nil
}

func (v traineePage) assigned(field string) string { return v.typed("assign", field) }

func (v traineePage) waived(field string) string { return v.typed("waive", field) }

func (v traineePage) typed(form, field string) string {
	if v.Form == form {
		return v.Typed[field]
	}
	return ""
}

func (v traineePage) moduleOptions() []ui.Option {
	options := []ui.Option{{Value: "", Label: v.T("learn.waive.choose")}}
	for _, pr := range v.Person.Progress {
		name := v.Titles[pr.Module.Slug]
		options = append(options, ui.Option{Value: pr.Module.Slug, Label: name.Words, Lang: name.Lang})
	}
	return options
}

func (v traineePage) reasonOptions() []ui.Option {
	options := make([]ui.Option, len(training.WaiverReasons))
	for i, reason := range training.WaiverReasons {
		options[i] = ui.Option{Value: reason, Label: waiverWord(v.Page, reason)}
	}
	return options
}

// cellWords say where one person stands, and why she need not learn something.
func cellWords(p *ui.Page, pr training.Progress) string {
	if pr.State() == training.Waived {
		return p.T("learn.team.waived", "Reason", waiverWord(p, pr.Waiver.Reason))
	}
	return stateWords(p, pr)
}

// mustLearn reports whether somebody's work needs a module that she does not hold.
func mustLearn(person training.Trainee, pr training.Progress) bool {
	who := member.Actor{Role: &member.RoleActor{Roles: person.Roles}}
	return !pr.Holds() && needed(who, pr.Module)
}
