//go:build e2e

package e2e

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
)

// readAloud are the name of a voice and the title that the text has afterwards, by the
// language in which the text is read.
var readAloud = map[string]struct{ lang, voice, title string }{
	"en": {"it", "Limone", "Il tuo telefono e la tua sicurezza"},
	"ar": {"ar", "ليمونة", "هاتفك وسلامتك معًا"},
}

// TestATextIsReadAloudAndGrowsYoungerThanItsVoice: somebody who can check a language reads
// the text aloud, a second person listens, and whoever would rather not read hears it, with
// or without script. When the text changes, the voice says that it reads an older one.
func TestATextIsReadAloudAndGrowsYoungerThanItsVoice(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p, say := serve(t), readAloud[how.lang()]
		in := func(name string) *journey {
			j := p.journey(t, how)
			j.signsInAs(p.person(t, name))
			return j
		}
		reads := map[string]string{"it": "Ornella", "ar": "Hayat"}[say.lang]
		her, second, mediator, visitor := in(reads), in("Celeste"), in("Liridona"), p.journey(t, how)
		visitor.open("/read?in=en")
		path := visitor.inTheRow(`main a[href^="/read/"]`, "Your phone, your safety")
		her.readsAloud(path, say.lang, say.voice)

		visitor.open(path + "?text=" + say.lang)
		if visitor.exists("main audio") {
			visitor.stop("everybody hears what only one person has heard")
		}
		second.open(path + "/audio")
		second.look("the second person")
		second.press(`main form[action$="/heard"] button`)
		second.sees(second.words().T("material.audio.heard.done"))

		visitor.open(path + "?text=" + say.lang)
		visitor.sees(visitor.words().T("material.audio.by", "Name", "\u2068"+say.voice+"\u2069"))
		visitor.seesNot(visitor.words().T("material.audio.stale"))
		sound := visitor.listens()
		visitor.look("somebody listens")

		sheet := strings.Replace(path, "/read/", "/translate/", 1) + "/" + say.lang
		mediator.saves(sheet, 1, say.title)
		her.open(sheet + "/1")
		her.press(reviewButton)
		her.sees(her.words().T("translate.reviewed"))
		visitor.open(path + "?text=" + say.lang)
		visitor.sees(say.title)
		visitor.sees(visitor.words().T("material.audio.stale"))
		if got := visitor.listens(); got != sound {
			visitor.stop("the voice is at %s now, before it was at %s", got, sound)
		}
		visitor.look("the text is younger than its voice")
		her.open(path + "/audio")
		her.sees(her.words().T("material.audio.old.badge"))
		her.look("an older text in the studio")
	})
}

// readsAloud sends a recording: first without the file, which is said, and what she typed stays.
func (j *journey) readsAloud(path, lang, voice string) {
	j.t.Helper()
	j.open(path)
	j.follow(path + "/audio")
	j.look("reading aloud")
	j.choose("#language", lang)
	j.tick("input[name=credit][value=alias]")
	j.fill("#alias", voice)
	j.press(sendButton)
	j.refused("recording")
	j.sees(j.words().T("recording.empty"))
	j.sees(j.words().T("material.audio.agreed.missing"))
	if j.value("#alias") != voice || j.value("#language") != lang || !j.exists("input[name=credit][value=alias]:checked") {
		j.stop("what she typed is lost")
	}
	j.look("no recording yet")
	file, err := os.ReadFile("../seed/world/recordings/phone.ogg")
	if err != nil {
		j.t.Fatal(err)
	}
	j.tick("#agreed")
	j.choosesFile("#recording", "Valentina.ogg", file)
	j.press(sendButton)
	j.arrivedAt(path + "/audio")
	j.sees(j.words().T("material.audio.done"))
	j.sees(j.words().T("material.audio.waits"))
	j.look("a recording waits")
}

// listens wants the page to have a voice that any player can fetch, whole or in parts, and
// that costs nothing before she asks for it. It returns its address.
func (j *journey) listens() (sound string) {
	j.t.Helper()
	const player = "main audio[controls]"
	j.wait(player)
	sound = j.attr(player, "src")
	answer, whole := j.fetch(sound)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "audio/ogg" || answer.Header.Get("Accept-Ranges") != "bytes" || len(whole) < 1000 {
		j.stop("the voice: status %d, %d bytes, %v", answer.StatusCode, len(whole), answer.Header)
	}
	if bytes.Contains(whole, []byte("Valentina")) || strings.Contains(fmt.Sprint(answer.Header), "Valentina") {
		j.stop("the voice tells the name of the file")
	}
	answer, part := j.fetch(sound, "Range", "bytes=100-199")
	if want := fmt.Sprintf("bytes 100-199/%d", len(whole)); answer.StatusCode != http.StatusPartialContent || answer.Header.Get("Content-Range") != want || !bytes.Equal(part, whole[100:200]) {
		j.stop("a part of the voice: status %d, %q, %d bytes", answer.StatusCode, answer.Header.Get("Content-Range"), len(part))
	}
	if got := j.attr(player, "preload"); got != "none" {
		j.stop("the voice is fetched before she asks for it: %q", got)
	}
	if !j.exists(fmt.Sprintf("main a[download][href=%q]", sound+"?keep=1")) {
		j.stop("the voice cannot be kept")
	}
	return sound
}
