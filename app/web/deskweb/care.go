package deskweb

import (
	"bytes"
	"encoding/hex"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// carePage is what a moderator finds for herself: what she read today, and the debrief that
// she is owed.
type carePage struct {
	*ui.Page
	today    desk.Exposure
	debriefs []desk.OpenDebrief
}

// Care shows it to her alone.
func (a *Area) Care(c *fiber.Ctx) error {
	who := request.Actor(c)
	debriefs, err := a.desk.Debriefs(c.UserContext(), who)
	if err != nil {
		return err
	}
	mine := debriefs[:0]
	for _, d := range debriefs {
		if who.Role != nil && d.RoleAccountID == who.Role.ID {
			mine = append(mine, d)
		}
	}
	return a.kit.Send(c, fiber.StatusOK, careView(carePage{a.page(c), a.desk.Exposure(who), mine}))
}

// AskDebrief asks for a debrief in one step.
func (a *Area) AskDebrief(c *fiber.Ctx) error {
	if err := a.desk.AskDebrief(c.UserContext(), request.Actor(c)); err != nil {
		return err
	}
	return a.kit.Go(c, "/desk/care", ui.Done, "desk.debrief.asked")
}

// HoldDebrief notes that it took place.
func (a *Area) HoldDebrief(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	if err := a.desk.HoldDebrief(c.UserContext(), request.Actor(c), id); err != nil {
		return err
	}
	return a.kit.Go(c, "/desk/care", ui.Done, "desk.debrief.noted")
}

// AuditCSV sends the audit log for oversight.
func (a *Area) AuditCSV(c *fiber.Ctx) error {
	var out bytes.Buffer
	if err := a.desk.ExportAudit(c.UserContext(), request.Actor(c), &out); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="audit.csv"`)
	return c.Send(out.Bytes())
}

// openPage is what everybody may know about the desk.
type openPage struct {
	*ui.Page
	desk.Openness
}

// Openness shows it.
func (a *Area) Openness(c *fiber.Ctx) error {
	o, err := a.desk.Openness(c.UserContext())
	if err != nil {
		return err
	}
	page := a.kit.Page(c, "", "")
	page.Title = page.T("open.title")
	return a.kit.Send(c, fiber.StatusOK, openView(openPage{page, o}))
}

// published is a number as it may stand on a page.
func published(p *ui.Page, c desk.Cell) string {
	if c.Few {
		return p.T("open.few")
	}
	return p.N("open.about", c.N)
}

func (o openPage) waited() string {
	switch o.Waited {
	case "minutes":
		return o.T("open.waited.minutes")
	case "hour":
		return o.T("open.waited.hour")
	case "day":
		return o.T("open.waited.day")
	case "longer":
		return o.T("open.waited.longer")
	}
	return o.T("open.waited.few")
}

// actionName names an action of the public table.
func actionName(p *ui.Page, action string) string {
	switch desk.Action(action) {
	case desk.Keep:
		return p.T("open.keep")
	case desk.Mask:
		return p.T("desk.did.mask")
	case desk.Hide:
		return p.T("desk.did.hide")
	case desk.Remove:
		return p.T("desk.did.remove")
	case desk.Close:
		return p.T("desk.did.close")
	case desk.Shut:
		return p.T("desk.did.shut")
	case desk.Out:
		return p.T("desk.did.out")
	}
	return p.T("open.pause")
}

func outcomeName(p *ui.Page, outcome string) string {
	if outcome == desk.Changed {
		return p.T("open.changed")
	}
	return p.T("open.stays")
}

// head is the last hash of the log in groups of eight, so that it can be read out.
func (o openPage) head() string {
	text := hex.EncodeToString(o.Head)
	var out bytes.Buffer
	for i, r := range text {
		if i > 0 && i%8 == 0 {
			out.WriteByte(' ')
		}
		out.WriteRune(r)
	}
	return out.String()
}
