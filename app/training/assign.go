package training

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// AssignmentRow says that a coordinator asked somebody to learn a module until a day.
type AssignmentRow struct {
	RoleAccountID store.ID `gorm:"primaryKey"`
	Module        string   `gorm:"primaryKey"`
	GivenBy       store.ID
	Until         string
	Day           string
}

// TableName names the table.
func (AssignmentRow) TableName() string { return "training_assignments" }

// Assignment is one as the person it is about sees it.
type Assignment struct {
	Until string
	Day   string
}

// AssignForm is what a coordinator fills in.
type AssignForm struct {
	Person store.ID
	Module string
	Until  string
}

// Assign asks somebody with a role to learn a module until a day. Asking again moves the day.
func (s *Service) Assign(ctx context.Context, who member.Actor, f AssignForm) error {
	if !who.Has(member.RoleCoordinator) {
		return notFound()
	}
	var mend []fault.Field
	if _, err := s.module(ctx, s.store.DB, f.Module); err != nil {
		mend = append(mend, fault.Field{Name: "module", Key: "learn.waive.module"})
	}
	day, err := time.Parse(time.DateOnly, f.Until)
	last := s.store.Clock.DayAfter(2 * 366)
	if err != nil || f.Until < s.store.Today() || day.Format(time.DateOnly) > last {
		mend = append(mend, fault.Field{Name: "until", Key: "learn.assign.until.odd"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		if err := s.assignable(ctx, tx, f); err != nil {
			return err
		}
		row := AssignmentRow{RoleAccountID: f.Person, Module: f.Module, GivenBy: who.Role.ID, Until: f.Until, Day: s.store.Today()}
		return store.Translate(tx.WithContext(ctx).Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "role_account_id"}, {Name: "module"}},
			DoUpdates: clause.AssignmentColumns([]string{"given_by", "until", "day"}),
		}).Create(&row).Error)
	})
}

// assignable holds that the person is here and does not have the module behind her.
func (s *Service) assignable(ctx context.Context, tx *gorm.DB, f AssignForm) error {
	people, err := gorm.G[member.RoleAccount](tx).Select("id").Where("id = ? AND ended IS NULL", f.Person).Limit(1).Find(ctx)
	if err != nil {
		return err
	}
	if len(people) == 0 {
		return notFound()
	}
	rows, err := readRecords(ctx, tx, f.Person)
	if err != nil {
		return err
	}
	m, err := s.module(ctx, tx, f.Module)
	if err != nil {
		return err
	}
	p := rows.in(m, f.Person)
	if p.Today = s.store.Today(); p.Holds() && p.Expires() == "" {
		return fault.Mend(fault.Field{Name: "module", Key: "learn.waive.done"})
	}
	return nil
}

// Unassign takes it back.
func (s *Service) Unassign(ctx context.Context, who member.Actor, person store.ID, slug string) error {
	if !who.Has(member.RoleCoordinator) {
		return notFound()
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		n, err := gorm.G[AssignmentRow](tx).Where("role_account_id = ? AND module = ?", person, slug).Delete(ctx)
		if err == nil && n == 0 {
			return notFound()
		}
		return err
	})
}
