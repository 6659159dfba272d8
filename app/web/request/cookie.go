package request

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/vault"
	"portico/app/web/ui"
)

// The cookies. All are HttpOnly, SameSite=Lax and bound to this host.
const (
	cookieSession = "portico"
	cookieLang    = "lang"
	cookiePre     = "pre"   // double submit before anybody is signed in
	cookieFlash   = "flash" // the message of the act before
	cookieWrote   = "wrote" // how far the database was after her last act, for a minute
)

func (k *Kit) cookieName(name string) string {
	if k.Config.SecureOrigin() {
		return "__Host-" + name
	}
	return name
}

// SetCookie sets one cookie; keep zero means until the browser is closed.
func (k *Kit) SetCookie(c *fiber.Ctx, name, value string, keep time.Duration) {
	cookie := &fiber.Cookie{
		Name: k.cookieName(name), Value: value, Path: "/", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
		Secure: k.Config.SecureOrigin(), SessionOnly: keep == 0,
	}
	if keep > 0 {
		cookie.MaxAge = int(keep / time.Second)
	}
	c.Cookie(cookie)
}

// Cookie reads one cookie.
func (k *Kit) Cookie(c *fiber.Ctx, name string) string { return c.Cookies(k.cookieName(name)) }

// DropCookie deletes one cookie.
func (k *Kit) DropCookie(c *fiber.Ctx, name string) {
	c.Cookie(&fiber.Cookie{
		Name: k.cookieName(name), Path: "/", HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode,
		Secure: k.Config.SecureOrigin(), Expires: time.Unix(1, 0), MaxAge: -1,
	})
}

// SessionCookie is the value of the session cookie, "" when there is none.
func (k *Kit) SessionCookie(c *fiber.Ctx) string { return k.Cookie(c, cookieSession) }

// KeepSession sends a session cookie.
func (k *Kit) KeepSession(c *fiber.Ctx, value string, keep time.Duration) {
	k.SetCookie(c, cookieSession, value, keep)
}

// Welcome makes a freshly opened session the one of this browser.
func (k *Kit) Welcome(c *fiber.Ctx, o member.Opened) {
	k.KeepSession(c, o.Cookie, o.Keep)
	k.DropCookie(c, cookiePre)
	SetActor(c, o.Actor)
}

// Forget deletes the session cookie.
func (k *Kit) Forget(c *fiber.Ctx) {
	k.DropCookie(c, cookieSession)
	SetActor(c, member.Actor{})
}

// LangWish is the language that this browser remembers.
func (k *Kit) LangWish(c *fiber.Ctx) string { return k.Cookie(c, cookieLang) }

// RememberLang keeps the language until the browser is closed.
func (k *Kit) RememberLang(c *fiber.Ctx, tag string) { k.SetCookie(c, cookieLang, tag, 0) }

// PreToken is the double-submit token of a browser in which nobody is signed in, "" when
// none was given yet.
func (k *Kit) PreToken(c *fiber.Ctx) string { return k.Cookie(c, cookiePre) }

// Indifferent reports whether a cookie changes nothing on a page without a form: the language,
// which the page's name holds, and the token that waits for her first form.
func (k *Kit) Indifferent(name string) bool {
	return name == k.cookieName(cookieLang) || name == k.cookieName(cookiePre)
}

// Remember keeps the position of her last write, where there are replicas.
func (k *Kit) Remember(c *fiber.Ctx, position string, keep time.Duration) {
	k.SetCookie(c, cookieWrote, position, keep)
}

// Remembered is that position, "" when there is none.
func (k *Kit) Remembered(c *fiber.Ctx) string { return k.Cookie(c, cookieWrote) }

// NeedPreToken makes sure that a page with a form for signed-out people has a token.
func (k *Kit) NeedPreToken(c *fiber.Ctx) {
	if Actor(c).SignedIn() || FormToken(c) != "" {
		return
	}
	token := base64.RawURLEncoding.EncodeToString(vault.Random(18))
	k.SetCookie(c, cookiePre, token, 0)
	SetFormToken(c, token)
}

// Go redirects after a POST with a message for the next page. Message is a key without
// variables, "" for none.
func (k *Kit) Go(c *fiber.Ctx, path string, tone ui.Tone, message string) error {
	if message != "" {
		k.SetCookie(c, cookieFlash, k.Server.Ticket("flash", []byte(string(tone)+"|"+message)), time.Minute)
	}
	return c.Redirect(path, fiber.StatusSeeOther)
}

func (k *Kit) takeFlash(c *fiber.Ctx) *ui.Notice {
	ticket := k.Cookie(c, cookieFlash)
	if ticket == "" {
		return nil
	}
	k.DropCookie(c, cookieFlash)
	raw, ok := k.Server.ReadTicket("flash", ticket)
	if !ok {
		return nil
	}
	tone, key, _ := strings.Cut(string(raw), "|")
	return &ui.Notice{Tone: ui.Tone(tone), Text: Printer(c).T(key)}
}

// LocalPath returns a path of this portal that a form named as the way back, or fallback.
// Anything that could lead to another site is refused: browsers drop tabs and line ends, so
// that "/<tab>/evil.example" would be one.
func LocalPath(path, fallback string) string {
	odd := strings.ContainsFunc(path, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f })
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || odd {
		return fallback
	}
	return path
}
