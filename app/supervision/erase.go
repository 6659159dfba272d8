package supervision

import (
	"context"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// Erase ends what she is part of and removes her private notes when she deletes her
// account. A group goes on without her. What people signed stays for its time under
// numbers alone. It is wired after the forum's, because dropping boxes forgets which talks
// were hers.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	rows, err := gorm.G[Entry](tx).Where(hers, who.Role.ID, who.Role.ID.String()).Find(ctx)
	if err != nil {
		return err
	}
	names := make([]string, len(rows))
	for i, e := range rows {
		names[i] = reflectionBox(e.ID)
	}
	if err := member.DropBoxes(ctx, tx, who, names); err != nil {
		return err
	}
	if err := eraseReads(ctx, tx, who.Role.ID); err != nil {
		return err
	}
	relations, err := gorm.G[Relation](tx).Where(ofHers+" AND state IN ?", who.Role.ID, []string{Proposed, Open}).Find(ctx)
	if err != nil {
		return err
	}
	teams, err := with(ctx, tx, relations)
	if err != nil {
		return err
	}
	for _, t := range teams {
		if err := s.eraseFrom(ctx, tx, t, who.Role.ID); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) eraseFrom(ctx context.Context, tx *gorm.DB, t Team, account store.ID) error {
	if t.State == Open && t.Several() {
		_, err := gorm.G[Member](tx).Where("relation_id = ? AND account_id = ?", t.ID, account).Update(ctx, "left_day", s.store.Today())
		if err != nil {
			return err
		}
		return s.endWhenFew(ctx, tx, t)
	}
	_, err := gorm.G[Relation](tx).Where("id = ?", t.ID).Select("State", "NextDay").Updates(ctx, Relation{State: Ended})
	return err
}
