package directory

import (
	"context"
	"encoding/json"
	"sync"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Service holds the verbs of the directory. Each exported verb is one transaction.
type Service struct {
	store *store.Store
	mu    sync.Mutex
	held  *index // what search looks through; see index.go
}

// New makes the service.
func New(s *store.Store) *Service { return &Service{store: s} }

// mayTend reports whether a person looks after the directory. For everybody else what she
// would do does not exist.
func mayTend(who member.Actor) bool { return who.Role != nil && who.Has(member.RoleCoordinator) }

// Verify says that a coordinator has asked today and that the entry is right.
func (s *Service) Verify(ctx context.Context, who member.Actor, id string) error {
	if !mayTend(who) {
		return fault.Missing()
	}
	today := s.store.Today()
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := entryIn(ctx, tx, id); err != nil {
			return err
		}
		checked := Entry{VerifiedOn: &today, VerifiedBy: who.Role.ID}
		if _, err := gorm.G[Entry](tx).Where("id = ?", id).Select("VerifiedOn", "VerifiedBy", "TriedOn").Updates(ctx, checked); err != nil {
			return err
		}
		return s.note(ctx, tx, "directory verified", who, id)
	})
}

// note writes who did what to an entry into the audit log: a checked entry is a promise.
func (s *Service) note(ctx context.Context, tx *gorm.DB, kind string, who member.Actor, id string) error {
	matter, err := json.Marshal(map[string]string{"entry": id, "by": who.Role.ID.String()})
	if err != nil {
		return err
	}
	return audit.Note(ctx, tx, s.store.Today(), kind, string(matter))
}
