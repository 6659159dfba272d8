package server_test

import (
	"context"
	"testing"

	"portico/app/career"
	"portico/app/store"
	"portico/app/supervision"
)

// kept holds that words were stored and not stopped for a second look.
func kept(t *testing.T, r supervision.Receipt, err error) store.ID {
	t.Helper()
	must(t, err)
	if !r.Stored {
		t.Fatalf("the words wait for a second look: %+v", r.Verdict)
	}
	return r.ID
}

// relate opens a relation and lets everybody agree.
func (m *matrix) relate(t *testing.T, kind supervision.Kind, peers []string, readers []string) store.ID {
	t.Helper()
	ctx, name := context.Background(), "supervision, "+string(kind)+": "
	form := supervision.ProposalForm{
		Supervisors: []store.ID{m.id("supervisor")}, Kind: kind, CadenceDays: 14, Paid: true, Agreement: m.say(name+"purpose", readers...),
		Reads: m.say(name+"who reads what", readers...), Limits: m.say(name+"limits", readers...), Insist: true,
	}
	for _, p := range peers {
		form.Peers = append(form.Peers, m.id(p))
	}
	r, err := m.Supervision.Propose(ctx, m.who("owner"), form)
	id := kept(t, r, err)
	for _, column := range append([]string{"supervisor"}, peers...) {
		if column != "owner" {
			must(t, m.Supervision.Accept(ctx, m.who(column), id))
		}
	}
	m.ids["relation"] = append(m.ids["relation"], id.String())
	return id
}

func (m *matrix) writeSupervision(t *testing.T) {
	t.Helper()
	both := []string{"owner", "supervisor"}
	m.writeTalk(t, m.relate(t, "individual", []string{"owner"}, both), both)
	group := []string{"owner", "mate", "supervisor"}
	m.writeMinutes(t, m.relate(t, "group", []string{"owner", "mate"}, group), group)
	ctx, mentoring := context.Background(), m.relate(t, "mentoring", []string{"owner"}, both)
	r, err := m.Supervision.Write(ctx, m.who("owner"), mentoring, supervision.EntryForm{
		Day: m.Store.Today(), Minutes: 30, Mode: "phone", Insist: true, Words: supervision.Words{Goal: m.say("supervision, mentoring: goal", both...)},
	})
	m.ids["entry"] = append(m.ids["entry"], kept(t, r, err).String())
	r, err = m.Supervision.EndWith(ctx, m.who("owner"), mentoring, supervision.EndForm{Reason: m.say("supervision: why it ended", both...), Insist: true})
	kept(t, r, err)
	r, err = m.Supervision.Flag(ctx, m.who("owner"), supervision.FlagForm{Words: m.say("debrief: her words", both...), Told: m.id("supervisor"), Insist: true})
	m.ids["debrief"] = []string{kept(t, r, err).String()}
}

// writeTalk writes an entry with everything in it, a private reflection beside it, a
// disagreement and a later addition.
func (m *matrix) writeTalk(t *testing.T, relation store.ID, readers []string) {
	t.Helper()
	ctx, name := context.Background(), "supervision, entry: "
	r, err := m.Supervision.Write(ctx, m.who("owner"), relation, supervision.EntryForm{
		Day: m.Store.Today(), Minutes: 50, Mode: "person", Insist: true, Words: supervision.Words{
			Worked: m.say(name+"what worked", readers...), Hard: m.say(name+"what was hard", readers...), Support: m.say(name+"support asked", readers...),
			Actions: []supervision.Agreed{{What: m.say(name+"an agreed action", readers...), Owner: "organisation", Due: m.Store.DayAfter(9)}},
		},
	})
	id := kept(t, r, err)
	must(t, m.Supervision.Reflect(ctx, m.who("owner"), id, supervision.Reflection{Words: m.say("supervision: private reflection", "owner")}))
	m.sign(t, "owner", id, supervision.SignForm{Verdict: supervision.Agree})
	m.sign(t, "supervisor", id, supervision.SignForm{Verdict: supervision.Disagree, Words: m.say(name+"comment of disagreement", readers...)})
	m.sign(t, "owner", id, supervision.SignForm{Verdict: supervision.Add, Words: m.say(name+"a later addition", readers...)})
	m.ids["entry"] = append(m.ids["entry"], id.String())
}

