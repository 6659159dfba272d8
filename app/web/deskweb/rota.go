package deskweb

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/fault"
	"portico/app/store"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// rota is the page with who is on duty when, and the form to take a shift.
type rota struct {
	*ui.Page
	shifts           []desk.OpenShift
	errs             []ui.FieldError
	day, hour, hours string
}

// Rota lists the coming shifts.
func (a *Area) Rota(c *fiber.Ctx) error {
	return a.showRota(c, fiber.StatusOK, rota{day: a.kit.Clock.Today(), hour: "22", hours: "2"})
}

func (a *Area) showRota(c *fiber.Ctx, status int, r rota) error {
	shifts, err := a.desk.Rota(c.UserContext(), request.Actor(c))
	if err != nil {
		return err
	}
	r.Page, r.shifts = a.page(c), shifts
	return a.kit.Send(c, status, rotaPage(r))
}

// TakeShift writes her into the rota.
func (a *Area) TakeShift(c *fiber.Ctx) error {
	r := rota{day: strings.TrimSpace(c.FormValue("day")), hour: c.FormValue("hour"), hours: c.FormValue("hours")}
	err := a.desk.TakeShift(c.UserContext(), request.Actor(c), r.day, number(r.hour), number(r.hours))
	if errs, ok := request.Mend(request.Printer(c), err); ok {
		r.errs = errs
		return a.showRota(c, fiber.StatusUnprocessableEntity, r)
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/desk/rota", ui.Done, "desk.shift.taken")
}

// LeaveShift gives one of her shifts back.
func (a *Area) LeaveShift(c *fiber.Ctx) error {
	id, ok := store.ParseID(c.Params("id"))
	if !ok {
		return fault.Missing()
	}
	err := a.desk.LeaveShift(c.UserContext(), request.Actor(c), id)
	if fault.Is(err, fault.Conflict) {
		return a.kit.Go(c, "/desk/rota", ui.Due, "desk.shift.begun")
	}
	if err != nil {
		return err
	}
	return a.kit.Go(c, "/desk/rota", ui.Done, "desk.shift.left")
}

// number reads a choice of a list; what is none becomes -1, which no list holds.
func number(typed string) int {
	n, err := strconv.Atoi(typed)
	if err != nil {
		return -1
	}
	return n
}

func hourChoice(r rota) ui.Choice {
	options := make([]ui.Option, 24)
	for h := range options {
		options[h] = ui.Option{Value: strconv.Itoa(h), Label: clock(h)}
	}
	return ui.Choice{ID: "hour", Label: r.T("desk.shift.from"), Options: options, Value: r.hour}
}

func hoursChoice(r rota) ui.Choice {
	options := make([]ui.Option, desk.MostHours)
	for i := range options {
		options[i] = ui.Option{Value: strconv.Itoa(i + 1), Label: r.N("desk.shift.length", i+1)}
	}
	return ui.Choice{ID: "hours", Label: r.T("desk.shift.long"), Options: options, Value: r.hours}
}

// clock writes a full hour as every alarm clock does.
func clock(hour int) string { return fmt.Sprintf("%02d:00", hour%24) }

// span says from when to when a shift lasts.
func span(s desk.Shift) string { return clock(s.Hour) + "–" + clock(s.Hour+s.Hours) }
