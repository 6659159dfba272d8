package materialweb_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/web/materialweb"
	"portico/app/web/webtest"
)

// studio adds the routes of recordings to a house with a published leaflet.
func studio(t *testing.T) (p *portal, path string) {
	t.Helper()
	p = open(t)
	a := materialweb.New(p.Kit, p.mat)
	p.App.Get("/read/:id/audio", a.Audio)
	p.App.Post("/read/:id/audio", a.SendRecording)
	p.App.Get("/read/:id/audio/:recording", a.Sound)
	p.App.Post("/read/:id/audio/:recording/heard", a.Listened)
	p.App.Post("/read/:id/audio/:recording/drop", a.DropRecording)
	return p, p.published(t)
}

// send sends a form with a file; fields are names and values in turn.
func (p *portal) send(t *testing.T, path, file string, fields ...string) webtest.Answer {
	t.Helper()
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
		part, err := form.CreateFormFile("recording", "Valentina in Padova.mp3")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(sample)
	}
	_ = form.Close()
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return p.House.Send(t, r)
}

// listens asks for a part of a recording.
func (p *portal) listens(t *testing.T, path string, headers ...string) webtest.Answer {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return p.House.Send(t, r)
}

var goodVoice = []string{"language", "en", "credit", "alias", "alias", "Luna", "agreed", "1"}

// voiced sends a recording as the peer, and finds its address on the page.
func (p *portal) voiced(t *testing.T, path, file string) (sound string) {
	t.Helper()
	p.Who = p.peer
	if a := p.send(t, path+"/audio", file, goodVoice...); a.Status != http.StatusSeeOther {
		t.Fatalf("to send: %d %s", a.Status, a.Body)
	}
	page := p.Get(t, path+"/audio").Body
	_, rest, _ := strings.Cut(page, `<audio controls preload="none" src="`)
	sound, _, _ = strings.Cut(rest, `"`)
	return sound
}

func TestSomebodyListensToAText(t *testing.T) {
	p, path := studio(t)
	for _, file := range []string{"voice.mp3", "voice.m4a", "voice.ogg"} {
		t.Run(file, func(t *testing.T) {
			sound := p.voiced(t, path, file)
			p.Who = member.Actor{}
			if a := p.listens(t, sound); a.Status != http.StatusNotFound {
				t.Errorf("before a second person listened: %d", a.Status)
			}
			webtest.WantsNot(t, p.Get(t, path).Body, sound)
			p.Who = p.leader
			p.goes(t, sound+"/heard")
			p.Who = member.Actor{}
			page := p.Get(t, path).Body
			webtest.Wants(t, page, `<audio controls preload="none" src="`+sound+`"`, "Luna", p.Say("material.audio.save"), "0 min 2 s", " KB")
			whole := p.listens(t, sound)
			if whole.Status != http.StatusOK || whole.Header.Get("Accept-Ranges") != "bytes" || !strings.HasPrefix(whole.Header.Get("Content-Type"), "audio/") ||
				strings.Contains(whole.Body, "Valentina") || whole.Header.Get("Content-Disposition") != "" {
				t.Errorf("the whole: %d %v", whole.Status, whole.Header)
			}
			if kept := p.listens(t, sound+"?keep=1").Header.Get("Content-Disposition"); !strings.HasPrefix(kept, `attachment; filename="audio.`) {
				t.Errorf("to keep it: %q", kept)
			}
		})
	}
}

func TestAPlayerGetsThePartThatItAsksFor(t *testing.T) {
	p, path := studio(t)
	sound := p.voiced(t, path, "voice.mp3")
	p.Who = p.leader
	p.goes(t, sound+"/heard")
	p.Who = member.Actor{}
	whole := p.listens(t, sound)
	size := len(whole.Body)
	end := strconv.Itoa(size)
	last := strconv.Itoa(size - 1)
	for _, row := range []struct {
		name, asked, since string
		status             int
		body, part         string
	}{
		{"the first two bytes, as Safari begins", "bytes=0-1", "", 206, whole.Body[:2], "bytes 0-1/" + end},
		{"from the start", "bytes=0-", "", 206, whole.Body, "bytes 0-" + last + "/" + end},
		{"from the middle", "bytes=1000-", "", 206, whole.Body[1000:], "bytes 1000-" + last + "/" + end},
		{"the last hundred", "bytes=-100", "", 206, whole.Body[size-100:], "bytes " + strconv.Itoa(size-100) + "-" + last + "/" + end},
		{"more than there is", "bytes=10-999999999", "", 206, whole.Body[10:], "bytes 10-" + last + "/" + end},
		{"behind the end", "bytes=" + end + "-", "", 416, "", "bytes */" + end},
		{"none at the end", "bytes=-0", "", 416, "", "bytes */" + end},
		{"backwards", "bytes=9-3", "", 200, whole.Body, ""},
		{"two parts", "bytes=0-1,5-6", "", 200, whole.Body, ""},
		{"nonsense", "bytes=a-b", "", 200, whole.Body, ""},
		{"another unit", "lines=0-1", "", 200, whole.Body, ""},
		{"a part of the same recording", "bytes=0-1", whole.Header.Get("ETag"), 206, whole.Body[:2], "bytes 0-1/" + end},
		{"a part of another recording", "bytes=0-1", `"another"`, 200, whole.Body, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			headers := []string{"Range", row.asked}
			if row.since != "" {
				headers = append(headers, "If-Range", row.since)
			}
			a := p.listens(t, sound, headers...)
			if a.Status != row.status || row.status != 416 && a.Body != row.body || a.Header.Get("Content-Range") != row.part {
				t.Errorf("%d, %d bytes, %q", a.Status, len(a.Body), a.Header.Get("Content-Range"))
			}
		})
	}
}

