// Package meetingweb is the pages of workshops and meetings: what is coming, one meeting with
// the way to a seat, the form that calls one, and the host's list of chairs.
//
// Invariants: the place stands only on the page of who has a seat or hosts; a member is a
// number to everybody, also to the host; the calendar file and every title are neutral;
// words that somebody typed come back whatever became of the form.
package meetingweb

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/meeting"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
	"portico/content"
)

// Area holds the handlers.
type Area struct {
	kit      *request.Kit
	meetings *meeting.Service
	modules  []content.Module
}

// New makes the area. The modules are those that ship, for the choice of what a workshop
// belongs to.
func New(kit *request.Kit, m *meeting.Service, modules []content.Module) *Area {
	return &Area{kit, m, modules}
}

func (a *Area) page(c *fiber.Ctx) *ui.Page {
	return a.kit.Page(c, request.Printer(c).T("meeting.tab"), "learn")
}

func hosts(who member.Actor) bool {
	return who.Has(member.RoleCoordinator, member.RoleSupervisor, member.RoleLeader)
}

func pathOf(id store.ID) string { return "/meetings/" + id.String() }

// listPage is what is coming.
type listPage struct {
	*ui.Page
	Meetings []meeting.Standing
	Hosts    bool
	Module   string
}

// List shows what is coming, and with ?module= what belongs to one module.
func (a *Area) List(c *fiber.Ctx) error {
	who := request.Actor(c)
	view := listPage{Page: a.page(c), Hosts: hosts(who), Module: c.Query("module")}
	var err error
	if view.Meetings, err = a.meetings.Coming(c.UserContext(), who, view.Module); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, listView(view))
}

// onePage is one meeting.
type onePage struct {
	*ui.Page
	meeting.Standing
	Dir string
}

// One shows one meeting and the way to a seat.
func (a *Area) One(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	view := onePage{Page: a.page(c)}
	if view.Standing, err = a.meetings.Meeting(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	view.Dir = a.kit.Bundle.Printer(view.Meeting.Lang).Dir
	return a.kit.Send(c, fiber.StatusOK, oneView(view))
}

// Take takes a seat or a place on the waiting list.
func (a *Area) Take(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	who := request.Actor(c)
	wish := meeting.Wish{Interpreter: c.FormValue("interpreter"), Childcare: c.FormValue("childcare") == "1"}
	m, err := a.meetings.Meeting(c.UserContext(), who, id)
	if err != nil {
		return err
	}
	if !strings.Contains(" "+m.Languages+" ", " "+wish.Interpreter+" ") {
		wish.Interpreter = "" // nobody interprets it there
	}
	wish.Childcare = wish.Childcare && m.Childcare
	if err := a.meetings.Take(c.UserContext(), who, id, wish); err != nil {
		return err
	}
	if m, err = a.meetings.Meeting(c.UserContext(), who, id); err != nil {
		return err
	}
	if m.Waiting > 0 {
		return a.kit.Go(c, pathOf(id), ui.Info, "meeting.waits")
	}
	return a.kit.Go(c, pathOf(id), ui.Done, "meeting.taken")
}

// Leave gives her seat back.
func (a *Area) Leave(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err == nil {
		err = a.meetings.Leave(c.UserContext(), request.Actor(c), id)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, pathOf(id), ui.Done, "meeting.left")
}

// Calendar is a file for a calendar: a neutral word and a time, no place and no address of
// this portal, because calendars are shared and shown on locked screens.
func (a *Area) Calendar(c *fiber.Ctx) error {
	id, err := request.ID(c)
	if err != nil {
		return err
	}
	m, err := a.meetings.Meeting(c.UserContext(), request.Actor(c), id)
	if err != nil {
		return err
	}
	begins, err := time.ParseInLocation("2006-01-02 15:04", m.Day+" "+m.Begins, a.kit.Clock.Zone)
	if err != nil || m.State != meeting.Open {
		return fault.Missing()
	}
	sum := sha256.Sum256([]byte("meeting|" + id.String()))
	cal := ics.NewCalendarFor("calendar")
	cal.SetMethod(ics.MethodPublish)
	event := cal.AddEvent(hex.EncodeToString(sum[:12]))
	event.SetDtStampTime(begins.Truncate(24 * time.Hour))
	event.SetStartAt(begins)
	event.SetEndAt(begins.Add(time.Duration(m.Minutes) * time.Minute))
	event.SetSummary(request.Printer(c).T("supervision.calendar.title"))
	c.Set(fiber.HeaderContentType, "text/calendar; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="calendar.ics"`)
	return c.SendString(cal.Serialize(ics.WithNewLineWindows))
}
