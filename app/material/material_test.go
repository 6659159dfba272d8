package material_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/material"
	"portico/app/member"
	"portico/app/store"
)

func TestAnIdeaIsAnybodysAndNamesNobody(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.proposed(t)
	if _, err := w.mat.Propose(ctx, member.Actor{}, idea); !fault.Is(err, fault.SignIn) {
		t.Errorf("a visitor: %v", err)
	}
	if m := w.state(t, id); !m.SignedBy.IsZero() || m.State != material.Idea {
		t.Errorf("a member's idea: %+v", m)
	}
	again := idea
	again.Nonce = "one"
	first, err := w.mat.Propose(ctx, w.anna, again)
	must(t, err)
	second, err := w.mat.Propose(ctx, w.anna, again)
	must(t, err)
	if first.ID != second.ID {
		t.Error("the same form made two ideas")
	}
	phone := idea
	phone.Purpose = "Call me on +39 333 12 34 567."
	if r, err := w.mat.Propose(ctx, w.anna, phone); err != nil || r.Stored || len(r.Verdict.Findings) == 0 {
		t.Errorf("a phone number in an idea: %+v, %v", r, err)
	}
	signed := idea
	signed.Sign, signed.Title = true, "Signed"
	if _, err := w.mat.Propose(ctx, w.peer, signed); err != nil {
		t.Fatal(err)
	}
	for _, who := range []member.Actor{w.anna, w.anna, w.bianca, w.leader} {
		must(t, w.mat.Want(ctx, who, id))
	}
	lines, err := w.mat.Ideas(ctx, w.anna)
	must(t, err)
	if len(lines) != 3 || lines[0].ID != id || lines[0].Wants != 3 || !lines[0].Wanted || lines[0].By != "" || lines[1].By+lines[2].By != "lampione" {
		t.Errorf("got %+v", lines)
	}
	refused(t, "wanting what does not exist", w.mat.Want(ctx, w.anna, store.NewID()), fault.NotFound, "")
	_, err = w.mat.Propose(ctx, w.anna, material.IdeaForm{})
	if f := fault.As(err); f == nil || len(f.Fields) != 5 {
		t.Errorf("an empty form: %v", err)
	}
}

func TestOnlyTheTableMovesAMaterial(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.proposed(t)
	for name, who := range map[string]member.Actor{"a member": w.bianca, "a peer": w.peer, "the coordinator": w.coordinator, "a visitor": {}} {
		refused(t, "take up by "+name, w.mat.TakeUp(ctx, who, id), fault.NotFound, "")
	}
	must(t, w.mat.TakeUp(ctx, w.leader, id))
	refused(t, "taking up twice", w.mat.TakeUp(ctx, w.other, id), fault.Conflict, "")
	must(t, w.mat.Invite(ctx, w.leader, id, "lampione"))
	refused(t, "a handle that nobody has", w.mat.Invite(ctx, w.leader, id, "nobody"), fault.Invalid, "")
	refused(t, "a peer invites", w.mat.Invite(ctx, w.peer, id, "cornice"), fault.NotFound, "")
	refused(t, "the last leader leaves", w.mat.Leave(ctx, w.leader, id, w.leader.Role.ID), fault.Refused, "material.group.leader")
	refused(t, "asking about nothing", w.mat.Consult(ctx, w.peer, id, survey(w, 1)), fault.Refused, "material.text.none")
	w.save(t, id, text, 0)
	refused(t, "voting about a draft", w.mat.OpenVote(ctx, w.leader, id, w.DayAfter(3)), fault.Conflict, "material.step.not-now")
	refused(t, "publishing a draft", w.mat.Publish(ctx, w.leader, id, 12), fault.Conflict, "material.step.not-now")
	refused(t, "wanting a draft", w.mat.Want(ctx, w.anna, id), fault.NotFound, "")
	for name, who := range map[string]member.Actor{"another leader": w.other, "the coordinator": w.coordinator, "a member": w.bianca, "a visitor": {}} {
		_, err := w.mat.Workshop(ctx, who, id)
		refused(t, "the workshop for "+name, err, fault.NotFound, "")
		_, err = w.mat.Save(ctx, who, id, material.VersionForm{Title: "Mine", Body: "Mine", Base: 1})
		refused(t, "saving by "+name, err, fault.NotFound, "")
		_, err = w.mat.Compare(ctx, who, id, 1, 1)
		refused(t, "comparing by "+name, err, fault.NotFound, "")
		refused(t, "consulting by "+name, w.mat.Consult(ctx, who, id, survey(w, 1)), fault.NotFound, "")
		refused(t, "archiving by "+name, w.mat.Archive(ctx, who, id), fault.NotFound, "")
		if _, err := w.mat.Read(ctx, id, "", "en"); !fault.Is(err, fault.NotFound) {
			t.Errorf("reading a draft: %v", err)
		}
		if who.SignedIn() {
			_, err = w.mat.Suggest(ctx, who, id, material.SuggestionForm{Version: 1, Part: 1, Wanted: "x", Why: "y"})
			refused(t, "suggesting in a draft by "+name, err, fault.NotFound, "")
		}
	}
	refused(t, "a peer archives", w.mat.Archive(ctx, w.peer, id), fault.NotFound, "")
	must(t, w.mat.Archive(ctx, w.leader, id))
	refused(t, "leaving the archive", w.mat.Reopen(ctx, w.leader, id), fault.Conflict, "")
	spam := w.proposed(t)
	refused(t, "a member archives an idea", w.mat.Archive(ctx, w.anna, spam), fault.NotFound, "")
	must(t, w.mat.Archive(ctx, w.coordinator, spam))
}

