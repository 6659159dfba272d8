// Package webtest is what the tests of every area's pages share: a house of one area on a
// fresh database, people who ask, and a look at what came back. Only test files import it.
//
// Each area's tests add what is their own: the service, the routes and the people. Nothing
// here knows an area, and the middleware of the real server is not here either; who asks
// and whether her form is too old is what the test says.
package webtest

import (
	"net/http"
	"testing"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/store/storetest"
	"portico/app/web/request"
	"portico/app/web/static"
)

// House is the pages of one area on a fresh database, behind the least that they need.
type House struct {
	*storetest.DB
	App     *fiber.App
	Kit     *request.Kit
	Members *member.Service
	// Who asks next, in which language, and whether her form is from an older session. A
	// session cookie goes before Who.
	Who  member.Actor
	Lang string
	Old  bool
	// Keyless is set where somebody without a key has forms of her own. Elsewhere her form
	// is from a session that ended, and counts as an old one.
	Keyless bool
	// Titles are what a tab may say, and TitleKeys the messages of it where the language
	// changes. Without any of both the title is not looked at.
	Titles, TitleKeys []string
	// Lists are the fields that a form may hold several times. Of any other field the last
	// value counts, so that a test can change one field of a filled form. While Lists is nil
	// every value is sent.
	Lists []string

	admin member.Actor // the first administrator, once there is one
}

// Open makes a house in which everybody may join; it has no routes yet.
func Open(t testing.TB) *House {
	t.Helper()
	bundle, err := i18n.Load()
	Must(t, err)
	files, err := static.Load()
	Must(t, err)
	h := &House{DB: storetest.New(t), Lang: "en"}
	h.Members = member.New(h.Store, h.Server, member.Options{Salt: h.Salt, OpenJoin: true})
	h.Kit = &request.Kit{Bundle: bundle, Static: files, Members: h.Members, Server: h.Server, Clock: h.Clock}
	h.Kit.Config.Lang, h.Kit.Config.PlainCookie = "en", true
	h.App = fiber.New(fiber.Config{Immutable: true, ErrorHandler: tell})
	h.App.Use(h.asks)
	return h
}

// asks leaves with the request what the middleware would have found out.
func (h *House) asks(c *fiber.Ctx) error {
	request.SetPrinter(c, h.Kit.Bundle.Printer(h.Lang))
	who := h.Who
	if cookie := h.Kit.SessionCookie(c); cookie != "" {
		found, err := h.Kit.Members.Recognise(c.UserContext(), cookie)
		if err != nil {
			return err
		}
		who = found.Actor
	}
	request.SetActor(c, who)
	request.SetTrusted(c, !h.Old && (h.Keyless || who.SignedIn()))
	return c.Next()
}

// tell answers an error with its kind alone.
func tell(c *fiber.Ctx, err error) error {
	switch fault.KindOf(err) {
	case fault.NotFound:
		return c.SendStatus(http.StatusNotFound)
	case fault.Invalid:
		return c.SendStatus(http.StatusUnprocessableEntity)
	case fault.Conflict:
		return c.SendStatus(http.StatusConflict)
	case fault.Refused:
		return c.SendStatus(http.StatusForbidden)
	case fault.SignIn:
		return c.SendStatus(http.StatusUnauthorized)
	}
	return c.Status(http.StatusInternalServerError).SendString(err.Error())
}

// Say is a message in the language of the house.
func (h *House) Say(key string, args ...any) string {
	return h.Kit.Bundle.Printer(h.Lang).T(key, args...)
}
