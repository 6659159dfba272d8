package practice_test

import (
	"fmt"
	"strings"
	"testing"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/practice"
	"portico/app/store"
)

// interview is one that the peer has written, ready for the check: about a sheet, or new.
func (w world) interview(t *testing.T, about string) store.ID {
	t.Helper()
	var id store.ID
	var err error
	if about != "" {
		id, err = w.lib.Again(ctx, w.peer, about)
	} else {
		id, err = w.lib.Begin(ctx, w.peer, practice.BeginForm{Name: "Door to door", Country: "IT", Lang: "it"})
	}
	must(t, err)
	if about == "" {
		w.save(t, id, practice.StepAbout, practice.StepForm{Name: "Door to door", Country: "IT", City: "Torino", Started: "2019", Summary: "Andare due a due.", Asked: true})
		w.save(t, id, "A", practice.StepForm{Answers: practice.Texts{"A1": "Arrivare prima.", "A3": "Visite due a due.", "A2": "Chi lavora in casa."}})
		w.save(t, id, "B", practice.StepForm{Answers: practice.Texts{"B1": "yes", "B2": "Le pari sono pagate.", "B5": "trying"}})
		w.save(t, id, practice.StepCriteria, practice.StepForm{Criteria: criteria("yyy", "---yy---")})
	}
	must(t, w.lib.HandOn(ctx, w.peer, id))
	return id
}

func (w world) save(t *testing.T, id store.ID, step string, f practice.StepForm) {
	t.Helper()
	room, err := w.lib.Interview(ctx, w.peer, id)
	must(t, err)
	f.Version = room.Version
	r, err := w.lib.Save(ctx, w.peer, id, step, f)
	must(t, err)
	if !r.Stored {
		t.Fatalf("%s was stopped: %+v", step, r.Verdict)
	}
}

func (w world) publish(t *testing.T, id store.ID) practice.Practice {
	t.Helper()
	room, err := w.lib.Interview(ctx, w.leader, id)
	must(t, err)
	name, err := w.lib.Publish(ctx, w.leader, id, room.Version)
	must(t, err)
	p, err := w.lib.One(ctx, name)
	must(t, err)
	return p
}

func TestAnInterviewBecomesASheetAfterASecondPersonsCheck(t *testing.T) {
	w := newWorld(t, small())
	id := w.interview(t, "")
	if got := w.ids(t, practice.Filter{Words: "door"}); got != "" {
		t.Errorf("it is public before the check: %s", got)
	}
	room, err := w.lib.Interview(ctx, w.peer, id)
	must(t, err)
	_, err = w.lib.Publish(ctx, w.peer, id, room.Version)
	wants(t, "who wrote it checks it", err, fault.Refused)
	_, err = w.lib.Publish(ctx, w.leader, id, room.Version-1)
	wants(t, "another version than she read", err, fault.Conflict)
	p := w.publish(t, id)
	if p.Standing != practice.Meets || p.Peers != "yes" || p.Status != "trying" || p.Source != practice.Host || p.VerifiedOn == nil || p.Lang != "it" {
		t.Errorf("got %+v", p)
	}
	if p.Sheet["description"] != "Arrivare prima. Visite due a due." || p.Sheet["peer_method"] != "Le pari sono pagate." || p.Sheet["beneficiaries"] != "Chi lavora in casa." {
		t.Errorf("the answers went to %v", p.Sheet)
	}
	if got := w.ids(t, practice.Filter{Words: "pagate"}); got != p.ID {
		t.Errorf("it is not found: %s", got)
	}
	_, err = w.lib.Interview(ctx, w.peer, id)
	wants(t, "the interview is still there", err, fault.NotFound)
	must(t, w.lib.Load(ctx, small()))
	if _, err := w.lib.One(ctx, p.ID); err != nil {
		t.Errorf("loading what ships took it away: %v", err)
	}
	var left int64
	must(t, w.DB.DB.Model(&practice.Interview{}).Count(&left).Error)
	if left != 0 {
		t.Error("the answers outlive the interview")
	}
}

