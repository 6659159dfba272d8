package practice

import (
	"context"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Correction is what somebody says is wrong with a sheet. It carries nothing of who sent it.
// Its words go when a coordinator has settled it; the day and the answer stay.
type Correction struct {
	ID       store.ID `gorm:"primaryKey"`
	Practice string
	Words    string
	Day      string
	State    State
}

// TableName names the table.
func (Correction) TableName() string { return "practice_corrections" }

// State is what became of a correction.
type State string

// The states: an open one becomes one of the two others.
const (
	Open    State = "open"
	Used    State = "used"
	NotUsed State = "not-used"
)

// The limits of corrections: anybody may send them, so a flood must end somewhere.
const (
	LongestCorrection = 1000 // characters
	mostPerPractice   = 20   // open ones about one sheet
	mostOpen          = 300  // open ones in all
	correctionsShown  = 30
	answersShown      = 3
)

// Suggest stores what somebody, also a visitor, says about a sheet. The same words about the
// same sheet are stored once.
func (s *Service) Suggest(ctx context.Context, id, words string) error {
	words = tidyText(words)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := practiceIn(ctx, tx, id); err != nil {
			return err
		}
		switch {
		case words == "":
			return fault.Mend(fault.Field{Name: "words", Key: "directory.correct.empty"})
		case utf8.RuneCountInString(words) > LongestCorrection:
			return fault.Mend(fault.Field{Name: "words", Key: "directory.correct.long", Args: []any{"Most", LongestCorrection}})
		}
		open, err := gorm.G[Correction](tx).Where("state = ?", Open).Count(ctx, "id")
		if err != nil {
			return err
		}
		about, err := gorm.G[Correction](tx).Where("practice = ? AND state = ?", id, Open).Find(ctx)
		if err != nil {
			return err
		}
		for _, c := range about {
			if c.Words == words {
				return nil
			}
		}
		if open >= mostOpen || len(about) >= mostPerPractice {
			return fault.New(fault.Refused, "directory.correct.full")
		}
		return gorm.G[Correction](tx).Create(ctx, &Correction{ID: store.NewID(), Practice: id, Words: words, Day: s.store.Today(), State: Open})
	})
}

// Waiting is an open correction with the name of the sheet that it is about.
type Waiting struct {
	Correction
	Name string
}

// Corrections lists the open corrections for a coordinator, oldest day first.
func (s *Service) Corrections(ctx context.Context, who member.Actor) (waiting []Waiting, more bool, err error) {
	if !mayTend(who) {
		return nil, false, fault.Missing()
	}
	err = s.store.DB.WithContext(ctx).Raw(`SELECT c.*, p.name FROM practice_corrections c JOIN practices p ON p.id = c.practice
		WHERE c.state = 'open' ORDER BY c.day, c.id LIMIT ?`, correctionsShown+1).Scan(&waiting).Error
	if len(waiting) > correctionsShown {
		waiting, more = waiting[:correctionsShown], true
	}
	return waiting, more, store.Translate(err)
}

// Settle ends an open correction and deletes its words.
func (s *Service) Settle(ctx context.Context, who member.Actor, id store.ID, to State) error {
	if !mayTend(who) || (to != Used && to != NotUsed) {
		return fault.Missing()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[Correction](tx).Where("id = ? AND state = ?", id, Open).Select("Words", "State").Updates(ctx, Correction{State: to})
		if err == nil && n == 0 {
			return fault.Missing()
		}
		return err
	})
}

// Answers are the newest settled corrections of a sheet: that they were read, and whether
// they were used.
func (s *Service) Answers(ctx context.Context, id string) ([]Correction, error) {
	rows, err := gorm.G[Correction](s.store.DB).Where("practice = ? AND state <> ?", id, Open).Order("day DESC, id").Limit(answersShown).Find(ctx)
	return rows, store.Translate(err)
}
