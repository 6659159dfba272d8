package career_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/career"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

func skill(readers ...store.ID) career.SkillForm {
	return career.SkillForm{Kind: "soft", Name: "Calm at the velvet desk", Evidence: "Three winters of copper waiting rooms", Readers: readers}
}

// keep keeps a skill and returns it as its owner reads it.
func (w *world) keep(t *testing.T, f career.SkillForm) career.Skill {
	t.Helper()
	ctx := context.Background()
	r, err := w.path.SaveSkill(ctx, w.peer, f)
	if err != nil || !r.Stored {
		t.Fatalf("keep: %v, %v", err, r.Verdict)
	}
	list, err := w.path.MySkills(ctx, w.peer)
	if err != nil || len(list) == 0 {
		t.Fatalf("%d skills, %v", len(list), err)
	}
	return list[len(list)-1]
}

func TestASkillIsReadByHerAndByThoseWhomSheNames(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	one := w.keep(t, skill(w.outer.Role.ID))
	for name, c := range map[string]struct {
		who  member.Actor
		want int
	}{"whom she named": {w.outer, 1}, "a coordinator": {w.boss, 0}, "another peer": {w.other, 0}, "herself, as somebody else's": {w.peer, 0}} {
		if list, err := w.path.Shared(ctx, c.who); err != nil || len(list) != c.want {
			t.Errorf("%s reads %d, %v; want %d", name, len(list), err, c.want)
		}
	}
	f := skill(w.other.Role.ID)
	f.ID, f.Kind = one.ID, "hard"
	w.keep(t, f)
	if list, err := w.path.Shared(ctx, w.outer); err != nil || len(list) != 0 {
		t.Errorf("whom she does not name any more reads %d, %v", len(list), err)
	}
	if list, err := w.path.Shared(ctx, w.other); err != nil || len(list) != 1 || list[0].Evidence != f.Evidence {
		t.Errorf("whom she names now reads %+v, %v", list, err)
	}
	must(t, w.Checkpoint(ctx))
	if dump := w.Dump(t); strings.Contains(dump, "velvet") || strings.Contains(dump, "copper") {
		t.Error("a skill is readable in a stolen database")
	}
	must(t, w.path.RemoveSkill(ctx, w.peer, one.ID))
	if list, err := w.path.MySkills(ctx, w.peer); err != nil || len(list) != 0 {
		t.Errorf("after removing: %d, %v", len(list), err)
	}
}

func TestOnlyWhomSheAsksSaysYesAndAChangeNeedsANewYes(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	f := skill()
	f.Asked = w.other.Role.ID
	one := w.keep(t, f)
	for name, who := range map[string]member.Actor{"herself": w.peer, "a coordinator": w.boss, "a supervisor": w.outer, "a visitor": {}} {
		if err := w.path.Confirm(ctx, who, one.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s says yes: %v; want that it does not exist", name, err)
		}
	}
	must(t, w.path.Confirm(ctx, w.other, one.ID))
	f.ID = one.ID
	f.Readers = []store.ID{w.outer.Role.ID}
	if got := w.keep(t, f); got.ConfirmedDay == nil || got.Asked != "girasole" {
		t.Errorf("with the same words and another reader: %+v; want the yes to stay", got)
	}
	f.Name = "Something else"
	if got := w.keep(t, f); got.ConfirmedDay != nil {
		t.Error("a yes to other words stays")
	}
}

func TestBadSkills(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	for name, c := range map[string]struct {
		change func(*career.SkillForm)
		key    string
	}{
		"no words":         {func(f *career.SkillForm) { f.Name = " \n" }, "career.skill.empty"},
		"no kind":          {func(f *career.SkillForm) { f.Kind = "medium" }, "career.kind.missing"},
		"a long name":      {func(f *career.SkillForm) { f.Name = strings.Repeat("x", 121) }, "peerwork.words.long"},
		"long evidence":    {func(f *career.SkillForm) { f.Evidence = strings.Repeat("ع", career.LongestWords+1) }, "peerwork.words.long"},
		"a strange reader": {func(f *career.SkillForm) { f.Readers = []store.ID{store.NewID()} }, "career.person.unknown"},
		"herself as asked": {func(f *career.SkillForm) { f.Asked = w.peer.Role.ID }, "career.person.unknown"},
		"many readers":     {func(f *career.SkillForm) { f.Readers = make([]store.ID, 11) }, "career.readers.many"},
	} {
		f := skill()
		c.change(&f)
		_, err := w.path.SaveSkill(ctx, w.peer, f)
		refuses(t, name, c.key, err)
	}
	f := skill()
	f.Nonce = "one form"
	for range 2 {
		w.keep(t, f)
	}
	if list, err := w.path.MySkills(ctx, w.peer); err != nil || len(list) != 1 {
		t.Errorf("the same form twice makes %d, %v", len(list), err)
	}
	if _, err := w.path.Skill(ctx, w.other, w.keep(t, f).ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("another's skill for changing: %v", err)
	}
	if err := w.path.RemoveSkill(ctx, w.other, w.keep(t, f).ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("another removes it: %v", err)
	}
}

