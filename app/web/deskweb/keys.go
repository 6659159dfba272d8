package deskweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// waiting is a person who waits for the key of the circle.
type waiting struct {
	id, handle, roles string
}

// Keys lists who waits for the moderators' key. Only a holder can hand it on, and sees them.
func (a *Area) Keys(c *fiber.Ctx) error {
	ctx, who, p := c.UserContext(), request.Actor(c), a.page(c)
	holds, err := a.kit.Members.HoldsKey(ctx, who, member.CircleModerators)
	if err != nil {
		return err
	}
	rows, err := a.kit.Members.WaitingForKey(ctx, who, member.CircleModerators)
	if err != nil {
		return err
	}
	list := make([]waiting, len(rows))
	for i, row := range rows {
		var roles []string
		for _, role := range row.RoleList() {
			roles = append(roles, request.RoleWord(p.P, string(role)))
		}
		list[i] = waiting{row.ID.String(), row.Handle, p.P.List(roles)}
	}
	return a.kit.Send(c, fiber.StatusOK, keysPage(p, holds, list))
}

// GrantKey hands the moderators' key on to one person.
func (a *Area) GrantKey(c *fiber.Ctx) error {
	to, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	if err := a.kit.Members.GrantKey(c.UserContext(), request.Actor(c), member.CircleModerators, to); err != nil {
		return err
	}
	return a.kit.Go(c, "/desk/keys", ui.Done, "desk.keys.given")
}
