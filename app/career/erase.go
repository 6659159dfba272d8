package career

import (
	"context"

	"gorm.io/gorm"

	"portico/app/member"
	"portico/app/store"
)

// Erase shreds what somebody wrote about herself and about conflicts, and what was sealed
// with her, when she deletes her account. Talks that were about somebody else stay hers.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	boxes, err := member.ReadBoxes[keptNote](ctx, tx, who, boxNames())
	if err != nil {
		return err
	}
	for name, kept := range boxes {
		if err := dropNote(ctx, tx, kept.ID); err != nil {
			return err
		}
		if err := member.DropBox(ctx, tx, who, name); err != nil {
			return err
		}
	}
	var words []store.ID
	for _, query := range []string{"SELECT words_id FROM career_skills WHERE account_id = ?", "SELECT words_id FROM career_talks WHERE account_id = ?",
		"SELECT words_id FROM career_steps WHERE account_id = ? AND words_id IS NOT NULL"} {
		var ids []store.ID
		if err := tx.WithContext(ctx).Raw(query, who.Role.ID).Scan(&ids).Error; err != nil {
			return err
		}
		words = append(words, ids...)
	}
	for _, table := range []string{"career_skills", "career_talks", "career_steps", "conflict_contacts"} {
		if err := tx.WithContext(ctx).Exec("DELETE FROM "+table+" WHERE account_id = ?", who.Role.ID).Error; err != nil {
			return err
		}
	}
	return member.Shred(ctx, tx, words...)
}
