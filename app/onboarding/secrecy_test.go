package onboarding_test

import (
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/onboarding"
	"portico/app/store"
)

func TestANoteIsReadOnlyByWhomItNames(t *testing.T) {
	w := newWorld(t)
	id, she := w.arrive(t, "membership", "willow", "Words of amber interest.")
	must(t, w.in.Plan(ctx, w.first, id, "conversation", onboarding.PlanForm{Owner: w.peers[0].Role.ID}))
	w.finish(t, w.peers[0], id, "conversation", "A note of granite.")
	note := func(v onboarding.View) string {
		for _, s := range v.Steps {
			if s.Step.Step == "conversation" {
				return s.Note
			}
		}
		return ""
	}
	for _, who := range []member.Actor{w.first, w.second} {
		if v, err := w.in.Path(ctx, who, id, "en"); err != nil || note(v) != "A note of granite." || v.Words != "Words of amber interest." {
			t.Errorf("a coordinator reads %q and %q, %v", note(v), v.Words, err)
		}
	}
	if v, err := w.in.Owned(ctx, w.peers[0], id); err != nil || note(v) != "A note of granite." || v.Words != "" {
		t.Errorf("who led the talk reads %q and the words %q, %v", note(v), v.Words, err)
	}
	if v, _, err := w.in.Mine(ctx, she, "en"); err != nil || note(v) != "" || v.Words != "Words of amber interest." {
		t.Errorf("she reads %q and %q, %v", note(v), v.Words, err)
	}
	later := w.hire(t, "later", member.RoleCoordinator)
	if v, err := w.in.Path(ctx, later, id, "en"); err != nil || note(v) != "" || v.Words != "" {
		t.Errorf("a coordinator of a later day reads %q, %v", note(v), err)
	}
	w.finish(t, she, id, "expectations", "")
	must(t, w.in.SignRules(ctx, she, house.version, "en"))
	r, err := w.in.Finish(ctx, w.first, id, "risk", onboarding.FinishForm{Words: "A shared note of linen.", Share: true})
	if err != nil || !r.Stored {
		t.Fatal(r, err)
	}
	v, _, err := w.in.Mine(ctx, she, "en")
	must(t, err)
	if !strings.Contains(v.Steps[4].Note, "linen") || !v.Steps[4].Shared {
		t.Errorf("what was shared with her is %q", v.Steps[4].Note)
	}
	dump := w.Dump(t)
	for _, word := range []string{"amber", "granite", "linen"} {
		if strings.Contains(dump, word) {
			t.Errorf("%q lies open", word)
		}
	}
}

func TestAReportThatCouldPointAtSomebodyIsNotTaken(t *testing.T) {
	w := newWorld(t)
	id, she := w.arrive(t, "membership", "willow", "Hello there.")
	must(t, w.in.Plan(ctx, w.first, id, "conversation", onboarding.PlanForm{Owner: w.peers[0].Role.ID}))
	w.finish(t, w.peers[0], id, "conversation", "")
	w.finish(t, she, id, "expectations", "")
	must(t, w.in.SignRules(ctx, she, house.version, "en"))
	w.finish(t, w.first, id, "risk", "")
	must(t, w.in.Plan(ctx, w.first, id, "report", onboarding.PlanForm{Owner: w.peers[0].Role.ID}))
	r, err := w.in.Finish(ctx, w.peers[0], id, "report", onboarding.FinishForm{Words: "Call her at +39 333 123 4567.", Insist: true})
	if err != nil || r.Stored || len(r.Verdict.Findings) == 0 {
		t.Errorf("a phone number goes to the group: %+v %v", r, err)
	}
	if _, err := w.in.Finish(ctx, w.peers[0], id, "report", onboarding.FinishForm{}); field(err) != "words" {
		t.Errorf("an empty report: %v", err)
	}
}