func said() career.NoteForm {
	return career.NoteForm{TalkWords: career.TalkWords{Agenda: "The granite hours", There: "The two of us", Steps: "A course in the autumn lagoon", Words: "More pay"}}
}

func TestTheTalkIsDueAfterSixMonthsAndOnlySheSaysThatItTookPlace(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	due, err := w.path.MyDue(ctx, w.peer)
	if err != nil || due.Day != "2026-09-07" || due.Over {
		t.Fatalf("at the beginning: %+v, %v; want six months from the first key", due, err)
	}
	must(t, w.path.TakeStep(ctx, w.boss, w.peer.Role.ID, career.StepForm{Step: "peer", Day: "2025-08-31"}))
	if due, err = w.path.MyDue(ctx, w.peer); err != nil || due.Day != "2026-02-28" || !due.Over {
		t.Errorf("after the step: %+v, %v; want the last day of February, and missed", due, err)
	}
	if owed, err := w.path.Overdue(ctx, w.boss); err != nil || len(owed) != 1 || owed[0].Handle != "lampione" {
		t.Errorf("the organisation owes %v, %v", owed, err)
	}
	r, err := w.path.Plan(ctx, w.outer, career.PlanForm{Account: w.peer.Role.ID, With: w.outer.Role.ID, Day: w.Today(), Agenda: "The granite hours"})
	if err != nil || !r.Stored {
		t.Fatal(r, err)
	}
	talks, err := w.path.Talks(ctx, w.peer)
	if err != nil || len(talks) != 1 || talks[0].Agenda != "The granite hours" || !talks[0].Own {
		t.Fatalf("she reads %+v, %v", talks, err)
	}
	id, note := talks[0].ID, said()
	note.Day = w.Today()
	if _, err := w.path.Note(ctx, w.outer, id, note); err != nil {
		t.Fatal(err)
	}
	if due, _ := w.path.MyDue(ctx, w.peer); !due.Over {
		t.Error("the other one's words alone make the talk held")
	}
	must(t, w.path.Answer(ctx, w.peer, id, false))
	if err := w.path.Answer(ctx, w.peer, id, true); !fault.Is(err, fault.NotFound) {
		t.Errorf("a second answer: %v", err)
	}
	if _, err := w.path.Note(ctx, w.outer, id, note); err != nil {
		t.Fatal(err)
	}
	must(t, w.path.Answer(ctx, w.peer, id, true))
	if due, err := w.path.MyDue(ctx, w.peer); err != nil || due.Over || due.Day != "2026-09-07" {
		t.Errorf("after the talk: %+v, %v; want six months from it", due, err)
	}
	_, err = w.path.Note(ctx, w.peer, id, note)
	refuses(t, "changing a talk that was held", "career.talk.held", err)
	must(t, w.Checkpoint(ctx))
	if dump := w.Dump(t); strings.Contains(dump, "granite") || strings.Contains(dump, "lagoon") {
		t.Error("a talk is readable in a stolen database")
	}
	for name, who := range map[string]member.Actor{"a coordinator": w.boss, "another peer": w.other, "a member": w.Join(t, w.members), "a visitor": {}} {
		if _, err := w.path.Talk(ctx, who, id); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads the talk: %v; want that it does not exist", name, err)
		}
	}
}

