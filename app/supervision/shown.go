package supervision

import (
	"context"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// choosable lists the people with whom somebody may begin a relation. Who is in low profile
// is found by those alone with whom she works already, and by coordinators, whose duty her
// supervision is.
func (s *Service) choosable(ctx context.Context, who member.Actor, roles ...member.Role) ([]member.RoleAccount, error) {
	if who.Has(member.RoleCoordinator) {
		return member.Colleagues(ctx, s.store.DB, roles...)
	}
	rows, err := gorm.G[Member](s.store.DB).Where("relation_id IN (SELECT relation_id FROM supervision_members WHERE account_id = ? AND left_day IS NULL)", who.Role.ID).Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	known := make([]store.ID, len(rows))
	for i, row := range rows {
		known[i] = row.AccountID
	}
	return member.ShownColleagues(ctx, s.store.DB, who, known, roles...)
}
