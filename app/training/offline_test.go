package training_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/training"
	"portico/app/vault"
	"portico/content"
)

// phone is a phone that its owner called hers, with what it knew when it last had net.
type phone struct {
	*school
	t      *testing.T
	who    member.Actor
	known  training.Phone
	name   string
	pieces int
}

func (s *school) phone(t *testing.T) *phone {
	t.Helper()
	p := &phone{school: s, t: t, who: s.join(t), name: fmt.Sprintf("%032x", 7)}
	p.who.Device = member.Mine
	p.meets()
	return p
}

// meets lets the phone have net for a moment.
func (p *phone) meets() {
	p.t.Helper()
	known, err := p.training.Phone(ctx, p.who)
	must(p.t, err)
	p.known = known
}

// writes lets an answer wait; unit is what she read instead, or "".
func (p *phone) writes(unit string, chosen map[string][]string) training.Later {
	p.pieces++
	return training.Later{
		ID: fmt.Sprintf("%s.%d", p.name, p.pieces), Holder: p.known.Holder, Base: p.known.Turns["walk"],
		Module: "walk", Unit: unit, Answers: training.Answers{Chosen: chosen},
	}
}

func (p *phone) sends(l training.Later, wantWhole bool) {
	p.t.Helper()
	whole, err := p.training.TakeLater(ctx, p.who, l)
	must(p.t, err)
	if whole != wantWhole {
		p.t.Errorf("%s counts as whole: %v, want %v", l.ID, whole, wantWhole)
	}
}

func (p *phone) online(chosen map[string][]string) {
	p.t.Helper()
	must(p.t, p.training.Answer(ctx, p.who, "walk", training.Answers{Chosen: chosen}))
}

func (p *phone) wants(question, answer string) {
	p.t.Helper()
	if got := fmt.Sprint(p.stands(p.t, p.who, "walk").Answers[question]); got != answer {
		p.t.Errorf("the answer to %q is %s, want %s", question, got, answer)
	}
}

type chosen = map[string][]string

func TestWhatWaitedCountsOnceHoweverOftenItIsSent(t *testing.T) {
	p := newSchool(t).phone(t)
	read, answers := p.writes("u1", nil), p.writes("", chosen{"one": {"b"}})
	p.sends(read, true)
	p.sends(answers, true)
	p.meets()
	before := p.known.Turns["walk"]
	must(t, p.training.DoUnit(ctx, p.who, "walk", "u1", false)) // she takes the mark back with net
	p.online(chosen{"one": {"a"}})
	p.Time.Advance(-400 * 24 * time.Hour) // and the clock of the server is set back
	for range 3 {
		p.sends(read, true)
		p.sends(answers, true)
	}
	p.meets()
	if p.known.Turns["walk"] != before+2 || p.stands(t, p.who, "walk").UnitDone("u1") {
		t.Errorf("sending again changed something: %d acts after %d", p.known.Turns["walk"], before)
	}
	p.wants("one", "[a]")
}

func TestWhatSheDidLaterWithNetIsNotOverwritten(t *testing.T) {
	p := newSchool(t).phone(t)
	p.online(chosen{"one": {"b"}, "many": {"a"}})
	p.meets()
	late := p.writes("", chosen{"one": {"a"}, "many": {"c"}})
	p.online(chosen{"one": {"b"}, "many": {"b"}}) // on another device; the first stays as it was
	p.sends(late, false)
	p.wants("one", "[a]")
	p.wants("many", "[b]")
	p.sends(late, false) // told again, the same is said
	p.wants("many", "[b]")

	p.meets()
	read := p.writes("u2", nil)
	must(t, p.training.DoUnit(ctx, p.who, "walk", "u2", true))
	must(t, p.training.DoUnit(ctx, p.who, "walk", "u2", false))
	p.sends(read, false)
	if p.stands(t, p.who, "walk").UnitDone("u2") {
		t.Error("a mark that she took back with net came again from the phone")
	}
}

func TestPiecesOfOnePhoneCountInTheirOrder(t *testing.T) {
	p := newSchool(t).phone(t)
	first, second := p.writes("", chosen{"one": {"b"}, "many": {"a"}}), p.writes("", chosen{"one": {"a"}})
	p.sends(second, true) // two tabs, and the later one was quicker
	p.sends(first, true)
	p.wants("one", "[a]")
	p.wants("many", "[a]")
	p.sends(p.writes("", chosen{"one": {"b"}}), true) // written before the phone knew of the other two
	p.wants("one", "[b]")
}

func TestABlankFromThePhoneErasesNothing(t *testing.T) {
	p := newSchool(t).phone(t)
	p.online(chosen{"one": {"a"}})
	p.meets()
	p.sends(p.writes("", chosen{"one": nil, "many": {"a"}}), true)
	p.wants("one", "[a]")
	p.wants("many", "[a]")
}