func TestBadTalks(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	plan := func(change func(*career.PlanForm)) error {
		f := career.PlanForm{Account: w.peer.Role.ID, With: w.outer.Role.ID, Day: w.DayAfter(3), Nonce: "talk"}
		change(&f)
		_, err := w.path.Plan(ctx, w.peer, f)
		return err
	}
	refuses(t, "yesterday", "career.day.ahead", plan(func(f *career.PlanForm) { f.Day = w.DayAfter(-1) }))
	refuses(t, "in three years", "career.day.ahead", plan(func(f *career.PlanForm) { f.Day = w.DayAfter(1100) }))
	refuses(t, "no day", "career.day.ahead", plan(func(f *career.PlanForm) { f.Day = "2026-02-30" }))
	refuses(t, "with herself", "career.with.missing", plan(func(f *career.PlanForm) { f.With = f.Account }))
	refuses(t, "with nobody", "career.with.missing", plan(func(f *career.PlanForm) { f.With = store.ID{} }))
	refuses(t, "with a stranger", "career.person.unknown", plan(func(f *career.PlanForm) { f.With = store.NewID() }))
	must(t, plan(func(*career.PlanForm) {}))
	must(t, plan(func(*career.PlanForm) {}))
	talks, err := w.path.Talks(ctx, w.peer)
	if err != nil || len(talks) != 1 {
		t.Fatalf("the same form twice makes %d talks, %v", len(talks), err)
	}
	for name, c := range map[string]struct {
		change func(*career.NoteForm)
		key    string
	}{
		"a day ahead":    {func(f *career.NoteForm) { f.Day = w.DayAfter(1) }, "career.day.past"},
		"nobody there":   {func(f *career.NoteForm) { f.There = "" }, "career.there.empty"},
		"nothing agreed": {func(f *career.NoteForm) { f.Steps = " " }, "career.steps.empty"},
	} {
		f := said()
		f.Day = w.Today()
		c.change(&f)
		_, err := w.path.Note(ctx, w.peer, talks[0].ID, f)
		refuses(t, name, c.key, err)
	}
	must(t, w.path.CallOff(ctx, w.outer, talks[0].ID))
	if due, err := w.path.MyDue(ctx, w.peer); err != nil || due.Planned != "" {
		t.Errorf("after calling off: %+v, %v", due, err)
	}
}

func TestAStepIsWrittenByAnotherAndSheSaysWhetherThePromiseWasKept(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	f := career.StepForm{Step: "mentor", Day: w.Today(), Promise: "Two euro more from the marble fund"}
	must(t, w.path.TakeStep(ctx, w.boss, w.peer.Role.ID, f))
	steps, err := w.path.MySteps(ctx, w.peer)
	if err != nil || len(steps) != 1 || steps[0].Promise != f.Promise {
		t.Fatalf("she reads %+v, %v", steps, err)
	}
	must(t, w.path.Kept(ctx, w.peer, steps[0].ID, true))
	f.Promise = "Three euro more from the marble fund"
	must(t, w.path.TakeStep(ctx, w.second, w.peer.Role.ID, f))
	if steps, err = w.path.MySteps(ctx, w.peer); err != nil || len(steps) != 1 || steps[0].KeptDay != nil || steps[0].Promise != f.Promise {
		t.Errorf("after a correction: %+v, %v; want one step whose promise is open", steps, err)
	}
	refuses(t, "her own step", "peerwork.two-people", w.path.TakeStep(ctx, w.second, w.second.Role.ID, f))
	refuses(t, "no step", "career.step.missing", w.path.TakeStep(ctx, w.boss, w.peer.Role.ID, career.StepForm{Step: "queen", Day: w.Today()}))
	refuses(t, "tomorrow", "career.day.past", w.path.TakeStep(ctx, w.boss, w.peer.Role.ID, career.StepForm{Step: "peer", Day: w.DayAfter(1)}))
	if err := w.path.TakeStep(ctx, w.boss, w.outer.Role.ID, f); !fault.Is(err, fault.NotFound) {
		t.Errorf("a step of somebody who is no peer: %v", err)
	}
	if err := w.path.Kept(ctx, w.other, steps[0].ID, true); !fault.Is(err, fault.NotFound) {
		t.Errorf("another says that it was kept: %v", err)
	}
	must(t, w.Checkpoint(ctx))
	if strings.Contains(w.Dump(t), "marble") {
		t.Error("a promise is readable in a stolen database")
	}
}

