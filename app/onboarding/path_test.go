package onboarding_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/store"
)

func TestAMembershipFromInterestToAPeer(t *testing.T) {
	w := newWorld(t)
	id, she := w.toVote(t, "willow")
	vote := w.open(t, w.first, id)
	for i, p := range w.peers[:3] {
		must(t, w.in.Cast(ctx, p, vote, onboarding.VoteForm{Choice: onboarding.Choices[0]}))
		v, err := w.in.Path(ctx, w.first, id, "en")
		must(t, err)
		if i < 2 && (v.Votes[0].Yes != 0 || v.Votes[0].Voted != 0) {
			t.Errorf("a count is seen while the vote is open: %+v", v.Votes[0].Tally)
		}
	}
	must(t, w.in.StepAside(ctx, w.peers[3], vote)) // the last one: the vote is over
	v, found, err := w.in.Mine(ctx, she, "en")
	must(t, err)
	next, _ := v.Next()
	if !found || v.Votes[0].State != onboarding.VoteYes || next.Step.Step != "mentor" || !v.Signed || !v.Holds {
		t.Fatalf("after the vote: %v %s next %s, signed %v %v", found, v.Votes[0].State, next.Step.Step, v.Signed, v.Holds)
	}
	if _, err := w.in.Finish(ctx, w.first, id, "mentor", onboarding.FinishForm{}); key(err) != "joining.owner.missing" {
		t.Errorf("a mentor without a name: %v", err)
	}
	must(t, w.in.Plan(ctx, w.second, id, "mentor", onboarding.PlanForm{Owner: w.peers[1].Role.ID}))
	for _, step := range []string{"mentor", "introduction", "training"} {
		w.finish(t, w.first, id, step, "")
	}
	must(t, w.in.Plan(ctx, w.first, id, "pair", onboarding.PlanForm{Owner: w.peers[1].Role.ID}))
	if _, err := w.in.Finish(ctx, w.peers[1], id, "pair", onboarding.FinishForm{}); !fault.Is(err, fault.NotFound) {
		t.Errorf("a peer gives a role: %v", err)
	}
	w.finish(t, w.second, id, "pair", "")
	if roles := w.rolesOf(t, she); roles != "peer" {
		t.Errorf("her roles are %q", roles)
	}
	if w.places.at[she.Role.ID] != w.orgs["membership"] {
		t.Error("she has no place")
	}
	key, err := member.PresentKey(ctx, w.DB.DB, she.Role.ID)
	must(t, err)
	if string(key.SignPub) != string(she.Role.Identity.SignPublic()) {
		t.Error("her keys have changed")
	}
	w.finish(t, w.first, id, "check-2", "")
	if v, _, err := w.in.Mine(ctx, she, "en"); err != nil || v.State != onboarding.Here || v.Steps[v.At].Step.Step != "check-6" {
		t.Errorf("after the first talk: %s %v", v.State, err)
	}
}

func (w *world) rolesOf(t *testing.T, who member.Actor) string {
	t.Helper()
	var row member.RoleAccount
	must(t, w.DB.DB.Where("id = ?", who.Role.ID).First(&row).Error)
	return row.Roles
}

