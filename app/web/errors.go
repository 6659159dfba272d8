package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// statuses maps kinds to what the protocol says.
var statuses = map[fault.Kind]int{
	fault.Internal: http.StatusInternalServerError,
	fault.Invalid:  http.StatusUnprocessableEntity,
	fault.NotFound: http.StatusNotFound,
	fault.Conflict: http.StatusConflict,
	fault.Refused:  http.StatusForbidden,
	fault.KeyAgain: http.StatusForbidden,
	fault.SignIn:   http.StatusUnauthorized,
	fault.Wait:     http.StatusTooManyRequests,
	fault.Busy:     http.StatusServiceUnavailable,
}

// fail is the one place where errors become pages. The person gets words in her language;
// only the log sees the cause, and only of what is broken on our side.
func (e *edge) fail(c *fiber.Ctx, err error) error {
	kind, status := e.judge(err)
	e.protect(c)
	if kind == fault.Internal {
		e.log.Error("a request failed", "route", c.Route().Path, "cause", err.Error())
	}
	if status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		c.Set(fiber.HeaderRetryAfter, "60")
	}
	if request.Printer(c) == nil {
		return e.plain(c, status)
	}
	// The request's own time is over when its error is drawn, and templates stop with it.
	c.SetUserContext(context.WithoutCancel(c.UserContext()))
	page := e.kit.Page(c, "", "")
	// An address that is forbidden must not look unlike one that does not exist.
	page.SoundHref, page.Speaks = "", false
	heading, text := ui.ErrorWords(page, kind)
	if f := fault.As(err); f != nil && f.Key != "" && kind != fault.Internal && kind != fault.NotFound {
		text = request.Words(page.P, err)
	}
	if status == http.StatusRequestEntityTooLarge {
		heading, text = ui.LargeWords(page)
	}
	page.Title = heading
	actions := []ui.Action{ui.HomeAction(page)}
	if kind == fault.SignIn {
		actions = append(actions, ui.Action{Kind: ui.Primary, Word: page.T("frame.signin"), Href: "/sign-in"})
	}
	if sendErr := e.kit.Send(c, status, ui.ErrorPage(page, heading, text, actions)); sendErr != nil {
		e.log.Error("an error page failed", "cause", sendErr.Error())
		return e.plain(c, status)
	}
	return nil
}

// judge finds the kind of any error; Fiber's own say a status. What is not allowed by
// method looks like what does not exist.
func (e *edge) judge(err error) (fault.Kind, int) {
	if f := fault.As(err); f != nil {
		return f.Kind, statuses[f.Kind]
	}
	var fe *fiber.Error
	if errors.As(err, &fe) {
		switch fe.Code {
		case http.StatusNotFound, http.StatusMethodNotAllowed:
			return fault.NotFound, http.StatusNotFound
		case http.StatusRequestEntityTooLarge:
			return fault.Refused, fe.Code
		case http.StatusTooManyRequests:
			return fault.Wait, fe.Code
		}
		if fe.Code < 500 {
			return fault.Refused, fe.Code
		}
	}
	return fault.Internal, http.StatusInternalServerError
}

// plain is the page for when even rendering fails.
func (e *edge) plain(c *fiber.Ctx, status int) error {
	c.Status(status).Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Send(ui.PlainFallback())
}
