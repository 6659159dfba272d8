package request

import (
	"bytes"
	"compress/gzip"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/web/ui"
)

// KeptPage starts a page that a phone keeps; title is a message. Of the request only the
// language is asked, so that the page is the same for everybody.
func (k *Kit) KeptPage(c *fiber.Ctx, title, path string) *ui.Page {
	p := Printer(c)
	return &ui.Page{
		P: p, Langs: k.Bundle.Languages(), Title: p.T(title), Path: path, Demo: k.Demo, ExitHref: k.ExitHref(p.Tag),
		NoIndex: true, HelpLines: k.strip(p), StyleHref: k.Static.Href("portico.css"), ScriptHref: k.Static.Href("portico.js"),
		IconHref: k.Static.Href("icon.svg"), KeepHref: k.Static.Href("offline.js"),
	}
}

// Keeping gives a page the script that keeps and sends, on a phone that is hers alone.
func (k *Kit) Keeping(c *fiber.Ctx, p *ui.Page) {
	if actor := Actor(c); actor.Device == member.Mine && actor.Role == nil {
		p.KeepHref = k.Static.Href("offline.js")
	}
}

// Copy is a page, plain and pressed together.
type Copy struct{ Body, Small []byte }

// NewCopy draws a page for sending it many times.
func NewCopy(c *fiber.Ctx, page templ.Component) (Copy, error) {
	var out, small bytes.Buffer
	if err := page.Render(c.UserContext(), &out); err != nil {
		return Copy{}, err
	}
	w := gzip.NewWriter(&small) // writing to memory fails never
	_, _ = w.Write(out.Bytes())
	_ = w.Close()
	return Copy{Body: out.Bytes(), Small: small.Bytes()}, nil
}

// Send answers with the page in as few bytes as the browser can read.
func (p Copy) Send(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if !TakesGzip(c.Get(fiber.HeaderAcceptEncoding)) {
		return c.Send(p.Body)
	}
	c.Set(fiber.HeaderContentEncoding, "gzip")
	return c.Send(p.Small)
}

// TakesGzip reads an Accept-Encoding header. Without one the plain bytes are the safe answer.
func TakesGzip(header string) bool {
	for part := range strings.SplitSeq(header, ",") {
		name, quality, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(part), " ", ""), ";")
		if name == "gzip" {
			return quality != "q=0" && strings.TrimRight(quality, "0") != "q=0."
		}
	}
	return false
}
