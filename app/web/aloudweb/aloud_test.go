package aloudweb_test

import (
	"bytes"
	"context"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"testing"

	"portico/app/aloud"
	"portico/app/member"
	"portico/app/web/aloudweb"
	"portico/app/web/webtest"
)

// house is the recordings, with a mediator who reads and a peer who listens.
type house struct {
	*webtest.House
	aloud          *aloud.Service
	reads, listens member.Actor
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{House: webtest.Open(t)}
	h.aloud = aloud.New(h.Store)
	a := aloudweb.New(h.Kit, h.aloud)
	h.App.Get("/aloud", a.Studio)
	h.App.Post("/aloud", a.Send)
	h.App.Get("/aloud/:id", a.Sound)
	h.App.Post("/aloud/:id/heard", a.Heard)
	h.App.Post("/aloud/:id/drop", a.Drop)
	_ = h.FirstAdmin(t)
	h.reads, h.listens = h.Hire(t, "ponte", member.RoleMediator), h.Hire(t, "juniper", member.RolePeer)
	return h
}

// send sends a form with a file as somebody; fields are names and values in turn.
func (h *house) send(t *testing.T, who member.Actor, file string, fields ...string) webtest.Answer {
	t.Helper()
	h.Who = who
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for i := 0; i < len(fields); i += 2 {
		_ = form.WriteField(fields[i], fields[i+1])
	}
	if file != "" {
		sample, err := os.ReadFile("../../recording/testdata/" + file)
		if err != nil {
			t.Fatal(err)
		}
		part, err := form.CreateFormFile("recording", "my kitchen.mp3")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(sample)
	}
	_ = form.Close()
	r := httptest.NewRequest(http.MethodPost, "/aloud", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return h.Send(t, r)
}

var sound = regexp.MustCompile(`src="(/aloud/[a-z2-7]{26})"`)

// address is where the only recording of the room is heard.
func (h *house) address(t *testing.T) string {
	t.Helper()
	found := sound.FindStringSubmatch(h.Get(t, "/aloud").Body)
	if found == nil {
		t.Fatal("the room shows no recording")
	}
	return found[1]
}

func TestAPageIsHeardAfterASecondPersonListened(t *testing.T) {
	h := newHouse(t)
	if a := h.send(t, h.reads, "voice.mp3", "page", "join", "language", "it", "agreed", "1"); a.Status != 303 {
		t.Fatalf("sending answered %d: %s", a.Status, a.Body)
	}
	path := h.address(t)
	if now, err := h.aloud.Now(context.Background()); err != nil || len(now) != 0 {
		t.Errorf("visitors are offered %d recordings that nobody heard: %v", len(now), err)
	}
	h.Who = member.Actor{}
	if a := h.Get(t, path); a.Status != 404 {
		t.Errorf("a visitor hears what nobody listened to: %d", a.Status)
	}
	h.Who = h.reads
	if a := h.Post(t, path+"/heard"); a.Status != 403 {
		t.Errorf("she is her own second person: %d", a.Status)
	}
	h.Who = h.listens
	if a := h.Post(t, path+"/heard"); a.Status != 303 {
		t.Errorf("the second person: %d", a.Status)
	}
	h.Who = member.Actor{}
	if a := h.Get(t, path); a.Status != 200 || len(a.Body) < 100 {
		t.Errorf("everybody hears: %d, %d bytes", a.Status, len(a.Body))
	}
	now, err := h.aloud.Now(context.Background())
	if err != nil || len(now) != 1 || now[0].Page != "join" || now[0].Lang != "it" {
		t.Errorf("pages show %+v, %v", now, err)
	}
}

func TestANewRecordingTakesThePlaceOfTheOldOne(t *testing.T) {
	h := newHouse(t)
	for range 2 { // sent twice before anybody listened: one waits
		h.send(t, h.reads, "voice.mp3", "page", "exit", "language", "ar", "agreed", "1")
	}
	first := h.address(t)
	h.Who = h.listens
	h.Post(t, first+"/heard")
	h.send(t, h.listens, "voice.mp3", "page", "exit", "language", "ar", "agreed", "1")
	second := h.address(t) // what waits stands first
	if second == first {
		t.Fatal("the new one is the old one")
	}
	h.Who = h.reads
	h.Post(t, second+"/heard")
	if a := h.Get(t, first); a.Status != 404 {
		t.Errorf("the old voice is still heard: %d", a.Status)
	}
	if a := h.Post(t, second+"/drop"); a.Status != 404 {
		t.Errorf("somebody else takes a voice away: %d", a.Status)
	}
	h.Who = h.listens
	if a := h.Post(t, second+"/drop"); a.Status != 303 {
		t.Errorf("her own voice: %d", a.Status)
	}
	if a := h.Get(t, second); a.Status != 404 {
		t.Errorf("what was taken away is heard: %d", a.Status)
	}
}

func TestWhatIsWrongWithARecordingIsSaid(t *testing.T) {
	h := newHouse(t)
	a := h.send(t, h.reads, "", "page", "kitchen", "language", "xx")
	if a.Status != 422 {
		t.Errorf("got %d", a.Status)
	}
	webtest.Wants(t, a.Body, `href="#page"`, `href="#language"`, `href="#recording"`, `href="#agreed"`)
	h.Who = h.Hire(t, "riva", member.RoleSupervisor)
	if a := h.Get(t, "/aloud"); a.Status != 404 {
		t.Errorf("who makes no recordings sees the room: %d", a.Status)
	}
	if a := h.send(t, h.Who, "voice.mp3", "page", "join", "language", "it", "agreed", "1"); a.Status != 404 {
		t.Errorf("who makes no recordings sends one: %d", a.Status)
	}
}

func TestWhoLeavesIsForgottenAndHerVoiceStays(t *testing.T) {
	h := newHouse(t)
	h.send(t, h.reads, "voice.mp3", "page", "help", "language", "en", "agreed", "1")
	path := h.address(t)
	h.Who = h.listens
	h.Post(t, path+"/heard")
	for _, who := range []member.Actor{h.reads, h.listens} {
		if err := aloud.Erase(context.Background(), h.Store.DB, who, true); err != nil {
			t.Fatal(err)
		}
	}
	now, err := h.aloud.Now(context.Background())
	if err != nil || len(now) != 1 || !now[0].SentBy.IsZero() || !now[0].HeardBy.IsZero() {
		t.Errorf("got %+v, %v", now, err)
	}
}
