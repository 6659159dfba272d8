package seed_test

import (
	"context"
	"slices"
	"testing"

	"portico/app/supervision"
	"portico/app/training"
	"portico/content"
)

// sealedInSeason are words of the season that no table may show: what was said in
// supervision, noted for herself, agreed in a contract, feared, cut and disputed.
var sealedInSeason = []string{
	"gave a little, and then I was angry", "It was half of the week", "torno a fare solo notti", "una regola che non va", "ne parle pas de moi",
	"لم يُذكر بعد", "lay awake", "nessuno lo chiamava lavoro", "14.20", "Progetto annuale", "Quillfeather", "0542811101", "via del Noce", "QLL-DNN", "dernier jour ouvré", "médiation", "heure tardive", "puts two things together", "Niente uscite di notte",
	"train was counted twice", "ancora lì da leggere", "جولة المساء", "رمّانة", "Hayat", "Tamsin", "Samira", "Odile",
}

func (c community) teamIsWhole(t *testing.T) {
	languages, roles := map[string]bool{}, map[string]int{}
	for _, p := range c.cast.People {
		for _, r := range p.Roles {
			roles[r]++
			if r == "peer" {
				languages[p.Lang] = true
			}
		}
	}
	for role, want := range map[string]int{"peer": 3, "leader": 2, "mediator": 2, "moderator": 2, "supervisor": 2, "coordinator": 2, "admin": 1} {
		if roles[role] < want {
			t.Errorf("%d people are %s; want %d", roles[role], role, want)
		}
	}
	for _, lang := range []string{"en", "it", "fr", "ar"} {
		if !languages[lang] {
			t.Errorf("no peer reads %s", lang)
		}
	}
}

func (c community) learningIsThere(t *testing.T) {
	ctx := context.Background()
	modules, err := content.Modules()
	if err != nil {
		t.Fatal(err)
	}
	learning := training.New(c.Store, c.Server, modules)
	team, err := learning.Team(ctx, c.enter(t, "Petra"))
	if err != nil {
		t.Fatal(err)
	}
	states, days := map[training.State]int{}, map[string]bool{}
	for _, one := range team {
		for _, p := range one.Progress {
			states[p.State()]++
			if p.Done != nil {
				days[p.Done.Day] = true
			}
		}
	}
	if states[training.Finished] < 8 || states[training.Begun] < 4 || states[training.NotBegun] < 4 || states[training.Waived] != 25 || len(days) < 5 {
		t.Errorf("the coordinator's table shows %v, finished on %d days", states, len(days))
	}
	for name, want := range map[string]struct {
		module string
		state  training.State
	}{
		"Tamsin": {"safety", training.Ready}, "Ornella": {"safety", training.Begun}, "June": {"safety", training.Begun}, "Luana": {"peer-role", training.Finished},
	} {
		p, err := learning.Progress(ctx, c.enter(t, name), want.module)
		if err != nil || p.State() != want.state {
			t.Errorf("%s is %s in %s, %v; want %s", name, p.State(), want.module, err, want.state)
		}
		if fit, all := p.Fitting(); name == "Ornella" && (!p.Answered() || fit == all) {
			t.Errorf("her quiz fits in %d of %d; want a wrong answer", fit, all)
		}
	}
}

func (c community) supervisionIsThere(t *testing.T) {
	ctx, talks := context.Background(), supervision.New(c.Store)
	lines, err := talks.Overview(ctx, c.enter(t, "Petra"))
	if err != nil {
		t.Fatal(err)
	}
	var open, proposed, held int
	var late []string
	for _, l := range lines {
		held += l.Held
		switch {
		case l.State == supervision.Open && len(l.In(supervision.Peer)) > 0:
			open++
		case l.State == supervision.Proposed:
			proposed++
		}
		if l.Overdue {
			late = append(late, l.Peer)
		}
	}
	if open < 4 || proposed != 1 || held < 12 || !slices.Equal(late, []string{"rummana"}) {
		t.Errorf("%d open, %d proposed, %d conversations, overdue %v", open, proposed, held, late)
	}
	verdicts, waits, first := map[supervision.Verdict]int{}, 0, c.Today()
	for _, name := range []string{"Folake", "Ornella", "Yasmine", "Hayat"} {
		who := c.enter(t, name)
		mine, err := talks.Mine(ctx, who)
		mine = slices.DeleteFunc(mine, func(l supervision.Line) bool { return len(l.In(supervision.Supervisor)) == 0 })
		if err != nil || len(mine) != 1 {
			t.Fatalf("%s has %d relations, %v", name, len(mine), err)
		}
		if report, err := talks.Verify(ctx, who, mine[0].ID); err != nil || report.Links == 0 || report.Broken != 0 {
			t.Errorf("the chain of %s: %+v, %v", name, report, err)
		}
		if words, err := talks.Agreement(ctx, who, mine[0].Relation); err != nil || words.Agreement == "" {
			t.Errorf("%s reads no agreement: %v", name, err)
		}
		entries, err := talks.Entries(ctx, who, mine[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			o, err := talks.Read(ctx, who, e.ID)
			if err != nil || o.Words.Worked == "" || o.Words.Hard == "" || len(o.Words.Topics) == 0 {
				t.Errorf("%s reads %+v, %v", name, o.Words, err)
			}
			first = min(first, e.HeldDay)
			for _, link := range o.Links {
				verdicts[link.Verdict]++
			}
			if e.State == supervision.Written && o.Frozen && !o.Said {
				waits++
			}
		}
	}
	if verdicts[supervision.Agree] < 20 || verdicts[supervision.Disagree] != 1 || verdicts[supervision.Add] != 1 || waits != 1 {
		t.Errorf("verdicts %v, %d entries wait for the peer", verdicts, waits)
	}
	if first > c.DayAfter(-60) {
		t.Errorf("the first conversation was on %s", first)
	}
}
