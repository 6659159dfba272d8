package onboardingweb

import (
	"unicode"
	"unicode/utf8"

	"portico/app/onboarding"
	"portico/app/web/request"
	"portico/app/web/ui"
)

// The words for what onboarding keeps as codes. Keys stand here whole, so that a message
// without a use shows up.

var stepWords = map[string]string{
	"interest": "joining.step.interest", "conversation": "joining.step.conversation", "expectations": "joining.step.expectations",
	"rules": "joining.step.rules", "risk": "joining.step.risk", "report": "joining.step.report", "vote": "joining.step.vote",
	"mentor": "joining.step.mentor", "introduction": "joining.step.introduction", "training": "joining.step.training", "pair": "joining.step.pair",
	"check-2": "joining.step.check-2", "check-6": "joining.step.check-6", "check-12": "joining.step.check-12",
	"posting": "joining.step.posting", "application": "joining.step.application", "panel": "joining.step.panel", "offer": "joining.step.offer",
	"contract": "joining.step.contract", "invitation": "joining.step.invitation",
}

// nextWords say to a candidate what happens in a step.
var nextWords = map[string]string{
	"conversation": "joining.next.conversation", "expectations": "joining.next.expectations", "rules": "joining.next.rules",
	"risk": "joining.next.risk", "report": "joining.next.report", "vote": "joining.next.vote", "mentor": "joining.next.mentor",
	"introduction": "joining.next.introduction", "training": "joining.next.training", "pair": "joining.next.pair",
	"check-2": "joining.next.check", "check-6": "joining.next.check", "check-12": "joining.next.check",
	"panel": "joining.next.panel", "offer": "joining.next.offer", "contract": "joining.next.contract",
}

var byWords = map[string]string{
	onboarding.ByHer: "joining.by.her", onboarding.ByOrganisation: "joining.by.organisation", onboarding.ByPeer: "joining.by.peer",
	onboarding.ByGroup: "joining.by.group", onboarding.ByPanel: "joining.by.panel",
}

var modeWords = map[string]string{
	onboarding.Membership: "joining.mode.membership", onboarding.Employment: "joining.mode.employment", onboarding.Consultation: "joining.mode.consultation",
}

var stateWords = map[string]string{
	onboarding.Open: "joining.state.open", onboarding.Here: "joining.state.here", onboarding.Stopped: "joining.state.stopped", onboarding.Refused: "joining.state.refused",
}

var wayWords = map[string]string{
	"self": "joining.way.self", "posting": "joining.way.posting", "staff": "joining.way.staff", "other": "joining.way.other",
}

var voteWords = map[string]string{
	onboarding.VoteOpen: "joining.vote.state.open", onboarding.VoteYes: "joining.vote.state.yes", onboarding.VoteNo: "joining.vote.state.no",
	onboarding.VoteFew: "joining.vote.state.few", onboarding.VoteStaff: "joining.vote.state.staff", onboarding.VoteStopped: "joining.vote.state.stopped",
}

var choiceWords = map[string]string{"yes": "joining.choice.yes", "no": "joining.choice.no", "abstain": "joining.choice.abstain"}

var offerWords = map[string]string{
	onboarding.OfferMade: "joining.offer.state.made", onboarding.OfferAccepted: "joining.offer.state.accepted",
	onboarding.OfferDeclined: "joining.offer.state.declined", onboarding.OfferOver: "joining.offer.state.over",
}

var appealWords = map[string]string{
	onboarding.AppealWaits: "joining.appeal.state.waiting", onboarding.AppealAgain: "joining.appeal.state.again", onboarding.AppealStands: "joining.appeal.state.stands",
}

var reasonWords = map[string]string{
	"moved": "joining.reason.moved", "unpaid": "joining.reason.unpaid", "no-interest": "joining.reason.no-interest", "risk": "joining.reason.risk",
	"job": "joining.reason.job", "health": "joining.reason.health", "conflict": "joining.reason.conflict", "not-said": "joining.reason.not-said",
}

