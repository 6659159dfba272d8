package supervisionweb

import (
	"github.com/gofiber/fiber/v2"

	"portico/app/member"
	"portico/app/supervision"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// bringPage asks into which conversation she brings what she wrote while she learned.
type bringPage struct {
	*ui.Page
	Who    member.Actor
	Module string
	Words  string
	Lines  []supervision.Line // her open relations as the peer, groups as well
}

// Bring shows her words once more, and with whom she can share them. Nothing is shared by
// it: the words stand in the form of an entry then, and she sends it or not.
func (a *Area) Bring(c *fiber.Ctx) error {
	who := request.Actor(c)
	view := bringPage{Page: a.page(c), Who: who, Module: c.Params("module")}
	lines, err := a.sup.Mine(c.UserContext(), who)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if line.Part(who) == supervision.Peer && line.Accepted(who) && line.State == supervision.Open {
			view.Lines = append(view.Lines, line)
		}
	}
	if view.Words, err = a.thoughts.Reflection(c.UserContext(), who, view.Module); err != nil {
		return err
	}
	return a.kit.Send(c, fiber.StatusOK, bringView(view))
}
