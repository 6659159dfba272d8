package peerwork

import (
	"context"

	"portico/app/store"
)

// Counted counts the peers of a month by the name of their organisation: those who were
// there on its last day. The second label is always "".
func (s *Service) Counted(ctx context.Context, month string) (map[[2]string]int, error) {
	_, last := store.DaysOf(month)
	var rows []struct {
		Name string
		N    int
	}
	err := s.store.DB.WithContext(ctx).Raw(`SELECT o.name, COUNT(*) AS n FROM profiles p
		JOIN organisations o ON o.id = p.organisation_id JOIN role_accounts r ON r.id = p.account_id
		WHERE ',' || r.roles || ',' LIKE '%,peer,%' AND (r.ended IS NULL OR r.ended > ?)
		AND EXISTS (SELECT 1 FROM role_keys k WHERE k.account_id = r.id AND k.from_day <= ?) GROUP BY o.name`, last, last).Scan(&rows).Error
	cells := map[[2]string]int{}
	for _, r := range rows {
		cells[[2]string{r.Name, ""}] = r.N
	}
	return cells, store.Translate(err)
}

// CountedIn lists the names of all organisations, which are public.
func (s *Service) CountedIn(ctx context.Context) ([]string, error) {
	var names []string
	err := s.store.DB.WithContext(ctx).Raw("SELECT name FROM organisations ORDER BY name").Scan(&names).Error
	return names, store.Translate(err)
}
