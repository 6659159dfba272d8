package meetingweb_test

import (
	"net/http"
	"strings"
	"testing"

	"portico/app/meeting"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/meetingweb"
	"portico/app/web/webtest"
)

// house is the pages of meetings on a fresh database.
type house struct{ *webtest.House }

func open(t *testing.T) *house {
	t.Helper()
	h := &house{webtest.Open(t)}
	a := meetingweb.New(h.Kit, meeting.New(h.Store), nil)
	h.App.Get("/meetings", a.List)
	h.App.Get("/meetings/hosted", a.Hosted)
	h.App.Get("/meetings/new", a.Form)
	h.App.Post("/meetings/new/:form", a.Call)
	h.App.Get("/meetings/for/:id", a.FormFor)
	h.App.Get("/meetings/calendar", a.Seats)
	h.App.Get("/meetings/:id/change", a.ChangeForm)
	h.App.Post("/meetings/:id/change", a.Change)
	h.App.Get("/meetings/:id/off", a.OffForm)
	h.App.Get("/meetings/:id/rest", a.RestForm)
	h.App.Post("/meetings/:id/rest", a.Rest)
	h.App.Post("/meetings/:id/wake", a.Wake)
	h.App.Get("/meetings/:id", a.One)
	h.App.Get("/meetings/:id/calendar", a.Calendar)
	h.App.Post("/meetings/:id/take", a.Take)
	h.App.Post("/meetings/:id/leave", a.Leave)
	h.App.Get("/meetings/:id/chairs", a.Chairs)
	h.App.Post("/meetings/:id/note", a.Note)
	h.App.Post("/meetings/:id/off", a.CallOff)
	return h
}

// ask sends a request as somebody, with fields of a form as names and values in turn.
func (h *house) ask(t *testing.T, who member.Actor, method, path string, fields ...string) (status int, to, body string) {
	t.Helper()
	h.Who = who
	a := webtest.Answer{}
	if method == http.MethodPost {
		a = h.Post(t, path, fields...)
	} else {
		a = h.Get(t, path)
	}
	return a.Status, a.To, a.Body
}

// reads wants a page that holds some words and not others, which follow "not".
func (h *house) reads(t *testing.T, who member.Actor, path string, words ...string) {
	t.Helper()
	status, _, body := h.ask(t, who, http.MethodGet, path)
	if status != http.StatusOK {
		t.Errorf("%s: status %d", path, status)
	}
	want := true
	for _, word := range words {
		if word == "not" {
			want = false
		} else if strings.Contains(body, word) != want {
			t.Errorf("%s: %q stands there: %v", path, word, !want)
		}
	}
}

func TestAWorkshopFromTheCallToTheHeads(t *testing.T) {
	h := open(t)
	host, peer, ann, bea := h.Colleague(t, "sabine", member.RoleSupervisor), h.Colleague(t, "mira", member.RolePeer), webtest.Member(), webtest.Member()
	status, _, body := h.ask(t, host, http.MethodPost, "/meetings/new/"+store.NewID().String(), "title", "A <b>long</b> afternoon", "day", "soon", "begins", "6", "minutes", "x", "seats", "1", "place", "")
	if status != http.StatusUnprocessableEntity || !strings.Contains(body, "A &lt;b&gt;long") || strings.Count(body, "error") < 4 {
		t.Errorf("status %d", status)
	}
	if status, _, _ = h.ask(t, peer, http.MethodPost, "/meetings/new/"+store.NewID().String(), "title", "x"); status == http.StatusSeeOther {
		t.Error("a peer calls a meeting")
	}
	if status, _, body = h.ask(t, member.Actor{}, http.MethodPost, "/meetings/new/"+store.NewID().String(), "title", "Kept words"); status != http.StatusUnauthorized || !strings.Contains(body, "Kept words") {
		t.Errorf("a session that is over: status %d", status)
	}
	status, path, _ := h.ask(t, host, http.MethodPost, "/meetings/new/"+store.NewID().String(), "title", "An afternoon", "what", "Tea", "day", "2026-03-09", "begins", "15:00",
		"minutes", "90", "seats", "1", "place", "Blue room", "in-ar", "1", "childcare", "1", "paid", "1")
	if status != http.StatusSeeOther {
		t.Fatalf("status %d", status)
	}
	h.reads(t, member.Actor{}, "/meetings", "An afternoon", "1 seat free", "childcare", "not", "Blue room")
	h.reads(t, ann, path, "Take a seat", "The place is told to people who have a seat", "العربية", "not", "Blue room", "/chairs")
	h.ask(t, ann, http.MethodPost, path+"/take", "interpreter", "ar", "childcare", "1")
	h.reads(t, ann, path, "you have a seat", "Blue room", "/calendar")
	h.ask(t, bea, http.MethodPost, path+"/take", "interpreter", "xx")
	h.reads(t, bea, path, "You are the next on the waiting list", "not", "Blue room", "/calendar")
	h.reads(t, host, path+"/chairs", "Seat 1", "Seat 2", "interpreter:", "not", "Keep the attendance")
	if status, _, _ := h.ask(t, peer, http.MethodGet, path+"/chairs"); status != http.StatusNotFound {
		t.Errorf("a peer sees the chairs: status %d", status)
	}
	_, _, calendar := h.ask(t, ann, http.MethodGet, path+"/calendar")
	for _, word := range []string{"An afternoon", "Blue room", "meetings", "portico", "Portico"} {
		if strings.Contains(calendar, word) {
			t.Errorf("the calendar file holds %q", word)
		}
	}
	if !strings.Contains(calendar, "DTSTART:20260309T150000Z") {
		t.Errorf("the calendar file is %q", calendar)
	}
	h.Time.Advance(50 * 3600e9)
	h.reads(t, host, path+"/chairs", "Keep the attendance")
	h.ask(t, host, http.MethodPost, path+"/note", "came", "1", "came", "x")
	h.reads(t, host, path, "1 person came")
	h.reads(t, host, "/meetings/hosted", "1 person came")
	h.reads(t, ann, "/meetings", "Nothing is planned now")
}

func TestAMeetingThatIsNoneIsNotFound(t *testing.T) {
	h := open(t)
	for _, path := range []string{"/meetings/x", "/meetings/" + store.NewID().String(), "/meetings/" + store.NewID().String() + "/calendar"} {
		if status, _, _ := h.ask(t, webtest.Member(), http.MethodGet, path); status != http.StatusNotFound {
			t.Errorf("%s: status %d", path, status)
		}
	}
}
