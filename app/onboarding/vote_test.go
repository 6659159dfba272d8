package onboarding_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/store"
)

// TestTheOutcomeOfAVoteIsItsCount lets random groups with random quorums vote, and compares
// what becomes of the vote with a count of its own.
func TestTheOutcomeOfAVoteIsItsCount(t *testing.T) {
	w := newWorld(t)
	random := rand.New(rand.NewPCG(7, 11))
	for len(w.peers) < 9 {
		var roles = []member.Role{member.RolePeer}
		if len(w.peers) >= 7 {
			roles = append(roles, member.RoleCoordinator)
		}
		w.peers = append(w.peers, w.hire(t, fmt.Sprintf("peer-%c", 'a'+len(w.peers)), roles...))
	}
	id, _ := w.toVote(t, "willow")
	for round := range 40 {
		w.place(3 + random.IntN(len(w.peers)-2))
		quorum := 1 + random.IntN(100)
		must(t, w.in.SavePage(ctx, w.first, w.orgs["membership"], true, quorum))
		must(t, w.DB.DB.Exec("DELETE FROM joining_voters").Error)
		must(t, w.DB.DB.Exec("DELETE FROM joining_votes").Error) // each round is the first vote
		want := w.playRound(t, random, id, quorum)
		if want != "" {
			t.Fatalf("round %d: %s", round, want)
		}
	}
}

// place leaves the first n peers with the organisation.
func (w *world) place(n int) {
	w.places.at = map[store.ID]store.ID{}
	for _, p := range w.peers[:n] {
		w.places.at[p.Role.ID] = w.orgs["membership"]
	}
}

// playRound lets a vote happen and says what was wrong with it.
func (w *world) playRound(t *testing.T, random *rand.Rand, id store.ID, quorum int) string {
	t.Helper()
	must(t, w.DB.DB.Exec("UPDATE candidacies SET state = 'open', ended_day = NULL WHERE id = ?", id).Error)
	must(t, w.DB.DB.Exec("UPDATE candidacy_steps SET done_day = NULL WHERE step = 'vote'").Error)
	vote := w.open(t, w.first, id)
	voters, staff, cast := 0, 0, map[string]int{}
	for _, p := range w.peers {
		if w.places.at[p.Role.ID].IsZero() {
			continue
		}
		switch choice := random.IntN(6); choice {
		case 0, 1, 2, 3:
			form := onboarding.VoteForm{Choice: onboarding.Choices[choice%3], Criterion: 1, Reason: "For a reason."}
			must(t, w.in.Cast(ctx, p, vote, form))
			voters++
			cast[form.Choice]++
			if p.Has(member.RoleCoordinator) {
				staff++
			}
		case 4:
			must(t, w.in.StepAside(ctx, p, vote))
		default:
			voters++ // she stays away
		}
	}
	w.Time.Advance(6 * 24 * time.Hour)
	must(t, w.in.CloseDue(ctx))
	path, err := w.in.Path(ctx, w.first, id, "en")
	must(t, err)
	got := path.Votes[0]
	voted := cast["yes"] + cast["no"] + cast["abstain"]
	want := "no"
	switch {
	case voters < 3 || voted < 3 || voted*100 < quorum*voters:
		want = "few"
	case staff*2 >= voted:
		want = "staff"
	case cast["yes"] > cast["no"]:
		want = "yes"
	}
	if got.State != want || got.Yes != cast["yes"] || got.No != cast["no"] || got.Abstain != cast["abstain"] || got.Voters != voters {
		return fmt.Sprintf("%s with %+v; want %s with %v of %d, quorum %d", got.State, got.Tally, want, cast, voters, quorum)
	}
	return ""
}

func TestNoRowJoinsAVoterToAVote(t *testing.T) {
	w := newWorld(t)
	id, _ := w.toVote(t, "willow")
	vote := w.open(t, w.first, id)
	must(t, w.in.Cast(ctx, w.peers[0], vote, onboarding.VoteForm{Choice: "no", Criterion: 2, Reason: "A reason of walnut."}))
	must(t, w.in.Cast(ctx, w.peers[1], vote, onboarding.VoteForm{Choice: "yes"}))
	for _, table := range []string{"joining_ballots", "joining_choices"} {
		var rows []map[string]any
		must(t, w.DB.DB.Table(table).Find(&rows).Error)
		for _, row := range rows {
			text := fmt.Sprintf("%x %v", row, row)
			for _, p := range w.peers {
				if strings.Contains(text, fmt.Sprintf("%x", p.Role.ID[:])) || strings.Contains(text, fmt.Sprintf("%x", p.Account[:])) {
					t.Errorf("%s names somebody", table)
				}
			}
		}
	}
	var tags, ids []string
	must(t, w.DB.DB.Table("joining_ballots").Pluck("tag", &tags).Error)
	must(t, w.DB.DB.Table("joining_choices").Pluck("id", &ids).Error)
	for _, tag := range tags {
		for _, one := range ids {
			if tag == one {
				t.Error("a tag stands beside a choice")
			}
		}
	}
	if len(tags) != 2 || len(ids) != 2 || strings.Contains(w.Dump(t), "walnut") {
		t.Errorf("%d ballots, %d choices, or a reason lies open", len(tags), len(ids))
	}
	must(t, w.Store.Shuffle(ctx))
}

