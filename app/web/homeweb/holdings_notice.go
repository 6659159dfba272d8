package homeweb

import (
	"maps"

	"portico/app/web/ui"
)

func init() { maps.Copy(holdings, noticeHoldings) }

// noticeHoldings explains what somebody tells without an account, and the warnings.
var noticeHoldings = map[string]holding{
	"notices": {func(p *ui.Page) string { return p.T("hold.notices") }, map[string]class{
		"id": random, "country": clear, "region": clear, "kind": clear, "wish": clear, "lang": clear, "urgent": clear, "state": clear, "step": clear,
		"goes": clear, "day": clear, "code_hash": hash, "hers": sealed, "last_no": clear, "claimed_by": random, "claimed_until": clear, "keep_until": clear,
	}},
	"notice_parts": {func(p *ui.Page) string { return p.T("hold.notice_parts") }, map[string]class{
		"id": random, "notice_id": random, "no": clear, "sealed_id": random, "day": clear,
	}},
	"tips": {func(p *ui.Page) string { return p.T("hold.tips") }, map[string]class{
		"id": random, "country": clear, "region": clear, "kind": clear, "month": clear, "until": clear,
	}},
	"tip_texts": {func(p *ui.Page) string { return p.T("hold.tip_texts") }, map[string]class{
		"tip_id": random, "lang": clear, "title": clear, "body": clear, "written_by": random, "shown_by": random,
	}},
}
