package request

import (
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/fault"
	"portico/app/web/ui"
	"portico/moderation"
)

// Typed reads a field of text without what no database or page can hold.
func Typed(c *fiber.Ctx, name string) string {
	text := strings.ReplaceAll(strings.ToValidUTF8(c.FormValue(name), "\ufffd"), "\x00", "")
	return strings.ReplaceAll(text, "\r\n", "\n")
}

// Whole reads a number of an address or a form; anything else is 0.
func Whole(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// Stopped says why a form with words is shown again before anything is tried: her session
// is over, or the form is from an older one. Status 0 is no reason.
func Stopped(c *fiber.Ctx, p *ui.Page) (status int, back ui.Again) {
	back.Insist = c.FormValue("insist") == "1"
	switch {
	case !Actor(c).SignedIn():
		back.SignIn, back.Notice = true, &ui.Notice{Tone: ui.Due, Text: p.T("common.again.signin")}
		return fiber.StatusUnauthorized, back
	case !Trusted(c):
		back.Notice = &ui.Notice{Tone: ui.Due, Text: p.T("common.again.stale")}
		return fiber.StatusConflict, back
	}
	return 0, back
}

// StoppedTeam is Stopped for the rooms of people with a role: for everybody else who is
// signed in the address does not exist.
func StoppedTeam(c *fiber.Ctx, p *ui.Page) (status int, back ui.Again, err error) {
	if who := Actor(c); who.SignedIn() && !who.Colleague() {
		return 0, back, fault.New(fault.NotFound, "error.missing")
	}
	status, back = Stopped(c, p)
	return status, back, nil
}

// Refused turns a refusal into words on the same form. What is broken on our side, or does
// not exist, stays an error.
func Refused(p *ui.Page, back *ui.Again, err error) (status int, rest error) {
	if errs, ok := Mend(p.P, err); ok {
		back.Errs = errs
		if len(errs) == 0 { // nothing of it belongs to one field
			back.Notice = &ui.Notice{Tone: ui.Due, Text: Words(p.P, err)}
		}
		return fiber.StatusUnprocessableEntity, nil
	}
	switch fault.KindOf(err) {
	case fault.Refused:
		status = fiber.StatusForbidden
	case fault.Conflict:
		status = fiber.StatusConflict
	case fault.Busy:
		status = fiber.StatusServiceUnavailable
	default:
		return 0, err
	}
	back.Notice = &ui.Notice{Tone: ui.Due, Text: Words(p.P, err)}
	return status, nil
}

// Warn holds what screening found, rule by rule in the order of the text.
func Warn(p *ui.Page, back *ui.Again, v moderation.Verdict) {
	back.Danger, back.Refuse = v.Danger, v.Outcome == moderation.Refuse
	at := map[string]int{}
	for _, f := range v.Findings {
		if f.Outcome == moderation.Publish {
			continue
		}
		i, seen := at[f.Rule]
		if !seen {
			i = len(back.Found)
			at[f.Rule] = i
			back.Found = append(back.Found, ui.Found{Rule: f.Rule, What: RuleWord(p.P, f.Rule)})
		}
		back.Found[i].Words = append(back.Found[i].Words, f.Text)
	}
}

// TicketOf is what a form carries through a wait that an error asked for, "" for any other.
func TicketOf(err error) string {
	f := fault.As(err)
	if f == nil || f.Kind != fault.Wait {
		return ""
	}
	for i := 0; i+1 < len(f.Args); i += 2 {
		if ticket, ok := f.Args[i+1].(string); ok && f.Args[i] == "Ticket" {
			return ticket
		}
	}
	return ""
}
