package career

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/app/vault"
)

// isContact reports whether she is a contact now. For everybody else this side of a note
// does not exist, and for a coordinator least of all.
func (s *Service) isContact(ctx context.Context, who member.Actor) (bool, error) {
	if who.Role == nil || who.Has(inside...) {
		return false, nil
	}
	n, err := gorm.G[ContactRow](s.store.DB).Where("account_id = ?", who.Role.ID).Count(ctx, "account_id")
	return n > 0, store.Translate(err)
}

// mine finds a note that was written to her, with its key.
func (s *Service) mine(ctx context.Context, who member.Actor, id store.ID) (NoteRow, vault.RecordKey, error) {
	var key vault.RecordKey
	if is, err := s.isContact(ctx, who); err != nil || !is {
		return NoteRow{}, key, orMissing(err)
	}
	row, err := gorm.G[NoteRow](s.store.DB).Where("id = ? AND contact_id = ?", id, who.Role.ID).First(ctx)
	if err != nil {
		return row, key, store.Translate(err)
	}
	first, err := gorm.G[PartRow](s.store.DB).Where("note_id = ? AND no = 1", id).First(ctx)
	if err != nil {
		return row, key, store.Translate(err)
	}
	key, ok, err := member.KeyForRole(ctx, s.store.DB, who, first.SealedID)
	if err == nil && !ok {
		err = fault.Missing()
	}
	return row, key, err
}

func orMissing(err error) error {
	if err != nil {
		return err
	}
	return fault.Missing()
}

// Inbox lists the notes that were written to a contact, those that wait for her first; ok is
// false for everybody who is no contact.
func (s *Service) Inbox(ctx context.Context, who member.Actor) (list []Note, ok bool, err error) {
	if ok, err = s.isContact(ctx, who); err != nil || !ok {
		return nil, false, err
	}
	rows, err := gorm.G[NoteRow](s.store.DB).Where("contact_id = ?", who.Role.ID).Order("id").Limit(mostRows).Find(ctx)
	if err != nil {
		return nil, true, store.Translate(err)
	}
	for _, row := range rows {
		note, err := s.ForContact(ctx, who, row.ID)
		if err != nil {
			return nil, true, err
		}
		list = append(list, note)
	}
	slices.SortStableFunc(list, func(a, b Note) int {
		switch {
		case a.Answered == b.Answered:
			return 0
		case b.Answered:
			return -1
		}
		return 1
	})
	return list, true, nil
}

// ForContact reads a note that was written to her.
func (s *Service) ForContact(ctx context.Context, who member.Actor, id store.ID) (Note, error) {
	row, key, err := s.mine(ctx, who, id)
	if err != nil {
		return Note{}, err
	}
	note, first, err := s.thread(ctx, row, key, true)
	note.Handle = first
	return note, err
}

// Respond is the contact's answer.
func (s *Service) Respond(ctx context.Context, who member.Actor, id store.ID, words, nonce string) error {
	_, key, err := s.mine(ctx, who, id)
	if err != nil {
		return err
	}
	return s.add(ctx, id, key, said{Contact: true, Words: words}, nonce)
}
