package deskweb

import (
	"context"
	"strconv"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/member"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// Duty is one thing that the organisation owes somebody, from any area: the areas do not
// know each other, and whoever wires them hands these over. It says that something is owed
// and until when, never why.
type Duty struct {
	Kind    DutyKind
	Person  string // handle, or several
	Day     string // until when, or of which week; "" for none
	Week    int    // of a check-in
	Minutes int    // of hours
	Missed  bool   // its time is over: the organisation's miss, in red
	Href    string // where a coordinator can do something about it, "" for nowhere
}

// DutyKind says what is owed.
type DutyKind string

// The kinds, in the order of the page.
const (
	OweDebrief   DutyKind = "debrief"   // a conversation after something heavy
	OweTalk      DutyKind = "talk"      // supervision after 1.5 times its rhythm
	OweCheckIn   DutyKind = "check-in"  // an early conversation that did not take place
	OweAgreement DutyKind = "agreement" // its day to look at it again is over
	OweHours     DutyKind = "hours"     // promised hours of supervision
	OweStep      DutyKind = "step"      // the talk about her own way, every six months
	OweWeek      DutyKind = "week"      // a time sheet that waits for an answer or pay
	OweReview    DutyKind = "review"    // a published text whose day to look at it again is over
)

var dutyKinds = []DutyKind{OweDebrief, OweTalk, OweCheckIn, OweAgreement, OweHours, OweStep, OweWeek, OweReview}

// Duties are what one area knows that the organisation owes. For somebody who does not
// coordinate they are none.
type Duties interface {
	Duties(ctx context.Context, who member.Actor) ([]Duty, error)
}

// owedPage is the organisation's list.
type owedPage struct {
	*ui.Page
	debriefs []desk.OpenDebrief // of moderators
	duties   map[DutyKind][]Duty
}

// Owed lists for coordinators what the organisation owes.
func (a *Area) Owed(c *fiber.Ctx) error {
	ctx, who := c.UserContext(), request.Actor(c)
	debriefs, err := a.desk.Debriefs(ctx, who)
	if err != nil {
		return err
	}
	view := owedPage{a.kit.Page(c, request.Printer(c).T("nav.team"), "team"), debriefs, map[DutyKind][]Duty{}}
	for _, from := range a.duties {
		list, err := from.Duties(ctx, who)
		if err != nil {
			return err
		}
		for _, d := range list {
			view.duties[d.Kind] = append(view.duties[d.Kind], d)
		}
	}
	return a.kit.Send(c, fiber.StatusOK, owedView(view))
}

// owed are the duties of a kind; what moderators are owed comes first.
func (v owedPage) owed(kind DutyKind) []Duty {
	var list []Duty
	if kind == OweDebrief {
		for _, d := range v.debriefs {
			list = append(list, Duty{Kind: OweDebrief, Person: d.Handle, Day: d.DueDay, Missed: d.Missed})
		}
	}
	return append(list, v.duties[kind]...)
}

func (v owedPage) kindWord(kind DutyKind) string {
	switch kind {
	case OweDebrief:
		return v.T("desk.owed.debriefs")
	case OweTalk:
		return v.T("desk.owed.talks")
	case OweCheckIn:
		return v.T("desk.owed.check-ins")
	case OweAgreement:
		return v.T("desk.owed.agreements")
	case OweHours:
		return v.T("desk.owed.hours")
	case OweStep:
		return v.T("desk.owed.steps")
	case OweReview:
		return v.T("desk.owed.reviews")
	}
	return v.T("desk.owed.weeks")
}

// line says what is owed in one sentence.
func (v owedPage) line(d Duty) string {
	switch d.Kind {
	case OweCheckIn:
		return v.T("desk.owed.week", "Week", strconv.Itoa(d.Week), "Day", v.P.Day(d.Day))
	case OweHours:
		return v.T("desk.owed.time", "Time", v.Duration(d.Minutes))
	case OweWeek:
		return v.T("desk.owed.sheet", "Day", v.P.Day(d.Day))
	}
	return v.T("supervision.owed.by", "Day", v.P.Day(d.Day))
}
