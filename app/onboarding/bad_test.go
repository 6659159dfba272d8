package onboarding_test

import (
	"strings"
	"testing"

	"portico/app/fault"
	"portico/app/onboarding"
	"portico/app/store"
)

func TestAFormThatCannotBeIsMended(t *testing.T) {
	w := newWorld(t)
	org := w.orgs["employment"]
	long := strings.Repeat("ж", 3001)
	interest := func(f onboarding.InterestForm) error { _, err := w.in.Interest(ctx, f); return err }
	posting := onboarding.Posting{OrganisationID: org, Title: "Night round", Lang: "en", Hours: "20", FromDay: w.DayAfter(3), UntilDay: w.DayAfter(2)}
	post := func(change func(*onboarding.Posting)) error {
		p := posting
		change(&p)
		return w.in.Post(ctx, w.first, p, "")
	}
	for name, row := range map[string]struct {
		err   error
		field string
	}{
		"interest without words":       {interest(onboarding.InterestForm{Organisation: org, Adult: true, Words: "  "}), "words"},
		"interest without end":         {interest(onboarding.InterestForm{Organisation: org, Adult: true, Words: long}), "words"},
		"interest of a minor":          {interest(onboarding.InterestForm{Organisation: org, Words: "Hello there."}), "adult"},
		"a quorum of nothing":          {w.in.SavePage(ctx, w.first, org, true, 0), "quorum"},
		"a quorum of everything twice": {w.in.SavePage(ctx, w.first, org, true, 200), "quorum"},
		"a text without pay":           {w.in.SaveText(ctx, w.first, onboarding.TextRow{OrganisationID: org, Lang: "en", How: "How.", Expects: "What.", Limits: "Not.", Childcare: "Yes."}), "pay"},
		"a text in no language":        {w.in.SaveText(ctx, w.first, onboarding.TextRow{OrganisationID: org, Lang: "xx", How: "How.", Expects: "What.", Limits: "Not.", Pay: "None.", Childcare: "Yes."}), "how"},
		"no criteria":                  {w.in.SaveCriteria(ctx, w.first, org, nil), "criteria-en"},
		"uneven criteria":              {w.in.SaveCriteria(ctx, w.first, org, map[string]string{"en": "One thing.\nTwo things.", "it": "Una cosa."}), "criteria-it"},
		"a job without a title":        {post(func(p *onboarding.Posting) { p.Title = "" }), "title"},
		"a job of no hours":            {post(func(p *onboarding.Posting) { p.Hours = "0" }), "hours"},
		"a job of a hundred hours":     {post(func(p *onboarding.Posting) { p.Hours = "99" }), "hours"},
		"a job below nothing":          {post(func(p *onboarding.Posting) { p.Amount, p.Unit, p.Currency = "-5", "hour", "EUR" }), "amount"},
		"a job for nothing, as paid":   {post(func(p *onboarding.Posting) { p.Amount, p.Unit, p.Currency = "0,00", "hour", "EUR" }), "amount"},
		"a job without a currency":     {post(func(p *onboarding.Posting) { p.Amount, p.Unit = "5", "hour" }), "unit"},
		"a job that began":             {post(func(p *onboarding.Posting) { p.FromDay = w.DayAfter(-1) }), "from"},
		"a job that nobody can answer": {post(func(p *onboarding.Posting) { p.UntilDay = "2026-02-31" }), "until"},
	} {
		if field(row.err) != row.field {
			t.Errorf("%s: %v, want a word at %s", name, row.err, row.field)
		}
	}
	must(t, post(func(*onboarding.Posting) {}))
	page, err := w.in.Page(ctx, org, "en")
	must(t, err)
	if len(page.Postings) != 1 || page.Postings[0].Paid() {
		t.Errorf("a job without an amount: %+v", page.Postings)
	}
	if err := w.in.Post(ctx, w.first, onboarding.Posting{OrganisationID: w.orgs["membership"], Title: "Night round", Lang: "en", Hours: "20", FromDay: w.DayAfter(3), UntilDay: w.DayAfter(2)}, ""); key(err) != "joining.posting.mode" {
		t.Errorf("a job in a membership: %v", err)
	}
}

func TestWhatIsClosedOrUnknownTakesNobody(t *testing.T) {
	w := newWorld(t)
	org := w.orgs["membership"]
	must(t, w.in.SavePage(ctx, w.first, org, false, 50))
	for name, f := range map[string]onboarding.InterestForm{
		"closed": {Organisation: org, Adult: true, Words: "Hello there."}, "unknown": {Organisation: store.NewID(), Adult: true, Words: "Hello there."},
	} {
		if _, err := w.in.Interest(ctx, f); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := w.in.Page(ctx, org, "en"); !fault.Is(err, fault.NotFound) {
		t.Errorf("the page of a closed organisation: %v", err)
	}
	if _, err := w.in.Interest(ctx, onboarding.InterestForm{Organisation: w.orgs["employment"], Posting: store.NewID(), Adult: true, Words: "Hello there."}); key(err) != "joining.posting.over" {
		t.Errorf("a posting that is none: %v", err)
	}
	r, err := w.in.Enter(ctx, w.peers[0], onboarding.InterestForm{Organisation: org, Words: "She would like to help.", Way: "staff"})
	if err != nil || r.Token == "" {
		t.Errorf("a peer enters somebody: %v", err)
	}
	if _, err := w.in.Enter(ctx, w.peers[0], onboarding.InterestForm{Organisation: w.orgs["employment"], Words: "Hello there.", Way: "staff"}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a peer enters somebody elsewhere: %v", err)
	}
	if _, err := w.in.Enter(ctx, w.first, onboarding.InterestForm{Organisation: org, Words: "Hello there."}); field(err) != "way" {
		t.Errorf("without a way: %v", err)
	}
}

func TestAnOwnerHasToFitTheStep(t *testing.T) {
	w := newWorld(t)
	id, she := w.arrive(t, "membership", "willow", "Hello there.")
	for name, owner := range map[string]store.ID{"a coordinator": w.first.Role.ID, "herself": she.Role.ID, "nobody": store.NewID(), "a supervisor": w.supervisor.Role.ID} {
		if err := w.in.Plan(ctx, w.first, id, "conversation", onboarding.PlanForm{Owner: owner}); field(err) != "owner" {
			t.Errorf("%s leads the conversation: %v", name, err)
		}
	}
	for name, step := range map[string]string{"her own": "expectations", "none": "picnic"} {
		if err := w.in.Plan(ctx, w.first, id, step, onboarding.PlanForm{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("a step that is %s: %v", name, err)
		}
	}
	if err := w.in.Plan(ctx, w.first, id, "conversation", onboarding.PlanForm{Due: w.DayAfter(-1)}); field(err) != "due" {
		t.Errorf("yesterday: %v", err)
	}
	if err := w.in.Plan(ctx, w.first, id, "interest", onboarding.PlanForm{}); err == nil {
		t.Error("a step that is done was planned")
	}
	if _, err := w.in.Finish(ctx, w.first, id, "risk", onboarding.FinishForm{}); key(err) != "joining.step.order" {
		t.Errorf("out of order: %v", err)
	}
	if _, err := w.in.Finish(ctx, w.first, id, "expectations", onboarding.FinishForm{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a coordinator reads for her: %v", err)
	}
	if _, err := w.in.Finish(ctx, w.first, id, "rules", onboarding.FinishForm{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a coordinator signs for her: %v", err)
	}
}