func TestVerbsByRole(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	one := w.keep(t, skill())
	people := map[string]member.Actor{"visitor": {}, "member": w.Join(t, w.members), "peer": w.other, "supervisor": w.outer, "leader": w.outsider, "coordinator": w.boss}
	for verb, c := range map[string]struct {
		do  func(member.Actor) error
		may string
	}{
		"my skills":      {func(who member.Actor) error { _, err := w.path.MySkills(ctx, who); return err }, "peer"},
		"another's":      {func(who member.Actor) error { _, err := w.path.Skill(ctx, who, one.ID); return err }, ""},
		"my steps":       {func(who member.Actor) error { _, err := w.path.MySteps(ctx, who); return err }, "peer"},
		"what is owed":   {func(who member.Actor) error { _, err := w.path.MyDue(ctx, who); return err }, "peer"},
		"shared":         {func(who member.Actor) error { _, err := w.path.Shared(ctx, who); return err }, "peer supervisor leader coordinator"},
		"talks":          {func(who member.Actor) error { _, err := w.path.Talks(ctx, who); return err }, "peer supervisor leader coordinator"},
		"choices":        {func(who member.Actor) error { _, err := w.path.Choices(ctx, who); return err }, "peer supervisor leader coordinator"},
		"contacts":       {func(who member.Actor) error { _, err := w.path.Contacts(ctx, who); return err }, "peer supervisor leader coordinator"},
		"my notes":       {func(who member.Actor) error { _, err := w.path.Notes(ctx, who); return err }, "peer supervisor leader coordinator"},
		"the team":       {func(who member.Actor) error { _, err := w.path.Team(ctx, who); return err }, "coordinator"},
		"what is missed": {func(who member.Actor) error { _, err := w.path.Overdue(ctx, who); return err }, "coordinator"},
		"a step": {func(who member.Actor) error {
			return w.path.TakeStep(ctx, who, w.peer.Role.ID, career.StepForm{Step: "peer", Day: w.Today()})
		}, "coordinator"},
		"a contact": {func(who member.Actor) error { return w.path.NameContact(ctx, who, "traghetto", "Outside") }, "coordinator"},
		"not a contact": {func(who member.Actor) error {
			err := w.path.DropContact(ctx, who, w.outer.Role.ID)
			if fault.Is(err, fault.Refused) {
				return nil // she may; it is the last one
			}
			return err
		}, "coordinator"},
	} {
		for name, who := range people {
			err := c.do(who)
			if may := strings.Contains(" "+c.may+" ", " "+name+" "); may != (err == nil) {
				t.Errorf("%s by a %s: %v; may: %v", verb, name, err, may)
			} else if !may && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s by a %s: %v; want that it does not exist", verb, name, err)
			}
		}
	}
}

func TestHerAccountTakesEverythingWithIt(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.keep(t, skill(w.outer.Role.ID))
	must(t, w.path.TakeStep(ctx, w.boss, w.peer.Role.ID, career.StepForm{Step: "peer", Day: w.Today(), Promise: "A promise"}))
	_, err := w.path.Plan(ctx, w.peer, career.PlanForm{Account: w.peer.Role.ID, With: w.outer.Role.ID, Day: w.DayAfter(2)})
	must(t, err)
	must(t, w.path.NameContact(ctx, w.boss, "traghetto", "Elsewhere"))
	_, err = w.path.Write(ctx, w.peer, career.WriteForm{Contact: w.outer.Role.ID, Words: "Something"})
	must(t, err)
	must(t, w.Tx(ctx, func(tx *gorm.DB) error { return w.path.Erase(ctx, tx, w.peer, true) }))
	for _, table := range []string{"career_skills", "career_talks", "career_steps", "conflict_notes", "conflict_parts", "sealed", "sealed_keys"} {
		var n int64
		if err := w.DB.DB.Table(table).Count(&n).Error; err != nil || n != 0 {
			t.Errorf("%s holds %d rows, %v", table, n, err)
		}
	}
}

func TestTheDayOfATalkSurvivesAChangedClock(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.Time.Advance(-40 * 24 * time.Hour)
	if due, err := w.path.MyDue(ctx, w.peer); err != nil || due.Day != "2026-09-07" || due.Over {
		t.Errorf("set back: %+v, %v", due, err)
	}
	w.Time.Advance(400 * 24 * time.Hour)
	if due, err := w.path.MyDue(ctx, w.peer); err != nil || due.Day != "2026-09-07" || !due.Over {
		t.Errorf("set forward: %+v, %v", due, err)
	}
}