func (m *matrix) sign(t *testing.T, column string, id store.ID, f supervision.SignForm) {
	t.Helper()
	o, err := m.Supervision.Read(context.Background(), m.who(column), id)
	must(t, err)
	f.Version, f.Insist = o.Version, true
	r, err := m.Supervision.Sign(context.Background(), m.who(column), id, f)
	kept(t, r, err)
}

func (m *matrix) writeMinutes(t *testing.T, relation store.ID, readers []string) {
	t.Helper()
	ctx, name := context.Background(), "supervision, minutes: "
	r, err := m.Supervision.WriteMinutes(ctx, m.who("supervisor"), relation, supervision.MinutesForm{
		Day: m.Store.Today(), Minutes: 90, Mode: "person", Present: []store.ID{m.id("owner"), m.id("mate"), m.id("supervisor")}, Insist: true,
		Sitting: supervision.Sitting{
			Owner: m.id("owner"), CheckIn: m.say(name+"first round", readers...), Question: m.say(name+"question", readers...),
			Heard: m.say(name+"what the group hears", readers...), Ideas: m.say(name+"ideas", readers...), Decisions: m.say(name+"decisions", readers...),
		},
	})
	id := kept(t, r, err)
	o, err := m.Supervision.Read(ctx, m.who("owner"), id)
	must(t, err)
	r, err = m.Supervision.Choose(ctx, m.who("owner"), id, supervision.ChoiceForm{Words: m.say(name+"her choice", readers...), Version: o.Version, Insist: true})
	kept(t, r, err)
	m.sign(t, "mate", id, supervision.SignForm{Verdict: supervision.Decline, Words: m.say(name+"why she does not sign", readers...)})
	m.ids["entry"] = append(m.ids["entry"], id.String())
}

// writeCareer writes skills, a talk, a step and a note about a conflict.
func (m *matrix) writeCareer(t *testing.T) {
	t.Helper()
	ctx, owner := context.Background(), m.who("owner")
	stored := func(r career.Receipt, err error) {
		t.Helper()
		must(t, err)
		if !r.Stored {
			t.Fatalf("the words wait for a second look: %+v", r.Verdict)
		}
	}
	named := []string{"owner", "mate", "supervisor"}
	stored(m.Career.SaveSkill(ctx, owner, career.SkillForm{
		Kind: "soft", Name: m.say("career: a skill", named...), Evidence: m.say("career: how she knows", named...),
		Readers: []store.ID{m.id("mate")}, Asked: m.id("supervisor"), Insist: true,
	}))
	two := []string{"owner", "leader"}
	stored(m.Career.Plan(ctx, owner, career.PlanForm{Account: m.id("owner"), With: m.id("leader"), Day: m.Store.Today(), Agenda: "To be written", Insist: true}))
	talk, err := m.Career.Talks(ctx, owner)
	must(t, err)
	stored(m.Career.Note(ctx, owner, talk[0].ID, career.NoteForm{Day: m.Store.Today(), Insist: true, TalkWords: career.TalkWords{
		Agenda: m.say("career talk: agenda", two...), There: m.say("career talk: who was there", two...),
		Steps: m.say("career talk: steps", two...), Words: m.say("career talk: words", two...),
	}}))
	must(t, m.Career.TakeStep(ctx, m.who("coordinator"), m.id("owner"), career.StepForm{
		Step: "experienced", Day: m.Store.Today(), Promise: m.say("career: what was promised", append([]string{"owner"}, coordinators...)...),
	}))
	outside := []string{"owner", "contact"}
	note, err := m.Career.Write(ctx, owner, career.WriteForm{Contact: m.id("contact"), Words: m.say("conflict: her words", outside...)})
	must(t, err)
	must(t, m.Career.Respond(ctx, m.who("contact"), note, m.say("conflict: the answer", outside...), ""))
	must(t, m.Career.More(ctx, owner, note, m.say("conflict: more words", outside...), ""))
	skills, err := m.Career.MySkills(ctx, owner)
	must(t, err)
	m.ids["talk"], m.ids["skill"], m.ids["note"] = []string{talk[0].ID.String()}, []string{skills[0].ID.String()}, []string{note.String()}
}
