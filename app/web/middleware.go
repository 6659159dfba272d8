package web

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"runtime/debug"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/forum"
	"portico/app/store"
	"portico/app/vault"
	"portico/app/web/request"
)

// edge is what every request passes.
type edge struct {
	kit    *request.Kit
	log    *slog.Logger
	limits *limits
	shelf  *shelf
	langs  *wishes
	store  *store.Store
	doubt  func(path string, same bool) // tests draw each kept page anew
}

// recover turns a panic into an error page. The stack goes to the log without any value of the request.
func (e *edge) recover(c *fiber.Ctx) (err error) {
	defer func() {
		if r := recover(); r != nil {
			e.log.Error("a handler panicked", "route", c.Route().Path, "panic", fmt.Sprintf("%T", r), "stack", string(debug.Stack()))
			err = fault.New(fault.Internal, "error.internal")
		}
	}()
	return c.Next()
}

// contentPolicy allows this host only, and nothing inline.
const contentPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; connect-src 'self'; " +
	"media-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; frame-ancestors 'none'"

func (e *edge) headers(c *fiber.Ctx) error {
	e.protect(c)
	return c.Next()
}

// protect sets what every answer carries, also one that a broken request gets before any
// handler was asked.
func (e *edge) protect(c *fiber.Ctx) {
	c.Set("Content-Security-Policy", contentPolicy)
	c.Set("Referrer-Policy", "same-origin")
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	c.Set("Cross-Origin-Resource-Policy", "same-origin")
	c.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()")
	c.Set("Cache-Control", "no-store")
	if e.kit.Config.HTTPS() {
		c.Set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
	}
}

// deadline bounds what one request may cost.
func (e *edge) deadline(c *fiber.Ctx) error {
	ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
	defer cancel()
	// What a person may see of the forum is asked once per request.
	c.SetUserContext(forum.Once(ctx))
	return c.Next()
}

// person finds out who asks and in which language. Static files need neither.
func (e *edge) person(c *fiber.Ctx) error {
	wish := c.Query("lang")
	tag := e.kit.Bundle.Negotiate([]string{wish, e.kit.LangWish(c)}, c.Get(fiber.HeaderAcceptLanguage), e.kit.Config.Lang)
	request.SetPrinter(c, e.kit.Bundle.Printer(tag))
	if wish != "" && e.kit.Bundle.Match(wish) == tag && e.kit.LangWish(c) != tag {
		e.kit.RememberLang(c, tag)
	}
	cookie := e.kit.SessionCookie(c)
	if cookie == "" {
		request.SetFormToken(c, e.kit.PreToken(c))
		return c.Next()
	}
	found, err := e.kit.Members.Recognise(c.UserContext(), cookie)
	if err != nil && c.Path() != "/exit" {
		return err // Exit alone must work when the database does not
	}
	request.SetActor(c, found.Actor)
	switch {
	case !found.Actor.SignedIn():
		// The dead cookie goes; the pre-sign-in token, if there is one, takes over.
		e.kit.DropCookie(c, "portico")
		request.SetFormToken(c, e.kit.PreToken(c))
	case found.Fresh != "":
		e.kit.KeepSession(c, found.Fresh, found.Keep)
	}
	return c.Next()
}

// enter applies one line of the table: audience, forged requests, rate, cache class.
func (e *edge) enter(r Route) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if r.Cache == forever {
			return c.Next()
		}
		if r.Method == fiber.MethodPost {
			if err := e.genuine(c, r); err != nil {
				return err
			}
		}
		if !r.For.Admits(request.Actor(c)) {
			return fault.New(fault.NotFound, "error.missing")
		}
		if err := e.limits.admit(r.Rate, e.whose(c)); err != nil {
			return err
		}
		if r.shared() {
			request.SetShared(c)
		}
		return c.Next()
	}
}

// genuine refuses a POST that our own page did not make. Leaving must work with a dead
// session and with browsers that say nothing about where a form stood, so it is refused
// only when the browser itself says that another site sent it.
func (e *edge) genuine(c *fiber.Ctx, r Route) error {
	if r.Forged == always {
		if c.Get("Sec-Fetch-Site") == "cross-site" {
			return fault.New(fault.Refused, "error.stale")
		}
		return nil
	}
	if !e.sameSite(c) {
		return fault.New(fault.Refused, "error.stale")
	}
	trusted := e.tokenFits(c)
	request.SetTrusted(c, trusted)
	if trusted || r.Forged == keepText {
		return nil
	}
	if !r.For.Admits(request.Actor(c)) {
		return fault.New(fault.NotFound, "error.missing")
	}
	return fault.New(fault.Conflict, "error.stale")
}

// whose names the counter of a request: the session where there is one, because behind an
// onion everybody has the same address.
func (e *edge) whose(c *fiber.Ctx) string {
	if actor := request.Actor(c); actor.SignedIn() {
		return "session " + string(actor.Token.ID())
	}
	return "client " + request.Client(c)
}

// sameSite refuses a POST that another site made. Browsers without Sec-Fetch-Site send an Origin.
func (e *edge) sameSite(c *fiber.Ctx) bool {
	if site := c.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin"
	}
	origin, err := url.Parse(c.Get(fiber.HeaderOrigin))
	if err != nil || origin.Host == "" {
		return false
	}
	return origin.Host == string(c.Request().Host()) || c.Get(fiber.HeaderOrigin) == e.kit.Config.Origin
}

// tokenFits compares the form's token with that of the session, or before sign-in with
// the cookie that came with the form.
func (e *edge) tokenFits(c *fiber.Ctx) bool {
	return vault.SameToken(request.FormToken(c), c.FormValue("token"))
}
