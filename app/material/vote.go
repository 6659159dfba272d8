package material

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Decision is one vote of the group about one version.
type Decision struct {
	ID         store.ID `gorm:"primaryKey"`
	MaterialID store.ID
	Number     int
	Version    int
	OpenedDay  string
	ClosesDay  string
	ClosedDay  *string
	State      string
}

// TableName names the table.
func (Decision) TableName() string { return "material_decisions" }

// What becomes of a vote, beside Open.
const (
	Passed  = "passed"
	Against = "against" // not more yes than no
	Few     = "few"     // less than half of the group voted
	ByStaff = "staff"   // staff were half of those who voted, or more
	Stopped = "stopped" // the material was archived
)

// Outcomes are all states of a decision.
var Outcomes = []string{Open, Passed, Against, Few, ByStaff, Stopped}

// Ballot says that somebody voted: a tag, and whether she is of the staff.
type Ballot struct {
	DecisionID store.ID `gorm:"primaryKey"`
	Tag        []byte   `gorm:"primaryKey"`
	Staff      bool
}

// TableName names the table.
func (Ballot) TableName() string { return "material_ballots" }

// Vote is what somebody chose, and why if she said so. It is not joined to her ballot.
type Vote struct {
	ID         store.ID `gorm:"primaryKey"`
	DecisionID store.ID
	Choice     string
	Words      string
}

// TableName names the table.
func (Vote) TableName() string { return "material_votes" }

// The choices of a vote.
const (
	Yes   = "yes"
	No    = "no"
	Aside = "aside" // she stands aside
)

// Choices in the order of pages.
var Choices = []string{Yes, No, Aside}

// longestVote is how many days a vote stays open at most.
const longestVote = 60

// OpenVote lets the group decide about the newest version. Every suggestion has its
// answer, enough people were asked, and staff are a minority of the group.
func (s *Service) OpenVote(ctx context.Context, who member.Actor, id store.ID, closes string) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if err := m.step(who, true, Deciding); err != nil {
			return err
		}
		if err := unanswered(ctx, tx, id); err != nil {
			return err
		}
		if err := s.heardEnough(ctx, tx, id); err != nil {
			return err
		}
		if err := staffAreFew(ctx, tx, id); err != nil {
			return err
		}
		if !store.DayIn(closes, s.store.Today(), s.store.DayAfter(longestVote)) {
			return fault.Mend(fault.Field{Name: "closes", Key: "material.vote.range", Args: []any{"Most", longestVote}})
		}
		n, err := gorm.G[Decision](tx).Where("material_id = ?", id).Count(ctx, "id")
		if err != nil {
			return err
		}
		d := Decision{ID: store.NewID(), MaterialID: id, Number: int(n) + 1, Version: m.Version, OpenedDay: s.store.Today(), ClosesDay: closes, State: Open}
		if err := gorm.G[Decision](tx).Create(ctx, &d); err != nil {
			return err
		}
		return move(ctx, tx, m, Deciding)
	})
}

func (s *Service) heardEnough(ctx context.Context, tx *gorm.DB, id store.ID) error {
	c, err := newest(ctx, tx, id)
	if err != nil {
		return err
	}
	voices, err := community(ctx, tx, c.ID)
	switch {
	case err != nil:
		return err
	case voices < c.Least:
		return fault.New(fault.Refused, "material.consultation.few", "Voices", voices, "Least", c.Least)
	case c.State == Open && c.Over(s.store.Today()):
		return closeOne(ctx, tx, c, s.store.Today())
	case c.State == Open:
		return fault.New(fault.Refused, "material.consultation.open", "Day", c.ClosesDay)
	}
	return nil
}

func staffAreFew(ctx context.Context, tx *gorm.DB, id store.ID) error {
	people, err := peopleOf(ctx, tx, id)
	if err != nil {
		return err
	}
	staff, leader := 0, false
	for _, p := range people {
		leader = leader || p.Leader
		if p.Staff {
			staff++
		}
	}
	switch {
	case !leader:
		return fault.New(fault.Refused, "material.group.leader")
	case staff*2 >= len(people):
		return fault.New(fault.Refused, "material.vote.staff", "Staff", staff, "People", len(people))
	}
	return nil
}

// VoteForm is a vote, with words of dissent or none.
type VoteForm struct {
	Choice string
	Words  string
}

// Vote votes, once. With the last vote of the group the decision is made. A vote that
// comes too late is told so, and her words stay on the form.
func (s *Service) Vote(ctx context.Context, who member.Actor, id store.ID, f VoteForm) error {
	f.Words = tidyText(f.Words)
	if err := s.countDue(ctx, who, id); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil {
			return err
		}
		d, err := latest(ctx, tx, id)
		if err != nil {
			return err
		}
		if d.State != Open {
			return fault.New(fault.Refused, "material.vote.over", "Day", *d.ClosedDay)
		}
		if !slices.Contains(Choices, f.Choice) {
			return fault.Mend(fault.Field{Name: "choice", Key: "material.vote.missing"})
		}
		if err := fault.Mended(asked("words", f.Words, 0, longestWords)); err != nil {
			return err
		}
		tag, known, err := tagOf[Ballot](ctx, tx, who.Tags(purposeVote, d.ID), "decision_id", d.ID)
		if err != nil {
			return err
		}
		if known {
			return fault.New(fault.Conflict, "material.vote.once")
		}
		if err := gorm.G[Ballot](tx).Create(ctx, &Ballot{d.ID, tag, isStaff(who.Roles())}); err != nil {
			return err
		}
		if err := gorm.G[Vote](tx).Create(ctx, &Vote{store.NewID(), d.ID, f.Choice, f.Words}); err != nil {
			return err
		}
		return s.settle(ctx, tx, m, d)
	})
}

