package onboarding

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Vote is one vote of the peers about a candidate, against one version of the criteria.
type Vote struct {
	ID          store.ID `gorm:"primaryKey"`
	CandidacyID store.ID
	Number      int
	Criteria    int // the version
	Quorum      int // percent of those who may vote
	OpenedBy    store.ID
	OpenedDay   string
	ClosesDay   string
	ClosedDay   *string
	State       string
}

// TableName names the table.
func (Vote) TableName() string { return "joining_votes" }

// What becomes of a vote.
const (
	VoteOpen    = "open"
	VoteYes     = "yes"
	VoteNo      = "no"
	VoteFew     = "few"   // without its quorum it decides nothing
	VoteStaff   = "staff" // staff were half of those who voted, or more: it decides nothing
	VoteStopped = "stopped"
)

// Voter is somebody who may vote, and whether she stepped aside.
type Voter struct {
	VoteID    store.ID `gorm:"primaryKey"`
	AccountID store.ID `gorm:"primaryKey"`
	Staff     bool
	Aside     bool
}

// TableName names the table.
func (Voter) TableName() string { return "joining_voters" }

// Ballot says that somebody voted, by a tag that only her session computes.
type Ballot struct {
	VoteID store.ID `gorm:"primaryKey"`
	Tag    []byte   `gorm:"primaryKey"`
	Staff  bool
}

// TableName names the table.
func (Ballot) TableName() string { return "joining_ballots" }

// Choice is what somebody chose. It is not joined to her ballot.
type Choice struct {
	ID        store.ID `gorm:"primaryKey"`
	VoteID    store.ID
	Choice    string
	Criterion int      // of a no: which criterion, from 1
	ReasonID  store.ID // of a no: why, sealed for the candidate and the coordinators
}

// TableName names the table.
func (Choice) TableName() string { return "joining_choices" }

// The choices of a vote, in the order of pages.
var Choices = []string{"yes", "no", "abstain"}

// The bounds of a vote.
const (
	FewestVoters = 3
	shortestVote = 1  // days
	longestVote  = 30 // days
	appealDays   = 14
	mostVotes    = 12 // of one path, with those that decided nothing
	purposeVote  = "joining vote"
)

// isStaff reports whether somebody decides about others beside being a peer.
func isStaff(roles []member.Role) bool {
	return slices.Contains(roles, member.RoleCoordinator) || slices.Contains(roles, member.RoleAdmin)
}

// OpenVote lets the peers of an organisation decide about a candidate until a day. Three of
// them may vote at least, and staff are a minority.
func (s *Service) OpenVote(ctx context.Context, who member.Actor, id store.ID, closes string) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	if !store.DayIn(closes, s.store.DayAfter(shortestVote), s.store.DayAfter(longestVote)) {
		return fault.Mend(fault.Field{Name: "closes", Key: "joining.vote.range", Args: []any{"Most", longestVote}})
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, steps, err := s.running(ctx, tx, id)
		if err != nil {
			return err
		}
		if c.AccountID == who.Role.ID {
			return fault.Missing()
		}
		if at := current(steps); at < 0 || steps[at].Step != StepVote {
			return fault.New(fault.Conflict, "joining.step.order")
		}
		v := Vote{ID: store.NewID(), CandidacyID: id, OpenedBy: who.Role.ID, OpenedDay: s.store.Today(), ClosesDay: closes, State: VoteOpen, Quorum: defaultQuorum}
		if v.Number, err = s.mayVoteAgain(ctx, tx, id); err != nil {
			return err
		}
		if err := s.frame(ctx, tx, c, &v); err != nil {
			return err
		}
		if err := gorm.G[Vote](tx).Create(ctx, &v); err != nil {
			return err
		}
		if err := s.invite(ctx, tx, c, v); err != nil {
			return err
		}
		if err := untilDay(ctx, tx, id, StepVote, closes); err != nil {
			return err
		}
		return s.note(ctx, tx, who, "vote", v.ID)
	})
}

// frame sets what a vote is measured by: the criteria and the quorum of this day.
func (s *Service) frame(ctx context.Context, tx *gorm.DB, c Candidacy, v *Vote) error {
	now, err := criteria(ctx, tx, c.OrganisationID, 0, c.Lang)
	if err != nil {
		return err
	}
	if now.Number == 0 {
		return fault.New(fault.Refused, "joining.vote.criteria")
	}
	v.Criteria = now.Number
	rows, err := gorm.G[PageRow](tx).Where("organisation_id = ?", c.OrganisationID).Limit(1).Find(ctx)
	if err == nil && len(rows) == 1 {
		v.Quorum = rows[0].Quorum
	}
	return err
}

// mayVoteAgain gives the number of the next vote. A no is final but for one vote more after
// an appeal; what decided nothing may be held again.
func (s *Service) mayVoteAgain(ctx context.Context, tx *gorm.DB, id store.ID) (int, error) {
	votes, err := gorm.G[Vote](tx).Where("candidacy_id = ?", id).Order("number").Find(ctx)
	if err != nil {
		return 0, err
	}
	said := 0
	for _, v := range votes {
		switch v.State {
		case VoteOpen:
			return 0, fault.New(fault.Conflict, "joining.vote.open")
		case VoteNo:
			said++
		}
	}
	if len(votes) >= mostVotes {
		return 0, fault.New(fault.Refused, "joining.vote.final")
	}
	if said == 0 {
		return len(votes) + 1, nil
	}
	again, err := gorm.G[Appeal](tx).Where("candidacy_id = ? AND state = ?", id, AppealAgain).Count(ctx, "vote_id")
	if err == nil && (again == 0 || said > 1) {
		err = fault.New(fault.Refused, "joining.vote.final")
	}
	return len(votes) + 1, err
}

