//go:build e2e

package e2e

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"portico/content"
)

// TestANewVersionKeepsALearnersPlace brings a second version of a module as a file while
// somebody is half way through the first.
func TestANewVersionKeepsALearnersPlace(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		her := p.journey(t, how)
		her.signsIn(p.withRole(t, "").Key)
		text := her.moduleText()
		her.open(learned + "/units/" + text.Units[0].ID)
		her.press(unitButton)
		her.open(learned + "/quiz")
		her.tick(answerBox(text.Questions[0], text.Questions[0].Answers[0]))

		boss := p.journey(t, how.other())
		boss.signsInAs(p.withRole(t, "coordinator"))
		boss.press(`.areas a[href="/learn"]`)
		boss.follow("/learn/shelf")
		boss.look("modules")
		boss.choosesFile("#file", "module.zip", []byte("no module"))
		boss.press(sendButton)
		boss.refused("file")
		boss.sees("ZIP")
		boss.look("no module")
		boss.choosesFile("#file", "module.zip", secondVersion(t))
		boss.press(sendButton)
		boss.sees(boss.words().T("learn.shelf.brought"))
		boss.look("draft")
		her.press(sendButton) // her page is from before, and so is the module still
		her.sees(her.words().T("learn.quiz.kept"))
		boss.press(`form[action$="/open"] button`)
		boss.sees(boss.words().T("learn.shelf.opened"))
		boss.look("opened")

		her.open(learned)
		her.sees(her.words().T("learn.changed"))
		her.sees(her.words().N("learn.units", len(text.Units), "Done", 1))
		her.look("half way in a new version")
		her.press(nextStep)
		her.arrivedAt(learned + "/units/" + text.Units[1].ID)
		her.open(learned + "/quiz")
		her.sees(her.words().T("learn.quiz.changed.one"))
		her.look("a question that changed")
		if !her.exists(answerBox(text.Questions[0], text.Questions[0].Answers[0]) + ":checked") {
			her.stop("her answer is lost")
		}
	})
}

// secondVersion is the module with a higher number and a first question in other words.
func secondVersion(t *testing.T) []byte {
	t.Helper()
	all, err := content.Modules()
	if err != nil {
		t.Fatal(err)
	}
	var raw []byte
	for _, m := range all {
		if "/learn/"+m.Slug == learned {
			raw, err = m.Pack()
		}
	}
	if err != nil || raw == nil {
		t.Fatal("there is no module", err)
	}
	in, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, entry := range in.File {
		from, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		words, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		to, err := w.Create(entry.Name)
		if err == nil {
			_, err = fmt.Fprint(to, strings.NewReplacer("version = 1\n", "version = 2\n", "she has not slept for a week", "she has not slept for ten days").Replace(string(words)))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestAWorkshopWithAWaitingList takes the last seat, waits, and moves up.
func TestAWorkshopWithAWaitingList(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := serve(t)
		host := p.journey(t, how.other())
		host.signsInAs(p.withRole(t, "supervisor"))
		host.press(`.areas a[href="/learn"]`)
		host.follow("/meetings")
		host.look("meetings")
		host.press(`main a[href="/meetings/new"]`)
		host.press(sendButton)
		host.refused("title")
		host.look("a form to mend")
		host.fill("#title", "Tea and listening")
		host.paste("#day", host.today())
		host.fill("#begins", "23:00")
		host.fill("#seats", "1")
		host.fill("#place", "Blue room")
		host.press(sendButton)
		host.sees(host.words().T("meeting.called"))
		at := host.path()
		host.look("called")

		first := p.journey(t, how)
		first.signsIn(p.withRole(t, "").Key)
		first.open(at)
		first.seesNot("Blue room")
		first.look("a free seat")
		first.press(sendButton)
		first.sees(first.words().T("meeting.taken"))
		first.sees("Blue room")
		first.look("a seat")

		second := p.journey(t, how)
		second.signsInAs(p.withRole(t, "peer"))
		second.open(at)
		second.press(sendButton)
		second.sees(second.words().T("meeting.waits"))
		second.seesNot("Blue room")
		second.look("waiting")
		first.press(`form[action$="/leave"] button`)
		first.sees(first.words().T("meeting.left"))
		second.reload()
		second.sees("Blue room")

		host.follow(at + "/chairs")
		host.sees(p.withRole(t, "peer").Handle)
		host.look("chairs")
		host.tick(`input[name=came]`)
		host.press(sendButton)
		host.sees(host.words().T("meeting.noted"))
		host.sees(host.words().N("meeting.heads", 1))
		host.look("noted")
	})
}
