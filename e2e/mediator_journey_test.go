//go:build e2e

package e2e

import (
	"fmt"
	"strings"
	"testing"
)

// TestAMediatorTranslatesOnAPhone is her way on a small screen and without any script: from
// her own area to a segment, with its neighbours, what was translated before, the words of
// the glossary and the checks, and back to the whole.
func TestAMediatorTranslatesOnAPhone(t *testing.T) {
	for _, how := range []opts{{Lang: "en", Width: 320}, {Lang: "ar", Width: 320}} {
		t.Run(how.String(), func(t *testing.T) {
			p := start(t, furnished(t))
			j := p.journey(t, how)
			j.signsInAs(p.person(t, "Liridona"))
			j.goesTo("/translate")
			j.look("texts to translate")
			form := j.inTheRow(`main form[action$="/open"]`, "Your phone, your safety")
			j.choose(fmt.Sprintf("main form[action=%q] select", form), "sq")
			j.press(fmt.Sprintf("main form[action=%q] button", form))
			sheet := j.path()
			j.sees(j.words().T("translate.opened"))
			j.look("a new language")
			j.follow(sheet + "/1")
			j.look("the first segment")
			j.fill("#words", "Telefoni yt, siguria jote")
			j.press(sendButton)
			j.sees(j.words().T("translate.saved"))
			j.press("main a[rel=next]")
			j.click("main details.more summary")
			j.sees("Telefoni yt, siguria jote")
			j.look("the second segment with its neighbours")
			j.denialIsLost(sheet, p.person(t, "Liridona").Handle)
			j.readBefore(sheet)
			j.memoryHelps()
		})
	}
}

// denialIsLost writes the words of a source that says "not" without it.
func (j *journey) denialIsLost(sheet, handle string) {
	j.t.Helper()
	j.open(sheet + "/7")
	j.fill("#words", "Thuaji një personi të besuar kur do ta thërrasësh. Vendosni bashkë çfarë bën ajo.")
	j.press(sendButton)
	j.sees(j.words().T("translate.from.person", "Who", "\u2068"+handle+"\u2069", "Day", j.words().Day(j.today())))
	j.sees(j.words().T("translate.checks.fail"))
	j.look("a denial is lost")
	j.press(fmt.Sprintf("main a[href=%q]", sheet))
	j.arrivedAt(sheet)
}

// readBefore writes down what somebody of the community said.
func (j *journey) readBefore(sheet string) {
	j.t.Helper()
	j.open(sheet)
	j.press(fmt.Sprintf("main form[action=%q] button", sheet+"/reading"))
	j.refused("understood")
	j.choose("#understood", "partly")
	j.fill("#hard", "Fjala e dytë.")
	j.press(fmt.Sprintf("main form[action=%q] button", sheet+"/reading"))
	j.sees(j.words().T("translate.reading.done"))
	j.sees("Fjala e dytë.")
	j.look("somebody has read it before")
}

// memoryHelps shows on a small screen what was translated before, and takes it over.
func (j *journey) memoryHelps() {
	j.t.Helper()
	j.open("/translate")
	form := j.inTheRow(`main form[action$="/open"]`, "Chez le médecin avec une interprète")
	j.open(strings.TrimSuffix(form, "/open") + "/it/1")
	j.look("a segment with what stands around it")
	if j.exists(`main form[action$="/use"]`) {
		j.press(`main form[action$="/use"] button`)
		j.sees(j.words().T("translate.used"))
	}
}
