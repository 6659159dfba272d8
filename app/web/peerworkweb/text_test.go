package peerworkweb_test

import (
	"context"
	"strings"
	"testing"

	"portico/app/member"
	"portico/app/peerwork"
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
	p.who = p.boss
	wants(t, p.get(t, write).body, "begins a new part")
	if a := p.post(t, write, "lang", "", "words", "## Kept"); a.status != 422 || !strings.Contains(a.body, "## Kept</textarea>") {
		t.Errorf("without a language: %d, or the words are gone", a.status)
	}
	if a := p.post(t, write, "lang", "it", "words", "## Ore\n\nSedici <script> ore.\n\n## Paga\n\nA fine mese."); a.to == "" {
		t.Fatalf("keep: %d %s", a.status, a.body)
	}
	wants(t, p.get(t, write+"?in=it").body, "## Ore", "A fine mese.")
	list, err := p.work.ContractsOf(context.Background(), p.peer, p.peer.Role.ID)
	if err != nil || len(list[0].Texts) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	id := list[0].Texts[0].ID.String()
	hers, team := "/work/contract/texts/"+id, "/work/team/texts/"+id

	p.who = p.peer
	wants(t, p.get(t, "/work/contract").body, hers, "The organisation has seen the 60 day mark", "14.00 EUR")
	body := p.get(t, hers).body
	wants(t, body, "1. Ore", "not explained yet", hers+"/parts/2", "0 of 2 parts explained")
	wantsNot(t, body, "<script> ore")
	if a := p.post(t, hers+"/parts/2/explained", "day", "2999-01-01", "lang", "it", "by", "Petra & me"); a.status != 422 || !strings.Contains(a.body, `value="Petra &amp; me"`) {
		t.Errorf("a day that has not come: %d, or her words are gone", a.status)
	}
	if a := p.post(t, hers+"/parts/2/explained", "day", p.Today(), "lang", "it", "by", "Petra"); a.to != hers {
		t.Errorf("tick: %d to %q", a.status, a.to)
	}
	if a := p.post(t, hers+"/parts/1/question", "question", "Anche di domenica?", "nonce", "q"); a.to != hers {
		t.Errorf("ask: %d to %q", a.status, a.to)
	}
	wants(t, p.get(t, hers).body, "1 of 2 parts explained", "The organisation has not answered yet")
	wantsNot(t, p.get(t, hers+"/print").body, hers+"/parts/1", "<form class=\"form\"")
	for _, path := range []string{hers + "/parts/0", hers + "/parts/3", hers + "/parts/x"} {
		if a := p.get(t, path); a.status != 404 {
			t.Errorf("%s: %d", path, a.status)
		}
	}

	p.who = p.boss
	text, err := p.work.Text(context.Background(), p.boss, list[0].Texts[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	question := text.List[0].Questions[0].ID.String()
	wants(t, p.get(t, team+"?answer="+question).body, "Anche di domenica?", team+"/answers/"+question)
	wantsNot(t, p.get(t, team).body, "/explained")
	if a := p.post(t, team+"/answers/"+question, "answer", " "); a.status != 422 {
		t.Errorf("no answer: %d", a.status)
	}
	if a := p.post(t, team+"/answers/"+question, "answer", "No."); a.to != team {
		t.Errorf("answer: %d to %q", a.status, a.to)
	}
	if a := p.post(t, hers+"/parts/1/explained", "day", p.Today(), "lang", "it", "by", "me"); a.status != 404 {
		t.Errorf("the coordinator ticks for her: %d", a.status)
	}
	p.who = p.hire(t, "girasole", member.RolePeer)
	for _, path := range []string{hers, team, hers + "/parts/1"} {
		if a := p.get(t, path); a.status != 404 {
			t.Errorf("another peer, %s: %d", path, a.status)
		}
	}
	p.who = member.Actor{}
	if a := p.post(t, hers+"/parts/1/question", "question", "Kept words"); a.status != 401 || !strings.Contains(a.body, "Kept words") {
		t.Errorf("signed out: %d, or her words are gone", a.status)
	}
	if a := p.post(t, team+"/answers/"+question, "answer", "Kept words"); a.status != 401 || !strings.Contains(a.body, "Kept words") {
		t.Errorf("signed out: %d, or the answer is gone", a.status)
	}
	if a := p.post(t, write, "lang", "it", "words", "Kept words"); a.status != 401 || !strings.Contains(a.body, "Kept words") {
		t.Errorf("signed out: %d, or the text is gone", a.status)
	}
}
