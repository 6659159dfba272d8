//go:build e2e

package e2e

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// tables is the talking group of the demonstration.
const tables = "After the last tram, around a table"

func TestATalkingGroupRestsInSummer(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		stranger, june, host := p.journey(t, how), p.journey(t, how), p.journey(t, how)
		stranger.open("/meetings")
		stranger.seesNot(tables)
		stranger.look("the calendar for everybody")
		june.signsInAs(p.person(t, "June"))
		june.open("/meetings")
		june.sees(tables)
		june.sees(june.words().T("meeting.state.rests"))
		june.look("the calendar of somebody of the group")
		june.click("main details.more summary")
		june.choose("#kind", "talk")
		june.press(sendButton)
		june.sees(tables)
		june.look("talking groups alone")
		group := june.attr(`main .rows a[href^="/meetings/"]`, "href")
		june.follow(group)
		june.sees(june.words().T("meeting.calendar"))
		june.look("her seat")
		stranger.openAs(group, 404)
		if status, file := p.get(t, june, group+"/calendar"); status != 200 || strings.Contains(file, "tram") || !strings.Contains(file, "SUMMARY:"+june.words().T("supervision.calendar.title")) {
			t.Errorf("the calendar file: status %d\n%s", status, file)
		}

		host.signsInAs(p.person(t, "Anouk"))
		host.open(group)
		host.follow(group + "/rest")
		host.paste("#from", host.dayAfter(8))
		host.paste("#until", host.dayAfter(7))
		host.press(sendButton)
		host.refused("until")
		host.look("a pause that ends before it begins")
		host.paste("#until", host.dayAfter(9))
		host.fill("#note", "Summer")
		host.press(sendButton)
		host.arrivedAt(group)
		host.sees(host.words().T("meeting.rested"))
		host.look("the group rests")
		june.open(group)
		june.sees("Summer")
		june.sees(june.words().T("meeting.next"))
		june.look("a date that rests")
		if status, file := p.get(t, june, group+"/calendar"); status != 200 || !strings.Contains(file, "STATUS:CANCELLED") || !strings.Contains(file, "SEQUENCE:1") {
			t.Errorf("the calendar file of a date that rests: status %d\n%s", status, file)
		}
	})
}

func TestSheTakesHerDataWithHer(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), how.sentences()
		j := p.journey(t, how)
		key := j.joins(p)
		j.starts("start", say.title, say.mended)
		j.open("/me")
		j.follow("/me/data")
		j.look("her data")
		j.fill("#key", strings.Repeat("1", 20))
		j.press(sendButton)
		if j.status != http.StatusForbidden || j.value("#key") != "" {
			t.Fatalf("a wrong key: status %d", j.status)
		}
		j.look("her data refused")
		files := p.takesData(t, j, key)
		for _, name := range []string{"data.json", "read.html"} {
			if !strings.Contains(files[name], say.mended) {
				t.Errorf("%s lacks what she wrote", name)
			}
			if strings.Contains(files[name], key) {
				t.Errorf("%s holds her key", name)
			}
		}
		j.open("/me/delete")
		j.sees(j.words().T("me.delete.stays"))
		j.look("what goes and what stays")
	})
}

// takesData sends the form as her browser does and opens the file, which a browser would keep.
func (p *portal) takesData(t *testing.T, j *journey, key string) map[string]string {
	t.Helper()
	form := url.Values{"key": {key}, "token": {j.value(`main form[action="/me/data"] input[name="token"]`)}}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.base+"/me/data", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", p.base)
	for name, cookie := range j.cookies() {
		r.Header.Add("Cookie", name+"="+cookie.Value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatalf("status %d of %s: %v\n%.1500s", answer.StatusCode, answer.Request.URL, err, raw)
	}
	files := map[string]string{}
	for _, f := range archive.File {
		opened, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(opened)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}