func TestTwoEditorsLoseNothing(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione")
	f := material.VersionForm{Title: "Your rights", Body: "By the peer.", Base: 1, Note: "shorter"}
	got, err := w.mat.Save(ctx, w.peer, id, f)
	if err != nil || got.Number != 2 {
		t.Fatalf("%+v, %v", got, err)
	}
	got, err = w.mat.Save(ctx, w.leader, id, material.VersionForm{Title: "Your rights", Body: "By the leader.", Base: 1})
	refused(t, "a stale save", err, fault.Conflict, "material.text.stale")
	if got.Standing.Number != 2 || got.Standing.Body != "By the peer." {
		t.Errorf("the other text is not there: %+v", got)
	}
	if got, err = w.mat.Save(ctx, w.peer, id, f); err != nil || got.Number != 2 {
		t.Errorf("the same form again: %+v, %v", got, err)
	}
	_, err = w.mat.Save(ctx, w.leader, id, material.VersionForm{Title: "Your rights", Body: "By both.", Base: 2})
	must(t, err)
	c, err := w.mat.Compare(ctx, w.peer, id, 1, 3)
	must(t, err)
	if c.From.Number != 1 || c.To.Body != "By both." || len(c.Pieces) < 2 {
		t.Errorf("got %+v", c)
	}
	shop, err := w.mat.Workshop(ctx, w.peer, id)
	must(t, err)
	if len(shop.Versions) != 3 || shop.Versions[1].Handle != "lampione" || shop.Versions[1].Note != "shorter" || shop.Text.Body != "By both." {
		t.Errorf("got %+v", shop.Versions)
	}
}

func TestEverySuggestionIsAnsweredBeforeAVote(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione")
	must(t, w.mat.Consult(ctx, w.leader, id, survey(w, 1)))
	r, err := w.mat.Suggest(ctx, w.anna, id, material.SuggestionForm{Version: 1, Part: 2, Wanted: "Nobody asks who you are.", Why: "Shorter.", Sign: true})
	must(t, err)
	_, err = w.mat.Suggest(ctx, w.mediator, id, material.SuggestionForm{Version: 1, Part: 3, Wanted: "It costs nothing.", Why: "Plainer.", Sign: true})
	must(t, err)
	_, err = w.mat.Suggest(ctx, w.anna, id, material.SuggestionForm{Version: 1, Part: 9, Wanted: "x", Why: "y"})
	refused(t, "a passage that is not there", err, fault.Invalid, "")
	if r, err := w.mat.Suggest(ctx, w.anna, id, material.SuggestionForm{Version: 1, Part: 1, Wanted: "Call +39 333 12 34 567.", Why: "y"}); err != nil || r.Stored {
		t.Errorf("a phone number: %+v, %v", r, err)
	}
	_, err = w.mat.Say(ctx, w.anna, id, said)
	must(t, err)
	must(t, w.mat.CloseConsultation(ctx, w.leader, id))
	err = w.mat.OpenVote(ctx, w.leader, id, w.DayAfter(3))
	refused(t, "a vote with open suggestions", err, fault.Refused, "material.suggestions.wait")
	if f := fault.As(err); f != nil && fmt.Sprint(f.Args...) != fmt.Sprint("Number", 2) {
		t.Errorf("it does not say how many: %v", f.Args)
	}
	shop, err := w.mat.Workshop(ctx, w.peer, id)
	must(t, err)
	if shop.Waiting != 2 || len(shop.Suggestions) != 2 || shop.Suggestions[0].Passage != "Nobody asks for your name." || shop.Suggestions[0].By != "" || shop.Suggestions[1].By != "passerella" {
		t.Errorf("got %+v", shop.Suggestions)
	}
	refused(t, "no without why", w.mat.Answer(ctx, w.peer, id, r.ID, material.AnswerForm{State: material.Kept}), fault.Invalid, "")
	refused(t, "a member answers", w.mat.Answer(ctx, w.anna, id, r.ID, material.AnswerForm{State: material.Changed}), fault.NotFound, "")
	must(t, w.mat.Answer(ctx, w.peer, id, r.ID, material.AnswerForm{State: material.Kept, Words: "The law says it so."}))
	refused(t, "answering twice", w.mat.Answer(ctx, w.leader, id, r.ID, material.AnswerForm{State: material.Changed}), fault.Conflict, "")
	refused(t, "answering what is not there", w.mat.Answer(ctx, w.leader, id, store.NewID(), material.AnswerForm{State: material.Changed}), fault.NotFound, "")
	asked, err := w.mat.Asked(ctx, w.bianca, id)
	must(t, err)
	if asked.Suggestions[1].Answer != "The law says it so." {
		t.Errorf("whoever asked does not find the answer: %+v", asked.Suggestions)
	}
	must(t, w.mat.Answer(ctx, w.peer, id, shop.Suggestions[1].ID, material.AnswerForm{State: material.Changed}))
	must(t, w.mat.OpenVote(ctx, w.leader, id, w.DayAfter(3)))
}