func TestRulesAreSignedInTheVersionThatWasRead(t *testing.T) {
	w := newWorld(t)
	_, she := w.arrive(t, "consultation", "willow", "Hello there.")
	if err := w.in.SignRules(ctx, she, house.version+1, "en"); key(err) != "joining.rules.changed" {
		t.Errorf("a version that is not: %v", err)
	}
	stolen := she
	stolen.Role = &member.RoleActor{ID: she.Role.ID, Handle: she.Role.Handle, Roles: she.Role.Roles, Identity: w.peers[0].Role.Identity}
	if err := w.in.SignRules(ctx, stolen, house.version, "en"); key(err) != "role.key.none" {
		t.Errorf("another key signs for her: %v", err)
	}
	must(t, w.in.SignRules(ctx, she, house.version, "en"))
	if err := w.in.SignRules(ctx, she, house.version, "en"); key(err) != "joining.step.order" {
		t.Errorf("a second signature: %v", err)
	}
	must(t, w.DB.DB.Exec("UPDATE rule_signatures SET version = 7").Error)
	if v, _, err := w.in.Mine(ctx, she, "en"); err != nil || !v.Signed || v.Holds {
		t.Errorf("a changed signature holds: %v %v", v.Holds, err)
	}
}

// TestEveryVerbAsksWho tries every verb as everybody. "ok" stands for any answer but that of
// something that does not exist.
func TestEveryVerbAsksWho(t *testing.T) {
	w := newWorld(t)
	id, she := w.toVote(t, "willow")
	vote := w.open(t, w.first, id)
	form := onboarding.InterestForm{Organisation: w.orgs["membership"], Words: "Somebody else.", Way: "staff"}
	cast := map[string]member.Actor{"visitor": {}, "member": {Account: store.NewID(), Secrets: she.Secrets}, "candidate": she, "peer": w.peers[1], "supervisor": w.supervisor, "coordinator": w.second}
	org := w.orgs["membership"]
	for verb, row := range map[string]struct {
		may string
		do  func(member.Actor) error
	}{
		"Draft":        {"coordinator", func(a member.Actor) error { _, err := w.in.Draft(ctx, a, org, "en"); return err }},
		"Drafts":       {"coordinator", func(a member.Actor) error { _, err := w.in.Drafts(ctx, a); return err }},
		"SavePage":     {"coordinator", func(a member.Actor) error { return w.in.SavePage(ctx, a, org, true, 0) }},
		"SaveText":     {"coordinator", func(a member.Actor) error { return w.in.SaveText(ctx, a, onboarding.TextRow{}) }},
		"SaveCriteria": {"coordinator", func(a member.Actor) error { return w.in.SaveCriteria(ctx, a, org, nil) }},
		"Post":         {"coordinator", func(a member.Actor) error { return w.in.Post(ctx, a, onboarding.Posting{}, "") }},
		"Figures":      {"coordinator", func(a member.Actor) error { _, err := w.in.Figures(ctx, a); return err }},
		"List":         {"coordinator", func(a member.Actor) error { _, _, err := w.in.List(ctx, a); return err }},
		"Path":         {"coordinator", func(a member.Actor) error { _, err := w.in.Path(ctx, a, id, "en"); return err }},
		"Choices":      {"coordinator", func(a member.Actor) error { _, _, err := w.in.Choices(ctx, a, org); return err }},
		"NewLink":      {"coordinator", func(a member.Actor) error { _, err := w.in.NewLink(ctx, a, id); return err }},
		"Plan":         {"coordinator", func(a member.Actor) error { return w.in.Plan(ctx, a, id, "mentor", onboarding.PlanForm{Due: "x"}) }},
		"OpenVote":     {"coordinator", func(a member.Actor) error { return w.in.OpenVote(ctx, a, id, "") }},
		"NamePanel":    {"coordinator", func(a member.Actor) error { return w.in.NamePanel(ctx, a, id, nil) }},
		"SettlePanel":  {"coordinator", func(a member.Actor) error { return w.in.SettlePanel(ctx, a, id, true, "") }},
		"MakeOffer":    {"coordinator", func(a member.Actor) error { return w.in.MakeOffer(ctx, a, id, "", "") }},
		"Answer":       {"coordinator", func(a member.Actor) error { return w.in.Answer(ctx, a, id, "", "") }},
		"DecideAppeal": {"coordinator", func(a member.Actor) error { return w.in.DecideAppeal(ctx, a, id, false, "") }},
		"Farewells":    {"coordinator supervisor", func(a member.Actor) error { _, err := w.in.Farewells(ctx, a); return err }},
		"Enter":        {"coordinator peer", func(a member.Actor) error { _, err := w.in.Enter(ctx, a, form); return err }},
		"EnterWhere":   {"coordinator peer", func(a member.Actor) error { _, err := w.in.EnterWhere(ctx, a); return err }},
		"Asked":        {"coordinator peer supervisor", func(a member.Actor) error { _, err := w.in.Asked(ctx, a, "en"); return err }},
		"VoteOf":       {"peer", func(a member.Actor) error { _, _, err := w.in.VoteOf(ctx, a, vote, "en"); return err }},
		"Cast":         {"peer", func(a member.Actor) error { return w.in.Cast(ctx, a, vote, onboarding.VoteForm{}) }},
		"StepAside":    {"peer", func(a member.Actor) error { return w.in.StepAside(ctx, a, vote) }},
		"Readers":      {"peer", func(a member.Actor) error { _, err := w.in.Readers(ctx, a); return err }},
		"Leave":        {"peer", func(a member.Actor) error { return w.in.Leave(ctx, a, onboarding.LeaveForm{}) }},
		"ProposeTitle": {"peer", func(a member.Actor) error { _, err := w.in.ProposeTitle(ctx, a, "en", ""); return err }},
		"Rounds":       {"peer", func(a member.Actor) error { _, err := w.in.Rounds(ctx, a); return err }},
		"Owned":        {"", func(a member.Actor) error { _, err := w.in.Owned(ctx, a, id); return err }},
		"PanelFor":     {"", func(a member.Actor) error { _, _, err := w.in.PanelFor(ctx, a, id, "en"); return err }},
		"NotePanel":    {"", func(a member.Actor) error { return w.in.NotePanel(ctx, a, id, "A note.") }},
		"AnswerOffer":  {"", func(a member.Actor) error { return w.in.AnswerOffer(ctx, a, 1, true) }},
		"Appeal":       {"", func(a member.Actor) error { return w.in.Appeal(ctx, a, "Please look.") }},
		"Write":        {"candidate", func(a member.Actor) error { return w.in.Write(ctx, a, "", "") }},
	} {
		for role, who := range cast {
			exists := !fault.Is(row.do(who), fault.NotFound)
			if want := strings.Contains(" "+row.may+" ", " "+role+" "); exists != want {
				t.Errorf("%s as %s: exists %v, want %v", verb, role, exists, want)
			}
		}
	}
}

