package desk

import (
	"context"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"

	"gorm.io/gorm"
)

// NoteFor opens the sealed note of a report for a moderator who holds the circle's key, and
// writes into the audit log that a note was read: reads of sealed records keep the minute.
// Without the key the note does not exist for her.
func (s *Service) NoteFor(ctx context.Context, who member.Actor, id store.ID) (string, error) {
	if err := moderates(who); err != nil {
		return "", err
	}
	var words string
	err := s.store.Tx(ctx, func(tx *gorm.DB) error {
		var err error
		if words, err = member.OpenForCircle(ctx, tx, who, id); err != nil {
			return err
		}
		matter := `{"sealed":"` + id.String() + `","by":"` + who.Role.ID.String() + `"}`
		return fault.Wrap(audit.Note(ctx, tx, store.Minute(s.store.Time()), "read sealed", matter), "audit a read")
	})
	return words, err
}