func TestAnEmploymentWithItsPanelAndOffer(t *testing.T) {
	w := newWorld(t)
	posting := onboarding.Posting{OrganisationID: w.orgs["employment"], Title: "Night round", Lang: "en", Hours: "20", Amount: "14,20", Unit: "hour",
		Currency: "EUR", FromDay: w.DayAfter(30), UntilDay: w.DayAfter(20), Languages: "en fr"}
	must(t, w.in.Post(ctx, w.first, posting, "a"))
	must(t, w.in.Post(ctx, w.first, posting, "a")) // the same form once more
	page, err := w.in.Page(ctx, w.orgs["employment"], "en")
	must(t, err)
	if len(page.Postings) != 1 {
		t.Fatalf("%d postings", len(page.Postings))
	}
	r, err := w.in.Interest(ctx, onboarding.InterestForm{Organisation: w.orgs["employment"], Posting: page.Postings[0].ID, Words: "The copper kettle words.", Lang: "fr", Adult: true})
	must(t, err)
	she := w.takeUp(t, "willow", func(context.Context) (string, error) { return r.Token, nil })
	panel := []store.ID{w.first.Role.ID, w.supervisor.Role.ID}
	if err := w.in.NamePanel(ctx, w.first, r.ID, panel); key(err) != "joining.panel.peer" {
		t.Errorf("a panel without a peer: %v", err)
	}
	panel = append(panel, w.peers[0].Role.ID)
	must(t, w.in.NamePanel(ctx, w.first, r.ID, panel))
	v, criteria, err := w.in.PanelFor(ctx, w.peers[0], r.ID, "fr")
	must(t, err)
	if v.Words != "The copper kettle words." || len(criteria) != 2 || criteria[0] != "Parle avec douceur." {
		t.Errorf("the panel reads %q and %v", v.Words, criteria)
	}
	if _, _, err := w.in.PanelFor(ctx, w.peers[1], r.ID, "fr"); !fault.Is(err, fault.NotFound) {
		t.Errorf("somebody who is not of the panel: %v", err)
	}
	must(t, w.in.NotePanel(ctx, w.peers[0], r.ID, "The velvet note of the panel."))
	if err := w.in.SettlePanel(ctx, w.first, r.ID, true, ""); key(err) != "joining.panel.waits" {
		t.Errorf("settled too early: %v", err)
	}
	must(t, w.in.NotePanel(ctx, w.first, r.ID, "Kind."))
	must(t, w.in.NotePanel(ctx, w.supervisor, r.ID, "Careful."))
	if err := w.in.NotePanel(ctx, w.supervisor, r.ID, "Again."); key(err) != "joining.panel.once" {
		t.Errorf("a second note: %v", err)
	}
	if path, err := w.in.Path(ctx, w.second, r.ID, "en"); err != nil || path.Panel[0].Note+path.Panel[1].Note+path.Panel[2].Note != "" {
		t.Errorf("a coordinator outside the panel reads its notes: %+v %v", path.Panel, err)
	}
	must(t, w.in.SettlePanel(ctx, w.first, r.ID, true, ""))
	must(t, w.in.MakeOffer(ctx, w.first, r.ID, "Twenty amber hours.", w.DayAfter(10)))
	must(t, w.in.AnswerOffer(ctx, she, 1, false))
	must(t, w.in.MakeOffer(ctx, w.first, r.ID, "Twenty four amber hours.", w.DayAfter(10)))
	if err := w.in.AnswerOffer(ctx, she, 1, true); key(err) != "joining.offer.over" {
		t.Errorf("the old offer: %v", err)
	}
	must(t, w.in.AnswerOffer(ctx, she, 2, true))
	mine, _, err := w.in.Mine(ctx, she, "en")
	must(t, err)
	if next, _ := mine.Next(); next.Step.Step != "contract" || mine.Offers[0].Terms != "Twenty four amber hours." {
		t.Errorf("after the offer: %s %q", next.Step.Step, mine.Offers[0].Terms)
	}
	if other, err := w.in.Path(ctx, w.second, r.ID, "en"); err != nil || other.Offers[0].Terms != "" {
		t.Errorf("another coordinator reads the terms: %v", err)
	}
}

func TestAConsultationHasNoDutiesAndNothingIsLate(t *testing.T) {
	w := newWorld(t)
	id, she := w.arrive(t, "consultation", "willow", "I can tell you about waiting rooms.")
	must(t, w.in.SignRules(ctx, she, house.version, "en"))
	v, _, err := w.in.Mine(ctx, she, "en")
	must(t, err)
	if v.State != onboarding.Here || w.rolesOf(t, she) != "candidate" {
		t.Errorf("she is %s as %s", v.State, w.rolesOf(t, she))
	}
	if err := w.in.OpenVote(ctx, w.first, id, w.DayAfter(3)); key(err) != "joining.step.order" {
		t.Errorf("a vote in a consultation: %v", err)
	}
	w.Time.Advance(400 * 24 * time.Hour)
	running, _, err := w.in.List(ctx, w.first)
	must(t, err)
	for _, l := range running {
		if l.Late {
			t.Error("something is late in a consultation")
		}
	}
	must(t, w.in.Stop(ctx, she))
	must(t, w.in.Stop(ctx, she))
	if v, _, err := w.in.Mine(ctx, she, "en"); err != nil || v.State != onboarding.Stopped {
		t.Errorf("after stopping: %s %v", v.State, err)
	}
}

func TestOnlyTheOrganisationIsEverLate(t *testing.T) {
	w := newWorld(t)
	id, she := w.arrive(t, "membership", "willow", "Hello there.")
	w.Time.Advance(30 * 24 * time.Hour)
	late := func() bool {
		running, _, err := w.in.List(ctx, w.first)
		must(t, err)
		return running[0].Late
	}
	if !late() {
		t.Error("a conversation that nobody held is not late")
	}
	must(t, w.in.Plan(ctx, w.first, id, "conversation", onboarding.PlanForm{Owner: w.peers[0].Role.ID, Due: w.DayAfter(3)}))
	w.finish(t, w.peers[0], id, "conversation", "")
	w.Time.Advance(200 * 24 * time.Hour)
	if late() {
		t.Error("what she has to read herself is called late")
	}
	if v, _, err := w.in.Mine(ctx, she, "en"); err != nil || v.Steps[v.At].Late {
		t.Errorf("on her own page as well: %v", err)
	}
}

