package supervisionweb

import (
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/numeral"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// hoursPage is the coordinator's page of promised hours.
type hoursPage struct {
	*ui.Page
	ui.Again
	Promised                              []supervision.Requirement
	Team                                  []supervision.Kept
	Role, Kind, Hours, Months, Day, Nonce string
	From, To                              string // of the table
}

// Hours shows what is promised and what took place between two days.
func (a *Area) Hours(c *fiber.Ctx) error { return a.sendHours(c, fiber.StatusOK, nil) }

func (a *Area) sendHours(c *fiber.Ctx, status int, change func(*hoursPage)) error {
	ctx, who := c.UserContext(), request.Actor(c)
	if !coordinates(who) {
		return fault.Missing()
	}
	view := hoursPage{Page: a.page(c), Kind: string(supervision.AnyKind), Role: string(member.RolePeer), Months: "12", Nonce: request.NewNonce()}
	view.From, view.To = a.period(c)
	view.Day = view.From
	err := supervision.Period(view.From, view.To)
	if errs, ok := request.Mend(view.P, err); ok {
		status, view.Errs = fiber.StatusUnprocessableEntity, errs
		view.Day = a.kit.Clock.Today()
	} else if view.Team, err = a.sup.TeamHours(ctx, who, view.From, view.To); err != nil {
		return err
	}
	if view.Promised, err = a.sup.Requirements(ctx, who); err != nil {
		return err
	}
	view.Path = "/supervision/hours"
	if change != nil {
		change(&view)
	}
	return a.kit.Send(c, status, hoursView(view))
}

// period reads two days from an address; without them it is this year until today.
func (a *Area) period(c *fiber.Ctx) (from, to string) {
	today := a.kit.Clock.Today()
	return c.Query("first", today[:4]+"-01-01"), c.Query("last", today)
}

// Require promises hours.
func (a *Area) Require(c *fiber.Ctx) error {
	f := hoursPage{
		Role: c.FormValue("role"), Kind: c.FormValue("kind"), Hours: c.FormValue("hours"), Months: c.FormValue("months"), Day: c.FormValue("from"),
		Nonce: c.FormValue("nonce"),
	}
	form := supervision.RequirementForm{Role: member.Role(f.Role), Kind: supervision.Kind(f.Kind), From: f.Day, Nonce: f.Nonce}
	hours, _ := numeral.Whole(f.Hours)
	form.Minutes = hours * 60
	form.Months, _ = numeral.Whole(f.Months)
	err := a.sup.Require(c.UserContext(), request.Actor(c), form)
	if err == nil {
		return a.kit.Go(c, "/supervision/hours", ui.Done, "supervision.require.done")
	}
	var back ui.Again
	status, err := request.Refused(a.page(c), &back, err)
	if err != nil {
		return err
	}
	return a.sendHours(c, status, func(v *hoursPage) {
		v.Again = back
		v.Role, v.Kind, v.Hours, v.Months, v.Day, v.Nonce = f.Role, f.Kind, f.Hours, f.Months, f.Day, f.Nonce
	})
}

// Unrequire takes a promise back.
func (a *Area) Unrequire(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.sup.Unrequire(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/supervision/hours", ui.Done, "supervision.require.ended")
}

// teamTable holds minutes by person, in the order of handles, and what the organisation owes.
func teamTable(v hoursPage) ui.Table {
	p := v.Page
	table := ui.Table{Head: []string{p.T("supervision.require.person"), p.T("supervision.require.kinds"), p.T("supervision.minutes.total"), p.T("supervision.require.owed")}}
	for _, k := range v.Team {
		if k.Total == 0 && len(k.Balances) == 0 {
			continue // nothing is promised to her, and nothing took place
		}
		table.Rows = append(table.Rows, []templ.Component{
			ui.Isolated(k.Handle), ui.Words(kindsLine(p, k)), ui.Words(p.Duration(k.Total)), owedMark(p, k.Owed()),
		})
	}
	return table
}

func kindsLine(p *ui.Page, k supervision.Kept) string {
	var parts []string
	for _, kind := range supervision.Kinds {
		if minutes := k.Minutes[kind]; minutes > 0 {
			parts = append(parts, word(p, kindWords, kind)+" "+p.Duration(minutes))
		}
	}
	return strings.Join(parts, " · ")
}

func roleOptions(p *ui.Page) []ui.Option {
	var list []ui.Option
	for _, role := range member.GivenRoles {
		list = append(list, ui.Option{Value: string(role), Label: roleWord(p, role)})
	}
	return list
}

func roleWord(p *ui.Page, role member.Role) string { return request.RoleWord(p.P, string(role)) }

func promiseOptions(p *ui.Page) []ui.Option {
	return append([]ui.Option{{Value: string(supervision.AnyKind), Label: p.T("supervision.hours.any")}}, options(p, supervision.Kinds, kindWords, "")...)
}

// idIn reads an id that a form sent; what is none is the zero id.
func idIn(text string) store.ID {
	id, _ := store.ParseID(text)
	return id
}