var figureWords = map[string]string{
	"interest": "joining.figure.interest", "joined": "joining.figure.joined", "stopped": "joining.figure.stopped", "refused": "joining.figure.refused",
	"left-moved": "joining.reason.moved", "left-unpaid": "joining.reason.unpaid", "left-no-interest": "joining.reason.no-interest",
	"left-risk": "joining.reason.risk", "left-job": "joining.reason.job", "left-health": "joining.reason.health",
	"left-conflict": "joining.reason.conflict", "left-not-said": "joining.reason.not-said",
}

var unitWords = map[string]string{
	"hour": "peerwork.unit.hour", "task": "peerwork.unit.task", "month": "peerwork.unit.month", "total": "peerwork.unit.total",
}

var roundWords = map[string]string{
	onboarding.Gathering: "joining.title.state.gathering", onboarding.TitleOpen: "joining.title.state.open",
	onboarding.TitleChosen: "joining.title.state.chosen", onboarding.TitleNone: "joining.title.state.none",
}

func word(p *ui.Page, words map[string]string, code string) string {
	if key, ok := words[code]; ok {
		return p.T(key)
	}
	return ""
}

// options makes the answers of a question from codes.
func options(p *ui.Page, codes []string, words map[string]string) []ui.Option {
	var list []ui.Option
	for _, code := range codes {
		list = append(list, ui.Option{Value: code, Label: word(p, words, code)})
	}
	return list
}

func foundThen(f form) string {
	if f.Refuse {
		return f.T("joining.found.mend")
	}
	return f.T("joining.found.then")
}

func buttonKind(f form) ui.ButtonKind {
	if f.Kind == "" {
		return ui.Primary
	}
	return f.Kind
}

// upper begins a heading with a capital, in scripts that have them.
func upper(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + text[size:]
}

// payWords say honestly what a job pays.
func payWords(p *ui.Page, j onboarding.Posting) string {
	if !j.Paid() {
		return p.T("joining.posting.unpaid")
	}
	return j.Amount + " " + j.Currency + " " + word(p, unitWords, j.Unit)
}

// whoWords name who sees to a step, for her and for the team.
func whoWords(p *ui.Page, s onboarding.StepView) string {
	if s.Owner != "" {
		return s.Owner
	}
	return word(p, byWords, s.By())
}

// moments are the steps of a path in their order.
func moments(p *ui.Page, v onboarding.View) []ui.Moment {
	var list []ui.Moment
	for _, s := range v.Steps {
		m := ui.Moment{What: upper(word(p, stepWords, s.Step.Step))}
		switch {
		case s.Done():
			m.When, m.Tone = p.P.Day(*s.DoneDay), ui.Done
		case s.Now:
			m.When = p.T("joining.now")
			m.Text = whoWords(p, s)
			if s.DueDay != nil {
				m.Text = p.T("joining.who.until", "Who", whoWords(p, s), "Day", p.P.Day(*s.DueDay))
			}
			if s.Late {
				m.Tone = ui.Due
			}
		default:
			m.When = p.T("joining.later")
		}
		list = append(list, m)
	}
	return list
}

// languagesOf are the names of the languages of a job.
func languagesOf(p *ui.Page, tags []string) string {
	var names []string
	for _, tag := range tags {
		names = append(names, request.LanguageName(tag))
	}
	return p.P.List(names)
}

// messageFrom says who wrote a message and on which day.
func messageFrom(p *ui.Page, m onboarding.Said, hers bool) string {
	who := p.T("joining.from.team")
	switch {
	case m.FromHer && hers:
		who = p.T("joining.from.you")
	case m.FromHer:
		who = p.T("joining.from.her")
	}
	return who + " · " + p.P.Day(m.Day)
}

// appealDue is the day by which an appeal that waits is answered.
func appealDue(v onboarding.View) string {
	for _, s := range v.Steps {
		if s.Step.Step == onboarding.StepVote && s.DueDay != nil {
			return *s.DueDay
		}
	}
	return v.Appeal.Day
}
