package homeweb

import (
	"maps"

	"portico/app/web/ui"
)

func init() { maps.Copy(holdings, surveyHoldings) }

// surveyHoldings explains the surveys.
var surveyHoldings = map[string]holding{
	"surveys": {func(p *ui.Page) string { return p.T("hold.surveys") }, map[string]class{
		"id": random, "kind": clear, "audience": clear, "lang": clear, "state": clear, "made_by": random, "shape": clear, "opened_day": clear,
		"closes_day": clear, "ended_day": clear, "closed_day": clear, "figures": clear,
	}},
	"survey_texts": {func(p *ui.Page) string { return p.T("hold.survey_texts") }, map[string]class{
		"survey_id": random, "lang": clear, "title": clear, "intro": clear, "questions": clear, "did": clear,
	}},
	"survey_voices": {func(p *ui.Page) string { return p.T("hold.survey_voices") }, map[string]class{
		"survey_id": random, "tag": tag,
	}},
	"survey_answers": {func(p *ui.Page) string { return p.T("hold.survey_answers") }, map[string]class{
		"id": random, "survey_id": random, "no": clear, "choice": clear,
	}},
	"survey_words": {func(p *ui.Page) string { return p.T("hold.survey_words") }, map[string]class{
		"id": random, "survey_id": random, "no": clear, "sealed_id": random, "keep_until": clear,
	}},
}
