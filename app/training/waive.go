package training

import (
	"context"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// WaiverRow says that a person with a role need not do a module, and why. The reason is one
// of a short list: free words about a person would have to be sealed.
type WaiverRow struct {
	RoleAccountID store.ID `gorm:"primaryKey"`
	Module        string   `gorm:"primaryKey"`
	Reason        string
	GivenBy       store.ID
	Day           string
}

// TableName names the table.
func (WaiverRow) TableName() string { return "training_waivers" }

// The reasons for a waiver.
const (
	Elsewhere  = "elsewhere"  // she learned it somewhere else
	Experience = "experience" // she has done this work for long
	Teaches    = "teaches"    // she teaches it herself
	OtherWork  = "other-work" // her work does not need it
)

// WaiverReasons are the reasons in the order of the form.
var WaiverReasons = []string{Elsewhere, Experience, Teaches, OtherWork}

// Waiver is a waiver as the person it is about sees it.
type Waiver struct {
	Reason string
	Day    string
}

// WaiverForm is what a coordinator says when somebody has learned a module already.
type WaiverForm struct {
	Person store.ID
	Module string
	Reason string
}

// Waive lets somebody off a module. Nobody does it for herself.
func (s *Service) Waive(ctx context.Context, who member.Actor, f WaiverForm) error {
	if !who.Has(member.RoleCoordinator) {
		return notFound()
	}
	if err := s.checkWaiver(ctx, who, f); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		people, err := gorm.G[member.RoleAccount](tx).Select("id").Where("id = ? AND ended IS NULL", f.Person).Limit(1).Find(ctx)
		if err != nil {
			return err
		}
		if len(people) == 0 {
			return fault.Mend(fault.Field{Name: "person", Key: "learn.waive.person"})
		}
		rows, err := readRecords(ctx, tx, f.Person)
		if err != nil {
			return err
		}
		if m, _ := s.module(ctx, tx, f.Module); rows.in(m, f.Person).Done != nil {
			return fault.Mend(fault.Field{Name: "module", Key: "learn.waive.done"})
		}
		row := WaiverRow{RoleAccountID: f.Person, Module: f.Module, Reason: f.Reason, GivenBy: who.Role.ID, Day: s.store.Today()}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&row).Error
	})
}

func (s *Service) checkWaiver(ctx context.Context, who member.Actor, f WaiverForm) error {
	var mend []fault.Field
	if f.Person.IsZero() {
		mend = append(mend, fault.Field{Name: "person", Key: "learn.waive.person"})
	} else if f.Person == who.Role.ID {
		mend = append(mend, fault.Field{Name: "person", Key: "learn.waive.self"})
	}
	if _, err := s.module(ctx, s.store.DB, f.Module); err != nil {
		mend = append(mend, fault.Field{Name: "module", Key: "learn.waive.module"})
	}
	if !slices.Contains(WaiverReasons, f.Reason) {
		mend = append(mend, fault.Field{Name: "reason", Key: "learn.waive.reason.none"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// Unwaive takes a waiver back, as after a slip of the hand.
func (s *Service) Unwaive(ctx context.Context, who member.Actor, person store.ID, slug string) error {
	if !who.Has(member.RoleCoordinator) {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[WaiverRow](tx).Where("role_account_id = ? AND module = ?", person, slug).Delete(ctx)
		if err == nil && n == 0 {
			return notFound()
		}
		return err
	})
}
