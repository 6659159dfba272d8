package directory

import (
	"context"

	"portico/app/store"
)

// Towns lists the towns of the directory. A profile asks it: what is a town here is finer
// than a region.
func (s *Service) Towns(ctx context.Context) ([]string, error) {
	var towns []string
	err := s.store.DB.WithContext(ctx).Raw("SELECT DISTINCT city FROM directory_entries WHERE city <> '' ORDER BY city LIMIT 5000").Scan(&towns).Error
	return towns, store.Translate(err)
}
