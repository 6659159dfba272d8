package peerworkweb

import (
	"portico/app/peerwork"
	"portico/app/web/ui"
)

// The words for what peer work keeps as codes. Keys stand here whole, so that a message
// without a use shows up.

var modeWords = map[string]string{
	"membership":   "peerwork.mode.membership",
	"employment":   "peerwork.mode.employment",
	"consultation": "peerwork.mode.consultation",
}

var fieldWords = map[string]string{
	"name":         "peerwork.field.name",
	"title":        "peerwork.field.title",
	"languages":    "peerwork.field.languages",
	"regions":      "peerwork.field.regions",
	"scope":        "peerwork.field.scope",
	"limits":       "peerwork.field.limits",
	"skills":       "peerwork.field.skills",
	"availability": "peerwork.field.availability",
	"pair":         "peerwork.field.pair",
	"mentor":       "peerwork.field.mentor",
	"supervisor":   "peerwork.field.supervisor",
	"training":     "peerwork.field.training",
}

var levelWords = map[string]string{
	"some":   "peerwork.level.some",
	"good":   "peerwork.level.good",
	"fluent": "peerwork.level.fluent",
	"first":  "peerwork.level.first",
}

var viewWords = map[string]string{
	peerwork.ViewProfile:  "peerwork.view.profile",
	peerwork.ViewWish:     "peerwork.view.wish",
	peerwork.ViewRisk:     "peerwork.view.risk",
	peerwork.ViewContract: "peerwork.view.contract",
}

var audienceWords = map[string]string{
	peerwork.Me:      "peerwork.audience.me",
	peerwork.Team:    "peerwork.audience.team",
	peerwork.Members: "peerwork.audience.members",
	peerwork.Public:  "peerwork.audience.public",
}

var profileWords = map[string]string{
	peerwork.Hidden: "peerwork.profile.hidden",
	peerwork.Asked:  "peerwork.profile.asked",
	peerwork.Shown:  "peerwork.profile.shown",
}

var workWords = map[string]string{
	"permanent":     "peerwork.work.permanent",
	"fixed":         "peerwork.work.fixed",
	"project":       "peerwork.work.project",
	"fee":           "peerwork.work.fee",
	"intern":        "peerwork.work.intern",
	"reimbursement": "peerwork.work.reimbursement",
	"voucher":       "peerwork.work.voucher",
	"volunteer":     "peerwork.work.volunteer",
	"board":         "peerwork.work.board",
}

var unitWords = map[string]string{
	"hour":  "peerwork.unit.hour",
	"task":  "peerwork.unit.task",
	"month": "peerwork.unit.month",
	"total": "peerwork.unit.total",
}

var leaveWords = map[string]string{
	"none":      "peerwork.leave.none",
	"maternity": "peerwork.leave.maternity",
	"sick":      "peerwork.leave.sick",
	"moved":     "peerwork.leave.moved",
	"paused":    "peerwork.leave.paused",
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

func plainOptions(choose string, codes ...string) []ui.Option {
	list := []ui.Option{{Label: choose}}
	for _, code := range codes {
		list = append(list, ui.Option{Value: code, Label: code})
	}
	return list
}

// labelWord is the honest word for how somebody works.
func labelWord(p *ui.Page, l peerwork.Label) string {
	if l.Paid {
		return p.T("peerwork.label.paid")
	}
	return word(p, workWords, l.Kind)
}
