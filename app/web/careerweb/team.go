package careerweb

import (
	"slices"

	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/career"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// teamPage is the coordinator's page: talks that are owed, steps, and the contacts outside.
type teamPage struct {
	*ui.Page
	ui.Again
	Who      member.Actor
	People   []career.Person
	Contacts []career.Contact
	Step     stepFields
	Handle   string
	Where    string
}

type stepFields struct{ Account, Step, Day, Promise string }

// Team shows it.
func (a *Area) Team(c *fiber.Ctx) error { return a.sendTeam(c, fiber.StatusOK, nil) }

func (a *Area) sendTeam(c *fiber.Ctx, status int, change func(*teamPage)) error {
	v := teamPage{Page: a.page(c), Who: request.Actor(c)}
	v.Path = "/work/team/career"
	var err error
	if v.People, err = a.path.Team(c.UserContext(), v.Who); err != nil {
		return err
	}
	if v.Contacts, err = a.path.Contacts(c.UserContext(), v.Who); err != nil {
		return err
	}
	if change != nil {
		change(&v)
	}
	return a.kit.Send(c, status, teamView(v))
}

// TakeStep writes down a step of somebody.
func (a *Area) TakeStep(c *fiber.Ctx) error {
	page := a.page(c)
	f := stepFields{Account: c.FormValue("account"), Step: c.FormValue("step"), Day: c.FormValue("day"), Promise: request.Typed(c, "promise")}
	status, back, err := request.StoppedTeam(c, page)
	if err != nil {
		return err
	}
	if back.SignIn {
		return a.kit.Send(c, status, keptStepView(teamPage{Page: page, Again: back, Step: f}))
	}
	if status == 0 {
		account, _ := store.ParseID(f.Account)
		err := a.path.TakeStep(c.UserContext(), request.Actor(c), account, career.StepForm{Step: f.Step, Day: f.Day, Promise: f.Promise})
		if err == nil {
			return a.kit.Go(c, "/work/team/career", ui.Done, "career.step.done")
		}
		if status, err = request.Refused(page, &back, err); err != nil {
			return err
		}
	}
	return a.sendTeam(c, status, func(v *teamPage) { v.Again, v.Step = back, f })
}

// NameContact names somebody outside the team.
func (a *Area) NameContact(c *fiber.Ctx) error {
	handle, where := request.Typed(c, "handle"), request.Typed(c, "organisation")
	err := a.path.NameContact(c.UserContext(), request.Actor(c), handle, where)
	if err == nil {
		return a.kit.Go(c, "/work/team/career", ui.Done, "career.contact.done")
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendTeam(c, status, func(v *teamPage) { v.Again, v.Handle, v.Where = back, handle, where })
}

// DropContact takes one off the list.
func (a *Area) DropContact(c *fiber.Ctx) error {
	return a.change(c, "/work/team/career", "career.contact.dropped", func(who member.Actor, id store.ID) error {
		return a.path.DropContact(c.UserContext(), who, id)
	})
}

// table lists the peers by handle, with what is owed and the steps.
func (v teamPage) table() ui.Table {
	table := ui.Table{Head: []string{v.T("peerwork.person"), v.T("career.talk.title"), v.T("career.steps.title")}}
	for _, one := range v.People {
		table.Rows = append(table.Rows, []templ.Component{ui.Isolated(one.Handle), dueCell(v.Page, one.Due), ui.Words(v.steps(one))})
	}
	return table
}

func (v teamPage) steps(one career.Person) string {
	var words []string
	for _, s := range one.Steps {
		words = append(words, word(v.Page, stepWords, s.Step)+" ("+v.P.Day(s.Day)+")")
	}
	return strings.Join(words, " · ")
}

func (v teamPage) peers() []ui.Option {
	list := []ui.Option{{Label: v.T("peerwork.choose")}}
	for _, one := range v.People {
		if !one.Own {
			list = append(list, ui.Option{Value: one.ID.String(), Label: one.Handle})
		}
	}
	return list
}

// promised reports whether this reader finds a promise of some step.
func (v teamPage) promised() bool {
	return slices.ContainsFunc(v.People, func(p career.Person) bool {
		return slices.ContainsFunc(p.Steps, func(s career.Step) bool { return s.Promise != "" })
	})
}
