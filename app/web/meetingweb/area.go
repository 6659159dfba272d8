// Package meetingweb is the pages of workshops and meetings: what is coming, one meeting with
// the way to a seat, the form that calls one, and the host's list of chairs.
//
// Invariants: the place stands only on the page of who has a seat or hosts; a member is a
// number to everybody, also to the host; the calendar file and every title are neutral;
// words that somebody typed come back whatever became of the form.
package meetingweb

import (
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

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

// home is the address of the calendar.
const home = "/meetings"

func pathOf(id store.ID) string { return home + "/" + id.String() }

// listPage is the calendar.
type listPage struct {
	*ui.Page
	Months []month
	Tabs   []ui.Link
	Filter meeting.Filter
	Month  string // "2026-07", "" for all
	Mine   bool   // she has a seat in something to come
	Hosts  bool
}

// month is the dates of one month.
type month struct {
	Name  string
	Dates []meeting.Standing
}

// empty reports that nothing is in the list.
func (v listPage) empty() bool { return len(v.Months) == 0 }

// narrowed reports that she asked for less than everything.
func (v listPage) narrowed() bool {
	f := v.Filter
	f.Module = ""
	return f != meeting.Filter{}
}

// address is the calendar with her filter and a month.
func (v listPage) address(month string) string {
	q := url.Values{}
	f := v.Filter
	for name, value := range map[string]string{"module": f.Module, "kind": string(f.Kind), "lang": f.Lang, "interpreter": f.Interpreter, "month": month} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for name, on := range map[string]bool{"childcare": f.Childcare, "free": f.Free} {
		if on {
			q.Set(name, "1")
		}
	}
	if len(q) == 0 {
		return home
	}
	return home + "?" + q.Encode()
}

// List is the calendar: what is coming, by month, narrowed as she asked.
func (a *Area) List(c *fiber.Ctx) error {
	who := request.Actor(c)
	view := listPage{Page: a.page(c), Hosts: hosts(who), Month: c.Query("month"), Filter: meeting.Filter{
		Module: c.Query("module"), Kind: meeting.Kind(c.Query("kind")), Lang: c.Query("lang"), Interpreter: c.Query("interpreter"),
		Childcare: c.Query("childcare") == "1", Free: c.Query("free") == "1",
	}}
	all, err := a.meetings.Coming(c.UserContext(), who, view.Filter)
	if err != nil {
		return err
	}
	view.order(all)
	return a.kit.Send(c, fiber.StatusOK, listView(view))
}

// order puts dates under their months, and a link to each month above them.
func (v *listPage) order(all []meeting.Standing) {
	v.Tabs = []ui.Link{{Href: v.address(""), Word: v.T("meeting.months.all"), Current: v.Month == ""}}
	last := ""
	for _, m := range all {
		v.Mine = v.Mine || m.Seated()
		at := m.Day[:7]
		if at != last {
			last = at
			v.Tabs = append(v.Tabs, ui.Link{Href: v.address(at), Word: v.P.Month(at), Current: v.Month == at})
			if v.Month == "" || v.Month == at {
				v.Months = append(v.Months, month{Name: v.P.Month(at)})
			}
		}
		if v.Month == "" || v.Month == at {
			here := &v.Months[len(v.Months)-1]
			here.Dates = append(here.Dates, m)
		}
	}
}

// onePage is one meeting.
type onePage struct {
	*ui.Page
	meeting.Standing
	Dir    string
	Series []meeting.Standing // the dates that were called together with it
	Next   meeting.Standing   // where this one does not take place: the next of its series that does
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
	if view.Series, err = a.meetings.Series(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	for _, m := range view.Series {
		if m.State == meeting.Open && m.Day > view.Day && view.Next.Day == "" {
			view.Next = m
		}
	}
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
