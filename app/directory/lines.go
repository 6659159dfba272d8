package directory

import (
	"context"

	"gorm.io/gorm"

	"portico/app/store"
)

// helpline is the kind of entries that are numbers to call.
const helpline = "helpline"

// Lines lists every help line with a number, by name. Everybody may see them.
func (s *Service) Lines(ctx context.Context) ([]Entry, error) {
	lines, err := gorm.G[Entry](s.store.DB).Where("kind = ? AND phone <> ''", helpline).Order("place").Find(ctx)
	return lines, store.Translate(err)
}