// invite writes down who may vote.
func (s *Service) invite(ctx context.Context, tx *gorm.DB, c Candidacy, v Vote) error {
	peers, err := s.peersOf(ctx, tx, c.OrganisationID)
	if err != nil {
		return err
	}
	staff := 0
	for _, p := range peers {
		row := Voter{VoteID: v.ID, AccountID: p.ID, Staff: isStaff(p.RoleList())}
		if row.Staff {
			staff++
		}
		if err := gorm.G[Voter](tx).Create(ctx, &row); err != nil {
			return err
		}
	}
	switch {
	case len(peers) < FewestVoters:
		return fault.New(fault.Refused, "joining.vote.voters", "Least", FewestVoters, "Here", len(peers))
	case staff*2 >= len(peers):
		return fault.New(fault.Refused, "joining.vote.staff")
	}
	return nil
}

// StepAside takes somebody out of a vote, for whatever reason. Whoever has voted cannot.
func (s *Service) StepAside(ctx context.Context, who member.Actor, id store.ID) error {
	return s.ballot(ctx, who, id, func(tx *gorm.DB, v Vote, me Voter) error {
		if me.Aside {
			return nil
		}
		_, err := gorm.G[Voter](tx).Where("vote_id = ? AND account_id = ?", id, who.Role.ID).Update(ctx, "aside", true)
		return err
	})
}

// VoteForm is what somebody votes. A no names the criterion and the reason.
type VoteForm struct {
	Choice    string
	Criterion int // from 1
	Reason    string
}

// Cast votes, once. With the last vote it is decided.
func (s *Service) Cast(ctx context.Context, who member.Actor, id store.ID, f VoteForm) error {
	f.Reason = tidy(f.Reason)
	return s.ballot(ctx, who, id, func(tx *gorm.DB, v Vote, me Voter) error {
		if me.Aside {
			return fault.New(fault.Conflict, "joining.vote.aside")
		}
		c, err := find(ctx, tx, v.CandidacyID)
		if err != nil {
			return err
		}
		if err := s.checkVote(ctx, tx, c, v, f); err != nil {
			return err
		}
		row := Choice{ID: store.NewID(), VoteID: id, Choice: f.Choice}
		if f.Choice == "no" {
			row.Criterion = f.Criterion
			if row.ReasonID, err = s.sealForDesk(ctx, tx, "joining reason", f.Reason, c.AccountID); err != nil {
				return err
			}
		}
		if err := gorm.G[Ballot](tx).Create(ctx, &Ballot{id, who.Tags(purposeVote, id)[0], me.Staff}); err != nil {
			return err
		}
		return gorm.G[Choice](tx).Create(ctx, &row)
	})
}

func (s *Service) checkVote(ctx context.Context, tx *gorm.DB, c Candidacy, v Vote, f VoteForm) error {
	if !slices.Contains(Choices, f.Choice) {
		return fault.Mend(fault.Field{Name: "choice", Key: "joining.vote.missing"})
	}
	if f.Choice != "no" {
		return nil
	}
	list, err := criteria(ctx, tx, c.OrganisationID, v.Criteria, c.Lang)
	if err != nil {
		return err
	}
	mend := asked("reason", f.Reason, 3, LongestWords)
	if f.Criterion < 1 || f.Criterion > len(list.List()) {
		mend = append(mend, fault.Field{Name: "criterion", Key: "joining.vote.criterion"})
	}
	return fault.Mended(mend)
}

// ballot lets somebody act once in an open vote and counts when it was the last that was
// waited for. A vote whose day is over is counted first, so that nobody comes too late
// without hearing so.
func (s *Service) ballot(ctx context.Context, who member.Actor, id store.ID, act func(*gorm.DB, Vote, Voter) error) error {
	if err := s.countDue(ctx, who, id); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		v, _, err := s.voter(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if _, err := hold(ctx, tx, v.CandidacyID); err != nil {
			return err
		}
		v, me, err := s.voter(ctx, tx, who, id) // as it stands now that nobody else counts
		if err != nil {
			return err
		}
		if v.State != VoteOpen {
			return fault.New(fault.Conflict, "joining.vote.over", "Day", *v.ClosedDay)
		}
		voted, err := hasVoted(ctx, tx, who, id)
		if err != nil {
			return err
		}
		if voted {
			return fault.New(fault.Conflict, "joining.vote.once")
		}
		if err := act(tx, v, me); err != nil {
			return err
		}
		return s.settle(ctx, tx, v)
	})
}

// voter finds a vote for one who may vote in it; for everybody else it does not exist.
func (s *Service) voter(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (Vote, Voter, error) {
	if !isPeer(who) {
		return Vote{}, Voter{}, fault.Missing()
	}
	mine, err := gorm.G[Voter](db).Where("vote_id = ? AND account_id = ?", id, who.Role.ID).First(ctx)
	if err != nil {
		return Vote{}, Voter{}, store.Translate(err)
	}
	v, err := gorm.G[Vote](db).Where("id = ?", id).First(ctx)
	return v, mine, store.Translate(err)
}

func hasVoted(ctx context.Context, db *gorm.DB, who member.Actor, id store.ID) (bool, error) {
	n, err := gorm.G[Ballot](db).Where("vote_id = ? AND tag IN ?", id, who.Tags(purposeVote, id)).Count(ctx, "tag")
	return n > 0, store.Translate(err)
}
