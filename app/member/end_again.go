package member

import (
	"context"

	"gorm.io/gorm"

	"portico/app/job"
	"portico/app/store"
	"portico/app/vault"
)

// EndAgain ends the role of somebody who had deleted her account before a backup brought it
// back: her handle, her wraps and what the areas hold under her role go once more. Her boxes
// and posts are no part of it, because only her secret finds them; posts have marks of their
// own. Whoever has ended already is left alone.
func (s *Service) EndAgain(ctx context.Context, id store.ID) error {
	return s.endFor(ctx, id, func(*gorm.DB) error { return nil })
}

// endFor ends a role that is not the caller's own; note runs in the same transaction.
func (s *Service) endFor(ctx context.Context, id store.ID, note func(tx *gorm.DB) error) error {
	rows, err := gorm.G[RoleAccount](s.store.DB).Where("id = ? AND ended IS NULL", id).Limit(1).Find(ctx)
	if err != nil || len(rows) == 0 {
		return store.Translate(err)
	}
	if err := s.leaveCircles(ctx, id); err != nil {
		return err
	}
	// A secret of nobody: the areas look for what it leads to, and find nothing.
	who := Actor{Secrets: []vault.Secret{vault.NewSecret()}, Role: &RoleActor{ID: id, Handle: rows[0].Handle, Roles: rows[0].RoleList()}}
	err = s.store.Tx(ctx, func(tx *gorm.DB) error {
		for _, erase := range s.erasers {
			if err := erase(ctx, tx, who, false); err != nil {
				return err
			}
		}
		if err := note(tx); err != nil {
			return err
		}
		return s.endRole(ctx, tx, id)
	})
	if err != nil {
		return err
	}
	return s.store.Checkpoint(ctx)
}

// EndAgainJob is that work as the queue does it; the payload is the number of the role account.
func (s *Service) EndAgainJob(ctx context.Context, payload string) error {
	id, ok := store.ParseID(payload)
	if !ok {
		return nil // nobody can be meant, today or later
	}
	return s.EndAgain(ctx, id)
}

// noteEnded keeps a restored backup from bringing back the role of somebody who left.
func noteEnded(ctx context.Context, tx *gorm.DB, id store.ID) error {
	return job.EnqueueErased(ctx, tx, "role_accounts", id)
}
