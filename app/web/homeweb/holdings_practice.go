package homeweb

import (
	"maps"

	"portico/app/web/ui"
)

func init() { maps.Copy(holdings, practiceHoldings) }

// practiceHoldings explains the tables of the directory and of the good-practice library.
var practiceHoldings = map[string]holding{
	"directory_entries": {func(p *ui.Page) string { return p.T("hold.directory_entries") }, map[string]class{
		"id": clear, "kind": clear, "name": clear, "country": clear, "city": clear, "also": clear, "languages": clear, "needs": clear,
		"phone": clear, "what": clear, "conditions": clear, "free": clear, "anonymous": clear, "no_papers": clear, "hours": clear,
		"source": clear, "verified_on": clear, "verified_by": random, "edited": clear, "source_hash": hash, "toks": clear, "place": clear,
		"opening": clear, "acts": clear, "tried_on": clear,
	}},
	"directory_relations": {func(p *ui.Page) string { return p.T("hold.directory_relations") }, map[string]class{
		"from_id": clear, "kind": clear, "to_id": clear, "shipped": clear,
	}},
	"directory_state": {func(p *ui.Page) string { return p.T("hold.directory_state") }, map[string]class{"id": clear, "version": clear}},
	"corrections": {func(p *ui.Page) string { return p.T("hold.corrections") }, map[string]class{
		"id": random, "entry": clear, "words": clear, "day": clear, "state": clear,
	}},
	"practices": {func(p *ui.Page) string { return p.T("hold.practices") }, map[string]class{
		"id": clear, "name": clear, "kind": clear, "form": clear, "source": clear, "source_place": clear, "as_of": clear, "country": clear,
		"city": clear, "languages": clear, "started": clear, "ended": clear, "status": clear, "status_note": clear, "peers": clear, "keep": clear,
		"lang": clear, "summary": clear, "sheet": clear, "criteria": clear, "standing": clear, "verified_on": clear, "verified_by": random,
		"edited": clear, "source_hash": hash, "toks": clear, "place": clear,
	}},
	"practice_corrections": {func(p *ui.Page) string { return p.T("hold.practice_corrections") }, map[string]class{
		"id": random, "practice": clear, "words": clear, "day": clear, "state": clear,
	}},
	"practice_interviews": {func(p *ui.Page) string { return p.T("hold.practice_interviews") }, map[string]class{
		"id": random, "practice": clear, "name": clear, "country": clear, "city": clear, "lang": clear, "started": clear, "status": clear,
		"status_note": clear, "peers": clear, "asked": clear, "summary": clear, "answers": clear, "sheet": clear, "criteria": clear,
		"state": clear, "back": clear, "written_by": random, "day": clear, "version": clear,
	}},
}