func TestABadRecordingComesBackOnItsForm(t *testing.T) {
	p, path := studio(t)
	p.Who = p.peer
	for _, row := range []struct {
		name, file string
		fields     []string
		status     int
		words      string
	}{
		{"no file", "", goodVoice, 422, p.Say("recording.empty")},
		{"a film", "film.mp4", goodVoice, 422, p.Say("recording.video")},
		{"another kind", "short.wav", goodVoice, 422, p.Say("recording.unknown")},
		{"no yes of hers", "voice.mp3", []string{"language", "en", "credit", "alias", "alias", "Luna"}, 422, p.Say("material.audio.agreed.missing")},
		{"no language", "voice.mp3", []string{"language", "xx", "credit", "none", "agreed", "1"}, 422, p.Say("material.lang.missing")},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := p.send(t, path+"/audio", row.file, row.fields...)
			if a.Status != row.status {
				t.Errorf("status %d", a.Status)
			}
			webtest.Wants(t, a.Body, row.words)
			if strings.Contains(strings.Join(row.fields, " "), "Luna") {
				webtest.Wants(t, a.Body, `value="Luna"`)
			}
		})
	}
	both := p.send(t, path+"/audio", "", "language", "en", "credit", "none").Body
	if file, yes := strings.Index(both, p.Say("recording.empty")), strings.Index(both, p.Say("material.audio.agreed.missing")); file < 0 || yes < file {
		t.Errorf("the faults stand in another order than the form: %d, %d", file, yes)
	}
	p.Old = true
	if a := p.send(t, path+"/audio", "voice.mp3", goodVoice...); a.Status != http.StatusConflict || !strings.Contains(a.Body, `value="Luna"`) {
		t.Errorf("an old form: %d", a.Status)
	}
	p.Old, p.Who = false, p.anna
	if a := p.send(t, path+"/audio", "voice.mp3", goodVoice...); a.Status != http.StatusNotFound {
		t.Errorf("a member: %d", a.Status)
	}
}

func TestARecordingIsTakenAwayAtOnce(t *testing.T) {
	p, path := studio(t)
	sound := p.voiced(t, path, "voice.mp3")
	p.Who = p.leader
	p.goes(t, sound+"/heard")
	p.Who = p.anna
	if a := p.Post(t, sound+"/drop"); a.Status != http.StatusNotFound {
		t.Errorf("a member takes it away: %d", a.Status)
	}
	p.Who = p.peer
	p.goes(t, sound+"/drop")
	if a := p.listens(t, sound); a.Status != http.StatusNotFound {
		t.Errorf("it is still there: %d", a.Status)
	}
	webtest.WantsNot(t, p.Get(t, path).Body, "<audio")
}

func TestThePageLeadsToTheStudioWhoeverMayEnterIt(t *testing.T) {
	p, path := studio(t)
	for _, row := range []struct {
		name string
		who  member.Actor
	}{{"the group", p.peer}, {"a mediator who can check no language", p.mediator}, {"a member", p.anna}, {"a visitor", member.Actor{}}} {
		t.Run(row.name, func(t *testing.T) {
			p.Who = row.who
			leads := strings.Contains(p.Get(t, path).Body, `href="`+path+`/audio"`)
			enters := p.Get(t, path+"/audio").Status == http.StatusOK
			if leads != enters || enters != (row.name == "the group") {
				t.Errorf("the page leads there: %t, she may enter: %t", leads, enters)
			}
		})
	}
}
