package trainingweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
)

// What programs elsewhere read in order to check a file: the public keys, and which files
// were taken back. Both are written anew for each request, so that nothing old is believed.

// KeySet sends the JWK Set.
func (a *Area) KeySet(c *fiber.Ctx) error {
	origin, _ := a.origin(c)
	set, err := a.training.KeySet(origin)
	if err != nil {
		return fault.Wrap(err, "write the key set")
	}
	c.Set(fiber.HeaderContentType, "application/jwk-set+json")
	return c.Send(set)
}

// Key sends the one key to which the id in a file's header leads.
func (a *Area) Key(c *fiber.Ctx) error {
	origin, _ := a.origin(c)
	key, ok := a.training.Key(origin, c.Params("key"))
	if !ok {
		return notFound()
	}
	c.Set(fiber.HeaderContentType, "application/jwk+json")
	return c.Send(key)
}

// RevokedList sends the ids of what was taken back.
func (a *Area) RevokedList(c *fiber.Ctx) error {
	origin, _ := a.origin(c)
	list, err := a.training.RevokedList(c.UserContext(), origin)
	if err != nil {
		return fault.Wrap(err, "write the list of what was taken back")
	}
	c.Set(fiber.HeaderContentType, "application/json; charset=utf-8")
	return c.Send(list)
}
