package web

import (
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"portico/app/store"
	"portico/app/web/request"
)

// rememberWrite is how long a browser remembers how far the database was when it last wrote;
// a replica that is further behind is not asked by anybody.
const rememberWrite = time.Minute

// source decides from which copy of the database a page is drawn. Who changed something reads
// it back at once: her browser carries the position of her last write for a minute, and pages
// come from the primary until every replica has reached it. A page that is drawn to be kept
// for others comes from the primary as well, and so does everything that is not a GET.
//
// Who asks was found out before, from the primary: a session that ended is over everywhere.
func (e *edge) source(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodPost {
		ctx, written := store.Marking(c.UserContext())
		c.SetUserContext(ctx)
		err := c.Next()
		if at := written(); at > 0 {
			e.kit.Remember(c, strconv.FormatInt(int64(at), 36), rememberWrite)
		}
		return err
	}
	if c.Method() != fiber.MethodGet || request.FromPrimary(c) || e.keepable(c) {
		return c.Next()
	}
	seen, err := strconv.ParseInt(e.kit.Remembered(c), 36, 64)
	if err != nil {
		seen = 0
	}
	ctx, used := store.MayLag(c.UserContext(), store.Position(seen))
	c.SetUserContext(ctx)
	if err = c.Next(); err == nil || !used() {
		return err
	}
	// What went wrong may be the replica's: the page is drawn once more, from the primary.
	e.store.Fail()
	request.SetFromPrimary(c)
	return c.RestartRouting()
}
