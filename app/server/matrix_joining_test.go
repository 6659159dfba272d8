package server_test

import (
	"context"
	"testing"

	"portico/app/onboarding"
	"portico/app/store"
)

// come enters somebody into an organisation and lets her take up her link as a column.
func (m *matrix) come(t *testing.T, org store.ID, column string, readers ...string) store.ID {
	t.Helper()
	r, err := m.Onboarding.Enter(context.Background(), m.who("coordinator"), onboarding.InterestForm{
		Organisation: org, Words: m.say("joining: the words of the "+column, append(readers, column)...), Lang: "en", Way: "other", Insist: true,
	})
	must(t, err)
	m.takeUp(t, column, r.Token)
	m.ids["path"] = append(m.ids["path"], r.ID.String())
	return r.ID
}

func (m *matrix) finish(t *testing.T, column string, path store.ID, step string, f onboarding.FinishForm) {
	t.Helper()
	f.Insist = true
	r, err := m.Onboarding.Finish(context.Background(), m.who(column), path, step, f)
	must(t, err)
	if !r.Stored {
		t.Fatalf("the step %s is not finished", step)
	}
}

// writeJoining brings a candidate through a membership to a no, her appeal and its answer.
func (m *matrix) writeJoining(t *testing.T) {
	t.Helper()
	ctx, boss := context.Background(), m.who("coordinator")
	org, ok := store.ParseID(m.ids["org"][0])
	if !ok {
		t.Fatal("the organisation has no id")
	}
	must(t, m.Onboarding.SavePage(ctx, boss, org, true, 50))
	must(t, m.Onboarding.SaveCriteria(ctx, boss, org, map[string]string{"en": "Keeps what she hears\nComes when she says so\nRespects the others"}))
	path, hers := m.come(t, org, "candidate", coordinators...), append([]string{"candidate"}, coordinators...)
	must(t, m.Onboarding.Plan(ctx, boss, path, onboarding.StepConversation, onboarding.PlanForm{Owner: m.id("mate")}))
	m.finish(t, "mate", path, onboarding.StepConversation, onboarding.FinishForm{Words: m.say("joining: a shared note", append(hers, "mate")...), Share: true})
	m.finish(t, "candidate", path, onboarding.StepExpectations, onboarding.FinishForm{})
	rules, err := m.Onboarding.RulesNow(ctx, "en")
	must(t, err)
	must(t, m.Onboarding.SignRules(ctx, m.who("candidate"), rules.Version, rules.Lang))
	m.finish(t, "coordinator", path, "risk", onboarding.FinishForm{Words: m.say("joining: a note of the coordinators", coordinators...)})
	must(t, m.Onboarding.Plan(ctx, boss, path, onboarding.StepReport, onboarding.PlanForm{Owner: m.id("mate")}))
	m.finish(t, "mate", path, onboarding.StepReport, onboarding.FinishForm{
		Words: m.say("joining: the report to the group", append([]string{"owner", "mate", "other peer"}, coordinators...)...),
	})
	must(t, m.Onboarding.Write(ctx, m.who("candidate"), m.say("joining: her message", hers...), ""))
	must(t, m.Onboarding.Answer(ctx, boss, path, m.say("joining: the answer", hers...), ""))
	m.vote(t, path, hers)
}

func (m *matrix) vote(t *testing.T, path store.ID, hers []string) {
	t.Helper()
	ctx, boss := context.Background(), m.who("coordinator")
	must(t, m.Onboarding.OpenVote(ctx, boss, path, m.Store.DayAfter(5)))
	view, err := m.Onboarding.Path(ctx, boss, path, "en")
	must(t, err)
	vote := view.Votes[0].ID
	no := onboarding.VoteForm{Choice: "no", Criterion: 2, Reason: m.say("joining: the reason of a no", hers...)}
	for _, column := range []string{"owner", "mate", "other peer"} {
		must(t, m.Onboarding.Cast(ctx, m.who(column), vote, no))
	}
	must(t, m.Onboarding.Appeal(ctx, m.who("candidate"), m.say("joining: her appeal", hers...)))
	must(t, m.Onboarding.DecideAppeal(ctx, m.who("payroll"), path, true, m.say("joining: the decision about it", hers...)))
	m.ids["vote"] = []string{vote.String()}
}

// writePanel brings an applicant to an offer, and lets somebody leave with words.
func (m *matrix) writePanel(t *testing.T) {
	t.Helper()
	ctx, boss := context.Background(), m.who("coordinator")
	org := m.organisation(t, "Zanthe Works", "employment")
	m.ids["org"] = append(m.ids["org"], org.String())
	hers := append([]string{"applicant"}, coordinators...)
	path := m.come(t, org, "applicant", append([]string{"leader", "owner"}, coordinators...)...)
	must(t, m.Onboarding.NamePanel(ctx, boss, path, []store.ID{m.id("leader"), m.id("owner")}))
	panel := []string{"leader", "owner"}
	must(t, m.Onboarding.NotePanel(ctx, m.who("leader"), path, m.say("joining: a note of the panel", panel...)))
	must(t, m.Onboarding.NotePanel(ctx, m.who("owner"), path, "Fits well."))
	must(t, m.Onboarding.SettlePanel(ctx, boss, path, true, m.say("joining: what the panel came to", hers...)))
	must(t, m.Onboarding.MakeOffer(ctx, boss, path, m.say("joining: the terms of an offer", "applicant", "coordinator"), m.Store.DayAfter(20)))
	must(t, m.Onboarding.Leave(ctx, m.who("other peer"), onboarding.LeaveForm{
		Reason: "moved", Words: m.say("leaving: her words", "supervisor"), Readers: []store.ID{m.id("supervisor")},
	}))
}
