package member

import (
	"context"

	"portico/app/store"
)

// CountedArrivals counts the peers who took up their role in a month, twice: each is one of
// the people behind the figure.
func (s *Service) CountedArrivals(ctx context.Context, month string) (n, people int, err error) {
	first, last := store.DaysOf(month)
	err = s.store.DB.WithContext(ctx).Raw(`SELECT COUNT(*) FROM role_accounts r WHERE ',' || r.roles || ',' LIKE '%,peer,%'
		AND (SELECT MIN(k.from_day) FROM role_keys k WHERE k.account_id = r.id) BETWEEN ? AND ?`, first, last).Scan(&n).Error
	return n, n, store.Translate(err)
}

// CountedLeavers counts the people with a role who left the team in a month, twice as well.
// Which role it was is gone with them.
func (s *Service) CountedLeavers(ctx context.Context, month string) (n, people int, err error) {
	first, last := store.DaysOf(month)
	err = s.store.DB.WithContext(ctx).Raw("SELECT COUNT(*) FROM role_accounts WHERE ended BETWEEN ? AND ?", first, last).Scan(&n).Error
	return n, n, store.Translate(err)
}
