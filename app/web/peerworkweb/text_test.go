package peerworkweb_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/web/webtest"
)

// contract gives the peer a contract that runs and returns it.
func (p *portal) contract(t *testing.T) peerwork.OpenContract {
	t.Helper()
	ctx := context.Background()
	f := peerwork.ContractForm{Kind: "fixed", From: "2026-01-01", To: "2026-04-10", Amount: "14", Unit: "hour", Currency: "EUR"}
	if _, err := p.work.SaveContract(ctx, p.boss, p.peer.Role.ID, f); err != nil {
		t.Fatal(err)
	}
	list, err := p.work.ContractsOf(ctx, p.peer, p.peer.Role.ID)
	if err != nil || len(list) != 1 {
		t.Fatal(err)
	}
	return list[0]
}

func TestATextIsExplainedPartByPart(t *testing.T) {
	p := open(t)
	write := "/work/team/contracts/" + p.contract(t).ID.String() + "/text"
	p.Who = p.boss
	webtest.Wants(t, p.Get(t, write).Body, "begins a new part")
	if a := p.Post(t, write, "lang", "", "words", "## Kept"); a.Status != 422 || !strings.Contains(a.Body, "## Kept</textarea>") {
		t.Errorf("without a language: %d, or the words are gone", a.Status)
	}
	if a := p.Post(t, write, "lang", "it", "words", "## Ore\n\nSedici <script> ore.\n\n## Paga\n\nA fine mese."); a.To == "" {
		t.Fatalf("keep: %d %s", a.Status, a.Body)
	}
	webtest.Wants(t, p.Get(t, write+"?in=it").Body, "## Ore", "A fine mese.")
	list, err := p.work.ContractsOf(context.Background(), p.peer, p.peer.Role.ID)
	if err != nil || len(list[0].Texts) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	id := list[0].Texts[0].ID.String()
	hers, team := "/work/contract/texts/"+id, "/work/team/texts/"+id

	p.Who = p.peer
	webtest.Wants(t, p.Get(t, "/work/contract").Body, hers, "The organisation has seen the 60 day mark", "14.00 EUR")
	body := p.Get(t, hers).Body
	webtest.Wants(t, body, "1. Ore", "not explained yet", hers+"/parts/2", "0 of 2 parts explained")
	webtest.WantsNot(t, body, "<script> ore")
	if a := p.Post(t, hers+"/parts/2/explained", "day", "2999-01-01", "lang", "it", "by", "Petra & me"); a.Status != 422 || !strings.Contains(a.Body, `value="Petra &amp; me"`) {
		t.Errorf("a day that has not come: %d, or her words are gone", a.Status)
	}
	if a := p.Post(t, hers+"/parts/2/explained", "day", p.Today(), "lang", "it", "by", "Petra"); a.To != hers {
		t.Errorf("tick: %d to %q", a.Status, a.To)
	}
	if a := p.Post(t, hers+"/parts/1/question", "question", "Anche di domenica?", "nonce", "q"); a.To != hers {
		t.Errorf("ask: %d to %q", a.Status, a.To)
	}
	webtest.Wants(t, p.Get(t, hers).Body, "1 of 2 parts explained", "The organisation has not answered yet")
	webtest.WantsNot(t, p.Get(t, hers+"/print").Body, hers+"/parts/1", "<form class=\"form\"")
	for _, path := range []string{hers + "/parts/0", hers + "/parts/3", hers + "/parts/x"} {
		if a := p.Get(t, path); a.Status != 404 {
			t.Errorf("%s: %d", path, a.Status)
		}
	}

	p.Who = p.boss
	text, err := p.work.Text(context.Background(), p.boss, list[0].Texts[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	question := text.List[0].Questions[0].ID.String()
	webtest.Wants(t, p.Get(t, team+"?answer="+question).Body, "Anche di domenica?", team+"/answers/"+question)
	webtest.WantsNot(t, p.Get(t, team).Body, "/explained")
	if a := p.Post(t, team+"/answers/"+question, "answer", " "); a.Status != 422 {
		t.Errorf("no answer: %d", a.Status)
	}
	if a := p.Post(t, team+"/answers/"+question, "answer", "No."); a.To != team {
		t.Errorf("answer: %d to %q", a.Status, a.To)
	}
	if a := p.Post(t, hers+"/parts/1/explained", "day", p.Today(), "lang", "it", "by", "me"); a.Status != 404 {
		t.Errorf("the coordinator ticks for her: %d", a.Status)
	}
	p.Who = p.Hire(t, "girasole", member.RolePeer)
	for _, path := range []string{hers, team, hers + "/parts/1"} {
		if a := p.Get(t, path); a.Status != 404 {
			t.Errorf("another peer, %s: %d", path, a.Status)
		}
	}
	p.Who = member.Actor{}
	if a := p.Post(t, hers+"/parts/1/question", "question", "Kept words"); a.Status != 401 || !strings.Contains(a.Body, "Kept words") {
		t.Errorf("signed out: %d, or her words are gone", a.Status)
	}
	if a := p.Post(t, team+"/answers/"+question, "answer", "Kept words"); a.Status != 401 || !strings.Contains(a.Body, "Kept words") {
		t.Errorf("signed out: %d, or the answer is gone", a.Status)
	}
	if a := p.Post(t, write, "lang", "it", "words", "Kept words"); a.Status != 401 || !strings.Contains(a.Body, "Kept words") {
		t.Errorf("signed out: %d, or the text is gone", a.Status)
	}
}
