package supervisionweb

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/store"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// relationPage is one relation with its conversations.
type relationPage struct {
	*ui.Page
	Line    supervision.Line
	Mine    string // Peer, Supervisor, or "" once she has left
	Me      supervision.Member
	Other   string
	Terms   supervision.Terms
	Reason  string // why it ended, mostly ""
	Entries []supervision.Entry
	Before  []supervision.Earlier // from before a change of supervisor
	Turn    supervision.Person    // whose turn it is to lead
	Chain   supervision.Report
	Early   []supervision.CheckIn // of its first weeks
	Dates   []Date                // that the calendar holds for it
	Plans   bool                  // there is a calendar to plan them in
	Next    string
	Review  string
	Errs    []ui.FieldError
}

// Relation shows one relation.
func (a *Area) Relation(c *fiber.Ctx) error {
	view, err := a.relationPage(c)
	if err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, relationView(view))
}

func (a *Area) relationPage(c *fiber.Ctx) (relationPage, error) {
	ctx, who := c.UserContext(), request.Actor(c)
	view := relationPage{Page: a.page(c)}
	id, err := request.ID(c)
	if err != nil {
		return view, err
	}
	if view.Line, err = a.sup.Relation(ctx, who, id); err != nil {
		return view, err
	}
	view.Path = relationPath(id)
	view.Mine, view.Other = view.Line.Part(who), other(view.Page, view.Line, who)
	view.Me, _ = view.Line.Of(who)
	view.Review = a.kit.Clock.DayAfter(182)
	if view.Line.NextDay != nil {
		view.Next = *view.Line.NextDay
	}
	if view.Terms, err = a.sup.Agreement(ctx, who, view.Line.Relation); err != nil {
		return view, err
	}
	if view.Reason, err = a.sup.Reason(ctx, who, view.Line.Relation); err != nil {
		return view, err
	}
	if view.Before, err = a.sup.Before(ctx, who, id); err != nil {
		return view, err
	}
	if view.Turn, err = a.sup.Turn(ctx, who, id); err != nil {
		return view, err
	}
	if view.Entries, err = a.sup.Entries(ctx, who, id); err != nil {
		return view, err
	}
	if view.Early, err = a.sup.CheckIns(ctx, who, id); err != nil {
		return view, err
	}
	if a.dates != nil && view.Line.Several() && view.Line.State == supervision.Open && view.Me.Here() {
		view.Plans = true
		if view.Dates, err = a.dates.Planned(ctx, who, view.Line.Relation); err != nil {
			return view, err
		}
	}
	view.Chain, err = a.sup.Verify(ctx, who, id)
	return view, err
}

// Accept says yes to a proposal.
func (a *Area) Accept(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.sup.Accept(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, relationPath(id), ui.Done, "supervision.accepted")
}

// Refuse says no to a proposal.
func (a *Area) Refuse(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.sup.Refuse(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/supervision", ui.Done, "supervision.refused")
}

// Plan sets the day of the next conversation.
func (a *Area) Plan(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	day := c.FormValue("next")
	return a.settled(c, a.sup.Plan(c.UserContext(), request.Actor(c), id, day), "supervision.planned", func(v *relationPage) { v.Next = day })
}

// Review sets the day on which the agreement is looked at again.
func (a *Area) Review(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	day := c.FormValue("review")
	return a.settled(c, a.sup.Review(c.UserContext(), request.Actor(c), id, day), "supervision.review.kept", func(v *relationPage) { v.Review = day })
}

// settled answers a form of one day on the page of a relation.
func (a *Area) settled(c *fiber.Ctx, err error, done string, again func(*relationPage)) error {
	id, _ := request.ID(c)
	if errs, ok := request.Mend(request.Printer(c), err); ok {
		view, err := a.relationPage(c)
		if err != nil {
			return err
		}
		view.Errs = errs
		again(&view)
		return a.kit.Send(c, fiber.StatusUnprocessableEntity, relationView(view))
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, relationPath(id), ui.Done, done)
}

// Calendar is a file for a calendar. Whoever looks at her phone reads a neutral word and a
// day: no name, no place, no address of this portal.
func (a *Area) Calendar(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	line, err := a.sup.Relation(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	if line.NextDay == nil {
		return fault.New(fault.NotFound, "error.missing")
	}
	day, err := time.Parse(time.DateOnly, *line.NextDay)
	if err != nil {
		return fault.Wrap(err, "read a day")
	}
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="calendar.ics"`)
	return c.SendString(calendarOf(id, day, request.Printer(c).T("supervision.calendar.title"), a.kit.Clock.Today()))
}

// calendarOf writes one whole day. The number of the event is a fingerprint, so that the
// file does not carry the number of the relation, and planning another day makes another.
func calendarOf(id store.ID, day time.Time, title, today string) string {
	sum := sha256.Sum256([]byte("calendar|" + id.String() + "|" + day.Format(time.DateOnly)))
	made, err := time.Parse(time.DateOnly, today)
	if err != nil {
		made = day
	}
	cal := ics.NewCalendarFor("calendar")
	cal.SetMethod(ics.MethodPublish)
	event := cal.AddEvent(hex.EncodeToString(sum[:12]))
	event.SetDtStampTime(made)
	event.SetAllDayStartAt(day)
	event.SetAllDayEndAt(day.AddDate(0, 0, 1))
	event.SetSummary(title)
	event.SetTimeTransparency(ics.TransparencyTransparent)
	return cal.Serialize(ics.WithNewLineWindows) // the lines of RFC 5545 end in two signs on every system
}
