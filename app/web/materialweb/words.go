package materialweb

import (
	"strings"

	"portico/app/material"
	"portico/app/web/ui"
)

// The words for what the area keeps as codes. Keys stand here whole, so that a message
// without a use shows up.

var kindWords = map[material.Kind]string{
	"leaflet":  "material.kind.leaflet",
	"pocket":   "material.kind.pocket",
	"guide":    "material.kind.guide",
	"unit":     "material.kind.unit",
	"magazine": "material.kind.magazine",
	"podcast":  "material.kind.podcast",
	"poster":   "material.kind.poster",
}

var stateWords = map[material.State]string{
	material.Idea:        "material.state.idea",
	material.Drafting:    "material.state.draft",
	material.Consulting:  "material.state.consultation",
	material.Deciding:    "material.state.decision",
	material.Translating: "material.state.translation",
	material.Published:   "material.state.published",
	material.ReviewIsDue: "material.state.review",
	material.Archived:    "material.state.archived",
}

var outcomeWords = map[string]string{
	material.Open:    "material.outcome.open",
	material.Passed:  "material.outcome.passed",
	material.Against: "material.outcome.against",
	material.Few:     "material.outcome.few",
	material.ByStaff: "material.outcome.staff",
	material.Stopped: "material.outcome.stopped",
}

var choiceWords = map[string]string{
	material.Yes:   "material.choice.yes",
	material.No:    "material.choice.no",
	material.Aside: "material.choice.aside",
}

var creditWords = map[material.Credit]string{
	material.NotNamed: "material.credit.none",
	material.ByHandle: "material.credit.handle",
	material.ByAlias:  "material.credit.alias",
}

var useWords = map[material.Use]string{
	material.OnPage:     "material.use.page",
	material.OnPaper:    "material.use.print",
	material.AsAudio:    "material.use.audio",
	material.InMagazine: "material.use.magazine",
	material.InTraining: "material.use.training",
	material.InTalk:     "material.use.talk",
	material.OnNetwork:  "material.use.social",
}

var exposureWords = map[string]string{
	material.ByNobody: "material.recognise.nobody",
	material.ByFew:    "material.recognise.few",
	material.ByMany:   "material.recognise.many",
}

var traceWords = map[string]string{
	"place":   "material.trace.place",
	"face":    "material.trace.face",
	"voice":   "material.trace.voice",
	"details": "material.trace.details",
}

var saidWords = map[string]string{
	material.Herself:   "material.said.herself",
	material.InSpeech:  "material.said.talk",
	material.OnASheet:  "material.said.paper",
	material.ByMessage: "material.said.message",
}

var whyWords = map[string]string{
	"wrong": "material.why.wrong",
	"old":   "material.why.old",
	"harm":  "material.why.harm",
	"asked": "material.why.asked",
}

var subjectWords = map[string]string{
	"health":    "material.subject.health",
	"law":       "material.subject.law",
	"emergency": "material.subject.emergency",
}

var sheetWords = map[string]string{
	"a4":     "material.sheet.a4",
	"pocket": "material.sheet.pocket",
	"other":  "material.sheet.other",
}

var placeWords = map[string]string{
	"clinic":  "material.place.clinic",
	"street":  "material.place.street",
	"shelter": "material.place.shelter",
	"drop-in": "material.place.drop-in",
	"office":  "material.place.office",
	"event":   "material.place.event",
	"other":   "material.place.other",
}

var scaleWords = []string{"material.scale.1", "material.scale.2", "material.scale.3", "material.scale.4", "material.scale.5"}

// Keys are all of them, for the test that each exists.
func keys() (all []string) {
	for _, k := range kindWords {
		all = append(all, k)
	}
	for _, k := range stateWords {
		all = append(all, k)
	}
	for _, k := range useWords {
		all = append(all, k)
	}
	for _, k := range creditWords {
		all = append(all, k)
	}
	for _, words := range []map[string]string{outcomeWords, choiceWords, exposureWords, traceWords, saidWords, whyWords, subjectWords, sheetWords, placeWords} {
		for _, k := range words {
			all = append(all, k)
		}
	}
	return append(all, scaleWords...)
}

func word[K comparable](p *ui.Page, words map[K]string, code K) string {
	if key, ok := words[code]; ok {
		return p.T(key)
	}
	return ""
}

// options are codes with their words, in the order of the codes.
func options[K ~string](p *ui.Page, codes []K, words map[K]string) []ui.Option {
	list := make([]ui.Option, len(codes))
	for i, code := range codes {
		list[i] = ui.Option{Value: string(code), Label: word(p, words, code)}
	}
	return list
}

func fields(text string) []string { return strings.Fields(text) }

func kindOptions(p *ui.Page, all string) []ui.Option {
	var list []ui.Option
	if all != "" {
		list = append(list, ui.Option{Label: all})
	}
	for _, k := range material.Kinds {
		list = append(list, ui.Option{Value: string(k), Label: word(p, kindWords, k)})
	}
	return list
}

// blocks cuts text into passages of lines.
func blocks(text string) [][]string {
	var all [][]string
	for _, part := range material.Parts(text) {
		all = append(all, strings.Split(part, "\n"))
	}
	return all
}

// lengthWords says how long the sentences are.
func lengthWords(p *ui.Page, m material.Measure) string {
	switch m.Length {
	case material.Low:
		return p.T("material.plain.short", "Average", m.Average)
	case material.Middle:
		return p.T("material.plain.middle", "Average", m.Average, "Easy", m.Easy)
	case material.High:
		return p.T("material.plain.long", "Average", m.Average, "Easy", m.Easy)
	}
	return ""
}

// wordWords says how many long words there are.
func wordWords(p *ui.Page, m material.Measure) string {
	switch m.Words {
	case material.Low:
		return p.T("material.plain.words.few", "Share", m.LongWords)
	case material.Middle:
		return p.T("material.plain.words.some", "Share", m.LongWords)
	case material.High:
		return p.T("material.plain.words.many", "Share", m.LongWords)
	}
	return ""
}
