package meetingweb_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"portico/app/member"
	"portico/app/store"
	"portico/app/web/webtest"
)

// events reads a calendar file with the library.
func (h *house) events(t *testing.T, who member.Actor, path string) []*ics.VEvent {
	t.Helper()
	status, _, body := h.ask(t, who, http.MethodGet, path)
	if status != http.StatusOK {
		t.Fatalf("%s: status %d", path, status)
	}
	cal, err := ics.ParseCalendar(strings.NewReader(body))
	webtest.Must(t, err)
	for _, word := range []string{"Tuesdays", "portico", "Portico", "DESCRIPTION", "URL", "ORGANIZER"} {
		if strings.Contains(body, word) {
			t.Errorf("the calendar file holds %q", word)
		}
	}
	return cal.Events()
}

func value(e *ics.VEvent, name ics.ComponentProperty) string {
	if p := e.GetProperty(name); p != nil {
		return p.Value
	}
	return ""
}

func TestCalendarFilesAreNeutralAndFollowChanges(t *testing.T) {
	h := open(t)
	zone, err := time.LoadLocation("Europe/Rome")
	webtest.Must(t, err)
	h.Store.Zone, h.Kit.Clock.Zone = zone, zone
	host, ann := h.Colleague(t, "sabine", member.RoleSupervisor), webtest.Member()
	call := []string{"kind", "meeting", "title", "Tuesdays", "day", "2026-03-24", "begins", "18:00", "minutes", "90", "every", "2", "until", "2026-05-05", "seats", "3", "place", "Kitchen"}
	status, path, body := h.ask(t, host, http.MethodPost, "/meetings/new/"+store.NewID().String(), call...)
	if status != http.StatusSeeOther {
		t.Fatalf("status %d: %s", status, body)
	}
	h.ask(t, ann, http.MethodPost, path+"/take")
	h.reads(t, ann, "/meetings", "you have a seat", "All my seats", "May 2026")
	h.reads(t, ann, "/meetings?month=2026-05", "Tuesdays", "not", "24 March")
	h.reads(t, ann, "/meetings?interpreter=ar", "Nothing fits here")
	h.reads(t, ann, "/meetings?kind=meeting&free=1", "Tuesdays", "not", "Nothing fits here")
	if list := h.events(t, ann, "/meetings/calendar"); len(list) != 1 || value(list[0], ics.ComponentPropertyLocation) != "" || value(list[0], ics.ComponentPropertySummary) != "Appointment" {
		t.Errorf("her seats are %v", list)
	}
	if got := value(h.events(t, ann, "/meetings/calendar?place=1")[0], ics.ComponentPropertyLocation); got != "Kitchen" {
		t.Errorf("the place that she asked for is %q", got)
	}
	first := h.events(t, ann, path+"/calendar")[0]
	at, err := first.GetStartAt()
	if err != nil || at.UTC().Format(time.RFC3339) != "2026-03-24T17:00:00Z" {
		t.Errorf("before the change of clocks it begins at %v, %v", at, err)
	}
	status, _, body = h.ask(t, host, http.MethodPost, path+"/change", "day", "2026-04-01", "begins", "25:00", "minutes", "90", "place", "Kitchen", "note", "Easter")
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "Easter") {
		t.Errorf("a move that cannot be: status %d", status)
	}
	h.ask(t, host, http.MethodPost, path+"/change", "day", "2026-04-01", "begins", "18:00", "minutes", "90", "place", "Kitchen", "note", "Easter")
	moved := h.events(t, ann, path+"/calendar")[0]
	if at, err = moved.GetStartAt(); err != nil || at.UTC().Format(time.RFC3339) != "2026-04-01T16:00:00Z" || moved.Id() != first.Id() || value(moved, ics.ComponentPropertySequence) != "1" {
		t.Errorf("after the change of clocks it is %v, %v, number %s", at, err, value(moved, ics.ComponentPropertySequence))
	}
	h.reads(t, ann, path, "Easter", "changed", "you have a seat")
	h.reads(t, host, path+"/rest", "Let the group rest")
	h.ask(t, host, http.MethodPost, path+"/rest", "from", "2026-03-30", "until", "2026-04-10", "note", "Spring <b>pause</b>")
	h.reads(t, ann, path, "The group rests on this date", "Spring &lt;b&gt;", "The next date that takes place", "not", "you have a seat", "/take")
	gone := h.events(t, ann, path+"/calendar")[0]
	if value(gone, ics.ComponentPropertyStatus) != "CANCELLED" || value(gone, ics.ComponentPropertySequence) != "2" {
		t.Errorf("called off it is %s, number %s", value(gone, ics.ComponentPropertyStatus), value(gone, ics.ComponentPropertySequence))
	}
	if status, _, _ = h.ask(t, ann, http.MethodGet, path+"/change"); status != http.StatusNotFound {
		t.Errorf("a member changes it: status %d", status)
	}
}