func TestAnAnswerToAQuestionThatIsAnotherOneNowIsAskedAgain(t *testing.T) {
	p := newSchool(t).phone(t)
	before, _ := p.training.Modules(ctx)
	late := p.writes("u1", nil)
	answers := p.writes("", chosen{"one": {"a"}, "gone": {"x"}})
	answers.Marks = map[string]string{"one": before[0].In("en").Questions[0].Mark(), "gone": "abc"}
	next := lesson("walk", 2, "u2")
	next.Texts["en"].Questions[0].Ask = "Another question?"
	p.training = training.New(p.Store, p.Server, []content.Module{next})
	p.sends(late, false) // that unit is no more
	p.sends(answers, true)
	now := p.stands(t, p.who, "walk")
	if !now.Stale(next.In("en").Questions[0]) || len(now.Answers["gone"]) != 0 {
		t.Errorf("she stands at %+v", now.Answers)
	}
	answers.ID = p.writes("", nil).ID
	answers.Chosen = chosen{"many": {"nonsense"}}
	if _, err := p.training.TakeLater(ctx, p.who, answers); !fault.Is(err, fault.Invalid) {
		t.Errorf("an odd answer to a question that is as it was: %v", err)
	}
}

func TestNothingFromBeforeCountsInAModuleThatSheGoesThroughAnew(t *testing.T) {
	p := newSchool(t).phone(t)
	p.training = training.New(p.Store, p.Server, []content.Module{lived("walk", 1)})
	p.through(t, p.who, "walk", "u1")
	must(t, second(p.training.Complete(ctx, p.who, "walk")))
	p.meets()
	late := p.writes("", fitting)
	p.Time.Advance(360 * 24 * time.Hour)
	must(t, p.training.Refresh(ctx, p.who, "walk"))
	p.sends(late, false)
	p.wants("one", "[]")
}

func TestAPhoneSendsForItsOwnHolderAlone(t *testing.T) {
	s := newSchool(t)
	p := s.phone(t)
	late := p.writes("u1", nil)
	other := s.phone(t).who
	noTrace, changed, worker := p.who, p.who, s.peer
	noTrace.Device, worker.Device = member.NoTrace, member.Mine
	for what, who := range map[string]member.Actor{"another person on the same phone": other, "her own device that leaves no trace": noTrace, "a person with a role": worker} {
		if _, err := s.training.TakeLater(ctx, who, late); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", what, err)
		}
		if what != "another person on the same phone" {
			if _, err := s.training.Phone(ctx, who); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s learns a mark: %v", what, err)
			}
		}
		if s.stands(t, who, "walk").UnitDone("u1") {
			t.Errorf("%s took what was not hers to send", what)
		}
	}
	if _, err := s.training.TakeLater(ctx, member.Actor{}, late); !fault.Is(err, fault.SignIn) {
		t.Errorf("a visitor: %v", err)
	}
	changed.Secrets = append([]vault.Secret{vault.NewSecret()}, p.who.Secrets...) // she changes her key
	p.who = changed
	p.sends(late, true)
}

func TestASignThatNoPhoneMakesIsRefused(t *testing.T) {
	p := newSchool(t).phone(t)
	for _, id := range []string{"", ".", "x.1", p.name, p.name + ".", p.name + ".0", p.name + ".-1", p.name + ".x", p.name + "0.1"} {
		late := p.writes("u1", nil)
		late.ID = id
		if _, err := p.training.TakeLater(ctx, p.who, late); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestTwoTabsAtOnceSendOnce(t *testing.T) {
	p := newSchool(t).phone(t)
	pieces := []training.Later{p.writes("u1", nil), p.writes("", chosen{"one": {"a"}}), p.writes("u2", nil)}
	var tabs sync.WaitGroup
	for range 2 {
		tabs.Add(1)
		go func() {
			defer tabs.Done()
			for _, one := range pieces {
				for {
					if _, err := p.training.TakeLater(ctx, p.who, one); err == nil {
						break
					} else if !fault.Is(err, fault.Conflict) && !fault.Is(err, fault.Busy) {
						t.Error(err)
						return
					}
				}
			}
		}()
	}
	tabs.Wait()
	p.meets()
	if got := p.known.Turns["walk"]; got != len(pieces) {
		t.Errorf("%d pieces became %d acts", len(pieces), got)
	}
}

func TestABoxForgetsOldSignsAndStaysSmall(t *testing.T) {
	p := newSchool(t).phone(t)
	for i := range 60 {
		p.sends(p.writes("", chosen{"one": {[]string{"a", "b"}[i%2]}}), true)
	}
	p.wants("one", "[b]")
	first := p.writes("", chosen{"one": {"a"}})
	first.ID = p.name + ".1" // long forgotten; the number alone keeps it out
	p.sends(first, true)
	p.wants("one", "[b]")
}
