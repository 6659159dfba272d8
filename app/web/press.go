package web

import (
	"bytes"
	"regexp"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"portico/app/web/request"
)

const (
	pressFrom  = 1 << 10 // bytes: a shorter page fits into one packet as it is
	pressLevel = 6       // of gzip; more costs twice the time for a hundredth of the bytes
)

// press sends a page in a fifth of its bytes, for whoever pays for each of them. The length of
// a compressed page tells whether something on it stands there twice (the attack is called
// BREACH), so a page that may repeat words of its address is sent as it is to somebody who is
// signed in, and so is every answer to a form; the token of the forms is masked anew on each page.
func (e *edge) press(c *fiber.Ctx) error {
	if err := c.Next(); err != nil {
		return err
	}
	answer := c.Response()
	if answer.StatusCode() != fiber.StatusOK || answer.IsBodyStream() || !bytes.HasPrefix(answer.Header.ContentType(), []byte("text/html")) {
		return nil
	}
	c.Vary(fiber.HeaderAcceptEncoding)
	body := answer.Body()
	switch {
	case c.Method() != fiber.MethodGet || len(body) < pressFrom || len(answer.Header.ContentEncoding()) > 0:
		return nil
	case request.Actor(c).SignedIn() && !chooses(c):
		return nil
	case !request.TakesGzip(c.Get(fiber.HeaderAcceptEncoding)):
		return nil
	}
	answer.SetBodyRaw(fasthttp.AppendGzipBytesLevel(nil, body, pressLevel))
	answer.Header.SetContentEncoding("gzip")
	return nil
}

// chooses reports whether an address only chooses what is shown: a page, a month, a language,
// a number. What else it asks with, above all the words of a search, may stand on the page. The
// answer never depends on the page itself, or its length would tell what is written there.
func chooses(c *fiber.Ctx) bool {
	only := true
	c.Request().URI().QueryArgs().VisitAll(func(name, value []byte) {
		only = only && string(name) != "q" && choice.Match(value)
	})
	return only
}

var choice = regexp.MustCompile(`^[a-zA-Z0-9-]{0,26}$`)