func TestNobodyGivesHerselfARoleOrAHigherOne(t *testing.T) {
	w := newWorld(t)
	_, she := w.arrive(t, "membership", "willow", "Hello there.")
	tx := w.DB.DB
	for name, err := range map[string]error{
		"a candidate gives it":    w.members.ChangeRole(ctx, tx, she, she.Role.ID, member.RoleCandidate, member.RolePeer),
		"a peer gives it":         w.members.ChangeRole(ctx, tx, w.peers[0], she.Role.ID, member.RoleCandidate, member.RolePeer),
		"herself":                 w.members.ChangeRole(ctx, tx, w.second, w.second.Role.ID, member.RoleCoordinator, member.RolePeer),
		"the administrator":       w.members.ChangeRole(ctx, tx, w.second, she.Role.ID, member.RoleCandidate, member.RoleAdmin),
		"in the place of another": w.members.ChangeRole(ctx, tx, w.second, she.Role.ID, member.RoleLeader, member.RolePeer),
		"to nobody":               w.members.ChangeRole(ctx, tx, w.second, store.NewID(), member.RoleCandidate, member.RolePeer),
	} {
		if err == nil {
			t.Errorf("%s: it was given", name)
		}
	}
	if w.rolesOf(t, she) != "candidate" {
		t.Errorf("her roles are %s", w.rolesOf(t, she))
	}
}

