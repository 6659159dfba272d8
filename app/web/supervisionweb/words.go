package supervisionweb

import (
	"portico/app/supervision"
	"portico/app/web/ui"
)

// The words for what supervision keeps as codes. Keys stand here whole, so that a message
// without a use shows up.

var kindWords = map[supervision.Kind]string{
	"individual":  "supervision.kind.individual",
	"group":       "supervision.kind.group",
	"pair":        "supervision.kind.pair",
	"intervision": "supervision.kind.intervision",
	"debrief":     "supervision.kind.debrief",
	"case":        "supervision.kind.case",
	"mentoring":   "supervision.kind.mentoring",
}

var modeWords = map[string]string{
	"person": "supervision.mode.person",
	"phone":  "supervision.mode.phone",
	"online": "supervision.mode.online",
	"text":   "supervision.mode.text",
}

var topicWords = map[string]string{
	"boundary":        "supervision.topic.boundary",
	"double-role":     "supervision.topic.double-role",
	"mirror":          "supervision.topic.mirror",
	"representations": "supervision.topic.representations",
	"safety":          "supervision.topic.safety",
	"conflict":        "supervision.topic.conflict",
	"workload":        "supervision.topic.workload",
	"pay":             "supervision.topic.pay",
	"childcare":       "supervision.topic.childcare",
	"language":        "supervision.topic.language",
	"learning":        "supervision.topic.learning",
	"power":           "supervision.topic.power",
	"self-care":       "supervision.topic.self-care",
}

var ownerWords = map[string]string{
	"peer":         "supervision.owner.peer",
	"supervisor":   "supervision.owner.supervisor",
	"organisation": "supervision.owner.organisation",
}

var stateWords = map[string]string{
	supervision.Written:  "supervision.state.written",
	supervision.Signed:   "supervision.state.signed",
	supervision.Declined: "supervision.state.declined",
}

var relationWords = map[string]string{
	supervision.Proposed: "supervision.relation.proposed",
	supervision.Open:     "supervision.relation.open",
	supervision.Refused:  "supervision.relation.refused",
	supervision.Ended:    "supervision.relation.ended",
}

var verdictWords = map[supervision.Verdict]string{
	supervision.Agree:    "supervision.said.sign",
	supervision.Disagree: "supervision.said.disagree",
	supervision.Decline:  "supervision.said.decline",
	supervision.Add:      "supervision.said.add",
}

func word[K comparable](p *ui.Page, words map[K]string, code K) string {
	if key, ok := words[code]; ok {
		return p.T(key)
	}
	return ""
}

// stateWord is the state of an entry; several people are not both.
func stateWord(p *ui.Page, e supervision.Entry) string {
	if e.Form == supervision.FormMinutes && e.State == supervision.Signed {
		return p.T("supervision.state.agreed")
	}
	return word(p, stateWords, e.State)
}

// options makes the answers of a select, with an empty one first where choose is given.
func options[K ~string](p *ui.Page, codes []K, words map[K]string, choose string) []ui.Option {
	var list []ui.Option
	if choose != "" {
		list = append(list, ui.Option{Label: choose})
	}
	for _, code := range codes {
		list = append(list, ui.Option{Value: string(code), Label: word(p, words, code)})
	}
	return list
}

func scaleOptions(p *ui.Page) []ui.Option {
	list := []ui.Option{{Label: p.T("supervision.scale.mine")}}
	for _, n := range []string{"0", "1", "2", "3", "4", "5"} {
		list = append(list, ui.Option{Value: n, Label: n})
	}
	return list
}
