package training_test

import (
	"maps"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/training"
)

func TestTheCoordinatorSeesWhoIsWhereAndNothingElse(t *testing.T) {
	s := newSchool(t)
	must(t, s.training.DoUnit(ctx, s.peer, "walk", "u1", true))
	must(t, s.training.Answer(ctx, s.peer, "walk", training.Answers{Chosen: fitting}))
	must(t, s.training.DoUnit(ctx, s.join(t), "walk", "u2", true))
	must(t, s.training.Waive(ctx, s.boss, training.WaiverForm{Person: s.other.Role.ID, Module: "kitewords", Reason: training.Elsewhere}))
	team, err := s.training.Team(ctx, s.boss)
	must(t, err)
	if len(team) != 3 {
		t.Fatalf("%d people, want the three with roles", len(team))
	}
	for _, person := range team {
		walk, talk := person.Progress[0], person.Progress[1]
		wantWalk, wantTalk := training.NotBegun, training.NotBegun
		switch person.Handle {
		case "mira":
			wantWalk = training.Begun
		case "nadia":
			wantTalk = training.Waived
		}
		if walk.State() != wantWalk || talk.State() != wantTalk {
			t.Errorf("%s: %s and %s, want %s and %s", person.Handle, walk.State(), talk.State(), wantWalk, wantTalk)
		}
		if walk.Answers != nil || talk.Answers != nil {
			t.Errorf("%s: the table knows answers", person.Handle)
		}
	}
}

func TestAWaiverIsSeenByWhomItIsAboutAndCanBeTakenBack(t *testing.T) {
	s := newSchool(t)
	form := training.WaiverForm{Person: s.peer.Role.ID, Module: "walk", Reason: training.Experience}
	must(t, s.training.Waive(ctx, s.boss, form))
	must(t, s.training.Waive(ctx, s.boss, form))
	p := s.stands(t, s.peer, "walk")
	if p.State() != training.Waived || p.Waiver.Reason != training.Experience || p.Waiver.Day != "2026-03-07" {
		t.Errorf("she sees %s, %v", p.State(), p.Waiver)
	}
	must(t, s.training.Unwaive(ctx, s.boss, s.peer.Role.ID, "walk"))
	if got := s.stands(t, s.peer, "walk").State(); got != training.NotBegun {
		t.Errorf("taken back, she is %s", got)
	}
	finish(t, s, s.peer, "walk", "u1", "u2")
	if err := s.training.Waive(ctx, s.boss, form); !fault.Is(err, fault.Invalid) {
		t.Errorf("a waiver for what she has finished: %v", err)
	}
}

func finish(t *testing.T, s *school, who member.Actor, module string, units ...string) training.Completion {
	t.Helper()
	for _, unit := range units {
		must(t, s.training.DoUnit(ctx, who, module, unit, true))
	}
	must(t, s.training.Answer(ctx, who, module, training.Answers{Chosen: fitting}))
	done, err := s.training.Complete(ctx, who, module)
	must(t, err)
	return done
}

func TestMinutesOfFinishedModulesCountOnTheirDay(t *testing.T) {
	s := newSchool(t)
	finish(t, s, s.peer, "walk", "u1", "u2")
	finish(t, s, s.peer, "kitewords", "u1")
	finish(t, s, s.join(t), "kitewords", "u1")
	s.Time.Advance(24 * time.Hour)
	finish(t, s, s.other, "kitewords", "u1")
	for _, row := range []struct {
		from, to string
		want     map[string]int
	}{
		{"2026-03-02", "2026-03-08", map[string]int{"2026-03-07": 120}},
		{"2026-03-07", "2026-03-07", map[string]int{"2026-03-07": 120}},
		{"2026-03-08", "2026-03-31", map[string]int{}},
		{"2026-03-31", "2026-03-01", map[string]int{}},
	} {
		finished, err := s.training.Finished(ctx, s.peer.Role.ID, row.from, row.to)
		must(t, err)
		got := map[string]int{}
		for _, one := range finished {
			got[one.Day] += one.Minutes
		}
		if !maps.Equal(got, row.want) {
			t.Errorf("from %s to %s: %v, want %v", row.from, row.to, got, row.want)
		}
	}
}