func TestLookingAgainAtAShippedSheet(t *testing.T) {
	w := newWorld(t, small())
	id, err := w.lib.Again(ctx, w.peer, "a-mobile")
	must(t, err)
	same, err := w.lib.Again(ctx, w.leader, "a-mobile")
	must(t, err)
	if id != same {
		t.Error("two interviews about one sheet")
	}
	_, err = w.lib.Again(ctx, w.peer, "nothing")
	wants(t, "no such sheet", err, fault.NotFound)
	w.save(t, id, practice.StepAbout, practice.StepForm{Name: "Mobile clinic", Country: "UA", City: "Lviv", StatusNote: "It stopped in 2022.", Summary: "New words."})
	w.save(t, id, "B", practice.StepForm{Answers: practice.Texts{"B5": "stopped", "B1": "nonsense"}})
	must(t, w.lib.HandOn(ctx, w.peer, id))
	p := w.publish(t, id)
	if p.ID != "a-mobile" || p.Status != "stopped" || p.Sheet["description"] != "What it does." || p.Standing != practice.Meets || !p.Edited {
		t.Errorf("got %+v", p)
	}
	if p.VerifiedOn != nil || p.AsOf != "2013-10" {
		t.Error("nobody asked the organisation, and the sheet says so")
	}
	if len(p.Summary) != 1 || p.Summary["en"] != "New words." {
		t.Errorf("old words stand in other languages: %v", p.Summary)
	}
}

// TestWhoMayDoWhatWithAnInterview is the table of people and verbs.
func TestWhoMayDoWhatWithAnInterview(t *testing.T) {
	w := newWorld(t, small())
	people := map[string]member.Actor{
		"visitor": {}, "member": w.actor(t, ""), "moderator": w.actor(t, "milo", member.RoleModerator), "mediator": w.actor(t, "medi", member.RoleMediator),
		"supervisor": w.actor(t, "sova", member.RoleSupervisor), "admin": w.actor(t, "ada", member.RoleAdmin),
		"writer": w.peer, "peer": w.actor(t, "pia", member.RolePeer), "leader": w.leader, "coordinator": w.coordinator,
	}
	verbs := []struct {
		name  string
		stage practice.Stage
		can   string
		do    func(who member.Actor, id store.ID, version int) error
	}{
		{"list", practice.Draft, "writer peer leader coordinator", func(who member.Actor, _ store.ID, _ int) error { _, err := w.lib.Open(ctx, who); return err }},
		{"begin", practice.Draft, "writer peer leader coordinator", func(who member.Actor, _ store.ID, _ int) error {
			_, err := w.lib.Begin(ctx, who, practice.BeginForm{Name: "Another", Country: "IT", Lang: "it"})
			return err
		}},
		{"look again", practice.Draft, "writer peer leader coordinator", func(who member.Actor, _ store.ID, _ int) error {
			_, err := w.lib.Again(ctx, who, "b-house")
			return err
		}},
		{"read", practice.InCheck, "writer peer leader coordinator", func(who member.Actor, id store.ID, _ int) error {
			_, err := w.lib.Interview(ctx, who, id)
			return err
		}},
		{"save", practice.Draft, "writer", func(who member.Actor, id store.ID, version int) error {
			_, err := w.lib.Save(ctx, who, id, "C", practice.StepForm{Answers: practice.Texts{"C1": "Neighbours."}, Version: version})
			return err
		}},
		{"save while it is checked", practice.InCheck, "", func(who member.Actor, id store.ID, version int) error {
			_, err := w.lib.Save(ctx, who, id, "C", practice.StepForm{Version: version})
			return err
		}},
		{"hand on", practice.Draft, "writer", func(who member.Actor, id store.ID, _ int) error { return w.lib.HandOn(ctx, who, id) }},
		{"take back", practice.InCheck, "writer peer leader coordinator", func(who member.Actor, id store.ID, _ int) error {
			return w.lib.TakeBack(ctx, who, id, "The year is wrong.")
		}},
		{"publish", practice.InCheck, "peer leader coordinator", func(who member.Actor, id store.ID, version int) error {
			_, err := w.lib.Publish(ctx, who, id, version)
			return err
		}},
		{"publish a draft", practice.Draft, "", func(who member.Actor, id store.ID, version int) error {
			_, err := w.lib.Publish(ctx, who, id, version)
			return err
		}},
		{"drop", practice.Draft, "writer coordinator", func(who member.Actor, id store.ID, _ int) error { return w.lib.Drop(ctx, who, id) }},
		{"drop while it is checked", practice.InCheck, "coordinator", func(who member.Actor, id store.ID, _ int) error { return w.lib.Drop(ctx, who, id) }},
	}
	for _, verb := range verbs {
		for name, who := range people {
			id := w.interview(t, "")
			if verb.stage == practice.Draft {
				must(t, w.lib.TakeBack(ctx, w.peer, id, ""))
			}
			room, err := w.lib.Interview(ctx, w.peer, id)
			must(t, err)
			err = verb.do(who, id, room.Version)
			can := strings.Contains(" "+verb.can+" ", " "+name+" ")
			if can != (err == nil) {
				t.Errorf("%s by %s: %v", verb.name, name, err)
			}
			outside := !strings.Contains(" writer peer leader coordinator ", " "+name+" ")
			if outside && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s by %s: %v; for her it does not exist", verb.name, name, err)
			}
			must(t, w.DB.DB.Exec("DELETE FROM practice_interviews").Error)
		}
	}
}

