package desk

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/store"
)

// Waits are how long something waited for a moderator, the shortest first, as decisions keep
// it: nothing finer is known.
func Waits() []string { return slices.Clone(waits) }

// Counted lists for every decision of a month how long the post had waited, as a place in
// Waits, with the moderators who decided.
func (s *Service) Counted(ctx context.Context, month string) (places []int, people int, err error) {
	first, last := store.DaysOf(month)
	rows, err := gorm.G[Decision](s.store.DB).Select("made_by", "waited").Where("day BETWEEN ? AND ?", first, last).Find(ctx)
	seen := map[store.ID]bool{}
	for _, r := range rows {
		if at := slices.Index(waits, r.Waited); at >= 0 {
			places, seen[r.MadeBy] = append(places, at), true
		}
	}
	return places, len(seen), store.Translate(err)
}
