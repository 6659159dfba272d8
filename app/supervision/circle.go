package supervision

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// Circle is an open agreement of several people as a calendar may name it to one of them.
type Circle struct {
	ID    store.ID
	Names string // handles of its people
}

// Circles lists the open agreements of several people in which somebody is now.
func (s *Service) Circles(ctx context.Context, who member.Actor) ([]Circle, error) {
	if who.Role == nil {
		return nil, nil
	}
	rows, err := gorm.G[Relation](s.store.DB).Where(ofHers+" AND state = ?", who.Role.ID, Open).Order("id").Limit(200).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	rows = slices.DeleteFunc(rows, func(r Relation) bool { return !severalKind(r.Kind) })
	lines, err := s.lines(ctx, rows)
	circles := make([]Circle, len(lines))
	for i, l := range lines {
		circles[i] = Circle{ID: l.ID, Names: l.Peer}
		if l.Supervisor != "" {
			circles[i].Names += ", " + l.Supervisor
		}
	}
	return circles, err
}
