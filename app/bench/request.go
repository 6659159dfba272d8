package bench

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/valyala/fasthttp"
)

// host is the public name under which the measured server believes to be.
const host = "portico.example"

// browser is what a phone says with each request.
type browser struct {
	lang   string
	cookie string // session cookie, "" for a visitor
	plain  bool   // takes no compressed pages
}

// head writes the lines of a request before an empty line.
func (b browser) head(method, path string) []byte {
	var h bytes.Buffer
	fmt.Fprintf(&h, "%s %s HTTP/1.1\r\nHost: %s\r\n", method, path, host)
	h.WriteString("User-Agent: Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\n")
	fmt.Fprintf(&h, "Accept-Language: %s\r\nSec-Fetch-Site: same-origin\r\n", b.lang)
	if !b.plain {
		h.WriteString("Accept-Encoding: gzip, deflate, br\r\n")
	}
	if b.cookie != "" {
		fmt.Fprintf(&h, "Cookie: __Host-portico=%s\r\n", b.cookie)
	}
	return h.Bytes()
}

// get is a whole request for a page.
func (b browser) get(path string) []byte { return append(b.head("GET", path), "\r\n"...) }

// post is a whole request with a form.
func (b browser) post(path string, form []byte) []byte {
	h := b.head("POST", path)
	h = fmt.Appendf(h, "Origin: https://%s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n", host, len(form))
	return append(h, form...)
}

// expected is what one answer has to hold. A page that comes as it came before needs no second
// look; of pages that differ each time every lookAt-th is read whole, and of the others the
// length that is written at the end of what was compressed.
type expected struct {
	words  [][]byte
	same   atomic.Pointer[[]byte] // the answer that was read last
	length atomic.Int64           // its length, not compressed
	seen   atomic.Int64
}

const lookAt = 16

func expect(words ...string) *expected {
	e := &expected{}
	for _, w := range words {
		e.words = append(e.words, []byte(w))
	}
	return e
}

// page judges a page that is the same for everybody.
func (e *expected) page(answer *fasthttp.Response) error {
	if answer.StatusCode() != fasthttp.StatusOK {
		return fmt.Errorf("status %d", answer.StatusCode())
	}
	if known := e.same.Load(); known != nil && bytes.Equal(*known, answer.Body()) {
		return nil
	}
	if err := e.read(answer); err != nil {
		return err
	}
	body := bytes.Clone(answer.Body())
	e.same.Store(&body)
	return nil
}

// hers judges a page that is another for each person.
func (e *expected) hers(answer *fasthttp.Response) error {
	if answer.StatusCode() != fasthttp.StatusOK {
		return fmt.Errorf("status %d", answer.StatusCode())
	}
	body, known := answer.Body(), e.length.Load()
	packed := len(answer.Header.ContentEncoding()) > 0
	if !packed || known == 0 || e.seen.Add(1)%lookAt == 0 || len(body) < 8 {
		return e.read(answer)
	}
	if n := int64(binary.LittleEndian.Uint32(body[len(body)-4:])); n < known*3/4 || n > known*4/3 {
		return fmt.Errorf("a page of %d bytes where one of about %d is right", n, known)
	}
	return nil
}

// read looks for every word.
func (e *expected) read(answer *fasthttp.Response) error {
	body, err := answer.BodyUncompressed()
	if err != nil {
		return fmt.Errorf("unpack a page: %w", err)
	}
	for _, w := range e.words {
		if !bytes.Contains(body, w) {
			return errors.New("a page without the words that belong on it")
		}
	}
	e.length.Store(int64(len(body)))
	return nil
}

// moved judges the answer to a form that was taken: it leads on to a page.
func moved(answer *fasthttp.Response) error {
	if answer.StatusCode() != fasthttp.StatusSeeOther {
		return fmt.Errorf("status %d to a form that should be taken", answer.StatusCode())
	}
	return nil
}
