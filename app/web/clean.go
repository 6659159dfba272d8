package web

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"portico/app/fault"
)

// clean makes what was sent fit for every place where it may end: bytes that are no text
// and the zero byte, which PostgreSQL refuses, are taken out before any handler reads
// them. Forms come in one encoding only, and the forms that take a file in the other.
func (e *edge) clean(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodPost && len(c.Body()) > 0 {
		kind, _, _ := strings.Cut(c.Get(fiber.HeaderContentType), ";")
		takes := fiber.MIMEApplicationForm
		picture := e.kit.Config.Images && strings.HasPrefix(c.Path(), "/posts/") && strings.HasSuffix(c.Path(), "/picture")
		multipart := strings.EqualFold(strings.TrimSpace(kind), fiber.MIMEMultipartForm)
		// The shelf's form, and those of translators' files and of the directory's, take both, so that somebody who may not know of it
		// meets the page of an unknown address whatever she sends.
		module := multipart && c.Path() == "/learn/shelf"
		words := multipart && strings.HasPrefix(c.Path(), "/translate/") && strings.HasSuffix(c.Path(), "/exchange")
		voice := multipart && strings.HasPrefix(c.Path(), "/read/") && strings.HasSuffix(c.Path(), "/audio")
		listing := multipart && c.Path() == "/directory/files"
		spoken := multipart && c.Path() == "/aloud"
		if picture || module || words || voice || listing || spoken {
			takes = fiber.MIMEMultipartForm
		}
		if !strings.EqualFold(strings.TrimSpace(kind), takes) {
			return fault.New(fault.Refused, "error.stale")
		}
		if takes == fiber.MIMEApplicationForm {
			if len(c.Body()) > bodyLimit {
				return fiber.ErrRequestEntityTooLarge
			}
			cleanArgs(c.Request().PostArgs())
		}
	}
	cleanArgs(c.Request().URI().QueryArgs())
	return c.Next()
}

func cleanArgs(args *fasthttp.Args) {
	type pair struct{ key, value string }
	var ill []pair
	args.VisitAll(func(key, value []byte) {
		if !utf8.Valid(value) || bytes.IndexByte(value, 0) >= 0 {
			ill = append(ill, pair{string(key), string(value)})
		}
	})
	for _, p := range ill {
		args.Set(p.key, strings.ReplaceAll(strings.ToValidUTF8(p.value, "\uFFFD"), "\x00", ""))
	}
}