func TestWhatAnInterviewRefuses(t *testing.T) {
	w := newWorld(t, small())
	long := strings.Repeat("слово ", 400)
	for name, f := range map[string]practice.BeginForm{
		"no name":                    {Country: "IT", Lang: "it"},
		"a long name":                {Name: long, Country: "IT", Lang: "it"},
		"a country that is none":     {Name: "Name", Country: "Narnia", Lang: "it"},
		"a language that is none":    {Name: "Name", Country: "IT", Lang: "<b>"},
		"a country in small letters": {Name: "Name", Country: "it", Lang: "it"},
	} {
		_, err := w.lib.Begin(ctx, w.peer, f)
		wants(t, name, err, fault.Invalid)
	}
	once, err := w.lib.Begin(ctx, w.peer, practice.BeginForm{Name: "Name", Country: "IT", Lang: "it", Nonce: "n"})
	must(t, err)
	twice, err := w.lib.Begin(ctx, w.peer, practice.BeginForm{Name: "Name", Country: "IT", Lang: "it", Nonce: "n"})
	must(t, err)
	if once != twice {
		t.Error("the same form makes two")
	}
	wants(t, "nothing is there to check", w.lib.HandOn(ctx, w.peer, once), fault.Refused)
	for name, row := range map[string]struct {
		step string
		f    practice.StepForm
		kind fault.Kind
	}{
		"a step that is none": {"Z", practice.StepForm{Version: 1}, fault.NotFound},
		"an older version":    {"A", practice.StepForm{Version: 7}, fault.Conflict},
		"a long answer":       {"A", practice.StepForm{Answers: practice.Texts{"A1": long}, Version: 1}, fault.Invalid},
		"a long field":        {practice.StepSheet, practice.StepForm{Sheet: practice.Texts{"impact": long}, Version: 1}, fault.Invalid},
		"more than a website": {practice.StepSheet, practice.StepForm{Sheet: practice.Texts{"contacts": "Anna, 333 444"}, Version: 1}, fault.Invalid},
		"a year that is none": {practice.StepAbout, practice.StepForm{Name: "Name", Country: "IT", Started: "last year", Version: 1}, fault.Invalid},
		"no name":             {practice.StepAbout, practice.StepForm{Country: "IT", Version: 1}, fault.Invalid},
	} {
		_, err := w.lib.Save(ctx, w.peer, once, row.step, row.f)
		wants(t, name, err, row.kind)
	}
	f := practice.StepForm{Answers: practice.Texts{"A1": "Call Anna on 347 555 0142."}, Version: 1}
	r, err := w.lib.Save(ctx, w.peer, once, "A", f)
	must(t, err)
	if r.Stored || len(r.Verdict.Findings) == 0 {
		t.Errorf("a phone number passes without a word: %+v", r)
	}
	wants(t, "sent back without a reason", func() error {
		return w.lib.TakeBack(ctx, w.leader, w.interview(t, ""), " ")
	}(), fault.Invalid)
}

func TestWhoLeavesLeavesHerInterviewToOthers(t *testing.T) {
	w := newWorld(t, small())
	id := w.interview(t, "")
	must(t, w.lib.TakeBack(ctx, w.peer, id, ""))
	must(t, w.lib.Erase(ctx, w.DB.DB, w.peer, true))
	room, err := w.lib.Interview(ctx, w.leader, id)
	must(t, err)
	if !room.Writes || room.Handle != "" {
		t.Errorf("nobody can go on: %+v", room)
	}
	_, err = w.lib.Save(ctx, w.leader, id, "C", practice.StepForm{Answers: practice.Texts{"C1": "Neighbours."}, Version: room.Version})
	must(t, err)
	must(t, w.lib.HandOn(ctx, w.leader, id))
	room, err = w.lib.Interview(ctx, w.leader, id)
	must(t, err)
	if room.Checks {
		t.Error("she checks what is hers now")
	}
	if got := fmt.Sprint(room.Lacks); got != "[]" {
		t.Errorf("it lacks %s", got)
	}
}
