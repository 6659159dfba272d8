package directory

import (
	"context"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Due is how many entries of a round wait, and the first of them.
type Due struct {
	Entries []Entry
	Count   int64
	More    bool
}

// dueWhere is what a round asks about: what nobody checked within the year. Publications and
// bodies that no one can ring up are checked too, by their page, so every kind counts.
const dueWhere = "country IN ? AND (verified_on IS NULL OR verified_on < ?)"

// Round lists what has to be asked again: those with a telephone first, because a round is
// made of calls; then those that nobody has checked, the longest unchecked, and last what
// somebody could not reach. countries are those of the host's round.
func (s *Service) Round(ctx context.Context, who member.Actor, countries []string, after string) (Due, error) {
	if !mayTend(who) {
		return Due{}, fault.Missing()
	}
	before := s.store.DayAfter(-checkedFor)
	var due Due
	var err error
	if due.Count, err = gorm.G[Entry](s.store.DB).Where(dueWhere, countries, before).Count(ctx, "id"); err != nil {
		return Due{}, store.Translate(err)
	}
	q := gorm.G[Entry](s.store.DB).Where(dueWhere, countries, before)
	if after != "" {
		q = q.Where("("+roundOrder+") > (SELECT "+roundOrder+" FROM directory_entries WHERE id = ?)", after)
	}
	if due.Entries, err = q.Order(roundOrder).Limit(perRound + 1).Find(ctx); err != nil {
		return Due{}, store.Translate(err)
	}
	if len(due.Entries) > perRound {
		due.Entries, due.More = due.Entries[:perRound], true
	}
	return due, nil
}

// perRound is how many entries stand on one page of a round: each has its script and buttons,
// and the page is read on a phone.
const perRound = 8

// roundOrder is the order of a round, the same on both engines.
const roundOrder = "COALESCE(tried_on, ''), CASE WHEN phone = '' THEN 1 ELSE 0 END, COALESCE(verified_on, ''), place"

// NoAnswer says that a coordinator asked today and nobody answered. The entry stays as it
// is, and waits behind the others.
func (s *Service) NoAnswer(ctx context.Context, who member.Actor, id string) error {
	if !mayTend(who) {
		return fault.Missing()
	}
	today := s.store.Today()
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := entryIn(ctx, tx, id); err != nil {
			return err
		}
		_, err := gorm.G[Entry](tx).Where("id = ?", id).Select("TriedOn").Updates(ctx, Entry{TriedOn: &today})
		return err
	})
}
