package meetingweb

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/meeting"
	"portico/app/store"
	"portico/app/web/request"
)

// A calendar file holds a neutral word and a time: calendars are shared, and shown on locked
// screens. The place stands in it only when she asks for it. There is no address to subscribe
// to, because such an address would be a key that lies in somebody else's cloud.

// Calendar is the file of one meeting. Of one that was called off it says so, so that the
// appointment goes out of her calendar.
func (a *Area) Calendar(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	m, err := a.meetings.Meeting(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	if m.State == meeting.Held {
		return fault.Missing()
	}
	return a.sendCalendar(c, []meeting.Standing{m})
}

// Seats is the file of all meetings in which she has a seat.
func (a *Area) Seats(c *fiber.Ctx) error {
	mine, err := a.meetings.MySeats(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	return a.sendCalendar(c, mine)
}

func (a *Area) sendCalendar(c *fiber.Ctx, list []meeting.Standing) error {
	title := request.Printer(c).T("supervision.calendar.title")
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="calendar.ics"`)
	return c.SendString(calendarOf(list, title, a.kit.Clock, c.Query("place") == "1"))
}

// calendarOf writes the dates in UTC, so that every program shows the right hour whatever
// zone it stands in. The number of an event is a fingerprint: it is the same each time, and
// leads back to nothing. A date that was changed has a higher sequence (RFC 5545, 3.8.7.4).
func calendarOf(list []meeting.Standing, title string, clock store.Clock, place bool) string {
	cal := ics.NewCalendarFor("calendar")
	cal.SetMethod(ics.MethodPublish)
	for _, m := range list {
		begins, ok := meeting.Starts(m.Day, m.Begins, clock.Zone)
		if !ok {
			continue
		}
		sum := sha256.Sum256([]byte("meeting|" + m.ID.String()))
		event := cal.AddEvent(hex.EncodeToString(sum[:12]))
		event.SetDtStampTime(clock.Time().Truncate(24 * time.Hour))
		event.SetStartAt(begins)
		event.SetEndAt(begins.Add(time.Duration(m.Minutes) * time.Minute))
		event.SetSummary(title)
		event.SetSequence(m.Changes)
		event.SetStatus(ics.ObjectStatusConfirmed)
		if m.State == meeting.Off {
			event.SetStatus(ics.ObjectStatusCancelled)
		}
		if place && m.Place != "" {
			event.SetLocation(m.Place)
		}
	}
	return cal.Serialize(ics.WithNewLineWindows)
}
