package peerwork_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/peerwork"
	"portico/app/store"
)

// TestContractsOnOneDay is the table of what may stand beside a contract that runs from
// January to December 2026.
func TestContractsOnOneDay(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	if _, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, contract()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, from, to string
		kind           string
		additional     bool
		field          string // "" when it is kept
	}{
		{"the same days", "2026-01-01", "2026-12-31", "fixed", false, "from"},
		{"its last day", "2026-12-31", "2027-12-31", "fixed", false, "from"},
		{"its first day", "2025-01-01", "2026-01-01", "fixed", false, "from"},
		{"inside it", "2026-03-01", "2026-04-01", "fixed", false, "from"},
		{"around it", "2025-01-01", "2027-01-01", "fixed", false, "from"},
		{"without an end from within", "2026-06-01", "", "permanent", false, "from"},
		{"another kind that nobody marked", "2026-03-01", "2026-04-01", "board", false, "from"},
		{"an additional one of the same kind", "2026-03-01", "2026-04-01", "fixed", true, "additional"},
		{"an additional one of another kind", "2026-03-01", "2026-04-01", "board", true, ""},
		{"the day after it", "2027-01-01", "2027-12-31", "fixed", false, ""},
		{"the day before it", "2025-01-01", "2025-12-31", "fixed", false, ""},
		{"without an end, after the one after it", "2028-01-01", "", "permanent", false, ""},
		{"after one without an end", "2030-01-01", "2030-12-31", "fixed", false, "from"},
	} {
		f := contract()
		f.From, f.To, f.Kind, f.Additional, f.FundingEnds = c.from, c.to, c.kind, c.additional, ""
		_, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f)
		e := fault.As(err)
		if c.field == "" && err != nil || c.field != "" && (e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != c.field) {
			t.Errorf("%s: got %v; want the field %q to mend", c.name, err, c.field)
		}
	}
	if got := w.label(t); !got.Paid {
		t.Errorf("the label is %+v while a paid contract runs and others wait", got)
	}
}

func TestALabelFollowsTheContractsAsDaysGoBy(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	save := func(alter func(*peerwork.ContractForm)) {
		t.Helper()
		f := contract()
		f.FundingEnds, f.Known = "", true
		alter(&f)
		if _, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f); err != nil {
			t.Fatal(err)
		}
	}
	save(func(f *peerwork.ContractForm) { f.Kind, f.From, f.To = "voucher", "2026-03-01", "2026-03-31" })
	save(func(f *peerwork.ContractForm) { f.From, f.To = "2026-04-01", "2026-04-30" })
	save(func(f *peerwork.ContractForm) { f.From, f.To = "2026-05-01", "2026-05-31" })
	save(func(f *peerwork.ContractForm) { f.Kind, f.From, f.To = "project", "2026-07-01", "2026-12-31" })
	for _, c := range []struct {
		days int // that go by
		want peerwork.Label
	}{
		{0, peerwork.Label{Kind: "voucher"}},
		{30, peerwork.Label{Paid: true, Kind: "fixed"}},   // 6 April
		{40, peerwork.Label{Paid: true, Kind: "fixed"}},   // 16 May
		{30, peerwork.Label{Kind: "project"}},             // 15 June, between two
		{30, peerwork.Label{Paid: true, Kind: "project"}}, // 15 July
		{200, peerwork.Label{Kind: "project"}},
	} {
		w.Time.Advance(time.Duration(c.days) * 24 * time.Hour)
		if err := w.work.RenewLabels(ctx); err != nil {
			t.Fatal(err)
		}
		if got := w.label(t); got != c.want {
			t.Errorf("on %s: %+v; want %+v", w.Today(), got, c.want)
		}
	}
}

func TestAnEndIsToldAt90And60And30Days(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	f := contract()
	f.To, f.FundingEnds = "2026-12-31", "2026-09-30" // the money ends first
	if _, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f); err != nil {
		t.Fatal(err)
	}
	at := func(day string) {
		t.Helper()
		then, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		w.Time.Advance(then.Add(12 * time.Hour).Sub(w.Time.Now()))
	}
	for _, c := range []struct {
		day  string
		step int
	}{{"2026-07-01", 0}, {"2026-07-02", 90}, {"2026-08-01", 60}, {"2026-08-31", 30}, {"2026-09-30", 30}, {"2026-10-01", 0}} {
		at(c.day)
		for _, who := range []member.Actor{w.peer, w.first, w.second} {
			alert, found, err := w.work.AlertFor(ctx, who, w.peer.Role.ID)
			if err != nil || alert.Step != c.step || found != (c.step > 0) {
				t.Errorf("on %s %s sees step %d, %v; want %d", c.day, who.Role.Handle, alert.Step, err, c.step)
			}
		}
	}
	if _, _, err := w.work.AlertFor(ctx, w.hire(t, "girasole", member.RolePeer), w.peer.Role.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("another peer: got %v", err)
	}
	at("2026-12-01")
	if alert, _, err := w.work.AlertFor(ctx, w.peer, w.peer.Role.ID); err != nil || alert.Step != 30 || alert.Ends != "2026-12-31" {
		t.Errorf("after its money the contract itself ends: %+v, %v", alert, err)
	}
	f = contract()
	f.From, f.To, f.FundingEnds = "2027-01-01", "2027-03-31", ""
	if _, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f); err != nil {
		t.Fatal(err)
	}
	at("2027-03-01")
	if alert, found, err := w.work.AlertFor(ctx, w.peer, w.peer.Role.ID); err != nil || !found || alert.Step != 30 || alert.Ends != "2027-03-31" {
		t.Errorf("the next contract: %+v, %v", alert, err)
	}
	f.From, f.To = "2027-04-01", "2027-12-31"
	if _, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, f); err != nil {
		t.Fatal(err)
	}
	if alert, found, err := w.work.AlertFor(ctx, w.peer, w.peer.Role.ID); err != nil || found {
		t.Errorf("what goes on is told as an end: %+v, %v", alert, err)
	}
}