func latest(ctx context.Context, db *gorm.DB, material store.ID) (Decision, error) {
	d, err := gorm.G[Decision](db).Where("material_id = ?", material).Order("number DESC").First(ctx)
	return d, store.Translate(err)
}

// countDue closes a vote whose day is over, in a transaction of its own: what comes after
// may be refused, and the count stands.
func (s *Service) countDue(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		m, err := mine(ctx, tx, who, id)
		if err != nil || m.State != Deciding {
			return err
		}
		d, err := latest(ctx, tx, id)
		if err != nil {
			return err
		}
		return s.settle(ctx, tx, m, d)
	})
}

// CountVotes closes the vote of a material if its day is over or all have voted.
func (s *Service) CountVotes(ctx context.Context, who member.Actor, id store.ID) error {
	return s.countDue(ctx, who, id)
}

// CloseDue closes every vote whose day is over. The server's clockwork calls it.
func (s *Service) CloseDue(ctx context.Context) error {
	due, err := gorm.G[Decision](s.store.DB).Where("state = ? AND closes_day < ?", Open, s.store.Today()).Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, d := range due {
		err := s.store.Tx(ctx, func(tx *gorm.DB) error {
			m, err := hold(ctx, tx, d.MaterialID)
			if err != nil || m.State != Deciding {
				return err
			}
			if d, err = latest(ctx, tx, m.ID); err != nil {
				return err
			}
			return s.settle(ctx, tx, m, d)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tally is how a vote stands.
type tally struct {
	Yes, No, Aside, Voted, Staff, People int
}

// outcome says what a closed vote comes to.
func (t tally) outcome() string {
	switch {
	case t.Voted == 0 || t.Voted*2 < t.People:
		return Few
	case t.Staff*2 >= t.Voted:
		return ByStaff
	case t.Yes <= t.No:
		return Against
	}
	return Passed
}

func tallyOf(ctx context.Context, db *gorm.DB, d Decision) (tally, error) {
	var t tally
	people, err := peopleOf(ctx, db, d.MaterialID)
	if err != nil {
		return t, err
	}
	ballots, err := gorm.G[Ballot](db).Where("decision_id = ?", d.ID).Find(ctx)
	if err != nil {
		return t, store.Translate(err)
	}
	votes, err := gorm.G[Vote](db).Select("choice").Where("decision_id = ?", d.ID).Find(ctx)
	if err != nil {
		return t, store.Translate(err)
	}
	t.People, t.Voted = len(people), len(ballots)
	for _, b := range ballots {
		if b.Staff {
			t.Staff++
		}
	}
	for _, v := range votes {
		switch v.Choice {
		case Yes:
			t.Yes++
		case No:
			t.No++
		default:
			t.Aside++
		}
	}
	return t, nil
}

// settle closes a vote that all have given, or whose day is over, and moves the material:
// on to translation with its text, or back to the draft.
func (s *Service) settle(ctx context.Context, tx *gorm.DB, m Material, d Decision) error {
	t, err := tallyOf(ctx, tx, d)
	if err != nil {
		return err
	}
	if d.State != Open || t.Voted < t.People && d.ClosesDay >= s.store.Today() {
		return nil
	}
	outcome, today := t.outcome(), s.store.Today()
	if _, err := gorm.G[Decision](tx).Where("id = ?", d.ID).Select("State", "ClosedDay").Updates(ctx, Decision{State: outcome, ClosedDay: &today}); err != nil {
		return err
	}
	if outcome != Passed {
		return move(ctx, tx, m, Drafting)
	}
	if err := move(ctx, tx, m, Translating); err != nil {
		return err
	}
	if _, err := gorm.G[Material](tx).Where("id = ?", m.ID).Update(ctx, "decided_version", d.Version); err != nil {
		return err
	}
	if s.texts == nil {
		return nil
	}
	v, err := versionOf(ctx, tx, m.ID, d.Version)
	if err != nil {
		return err
	}
	return s.texts.SourceChanged(ctx, tx, m.ID, m.source(v))
}

// Decided is a vote as the group sees it. Counts and words come with its end.
type Decided struct {
	Decision
	Mine    bool // she has voted
	Due     bool // its day is over and nobody has counted yet
	Voted   int
	People  int
	Yes     int
	No      int
	Aside   int
	Dissent []string
}

// decided reads a vote for the group. Words come in the order of their random numbers.
func (s *Service) decided(ctx context.Context, who member.Actor, d Decision) (Decided, error) {
	out := Decided{Decision: d, Due: d.State == Open && d.ClosesDay < s.store.Today()}
	t, err := tallyOf(ctx, s.store.DB, d)
	if err != nil {
		return out, err
	}
	out.Voted, out.People = t.Voted, t.People
	if d.State == Open {
		_, out.Mine, err = tagOf[Ballot](ctx, s.store.DB, who.Tags(purposeVote, d.ID), "decision_id", d.ID)
		return out, err
	}
	out.Yes, out.No, out.Aside = t.Yes, t.No, t.Aside
	votes, err := gorm.G[Vote](s.store.DB).Where("decision_id = ? AND words <> ''", d.ID).Order("id").Find(ctx)
	for _, v := range votes {
		out.Dissent = append(out.Dissent, v.Words)
	}
	return out, store.Translate(err)
}
