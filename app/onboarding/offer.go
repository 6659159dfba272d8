package onboarding

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Offer is what an organisation offers somebody. Its terms are sealed for her and for who
// makes it.
type Offer struct {
	CandidacyID store.ID `gorm:"primaryKey"`
	Number      int      `gorm:"primaryKey"`
	MadeBy      store.ID
	Day         string
	UntilDay    string
	State       string
	TermsID     store.ID
}

// TableName names the table.
func (Offer) TableName() string { return "joining_offers" }

// The states of an offer.
const (
	OfferMade     = "made"
	OfferAccepted = "accepted"
	OfferDeclined = "declined"
	OfferOver     = "over" // another took its place
)

// MakeOffer offers a job in words. A new offer takes the place of one that waits.
func (s *Service) MakeOffer(ctx context.Context, who member.Actor, id store.ID, terms, until string) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	terms = tidy(terms)
	mend := asked("terms", terms, 3, LongestWords)
	if !store.DayIn(until, s.store.DayAfter(1), s.store.DayAfter(120)) {
		mend = append(mend, fault.Field{Name: "until", Key: "joining.day.odd"})
	}
	if err := fault.Mended(mend); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, _, err := s.at(ctx, tx, id, StepOffer)
		if err != nil {
			return err
		}
		if c.AccountID.IsZero() {
			return fault.New(fault.Refused, "joining.account.none")
		}
		if c.AccountID == who.Role.ID {
			return fault.Missing()
		}
		n, err := gorm.G[Offer](tx).Where("candidacy_id = ?", id).Count(ctx, "number")
		if err != nil {
			return err
		}
		if _, err := gorm.G[Offer](tx).Where("candidacy_id = ? AND state = ?", id, OfferMade).Update(ctx, "state", OfferOver); err != nil {
			return err
		}
		if err := untilDay(ctx, tx, id, StepOffer, until); err != nil {
			return err
		}
		o := Offer{CandidacyID: id, Number: int(n) + 1, MadeBy: who.Role.ID, Day: s.store.Today(), UntilDay: until, State: OfferMade}
		if o.TermsID, err = s.seal(ctx, tx, "joining offer", terms, c.AccountID, who.Role.ID); err != nil {
			return err
		}
		return gorm.G[Offer](tx).Create(ctx, &o)
	})
}

// AnswerOffer accepts or declines the offer that she read. After a no the organisation may
// make another one.
func (s *Service) AnswerOffer(ctx context.Context, who member.Actor, number int, accept bool) error {
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, err := held(ctx, tx, who)
		if err != nil {
			return err
		}
		rows, err := gorm.G[Offer](tx).Where("candidacy_id = ?", c.ID).Order("number DESC").Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		switch {
		case len(rows) == 0:
			return fault.Missing()
		case rows[0].Number != number || rows[0].State != OfferMade || !c.Running():
			return fault.New(fault.Conflict, "joining.offer.over")
		case rows[0].UntilDay < s.store.Today():
			return fault.New(fault.Conflict, "joining.offer.late")
		}
		state := OfferDeclined
		if accept {
			state = OfferAccepted
		}
		if _, err := gorm.G[Offer](tx).Where("candidacy_id = ? AND number = ?", c.ID, number).Update(ctx, "state", state); err != nil || !accept {
			return err
		}
		_, st, err := s.at(ctx, tx, c.ID, StepOffer)
		if err != nil {
			return err
		}
		return s.done(ctx, tx, c, st)
	})
}