func TestAConsultationHearsEachOnce(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione")
	_, err := w.mat.Asked(ctx, w.anna, id)
	refused(t, "before it opens", err, fault.NotFound, "")
	bad := survey(w, 0)
	bad.Questions, bad.NotAsked, bad.ClosesDay = bad.Questions[:2], "", "2020-01-01"
	if f := fault.As(w.mat.Consult(ctx, w.leader, id, bad)); f == nil || len(f.Fields) != 4 {
		t.Errorf("a bad survey: %v", f)
	}
	must(t, w.mat.Consult(ctx, w.leader, id, survey(w, 2)))
	_, err = w.mat.Say(ctx, w.anna, id, said)
	must(t, err)
	_, err = w.mat.Say(ctx, w.anna, id, said)
	refused(t, "answering twice", err, fault.Conflict, "material.say.once")
	_, err = w.mat.Say(ctx, w.leader, id, said)
	refused(t, "the group answers", err, fault.Refused, "material.say.group")
	_, err = w.mat.Say(ctx, member.Actor{}, id, said)
	refused(t, "a visitor", err, fault.SignIn, "")
	_, err = w.mat.Say(ctx, w.mediator, id, said)
	must(t, err)
	_, err = w.mat.Say(ctx, w.bianca, id, material.SayForm{})
	refused(t, "nothing said", err, fault.Invalid, "")
	refused(t, "closing too early", w.mat.CloseConsultation(ctx, w.leader, id), fault.Refused, "material.consultation.few")
	shop, err := w.mat.Workshop(ctx, w.peer, id)
	must(t, err)
	h := shop.Consultation
	if h.Community != 1 || h.Voices != 2 || h.Reached || h.Questions[0].Totals != nil || len(h.Questions[2].Words) != 2 {
		t.Errorf("totals are told too early, or voices are counted wrongly: %+v", h)
	}
	open, err := w.mat.Consultations(ctx, w.anna)
	must(t, err)
	if len(open) != 1 || !open[0].Answered || open[0].Title == "" {
		t.Errorf("got %+v", open)
	}
	_, err = w.mat.Say(ctx, w.bianca, id, material.SayForm{Replies: []material.Reply{{Number: 1, Scale: 5}}})
	must(t, err)
	shop, err = w.mat.Workshop(ctx, w.peer, id)
	must(t, err)
	if got := fmt.Sprint(shop.Consultation.Questions[0].Totals); got != "[0 0 0 2 1]" {
		t.Errorf("totals are %s", got)
	}
	refused(t, "a vote while it is open", w.mat.OpenVote(ctx, w.leader, id, w.DayAfter(3)), fault.Refused, "material.consultation.open")
	must(t, w.mat.CloseConsultation(ctx, w.leader, id))
	_, err = w.mat.Say(ctx, w.carla, id, said)
	refused(t, "answering after it", err, fault.Conflict, "material.consultation.over")
}

func TestAVoteWaitsForTheCommunity(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.drafted(t, "lampione")
	must(t, w.mat.Consult(ctx, w.leader, id, survey(w, 2)))
	_, err := w.mat.Say(ctx, w.anna, id, said)
	must(t, err)
	w.Time.Advance(8 * 24 * time.Hour)
	_, err = w.mat.Say(ctx, w.bianca, id, said)
	refused(t, "after its day", err, fault.Conflict, "material.consultation.over")
	refused(t, "a vote with too few voices", w.mat.OpenVote(ctx, w.leader, id, w.DayAfter(3)), fault.Refused, "material.consultation.few")
	refused(t, "a shorter time", w.mat.Prolong(ctx, w.leader, id, w.DayAfter(-2)), fault.Invalid, "")
	must(t, w.mat.Prolong(ctx, w.leader, id, w.DayAfter(3)))
	_, err = w.mat.Say(ctx, w.bianca, id, said)
	must(t, err)
	w.Time.Advance(4 * 24 * time.Hour)
	must(t, w.mat.OpenVote(ctx, w.leader, id, w.DayAfter(3)))
	if n, err := gorm.G[material.Consultation](w.DB.DB).Where("state = ?", material.Closed).Count(ctx, "id"); err != nil || n != 1 {
		t.Errorf("the consultation is still open: %d, %v", n, err)
	}
}
