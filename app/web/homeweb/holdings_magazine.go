package homeweb

import (
	"maps"

	"portico/app/web/ui"
)

func init() { maps.Copy(holdings, magazineHoldings) }

// magazineHoldings explains the tables of the magazine, and of texts that are read aloud.
var magazineHoldings = map[string]holding{
	"magazine_issues": {func(p *ui.Page) string { return p.T("hold.magazine_issues") }, map[string]class{
		"id": random, "number": clear, "title": clear, "month": clear, "lang": clear, "state": clear, "greeting": clear, "imprint": clear,
		"opened_day": clear, "closes_day": clear, "published_day": clear,
	}},
	"magazine_board": {func(p *ui.Page) string { return p.T("hold.magazine_board") }, map[string]class{
		"issue_id": random, "role_account_id": random,
	}},
	"magazine_topics": {func(p *ui.Page) string { return p.T("hold.magazine_topics") }, map[string]class{
		"id": random, "issue_id": random, "words": clear, "readers": clear,
	}},
	"magazine_wants": {func(p *ui.Page) string { return p.T("hold.magazine_wants") }, map[string]class{
		"topic_id": random, "tag": tag,
	}},
	"magazine_pieces": {func(p *ui.Page) string { return p.T("hold.magazine_pieces") }, map[string]class{
		"id": random, "issue_id": random, "place": clear, "title": clear, "body": clear, "sent": clear, "signed": clear, "material_id": random,
		"tag": tag, "state": clear, "board": clear,
	}},
	"magazine_ballots": {func(p *ui.Page) string { return p.T("hold.magazine_ballots") }, map[string]class{
		"piece_id": random, "tag": tag, "choice": clear, "staff": clear, "words": clear,
	}},
	"magazine_copies": {func(p *ui.Page) string { return p.T("hold.magazine_copies") }, map[string]class{
		"id": random, "issue_id": random, "place": clear, "copies": clear,
	}},
	"magazine_said": {func(p *ui.Page) string { return p.T("hold.magazine_said") }, map[string]class{
		"id": random, "issue_id": random, "useful": clear, "plain": clear, "missing": clear,
	}},
	"page_recordings": {func(p *ui.Page) string { return p.T("hold.page_recordings") }, map[string]class{
		"id": random, "page": clear, "lang": clear, "type": clear, "seconds": clear, "size": clear, "sent_by": random, "day": clear,
		"heard_by": random, "heard_day": clear, "bytes": clear,
	}},
	"material_recordings": {func(p *ui.Page) string { return p.T("hold.material_recordings") }, map[string]class{
		"id": random, "material_id": random, "lang": clear, "text_hash": hash, "type": clear, "seconds": clear, "size": clear, "credit": clear,
		"alias": clear, "sent_by": random, "day": clear, "heard_by": random, "heard_day": clear, "bytes": clear,
	}},
}
