package training

import (
	"context"

	"portico/app/store"
)

// Counted counts the modules that people with roles finished in a month, and the people.
func (s *Service) Counted(ctx context.Context, month string) (finished, people int, err error) {
	first, last := store.DaysOf(month)
	var r struct{ Finished, People int }
	err = s.store.DB.WithContext(ctx).Raw(`SELECT COUNT(*) AS finished, COUNT(DISTINCT role_account_id) AS people
		FROM training_completions WHERE day BETWEEN ? AND ?`, first, last).Scan(&r).Error
	return r.Finished, r.People, store.Translate(err)
}
