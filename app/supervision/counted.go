package supervision

import (
	"context"

	"portico/app/store"
)

// Counted counts the talks of supervision that were kept in a month, and the people who were
// there. It reads days and numbers alone.
func (s *Service) Counted(ctx context.Context, month string) (held, people int, err error) {
	first, last := store.DaysOf(month)
	var r struct{ Held, People int }
	err = s.store.DB.WithContext(ctx).Raw(`SELECT COUNT(DISTINCT e.id) AS held, COUNT(DISTINCT p.account_id) AS people
		FROM supervision_entries e LEFT JOIN supervision_present p ON p.entry_id = e.id WHERE e.held_day BETWEEN ? AND ?`, first, last).Scan(&r).Error
	return r.Held, r.People, store.Translate(err)
}
