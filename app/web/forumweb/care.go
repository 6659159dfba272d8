package forumweb

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"portico/app/desk"
	"portico/app/web/ui"
	"portico/moderation"
)

// care is what stands beside a talk when its author's words spoke of danger: help lines of
// that kind, at once. Nothing goes out to anybody.
type care struct {
	Kind  string
	Lines []ui.HelpLine
	Duty  desk.Duty
}

// emergency is the kind of danger when nothing nearer is known.
const emergency = "emergency"

// careKinds are the kinds of help that an address may ask for, by their place in this
// list: a number says nothing to whoever looks through the history of a shared phone.
var careKinds = []string{"self-harm", "minor", "violence", "trafficking", emergency}

// careMark is what an address carries for a kind of help.
func careMark(kind string) string { return "c=" + strconv.Itoa(slices.Index(careKinds, kind)+1) }

// careByRule says which help fits what screening found, the most pressing first.
var careByRule = []struct{ rule, kind string }{
	{"danger.self-harm", "self-harm"},
	{"danger.minor", "minor"},
	{"danger.violence", "violence"},
	{"danger.threat", "violence"},
	{"danger.control", "trafficking"},
}

// careKind is the kind of help that fits a verdict, "" when nobody seems to be in danger.
func careKind(v moderation.Verdict) string {
	if !v.Danger {
		return ""
	}
	for _, c := range careByRule {
		if slices.ContainsFunc(v.Findings, func(f moderation.Finding) bool { return f.Rule == c.rule }) {
			return c.kind
		}
	}
	return emergency
}

// careFor reads the kind of help from an address. A number that stands for nothing shows nothing.
func (a *Area) careFor(c *fiber.Ctx, p *ui.Page, mark string) (*care, error) {
	n, err := strconv.Atoi(mark)
	if err != nil || n < 1 || n > len(careKinds) {
		return nil, nil
	}
	duty, err := a.desk.OnDuty(c.UserContext())
	if err != nil {
		return nil, err
	}
	kind := careKinds[n-1]
	lines := a.kit.HelpLines(p.P, kind)
	if len(lines) == 0 {
		lines = a.kit.HelpLines(p.P, emergency)
	}
	return &care{Kind: kind, Lines: lines, Duty: duty}, nil
}

// duty says whether somebody of the team is there now.
func (c care) duty(p *ui.Page) string {
	switch {
	case c.Duty.Now:
		return p.T("forum.care.now")
	case c.Duty.Next != nil:
		return p.T("forum.care.next", "Day", p.P.Day(c.Duty.Next.Day), "Hour", fmt.Sprintf("%02d:00", c.Duty.Next.Hour))
	}
	return p.T("forum.care.nobody")
}

// words speak to the person for each kind of danger. She may write of herself or of a
// friend, so they hold for both.
func (c care) words(p *ui.Page) string {
	switch c.Kind {
	case "self-harm":
		return p.T("forum.care.self-harm")
	case "minor":
		return p.T("forum.care.minor")
	case "violence":
		return p.T("forum.care.violence")
	case "trafficking":
		return p.T("forum.care.trafficking")
	}
	return p.T("forum.care.emergency")
}

// callHref is the address that makes a phone call.
func callHref(phone string) string { return "tel:" + strings.ReplaceAll(phone, " ", "") }
