package onboarding

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Appeal is a candidate's word against a no, and what came of it.
type Appeal struct {
	VoteID      store.ID `gorm:"primaryKey"`
	CandidacyID store.ID
	Day         string
	WordsID     store.ID
	State       string
	DecidedBy   store.ID
	DecidedDay  *string
	ReasonID    store.ID
}

// TableName names the table.
func (Appeal) TableName() string { return "joining_appeals" }

// The states of an appeal.
const (
	AppealWaits  = "waiting"
	AppealAgain  = "again"  // the group votes once more
	AppealStands = "stands" // the no stands, with a reason
)

// Appeal says that a no was not right, within 14 days and once.
func (s *Service) Appeal(ctx context.Context, who member.Actor, text string) error {
	text = tidy(text)
	if err := fault.Mended(asked("words", text, 3, LongestWords)); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, err := held(ctx, tx, who)
		if err != nil {
			return err
		}
		votes, err := gorm.G[Vote](tx).Where("candidacy_id = ? AND state = ?", c.ID, VoteNo).Order("number").Find(ctx)
		if err != nil {
			return err
		}
		if len(votes) == 0 {
			return fault.Missing()
		}
		v := votes[len(votes)-1]
		there, err := gorm.G[Appeal](tx).Where("candidacy_id = ?", c.ID).Count(ctx, "vote_id")
		switch {
		case err != nil:
			return err
		case there > 0:
			return fault.New(fault.Conflict, "joining.appeal.once")
		case c.State != Open || store.DaysAfter(*v.ClosedDay, appealDays) < s.store.Today():
			return fault.New(fault.Conflict, "joining.appeal.late")
		}
		a := Appeal{VoteID: v.ID, CandidacyID: c.ID, Day: s.store.Today(), State: AppealWaits}
		if a.WordsID, err = s.sealForDesk(ctx, tx, "joining appeal", text, who.Role.ID); err != nil {
			return err
		}
		if err := untilDay(ctx, tx, c.ID, StepVote, s.store.DayAfter(appealDays)); err != nil {
			return err
		}
		return gorm.G[Appeal](tx).Create(ctx, &a)
	})
}

// DecideAppeal says what comes of an appeal: another vote, or the no stands with a reason.
// Whoever opened the vote does not decide about it.
func (s *Service) DecideAppeal(ctx context.Context, who member.Actor, id store.ID, again bool, reason string) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	if reason = tidy(reason); !again || reason != "" {
		if err := fault.Mended(asked("reason", reason, 3, LongestWords)); err != nil {
			return err
		}
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, err := hold(ctx, tx, id)
		if err != nil {
			return err
		}
		rows, err := gorm.G[Appeal](tx).Where("candidacy_id = ?", id).Limit(1).Find(ctx)
		if err != nil || len(rows) == 0 {
			if err == nil {
				err = fault.Missing()
			}
			return err
		}
		a := rows[0]
		v, err := gorm.G[Vote](tx).Where("id = ?", a.VoteID).First(ctx)
		switch {
		case err != nil:
			return err
		case a.State != AppealWaits || c.State != Open:
			return fault.New(fault.Conflict, "joining.appeal.decided")
		case v.OpenedBy == who.Role.ID:
			return fault.New(fault.Refused, "joining.appeal.own")
		}
		today := s.store.Today()
		a.State, a.DecidedBy, a.DecidedDay = AppealStands, who.Role.ID, &today
		if again {
			a.State = AppealAgain
		}
		if a.ReasonID, err = s.sealForDesk(ctx, tx, "joining appeal", reason, c.AccountID); err != nil {
			return err
		}
		if _, err := gorm.G[Appeal](tx).Where("vote_id = ?", a.VoteID).Select("State", "DecidedBy", "DecidedDay", "ReasonID").Updates(ctx, a); err != nil {
			return err
		}
		if !again {
			if err := s.refuse(ctx, tx, c); err != nil {
				return err
			}
		}
		return s.note(ctx, tx, who, "appeal "+a.State, id)
	})
}
