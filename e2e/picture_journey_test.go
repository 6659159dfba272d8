//go:build e2e

package e2e

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// cameraCanary is what a phone writes into a picture about the one who took it.
const cameraCanary = "GPS-CANARY-45.40N-11.87E phone of Valentina"

// shows are what she says about her picture.
var shows = map[string]string{"en": "A lamp on a table", "ar": "مصباح على طاولة"}

// TestAPictureLosesWhatTheCameraWroteIntoIt is a member who adds a picture where the host
// allows it: what is no picture, or too large, is refused and her words stay; what is kept
// holds nothing of the file but the pixels; and others see it after a moderator did.
func TestAPictureLosesWhatTheCameraWroteIntoIt(t *testing.T) {
	eachWay(t, func(t *testing.T, how opts) {
		p := start(t, furnished(t), "PORTICO_IMAGES=true")
		say := how.sentences()
		her := p.journey(t, how)
		her.signsInAs(p.withRole(t, ""))
		talk := her.starts("health", say.title, say.mended)
		her.press(`main .acts a[href$="/picture/new"]`)
		her.look("add a picture")
		her.sendsNothing()

		file := photograph(t)
		her.sendsBad("broken.jpg", file[:len(file)/2], "picture.unknown")
		her.look("a broken file")
		her.sendsBad("words.jpg", []byte(cameraCanary), "picture.unknown")
		her.sendsBad("large.jpg", append(bytes.Clone(file), make([]byte, 9<<20)...), "picture.large", "Most", 6)
		her.look("a file that is too large")

		her.sends("IMG_Valentina.jpg", file)
		her.arrivedAt(talk)
		her.sees(her.words().T("picture.waits"))
		her.seesPicture()
		her.look("the picture waits")
		her.keptClean()
		visitor := p.journey(t, how)
		visitor.openAs(talk, 404)

		p.keep(t, how, say.mended)
		visitor.open(talk)
		visitor.seesPicture()
		visitor.look("the picture is there")
		visitor.keptClean()
		p.holdsNot(t, "GPS-CANARY", "Valentina")
	})
}

// photograph is a JPEG as a phone makes it: with what it knows of her in an EXIF part, in a
// comment, and behind its end.
func photograph(t *testing.T) []byte {
	t.Helper()
	lamp := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			lamp.Set(x, y, color.RGBA{uint8(x / 2), uint8(y / 2), 120, 255})
		}
	}
	var pixels bytes.Buffer
	if err := jpeg.Encode(&pixels, lamp, nil); err != nil {
		t.Fatal(err)
	}
	part := func(mark byte, body string) []byte {
		head := []byte{0xff, mark, 0, 0}
		binary.BigEndian.PutUint16(head[2:], uint16(len(body)+2))
		return append(head, body...)
	}
	file := []byte{0xff, 0xd8}
	file = append(file, part(0xe1, "Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00"+cameraCanary)...)
	file = append(file, part(0xfe, cameraCanary)...)
	file = append(file, pixels.Bytes()[2:]...)
	return append(file, cameraCanary...)
}

// sendsNothing forgets to choose a file.
func (j *journey) sendsNothing() {
	j.t.Helper()
	j.fill("#shows", shows[j.how.lang()])
	j.press(sendButton)
	j.refused("picture")
	j.sees(j.words().T("picture.empty"))
	j.keepsHerWords()
}

// sends chooses a file and sends it, with the words that stand in the form.
func (j *journey) sends(name string, file []byte) {
	j.t.Helper()
	j.choosesFile("#picture", name, file)
	j.press(sendButton)
}

// choosesFile puts a file into a field of a form.
func (j *journey) choosesFile(field, name string, file []byte) {
	j.t.Helper()
	path := filepath.Join(j.t.TempDir(), name)
	if err := os.WriteFile(path, file, 0o600); err != nil {
		j.t.Fatal(err)
	}
	j.do("choose "+name, chromedp.SetUploadFiles(chromedp.CSS(field), []string{path}))
}

// sendsBad sends a file that is refused in words.
func (j *journey) sendsBad(name string, file []byte, key string, args ...any) {
	j.t.Helper()
	j.sends(name, file)
	j.refused("picture")
	j.sees(j.words().T(key, args...))
	j.keepsHerWords()
}

func (j *journey) keepsHerWords() {
	j.t.Helper()
	if got := j.value("#shows"); got != shows[j.how.lang()] {
		j.stop("what she said about the picture came back as %q", got)
	}
}

// postPicture is a picture in a talk.
const postPicture = `main article.post img[src^="/posts/"]`

// seesPicture wants the picture to be drawn, with words for whoever cannot see it.
func (j *journey) seesPicture() {
	j.t.Helper()
	j.reach(postPicture)
	drawn := fmt.Sprintf("(e => e.complete && e.naturalWidth === 400 && e.naturalHeight === 300)(document.querySelector(%q))", postPicture)
	ask(j, "the picture", chromedp.Poll[bool](drawn, chromedp.WithPollingTimeout(ceiling)))
	if got := j.attr(postPicture, "alt"); got != shows[j.how.lang()] {
		j.stop("the picture says %q", got)
	}
}

// keptClean fetches the picture as her browser does and wants the parts that pixels need,
// and no other: no application part, no comment, nothing behind the end.
func (j *journey) keptClean() {
	j.t.Helper()
	answer, file := j.fetch(j.attr(postPicture, "src"))
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "image/jpeg" {
		j.stop("the picture: status %d, %s", answer.StatusCode, answer.Header.Get("Content-Type"))
	}
	if answer.Header.Get("Content-Disposition") != "" || strings.Contains(fmt.Sprint(answer.Header), "Valentina") {
		j.t.Errorf("the headers tell of the file: %v", answer.Header)
	}
	for _, trace := range []string{"CANARY", "Valentina", "Exif", "JFIF", "GPS"} {
		if bytes.Contains(file, []byte(trace)) {
			j.t.Errorf("the picture holds %q", trace)
		}
	}
	needed := map[byte]bool{0xdb: true, 0xc0: true, 0xc2: true, 0xc4: true, 0xda: true} // tables, frame, scan
	at := 2
	for ; at+4 <= len(file) && file[at] == 0xff; at += 2 + int(binary.BigEndian.Uint16(file[at+2:])) {
		if !needed[file[at+1]] {
			j.t.Errorf("the picture has a part %#x", file[at+1])
		}
		if file[at+1] == 0xda {
			break
		}
	}
	if len(file) < at || !bytes.HasSuffix(file, []byte{0xff, 0xd9}) {
		j.t.Errorf("the picture ends in % x", file[max(0, len(file)-8):])
	}
}
