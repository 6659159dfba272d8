package timesheetweb

import (
	"github.com/shopspring/decimal"

	"portico/app/timesheet"
	"portico/app/web/ui"
)

// The words for what a time sheet keeps as codes. Keys stand here whole, so that a message
// without a use shows up.

var kindWords = map[string]string{
	"outreach":    "peerwork.kind.outreach",
	"forum":       "peerwork.kind.forum",
	"moderation":  "peerwork.kind.moderation",
	"training":    "peerwork.kind.training",
	"supervision": "peerwork.kind.supervision",
	"co-design":   "peerwork.kind.co-design",
	"mentoring":   "peerwork.kind.mentoring",
	"translation": "peerwork.kind.translation",
	"travel":      "peerwork.kind.travel",
}

// stateWords serve weeks and lines alike.
var stateWords = map[string]string{
	timesheet.Open:     "peerwork.week.open",
	timesheet.Closed:   "peerwork.week.handed",
	timesheet.Approved: "peerwork.week.approved",
	timesheet.Cut:      "peerwork.week.cut",
	timesheet.Disputed: "peerwork.week.disputed",
	timesheet.Settled:  "timesheet.state.settled",
	timesheet.Paid:     "peerwork.week.paid",
	timesheet.Done:     "timesheet.state.done",
}

func word(p *ui.Page, words map[string]string, code string) string {
	if key, ok := words[code]; ok {
		return p.T(key)
	}
	return ""
}

// options makes the answers of a select, with an empty one first where choose is given.
func options(p *ui.Page, codes []string, words map[string]string, choose string) []ui.Option {
	var list []ui.Option
	if choose != "" {
		list = append(list, ui.Option{Label: choose})
	}
	for _, code := range codes {
		list = append(list, ui.Option{Value: code, Label: word(p, words, code)})
	}
	return list
}

// duration writes minutes as hours and minutes.
func duration(p *ui.Page, minutes int) string {
	return p.T("peerwork.duration", "Hours", minutes/60, "Minutes", minutes%60)
}

// waitsSince and paidAfter say how long pay takes; no days at all have words of their own.
func waitsSince(p *ui.Page, days int) string {
	if days == 0 {
		return p.T("peerwork.days.waits.today")
	}
	return p.N("peerwork.days.waits", days)
}

func paidAfter(p *ui.Page, days int) string {
	if days == 0 {
		return p.T("peerwork.days.paid.today")
	}
	return p.N("peerwork.days.paid", days)
}

// days writes a number of days; none has words of its own.
func days(p *ui.Page, n int) string {
	if n == 0 {
		return p.T("timesheet.days.same")
	}
	return p.N("timesheet.days", n)
}

func money(p *ui.Page, amount decimal.Decimal, currency string) string {
	return p.P.Amount(amount.StringFixed(2), currency)
}

func currencies(p *ui.Page) []ui.Option {
	list := []ui.Option{{Label: p.T("peerwork.choose")}}
	for _, code := range timesheet.Currencies {
		list = append(list, ui.Option{Value: code, Label: code})
	}
	return list
}
