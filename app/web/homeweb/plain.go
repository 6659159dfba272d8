package homeweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/web/request"
)

// Healthz says whether this server can answer people.
func (a *Area) Healthz(c *fiber.Ctx) error {
	c.Set(fiber.HeaderContentType, fiber.MIMETextPlainCharsetUTF8)
	if err := a.store.Ping(c.UserContext()); err != nil {
		return c.Status(fiber.StatusServiceUnavailable).SendString("the database does not answer")
	}
	return c.SendString("ok")
}

// Static serves a file under its hashed name. The name changes with the bytes, so that a
// browser may keep it for good.
func (a *Area) Static(c *fiber.Ctx) error {
	body, small, kind, ok := a.kit.Static.Get(c.Params("name"))
	if !ok {
		return fault.Missing()
	}
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if len(small) > 0 && len(small) < len(body) && request.TakesGzip(c.Get(fiber.HeaderAcceptEncoding)) {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		body = small
	}
	return c.Send(body)
}
