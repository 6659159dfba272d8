// Package request is what every area's handlers share about one request: who asks, in
// which language, the page frame around an answer, and how an answer is sent.
//
// It decides nothing about any area. Values that the middleware found out are kept with
// the request and read here, so that areas never touch cookies or headers themselves.
package request

import (
	"bytes"
	"net/netip"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"portico/app/config"
	"portico/app/fault"
	"portico/app/i18n"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
	"portico/app/web/static"
	"portico/app/web/ui"
)

// Kit holds what lives as long as the server and every handler may need.
type Kit struct {
	Config config.Config
	Bundle *i18n.Bundle
	// Aloud is where a page is heard in a language, "" for nowhere; nil stands for nowhere.
	Aloud   func(page, lang string) string
	Static  *static.Files
	Members *member.Service
	Server  *vault.Server
	Clock   store.Clock
	Lines   func() []Line // every help line as it stands now; nil where there is none
	Demo    bool
}

// The keys under which the middleware leaves what it found out.
const (
	keyActor   = "actor"
	keyPrinter = "printer"
	keyToken   = "token"
	keyTrusted = "trusted"
	keyShared  = "shared"
	keyPrimary = "primary"
)

// Actor is the person who asks; the zero Actor is a visitor.
func Actor(c *fiber.Ctx) member.Actor {
	a, _ := c.Locals(keyActor).(member.Actor)
	return a
}

// SetActor is for the middleware, and for a handler that has just signed somebody in.
func SetActor(c *fiber.Ctx, a member.Actor) {
	c.Locals(keyActor, a)
	if a.SignedIn() {
		c.Locals(keyToken, a.Token.FormToken())
	}
}

// Printer speaks her language.
func Printer(c *fiber.Ctx) *i18n.Printer {
	p, _ := c.Locals(keyPrinter).(*i18n.Printer)
	return p
}

// SetPrinter is for the middleware.
func SetPrinter(c *fiber.Ctx, p *i18n.Printer) { c.Locals(keyPrinter, p) }

// FormToken is what forms of this request carry.
func FormToken(c *fiber.Ctx) string {
	t, _ := c.Locals(keyToken).(string)
	return t
}

// SetFormToken is for the middleware.
func SetFormToken(c *fiber.Ctx, token string) { c.Locals(keyToken, token) }

// Trusted reports whether a POST carried the right form token. Handlers of forms with text
// ask it, so that an old form shows its text again instead of being thrown away.
func Trusted(c *fiber.Ctx) bool {
	ok, _ := c.Locals(keyTrusted).(bool)
	return ok
}

// SetTrusted is for the middleware.
func SetTrusted(c *fiber.Ctx, ok bool) { c.Locals(keyTrusted, ok) }

// Shared reports whether the address answers everybody alike who is not signed in.
func Shared(c *fiber.Ctx) bool {
	ok, _ := c.Locals(keyShared).(bool)
	return ok
}

// SetShared is for the middleware.
func SetShared(c *fiber.Ctx) { c.Locals(keyShared, true) }

// FromPrimary reports whether the page must be drawn from the primary database.
func FromPrimary(c *fiber.Ctx) bool {
	ok, _ := c.Locals(keyPrimary).(bool)
	return ok
}

// SetFromPrimary is for the middleware.
func SetFromPrimary(c *fiber.Ctx) { c.Locals(keyPrimary, true) }

// Client is where a request comes from, for counting in memory only. It is never stored
// and never logged.
func Client(c *fiber.Ctx) string {
	line := c.IP()
	// A proxy adds whom it heard to the end of the line; what stands before it was said by the
	// visitor, who could name herself anew with each try.
	if i := strings.LastIndexByte(line, ','); i >= 0 {
		line = strings.TrimSpace(line[i+1:])
	}
	from, err := netip.ParseAddr(line)
	if err != nil || from.Unmap().Is4() {
		return line
	}
	// An IPv6 line has a network of its own: the first half names the subscriber.
	network, err := from.Prefix(64)
	if err != nil {
		return line
	}
	return network.String()
}

// Page starts a page with a neutral title. Place is the main area it belongs to, or "".
func (k *Kit) Page(c *fiber.Ctx, title, place string) *ui.Page {
	p, actor := Printer(c), Actor(c)
	page := &ui.Page{
		P: p, Langs: k.Bundle.Languages(), Title: title, Path: pathOf(c), Place: place,
		SignedIn: actor.SignedIn(), Team: actor.Role != nil, FormToken: vault.Masked(FormToken(c)), Flash: k.takeFlash(c),
		Demo: k.Demo, ExitHref: k.ExitHref(p.Tag), NoIndex: true, HelpLines: k.strip(p),
		StyleHref: k.Static.Href("portico.css"), ScriptHref: k.Static.Href("portico.js"),
		IconHref: k.Static.Href("icon.svg"), ManifestHref: k.Static.Href("manifest.webmanifest"),
	}
	if name := spokenAt(page.Path); name != "" {
		page.Speaks = true
		if k.Aloud != nil {
			page.SoundHref = k.Aloud(name, p.Tag)
		}
	}
	page.Nav, page.Rooms = nav(p, actor), rooms(p, actor, k.Config.ModelOn())
	// A page without a place, such as that of an unknown address, lies in no room: its menu
	// must not tell an address that is forbidden from one that does not exist.
	if place != "" {
		page.Room = roomOf(page.Rooms, page.Path)
	}
	if actor.Role != nil && page.Room != "" {
		page.Place = ownPlace
	}
	return page
}

// ExitHref is the neutral site that Exit leads to.
func (k *Kit) ExitHref(lang string) string {
	if k.Config.Exit != "" {
		return k.Config.Exit
	}
	wiki := map[string]string{"zh-Hans": "zh", "pt-BR": "pt", "pcm": "pcm"}
	if w, ok := wiki[lang]; ok {
		lang = w
	}
	return "https://" + lang + ".wikipedia.org/"
}

// pathOf is the address of this page as links carry it: without the language wish.
func pathOf(c *fiber.Ctx) string {
	if c.Method() != fiber.MethodGet {
		return "/"
	}
	path := c.Path()
	var keep []string
	for _, pair := range strings.Split(string(c.Request().URI().QueryString()), "&") {
		if pair != "" && !strings.HasPrefix(pair, "lang=") {
			keep = append(keep, pair)
		}
	}
	if len(keep) > 0 {
		path += "?" + strings.Join(keep, "&")
	}
	return path
}

// Send renders a whole page to a buffer and only then answers, so that a failing page is
// an error page and never half a page.
func (k *Kit) Send(c *fiber.Ctx, status int, page templ.Component) error {
	var out bytes.Buffer
	if err := page.Render(c.UserContext(), &out); err != nil {
		return err
	}
	c.Status(status).Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Send(out.Bytes())
}

// ID is the number that an address names as its "id"; what is no number does not exist.
func ID(c *fiber.Ctx) (store.ID, error) { return IDAt(c, "id") }

// IDAt is the number at another place of an address.
func IDAt(c *fiber.Ctx, name string) (store.ID, error) {
	id, ok := store.ParseID(c.Params(name))
	if !ok {
		return id, fault.Missing()
	}
	return id, nil
}
