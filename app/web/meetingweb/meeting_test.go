package meetingweb_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/meeting"
	"portico/app/member"
	"portico/app/store"
	"portico/app/store/storetest"
	"portico/app/vault"
	"portico/app/web/meetingweb"
	"portico/app/web/request"
	"portico/app/web/static"
)

// house is the pages of meetings behind the least that they need.
type house struct {
	*storetest.DB
	app *fiber.App
	kit *request.Kit
	who member.Actor // who asks
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{DB: storetest.New(t), app: fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell})}
	bundle, err := i18n.Load()
	must(t, err)
	files, err := static.Load()
	must(t, err)
	h.kit = &request.Kit{Bundle: bundle, Static: files, Server: h.Server, Clock: h.Clock}
	h.kit.Config.PlainCookie = true
	a := meetingweb.New(h.kit, meeting.New(h.Store), nil)
	h.app.Use(func(c *fiber.Ctx) error {
		request.SetPrinter(c, bundle.Printer("en"))
		if h.who.SignedIn() {
			request.SetActor(c, h.who)
		}
		request.SetTrusted(c, h.who.SignedIn())
		return c.Next()
	})
	h.app.Get("/meetings", a.List)
	h.app.Get("/meetings/hosted", a.Hosted)
	h.app.Get("/meetings/new", a.Form)
	h.app.Post("/meetings/new/:form", a.Call)
	h.app.Get("/meetings/:id", a.One)
	h.app.Get("/meetings/:id/calendar", a.Calendar)
	h.app.Post("/meetings/:id/take", a.Take)
	h.app.Post("/meetings/:id/leave", a.Leave)
	h.app.Get("/meetings/:id/chairs", a.Chairs)
	h.app.Post("/meetings/:id/note", a.Note)
	h.app.Post("/meetings/:id/off", a.CallOff)
	return h
}

func tell(c *fiber.Ctx, err error) error {
	var known *fault.Error
	if errors.As(err, &known) && known.Kind == fault.NotFound {
		return c.SendStatus(http.StatusNotFound)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) withRole(t *testing.T, handle string, role member.Role) member.Actor {
	t.Helper()
	row := member.RoleAccount{ID: store.NewID(), Handle: handle, Roles: string(role), Salt: []byte("s"), Sealed: []byte("s"), Gen: []byte("g")}
	must(t, h.DB.DB.Create(&row).Error)
	who := join()
	who.Role = &member.RoleActor{ID: row.ID, Handle: handle, Roles: []member.Role{role}, Identity: vault.NewIdentity()}
	return who
}

func join() member.Actor {
	return member.Actor{Account: store.NewID(), Secrets: []vault.Secret{vault.NewSecret()}, Token: vault.NewToken()}
}

// ask sends a request as somebody, with fields of a form as names and values in turn.
func (h *house) ask(t *testing.T, who member.Actor, method, path string, fields ...string) (status int, to, body string) {
	t.Helper()
	h.who = who
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	res, err := h.app.Test(r, -1)
	must(t, err)
	raw, err := io.ReadAll(res.Body)
	must(t, err)
	return res.StatusCode, res.Header.Get("Location"), string(raw)
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
	host, peer, ann, bea := h.withRole(t, "sabine", member.RoleSupervisor), h.withRole(t, "mira", member.RolePeer), join(), join()
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
		if status, _, _ := h.ask(t, join(), http.MethodGet, path); status != http.StatusNotFound {
			t.Errorf("%s: status %d", path, status)
		}
	}
}
