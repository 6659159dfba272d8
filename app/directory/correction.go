package directory

import (
	"context"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Correction is what somebody says is wrong with an entry. It carries nothing of who sent
// it. Its words go when a coordinator has settled it; the day and the answer stay, so that
// the entry can show that it was read.
type Correction struct {
	ID    store.ID `gorm:"primaryKey"`
	Entry string
	Words string
	Day   string
	State State
}

// TableName names the table.
func (Correction) TableName() string { return "corrections" }

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
	mostPerEntry      = 20   // open ones about one entry
	mostOpen          = 500  // open ones in all
	correctionsShown  = 30   // a page of the list
	answersShown      = 3    // of the newest, on the page of an entry
)

// Suggest stores what somebody, also a visitor, says about an entry. The same words about
// the same entry are stored once.
func (s *Service) Suggest(ctx context.Context, id, words string) error {
	words = strings.TrimSpace(words)
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := entryIn(ctx, tx, id); err != nil {
			return err
		}
		if err := checkWords(words); err != nil {
			return err
		}
		open, err := gorm.G[Correction](tx).Where("state = ?", Open).Count(ctx, "id")
		if err != nil {
			return err
		}
		about, err := gorm.G[Correction](tx).Where("entry = ? AND state = ?", id, Open).Find(ctx)
		if err != nil {
			return err
		}
		for _, c := range about {
			if c.Words == words {
				return nil
			}
		}
		if open >= mostOpen || len(about) >= mostPerEntry {
			return fault.New(fault.Refused, "directory.correct.full")
		}
		return gorm.G[Correction](tx).Create(ctx, &Correction{ID: store.NewID(), Entry: id, Words: words, Day: s.store.Today(), State: Open})
	})
}

func checkWords(words string) error {
	switch {
	case words == "":
		return fault.Mend(fault.Field{Name: "words", Key: "directory.correct.empty"})
	case utf8.RuneCountInString(words) > LongestCorrection:
		return fault.Mend(fault.Field{Name: "words", Key: "directory.correct.long", Args: []any{"Most", LongestCorrection}})
	}
	return nil
}

// Waiting is an open correction with the entry it is about.
type Waiting struct {
	Correction
	About Entry
}

// Corrections lists the open corrections for a coordinator, oldest day first. More says
// that others follow when these are settled.
func (s *Service) Corrections(ctx context.Context, who member.Actor) (waiting []Waiting, more bool, err error) {
	if !mayTend(who) {
		return nil, false, fault.Missing()
	}
	rows, err := gorm.G[Correction](s.store.DB).Where("state = ?", Open).Order("day, id").Limit(correctionsShown + 1).Find(ctx)
	if err != nil {
		return nil, false, store.Translate(err)
	}
	if len(rows) > correctionsShown {
		rows, more = rows[:correctionsShown], true
	}
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.Entry
	}
	entries, err := gorm.G[Entry](s.store.DB).Where("id IN ?", ids).Find(ctx)
	if err != nil {
		return nil, false, store.Translate(err)
	}
	byID := map[string]Entry{}
	for _, e := range entries {
		byID[e.ID] = e
	}
	for _, row := range rows {
		waiting = append(waiting, Waiting{row, byID[row.Entry]})
	}
	return waiting, more, nil
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

// Answers are the newest settled corrections of an entry: that they were read, and whether
// they were used.
func (s *Service) Answers(ctx context.Context, id string) ([]Correction, error) {
	rows, err := gorm.G[Correction](s.store.DB).Where("entry = ? AND state <> ?", id, Open).Order("day DESC, id").Limit(answersShown).Find(ctx)
	return rows, store.Translate(err)
}