const pact = "What we agree.\n\n## Hours\n\nSixteen hours of *velvet* work.\n\n## Pay\n\n- by the hour\n- at the end of the month"

// text keeps a text of the peer's contract and returns its number.
func (w *world) text(t *testing.T, lang, words string) store.ID {
	t.Helper()
	ctx := context.Background()
	if w.inForce(t).IsZero() {
		if _, err := w.work.SaveContract(ctx, w.first, w.peer.Role.ID, contract()); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.work.SaveText(ctx, w.first, w.inForce(t), peerwork.TextForm{Lang: lang, Words: words}); err != nil {
		t.Fatal(err)
	}
	list, err := w.work.ContractsOf(ctx, w.peer, w.peer.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range list[0].Texts {
		if one.Lang == lang {
			return one.ID
		}
	}
	t.Fatalf("no text in %s among %+v", lang, list[0].Texts)
	return store.ID{}
}

func TestOnlySheTicksThatAPartWasExplained(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.text(t, "ar", pact)
	good := peerwork.ExplainForm{Day: w.Today(), Lang: "ar", By: "Bahia, the mediator with the granite voice"}
	stranger := w.hire(t, "girasole", member.RolePeer)
	for name, who := range map[string]member.Actor{
		"the coordinator who saved it": w.first, "a coordinator who is a peer": w.second, "another peer": stranger, "a member": w.Join(t, w.members), "a visitor": {},
	} {
		tick := w.work.Explain(ctx, who, id, 1, good)
		ask := w.work.AskAbout(ctx, who, id, peerwork.AskForm{Part: 1, Words: "What is that?"})
		if !fault.Is(tick, fault.NotFound) || !fault.Is(ask, fault.NotFound) {
			t.Errorf("%s ticks and asks: %v, %v", name, tick, ask)
		}
	}
	for name, c := range map[string]struct {
		f     peerwork.ExplainForm
		field string
	}{
		"tomorrow":          {peerwork.ExplainForm{Day: w.DayAfter(1), Lang: "ar", By: "x"}, "day"},
		"before it existed": {peerwork.ExplainForm{Day: w.DayAfter(-1), Lang: "ar", By: "x"}, "day"},
		"no language":       {peerwork.ExplainForm{Day: w.Today(), By: "x"}, "lang"},
		"by nobody":         {peerwork.ExplainForm{Day: w.Today(), Lang: "ar", By: " "}, "by"},
	} {
		if e := fault.As(w.work.Explain(ctx, w.peer, id, 1, c.f)); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != c.field {
			t.Errorf("%s: got %v; want the field %s", name, e, c.field)
		}
	}
	for _, part := range []int{0, 4, -1} {
		if err := w.work.Explain(ctx, w.peer, id, part, good); !fault.Is(err, fault.NotFound) {
			t.Errorf("part %d: got %v", part, err)
		}
	}
	for range 2 {
		if err := w.work.Explain(ctx, w.peer, id, 2, good); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if err := w.work.AskAbout(ctx, w.peer, id, peerwork.AskForm{Part: 3, Words: "Also in marzipan months?", Nonce: "one"}); err != nil {
			t.Fatal(err)
		}
	}
	read := func(who member.Actor) peerwork.OpenText {
		t.Helper()
		o, err := w.work.Text(ctx, who, id)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	o := read(w.first)
	if len(o.List) != 3 || o.Done != 1 || o.List[1].Tick == nil || o.List[1].Explained.By != good.By || o.Mine || len(o.List[2].Questions) != 1 || o.List[2].Title != "Pay" {
		t.Fatalf("the coordinator reads %+v", o)
	}
	question := o.List[2].Questions[0].ID
	if _, err := w.work.AnswerAbout(ctx, w.peer, question, "Yes."); !fault.Is(err, fault.NotFound) {
		t.Errorf("the peer answers herself: got %v", err)
	}
	if _, err := w.work.AnswerAbout(ctx, w.second, question, "Also then, in nougat."); err != nil {
		t.Fatal(err)
	}
	if _, err := w.work.AnswerAbout(ctx, w.first, question, "No."); !fault.Is(err, fault.Conflict) {
		t.Errorf("a second answer: got %v", err)
	}
	if o = read(w.peer); !o.Mine || !o.Newest || o.List[2].Questions[0].Answer != "Also then, in nougat." {
		t.Errorf("she reads %+v", o)
	}
	dump := w.Dump(t)
	for _, words := range []string{"velvet", "granite", "marzipan", "nougat"} {
		if strings.Contains(dump, words) {
			t.Errorf("%q is readable in a stolen database", words)
		}
	}
}

func TestAChangedTextBeginsAnewAndTheSameTextDoesNot(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.text(t, "it", pact)
	f := peerwork.ExplainForm{Day: w.Today(), Lang: "it", By: "Petra"}
	if err := w.work.Explain(ctx, w.peer, id, 1, f); err != nil {
		t.Fatal(err)
	}
	if again := w.text(t, "it", pact+"\n\n"); again != id {
		t.Error("the same words made a new version")
	}
	next := w.text(t, "it", strings.Replace(pact, "Sixteen", "Twenty", 1))
	if next == id {
		t.Fatal("other words made no new version")
	}
	o, err := w.work.Text(ctx, w.peer, next)
	if err != nil || o.Version != 2 || o.Done != 0 || !o.Newest {
		t.Errorf("the new version: %+v, %v; want no tick", o, err)
	}
	if o, err = w.work.Text(ctx, w.peer, id); err != nil || o.Done != 1 || o.Newest {
		t.Errorf("the version before: %+v, %v; want its tick", o, err)
	}
	if err := w.work.Explain(ctx, w.peer, id, 2, f); !fault.Is(err, fault.Conflict) {
		t.Errorf("a tick under the version before: got %v", err)
	}
	for name, c := range map[string]struct{ words, lang, field string }{
		"no words":       {" ", "it", "words"},
		"too many parts": {strings.Repeat("## A\n\nb\n", peerwork.MostParts+1), "it", "words"},
		"a long part":    {strings.Repeat("a", peerwork.LongestPart+1), "it", "words"},
		"no language":    {pact, "", "lang"},
	} {
		err := w.work.SaveText(ctx, w.first, w.inForce(t), peerwork.TextForm{Lang: c.lang, Words: c.words})
		if e := fault.As(err); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != c.field {
			t.Errorf("%s: got %v; want the field %s", name, err, c.field)
		}
	}
	if err := w.work.SaveText(ctx, w.peer, w.inForce(t), peerwork.TextForm{Lang: "it", Words: pact}); !fault.Is(err, fault.NotFound) {
		t.Errorf("she writes her own contract: got %v", err)
	}
	if parts := peerwork.SplitParts(peerwork.JoinParts(peerwork.SplitParts(pact))); len(parts) != 3 || parts[0].Title != "" || parts[2].Words != "- by the hour\n- at the end of the month" {
		t.Errorf("a text that goes through the form comes back as %+v", parts)
	}
}

func TestTwoPeopleLetANewCoordinatorReadAndSheIsTold(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	third := w.hire(t, "ginestra", member.RoleAdmin)
	if err := w.members.SetUpRecovery(ctx, w.first, w.second.Role.ID, third.Role.ID); err != nil {
		t.Fatal(err)
	}
	id := w.text(t, "it", pact)
	w.assess(t, w.peer)
	late := w.hire(t, "papavero", member.RoleCoordinator)
	if err := w.members.AskRecovery(ctx, w.first, member.RecoveryAsk{Purpose: member.PurposeRead, For: late.Role.ID, Why: "She takes over."}); err != nil {
		t.Fatal(err)
	}
	state, err := w.members.RecoveryNow(ctx, third)
	if err != nil || len(state.Requests) != 1 {
		t.Fatalf("%+v, %v", state, err)
	}
	if openings, err := w.work.Openings(ctx, w.peer); err != nil || len(openings) != 0 {
		t.Errorf("before it is opened she is told %+v, %v", openings, err)
	}
	if n, err := w.members.ConfirmRecovery(ctx, third, state.Requests[0].ID); err != nil || n != 3 {
		t.Fatalf("%d records, %v; want contract, text and risk", n, err)
	}
	if o, err := w.work.Text(ctx, late, id); err != nil || o.Locked {
		t.Errorf("the new coordinator reads the text: %v", err)
	}
	openings, err := w.work.Openings(ctx, w.peer)
	if err != nil || len(openings) != 1 || openings[0].Records != 3 || openings[0].For != "papavero" || openings[0].Asked != w.first.Role.Handle {
		t.Errorf("she is told %+v, %v", openings, err)
	}
	if _, err := w.work.Openings(ctx, late); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody who is no peer: got %v", err)
	}
}