func TestAVoteRefusesWhatCannotBe(t *testing.T) {
	w := newWorld(t)
	early, _ := w.arrive(t, "membership", "elm", "Hello there.")
	id, she := w.toVote(t, "willow")
	open := func(who member.Actor, id store.ID, day string) error { return w.in.OpenVote(ctx, who, id, day) }
	for name, row := range map[string]struct {
		err error
		key string
	}{
		"before its step":   {open(w.first, early, w.DayAfter(5)), "joining.step.order"},
		"today":             {open(w.first, id, w.Today()), "joining.vote.range"},
		"in a year":         {open(w.first, id, w.DayAfter(365)), "joining.vote.range"},
		"a day that is not": {open(w.first, id, "2026-02-31"), "joining.vote.range"},
		"by a peer":         {open(w.peers[0], id, w.DayAfter(5)), "error.missing"},
		"by herself":        {open(she, id, w.DayAfter(5)), "error.missing"},
	} {
		if key(row.err) != row.key {
			t.Errorf("opening %s: %v, want %s", name, row.err, row.key)
		}
	}
	all := w.places.at
	w.place(2)
	if err := open(w.first, id, w.DayAfter(5)); key(err) != "joining.vote.voters" {
		t.Errorf("with two voters: %v", err)
	}
	w.places.at = all
	vote := w.open(t, w.first, id)
	if err := open(w.second, id, w.DayAfter(5)); key(err) != "joining.vote.open" {
		t.Errorf("a second vote beside the first: %v", err)
	}
	if err := w.in.SaveCriteria(ctx, w.first, w.orgs["membership"], map[string]string{"en": "Another one."}); key(err) != "joining.criteria.voting" {
		t.Errorf("criteria change under a vote: %v", err)
	}
	for name, row := range map[string]struct {
		form onboarding.VoteForm
		key  string
	}{
		"nothing":                 {onboarding.VoteForm{}, "joining.vote.missing"},
		"something else":          {onboarding.VoteForm{Choice: "perhaps"}, "joining.vote.missing"},
		"a no without criterion":  {onboarding.VoteForm{Choice: "no", Reason: "Because."}, "joining.vote.criterion"},
		"a criterion that is not": {onboarding.VoteForm{Choice: "no", Criterion: 9, Reason: "Because."}, "joining.vote.criterion"},
		"a no without a reason":   {onboarding.VoteForm{Choice: "no", Criterion: 1}, "joining.words.missing"},
		"a reason without end":    {onboarding.VoteForm{Choice: "no", Criterion: 1, Reason: strings.Repeat("ж", 3001)}, "joining.words.long"},
	} {
		if err := w.in.Cast(ctx, w.peers[0], vote, row.form); key(err) != row.key {
			t.Errorf("voting %s: %v, want %s", name, err, row.key)
		}
	}
	yes := onboarding.VoteForm{Choice: "yes"}
	must(t, w.in.Cast(ctx, w.peers[0], vote, yes))
	if err := w.in.Cast(ctx, w.peers[0], vote, yes); key(err) != "joining.vote.once" {
		t.Errorf("a second vote: %v", err)
	}
	if err := w.in.StepAside(ctx, w.peers[0], vote); key(err) != "joining.vote.once" {
		t.Errorf("aside after voting: %v", err)
	}
	must(t, w.in.StepAside(ctx, w.peers[1], vote))
	if err := w.in.Cast(ctx, w.peers[1], vote, yes); key(err) != "joining.vote.aside" {
		t.Errorf("a vote of somebody who stepped aside: %v", err)
	}
	for name, who := range map[string]member.Actor{"a coordinator": w.first, "herself": she, "a supervisor": w.supervisor, "a visitor": {}} {
		if err := w.in.Cast(ctx, who, vote, yes); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s votes: %v", name, err)
		}
	}
	w.Time.Advance(6 * 24 * time.Hour)
	if err := w.in.Cast(ctx, w.peers[2], vote, yes); key(err) != "joining.vote.over" {
		t.Errorf("after the last day: %v", err)
	}
	if v, err := w.in.Path(ctx, w.first, id, "en"); err != nil || v.Votes[0].State != onboarding.VoteFew {
		t.Errorf("without its quorum it is %s, %v", v.Votes[0].State, err)
	}
	w.open(t, w.second, id) // what decided nothing is held again
}

// saidNo takes a path to a no.
func (w *world) saidNo(t *testing.T, handle string) (store.ID, member.Actor) {
	t.Helper()
	id, she := w.toVote(t, handle)
	w.no(t, id)
	return id, she
}

func (w *world) no(t *testing.T, id store.ID) {
	t.Helper()
	vote := w.open(t, w.first, id)
	for i, p := range w.peers {
		must(t, w.in.Cast(ctx, p, vote, onboarding.VoteForm{Choice: "no", Criterion: 1 + i%2, Reason: "A reason of hazel."}))
	}
}

