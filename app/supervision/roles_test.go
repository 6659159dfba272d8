package supervision_test

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"strings"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/supervision"
)

// TestEveryVerbAsksWho tries each verb as each kind of person who is not part of a
// relation, and as those who are part of it without the part that the verb is for.
func TestEveryVerbAsksWho(t *testing.T) {
	c, ctx := newCircle(t), context.Background()
	c.company(t)
	relation := c.open(t)
	entry := c.write(t, relation)
	minutes := c.sit(t, c.people[0], c.id, c.minutes(c.people[1].Role.ID, c.people...))
	verbs := map[string]func(who member.Actor) error{
		"accept":   func(who member.Actor) error { return c.sup.Accept(ctx, who, relation) },
		"refuse":   func(who member.Actor) error { return c.sup.Refuse(ctx, who, relation) },
		"end":      func(who member.Actor) error { return c.sup.End(ctx, who, relation) },
		"leave":    func(who member.Actor) error { return c.sup.Leave(ctx, who, c.id) },
		"plan":     func(who member.Actor) error { return c.sup.Plan(ctx, who, relation, "") },
		"review":   func(who member.Actor) error { return c.sup.Review(ctx, who, relation, c.DayAfter(9)) },
		"relation": func(who member.Actor) error { return second(c.sup.Relation(ctx, who, relation)) },
		"agreement": func(who member.Actor) error {
			return second(c.sup.Agreement(ctx, who, supervision.Relation{ID: relation}))
		},
		"entries":    func(who member.Actor) error { return second(c.sup.Entries(ctx, who, relation)) },
		"read":       func(who member.Actor) error { return second(c.sup.Read(ctx, who, entry)) },
		"read group": func(who member.Actor) error { return second(c.sup.Read(ctx, who, minutes)) },
		"write":      func(who member.Actor) error { return second(c.sup.Write(ctx, who, relation, c.form())) },
		"revise":     func(who member.Actor) error { return second(c.sup.Revise(ctx, who, entry, c.form())) },
		"sign": func(who member.Actor) error {
			return second(c.sup.Sign(ctx, who, entry, supervision.SignForm{Verdict: supervision.Agree, Version: 1}))
		},
		"write group": func(who member.Actor) error {
			return second(c.sup.WriteMinutes(ctx, who, c.id, c.minutes(store.ID{}, c.people...)))
		},
		"revise group": func(who member.Actor) error {
			return second(c.sup.ReviseMinutes(ctx, who, minutes, c.minutes(store.ID{}, c.people...)))
		},
		"choose": func(who member.Actor) error {
			return second(c.sup.Choose(ctx, who, minutes, supervision.ChoiceForm{Words: "x", Version: 1}))
		},
		"turn":      func(who member.Actor) error { return second(c.sup.Turn(ctx, who, c.id)) },
		"newcomers": func(who member.Actor) error { return second(c.sup.Newcomers(ctx, who, c.id)) },
		"invite":    func(who member.Actor) error { return c.sup.Invite(ctx, who, c.id, supervision.InviteForm{}) },
		"others":    func(who member.Actor) error { return second(c.sup.Others(ctx, who, relation)) },
		"change": func(who member.Actor) error {
			return second(c.sup.Change(ctx, who, relation, supervision.ChangeForm{}))
		},
		"before":  func(who member.Actor) error { return second(c.sup.Before(ctx, who, relation)) },
		"share":   func(who member.Actor) error { return c.sup.Share(ctx, who, relation, nil) },
		"readers": func(who member.Actor) error { return second(c.sup.Readers(ctx, who, relation)) },
		"verify":  func(who member.Actor) error { return second(c.sup.Verify(ctx, who, relation)) },
		"notes":   func(who member.Actor) error { return second(c.sup.MyReflection(ctx, who, entry)) },
		"reflect": func(who member.Actor) error {
			return c.sup.Reflect(ctx, who, entry, supervision.Reflection{Words: "x"})
		},
	}
	outside := map[string]member.Actor{"coordinator": c.coordinator, "another peer and supervisor": c.other, "host": c.host, "visitor": {}}
	for verb, try := range verbs {
		for name, who := range outside {
			if err := try(who); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s, %s: %v; want that it does not exist", verb, name, err)
			}
		}
	}
	for name, c := range map[string]struct {
		err  error
		kind fault.Kind
	}{
		"the supervisor writes":               {verbs["write"](c.supervisor), fault.Refused},
		"the supervisor revises":              {verbs["revise"](c.supervisor), fault.Refused},
		"the supervisor changes herself":      {verbs["change"](c.supervisor), fault.NotFound},
		"the supervisor shares":               {verbs["share"](c.supervisor), fault.NotFound},
		"the peer shares where nothing was":   {verbs["share"](c.peer), fault.NotFound},
		"another of the group revises":        {verbs["revise group"](c.people[2]), fault.Refused},
		"another of the group chooses":        {verbs["choose"](c.people[2]), fault.Refused},
		"one of an intervision ends it":       {c.sup.End(ctx, c.people[2], c.id), fault.Refused},
		"a talk where there are minutes":      {second(c.sup.Write(ctx, c.people[0], c.id, c.form())), fault.Refused},
		"minutes where there is a talk":       {second(c.sup.WriteMinutes(ctx, c.peer, relation, c.minutes(store.ID{}, c.people...))), fault.Refused},
		"minutes revised as a talk":           {second(c.sup.Revise(ctx, c.people[0], minutes, c.form())), fault.Refused},
		"the peer accepts twice":              {verbs["accept"](c.peer), fault.Conflict},
		"the peer refuses what is open":       {verbs["refuse"](c.peer), fault.Conflict},
		"a day for the agreement in the past": {c.sup.Review(ctx, c.peer, relation, c.DayAfter(-1)), fault.Invalid},
	} {
		if !fault.Is(c.err, c.kind) {
			t.Errorf("%s: %v; want kind %v", name, c.err, c.kind)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestASupervisorHasHerOwnSupervisionAndAPairHasNone(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	w.company(t)
	f := w.proposal()
	f.Peers, f.Supervisors = []store.ID{w.supervisor.Role.ID}, []store.ID{w.other.Role.ID}
	hers := w.agree(t, f, w.supervisor, w.other)
	if made, err := w.sup.Write(ctx, w.supervisor, hers, w.form()); err != nil || !made.Stored {
		t.Errorf("a supervisor writes in her own supervision: %v", err)
	}
	f = w.proposal()
	f.Kind, f.Supervisors, f.Peers = "pair", nil, []store.ID{w.peer.Role.ID, w.other.Role.ID}
	pair := w.agree(t, f, w.peer, w.other)
	form := w.form()
	form.Words = supervision.Words{}
	for field, alter := range map[string]func(*supervision.Words){
		"mirror": func(x *supervision.Words) { x.ChangePair = "no" }, "change-pair": func(x *supervision.Words) { x.Mirror, x.ChangePair = "yes", "perhaps" },
	} {
		bad := form
		alter(&bad.Words)
		_, err := w.sup.Write(ctx, w.peer, pair, bad)
		if e := fault.As(err); e == nil || e.Kind != fault.Invalid || e.Fields[0].Name != field {
			t.Errorf("without %s: %v; want that field to mend", field, err)
		}
	}
	form.Words.Mirror, form.Words.ChangePair = "yes", "no"
	made, err := w.sup.Write(ctx, w.other, pair, form)
	if err != nil {
		t.Fatal(err)
	}
	w.sign(t, w.peer, made.ID, supervision.SignForm{Verdict: supervision.Agree})
	w.sign(t, w.other, made.ID, supervision.SignForm{Verdict: supervision.Agree})
	if o, err := w.sup.Read(ctx, w.peer, made.ID); err != nil || o.State != supervision.Signed || o.Words.Mirror != "yes" {
		t.Errorf("got %q %+v, %v", o.State, o.Words, err)
	}
	if _, err := w.sup.Change(ctx, w.peer, pair, supervision.ChangeForm{Supervisor: w.supervisor.Role.ID}); !fault.Is(err, fault.NotFound) {
		t.Errorf("choosing a supervisor in a pair: %v", err)
	}
}

func TestAMentoringEndsWithAReasonThatOnlyTheTwoRead(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	f := w.proposal()
	f.Kind, f.Reads, f.Limits = "mentoring", "The two of us.", "A danger to life."
	id := w.agree(t, f, w.peer, w.supervisor)
	form := w.form()
	form.Words = supervision.Words{Goal: "My own round by the quartz spring.", TrustUntil: w.DayAfter(30)}
	if _, err := w.sup.Write(ctx, w.peer, id, form); err != nil {
		t.Fatal(err)
	}
	if made, err := w.sup.EndWith(ctx, w.peer, id, supervision.EndForm{Reason: "Call me on +39 333 12 34 567."}); err != nil || made.Stored {
		t.Errorf("a number in the reason: stored %v, %v; want it shown first", made.Stored, err)
	}
	if _, err := w.sup.EndWith(ctx, w.peer, id, supervision.EndForm{Reason: "The quartz spring is reached."}); err != nil {
		t.Fatal(err)
	}
	line := lineOf(t, w, w.supervisor, id)
	if reason, err := w.sup.Reason(ctx, w.supervisor, line.Relation); err != nil || reason != "The quartz spring is reached." {
		t.Errorf("the reason reads %q, %v", reason, err)
	}
	if reason, err := w.sup.Reason(ctx, w.coordinator, line.Relation); err != nil || reason != "" {
		t.Errorf("a coordinator reads %q, %v", reason, err)
	}
	if strings.Contains(w.Dump(t), "quartz") {
		t.Error("words of a mentoring are readable in a stolen database")
	}
}

func TestTheAgreementIsToBeLookedAtAgain(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	f := w.proposal()
	f.Review = w.DayAfter(10)
	id := w.agree(t, f, w.peer, w.supervisor)
	due := func() bool {
		lines, err := w.sup.Overview(ctx, w.coordinator)
		if err != nil || len(lines) != 1 {
			t.Fatalf("%d lines, %v", len(lines), err)
		}
		return lines[0].ReviewDue
	}
	w.Time.Advance(10 * 24 * time.Hour)
	if due() {
		t.Error("it is due on the day itself")
	}
	w.Time.Advance(24 * time.Hour)
	if !due() || !lineOf(t, w, w.peer, id).ReviewDue {
		t.Error("it is not due after the day")
	}
	if err := w.sup.Review(ctx, w.supervisor, id, w.DayAfter(90)); err != nil || due() {
		t.Errorf("after looking at it: due %v, %v", due(), err)
	}
	w.links(t, id, supervision.Report{})
	w.write(t, id)
}

// TestWhatWasSignedBeforeThereWereSeveralStillHolds writes rows as the migration leaves
// them: the agreement and a link in the form in which two people signed them then.
func TestWhatWasSignedBeforeThereWereSeveralStillHolds(t *testing.T) {
	w, ctx := newWorld(t), context.Background()
	id := w.open(t)
	line := lineOf(t, w, w.peer, id)
	boxes, err := member.SealedBoxes(ctx, w.DB.DB, []store.ID{line.AgreementID})
	if err != nil {
		t.Fatal(err)
	}
	peer, supervisor := member.RoleKey{}, member.RoleKey{}
	for who, key := range map[store.ID]*member.RoleKey{w.peer.Role.ID: &peer, w.supervisor.Role.ID: &supervisor} {
		if *key, err = member.PresentKey(ctx, w.DB.DB, who); err != nil {
			t.Fatal(err)
		}
	}
	sum := sha256.Sum256(boxes[line.AgreementID])
	message := lengths("portico agreement v1", id[:], w.peer.Role.ID[:], w.supervisor.Role.ID[:], []byte("individual|14|true|true"), sum[:],
		supervision.Fingerprint(peer), supervision.Fingerprint(supervisor))
	do := func(statement string, args ...any) {
		if err := w.DB.DB.Exec(statement, args...).Error; err != nil {
			t.Fatal(err)
		}
	}
	do("UPDATE supervision_relations SET terms = 1, review_day = NULL WHERE id = ?", id)
	for _, who := range []member.Actor{w.peer, w.supervisor} {
		do("UPDATE supervision_members SET sign = ? WHERE account_id = ?", who.Role.Identity.Sign(message), who.Role.ID)
	}
	entry := w.write(t, id) // refuses when the agreement does not hold
	o, err := w.sup.Read(ctx, w.peer, entry)
	if err != nil {
		t.Fatal(err)
	}
	if boxes, err = member.SealedBoxes(ctx, w.DB.DB, []store.ID{o.WordsID}); err != nil {
		t.Fatal(err)
	}
	sum = sha256.Sum256(boxes[o.WordsID])
	facts := strings.Join([]string{"1", "sign", w.Today(), o.HeldDay, strconv.Itoa(o.Minutes), o.Mode}, "|")
	signed := lengths("portico link v1", id[:], entry[:], w.peer.Role.ID[:], []byte(facts), sum[:], nil, make([]byte, 32))
	sign := w.peer.Role.Identity.Sign(signed)
	hash := sha256.Sum256(lengths("portico chain v1", signed, sign))
	do("INSERT INTO supervision_links (id, relation_id, number, entry_id, signer_id, epoch, verdict, day, proof, box_hash, prev, sign, hash) VALUES (?, ?, 1, ?, ?, 1, 'sign', ?, 1, ?, ?, ?, ?)",
		store.NewID(), id, entry, w.peer.Role.ID, w.Today(), sum[:], make([]byte, 32), sign, hash[:])
	w.sign(t, w.supervisor, entry, supervision.SignForm{Verdict: supervision.Agree})
	w.links(t, id, supervision.Report{Links: 2})
	do("UPDATE supervision_entries SET minutes = 51 WHERE id = ?", entry)
	w.links(t, id, supervision.Report{Broken: 1})
}

func lengths(purpose string, list ...[]byte) []byte {
	out := []byte(purpose)
	for _, p := range list {
		out = append(binary.BigEndian.AppendUint32(out, uint32(len(p))), p...)
	}
	return out
}
