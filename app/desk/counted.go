package desk

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/store"
)

// Counted lists for every decision of a month how long the post had waited, as a place in
// minutes, hour, day, longer: nothing finer is known. People are the moderators who decided.
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
