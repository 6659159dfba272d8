package practice

import (
	"context"
	"encoding/json"
	"strings"

	"gorm.io/gorm"

	"portico/app/audit"
	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
	"portico/content"
)

// Service holds the verbs of the library. Each exported verb is one transaction.
type Service struct {
	store *store.Store
	guide content.Guide
}

// New makes the service with the guide that interviews follow.
func New(s *store.Store, guide content.Guide) *Service { return &Service{s, guide} }

// Guide is what an interview asks.
func (s *Service) Guide() content.Guide { return s.guide }

// Interviews is who speaks with organisations and checks what others wrote: the people whose
// practice it is about, and whoever answers for the library.
var Interviews = []member.Role{member.RolePeer, member.RoleLeader, member.RoleCoordinator}

// interviews reports whether somebody takes part in interviews. For everybody else none of
// it exists.
func interviews(who member.Actor) bool { return who.Role != nil && who.Has(Interviews...) }

// mayTend reports whether somebody looks after the library.
func mayTend(who member.Actor) bool { return who.Role != nil && who.Has(member.RoleCoordinator) }

// Verify says that a coordinator has asked the organisation today and that the sheet is right.
func (s *Service) Verify(ctx context.Context, who member.Actor, id string) error {
	if !mayTend(who) {
		return fault.Missing()
	}
	today := s.store.Today()
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if _, err := practiceIn(ctx, tx, id); err != nil {
			return err
		}
		checked := Practice{VerifiedOn: &today, VerifiedBy: who.Role.ID}
		if _, err := gorm.G[Practice](tx).Where("id = ?", id).Select("VerifiedOn", "VerifiedBy").Updates(ctx, checked); err != nil {
			return err
		}
		return s.note(ctx, tx, "practice verified", map[string]string{"practice": id, "by": who.Role.ID.String()})
	})
}

// note writes who did what to a sheet into the audit log: a checked one is a promise.
func (s *Service) note(ctx context.Context, tx *gorm.DB, kind string, matter map[string]string) error {
	raw, err := json.Marshal(matter)
	if err != nil {
		return err
	}
	return audit.Note(ctx, tx, s.store.Today(), kind, string(raw))
}

// Erase takes a person out of what she wrote when she deletes her account: her interviews
// stay with the team, unsigned, and somebody else may go on with them.
func (s *Service) Erase(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	if _, err := gorm.G[Interview](tx).Where("written_by = ?", who.Role.ID).Update(ctx, "written_by", nil); err != nil {
		return err
	}
	_, err := gorm.G[Practice](tx).Where("verified_by = ?", who.Role.ID).Update(ctx, "verified_by", nil)
	return err
}

// tidy makes one line out of what was typed.
func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

// tidyText keeps the lines.
func tidyText(text string) string {
	return strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n"))
}
