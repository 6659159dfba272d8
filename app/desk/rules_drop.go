package desk

import (
	"context"
	"strconv"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
)

// DropRules throws the draft away in every language; the rules that hold are not touched.
// Base is the draft as she saw it: what somebody else wrote after that is not thrown away
// unread. The audit row keeps who did it and the number, and none of the words.
func (s *Service) DropRules(ctx context.Context, who member.Actor, texts RuleTexts, base string) error {
	if err := coordinates(who); err != nil {
		return err
	}
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		// Taking the rows first lets nobody change a word between the look and the end of it.
		if err := tx.WithContext(ctx).Exec("UPDATE rule_versions SET state = state WHERE state = ?", RulesDraft).Error; err != nil {
			return err
		}
		d, err := readDraft(ctx, tx, texts)
		if err != nil {
			return err
		}
		switch {
		case len(d.Drafts) == 0:
			return fault.New(fault.Refused, "rules.drop.none")
		case d.Base != base:
			return fault.New(fault.Conflict, "rules.drop.faster")
		}
		n, err := gorm.G[RuleVersion](tx).Where("number = ? AND state = ?", d.Number, RulesDraft).Delete(ctx)
		if err != nil {
			return err
		}
		if n != len(d.Drafts) {
			return fault.New(fault.Conflict, "rules.drop.faster")
		}
		matter := `{"act":"thrown away","version":` + strconv.Itoa(d.Number) + `,"by":"` + who.Role.ID.String() + `"}`
		return audit.Note(ctx, tx, s.store.Today(), "rules", matter)
	})
	if err != nil {
		return err
	}
	// What was thrown away must not stay readable in the write-ahead log either.
	return s.store.Checkpoint(ctx)
}
