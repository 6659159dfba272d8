package onboarding

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Message is a word between a candidate and the coordinators, sealed for both.
type Message struct {
	ID          store.ID `gorm:"primaryKey"`
	CandidacyID store.ID
	FromHer     bool
	Number      int // order within one path
	Day         string
	WordsID     store.ID
}

// TableName names the table.
func (Message) TableName() string { return "candidacy_messages" }

const mostMessages = 200

// Write sends a message about her own path to the coordinators.
func (s *Service) Write(ctx context.Context, who member.Actor, text, nonce string) error {
	return s.say(ctx, text, nonce, true, func(tx *gorm.DB) (Candidacy, error) { return held(ctx, tx, who) })
}

// Answer writes to a candidate. All coordinators of that day read it, so that nobody has to
// ask twice.
func (s *Service) Answer(ctx context.Context, who member.Actor, id store.ID, text, nonce string) error {
	if !coordinates(who) {
		return fault.Missing()
	}
	return s.say(ctx, text, nonce, false, func(tx *gorm.DB) (Candidacy, error) { return hold(ctx, tx, id) })
}

func (s *Service) say(ctx context.Context, text, nonce string, hers bool, of func(*gorm.DB) (Candidacy, error)) error {
	text = tidy(text)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		c, err := of(tx)
		if err != nil {
			return err
		}
		switch {
		case c.AccountID.IsZero():
			return fault.New(fault.Refused, "joining.account.none")
		case !c.Running():
			return fault.New(fault.Conflict, "joining.over")
		}
		if err := fault.Mended(asked("message", text, 1, LongestWords)); err != nil {
			return err
		}
		m := Message{ID: store.FormID("onboarding", nonce), CandidacyID: c.ID, FromHer: hers, Day: s.store.Today()}
		before, err := gorm.G[Message](tx).Where("candidacy_id = ?", c.ID).Order("number").Find(ctx)
		if err != nil {
			return err
		}
		for _, b := range before {
			if b.ID == m.ID {
				return nil // the same form once more
			}
		}
		if len(before) >= mostMessages {
			return fault.New(fault.Refused, "joining.message.many")
		}
		m.Number = len(before) + 1
		if m.WordsID, err = s.sealForDesk(ctx, tx, "joining message", text, c.AccountID); err != nil {
			return err
		}
		return gorm.G[Message](tx).Create(ctx, &m)
	})
}