func TestALinkIsUsedOnceAndALostOneIsReplaced(t *testing.T) {
	w := newWorld(t)
	r, err := w.in.Interest(ctx, onboarding.InterestForm{Organisation: w.orgs["membership"], Words: "A sentence of juniper.", Adult: true, Nonce: "n"})
	must(t, err)
	if _, err := w.in.Interest(ctx, onboarding.InterestForm{Organisation: w.orgs["membership"], Words: "A sentence of juniper.", Adult: true, Nonce: "n"}); !fault.Is(err, fault.Conflict) {
		t.Errorf("the same form twice: %v", err)
	}
	token, err := w.in.NewLink(ctx, w.second, r.ID)
	must(t, err)
	if _, err := w.members.ReadLink(ctx, r.Token, "x"); !fault.Is(err, fault.NotFound) {
		t.Errorf("the lost link still works: %v", err)
	}
	she := w.takeUp(t, "willow", func(context.Context) (string, error) { return token, nil })
	v, found, err := w.in.Mine(ctx, she, "en")
	must(t, err)
	if !found || v.Words != "A sentence of juniper." {
		t.Errorf("she reads %q", v.Words)
	}
	if _, err := w.in.NewLink(ctx, w.first, r.ID); key(err) != "joining.link.used" {
		t.Errorf("a link for somebody who has come: %v", err)
	}
	if _, err := w.members.OfferRoles(ctx, w.first, []member.Role{member.RoleCandidate}); err == nil {
		t.Error("a coordinator's own link gives the role of a candidate")
	}
	if she.Colleague() || strings.Contains(w.Dump(t), "juniper") {
		t.Error("she is a colleague already, or her words lie open")
	}
}

func TestWhatStoppedIsForgottenAfterHalfAYear(t *testing.T) {
	w := newWorld(t)
	id, she := w.toVote(t, "willow")
	vote := w.open(t, w.first, id)
	must(t, w.in.Cast(ctx, w.peers[0], vote, onboarding.VoteForm{Choice: "no", Criterion: 1, Reason: "Too soon."}))
	must(t, w.in.Write(ctx, she, "When will I hear?", "m"))
	must(t, w.in.Stop(ctx, she))
	if err := w.in.Cast(ctx, w.peers[1], vote, onboarding.VoteForm{Choice: "yes"}); key(err) != "joining.vote.over" {
		t.Errorf("a vote about somebody who stopped: %v", err)
	}
	var before, after int64
	must(t, w.DB.DB.Table("sealed").Count(&before).Error)
	w.Time.Advance(170 * 24 * time.Hour)
	must(t, w.in.Retain(ctx))
	if _, found, err := w.in.Mine(ctx, she, "en"); !found || err != nil {
		t.Errorf("forgotten too early: %v", err)
	}
	w.Time.Advance(20 * 24 * time.Hour)
	must(t, w.in.Retain(ctx))
	must(t, w.DB.DB.Table("sealed").Count(&after).Error)
	if before == 0 || after != 0 {
		t.Errorf("%d sealed records before, %d after", before, after)
	}
	for _, table := range []string{"candidacies", "candidacy_steps", "candidacy_messages", "rule_signatures", "joining_votes", "joining_voters", "joining_ballots", "joining_choices"} {
		var n int64
		if must(t, w.DB.DB.Table(table).Count(&n).Error); n != 0 {
			t.Errorf("%s still has %d rows", table, n)
		}
	}
	if w.rolesOf(t, she) != "" {
		t.Error("her role account is still there")
	}
	figures, err := w.in.Figures(ctx, w.first)
	must(t, err)
	if len(figures) == 0 {
		t.Error("the figures are gone as well")
	}
}

func TestADeletedAccountTakesItsPathAlong(t *testing.T) {
	w := newWorld(t)
	_, she := w.arrive(t, "membership", "willow", "Hello there.")
	must(t, w.in.Erase(ctx, w.DB.DB, she, true))
	if _, found, err := w.in.Mine(ctx, she, "en"); found || err != nil {
		t.Errorf("her path is still there: %v", err)
	}
}