func TestLeavingTakesThePlaceAndKeepsTheAccount(t *testing.T) {
	w := newWorld(t)
	peer := w.peers[0]
	for name, f := range map[string]onboarding.LeaveForm{
		"reason": {Words: "x", Readers: []store.ID{w.supervisor.Role.ID}}, "for": {Reason: "risk", Words: "For nobody.", Readers: []store.ID{w.peers[1].Role.ID}},
	} {
		if err := w.in.Leave(ctx, peer, f); field(err) != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	must(t, w.in.Leave(ctx, peer, onboarding.LeaveForm{Reason: "unpaid", Words: "A letter of copper.", Readers: []store.ID{w.supervisor.Role.ID}}))
	if err := w.in.Leave(ctx, peer, onboarding.LeaveForm{Reason: "unpaid"}); key(err) != "joining.leave.nowhere" {
		t.Errorf("leaving twice: %v", err)
	}
	if len(w.places.gone) != 1 || w.rolesOf(t, peer) != "peer" {
		t.Errorf("departed %v, roles %s", w.places.gone, w.rolesOf(t, peer))
	}
	if l, err := w.in.Farewells(ctx, w.supervisor); err != nil || len(l) != 1 || l[0].Words != "A letter of copper." {
		t.Errorf("the supervisor reads %v, %v", l, err)
	}
	if l, err := w.in.Farewells(ctx, w.first); err != nil || len(l) != 0 {
		t.Errorf("the coordinator reads %v, %v", l, err)
	}
	figures, err := w.in.Figures(ctx, w.first)
	must(t, err)
	if len(figures) != 1 || figures[0].What != "left-unpaid" || strings.Contains(w.Dump(t), "copper") {
		t.Errorf("figures %v, or the letter lies open", figures)
	}
}

func TestAGroupChoosesItsTitleInSecret(t *testing.T) {
	w := newWorld(t)
	org := w.orgs["membership"]
	for _, title := range []string{"Community activator", "Bridge person"} {
		r, err := w.in.ProposeTitle(ctx, w.peers[0], "en", title)
		if err != nil || !r.Stored {
			t.Fatal(r, err)
		}
	}
	if _, err := w.in.ProposeTitle(ctx, w.peers[1], "en", "Bridge person"); key(err) != "joining.title.there" {
		t.Errorf("the same proposal: %v", err)
	}
	if r, err := w.in.ProposeTitle(ctx, w.peers[1], "en", "call 333 123 4567"); err != nil || r.Stored {
		t.Errorf("a number as a title: %v %v", r.Stored, err)
	}
	rounds, err := w.in.Rounds(ctx, w.peers[1])
	must(t, err)
	id := rounds[0].ID
	must(t, w.in.OpenTitleVote(ctx, w.peers[1], id, w.DayAfter(5)))
	if _, err := w.in.ProposeTitle(ctx, w.peers[0], "en", "Third one"); key(err) != "joining.title.voting" {
		t.Errorf("a proposal during the vote: %v", err)
	}
	if title, err := w.in.Title(ctx, org, "en"); title != "" || err != nil {
		t.Errorf("a title before the end: %q %v", title, err)
	}
	best := rounds[0].Proposals[0]
	for i, p := range w.peers {
		want := best.ID
		if i == 3 {
			want = rounds[0].Proposals[1].ID
		}
		must(t, w.in.VoteTitle(ctx, p, id, want))
		if err := w.in.VoteTitle(ctx, p, id, want); err == nil {
			t.Error("a second vote counts")
		}
	}
	if title, err := w.in.Title(ctx, org, "en"); title != best.Words || err != nil {
		t.Errorf("the title is %q, want %q (%v)", title, best.Words, err)
	}
	if title, _ := w.in.Title(ctx, org, "it"); title != "" {
		t.Errorf("in another language it is %q", title)
	}
	if err := w.in.VoteTitle(ctx, w.hire(t, "stranger", member.RolePeer), id, best.ID); key(err) != "joining.title.nowhere" {
		t.Errorf("somebody of no group: %v", err)
	}
	for _, title := range []string{"One", "Two"} {
		_, err := w.in.ProposeTitle(ctx, w.peers[0], "en", title)
		must(t, err)
	}
	rounds, err = w.in.Rounds(ctx, w.peers[0])
	must(t, err)
	must(t, w.in.OpenTitleVote(ctx, w.peers[0], rounds[0].ID, w.DayAfter(5)))
	must(t, w.in.VoteTitle(ctx, w.peers[0], rounds[0].ID, rounds[0].Proposals[0].ID))
	w.Time.Advance(6 * 24 * time.Hour)
	must(t, w.in.CloseDue(ctx))
	if title, _ := w.in.Title(ctx, org, "en"); title != best.Words {
		t.Errorf("one vote of four changed the title to %q", title)
	}
}
