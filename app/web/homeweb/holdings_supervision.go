package homeweb

import (
	"maps"

	"portico/app/web/ui"
)

func init() { maps.Copy(holdings, supervisionHoldings) }

// supervisionHoldings explains the tables of supervision.
var supervisionHoldings = map[string]holding{
	"supervision_relations": {func(p *ui.Page) string { return p.T("hold.supervision_relations") }, map[string]class{
		"id": random, "kind": clear, "cadence_days": clear, "outside": clear, "paid": clear, "state": clear, "proposed_by": random,
		"agreement_id": random, "open_day": clear, "next_day": clear, "terms": clear, "review_day": clear, "replaces_id": random, "end_id": random,
	}},
	"supervision_members": {func(p *ui.Page) string { return p.T("hold.supervision_members") }, map[string]class{
		"relation_id": random, "account_id": random, "part": clear, "print": hash, "sign": hash, "since_day": clear, "left_day": clear,
		"added_by": random, "added_sign": hash,
	}},
	"supervision_entries": {func(p *ui.Page) string { return p.T("hold.supervision_entries") }, map[string]class{
		"id": random, "relation_id": random, "form": clear, "held_day": clear, "minutes": clear, "mode": clear, "state": clear, "led_by": random,
		"words_id": random, "choice_id": random, "version": clear,
	}},
	"supervision_present": {func(p *ui.Page) string { return p.T("hold.supervision_present") }, map[string]class{
		"entry_id": random, "account_id": random,
	}},
	"supervision_reads": {func(p *ui.Page) string { return p.T("hold.supervision_reads") }, map[string]class{
		"entry_id": random, "account_id": random, "day": clear,
	}},
	"supervision_codes": {func(p *ui.Page) string { return p.T("hold.supervision_codes") }, map[string]class{
		"code": clear, "entry_id": random, "ends": clear,
	}},
	"supervision_actions": {func(p *ui.Page) string { return p.T("hold.supervision_actions") }, map[string]class{
		"id": random, "entry_id": random, "relation_id": random, "due_day": clear, "done_day": clear,
	}},
	"supervision_links": {func(p *ui.Page) string { return p.T("hold.supervision_links") }, map[string]class{
		"id": random, "relation_id": random, "number": clear, "entry_id": random, "signer_id": random, "epoch": clear, "verdict": clear,
		"day": clear, "proof": clear, "words_id": random, "box_hash": hash, "choice_hash": hash, "words_hash": hash, "prev": hash, "sign": hash, "hash": hash,
	}},
	"supervision_debriefs": {func(p *ui.Page) string { return p.T("hold.supervision_debriefs") }, map[string]class{
		"id": random, "account_id": random, "flagged_day": clear, "due_day": clear, "held_day": clear, "told_id": random, "words_id": random,
	}},
	"supervision_requirements": {func(p *ui.Page) string { return p.T("hold.supervision_requirements") }, map[string]class{
		"id": random, "role": clear, "kind": clear, "minutes": clear, "months": clear, "from_day": clear, "set_by": random,
	}},
}
