package desk

import (
	"context"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"portico/app/fault"
	"portico/app/member"
	"portico/app/store"
)

// Shift is a time in which somebody is on duty at the desk. It begins at a full hour of the
// host's zone and may reach into the next day.
type Shift struct {
	ID            store.ID `gorm:"primaryKey"`
	RoleAccountID store.ID
	Day           string
	Hour          int
	Hours         int
}

// TableName names the table.
func (Shift) TableName() string { return "desk_shifts" }

// The bounds of the rota. Eight hours are a day's work; whoever reads hard things all day
// should not be able to take more in one piece.
const (
	MostHours = 8
	RotaDays  = 28
)

// OpenShift is a shift with the handle of whoever took it.
type OpenShift struct {
	Shift
	Handle string
	Mine   bool
	Begun  bool // it cannot be given back any more
}

// begins is the moment at which a shift starts. Where the clocks change, an hour that does
// not exist becomes the next one.
func (s Shift) begins(zone *time.Location) time.Time {
	day, err := time.ParseInLocation(time.DateOnly, s.Day, zone)
	if err != nil {
		return time.Time{}
	}
	return time.Date(day.Year(), day.Month(), day.Day(), s.Hour, 0, 0, 0, zone)
}

func (s Shift) ends(zone *time.Location) time.Time {
	return s.begins(zone).Add(time.Duration(s.Hours) * time.Hour)
}

// Rota lists the shifts that are not over, the next first. Moderators alone see it.
func (s *Service) Rota(ctx context.Context, who member.Actor) ([]OpenShift, error) {
	if err := moderates(who); err != nil {
		return nil, err
	}
	rows, err := gorm.G[Shift](s.store.DB).Where("day >= ?", s.store.Clock.DayAfter(-1)).Order("day, hour, id").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	ids := make([]store.ID, len(rows))
	for i, row := range rows {
		ids[i] = row.RoleAccountID
	}
	names, err := member.ShownHandles(ctx, s.store.DB, who, ids)
	if err != nil {
		return nil, err
	}
	now, list := s.store.Now(), []OpenShift{}
	for _, row := range rows {
		if row.ends(s.store.Zone).After(now) {
			list = append(list, OpenShift{row, names[row.RoleAccountID], row.RoleAccountID == who.Role.ID, !row.begins(s.store.Zone).After(now)})
		}
	}
	return list, nil
}

// TakeShift writes a moderator into the rota. Day must lie within the next RotaDays days,
// the shift may not have begun, and she cannot be in two at once. Taking the very same
// shift twice changes nothing.
func (s *Service) TakeShift(ctx context.Context, who member.Actor, day string, hour, hours int) error {
	if err := moderates(who); err != nil {
		return err
	}
	shift := Shift{ID: store.NewID(), RoleAccountID: who.Role.ID, Day: day, Hour: hour, Hours: hours}
	if err := s.checkShift(shift); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		hers, err := gorm.G[Shift](tx).Where("role_account_id = ? AND day >= ?", who.Role.ID, s.store.Clock.DayAfter(-1)).Find(ctx)
		if err != nil {
			return err
		}
		for _, other := range hers {
			same := other.Day == day && other.Hour == hour && other.Hours == hours
			if !same && other.begins(s.store.Zone).Before(shift.ends(s.store.Zone)) && shift.begins(s.store.Zone).Before(other.ends(s.store.Zone)) {
				return fault.Mend(fault.Field{Name: "hour", Key: "desk.shift.twice"})
			}
		}
		return tx.WithContext(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&shift).Error
	})
}

func (s *Service) checkShift(shift Shift) error {
	var mend []fault.Field
	begins := shift.begins(s.store.Zone)
	if begins.IsZero() || shift.Day < s.store.Today() || shift.Day > s.store.Clock.DayAfter(RotaDays) {
		mend = append(mend, fault.Field{Name: "day", Key: "desk.shift.day", Args: []any{"Day", s.store.Clock.DayAfter(RotaDays)}})
	}
	if shift.Hour < 0 || shift.Hour > 23 {
		mend = append(mend, fault.Field{Name: "hour", Key: "desk.shift.hour"})
	} else if len(mend) == 0 && !begins.After(s.store.Now()) {
		mend = append(mend, fault.Field{Name: "hour", Key: "desk.shift.past"})
	}
	if shift.Hours < 1 || shift.Hours > MostHours {
		mend = append(mend, fault.Field{Name: "hours", Key: "desk.shift.hours"})
	}
	if len(mend) > 0 {
		return fault.Mend(mend...)
	}
	return nil
}

// LeaveShift gives a shift back that has not begun. Another's shift is not hers to give.
func (s *Service) LeaveShift(ctx context.Context, who member.Actor, id store.ID) error {
	if err := moderates(who); err != nil {
		return err
	}
	return s.store.Tx(ctx, func(tx *gorm.DB) error {
		shift, err := gorm.G[Shift](tx).Where("id = ? AND role_account_id = ?", id, who.Role.ID).First(ctx)
		if err != nil {
			return fault.New(fault.NotFound, "error.missing")
		}
		if !shift.begins(s.store.Zone).After(s.store.Now()) {
			return fault.New(fault.Conflict, "desk.shift.begun")
		}
		_, err = gorm.G[Shift](tx).Where("id = ?", id).Delete(ctx)
		return err
	})
}

// Worked lists somebody's shifts that are over, from one day to another, both included. A
// time sheet asks it for the person whose sheet it is; no page does.
func (s *Service) Worked(ctx context.Context, person store.ID, from, to string) ([]Shift, error) {
	rows, err := gorm.G[Shift](s.store.DB).Where("role_account_id = ? AND day >= ? AND day <= ?", person, from, to).Order("day, hour").Find(ctx)
	if err != nil {
		return nil, store.Translate(err)
	}
	over := rows[:0]
	for _, row := range rows {
		if !row.ends(s.store.Zone).After(s.store.Now()) {
			over = append(over, row)
		}
	}
	return over, nil
}

// Duty says whether somebody is at the desk now, and else when the next shift begins.
type Duty struct {
	Now  bool
	Next *Shift // nil when nobody has taken one
}

// OnDuty reads it from the rota. Everybody may know it; who it is, nobody learns here.
func (s *Service) OnDuty(ctx context.Context) (Duty, error) {
	rows, err := gorm.G[Shift](s.store.DB).Where("day >= ?", s.store.DayAfter(-1)).Order("day, hour").Limit(100).Find(ctx)
	if err != nil {
		return Duty{}, store.Translate(err)
	}
	now := s.store.Now()
	for _, row := range rows {
		switch {
		case row.begins(s.store.Zone).After(now):
			return Duty{Next: &row}, nil
		case row.ends(s.store.Zone).After(now):
			return Duty{Now: true}, nil
		}
	}
	return Duty{}, nil
}

// LeaveDuty takes the coming shifts of somebody who deletes her account out of the rota, so
// that nobody counts on her. What she worked stays until the rota forgets it.
func (s *Service) LeaveDuty(ctx context.Context, tx *gorm.DB, who member.Actor, _ bool) error {
	if who.Role == nil {
		return nil
	}
	_, err := gorm.G[Shift](tx).Where("role_account_id = ? AND day >= ?", who.Role.ID, s.store.Today()).Delete(ctx)
	return err
}
