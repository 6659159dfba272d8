package homeweb

import (
	"maps"

	"portico/app/web/ui"
)

func init() { maps.Copy(holdings, joiningHoldings) }

// joiningHoldings explain how people come in, and how a group names its role.
var joiningHoldings = map[string]holding{
	"joining_pages": {func(p *ui.Page) string { return p.T("hold.joining_pages") }, map[string]class{
		"organisation_id": random, "open": clear, "quorum": clear,
	}},
	"joining_texts": {func(p *ui.Page) string { return p.T("hold.joining_texts") }, map[string]class{
		"organisation_id": random, "lang": clear, "how": clear, "expects": clear, "limits": clear, "pay": clear, "childcare": clear,
	}},
	"joining_criteria": {func(p *ui.Page) string { return p.T("hold.joining_criteria") }, map[string]class{
		"organisation_id": random, "number": clear, "lang": clear, "sentences": clear, "day": clear,
	}},
	"joining_postings": {func(p *ui.Page) string { return p.T("hold.joining_postings") }, map[string]class{
		"id": random, "organisation_id": random, "title": clear, "lang": clear, "hours": clear, "amount": clear, "unit": clear, "currency": clear,
		"from_day": clear, "until_day": clear, "languages": clear, "closed": clear,
	}},
	"candidacies": {func(p *ui.Page) string { return p.T("hold.candidacies") }, map[string]class{
		"id": random, "organisation_id": random, "mode": clear, "way": clear, "posting_id": random, "account_id": random, "lang": clear, "state": clear,
		"words_id": random, "her_words_id": random, "link_mark": hash, "her_box": sealed, "began_day": clear, "ended_day": clear,
	}},
	"candidacy_steps": {func(p *ui.Page) string { return p.T("hold.candidacy_steps") }, map[string]class{
		"candidacy_id": random, "step": clear, "position": clear, "owner_id": random, "due_day": clear, "done_day": clear, "note_id": random, "shared": clear,
	}},
	"candidacy_messages": {func(p *ui.Page) string { return p.T("hold.candidacy_messages") }, map[string]class{
		"id": random, "candidacy_id": random, "from_her": clear, "number": clear, "day": clear, "words_id": random,
	}},
	"rule_signatures": {func(p *ui.Page) string { return p.T("hold.rule_signatures") }, map[string]class{
		"candidacy_id": random, "account_id": random, "version": clear, "lang": clear, "day": clear, "body_hash": hash, "epoch": clear, "sign": public,
	}},
	"joining_votes": {func(p *ui.Page) string { return p.T("hold.joining_votes") }, map[string]class{
		"id": random, "candidacy_id": random, "number": clear, "criteria": clear, "quorum": clear, "opened_by": random, "opened_day": clear,
		"closes_day": clear, "closed_day": clear, "state": clear,
	}},
	"joining_voters": {func(p *ui.Page) string { return p.T("hold.joining_voters") }, map[string]class{
		"vote_id": random, "account_id": random, "staff": clear, "aside": clear,
	}},
	"joining_ballots": {func(p *ui.Page) string { return p.T("hold.joining_ballots") }, map[string]class{
		"vote_id": random, "tag": tag, "staff": clear,
	}},
	"joining_choices": {func(p *ui.Page) string { return p.T("hold.joining_choices") }, map[string]class{
		"id": random, "vote_id": random, "choice": clear, "criterion": clear, "reason_id": random,
	}},
	"joining_appeals": {func(p *ui.Page) string { return p.T("hold.joining_appeals") }, map[string]class{
		"vote_id": random, "candidacy_id": random, "day": clear, "words_id": random, "state": clear, "decided_by": random, "decided_day": clear, "reason_id": random,
	}},
	"panel_members": {func(p *ui.Page) string { return p.T("hold.panel_members") }, map[string]class{
		"candidacy_id": random, "account_id": random, "peer": clear, "day": clear, "note_id": random,
	}},
	"joining_offers": {func(p *ui.Page) string { return p.T("hold.joining_offers") }, map[string]class{
		"candidacy_id": random, "number": clear, "made_by": random, "day": clear, "until_day": clear, "state": clear, "terms_id": random,
	}},
	"farewells": {func(p *ui.Page) string { return p.T("hold.farewells") }, map[string]class{
		"id": random, "month": clear, "words_id": random,
	}},
	"joining_figures": {func(p *ui.Page) string { return p.T("hold.joining_figures") }, map[string]class{
		"organisation_id": random, "year": clear, "what": clear, "number": clear,
	}},
	"title_rounds": {func(p *ui.Page) string { return p.T("hold.title_rounds") }, map[string]class{
		"id": random, "organisation_id": random, "lang": clear, "number": clear, "state": clear, "opened_day": clear, "closes_day": clear, "closed_day": clear, "chosen": clear,
	}},
	"title_proposals": {func(p *ui.Page) string { return p.T("hold.title_proposals") }, map[string]class{
		"id": random, "round_id": random, "words": clear,
	}},
}
