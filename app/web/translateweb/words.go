package translateweb

import (
	"github.com/a-h/templ"

	"portico/app/markup"
	"portico/app/translate"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// The words for what translation keeps as codes. Keys stand here whole, so that a message
// without a use shows up.

var stateWords = map[string]string{
	translate.Empty:    "translate.state.empty",
	translate.Machine:  "translate.state.machine",
	translate.Edited:   "translate.state.edited",
	translate.Reviewed: "translate.state.reviewed",
	translate.Stale:    "translate.state.stale",
}

var stateBadges = map[string]ui.BadgeKind{
	translate.Empty: ui.BadgePlain, translate.Machine: ui.BadgeMachine, translate.Edited: ui.BadgeUnverified,
	translate.Reviewed: ui.BadgeVerified, translate.Stale: ui.BadgeDue,
}

var languageStates = map[string]string{
	translate.Working:  "translate.language.working",
	translate.Waiting:  "translate.language.waiting",
	translate.Approved: "translate.language.approved",
}

var languageBadges = map[string]ui.BadgeKind{
	translate.Working: ui.BadgePlain, translate.Waiting: ui.BadgeDue, translate.Approved: ui.BadgeVerified,
}

var actWords = map[string]string{
	translate.Machine:  "translate.act.machine",
	translate.Edited:   "translate.act.edited",
	translate.Reviewed: "translate.act.reviewed",
}

var troubleWords = map[string]string{
	translate.TroubleSlow:    "translate.trouble.slow",
	translate.TroubleBusy:    "translate.trouble.busy",
	translate.TroubleDown:    "translate.trouble.down",
	translate.TroubleShape:   "translate.trouble.shape",
	translate.TroubleEmpty:   "translate.trouble.empty",
	translate.TroubleRefused: "translate.trouble.refused",
	translate.TroubleSetup:   "translate.trouble.setup",
	translate.TroubleBudget:  "translate.trouble.budget",
	translate.TroubleOff:     "translate.trouble.off",
}

// unfitWords say why a machine's draft was not taken over.
var unfitWords = map[string]string{
	"translate.check.number.missing":      "translate.unfit.number",
	"translate.check.number.extra":        "translate.unfit.number",
	"translate.check.phone.missing":       "translate.unfit.phone",
	"translate.check.phone.extra":         "translate.unfit.phone",
	"translate.check.link.missing":        "translate.unfit.link",
	"translate.check.link.extra":          "translate.unfit.link",
	"translate.check.placeholder.missing": "translate.unfit.placeholder",
	"translate.check.placeholder.extra":   "translate.unfit.placeholder",
	"translate.check.kept.missing":        "translate.unfit.kept",
	"translate.check.mark.missing":        "translate.unfit.mark",
	"translate.check.mark.extra":          "translate.unfit.mark",
	"translate.check.structure":           "translate.unfit.mark",
	"translate.check.table":               "translate.unfit.mark",
	"translate.check.short":               "translate.unfit.length",
	"translate.check.long":                "translate.unfit.length",
	"translate.check.script":              "translate.unfit.script",
	"translate.check.override":            "translate.unfit.direction",
	"translate.check.direction":           "translate.unfit.direction",
	"translate.check.empty":               "translate.unfit.words",
	"translate.check.same":                "translate.unfit.words",
}

var originWords = map[string]string{
	translate.FromPerson: "translate.from.person", translate.FromMemory: "translate.from.memory", translate.FromFile: "translate.from.file",
}

var understoodWords = map[string]string{
	"yes": "translate.reading.yes", "partly": "translate.reading.partly", "no": "translate.reading.no",
}

// fromWords say where the words of a segment come from, since when, and from which edition
// of the text.
func fromWords(p *ui.Page, e translate.Event, edition int) string {
	by := isolated(e.By)
	if e.By == "" {
		by = p.T("translate.somebody")
	}
	words := ""
	if e.Act == translate.Machine {
		words = p.T("translate.from.machine", "Model", isolated(e.Model), "Day", p.P.Day(e.Day))
		if e.Model == "" {
			words = p.T("translate.from.some-machine", "Day", p.P.Day(e.Day))
		}
	} else {
		words = p.T(originWords[e.Origin], "Who", by, "Day", p.P.Day(e.Day))
	}
	switch {
	case e.Edition == 0:
		return words
	case e.Edition == edition:
		return words + " " + p.T("translate.edition.same", "Edition", e.Edition)
	}
	return words + " " + p.T("translate.edition.older", "Edition", e.Edition, "Now", edition)
}

func word(p *ui.Page, words map[string]string, code string) string {
	if key, ok := words[code]; ok {
		return p.T(key)
	}
	return ""
}

// why says a refusal in words.
func why(p *ui.Page, err error) string { return request.Words(p.P, err) }

// drawn keeps the numbers of a text in their order, in whichever direction it runs.
func drawn(text string) templ.Component { return templ.Raw(markup.Line(text)) }

func languageName(tag string) string { return request.LanguageName(tag) }

// findingWords say what a check found, and where.
func findingWords(p *ui.Page, f translate.Finding) string {
	if f.Key == "translate.check.refused" && f.Where == "" {
		return p.T("translate.check.refused.only", "What", isolated(f.What))
	}
	return p.T(f.Key, "What", isolated(f.What), "Where", isolated(f.Where), "Group", isolated(f.By))
}

// standingWords say how far a language is.
func standingWords(p *ui.Page, st translate.Standing) string {
	words := p.N("translate.standing", st.Total, "Reviewed", st.Reviewed)
	if st.Stale > 0 {
		words = p.T("translate.standing.stale", "Standing", words, "Stale", p.N("translate.stale.count", st.Stale))
	}
	if st.Second > 0 {
		words = p.T("translate.standing.stale", "Standing", words, "Stale", p.N("translate.second.count", st.Second))
	}
	return words
}

// act says what somebody did, and whether she had the words from elsewhere.
func act(p *ui.Page, e translate.Event) string {
	switch {
	case e.Act == translate.Edited && e.Origin == translate.FromMemory:
		return p.T("translate.act.memory")
	case e.Act == translate.Edited && e.Origin == translate.FromFile:
		return p.T("translate.act.file")
	}
	return word(p, actWords, e.Act)
}

// who names somebody in the history.
func who(p *ui.Page, e translate.Event) string {
	switch {
	case e.Act == translate.Machine:
		return word(p, actWords, e.Act)
	case e.By == "":
		return p.T("translate.event", "Act", act(p, e), "Who", p.T("translate.somebody"))
	}
	return p.T("translate.event", "Act", act(p, e), "Who", isolated(e.By))
}

func moments(p *ui.Page, events []translate.Event) []ui.Moment {
	list := make([]ui.Moment, len(events))
	for i, e := range events {
		list[i] = ui.Moment{When: p.P.Day(e.Day), What: who(p, e), Text: isolated(e.Words)}
		if e.Words == "" {
			list[i].Text = ""
		}
		if e.Denies {
			list[i].Text = p.T("translate.denial.said")
		}
	}
	return list
}

// languageOptions are the answers of a question for a language, in their own scripts.
func languageOptions(tags []string) []ui.Option {
	list := make([]ui.Option, len(tags))
	for i, tag := range tags {
		list[i] = ui.Option{Value: tag, Label: languageName(tag), Lang: tag}
	}
	return list
}
