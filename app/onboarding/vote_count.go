package onboarding

import (
	"context"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// Tally is how a vote came out.
type Tally struct {
	Voters, Staff, Voted int // those who may vote, without who stepped aside
	Yes, No, Abstain     int
}

// outcome says what a closed vote comes to. Who abstains is counted for the quorum only.
func (t Tally) outcome(quorum int) string {
	switch {
	case t.Voters < FewestVoters || t.Voted < FewestVoters || t.Voted*100 < quorum*t.Voters:
		return VoteFew
	case t.Staff*2 >= t.Voted:
		return VoteStaff
	case t.Yes > t.No:
		return VoteYes
	}
	return VoteNo
}

func tallyOf(ctx context.Context, db *gorm.DB, id store.ID) (Tally, error) {
	var t Tally
	voters, err := gorm.G[Voter](db).Where("vote_id = ? AND aside = ?", id, false).Count(ctx, "account_id")
	if err != nil {
		return t, store.Translate(err)
	}
	ballots, err := gorm.G[Ballot](db).Where("vote_id = ?", id).Find(ctx)
	if err != nil {
		return t, store.Translate(err)
	}
	choices, err := gorm.G[Choice](db).Select("choice").Where("vote_id = ?", id).Find(ctx)
	t.Voters, t.Voted = int(voters), len(ballots)
	for _, b := range ballots {
		if b.Staff {
			t.Staff++
		}
	}
	for _, c := range choices {
		switch c.Choice {
		case "yes":
			t.Yes++
		case "no":
			t.No++
		default:
			t.Abstain++
		}
	}
	return t, store.Translate(err)
}

// settle closes a vote that all have given or whose day is over, and takes the path on.
func (s *Service) settle(ctx context.Context, tx *gorm.DB, v Vote) error {
	c, err := hold(ctx, tx, v.CandidacyID)
	if err != nil {
		return err
	}
	now, err := gorm.G[Vote](tx).Where("id = ?", v.ID).First(ctx)
	if err != nil || now.State != VoteOpen {
		return store.Translate(err)
	}
	t, err := tallyOf(ctx, tx, v.ID)
	if err != nil || t.Voted < t.Voters && v.ClosesDay >= s.store.Today() {
		return err
	}
	today := s.store.Today()
	v.State, v.ClosedDay = t.outcome(v.Quorum), &today
	if _, err := gorm.G[Vote](tx).Where("id = ?", v.ID).Select("State", "ClosedDay").Updates(ctx, v); err != nil {
		return err
	}
	switch v.State {
	case VoteYes:
		steps, err := stepsOf(ctx, tx, c.ID)
		if err != nil {
			return err
		}
		if at := current(steps); at >= 0 && steps[at].Step == StepVote {
			return s.done(ctx, tx, c, steps[at])
		}
	case VoteNo:
		return s.lastWord(ctx, tx, c)
	}
	return nil
}

// lastWord ends a path with its second no: the vote after an appeal stands.
func (s *Service) lastWord(ctx context.Context, tx *gorm.DB, c Candidacy) error {
	n, err := gorm.G[Vote](tx).Where("candidacy_id = ? AND state = ?", c.ID, VoteNo).Count(ctx, "id")
	if err != nil || n < 2 {
		return err
	}
	return s.refuse(ctx, tx, c)
}

func (s *Service) refuse(ctx context.Context, tx *gorm.DB, c Candidacy) error {
	if err := s.count(ctx, tx, c.OrganisationID, "refused"); err != nil {
		return err
	}
	return s.move(ctx, tx, c, Refused)
}

// countDue closes a vote whose day is over, in a transaction of its own: what comes after
// may be refused, and the count stands.
func (s *Service) countDue(ctx context.Context, who member.Actor, id store.ID) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		v, _, err := s.voter(ctx, tx, who, id)
		if err != nil || v.State != VoteOpen || v.ClosesDay >= s.store.Today() {
			return err
		}
		return s.settle(ctx, tx, v)
	})
}

// CloseDue closes every vote whose day is over, of candidates and of titles, and ends the
// paths whose no nobody appealed in time. The server's clockwork calls it.
func (s *Service) CloseDue(ctx context.Context) error {
	due, err := gorm.G[Vote](s.store.DB).Where("state = ? AND closes_day < ?", VoteOpen, s.store.Today()).Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, v := range due {
		if err := s.store.Tx(ctx, func(tx *gorm.DB) error { return s.settle(ctx, tx, v) }); err != nil {
			return err
		}
	}
	if err := s.closeTitles(ctx); err != nil {
		return err
	}
	late, err := gorm.G[Vote](s.store.DB).Where(`state = ? AND closed_day < ? AND id NOT IN (SELECT vote_id FROM joining_appeals)
		AND candidacy_id IN (SELECT id FROM candidacies WHERE state = ?)`, VoteNo, s.store.DayAfter(-appealDays), Open).Limit(mostAtOnce).Find(ctx)
	if err != nil {
		return store.Translate(err)
	}
	for _, v := range late {
		if err := s.store.Tx(ctx, func(tx *gorm.DB) error { return s.letStand(ctx, tx, v) }); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) letStand(ctx context.Context, tx *gorm.DB, v Vote) error {
	c, err := hold(ctx, tx, v.CandidacyID)
	if err != nil || c.State != Open {
		return err
	}
	appealed, err := gorm.G[Appeal](tx).Where("vote_id = ?", v.ID).Count(ctx, "vote_id")
	if err != nil || appealed > 0 {
		return err
	}
	return s.refuse(ctx, tx, c)
}
