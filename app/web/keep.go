package web

import (
	"bytes"
	"sync"

	"github.com/gofiber/fiber/v2"
	"github.com/hashicorp/golang-lru/v2/simplelru"
	"github.com/valyala/fasthttp"

	"portico/app/i18n"
	"portico/app/store"
	"portico/app/web/request"
)

// keep answers from the shelf what is the same for everybody who is not signed in, and puts
// there what was drawn for one of them. It stands before the look at who asks: a page from the
// shelf costs no query and no cookie.
func (e *edge) keep(c *fiber.Ctx) error {
	if !e.keepable(c) {
		return c.Next()
	}
	name, minute := e.nameOf(c), e.kit.Clock.Time().Unix()/60
	if k := e.shelf.take(name, minute); k != nil {
		if e.doubt != nil {
			if err := c.Next(); err != nil {
				return err
			}
			e.doubt(c.OriginalURL(), bytes.Equal(k.whole, c.Response().Body()))
		}
		k.send(c)
		return nil
	}
	begun := e.shelf.begin()
	ctx, reads := store.Watched(c.UserContext())
	c.SetUserContext(ctx)
	if err := c.Next(); err != nil {
		return err
	}
	if fresh := e.worthKeeping(c, reads); fresh != nil {
		fresh.name, fresh.minute = name, minute
		e.shelf.put(fresh, begun)
		fresh.send(c)
	}
	return nil
}

// longestKept is the longest address that is kept, in bytes: nobody fills the shelf with junk.
const longestKept = 200

// keepable reports whether a request could be answered from the shelf: a visitor's, with
// nothing in its cookies but a language and the token that waits for her first form.
func (e *edge) keepable(c *fiber.Ctx) bool {
	if c.Method() != fiber.MethodGet || len(c.OriginalURL()) > longestKept {
		return false
	}
	alone := true
	c.Request().Header.VisitAllCookie(func(name, _ []byte) {
		alone = alone && e.kit.Indifferent(string(name))
	})
	return alone && len(c.Request().URI().QueryArgs().Peek("lang")) == 0 && chooses(c)
}

// nameOf names a page: whose address, in which language.
func (e *edge) nameOf(c *fiber.Ctx) string {
	host := ""
	if e.kit.Config.Origin == "" {
		host = c.BaseURL() // some pages write their own address
	}
	return e.langs.of(e.kit.LangWish(c), c.Get(fiber.HeaderAcceptLanguage)) + " " + host + " " + c.OriginalURL()
}

// worthKeeping makes a kept page of an answer, or nil: only a whole page, for everybody, that
// holds nobody's token and was drawn from rows whose changes are told.
func (e *edge) worthKeeping(c *fiber.Ctx, reads *store.Reads) *kept {
	answer := c.Response()
	if answer.StatusCode() != fiber.StatusOK || answer.IsBodyStream() || !bytes.HasPrefix(answer.Header.ContentType(), []byte("text/html")) ||
		len(answer.Header.ContentEncoding()) > 0 || len(answer.Header.Peek(fiber.HeaderSetCookie)) > 0 || !request.Shared(c) || request.FormToken(c) != "" || request.Actor(c).SignedIn() {
		return nil
	}
	all := reads.All()
	for _, read := range all {
		if store.Quiet(read.Table) {
			return nil
		}
	}
	body := answer.Body()
	return &kept{whole: bytes.Clone(body), gzip: fasthttp.AppendGzipBytesLevel(nil, body, pressLevel), reads: all}
}

// wishes remembers which language an Accept-Language header means: browsers send a few hundred
// different ones, and reading one costs more than taking a page from the shelf.
type wishes struct {
	bundle *i18n.Bundle
	host   string
	mu     sync.Mutex
	known  *simplelru.LRU[string, string]
}

func newWishes(bundle *i18n.Bundle, host string) *wishes {
	known, _ := simplelru.NewLRU[string, string](512, nil) // fails for sizes below one only
	return &wishes{bundle: bundle, host: host, known: known}
}

func (w *wishes) of(remembered, header string) string {
	key := remembered + "|" + header
	w.mu.Lock()
	defer w.mu.Unlock()
	tag, ok := w.known.Get(key)
	if !ok {
		tag = w.bundle.Negotiate([]string{remembered}, header, w.host)
		if len(key) <= longestKept {
			w.known.Add(key, tag)
		}
	}
	return tag
}

// send answers with the page in as few bytes as the browser can read.
func (k *kept) send(c *fiber.Ctx) {
	answer := c.Response()
	answer.Header.SetContentType("text/html; charset=utf-8")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if len(k.whole) < pressFrom || !request.TakesGzip(c.Get(fiber.HeaderAcceptEncoding)) {
		answer.SetBodyRaw(k.whole)
		return
	}
	answer.Header.SetContentEncoding("gzip")
	answer.SetBodyRaw(k.gzip)
}