func TestAnAppealIsLookedAtByAnotherCoordinator(t *testing.T) {
	w := newWorld(t)
	id, she := w.saidNo(t, "willow")
	v, _, err := w.in.Mine(ctx, she, "fr")
	must(t, err)
	if len(v.Votes[0].Reasons) != 4 || v.Votes[0].Reasons[0].Words != "A reason of hazel." || v.AppealUntil != w.DayAfter(14) ||
		!strings.HasSuffix(v.Votes[0].Reasons[0].Criterion, ".") {
		t.Errorf("she reads %+v until %s", v.Votes[0].Reasons, v.AppealUntil)
	}
	if err := w.in.OpenVote(ctx, w.second, id, w.DayAfter(5)); key(err) != "joining.vote.final" {
		t.Errorf("another vote without an appeal: %v", err)
	}
	must(t, w.in.Appeal(ctx, she, "You did not ask about it."))
	if err := w.in.Appeal(ctx, she, "Again."); key(err) != "joining.appeal.once" {
		t.Errorf("a second appeal: %v", err)
	}
	if err := w.in.DecideAppeal(ctx, w.first, id, true, ""); key(err) != "joining.appeal.own" {
		t.Errorf("who opened the vote decides: %v", err)
	}
	if err := w.in.DecideAppeal(ctx, w.second, id, false, ""); field(err) != "reason" {
		t.Errorf("it stands without a reason: %v", err)
	}
	must(t, w.in.DecideAppeal(ctx, w.second, id, true, "She is right."))
	w.no(t, id)
	v, _, err = w.in.Mine(ctx, she, "en")
	must(t, err)
	if v.State != onboarding.Refused || v.AppealUntil != "" {
		t.Errorf("after the second no: %s", v.State)
	}
	if err := w.in.Appeal(ctx, she, "Once more."); err == nil {
		t.Error("an appeal against the vote after the appeal")
	}
}

func TestAnAppealHasFourteenDays(t *testing.T) {
	w := newWorld(t)
	_, she := w.saidNo(t, "willow")
	w.Time.Advance(15 * 24 * time.Hour)
	if err := w.in.Appeal(ctx, she, "Too late?"); key(err) != "joining.appeal.late" {
		t.Errorf("on the fifteenth day: %v", err)
	}
	must(t, w.in.CloseDue(ctx))
	if v, _, err := w.in.Mine(ctx, she, "en"); err != nil || v.State != onboarding.Refused {
		t.Errorf("a no that nobody appealed: %s %v", v.State, err)
	}
	id, other := w.saidNo(t, "elm")
	must(t, w.in.Appeal(ctx, other, "Please look."))
	w.Time.Advance(40 * 24 * time.Hour)
	must(t, w.in.CloseDue(ctx))
	must(t, w.in.DecideAppeal(ctx, w.second, id, false, "The criteria were met by nobody else."))
	if v, _, err := w.in.Mine(ctx, other, "en"); err != nil || v.State != onboarding.Refused || v.Appeal.Reason == "" {
		t.Errorf("it stands: %s %v", v.State, err)
	}
}

func TestTwoCoordinatorsAtOnceOpenOneVoteAndTellOneTale(t *testing.T) {
	w := newWorld(t)
	id, _ := w.toVote(t, "willow")
	errs := w.both(func(who member.Actor) error { return w.in.OpenVote(ctx, who, id, w.DayAfter(5)) })
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("two at once: %v and %v", errs[0], errs[1])
	}
	v, err := w.in.Path(ctx, w.first, id, "en")
	must(t, err)
	if len(v.Votes) != 1 {
		t.Fatalf("%d votes", len(v.Votes))
	}
	var all sync.WaitGroup
	cast := make([]error, len(w.peers))
	for i, p := range w.peers {
		all.Go(func() { cast[i] = w.in.Cast(ctx, p, v.Votes[0].ID, onboarding.VoteForm{Choice: "yes"}) })
	}
	all.Wait()
	for _, err := range cast {
		must(t, err)
	}
	if v, err = w.in.Path(ctx, w.first, id, "en"); err != nil || v.Votes[0].State != onboarding.VoteYes || v.Votes[0].Yes != 4 {
		t.Errorf("four at once: %s with %+v, %v", v.Votes[0].State, v.Votes[0].Tally, err)
	}
	must(t, w.in.Plan(ctx, w.first, id, "mentor", onboarding.PlanForm{Owner: w.peers[0].Role.ID}))
	errs = w.both(func(who member.Actor) error {
		_, err := w.in.Finish(ctx, who, id, "mentor", onboarding.FinishForm{})
		return err
	})
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("one step twice: %v and %v", errs[0], errs[1])
	}
}

// both lets two coordinators do one thing at the same time.
func (w *world) both(do func(member.Actor) error) [2]error {
	var errs [2]error
	var all sync.WaitGroup
	for i, who := range []member.Actor{w.first, w.second} {
		all.Go(func() { errs[i] = do(who) })
	}
	all.Wait()
	return errs
}
